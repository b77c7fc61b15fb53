"""A consent on its last day, on the day after, and once withdrawn."""

from datetime import date, timedelta

import pytest

from tracker.domain.consent import Consent, ConsentState, counts, erase_by, state

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days_left", "found", "is_counted"),
    [
        (31, ConsentState.VALID, True),
        (30, ConsentState.ENDING, True),
        (1, ConsentState.ENDING, True),
        (0, ConsentState.ENDING, True),
        (-1, ConsentState.EXPIRED, False),
    ],
)
def test_it_holds_until_the_end_of_its_last_day(days_left: int, found: ConsentState, is_counted: bool) -> None:  # noqa: FBT001
    """From 30 days before its end it is shown as ending; on the day after its end it counts no more."""
    consent = Consent(expires_on=TODAY + timedelta(days_left))

    assert state(consent, TODAY) is found
    assert counts(consent, TODAY) is is_counted


@pytest.mark.parametrize(("days", "found"), [(-1, ConsentState.WITHDRAWN), (0, ConsentState.WITHDRAWN), (1, ConsentState.UNDATED)])
def test_a_withdrawal_counts_at_once(days: int, found: ConsentState) -> None:
    """It is a withdrawal from its day on; in the figures nobody is counted from when it is known, even with a later date."""
    consent = Consent(withdrawn_on=TODAY + timedelta(days))

    assert state(consent, TODAY) is found
    assert not counts(consent, TODAY)


def test_without_dates_it_stands_open() -> None:
    """Such an entry counts, unless the person does not want to be counted."""
    assert state(Consent(), TODAY) is ConsentState.UNDATED
    assert counts(Consent(), TODAY)
    assert not counts(Consent(statistics=False), TODAY)


def test_a_withdrawn_entry_has_a_last_day() -> None:
    """Thirty days after the withdrawal, over a leap day and to the end of the calendar."""
    assert erase_by(Consent(), 30) is None
    assert erase_by(Consent(withdrawn_on=date(2028, 1, 31)), 30) == date(2028, 3, 1)
    assert erase_by(Consent(withdrawn_on=date(2027, 1, 31)), 30) == date(2027, 3, 2)
    assert erase_by(Consent(withdrawn_on=date.max), 30) == date.max
