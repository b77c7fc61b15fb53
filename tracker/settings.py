"""What an operator may set: one frozen tree, read from one TOML file, unforgiving about mistakes."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from tracker.domain.errors import NotConfiguredError
from tracker.privacy import private_files
from tracker.privacy.keys import KeyRing, decoded_key

Port = Annotated[int, Field(ge=0, le=65535)]
PASSWORD_IN_URL = re.compile(r"://[^/@]*:[^/@]+@")
S = TypeVar("S", bound="Section")
Minutes = Annotated[int, Field(ge=1, le=24 * 60)]


class Section(BaseModel):
    """A frozen part of the settings that refuses unknown keys and never repeats a value in an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class DatabaseSettings(Section):
    """Where the record is kept; a relative SQLite path is relative to the configuration file."""

    url: str = "sqlite:///tracker.sqlite3"


class WebSettings(Section):
    """The pages: where they are served, and under which address people reach them."""

    host: str = "127.0.0.1"
    port: Port = 8000
    public_url: str = "http://127.0.0.1:8000"
    workers: Annotated[int, Field(ge=1, le=64)] = 2
    secret_key: SecretStr = SecretStr("")
    password_salt: SecretStr = SecretStr("")
    idle_minutes: Minutes = 30


class KeySettings(Section):
    """The keys that seal what identifies people; a key stays in the ring as long as anything needs it.

    With ``file`` the other three stand there instead, at the top level: a file of its own, relative to the configuration.
    """

    file: str = ""
    current: Annotated[int, Field(ge=1, le=255)] = 1
    ring: dict[Annotated[int, Field(ge=1, le=255)], SecretStr] = Field(default_factory=dict)
    index: SecretStr = SecretStr("")


class OfficeSettings(Section):
    """Whose office this is; ``demo`` is true only for a database of invented cases."""

    jurisdiction: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] = "RS"
    demo: bool = False


class AlertSettings(Section):
    """How advocates are told."""

    channel: Literal["console", "twilio"] = "console"
    enabled: bool = True


class TwilioSettings(Section):
    """The SMS provider's account; ``base_url`` points tests at a simulator."""

    account_sid: str = ""
    auth_token: SecretStr = SecretStr("")
    sender: str = ""
    messaging_service: str = ""
    base_url: str = ""
    timeout_seconds: Annotated[float, Field(gt=0, le=120)] = 10.0


class WorkerSettings(Section):
    """How often the jobs run."""

    deliver_seconds: Annotated[int, Field(ge=1, le=3600)] = 10
    sweep_minutes: Minutes = 15
    remind_minutes: Minutes = 15
    reconcile_minutes: Minutes = 5
    lease_seconds: Annotated[int, Field(ge=2, le=600)] = 15


class Settings(Section):
    """Everything that can be set."""

    database: DatabaseSettings = DatabaseSettings()
    web: WebSettings = WebSettings()
    keys: KeySettings = KeySettings()
    office: OfficeSettings = OfficeSettings()
    alerts: AlertSettings = AlertSettings()
    twilio: TwilioSettings = TwilioSettings()
    worker: WorkerSettings = WorkerSettings()

    @property
    def holds_secrets(self) -> bool:
        """Tell whether any key, salt, password or token is written out in these settings."""
        secrets = (self.keys.index, *self.keys.ring.values(), self.web.secret_key, self.web.password_salt, self.twilio.auth_token)
        return any(secret.get_secret_value() for secret in secrets) or bool(PASSWORD_IN_URL.search(self.database.url))

    def anchored_at(self, path: Path) -> "Settings":
        """Return these settings with what is relative to the configuration file made absolute."""
        return self.model_copy(update={"database": DatabaseSettings(url=_anchored(self.database.url, path.parent))})

    def key_ring(self) -> KeyRing:
        """Return the key ring.

        Raises:
            NotConfiguredError: there are no keys, or one is malformed.
        """
        if not self.keys.ring or not self.keys.index.get_secret_value():
            raise NotConfiguredError("no keys are configured: run `tracker init` first, or name the right file with --config")
        ring = {number: decoded_key(key.get_secret_value()) for number, key in self.keys.ring.items()}
        return KeyRing(current=self.keys.current, ring=ring, index=decoded_key(self.keys.index.get_secret_value()))


def load_settings(path: Path) -> Settings:
    """Return the settings of a TOML file; where there is no file, the built-in defaults.

    A relative SQLite path becomes relative to the file's folder. A file that holds keys, passwords or tokens must be its owner's alone.

    Raises:
        NotConfiguredError: the file cannot be read, is no TOML, or has an unknown or impossible setting (named, its value not repeated);
            or it holds secrets, and others can read or change it.
    """
    try:
        found = private_files.read(path)
    except FileNotFoundError:
        return Settings().anchored_at(path)
    settings = _checked(path, Settings, _parsed(path, found.text), "")
    if settings.holds_secrets:
        private_files.require_private(path, found)
    if settings.keys.file:
        settings = settings.model_copy(update={"keys": _keys_apart(path, settings.keys)})
    return settings.anchored_at(path)


def key_file(path: Path, keys: KeySettings) -> Path:
    """Return the file that holds the keys of the configuration ``path``: itself, unless it names another one."""
    return path.parent / keys.file if keys.file else path


def _keys_apart(path: Path, keys: KeySettings) -> KeySettings:
    if keys.ring or keys.index.get_secret_value():
        raise NotConfiguredError(f"{path}: keys.file: the keys stand in that file or here, not in both")
    apart = key_file(path, keys)
    try:
        found = private_files.read(apart)
    except FileNotFoundError:
        raise NotConfiguredError(f"{apart}: is not there, and keys.file of {path} says that it holds the keys") from None
    private_files.require_private(apart, found)
    document = _parsed(apart, found.text)
    if "file" in document:
        raise NotConfiguredError(f"{apart}: file: unknown setting")
    return _checked(apart, KeySettings, document | {"file": keys.file}, "keys.")


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = str(error).rpartition("(")[2].rstrip(")")
        raise NotConfiguredError(f"{path}: is not valid TOML ({place})") from None


def _checked(path: Path, kind: type[S], document: Mapping[str, Any], prefix: str) -> S:
    try:
        return kind.model_validate(document)
    except ValidationError as error:
        raise NotConfiguredError("\n".join(_explained(path, error, prefix))) from None


def _explained(path: Path, error: ValidationError, prefix: str) -> list[str]:
    lines = []
    for detail in error.errors(include_input=False, include_url=False):
        name = prefix + ".".join(str(part) for part in detail["loc"])
        lines.append(f"{path}: {name}: " + ("unknown setting" if detail["type"] == "extra_forbidden" else detail["msg"]))
    return lines


def _anchored(url: str, folder: Path) -> str:
    prefix = "sqlite:///"
    if url.startswith(prefix) and not url.startswith("sqlite:////") and ":memory:" not in url:
        return prefix + str((folder / url.removeprefix(prefix)).resolve())
    return url
