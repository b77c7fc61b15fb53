"""How long a case may be kept: counted from its end, its last act, and the time for remedies."""

from datetime import date

import pytest

from tracker.domain.retention import CaseLife, RetentionRules, closed_on, contact_goes_on, is_due, latest_due, reduced_on, years_after

RULES = RetentionRules(
    withdrawn_days=30, remedies_days=365, contact_days=30, reduce_years=5, message_days=90, message_rows_days=730, watched_days=365,
    capture_days=730, feed_token_days=30, left_days=365, opening_days=365, link_days=30, report_days=365, consent_years=2,
)  # fmt: skip
OVER = date(2020, 2, 29)


@pytest.mark.parametrize(("today", "due"), [(date(2026, 3, 30), False), (date(2026, 3, 31), True), (date(2026, 4, 1), True)])
def test_due_on_the_day_and_not_before(today: date, due: bool) -> None:  # noqa: FBT001
    """Thirty days after the first of March; and the other way round."""
    assert is_due(date(2026, 3, 1), 30, today) is due
    assert (date(2026, 3, 1) <= latest_due(30, today)) is due


def test_what_never_was_is_never_due() -> None:
    """A period needs its beginning."""
    assert not is_due(None, 0, date.max)


@pytest.mark.parametrize(
    ("on", "years", "then"),
    [
        (OVER, 1, date(2021, 2, 28)),
        (OVER, 4, date(2024, 2, 29)),
        (date(2021, 2, 28), 3, date(2024, 2, 28)),
        (date(9998, 1, 1), 5, date(9999, 1, 1)),
    ],
)
def test_years_over_leap_days(on: date, years: int, then: date) -> None:
    """29 February becomes the 28th where there is none."""
    assert years_after(on, years) == then


def test_a_case_goes_by_steps() -> None:
    """Closed a year after its end, contact data a month later, the rest five years after it was closed."""
    life = CaseLife(over_on=date(2020, 6, 1), last_act_on=date(2020, 5, 1))

    assert closed_on(life, RULES) == date(2021, 6, 1)
    assert contact_goes_on(life, RULES) == date(2021, 7, 1)
    assert reduced_on(life, RULES) == date(2026, 6, 1)


@pytest.mark.parametrize(
    "alive", [CaseLife(None, date(2020, 1, 1)), CaseLife(date(2020, 1, 1), None, is_pending=True)], ids=["not over", "a remedy waits"]
)
def test_what_lives_stays(alive: CaseLife) -> None:
    """Not over yet, or over with a claim or remedy undecided."""
    assert (closed_on(alive, RULES), contact_goes_on(alive, RULES), reduced_on(alive, RULES)) == (None, None, None)


def test_what_happened_after_the_end_counts() -> None:
    """A late payment begins the time anew."""
    assert closed_on(CaseLife(date(2020, 1, 1), date(2021, 1, 1)), RULES) == date(2022, 1, 1)
