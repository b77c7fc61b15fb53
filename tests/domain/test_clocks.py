"""The clocks: where they start and end, and what is left out."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.clocks import (
    FIRST_INSTANCE,
    TOTAL,
    VICTIM_JOURNEY,
    Ending,
    LeftOut,
    ProcessClock,
    Spell,
    course,
    measure,
)
from tracker.domain.codes.proceeding import EndCause, StageKind
from tracker.domain.codes.shared import Precision
from tracker.domain.facts import ProceedingFacts, StageEvent

TODAY = date(2026, 11, 23)
INDICTED = StageKind.INDICTMENT_FILED
JUDGED = StageKind.FIRST_INSTANCE_JUDGMENT


def run(
    *events: StageEvent,
    clock: ProcessClock = FIRST_INSTANCE,
    end_cause: EndCause | None = None,
    ended_on: date | None = None,
    followed_since: date | None = None,
) -> Spell | LeftOut:
    """Return the run of a clock over a proceeding with these milestones, at TODAY."""
    facts = ProceedingFacts(
        id="p", zone="Europe/Belgrade", end_cause=end_cause, ended_on=ended_on, followed_since=followed_since, stage_events=events
    )
    return measure(clock, course(facts, TODAY), TODAY)


def event(kind: StageKind, on: str, precision: Precision = Precision.DAY) -> StageEvent:
    """Return one milestone."""
    return StageEvent(kind, date.fromisoformat(on), precision)


def test_judged_proceeding_counts_from_the_first_indictment_to_the_first_judgment() -> None:
    """A second indictment and a retrial's judgment change nothing."""
    spell = run(event(INDICTED, "2020-03-01"), event(INDICTED, "2020-01-01"), event(JUDGED, "2022-01-01"), event(JUDGED, "2021-01-01"))
    assert spell == Spell(days=366, ending=Ending.EVENT, entry=0, start_year=2020, end_year=2021, dates=2, imputed=0)


def test_open_proceeding_is_censored_at_the_data_date() -> None:
    """It has lasted until today."""
    assert run(event(INDICTED, "2025-11-23")) == Spell(365, Ending.OPEN, 0, 2025, 2026, 1, 0)


@pytest.mark.parametrize(("judged", "ending"), [("2026-11-22", Ending.EVENT), ("2026-11-23", Ending.EVENT), ("2026-11-24", Ending.OPEN)])
def test_what_happens_after_the_data_date_does_not_exist(judged: str, ending: Ending) -> None:
    """A judgment of tomorrow has not been given."""
    spell = run(event(INDICTED, "2025-11-23"), event(JUDGED, judged))
    assert isinstance(spell, Spell)
    assert spell.ending is ending


@pytest.mark.parametrize(("filed", "found"), [("2026-11-24", LeftOut.NO_START), ("2026-11-23", Spell(0, Ending.OPEN, 0, 2026, 2026, 1, 0))])
def test_start_after_the_data_date_is_no_start(filed: str, found: Spell | LeftOut) -> None:
    """An indictment of tomorrow has not been filed; one of today has, 0 days ago."""
    assert run(event(INDICTED, filed)) == found


@pytest.mark.parametrize("cause", [EndCause.TRANSFERRED_ABROAD, EndCause.LOST_TO_FOLLOW_UP])
def test_lost_from_sight_is_censored_on_that_day(cause: EndCause) -> None:
    """Nobody knows what came after."""
    assert run(event(INDICTED, "2020-01-01"), end_cause=cause, ended_on=date(2020, 1, 11)) == Spell(
        10, Ending.CENSORED, 0, 2020, 2020, 1, 0
    )


def test_lost_from_sight_after_the_data_date_is_still_open() -> None:
    """What is lost tomorrow is open today."""
    spell = run(event(INDICTED, "2020-01-01"), end_cause=EndCause.LOST_TO_FOLLOW_UP, ended_on=TODAY + timedelta(1))
    assert isinstance(spell, Spell)
    assert spell.ending is Ending.OPEN


def test_ended_on_means_nothing_for_other_ends() -> None:
    """Only the two ends of our sight are dated by it."""
    spell = run(event(INDICTED, "2020-01-01"), end_cause=EndCause.FINAL_JUDGMENT, ended_on=date(2020, 1, 11))
    assert isinstance(spell, Spell)
    assert spell.ending is Ending.OPEN


def test_final_without_a_judgment_censors_the_first_instance() -> None:
    """A limitation ended the proceeding; its first instance never came to a judgment."""
    events = (event(INDICTED, "2020-01-01"), event(StageKind.FINAL, "2020-02-10"))
    assert run(*events, end_cause=EndCause.LIMITATION_EXPIRED) == Spell(40, Ending.CENSORED, 0, 2020, 2020, 2, 0)


def test_earlier_of_final_and_lost_censors() -> None:
    """Whatever ended our sight first."""
    events = (event(INDICTED, "2020-01-01"), event(StageKind.FINAL, "2020-02-10"))
    lost = run(*events, end_cause=EndCause.LOST_TO_FOLLOW_UP, ended_on=date(2020, 1, 31))
    final = run(*events, end_cause=EndCause.LOST_TO_FOLLOW_UP, ended_on=date(2020, 3, 31))
    assert isinstance(lost, Spell)
    assert isinstance(final, Spell)
    assert (lost.days, final.days) == (30, 40)


def test_proceeding_without_an_indictment_is_left_out() -> None:
    """It is counted as such, not guessed."""
    assert run(event(JUDGED, "2020-01-01")) is LeftOut.NO_START


@pytest.mark.parametrize(("judged", "left_out"), [("2019-12-31", True), ("2020-01-01", False), ("2020-01-02", False)])
def test_end_before_the_start_is_left_out_apart(judged: str, *, left_out: bool) -> None:
    """A mistake in the file is no length."""
    assert (run(event(INDICTED, "2020-01-01"), event(JUDGED, judged)) is LeftOut.END_BEFORE_START) is left_out


@pytest.mark.parametrize(
    ("precision", "start", "imputed"),
    [(Precision.DAY, date(2020, 3, 31), 0), (Precision.MONTH, date(2020, 3, 15), 1), (Precision.YEAR, date(2020, 7, 1), 1)],
)
def test_unknown_days_are_the_middle_and_counted(precision: Precision, start: date, imputed: int) -> None:
    """A month stands for its 15th, a year for its 1 July."""
    spell = run(event(INDICTED, "2020-03-31", precision), event(JUDGED, "2021-01-01"))
    assert spell == Spell((date(2021, 1, 1) - start).days, Ending.EVENT, 0, 2020, 2021, 2, imputed)


def test_imputed_end_counts_too() -> None:
    """Both dates may be guesses."""
    spell = run(event(INDICTED, "2020-01-01", Precision.YEAR), event(JUDGED, "2022-12-01", Precision.MONTH))
    assert isinstance(spell, Spell)
    assert (spell.days, spell.imputed, spell.dates) == (897, 2, 2)


def test_imputed_date_after_the_data_date_does_not_exist_yet() -> None:
    """Of an event "in December 2026" nothing is known in November."""
    assert run(event(INDICTED, "2026-12-01", Precision.MONTH)) is LeftOut.NO_START


@pytest.mark.parametrize(("since", "entry"), [("2019-06-01", 0), ("2020-01-01", 0), ("2020-01-31", 30), ("2020-02-29", 59)])
def test_followed_later_than_the_start_enters_late(since: str, entry: int) -> None:
    """It is at risk only after the day on which somebody began to look."""
    spell = run(event(INDICTED, "2020-01-01"), event(JUDGED, "2020-03-01"), followed_since=date.fromisoformat(since))
    assert isinstance(spell, Spell)
    assert (spell.days, spell.entry) == (60, entry)


@pytest.mark.parametrize("since", ["2020-03-01", "2024-01-01"])
def test_over_before_it_was_followed_is_left_out(since: str) -> None:
    """It could never have been seen running."""
    found = run(event(INDICTED, "2020-01-01"), event(JUDGED, "2020-03-01"), followed_since=date.fromisoformat(since))
    assert found is LeftOut.ENDED_UNFOLLOWED


def test_total_starts_at_the_earliest_of_three_and_ends_at_final() -> None:
    """Arrest, investigation or indictment, whichever came first."""
    events = (event(INDICTED, "2020-03-01"), event(StageKind.INVESTIGATION_OPENED, "2020-02-01"), event(StageKind.FINAL, "2021-02-01"))
    arrested = event(StageKind.ACCUSED_CHARGED_OR_ARRESTED, "2020-01-02")
    assert run(*events, clock=TOTAL) == Spell(366, Ending.EVENT, 0, 2020, 2021, 2, 0)
    assert run(*events, arrested, clock=TOTAL) == Spell(396, Ending.EVENT, 0, 2020, 2021, 2, 0)
    assert run(event(StageKind.REPORTED, "2020-01-01"), clock=TOTAL) is LeftOut.NO_START


def test_victim_journey_starts_with_the_report_else_with_the_total() -> None:
    """A report counts even where the investigation is dated earlier."""
    events = (event(StageKind.INVESTIGATION_OPENED, "2020-01-01"), event(StageKind.FINAL, "2020-12-31"))
    reported = (event(StageKind.FIRST_STATEMENT, "2020-03-01"), event(StageKind.REPORTED, "2020-02-01"))
    first, second = run(*events, clock=VICTIM_JOURNEY), run(*events, *reported, clock=VICTIM_JOURNEY)
    assert isinstance(first, Spell)
    assert isinstance(second, Spell)
    assert (first.days, second.days) == (365, 334)


def test_clock_names_the_milestones_that_it_needs() -> None:
    """A query may fetch these and no others."""
    assert FIRST_INSTANCE.kinds == {INDICTED, JUDGED, StageKind.FINAL}
    assert StageKind.REPORTED in VICTIM_JOURNEY.kinds
    assert StageKind.REPORTED not in TOTAL.kinds


days = st.dates(date(2015, 1, 1), date(2030, 1, 1))
anything = st.builds(StageEvent, st.sampled_from([INDICTED, JUDGED, StageKind.FINAL, StageKind.REPORTED]), days, st.sampled_from(Precision))


@given(st.lists(anything, max_size=6), st.permutations(range(6)), days | st.none())
def test_order_of_the_milestones_is_of_no_account(events: list[StageEvent], order: list[int], since: date | None) -> None:
    """The same facts give the same length, which is never negative nor entered after its end."""
    shuffled = [events[place] for place in order if place < len(events)]
    first = run(*events, followed_since=since)
    assert run(*shuffled, followed_since=since) == first
    if isinstance(first, Spell):
        assert first.entry >= 0
        assert first.entry < first.days or first.entry == 0
        assert first.imputed <= first.dates <= 2
