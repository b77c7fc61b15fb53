"""What an operator may set: one frozen tree, read from one TOML file, unforgiving about mistakes."""

import re
import tomllib
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError

from tracker.domain.errors import NotConfiguredError
from tracker.privacy import private_files
from tracker.privacy.keys import KeyRing, decoded_key

Port = Annotated[int, Field(ge=0, le=65535)]
PASSWORD_IN_URL = re.compile(r"://[^/@]*:[^/@]+@")
S = TypeVar("S", bound="Section")
Minutes = Annotated[int, Field(ge=1, le=24 * 60)]
Part = Literal["office", "admin", "links"]
_OUTSIDE = re.compile(r"https://[a-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/?=&%+-]*)?")
"""Plain enough to stand in a policy and in a header as it is."""
LONGEST_NAME = 24
"""No setting has a longer name: what is longer may be a key or a password on the wrong side of its equals sign."""
_HOST = re.compile(r"[a-z0-9.-]+|[0-9a-f:]+")


def _outside(address: str) -> str:
    if not _OUTSIDE.fullmatch(address):
        raise ValueError("expected an address that begins with https:// and holds no name, password or sign of its own")
    return address


def _host(name: str) -> str:
    if not _HOST.fullmatch(name):
        raise ValueError("expected a host in small letters, without port and path, such as tracker.example")
    return name


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
    longest_session_hours: Annotated[int, Field(ge=1, le=24)] = 12
    receive_seconds: Annotated[float, Field(gt=0, le=600)] = 20.0
    parts: Annotated[tuple[Part, ...], Field(min_length=1)] = ("office", "admin", "links")
    hosts: tuple[Annotated[str, AfterValidator(_host)], ...] = ()
    proxies: Annotated[int, Field(ge=0, le=8)] = 0
    exit_url: Annotated[str, AfterValidator(_outside)] = "https://www.wikipedia.org/"
    insecure: bool = False

    @property
    def is_secure(self) -> bool:
        """Tell whether people reach the pages over HTTPS."""
        return self.public_url.startswith("https://")

    @property
    def is_local(self) -> bool:
        """Tell whether the pages are served to this machine alone."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def names(self) -> tuple[str, ...]:
        """Return the hosts under which the pages may be asked for: those of `public_url` and `hosts`, and this machine's own."""
        own = urlsplit(self.public_url).hostname
        return tuple(dict.fromkeys((*([own] if own else []), *self.hosts, "localhost", "127.0.0.1", "::1")))


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


class RetentionSettings(Section):
    """Whether the job `retain` acts, or only reports what it would do."""

    enabled: bool = False


class BackupSettings(Section):
    """Encrypted copies of the database: where they go, who can open them, and which are kept; no folder, no copies."""

    folder: str = ""
    recipients: list[str] = Field(default_factory=list)
    every_hours: Annotated[int, Field(ge=1, le=24 * 31)] = 24
    keep_days: Annotated[int, Field(ge=1, le=3650)] = 35
    keep_at_least: Annotated[int, Field(ge=1, le=1000)] = 14

    @property
    def longest_days(self) -> int:
        """Days after which a copy is gone, while copies are made as set here.

        It goes when a newer one is made, once it is older than ``keep_days`` and there are ``keep_at_least`` newer ones.
        """
        newer = max(self.keep_at_least, self.keep_days * 24 // self.every_hours + 1)
        return -(-newer * self.every_hours // 24)


class Settings(Section):
    """Everything that can be set."""

    database: DatabaseSettings = DatabaseSettings()
    web: WebSettings = WebSettings()
    keys: KeySettings = KeySettings()
    office: OfficeSettings = OfficeSettings()
    alerts: AlertSettings = AlertSettings()
    twilio: TwilioSettings = TwilioSettings()
    worker: WorkerSettings = WorkerSettings()
    retention: RetentionSettings = RetentionSettings()
    backups: BackupSettings = BackupSettings()

    @property
    def holds_secrets(self) -> bool:
        """Tell whether any key, salt, password or token is written out in these settings."""
        secrets = (self.keys.index, *self.keys.ring.values(), self.web.secret_key, self.web.password_salt, self.twilio.auth_token)
        return any(secret.get_secret_value() for secret in secrets) or bool(PASSWORD_IN_URL.search(self.database.url))

    def anchored_at(self, path: Path) -> "Settings":
        """Return these settings with what is relative to the configuration file made absolute."""
        backups = self.backups.model_copy(update={"folder": _beside(self.backups.folder, path.parent)})
        return self.model_copy(update={"database": DatabaseSettings(url=_anchored(self.database.url, path.parent)), "backups": backups})

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

    A relative SQLite path and a relative folder of backups become relative to the file's folder. A file that holds keys, passwords or
    tokens must be its owner's alone.

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
        name = prefix + ".".join(_named(str(part)) for part in detail["loc"])
        lines.append(f"{path}: {name}: " + _said(detail["type"], detail["msg"]))
    return lines


def _named(part: str) -> str:
    return part if len(part) <= LONGEST_NAME else f"{part[:2]}..."


def _said(kind: str, message: str) -> str:
    return "unknown setting" if kind == "extra_forbidden" else message.removeprefix("Value error, ")


def _anchored(url: str, folder: Path) -> str:
    prefix = "sqlite:///"
    if url.startswith(prefix) and not url.startswith("sqlite:////") and ":memory:" not in url:
        return prefix + str((folder / url.removeprefix(prefix)).resolve())
    return url


def _beside(name: str, folder: Path) -> str:
    return str((folder / name).resolve()) if name else ""
