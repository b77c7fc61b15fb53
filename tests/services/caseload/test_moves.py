"""What an import of changed hearings tells people."""

from typing import Any

import pytest
import sqlalchemy as sa

from tests.factories.caseload import Document, small, spelt
from tracker.services.caseload_import import import_caseload
from tracker.services.context import Context
from tracker.storage.tables.catalogue import METADATA


def told(ctx: Context) -> list[tuple[str, str]]:
    """Return kind and subject of every message that waits to be sent."""
    message = METADATA.tables["message"]
    with ctx.database.engine.connect() as connection:
        statement = sa.select(message.c.kind, message.c.subject).where(message.c.state == "queued").order_by(message.c.id)
        return [(row.kind.value, row.subject) for row in connection.execute(statement)]


def second_hearing(**facts: Any) -> Document:  # noqa: ANN401
    """Return the small document with other facts of its next hearing, which is on 1 December."""
    document = small()
    document["proceedings"][0]["hearings"][1].update(facts)
    return document


def test_a_first_import_tells_nobody(ctx: Context) -> None:
    """New hearings are announced by the reminders, when it is time."""
    import_caseload(ctx, spelt(small()))

    assert told(ctx) == []


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({"starts_at": "2026-12-03T10:00:00+01:00"}, "hearing-moved"),
        ({"superseded_by": "h3"}, "hearing-moved"),
        ({"superseded_by": "h3", "outcome": "POSTPONED_IN_ADVANCE"}, "hearing-moved"),
        ({"outcome": "CANCELLED"}, "hearing-cancelled"),
        ({"outcome": "POSTPONED_IN_ADVANCE"}, "hearing-cancelled"),
    ],
)
def test_a_hearing_ahead_that_changes_is_told_once(ctx: Context, facts: dict[str, str], kind: str) -> None:
    """To the advocate of the case, in the transaction that changes it; the same document again tells nobody."""
    import_caseload(ctx, spelt(small()))

    import_caseload(ctx, spelt(second_hearing(**facts)))
    import_caseload(ctx, spelt(second_hearing(**facts)))

    assert [each for each, _ in told(ctx)] == [kind]


@pytest.mark.parametrize("facts", [{"panel": "b"}, {"summoned": ["v1"]}, {"outcome": "HELD"}, {"minutes_expected": 90}])
def test_what_keeps_the_date_is_not_told(ctx: Context, facts: dict[str, Any]) -> None:
    """Nobody's way to court changes."""
    import_caseload(ctx, spelt(small()))
    import_caseload(ctx, spelt(second_hearing(**facts)))

    assert told(ctx) == []


def test_a_rehearsal_tells_nobody(ctx: Context) -> None:
    """A dry run leaves no message behind."""
    import_caseload(ctx, spelt(small()))
    import_caseload(ctx, spelt(second_hearing(outcome="CANCELLED")), rehearse=True)

    assert told(ctx) == []


def test_a_hearing_that_is_on_again_is_no_longer_called_off(ctx: Context) -> None:
    """A cancellation that was withdrawn before it was sent is not sent."""
    import_caseload(ctx, spelt(small()))
    import_caseload(ctx, spelt(second_hearing(outcome="CANCELLED")))
    import_caseload(ctx, spelt(small()))

    assert told(ctx) == []
