"""Tests of everything that one page says about a proceeding."""

import pytest
import sqlalchemy as sa

from tests.conftest import acting
from tests.factories.docket import Docket
from tests.factories.facts import appearance, day, hearing, held, in_trial
from tracker.domain.case_clocks import ClockName
from tracker.domain.codes.people import Role
from tracker.domain.errors import NotFoundError
from tracker.domain.phases import Phase
from tracker.privacy.places import FLAG_CLOSE_NOTE
from tracker.services.case_page import case
from tracker.services.context import Context

FACTS = in_trial(
    id="a",
    hearings=(held("h1", "2026-10-01"), hearing("h2", "2026-11-10", superseded_by="h3"), hearing("h3", "2026-12-01")),
    appearances=(appearance("h1"),),
)


def test_the_page_holds_the_whole_case(ctx: Context) -> None:
    """Number and names opened, facts read at this moment, clocks and burden computed."""
    docket = Docket.of(ctx)
    ref = docket.case(FACTS, "K 11/24")
    page = case(docket.ctx, ref)

    assert (page.label, page.court, page.zone, page.file) == ("K 11/24", "Court A", "Europe/Belgrade", "a")
    assert page.names == {"a-v": "Name of v"}
    assert [each.phase for each in page.phases] == [Phase.ACCUSATION, Phase.TRIAL]
    assert ClockName.GAP in {clock.name for clock in page.clocks}
    assert (page.burdens[0].journeys, page.burdens[0].waiting.unknown) == (1, 1)
    assert [sitting.hearing.id for sitting in page.reading.upcoming] == ["a-h3"]
    assert set(page.places) == {"a-h1", "a-h2", "a-h3"}


def test_waiting_comes_from_the_record(ctx: Context) -> None:
    """Minutes written down at an appearance are part of the burden."""
    docket = Docket.of(ctx)
    ref = docket.case(FACTS)
    with ctx.database.writing() as db:
        db.connection().execute(sa.text("UPDATE appearance SET minutes_waiting = 95"))

    assert case(docket.ctx, ref).burdens[0].waiting.seen == 95


def test_flags_come_with_rule_law_and_life(ctx: Context) -> None:
    """Open ones first, gravest first; the words of a person are opened; an unknown rule is no error."""
    docket = Docket.of(ctx)
    ref = docket.case(FACTS)
    docket.flag(FACTS, "first-instance-length", 1, kind="state", dismissed_severity=1)
    docket.flag(FACTS, "confrontation", 4)
    note = ctx.keys.seal(FLAG_CLOSE_NOTE, "gone", "spoken to the judge")
    docket.flag(
        FACTS, "retired-rule", 3, ref="gone", closed_on=day("2026-11-20"), close_reason="BY_PERSON", close_note_sealed=note,
        closed_by_id=docket.person,
    )  # fmt: skip
    grave, quiet, closed = case(docket.ctx, ref).flags

    assert (grave.code, grave.severity, grave.is_quiet, grave.acknowledged_at) == ("confrontation", 4, False, None)
    assert [each.key for each in grave.legal] == ["EU-THB-12.4b"]
    assert (quiet.code, quiet.is_quiet, quiet.is_confirmed) == ("first-instance-length", True, False)
    assert (closed.rule, closed.legal, closed.close_note, closed.closed_by) == (None, (), "spoken to the judge", Role.ADVOCATE)


def test_what_is_not_ones_own_is_not_there(ctx: Context) -> None:
    """Unknown, unassigned, and forbidden by role: one and the same answer."""
    docket = Docket.of(ctx)
    ref = docket.case(FACTS)
    foreign = docket.case(in_trial(id="b"), assigned_as=None)

    for who, what in ((docket.ctx, "nothing"), (docket.ctx, foreign), (acting(ctx, docket.person, Role.ADMIN), ref)):
        with pytest.raises(NotFoundError):
            case(who, what)
