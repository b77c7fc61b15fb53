"""Acknowledging by link: a look changes nothing, the answer counts once, for 72 hours."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col

from tests.office import FakeChannel, Office
from tracker.services.acknowledging import LinkState, acknowledge, peek
from tracker.services.context import Context
from tracker.services.delivery import deliver
from tracker.services.reminding import remind
from tracker.storage.tables.outbox import Message


@pytest.fixture
def office(ctx: Context) -> Office:
    """An office that has sent one reminder, on Monday 23 November 2026, 10:00."""
    office = Office.open(ctx).at(2026, 11, 23, 10, 0)
    office.person()
    office.hearing(2026, 11, 24, 9, 30)
    remind(office.ctx)
    deliver(office.ctx, office.ways(FakeChannel()))
    return office


def token(office: Office) -> str:
    """The token in the link of the only message."""
    (line,) = office.messages()
    assert line.body is not None
    return line.body.rpartition("/a/")[2]


def test_a_look_changes_nothing(office: Office) -> None:
    """Phones fetch links before people do."""
    assert peek(office.ctx, token(office)) is LinkState.OPEN
    assert peek(office.ctx, token(office)) is LinkState.OPEN
    assert office.messages()[0].acknowledged_at is None


def test_the_answer_counts_once(office: Office) -> None:
    """With the time of the first answer."""
    assert acknowledge(office.ctx, token(office)) is LinkState.SEEN
    later = office.ctx.at(office.ctx.now() + timedelta(hours=1))
    assert acknowledge(later, token(office)) is LinkState.SEEN
    assert peek(later, token(office)) is LinkState.SEEN
    assert office.messages()[0].acknowledged_at == office.ctx.now()


@pytest.mark.parametrize(("hours", "state"), [(71.9, LinkState.SEEN), (72, LinkState.SEEN), (72.1, LinkState.GONE)])
def test_after_three_days_it_is_over(sqlite_ctx: Context, hours: float, state: LinkState) -> None:
    """From the sending on."""
    office = Office.open(sqlite_ctx).at(2026, 11, 23, 10, 0)
    office.person()
    office.hearing(2026, 11, 24, 9, 30)
    remind(office.ctx)
    deliver(office.ctx, office.ways(FakeChannel()))

    assert acknowledge(office.ctx.at(office.ctx.now() + timedelta(hours=hours)), token(office)) is state


@pytest.mark.parametrize("guess", ["", "x" * 22, "\udc80", "../../etc"])
def test_a_guess_looks_like_a_link_that_is_over(office: Office, guess: str) -> None:
    """Nobody learns whether a token ever was one."""
    assert peek(office.ctx, guess) is LinkState.GONE
    assert acknowledge(office.ctx, guess) is LinkState.GONE


def test_the_token_itself_is_stored_nowhere(office: Office) -> None:
    """Whoever reads the database cannot acknowledge."""
    secret = token(office).encode()
    with office.ctx.database.reading() as db:
        row = db.connection().execute(sa.select(Message.__table__)).one()  # type: ignore[attr-defined]
        stored = db.connection().execute(sa.select(col(Message.token_hash))).scalar_one()

    assert len(stored) == 32
    assert not any(secret in str(value).encode() or secret in (value if isinstance(value, bytes) else b"") for value in row)


def test_each_link_acknowledges_its_own_message(office: Office) -> None:
    """Two people, two links."""
    office.person(external_id="B")
    remind(office.ctx)
    _, other = office.messages()
    assert other.body is not None
    acknowledge(office.ctx, other.body.rpartition("/a/")[2])

    assert [line.acknowledged_at is None for line in office.messages()] == [True, False]
