"""What every use-case is handed."""

from datetime import UTC, date, datetime

import pytest

from tracker.domain.codes.people import Role
from tracker.services.context import Actor, Context


def test_another_actor_changes_nothing_else(sqlite_ctx: Context) -> None:
    """Time, database and keys stay."""
    person = Actor(person_id=7, role=Role.LAWYER)

    acting = sqlite_ctx.acting_as(person)

    assert acting.actor == person
    assert not acting.actor.is_system
    assert acting.acting_as(sqlite_ctx.actor) == sqlite_ctx


@pytest.mark.parametrize(
    ("instant", "today"),
    [
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 1, 1, 22, 59, tzinfo=UTC), date(2026, 1, 1)),
        (datetime(2026, 1, 1, 23, 0, tzinfo=UTC), date(2026, 1, 2)),
    ],
)
def test_the_offices_day_begins_at_its_own_midnight(sqlite_ctx: Context, instant: datetime, today: date) -> None:
    """In Belgrade that is 22:00 UTC in summer and 23:00 in winter."""
    assert sqlite_ctx.at(instant).office_today() == today
