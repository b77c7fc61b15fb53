"""Flags for people: whose they are, and what may be done with them."""

from dataclasses import dataclass
from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import select

from tests import rows
from tests.conftest import acting
from tests.factories import records
from tests.factories.facts import appearance, at, day, hearing, held, in_trial
from tracker.domain.codes.appearance import VisualContact
from tracker.domain.codes.people import Role
from tracker.domain.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from tracker.domain.flags import CloseReason
from tracker.privacy.places import FLAG_CLOSE_NOTE
from tracker.services.context import Context
from tracker.services.flags import acknowledge, close_events, dismiss_states, listed
from tracker.services.sweeping import sweep
from tracker.storage.tables.flags import Flag
from tracker.storage.tables.outbox import Message

FACTS = in_trial(
    filed="2026-06-01",
    opened="2026-10-01",
    hearings=(held("past", "2026-11-20"), hearing("next", "2026-12-05 09:30", summoned=("v",))),
    appearances=(appearance("past", visual_contact=VisualContact.DIRECT),),
)


@dataclass(frozen=True, slots=True)
class Desk:
    """A swept case with one event and one state, and the people around it."""

    system: Context
    advocate: Context
    stranger: Context

    def flag(self, rule: str) -> Flag:
        """Return the only flag of a rule."""
        with self.system.database.reading() as db:
            return db.exec(select(Flag).where(Flag.rule == rule)).one()

    @property
    def event(self) -> str:
        """The event's ref."""
        return self.flag("confrontation").ref

    @property
    def state(self) -> str:
        """The state's ref."""
        return self.flag("no-special-status").ref

    def at(self, text: str) -> Context:
        """Return the system at another time."""
        return self.system.at(at(text))


@pytest.fixture
def desk(ctx: Context) -> Desk:
    """A case on the morning of 23 November 2026."""
    with ctx.database.writing() as db:
        key = records.store(db, FACTS, rows.court(db))
        advocate, stranger = rows.person(db), rows.person(db)
        rows.assignment(db, key, advocate)
    sweep(ctx)
    return Desk(ctx, acting(ctx, advocate, Role.ADVOCATE), acting(ctx, stranger, Role.ADVOCATE))


def test_the_system_lists_open_flags_gravest_first(desk: Desk) -> None:
    """With external ids."""
    assert [(each.rule, each.subject_kind, each.subject, each.proceeding, each.severity) for each in listed(desk.system)] == [
        ("confrontation", "appearance", "p-past/p-v", "p", 3),
        ("no-special-status", "victim", "p-v", "p", 3),
    ]


def test_a_past_day_is_listed_as_it_stood(desk: Desk) -> None:
    """What was opened later is not there yet, what was closed later is open."""
    sweep(desk.at("2026-12-06"))

    def on(text: str, *, with_closed: bool = False) -> list[tuple[str, date | None]]:
        return [(each.rule, each.closed_on) for each in listed(desk.system, on=day(text), with_closed=with_closed)]

    assert on("2026-11-22") == []
    assert on("2026-12-05") == [("confrontation", None), ("no-special-status", None)]
    assert on("2026-12-06") == [("confrontation", None)]
    assert on("2026-12-06", with_closed=True) == [("confrontation", None), ("no-special-status", day("2026-12-06"))]
    assert [each.rule for each in listed(desk.system)] == ["confrontation"]


def test_no_person_lists_the_flags_of_all_cases(desk: Desk) -> None:
    """People see those of their own, on the pages of their cases."""
    with pytest.raises(ForbiddenError):
        listed(desk.advocate)


def test_who_acknowledged_first_stays_noted(desk: Desk) -> None:
    """The flag stays open."""
    acknowledge(desk.advocate, [desk.event, desk.state])
    first = desk.flag("confrontation")
    acknowledge(desk.advocate.at(at("2026-11-24")), [desk.event])

    assert first.acknowledged_by_id == desk.advocate.actor.person_id
    assert desk.flag("confrontation").acknowledged_at == first.acknowledged_at == desk.system.now()
    assert first.closed_on is None


def test_a_raised_flag_needs_to_be_seen_again(desk: Desk) -> None:
    """Three days before the hearing."""
    acknowledge(desk.advocate, [desk.state])
    sweep(desk.at("2026-12-02"))

    assert (desk.flag("no-special-status").severity, desk.flag("no-special-status").acknowledged_at) == (4, None)


def test_an_event_closed_by_a_person_stays_closed(desk: Desk) -> None:
    """With the reason sealed, its waiting messages expired; a full sweep does not bring it back."""
    close_events(desk.advocate, [desk.event], "  Talked to the court.  ")
    counts = sweep(desk.system, full=True)
    flag = desk.flag("confrontation")
    with desk.system.database.reading() as db:
        waiting = db.exec(select(Message.id).where(Message.flag_id == flag.id, Message.state == "queued")).all()

    assert (flag.closed_on, flag.close_reason, flag.closed_by_id) == (
        day("2026-11-23"), CloseReason.BY_PERSON, desk.advocate.actor.person_id,
    )  # fmt: skip
    assert flag.close_note_sealed is not None
    assert desk.system.keys.open(FLAG_CLOSE_NOTE, flag.ref, flag.close_note_sealed) == "Talked to the court."
    assert (counts["opened"], counts["changed"], waiting) == (0, 0, [])


def test_a_dismissed_state_is_quiet_until_it_rises(desk: Desk) -> None:
    """It stays open, and comes back when it is graver."""
    dismiss_states(desk.advocate, [desk.state], "The motion is written.")
    quiet = [each.is_quiet for each in listed(desk.system)]
    counts = sweep(desk.at("2026-12-02"))

    assert quiet == [False, True]
    assert counts["told"] == 1
    assert [each.is_quiet for each in listed(desk.system)] == [False, False]


def test_what_is_not_ones_own_is_not_there(desk: Desk) -> None:
    """For a stranger, for a role without cases, for the system, and for what does not exist: all the same."""
    admin = acting(desk.system, desk.advocate.actor.person_id or 0, Role.ADMIN)
    for ctx, ref in ((desk.stranger, desk.event), (admin, desk.event), (desk.system, desk.event), (desk.advocate, "nothing")):
        with pytest.raises(NotFoundError):
            acknowledge(ctx, [ref])


def test_states_and_events_are_not_confused(desk: Desk) -> None:
    """A state is dismissed, an event closed, and neither when it is closed already."""
    with pytest.raises(ConflictError):
        close_events(desk.advocate, [desk.state], "why")
    with pytest.raises(ConflictError):
        dismiss_states(desk.advocate, [desk.event], "why")
    close_events(desk.advocate, [desk.event], "why")
    with pytest.raises(ConflictError):
        close_events(desk.advocate, [desk.event], "again")


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_a_reason_is_needed(desk: Desk, reason: str) -> None:
    """And nothing is written without."""
    with pytest.raises(InvalidInputError):
        close_events(desk.advocate, [desk.event], reason)
    with desk.system.database.reading() as db:
        assert db.connection().execute(sa.select(sa.func.count()).where(Flag.closed_on.is_(None))).scalar_one() == 2  # type: ignore[union-attr] # a column
