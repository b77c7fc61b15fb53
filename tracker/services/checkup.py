"""What an operator asks first: is everything in order? One file of ``tracker.services.checks`` a question."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from tracker.discovery import discover
from tracker.domain.errors import DatabaseNotReadyError, TrackerError
from tracker.settings import Settings
from tracker.storage.engine import Database
from tracker.storage.rebuilding import is_there

CHECKS = "tracker.services.checks"
HOURS_UNTIL_DAYS = 48


@dataclass(frozen=True, slots=True)
class Installation:
    """What is looked at: settings and their file, the present instant, the database."""

    settings: Settings
    config: Path
    now: datetime
    database: Database

    def asked(self) -> Database:
        """Return the database if there is one.

        Raises:
            DatabaseNotReadyError: there is none; asking SQLite would make it.
        """
        if not is_there(self.database):
            raise DatabaseNotReadyError("there is no database file: run `tracker init`, or name the right configuration with --config")
        return self.database


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found, in words for people that hold no secret."""

    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Check:
    """One question; ``look`` only reads, and may raise what its question cannot be answered for."""

    name: str
    look: Callable[[Installation], Finding]


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One answer."""

    name: str
    ok: bool
    detail: str


def check_all(settings: Settings, config: Path, now: datetime) -> tuple[CheckLine, ...]:
    """Ask every question, in order of name; what cannot be answered is bad.

    Raises:
        DatabaseNotReadyError: the database's address cannot be understood.
    """
    database = Database(settings.database.url)
    try:
        return check_open(settings, config, now, database)
    finally:
        database.close()


def check_open(
    settings: Settings, config: Path, now: datetime, database: Database, *, leave_out: frozenset[str] = frozenset()
) -> tuple[CheckLine, ...]:
    """Ask every question but those named, of a database that is open already and stays so."""
    place = Installation(settings, config, now, database)
    return tuple(_answer(check, place) for check in discover(CHECKS, "CHECK", Check) if check.name not in leave_out)


def span(length: timedelta) -> str:
    """Return a length of time in the unit that people would use."""
    hours = length / timedelta(hours=1)
    if hours < 1:
        return f"{length / timedelta(minutes=1):.0f} min"
    return f"{hours:.0f} h" if hours < HOURS_UNTIL_DAYS else f"{length.days} days"


def _answer(check: Check, place: Installation) -> CheckLine:
    try:
        found = check.look(place)
    except TrackerError as refused:
        found = Finding(ok=False, detail=str(refused))
    except (SQLAlchemyError, OSError) as broken:
        found = Finding(ok=False, detail=f"could not be looked at ({type(broken).__name__})")
    return CheckLine(check.name, found.ok, found.detail)
