"""The invented office on the morning of 23 November 2026: swept, reminded, its messages sent; made once, then copied."""

import shutil
from pathlib import Path

from tests.office import FakeChannel, local
from tracker.domain.clock import FixedClock
from tracker.domain.codes.people import Language, Role
from tracker.formats.pack_toml import load_pack
from tracker.services import accounts
from tracker.services.context import Context
from tracker.services.delivery import Ways, deliver
from tracker.services.demo import DEMO_PASSWORD, load_demo
from tracker.services.reminding import remind
from tracker.services.sweeping import sweep
from tracker.settings import OfficeSettings, Settings
from tracker.storage.engine import Database

MORNING = local(2026, 11, 23, 8, 0)
PASSWORD = DEMO_PASSWORD
SIGN_IN = {
    Role.ADVOCATE: "jelena",
    Role.LAWYER: "cedomir",
    Role.SUPERVISOR: "ljiljana",
    Role.ANALYST: "nenad",
    Role.STEWARD: "stana",
    Role.ADMIN: "zaneta",
}
"""Somebody of each role."""


def over(database: Database, settings: Settings) -> Context:
    """Return the system's context over a database of the invented office."""
    shown = settings.model_copy(update={"office": OfficeSettings(demo=True)})
    return Context(clock=FixedClock(MORNING), database=database, keys=shown.key_ring(), pack=load_pack("RS"), settings=shown)


def fill(ctx: Context) -> None:
    """Load the caseload and let the morning's jobs run; everybody reads English, so that tests may too."""
    load_demo(ctx)
    for sign_in in accounts.everyone(ctx):
        accounts.choose_language(ctx, sign_in.id, Language.EN)
    sweep(ctx)
    remind(ctx)
    deliver(ctx, Ways(ctx.settings, {"console": FakeChannel()}))


def made(empty: Path, folder: Path, settings: Settings) -> Path:
    """Return a filled copy of an empty, migrated SQLite file; copy it, never write to it."""
    path = folder / "demo.sqlite3"
    shutil.copy(empty, path)
    database = Database(f"sqlite:///{path}")
    fill(over(database, settings))
    database.close()
    return path


def copied(filled: Path, folder: Path, settings: Settings) -> Context:
    """Return a context over a copy of the filled file, its own to change."""
    path = folder / "demo-copy.sqlite3"
    shutil.copy(filled, path)
    return over(Database(f"sqlite:///{path}"), settings)
