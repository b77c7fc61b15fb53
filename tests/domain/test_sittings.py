"""How hearings are read: held, postponed, open, upcoming, past."""

from typing import Any

import pytest

from tests.factories.facts import at, day, hearing, proceeding
from tracker.domain.codes.hearing import HearingOutcome
from tracker.domain.flags import NEVER
from tracker.domain.reading import Reading
from tracker.domain.sittings import Sitting, State

NOW = "2026-11-23 10:00"


def read(starts: str, now: str = NOW, **values: object) -> Sitting:
    """Return one hearing as it is read."""
    return Reading(proceeding(hearings=(hearing("h", starts, **values),)), at(now)).sittings[0]


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (HearingOutcome.HELD, State.HELD),
        (HearingOutcome.HELD_PARTLY, State.HELD),
        (HearingOutcome.POSTPONED_IN_ADVANCE, State.POSTPONED),
        (HearingOutcome.POSTPONED_ON_DAY, State.POSTPONED),
        (HearingOutcome.RECESSED, State.POSTPONED),
        (HearingOutcome.CANCELLED, State.POSTPONED),
        (HearingOutcome.UNKNOWN, State.OTHER),
        (None, State.OPEN),
    ],
)
def test_a_past_hearing_is_what_its_outcome_says(outcome: HearingOutcome | None, state: State) -> None:
    """When it was reported does not matter any more."""
    assert read("2026-11-20", outcome=outcome, outcome_reported_on=day("2027-01-01")).state is state


def test_a_superseded_hearing_is_postponed_whatever_its_outcome_says() -> None:
    """Never held, never open."""
    assert read("2026-11-20", outcome=HearingOutcome.HELD, superseded_by="x").state is State.POSTPONED
    assert read("2026-11-20", superseded_by="x").state is State.POSTPONED


def test_an_outcome_counts_from_the_hearings_own_day_on() -> None:
    """What a document says of tomorrow is not known today, unless the hearing was called off."""
    tomorrow = read("2026-11-24 09:00", outcome=HearingOutcome.HELD)

    assert (tomorrow.state, tomorrow.is_upcoming, tomorrow.changes_on) == (State.OPEN, True, day("2026-11-24"))
    assert read("2026-11-23 15:00", outcome=HearingOutcome.HELD) == read("2026-11-23 15:00", outcome=HearingOutcome.HELD)
    assert read("2026-11-23 15:00", outcome=HearingOutcome.HELD).state is State.HELD


@pytest.mark.parametrize(
    ("reported_on", "state", "changes_on"),
    [
        (None, State.POSTPONED, "2026-12-01"),
        ("2026-11-23", State.POSTPONED, "2026-12-01"),
        ("2026-11-24", State.OPEN, "2026-11-24"),
        ("2026-12-24", State.OPEN, "2026-12-01"),
    ],
)
@pytest.mark.parametrize("values", [{"outcome": HearingOutcome.CANCELLED}, {"superseded_by": "x"}])
def test_a_hearing_ahead_is_called_off_from_the_day_on_which_that_is_reported(
    reported_on: str | None, state: State, changes_on: str, values: dict[str, Any]
) -> None:
    """Without a day of report, at once."""
    found = read("2026-12-01", outcome_reported_on=reported_on and day(reported_on), **values)

    assert (found.state, found.is_upcoming, found.changes_on) == (state, state is State.OPEN, day(changes_on))


@pytest.mark.parametrize(
    ("starts", "now", "is_upcoming"),
    [
        ("2026-11-23 10:00", "2026-11-23 09:59", True),
        ("2026-11-23 10:00", "2026-11-23 10:00", True),
        ("2026-11-23 10:00", "2026-11-23 10:01", False),
        ("2026-03-29 03:30", "2026-03-29 01:59", True),
        ("2026-10-25 09:00", "2026-10-25 08:59", True),
        ("2026-10-25 09:00", "2026-10-25 09:01", False),
    ],
)
def test_an_open_hearing_is_upcoming_until_it_begins(starts: str, now: str, is_upcoming: bool) -> None:  # noqa: FBT001 - a table
    """By the instant, also on the days on which the clocks change; it may be read otherwise later that day."""
    found = read(starts, now)

    assert (found.is_upcoming, found.changes_on) == (is_upcoming, day(starts[:10]) if is_upcoming else NEVER)


@pytest.mark.parametrize(("now", "is_upcoming"), [("2026-11-23 23:59", True), ("2026-11-24 00:00", False)])
def test_a_hearing_of_which_only_the_day_is_known_is_upcoming_all_that_day(now: str, is_upcoming: bool) -> None:  # noqa: FBT001 - a table
    """Until midnight by the court's clocks."""
    found = read("2026-11-23 00:00", now, time_known=False)

    assert (found.is_upcoming, found.changes_on) == (is_upcoming, day("2026-11-24") if is_upcoming else NEVER)


def test_past_is_dated_not_after_today_and_not_upcoming() -> None:
    """A hearing of this afternoon that was called off lies behind us; an open one does not."""
    facts = proceeding(
        hearings=(
            hearing("later", "2026-11-23 15:00"),
            hearing("off", "2026-11-23 15:00", outcome=HearingOutcome.CANCELLED),
            hearing("gone", "2026-11-23 09:00"),
            hearing("ahead", "2026-11-24", outcome=HearingOutcome.CANCELLED),
        )
    )
    reading = Reading(facts, at(NOW))

    assert [each.hearing.id for each in reading.past] == ["gone", "off"]
    assert [each.hearing.id for each in reading.open] == ["gone", "later"]
    assert [each.hearing.id for each in reading.upcoming] == ["later"]
    assert [each.hearing.id for each in reading.postponed] == ["off", "ahead"]
