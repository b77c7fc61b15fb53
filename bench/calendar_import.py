"""How fast a court's calendar of 100,000 hearings is imported, and in how much memory.

Usage: ``python -m bench.calendar_import [hearings]``. Each step runs in a process of its own, so that its peak memory is its own.
Queueing reminders is measured elsewhere.
"""

import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from tracker.domain.clock import FixedClock
from tracker.formats.pack_toml import load_pack
from tracker.privacy.keys import fresh_key
from tracker.services.calendar_import import CalendarImport, import_calendar
from tracker.services.context import Context
from tracker.settings import KeySettings, Settings
from tracker.storage import schema
from tracker.storage.engine import Database

COURT = "Sąd"
AT = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
HEADER = ("court", "case_number", "date", "time", "room", "session_type", "panel", "subject", "result")
REPEATS = 3


def write(path: Path, hearings: int, *, shift_days: int = 0) -> None:
    """Write a calendar: three of ten hearings past with a result, every hundredth moved by ``shift_days``."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEADER)
        for number in range(hearings):
            day = AT.date() + timedelta(days=number % 50 - 15 + (shift_days if number % 100 == 77 else 0))
            result = "Oddalono skargę" if number % 50 < 15 else ""
            time_of_day = f"{9 + number % 6:02}:{number % 4 * 15:02}"
            rows.writerow(
                (COURT, f"II SA/Kr {number}/21", day, time_of_day, f"Sala {number % 9}", "jawne", f"panel-{number % 40}", "x", result)
            )


def step(folder: Path, file: str) -> dict[str, object]:
    """Import one file and return seconds, peak memory and counts."""
    ring, index = (folder / "keys").read_text(encoding="ascii").split()
    settings = Settings(keys=KeySettings(ring={1: SecretStr(ring)}, index=SecretStr(index)))
    database = Database(f"sqlite:///{folder / 'bench.sqlite3'}")
    schema.upgrade(database)
    ctx = Context(clock=FixedClock(AT), database=database, keys=settings.key_ring(), pack=load_pack("RS"), settings=settings)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started, cpu = time.perf_counter(), time.process_time()
    report = import_calendar(ctx, CalendarImport(folder / file, COURT, AT))
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if report.errors:
        raise SystemExit(report.errors[0].message)
    counts = {name: count for name, count in report.as_json().items() if count}
    return {"seconds": round(seconds, 2), "cpu_seconds": round(cpu, 2), "mb_before": round(before), "mb_peak": round(peak), **counts}


def main(hearings: int) -> None:
    """Import a fresh calendar, the same again, and one with moves; print each step."""
    for _ in range(REPEATS):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "keys").write_text(f"{fresh_key()} {fresh_key()}", encoding="ascii")
            write(folder / "first.csv", hearings)
            write(folder / "moved.csv", hearings, shift_days=3)
            for file in ("first.csv", "first.csv", "moved.csv"):
                command = [sys.executable, "-m", "bench.calendar_import", "--step", name, file]
                ran = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own module
                found = json.loads(ran.stdout)
                print(f"{file}: {hearings / found['seconds']:,.0f} hearings/s", found)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--step"]:
        print(json.dumps(step(Path(sys.argv[2]), sys.argv[3])))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
