"""What an operator may set: one frozen tree, read from one TOML file, unforgiving about mistakes."""

import re
import tomllib
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError

from tracker.domain.errors import NotConfiguredError
from tracker.privacy.keys import KeyRing, decoded_key

Port = Annotated[int, Field(ge=0, le=65535)]
Minutes = Annotated[int, Field(ge=1, le=24 * 60)]
Part = Literal["office", "admin", "links"]
_OUTSIDE = re.compile(r"https://[a-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/?=&%+-]*)?")
"""Plain enough to stand in a policy and in a header as it is."""
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


class BackupSettings(Section):
    """Encrypted copies of the database: where they go, who can open them, and which are kept; no folder, no copies."""

    folder: str = ""
    recipients: list[str] = Field(default_factory=list)
    every_hours: Annotated[int, Field(ge=1, le=24 * 31)] = 24
    keep_days: Annotated[int, Field(ge=1, le=3650)] = 35
    keep_at_least: Annotated[int, Field(ge=1, le=1000)] = 14


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

    A relative SQLite path and a relative folder of backups become relative to the file's folder.

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
    backups = settings.backups.model_copy(update={"folder": _beside(settings.backups.folder, path.parent)})
    return settings.model_copy(update={"database": DatabaseSettings(url=_anchored(settings.database.url, path.parent)), "backups": backups})


def _explained(path: Path, error: ValidationError) -> list[str]:
    lines = []
    for detail in error.errors(include_input=False, include_url=False):
        name = ".".join(str(part) for part in detail["loc"])
        lines.append(f"{path}: {name}: " + (_said(detail["type"], detail["msg"])))
    return lines


def _said(kind: str, message: str) -> str:
    return "unknown setting" if kind == "extra_forbidden" else message.removeprefix("Value error, ")


def _anchored(url: str, folder: Path) -> str:
    prefix = "sqlite:///"
    if url.startswith(prefix) and not url.startswith("sqlite:////") and ":memory:" not in url:
        return prefix + str((folder / url.removeprefix(prefix)).resolve())
    return url


def _beside(name: str, folder: Path) -> str:
    return str((folder / name).resolve()) if name else ""
