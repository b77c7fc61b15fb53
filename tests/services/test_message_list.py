"""Who may look at which messages."""

import pytest

from tests.office import Office
from tracker.domain.codes.people import Role
from tracker.domain.errors import ForbiddenError
from tracker.domain.messages import MessageState
from tracker.services.context import Actor, Context
from tracker.services.message_list import everything, mine, of_proceeding
from tracker.services.reminding import remind


@pytest.fixture
def office(sqlite_ctx: Context) -> Office:
    """An office with a reminder to each of two people, on Monday 23 November 2026, 10:00."""
    return Office.open(sqlite_ctx).at(2026, 11, 23, 10, 0)


def test_people_read_what_was_written_to_them(office: Office) -> None:
    """And nobody else's messages; the operator reads all."""
    anna = office.person(external_id="A")
    office.person(external_id="B")
    office.hearing(2026, 11, 24, 9, 30)
    remind(office.ctx)
    as_anna = office.ctx.acting_as(Actor(anna, Role.ADVOCATE))

    assert [line.recipient for line in mine(as_anna)] == ["A"]
    assert all(line.body for line in mine(as_anna))
    assert len(everything(office.ctx)) == 2
    assert mine(office.ctx) == []
    with pytest.raises(ForbiddenError):
        everything(as_anna)


def test_messages_of_a_case_are_shown_without_their_text(office: Office) -> None:
    """Who sees the case sees that people were told."""
    office.person()
    office.hearing(2026, 11, 24, 9, 30)
    remind(office.ctx)
    (line,) = of_proceeding(office.ctx, office.proceeding)

    assert line.body is None
    assert of_proceeding(office.ctx, office.proceeding + 1) == []


def test_messages_by_state(office: Office) -> None:
    """Only what was asked for."""
    office.person()
    office.hearing(2026, 11, 24, 9, 30)
    remind(office.ctx)

    assert len(everything(office.ctx, MessageState.QUEUED)) == 1
    assert everything(office.ctx, MessageState.SENT) == []
