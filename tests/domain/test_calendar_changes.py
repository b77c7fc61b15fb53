"""Tests of what a newly captured calendar changes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.calendar_changes import Capture, Listed, Plan, Slot, Stored, changes
from tracker.domain.codes.hearing import HearingOutcome as Outcome

ZONE = ZoneInfo("Europe/Warsaw")
TODAY = date(2022, 1, 10)
NOW = Capture(datetime(2022, 1, 10, 12, 0, tzinfo=ZONE), TODAY)
HELD, CANCELLED, POSTPONED, UNKNOWN = Outcome.HELD, Outcome.CANCELLED, Outcome.POSTPONED_IN_ADVANCE, Outcome.UNKNOWN


def slot(days: int, hour: int | None = 9, room: str = "room 1", case: int = 1) -> Slot:
    """Return a slot some days after the capture; without an hour only the day is known."""
    day = TODAY + timedelta(days=days)
    starts_at = datetime(day.year, day.month, day.day, hour or 0, tzinfo=ZONE).astimezone(UTC)
    return Slot(case, starts_at, day, hour is not None, room)


def listed(*slots: Slot, outcome: Outcome | None = None) -> list[Listed]:
    """Return rows of a calendar."""
    return [Listed(each, number, outcome is not None, outcome) for number, each in enumerate(slots)]


def stored(*slots: Slot, outcome: Outcome | None = None) -> list[Stored]:
    """Return hearings of the record."""
    return [Stored(each, number, outcome) for number, each in enumerate(slots, 1)]


def counts(plan: Plan) -> tuple[int, int, int, int, int, int]:
    """Return added, moved, cancelled, unchanged, outcomes and ignored."""
    return len(plan.added), len(plan.moved), len(plan.cancelled), plan.unchanged, len(plan.outcomes), plan.ignored


WINDOW = slot(60, case=9)
"""A row of another case, stored too, that keeps the calendar's window open."""


def compared(before: list[Stored], after: list[Listed]) -> Plan:
    """Compare within a window of sixty days."""
    return changes([*before, Stored(WINDOW, 99)], [*after, Listed(WINDOW, 99)], NOW)


def test_alike_is_unchanged() -> None:
    """What is listed as it is stored is left alone."""
    assert counts(compared(stored(slot(3), slot(-3)), listed(slot(3), slot(-3)))) == (0, 0, 0, 3, 0, 0)


@pytest.mark.parametrize("there", [slot(4), slot(3, hour=10), slot(3, room="room 2"), slot(3, hour=None)])
def test_another_day_time_or_room_is_a_move(there: Slot) -> None:
    """The stored hearing is superseded by the listed one."""
    plan = compared(stored(slot(3)), listed(there))
    assert counts(plan) == (0, 1, 0, 1, 0, 0)
    assert plan.moved[0][0].slot == slot(3)
    assert plan.moved[0][1].slot == there


def test_another_case_is_no_move() -> None:
    """One case's hearing gone and another's come are a cancellation and an addition."""
    assert counts(compared(stored(slot(3)), listed(slot(3, case=2)))) == (1, 0, 1, 1, 0, 0)


def test_moves_are_paired_in_order_of_date() -> None:
    """First to first, second to second; what is left over was added or cancelled."""
    plan = compared(stored(slot(8), slot(3)), listed(slot(9), slot(4), slot(12)))
    assert [(old.slot, new.slot) for old, new in plan.moved] == [(slot(3), slot(4)), (slot(8), slot(9))]
    assert [row.slot for row in plan.added] == [slot(12)]
    plan = compared(stored(slot(8), slot(3)), listed(slot(20)))
    assert [(old.slot, new.slot) for old, new in plan.moved] == [(slot(3), slot(20))]
    assert [hearing.slot for hearing in plan.cancelled] == [slot(8)]


@pytest.mark.parametrize(
    ("hearing", "is_cancelled"),
    [
        (slot(0, hour=11), False),
        (slot(0, hour=12), True),
        (slot(0, hour=13), True),
        (slot(0, hour=None), True),
        (slot(-1, hour=None), False),
        (slot(60), True),
        (slot(61), False),
    ],
)
def test_only_what_lies_ahead_and_in_the_window_can_be_missing(hearing: Slot, is_cancelled: bool) -> None:  # noqa: FBT001
    """A hearing that began before the capture has dropped off; one after the last listed date is not covered."""
    assert counts(compared(stored(hearing), [])) == (0, 0, int(is_cancelled), 1, 0, 0)


def test_what_dropped_off_is_not_moved() -> None:
    """A new date of a case whose last hearing is past is an addition."""
    assert counts(compared(stored(slot(-1)), listed(slot(5)))) == (1, 0, 0, 1, 0, 0)


def test_a_past_row_is_added_with_its_outcome_and_replaces_nothing() -> None:
    """A missing hearing ahead is not paired with a row of the past, nor with one that is itself called off."""
    assert counts(compared(stored(slot(3)), listed(slot(-2), outcome=HELD))) == (1, 0, 1, 1, 0, 0)
    assert counts(compared(stored(slot(3)), listed(slot(4), outcome=CANCELLED))) == (1, 0, 1, 1, 0, 0)


def test_a_duplicate_row_counts_once_and_the_better_result_wins() -> None:
    """Two rows of one hearing are one hearing."""
    rows = [Listed(slot(-2), 0, has_result=True, outcome=UNKNOWN), Listed(slot(-2), 1, has_result=True, outcome=HELD)]
    for order in (rows, rows[::-1]):
        plan = compared([], order)
        assert counts(plan) == (1, 0, 0, 1, 0, 1)
        assert plan.added[0].outcome == HELD


@pytest.mark.parametrize(
    ("days", "hour", "result", "verdict"),
    [
        (-1, 9, HELD, HELD),
        (0, 11, HELD, HELD),
        (0, 12, HELD, None),
        (0, None, HELD, HELD),
        (1, 9, HELD, None),
        (1, 9, UNKNOWN, None),
        (1, 9, CANCELLED, CANCELLED),
        (1, None, POSTPONED, POSTPONED),
        (-1, 9, UNKNOWN, UNKNOWN),
        (-1, 9, None, None),
    ],
)
def test_a_result_counts_from_the_hearing_on_and_being_called_off_at_once(
    days: int, hour: int | None, result: Outcome | None, verdict: Outcome | None
) -> None:
    """Ahead of a hearing a calendar can only tell that it will not be."""
    row = Listed(slot(days, hour), 0, result is not None, result)
    assert NOW.verdict(row) == verdict
    plan = compared(stored(slot(days, hour)), [row])
    assert counts(plan) == ((0, 0, 0, 1, 1, 0) if verdict else (0, 0, 0, 2, 0, 0))


@pytest.mark.parametrize(
    ("known", "has_text", "told", "is_news"),
    [
        (None, False, HELD, True),
        (None, False, None, True),
        (None, True, None, False),
        (None, True, HELD, True),
        (UNKNOWN, True, HELD, True),
        (UNKNOWN, True, UNKNOWN, False),
        (HELD, False, UNKNOWN, False),
        (Outcome.RECESSED, False, HELD, False),
        (CANCELLED, False, CANCELLED, False),
    ],
)
def test_what_a_person_entered_stands(known: Outcome | None, has_text: bool, told: Outcome | None, is_news: bool) -> None:  # noqa: FBT001
    """A result fills what is open or was not understood; it never overrules a known outcome. A mere remark is kept once."""
    hearing = Stored(slot(-2), 1, known, has_text)
    assert counts(compared([hearing], [Listed(slot(-2), 0, has_result=True, outcome=told)]))[3:5] == ((1, 1) if is_news else (2, 0))


@pytest.mark.parametrize(
    ("days", "told", "is_added"), [(3, None, True), (3, CANCELLED, False), (-3, HELD, True), (-3, None, False), (-3, UNKNOWN, False)]
)
def test_a_cancelled_hearing_that_is_listed_again_is_on_again(days: int, told: Outcome | None, is_added: bool) -> None:  # noqa: FBT001
    """It comes back as a new hearing; a second look at the same calendar finds that one."""
    row = Listed(slot(days), 0, told is not None, told)
    gone = stored(slot(days), outcome=CANCELLED)
    assert counts(compared(gone, [row]))[0] == int(is_added)
    for both in ([*gone, Stored(slot(days), 2, told)], [Stored(slot(days), 2, told), *gone]):
        assert counts(compared(both, [row])) == (0, 0, 0, 2, 0, 0)


@pytest.mark.parametrize(
    ("known", "row", "is_same"),
    [
        (slot(-3, room=""), slot(-3), True),
        (slot(-3, hour=None), slot(-3), True),
        (slot(-3), slot(-3, hour=None), True),
        (slot(-3), slot(-3, room=""), True),
        (slot(-3), slot(-3, hour=10), False),
        (slot(-3), slot(-3, room="room 2"), False),
        (slot(-3), slot(-2), False),
        (slot(-3), slot(-3, case=2), False),
        (slot(3, room=""), slot(3), False),
    ],
)
def test_a_past_hearing_recorded_without_room_or_time_is_not_doubled(known: Slot, row: Slot, is_same: bool) -> None:  # noqa: FBT001
    """What one side does not know does not tell two past hearings apart; ahead, a room newly named is a move."""
    plan = compared(stored(known), listed(row))
    assert (len(plan.added) + len(plan.moved) == 0) is is_same


def test_one_vague_hearing_stands_for_one_row() -> None:
    """Of two listed hearings of that day the second is new."""
    assert counts(compared(stored(slot(-3, hour=None)), listed(slot(-3, hour=9), slot(-3, hour=11)))) == (1, 0, 0, 2, 0, 0)


@pytest.mark.parametrize(("gone", "brakes"), [(0, False), (1, False), (2, False), (3, True)])
def test_the_brake_is_above_twenty_percent(gone: int, brakes: bool) -> None:  # noqa: FBT001
    """Two of ten may go, three may not."""
    plan = Plan(cancelled=stored(*(slot(each) for each in range(1, gone + 1))))
    assert plan.brakes(10) is brakes


def test_an_empty_document_has_no_window() -> None:
    """Everything ahead is missing from it: the brake decides."""
    plan = changes(stored(slot(3), slot(900), slot(-3)), [], NOW)
    assert counts(plan) == (0, 0, 2, 0, 0, 0)
    assert plan.brakes(2)


OUTCOMES = st.sampled_from([None, None, None, HELD, CANCELLED, POSTPONED, UNKNOWN, Outcome.POSTPONED_ON_DAY])
SLOTS = st.builds(slot, st.integers(-4, 6), st.sampled_from([9, 13, None]), st.sampled_from(["room 1", "room 2", ""]), st.integers(1, 3))


def apply(before: list[Stored], plan: Plan) -> list[Stored]:
    """Return the record after the plan was written, as the importer writes it."""
    kept = {hearing.id: hearing for hearing in before}
    for hearing, _ in plan.moved:
        del kept[hearing.id]
    for hearing in plan.cancelled:
        kept[hearing.id] = hearing._replace(outcome=CANCELLED)
    for hearing, row in plan.outcomes:
        kept[hearing.id] = hearing._replace(outcome=NOW.verdict(row), has_text=True)
    new = [*plan.added, *(row for _, row in plan.moved)]
    keeps_text = [row.has_result and (NOW.verdict(row) is not None or NOW.may_be_over(row.slot)) for row in new]
    fresh = [Stored(row.slot, 1000 + row.row, NOW.verdict(row), text) for row, text in zip(new, keeps_text, strict=True)]
    return [*kept.values(), *fresh]


@given(
    before=st.lists(st.tuples(SLOTS, OUTCOMES), max_size=8, unique_by=lambda each: each[0].key),
    rows=st.lists(st.tuples(SLOTS, OUTCOMES), min_size=1, max_size=8),
)
def test_applying_the_plan_makes_the_record_equal_the_calendar(
    before: list[tuple[Slot, Outcome | None]], rows: list[tuple[Slot, Outcome | None]]
) -> None:
    """Every row counts once; afterwards the hearings ahead are those listed, and the same calendar changes nothing more."""
    known = [Stored(where, number, outcome) for number, (where, outcome) in enumerate(before)]
    shown = [Listed(where, number, outcome is not None, outcome) for number, (where, outcome) in enumerate(rows)]
    plan = changes(known, shown, NOW)
    added, moved, _, unchanged, outcomes, ignored = counts(plan)
    assert added + moved + unchanged + outcomes + ignored == len(shown)

    after = apply(known, plan)
    last = max(row.slot.day for row in shown)
    ahead = {each.slot.key for each in after if each.outcome is None and NOW.is_ahead(each.slot) and each.slot.day <= last}
    assert ahead <= {row.slot.key for row in shown}

    again = changes(after, shown, NOW)
    assert counts(again) == (0, 0, 0, len(shown) - ignored, 0, ignored)
