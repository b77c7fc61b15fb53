"""The steward's checks: each answers on both databases, finds what it is for, and names no case."""

import pytest

from tests import rows
from tests.conftest import acting
from tests.factories.caseload import small, spelt
from tracker.domain.codes.people import Role
from tracker.domain.errors import ForbiddenError
from tracker.services.caseload_import import import_caseload
from tracker.services.context import Context
from tracker.services.data_quality import MOST, quality
from tracker.storage.data_check import all_checks


def steward(ctx: Context) -> Context:
    """Return the context of a steward."""
    with ctx.database.writing() as db:
        person = rows.person(db, role="STEWARD")
    return acting(ctx, person, Role.STEWARD)


def test_an_empty_record_has_no_faults(ctx: Context) -> None:
    """Every check can be asked, and finds nothing where there is nothing."""
    found = quality(steward(ctx))

    assert len(found.lines) == len(all_checks())
    assert {line.found.proceedings for line in found.lines} == {0}
    assert found.calendars == ()


def test_every_check_can_be_asked_of_cases(ctx: Context) -> None:
    """Also with cases there."""
    import_caseload(ctx, spelt(small()))

    assert len(quality(steward(ctx)).lines) == len(all_checks())


def test_bare_proceedings_are_found_and_the_list_ends(ctx: Context) -> None:
    """Without hearing and assignment a proceeding stands in two lists; lists are limited and say what they leave out."""
    with ctx.database.writing() as db:
        court = rows.court(db)
        for number in range(MOST + 3):
            rows.proceeding(db, court, external_id=f"P{number}")
    found = {line.title: line for line in quality(steward(ctx)).lines}

    for title in ("Going on, without any hearing", "Going on, nobody assigned"):
        assert (found[title].found.proceedings, len(found[title].found.worst), found[title].left_out) == (MOST + 3, MOST, 3)
        assert not any(place.ref.startswith("P") and place.ref[1:].isdigit() for place in found[title].found.worst)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.STEWARD])
def test_nobody_else_looks(sqlite_ctx: Context, role: Role) -> None:
    """The page is the steward's."""
    with pytest.raises(ForbiddenError):
        quality(acting(sqlite_ctx, 1, role))
