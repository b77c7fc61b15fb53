"""What every use-case needs, handed in as its first argument."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tracker.domain.clock import Clock, FixedClock
from tracker.domain.codes.people import Role
from tracker.domain.pack import Pack
from tracker.privacy.keys import KeyRing
from tracker.settings import Settings
from tracker.storage.engine import Database


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person in a role, or the system itself (no person, no role).

    ``program`` says which part of the program acts by itself, for the audit log: "job:sweep", "command:caseload export".
    """

    person_id: int | None = None
    role: Role | None = None
    program: str = ""

    @property
    def is_system(self) -> bool:
        """Tell whether the program acts by itself (a job, the command line)."""
        return self.person_id is None


SYSTEM = Actor()


@dataclass(frozen=True, slots=True)
class Context:
    """Time, database, keys, law and actor of one request, command or job."""

    clock: Clock
    database: Database
    keys: KeyRing
    pack: Pack
    settings: Settings
    actor: Actor = SYSTEM

    def acting_as(self, actor: Actor) -> "Context":
        """Return this context for another actor."""
        return replace(self, actor=actor)

    def at(self, instant: datetime) -> "Context":
        """Return this context with the clock standing still at ``instant``."""
        return replace(self, clock=FixedClock(instant))

    def now(self) -> datetime:
        """Return the present instant, aware."""
        return self.clock.now()

    def office_today(self) -> date:
        """Return today's date in the zone of the office's jurisdiction pack."""
        return self.now().astimezone(ZoneInfo(self.pack.timezone)).date()
