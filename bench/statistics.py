"""The first-instance figures against a bare scan of the proceedings, and one person's calendar of 500 dates."""

import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

import sqlalchemy as sa
from pydantic import SecretStr
from sqlmodel import Session

from tracker.domain.clock import FixedClock
from tracker.formats.ical import CalendarEntry, calendar
from tracker.formats.pack_toml import load_pack
from tracker.privacy.keys import fresh_key
from tracker.services.context import Context
from tracker.services.figures import Scope, statistics
from tracker.settings import KeySettings, Settings
from tracker.storage import schema
from tracker.storage.engine import Database
from tracker.storage.tables.catalogue import METADATA

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
TODAY = NOW.date()
OFFENCES = ("THB_ADULT", "THB_MINOR", "THB_GROUP", "THB_OCG", "PROSTITUTION_MEDIATION")
MODES = ("TRIAL", "TRIAL", "TRIAL", "PLEA_AGREEMENT", None)
REPEATS = 5
FEED_EVENTS = 500


def fill(database: Database, number: int) -> None:
    """Write ``number`` proceedings with 3 milestones of which 2 matter, half of them open."""
    chance = Random(number)
    proceedings, events = [], []
    for key in range(1, number + 1):
        started = TODAY - timedelta(days=chance.randrange(60, 3600))
        judged = started + timedelta(days=chance.randrange(60, 2500))
        proceedings.append(
            {"id": key, "external_id": f"P{key}", "ref": f"r{key}", "court_id": 1 + key % 12, "lead_offence": chance.choice(OFFENCES),
             "disposition_mode": chance.choice(MODES), "review_on": TODAY, "evaluated_on": TODAY, "created_at": NOW, "changed_at": NOW}
        )  # fmt: skip
        for kind, on in (("INDICTMENT_FILED", started), ("MAIN_HEARING_OPENED", started), ("FIRST_INSTANCE_JUDGMENT", judged)):
            if on <= TODAY:
                events.append({"proceeding_id": key, "kind": kind, "happened_on": on, "precision": "DAY", "instance_round": 1})
    courts = [
        {"id": key, "external_id": f"C{key}", "name": f"Court {key}", "name_folded": f"court {key}", "timezone": "Europe/Belgrade"}
        for key in range(1, 13)
    ]
    with database.writing() as db:
        for table, rows in (("court", courts), ("proceeding", proceedings), ("stage_event", events)):
            db.connection().execute(sa.insert(METADATA.tables[table]), rows)
        db.connection().execute(sa.text("ANALYZE"))


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that ``work`` takes once."""
    start = perf_counter()
    work()
    return perf_counter() - start


def scanned(database: Database) -> int:
    """Read what the figures need of each proceeding, its milestones included, and do nothing with it."""
    with database.reading() as db:
        return scan(db)


def scan(db: Session) -> int:
    """Return how many rows there are to read."""
    proceedings = db.connection().exec_driver_sql(
        "SELECT p.id, p.lead_offence, c.external_id, c.level, p.disposition_mode, p.end_cause, p.ended_on, p.followed_since"
        " FROM proceeding p JOIN court c ON c.id = p.court_id"
    )  # fmt: skip
    events = db.connection().exec_driver_sql("SELECT proceeding_id, kind, happened_on, precision FROM stage_event")
    return len(proceedings.all()) + len(events.all())


def measure_figures(number: int, url: str) -> None:
    """Print the time of the figures over ``number`` proceedings, and its ratio to the scan."""
    database = Database(url)
    schema.upgrade(database)
    fill(database, number)
    settings = Settings(keys=KeySettings(ring={1: SecretStr(fresh_key())}, index=SecretStr(fresh_key())))
    ctx = Context(FixedClock(NOW), database, settings.key_ring(), load_pack("RS"), settings)
    scopes: tuple[tuple[str | None, Scope], ...] = ((None, "internal"), ("court", "internal"), ("court", "public"))
    for by, scope in scopes:
        pairs = [(timed(partial(scanned, database)), timed(partial(statistics, ctx, by=by, scope=scope))) for _ in range(REPEATS)]
        bare, taken = (median(column) for column in zip(*pairs, strict=True))
        ratio = median(work / floor for floor, work in pairs)
        print(f"{number:>9} proceedings  by {by or '-':<6} {scope:<9} {taken * 1e3:8.0f} ms  {ratio:5.1f} x scan ({bare * 1e3:.0f} ms)")
    database.close()


def measure_feed() -> None:
    """Print the time of a calendar of 500 dates, the first time and again."""
    entries = [
        CalendarEntry(f"uid-{key}", 0, NOW, NOW + timedelta(hours=key), "Europe/Belgrade", "Hearing", location="Higher Court, room 12")
        for key in range(FEED_EVENTS)
    ]
    cold, *again = (timed(partial(calendar, "Hearings", entries)) for _ in range(1 + REPEATS))
    print(f"calendar of {FEED_EVENTS}: first {cold * 1e3:.0f} ms, again {median(again) * 1e3:.1f} ms")


def main() -> None:
    """Measure the sizes given as arguments (default 10,000 and 100,000) on SQLite; a database address as first argument replaces it."""
    arguments = sys.argv[1:]
    url = arguments.pop(0) if arguments and "://" in arguments[0] else None
    for number in [int(argument) for argument in arguments] or [10_000, 100_000]:
        with tempfile.TemporaryDirectory() as folder:
            measure_figures(number, url or f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
    measure_feed()


if __name__ == "__main__":
    main()
