"""How long a backup and a restore take, in how much memory, and how small the file is.

``python -m bench.backups [proceedings ...]``; the default is 10,000. Each step runs in a process of its own, the making of
the caseload too: a process inherits the peak memory of the one that started it.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pydantic import SecretStr

from bench._caseload import NOW, build
from tracker.domain.clock import FixedClock
from tracker.formats.pack_toml import load_pack
from tracker.privacy.keys import fresh_key
from tracker.services.backup_keys import make_key
from tracker.services.backup_making import make_backup
from tracker.services.backup_restoring import prove, restore
from tracker.services.context import Context
from tracker.settings import BackupSettings, DatabaseSettings, KeySettings, Settings
from tracker.storage import schema
from tracker.storage.engine import Database

SIZES = (10_000,)
STEPS = ("build", "back up", "prove", "restore")
MEBIBYTE = 1024**2


def settings(folder: Path, database: str) -> Settings:
    """Return the settings of the installation in ``folder`` for one of its databases."""
    ring, index, recipient = (folder / "keys").read_text(encoding="ascii").split()
    return Settings(
        database=DatabaseSettings(url=f"sqlite:///{folder / database}"),
        keys=KeySettings(ring={1: SecretStr(ring)}, index=SecretStr(index)),
        backups=BackupSettings(recipients=[recipient]),
    )


def step(folder: Path, name: str, number: int) -> dict[str, float]:
    """Do one thing; return its seconds, and its own and all memory in MB at the peak."""
    here = settings(folder, "bench.sqlite3")
    database = Database(here.database.url)
    ctx = Context(clock=FixedClock(NOW), database=database, keys=here.key_ring(), pack=load_pack("RS"), settings=here)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started = time.perf_counter()
    if name == "build":
        schema.upgrade(database)
        build(database, number)
    elif name == "back up":
        make_backup(ctx, folder / "x.age")
    elif name == "prove":
        prove(here, folder / "x.age", folder / "key")
    else:
        restore(settings(folder, "restored.sqlite3"), folder / "x.age", folder / "key")
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "own": peak - before, "peak": peak}


def measure(folder: Path, number: int) -> None:
    """Build a caseload of ``number`` proceedings and do every step with it."""
    recipient = make_key(folder / "key")
    (folder / "keys").write_text(f"{fresh_key()} {fresh_key()} {recipient}", encoding="ascii")
    print(f"{number:,} proceedings (SQLite)")
    for name in STEPS:
        command = [sys.executable, "-m", "bench.backups", "--step", str(folder), name, str(number)]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603 - ourselves
        print(f"  {name:<10}{told['seconds']:>8.2f} s, {told['own']:>4.0f} MB above the start, peak {told['peak']:.0f} MB", flush=True)
    size, file = ((folder / name).stat().st_size / MEBIBYTE for name in ("bench.sqlite3", "x.age"))
    print(f"  database {size:.1f} MB, backup {file:.1f} MB: {file / size:.0%}", flush=True)


def main(arguments: list[str]) -> None:
    """Measure every size, or do one step."""
    if arguments[:1] == ["--step"]:
        print(json.dumps(step(Path(arguments[1]), arguments[2], int(arguments[3]))))
        return
    for number in [int(each) for each in arguments] or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), number)


if __name__ == "__main__":
    main(sys.argv[1:])
