"""Whose cases: own, the team's, by the day and by the role that the database knows."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col

from tests import rows
from tests.conftest import acting
from tracker.domain.codes.people import Role
from tracker.domain.errors import NotFoundError
from tracker.services.case_list import Narrowing, cases
from tracker.services.case_page import case
from tracker.services.context import Context
from tracker.storage.tables.people import Person


def sees(ctx: Context, person: int, role: Role) -> bool:
    """Tell whether list and page show the case; they always agree."""
    mine = acting(ctx, person, role)
    listed = bool(cases(mine, Narrowing()).lines)
    try:
        case(mine, "r-case")
    except NotFoundError:
        assert not listed
        return False
    assert listed
    return True


@pytest.fixture
def office(ctx: Context) -> tuple[Context, int, int, int]:
    """A case, a supervisor, one of her people who is not assigned yet, and the case's key."""
    with ctx.database.writing() as db:
        proceeding = rows.proceeding(db, rows.court(db), ref="r-case")
        boss = rows.person(db, role="SUPERVISOR")
        return ctx, proceeding, boss, rows.person(db, supervisor_id=boss)


@pytest.mark.parametrize(
    ("start", "end", "seen"), [(None, None, True), (0, 0, True), (1, None, False), (None, -1, False), (None, 0, True), (-1, 1, True)]
)
def test_an_assignment_holds_from_its_first_day_to_its_last(
    office: tuple[Context, int, int, int], start: int | None, end: int | None, seen: bool  # noqa: FBT001
) -> None:  # fmt: skip
    """For whoever is assigned, and for whoever answers for them."""
    ctx, proceeding, boss, advocate = office
    today = ctx.office_today()
    days = {name: None if days is None else today + timedelta(days=days) for name, days in (("from_on", start), ("to_on", end))}
    with ctx.database.writing() as db:
        rows.assignment(db, proceeding, advocate, **days)

    assert sees(ctx, advocate, Role.ADVOCATE) is seen
    assert sees(ctx, boss, Role.SUPERVISOR) is seen


def test_a_team_ends_with_the_role_and_with_the_people(office: tuple[Context, int, int, int]) -> None:
    """Who is no supervisor any more has no team, whatever role the session still claims; neither has the colleague."""
    ctx, proceeding, boss, advocate = office
    with ctx.database.writing() as db:
        rows.assignment(db, proceeding, advocate)
        colleague = rows.person(db, role="SUPERVISOR")
        peer = rows.person(db, supervisor_id=boss)
    assert sees(ctx, boss, Role.SUPERVISOR)
    assert not sees(ctx, colleague, Role.SUPERVISOR)
    assert not sees(ctx, peer, Role.ADVOCATE)

    with ctx.database.writing() as db:
        db.connection().execute(sa.update(Person).where(col(Person.id) == boss).values(role="LAWYER"))
    assert not sees(ctx, boss, Role.SUPERVISOR)

    with ctx.database.writing() as db:
        db.connection().execute(sa.update(Person).where(col(Person.id) == boss).values(role="SUPERVISOR"))
        db.connection().execute(sa.update(Person).where(col(Person.id) == advocate).values(supervisor_id=None))
    assert not sees(ctx, boss, Role.SUPERVISOR)
