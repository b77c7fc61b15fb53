"""A small office for tests of alerts: a court, a case, people with phones, hearings."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from tests import rows
from tracker.domain.clock import FixedClock
from tracker.domain.messages import Accepted, MessageState, Notice, Search, SendOutcome
from tracker.privacy.places import PERSON_NAME, PERSON_PHONE
from tracker.services.alerting import HearingChange, hearing_changed
from tracker.services.context import Context
from tracker.services.delivery import Ways
from tracker.services.message_list import MessageLine, everything
from tracker.storage.tables.hearings import Hearing
from tracker.storage.tables.people import PersonIdentity

BELGRADE = ZoneInfo("Europe/Belgrade")
_numbers = count(1)


def local(*parts: int) -> datetime:
    """An instant by Belgrade's clocks."""
    return datetime(*parts, tzinfo=BELGRADE)  # type: ignore[arg-type,misc]


@dataclass(slots=True)
class FakeChannel:
    """A channel that remembers what it was given and answers as told; ``found`` is what it finds and fetches."""

    outcome: SendOutcome | None = None
    found: Accepted | None = None
    needs_number: bool = True
    sent: list[Notice] = field(default_factory=list)

    def send(self, notice: Notice) -> SendOutcome:
        """Remember, and answer."""
        self.sent.append(notice)
        return self.outcome or Accepted(sid=f"SM{next(_numbers)}")

    def find(self, search: Search) -> Accepted | None:  # noqa: ARG002 - the protocol's signature
        """Return what it was told to find."""
        return self.found

    def fetch(self, sid: str) -> Accepted | None:  # noqa: ARG002 - the protocol's signature
        """Return what it was told to find."""
        return self.found


@dataclass(slots=True)
class Office:
    """One proceeding and what happens to it."""

    ctx: Context
    court: int
    proceeding: int

    @classmethod
    def open(cls, ctx: Context) -> "Office":
        """Open an office with one case."""
        with ctx.database.writing() as db:
            court = rows.court(db, name="Visi sud u Beogradu")
            return cls(ctx, court, rows.proceeding(db, court))

    def at(self, *parts: int) -> "Office":
        """The same office at another time, by Belgrade's clocks."""
        return replace(self, ctx=replace(self.ctx, clock=FixedClock(local(*parts))))

    def person(self, *, phone: str | None = "+381641234567", assigned: str | None = "ADVOCATE", **values: Any) -> int:  # noqa: ANN401
        """Add a person, put on the case unless told otherwise."""
        external_id = values.setdefault("external_id", f"P{next(_numbers)}")
        with self.ctx.database.writing() as db:
            person = rows.person(db, **values)
            sealed = None if phone is None else self.ctx.keys.seal(PERSON_PHONE, external_id, phone)
            name = self.ctx.keys.seal(PERSON_NAME, external_id, "CANARY NAME")
            db.connection().execute(sa.insert(PersonIdentity).values(person_id=person, name_sealed=name, phone_sealed=sealed))
            if assigned:
                rows.assignment(db, self.proceeding, person, assigned_as=assigned)
        return person

    def hearing(self, *parts: int, **values: Any) -> int:  # noqa: ANN401
        """Add a hearing by Belgrade's clocks."""
        with self.ctx.database.writing() as db:
            return rows.hearing(db, self.proceeding, local(*parts), **values)

    def change(self, hearing: int, **values: Any) -> None:  # noqa: ANN401
        """Write to a hearing and nothing else."""
        with self.ctx.database.writing() as db:
            db.connection().execute(sa.update(Hearing).where(sa.column("id") == hearing).values(**values))

    def move(self, hearing: int, *parts: int) -> None:
        """Move a hearing in place, as a writer does: new start, next version, alerts, in one transaction."""
        with self.ctx.database.writing() as db:
            row = db.get_one(Hearing, hearing)
            old, version = row.starts_at, row.version
            row.starts_at, row.version = local(*parts), version + 1
            hearing_changed(db, self.ctx, HearingChange(hearing, "moved", old_version=version, old_starts_at=old))

    def supersede(self, hearing: int, *parts: int) -> int:
        """Move a hearing as a court's calendar does: a new row takes the old one's place."""
        with self.ctx.database.writing() as db:
            row = db.get_one(Hearing, hearing)
            new = rows.hearing(db, self.proceeding, local(*parts), calendar_uid=row.calendar_uid)
            row.superseded_by_id = new
            hearing_changed(db, self.ctx, HearingChange(hearing, "moved", replacement_id=new))
        return new

    def settle(self, hearing: int, outcome: str | None) -> None:
        """Enter an outcome, or take it back."""
        with self.ctx.database.writing() as db:
            db.connection().execute(sa.update(Hearing).where(sa.column("id") == hearing).values(outcome=outcome))
            called_off = outcome in {"CANCELLED", "POSTPONED_IN_ADVANCE"}
            kind = "cancelled" if called_off else "outcome" if outcome else "added"
            hearing_changed(db, self.ctx, HearingChange(hearing, kind))  # type: ignore[arg-type]

    def messages(self, state: MessageState | None = None) -> list[MessageLine]:
        """Return the outbox."""
        return everything(self.ctx, state)

    def states(self) -> list[tuple[str, str]]:
        """Return kind and state of every message, in order."""
        return [(line.kind.value, line.state.value) for line in self.messages()]

    def ways(self, channel: FakeChannel) -> Ways:
        """Return ways to send that all lead to ``channel``."""
        return Ways(self.ctx.settings, {"console": channel})
