"""What an operator may set: one frozen tree, read from one TOML file, unforgiving about mistakes."""

import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from tracker.domain.errors import NotConfiguredError
from tracker.privacy.keys import KeyRing, decoded_key

Port = Annotated[int, Field(ge=0, le=65535)]
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
    """The keys that seal what identifies people; every key ever used stays in the ring."""

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

    A relative SQLite path becomes relative to the file's folder.

    Raises:
        NotConfiguredError: the file cannot be read, is no TOML, or has an unknown or impossible setting (named, its value not repeated).
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        document = {}
    except (OSError, UnicodeDecodeError) as error:
        raise NotConfiguredError(f"{path}: cannot be read ({getattr(error, 'strerror', None) or 'not UTF-8'})") from None
    except tomllib.TOMLDecodeError as error:
        place = str(error).rpartition("(")[2].rstrip(")")
        raise NotConfiguredError(f"{path}: is not valid TOML ({place})") from None
    try:
        settings = Settings.model_validate(document)
    except ValidationError as error:
        raise NotConfiguredError("\n".join(_explained(path, error))) from None
    return settings.model_copy(update={"database": DatabaseSettings(url=_anchored(settings.database.url, path.parent))})


def _explained(path: Path, error: ValidationError) -> list[str]:
    lines = []
    for detail in error.errors(include_input=False, include_url=False):
        name = ".".join(str(part) for part in detail["loc"])
        lines.append(f"{path}: {name}: " + ("unknown setting" if detail["type"] == "extra_forbidden" else detail["msg"]))
    return lines


def _anchored(url: str, folder: Path) -> str:
    prefix = "sqlite:///"
    if url.startswith(prefix) and not url.startswith("sqlite:////") and ":memory:" not in url:
        return prefix + str((folder / url.removeprefix(prefix)).resolve())
    return url
