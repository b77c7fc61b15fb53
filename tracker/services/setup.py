"""Make a place to work: configuration with fresh keys, and a database of the newest schema."""

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tracker.domain.errors import NotConfiguredError
from tracker.privacy.keys import fresh_key
from tracker.resources import folder
from tracker.settings import Settings
from tracker.storage import schema
from tracker.storage.engine import Database

OWNER_ONLY = 0o600
SECRET = re.compile(r'^(?P<name>secret_key|password_salt|index|1) = ""$', re.MULTILINE)
"""The settings of the example that every installation makes anew."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What `prepare_database` found or made."""

    database: str
    revision: str
    created: bool


def write_configuration(path: Path, *, demo: bool) -> bool:
    """Write a configuration with fresh keys, readable by its owner only; leave an existing one alone.

    Returns:
        Whether a file was made.

    Raises:
        NotConfiguredError: the file cannot be written there.
    """
    example = folder("config.example.toml").read_text(encoding="utf-8")
    text = SECRET.sub(lambda found: f'{found["name"]} = "{fresh_key()}"', example)
    if demo:
        text = text.replace("demo = false", "demo = true")
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    except FileExistsError:
        return False
    except OSError as error:
        raise NotConfiguredError(f"{path}: cannot be written ({error.strerror})") from None
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    return True


def _keep_to_owner(path: str | None) -> None:
    """Make the file of an embedded database before SQLite does, readable by its owner only; its log files then are too."""
    if path and path != ":memory:":
        with suppress(OSError):
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT, OWNER_ONLY))


def prepare_database(settings: Settings) -> Prepared:
    """Bring the database of ``settings`` to the newest schema, making it where there is none.

    Raises:
        DatabaseNotReadyError: it cannot be reached or written, or is newer than the program.
    """
    database = Database(settings.database.url)
    if database.is_sqlite:
        _keep_to_owner(database.engine.url.database)
    database.probe()
    created = schema.current_revision(database) is None
    revision = schema.upgrade(database, settings.key_ring)
    name = database.engine.url.database or ""
    database.close()
    return Prepared(database=name, revision=revision, created=created)
