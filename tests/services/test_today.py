"""Tests of the board of today."""

from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from tests.factories.docket import Docket
from tests.factories.facts import appearance, at, day, hearing, held, in_trial
from tracker.domain.codes.appearance import Attended
from tracker.domain.codes.hearing import HearingOutcome
from tracker.domain.codes.protection import MeasureDecision, MeasureKind
from tracker.domain.codes.victim import LegalRepresentation
from tracker.domain.errors import NotFoundError
from tracker.domain.facts import Assessment, Hearing, Measure, ProceedingFacts, Victim
from tracker.services.context import Context
from tracker.services.today import MOST_FLAGS, Missing, Standing, Today, today


def trial(name: str, *hearings: Hearing, **values: Any) -> ProceedingFacts:  # noqa: ANN401 - any field
    """Return a case in trial with these hearings."""
    return in_trial(id=name, hearings=hearings, **values)


def board(docket: Docket) -> Today:
    """Return the board on the morning of 23 November 2026."""
    return today(docket.ctx)


@pytest.mark.parametrize(
    ("starts", "shown"),
    [("2026-11-22 23:59", False), ("2026-11-23 00:00", True), ("2026-12-07 23:59", True), ("2026-12-08 00:00", False)],
)
def test_two_weeks_are_shown_with_both_ends(ctx: Context, starts: str, shown: bool) -> None:  # noqa: FBT001
    """From this morning's midnight in the office to the end of the fourteenth day."""
    docket = Docket.of(ctx)
    docket.case(trial("a", hearing("h", starts)))

    assert bool(board(docket).days) is shown


def test_hearings_are_grouped_by_the_courts_day(ctx: Context) -> None:
    """In order of day and time; one held today is over, one called off or moved is told."""
    docket = Docket.of(ctx)
    docket.case(
        trial(
            "a",
            hearing("late", "2026-11-24 15:00"),
            hearing("early", "2026-11-24 09:00"),
            hearing("off", "2026-11-25", outcome=HearingOutcome.CANCELLED),
            hearing("moved", "2026-11-26", superseded_by="new"),
            hearing("new", "2026-12-20"),
            held("done", "2026-11-23 07:00"),
        ),
        "K 11/24",
    )
    days = board(docket).days

    assert [day.on.day for day in days] == [24, 25, 26]
    assert [each.starts_at for each in days[0].hearings] == [at("2026-11-24 09:00"), at("2026-11-24 15:00")]
    assert [day.hearings[0].standing for day in days] == [Standing.EXPECTED, Standing.CALLED_OFF, Standing.MOVED]
    assert days[2].hearings[0].moved_to == at("2026-12-20")
    assert days[0].hearings[0].case.label == "K 11/24"
    assert board(docket).hearings == 2


def test_what_a_victim_lacks_is_said(ctx: Context) -> None:
    """Status on the day of the hearing, representation, assessment; who lacks nothing lacks nothing."""
    docket = Docket.of(ctx)
    status = Measure("m", "v", MeasureKind.SPECIAL_STATUS, MeasureDecision.GRANTED, decided_on=day("2026-05-01"))
    bare = Victim("w", legal_representation=LegalRepresentation.NONE)
    facts = trial(
        "a", hearing("h", "2026-11-30", summoned=("v", "w")), victims=(Victim("v"), bare), assessments=(Assessment("v", day("2026-05-01")),)
    )
    docket.case(replace(facts, measures=(status,)))
    protected, other = board(docket).days[0].hearings[0].victims

    assert (protected.name, protected.missing) == ("Name of v", ())
    assert other.missing == (Missing.STATUS, Missing.REPRESENTATION, Missing.ASSESSMENT)


def test_a_status_that_ends_before_the_hearing_is_missing(ctx: Context) -> None:
    """What counts is the day of the hearing, not today."""
    docket = Docket.of(ctx)
    status = Measure(
        "m", "v", MeasureKind.SPECIAL_STATUS, MeasureDecision.GRANTED, decided_on=day("2026-05-01"), valid_until=day("2026-11-29")
    )
    docket.case(trial("a", hearing("h", "2026-11-30", summoned=("v",)), measures=(status,)))

    assert Missing.STATUS in board(docket).days[0].hearings[0].victims[0].missing


def test_past_hearings_wait_to_be_written_down(ctx: Context) -> None:
    """Without an outcome, or with a victim summoned and nothing said of her; what was called off waits for nothing."""
    docket = Docket.of(ctx)
    docket.case(
        trial(
            "a",
            hearing("open", "2026-11-20"),
            held("silent", "2026-11-19", summoned=("v",)),
            held("told", "2026-11-18", summoned=("v",)),
            hearing("off", "2026-11-17", outcome=HearingOutcome.POSTPONED_IN_ADVANCE, summoned=("v",)),
            hearing("moved", "2026-11-16", superseded_by="open"),
            hearing("ancient", "2026-06-01"),
            appearances=(appearance("told", attended=Attended.PRESENT_NOT_HEARD),),
        )
    )

    assert [(each.on.day, each.has_outcome) for each in board(docket).debriefs] == [(20, False), (19, True)]


def test_a_hearing_of_today_without_a_time_is_not_late_yet(ctx: Context) -> None:
    """Only its day is known: it may still come."""
    docket = Docket.of(ctx)
    docket.case(trial("a", hearing("h", "2026-11-23 00:00", time_known=False)))

    assert board(docket).debriefs == ()
    assert len(board(docket).days) == 1


def test_flags_are_those_that_need_me(ctx: Context) -> None:
    """Of rules for my role in that case; not acknowledged, not dismissed, not closed; gathered by case, gravest first."""
    docket = Docket.of(ctx)
    mild, grave, foreign = trial("mild"), trial("grave"), trial("foreign")
    docket.case(mild, assigned_as="LAWYER")
    docket.case(grave)
    docket.case(foreign, assigned_as=None)
    docket.flag(mild, "no-special-status", 3)
    docket.flag(mild, "outcome-missing", 1)
    docket.flag(grave, "confrontation", 4)
    docket.flag(grave, "outcome-missing", 1)
    docket.flag(grave, "wasted-appearance", 3, dismissed_severity=3)
    docket.flag(grave, "no-hearing-held", 3, acknowledged_at=docket.ctx.now())
    docket.flag(grave, "repeated-confrontation", 4, closed_on=day("2026-11-01"))
    docket.flag(foreign, "confrontation", 4)
    found = [(case.case.label, [flag.rule.code for flag in case.flags]) for case in board(docket).cases]

    assert found == [("grave", ["confrontation", "outcome-missing"]), ("mild", ["no-special-status"])]
    assert board(docket).flags == 3
    assert not board(docket).has_more_flags


def test_more_flags_than_fit_are_told(ctx: Context) -> None:
    """The gravest stay, the page says that there are more."""
    docket = Docket.of(ctx)
    facts = trial("a")
    docket.case(facts)
    docket.flag(facts, "confrontation", 4)
    for number in range(MOST_FLAGS):
        docket.flag(facts, "wasted-appearance", 2, fact=str(number))

    assert (board(docket).flags, board(docket).has_more_flags) == (MOST_FLAGS, True)
    assert board(docket).cases[0].flags[0].severity == 4


def test_the_board_costs_four_statements(sqlite_ctx: Context) -> None:
    """However many cases there are."""
    docket = Docket.of(sqlite_ctx)
    for name in ("a", "b", "c"):
        docket.case(trial(name, hearing("h", "2026-11-30", summoned=("v",))), f"K {len(name)}/24")
    asked: list[str] = []
    sa.event.listen(sqlite_ctx.database.engine, "before_cursor_execute", lambda *seen: asked.append(seen[2]))
    board(docket)

    assert sum(text.startswith("SELECT") for text in asked) == 4


def test_a_role_without_cases_has_no_board(ctx: Context) -> None:
    """The program itself has none either."""
    with pytest.raises(NotFoundError):
        today(ctx)
