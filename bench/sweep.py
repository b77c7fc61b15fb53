"""Measure the sweep: full, with 1.3 % due, with nothing due; against a bare scan in the same run.

``python -m bench.sweep [proceedings ...]``; the default is 10,000 and 100,000.
"""

import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from bench._caseload import NOW, build
from tracker.domain.clock import FixedClock
from tracker.formats.pack_toml import load_pack
from tracker.privacy.keys import KeyRing
from tracker.services.context import Context
from tracker.services.sweeping import sweep
from tracker.settings import Settings
from tracker.storage import schema
from tracker.storage.engine import Database
from tracker.storage.queries.due import mark_due

SIZES = (10_000, 100_000)
SHARE_DUE = 0.013
RUNS = 5
FULL_RUNS = 3
MICRO = 1_000_000
KEY = bytes(32)


def main(sizes: list[int]) -> None:
    """Measure every size in a fresh database of its own."""
    for number in sizes:
        with tempfile.TemporaryDirectory() as folder:
            _measure(Path(folder), number)


def _measure(folder: Path, number: int) -> None:
    database = Database(f"sqlite:///{folder / 'bench.sqlite3'}")
    schema.upgrade(database)
    build(database, number)
    keys = KeyRing(current=1, ring={1: KEY}, index=KEY)
    ctx = Context(clock=FixedClock(NOW), database=database, keys=keys, pack=load_pack("RS"), settings=Settings())
    first = _seconds(lambda: sweep(ctx))
    busy = time.process_time()
    full = statistics.median(_seconds(lambda: sweep(ctx, full=True)) for _ in range(FULL_RUNS))
    busy = (time.process_time() - busy) / FULL_RUNS
    scan = statistics.median(_seconds(lambda: _scan(database)) for _ in range(RUNS))
    share = int(number * SHARE_DUE)
    some = statistics.median(_some_due(ctx, number, share) for _ in range(RUNS))
    evening = ctx.at(NOW + timedelta(hours=12))
    sweep(evening)
    none = statistics.median(_seconds(lambda: sweep(evening)) for _ in range(RUNS))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = (
        ("first sweep, writing flags", first, number),
        ("full sweep, nothing new", full, number),
        ("  of which processor time", busy, number),
        (f"{SHARE_DUE:.1%} due", some, share),
        ("nothing due", none, number),
        ("bare scan of all facts", scan, number),
    )
    print(f"{number:,} proceedings (SQLite)")
    for name, seconds, looked_at in lines:
        each = seconds / looked_at * MICRO
        print(f"  {name:<28}{seconds * 1000:>10.1f} ms {each:>8.1f} us/proceeding {seconds / scan:>8.2f} x bare scan")
    print(f"  {'peak memory':<28}{memory:>10.0f} MB", flush=True)
    database.close()


def _some_due(ctx: Context, number: int, share: int) -> float:
    chosen = random.Random(share).sample(range(1, number + 1), share)
    with ctx.database.writing() as db:
        mark_due(db, chosen)
    return _seconds(lambda: sweep(ctx))


def _scan(database: Database) -> None:
    """Read every row that the rules look at, in the database alone: the floor."""
    with database.reading() as db:
        for table, column in (("hearing", "starts_at"), ("appearance", "attended"), ("stage_event", "happened_on"), ("proceeding", "ref")):
            db.connection().execute(sa.text(f"SELECT max({column}), count(*) FROM {table} NOT INDEXED")).one()  # noqa: S608 - our own names


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or list(SIZES))
