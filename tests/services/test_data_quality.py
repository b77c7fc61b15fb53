"""The steward's checks: each answers on both databases, finds what it is for, and names no case."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from tests import rows
from tests.conftest import MORNING, acting
from tests.factories.caseload import small, spelt
from tracker.domain.codes.people import Role
from tracker.domain.errors import ForbiddenError
from tracker.services.caseload_import import import_caseload
from tracker.services.context import Context
from tracker.services.data_quality import MOST, quality
from tracker.storage.data_check import all_checks
from tracker.storage.data_checks.no_outcome import PATIENCE
from tracker.storage.data_checks.not_touched import QUIET
from tracker.storage.tables.appearances import Appearance
from tracker.storage.tables.proceedings import CaseNumber


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


SAME = {"text_sealed": b"x", "number_index": b"same"}


def faults(db: Session, proceeding: int, court: int) -> None:
    """Give one proceeding every fault that hearings, victims and numbers can have."""
    rows.hearing(db, proceeding, MORNING - PATIENCE - timedelta(seconds=1))
    victim = rows.victim(db, proceeding)
    heard = rows.hearing(db, proceeding, MORNING - timedelta(days=30), outcome="HELD")
    rows.add(db, Appearance, proceeding_id=proceeding, hearing_id=heard, victim_id=victim, attended="TESTIFIED")
    rows.add(db, CaseNumber, proceeding_id=proceeding, court_id=court, **SAME, ref="1", is_parsed=False)


def test_each_check_finds_what_it_is_for(ctx: Context) -> None:
    """One case with every fault, beside one without any; and one that shares its number."""
    with ctx.database.writing() as db:
        court, advocate = rows.court(db), rows.person(db)
        days = {"offence_on": date(2026, 1, 2), "ended_on": date(2026, 1, 1)}
        bad = rows.proceeding(db, court, ref="bad", changed_at=MORNING - QUIET - timedelta(seconds=1))
        faults(db, bad, court)
        rows.proceeding(db, court, ref="odd", **days)
        _bare, good = (rows.proceeding(db, court, ref=ref, changed_at=MORNING - QUIET) for ref in ("bare", "good"))
        rows.assignment(db, good, advocate)
        rows.hearing(db, good, MORNING - PATIENCE)
        rows.victim(db, good, consent_given_on=date(2026, 1, 1))
        rows.add(db, CaseNumber, proceeding_id=good, court_id=court, **SAME, ref="2", is_parsed=True)
    found = {line.title: {place.ref for place in line.found.worst} for line in quality(steward(ctx)).lines}

    assert found == {
        "Hearings that are over, without outcome": {"bad"},
        "Entries of victims without consent": {"bad"},
        "Going on, without any hearing": {"bare"},
        "Appearances without a word on how she was treated": {"bad"},
        "Going on, nobody assigned": {"bad", "bare"},
        "Going on, unchanged for half a year": {"bad"},
        "Dates that cannot be true": {"odd"},
        "Case numbers that could not be read": {"bad"},
        "Perhaps entered twice: the same number at the same court": {"bad", "good"},
    }


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.STEWARD])
def test_nobody_else_looks(sqlite_ctx: Context, role: Role) -> None:
    """The page is the steward's."""
    with pytest.raises(ForbiddenError):
        quality(acting(sqlite_ctx, 1, role))
