"""From settings to a running system: the only place that knows the real clock and the real database."""

from dataclasses import dataclass
from datetime import UTC, datetime

from tracker.domain.clock import Clock, FixedClock
from tracker.formats.pack_toml import load_pack
from tracker.services.context import SYSTEM, Context
from tracker.settings import Settings
from tracker.storage import schema
from tracker.storage.engine import Database


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one place that asks the machine


def build(settings: Settings, as_of: datetime | None = None) -> Context:
    """Return the system's own context; with ``as_of`` its clock stands still there.

    Raises:
        NotConfiguredError: keys or jurisdiction pack are missing.
        DatabaseNotReadyError: the database is unreachable, or older or newer than the program.
    """
    keys = settings.key_ring()
    pack = load_pack(settings.office.jurisdiction, SystemClock().now().date())
    database = Database(settings.database.url)
    schema.require_newest(database)
    clock: Clock = SystemClock() if as_of is None else FixedClock(as_of)
    return Context(clock=clock, database=database, keys=keys, pack=pack, settings=settings, actor=SYSTEM)
