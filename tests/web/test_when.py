"""Tests of dates, times and lengths as people read them."""

import pytest
from flask import Flask

from tests.factories.facts import at, day
from tracker.web import when

TODAY = day("2026-11-23")


@pytest.mark.parametrize(
    ("on", "text"),
    [("2026-11-21", "2 days ago"), ("2026-11-22", "yesterday"), ("2026-11-23", "today"), ("2026-11-24", "tomorrow"),
     ("2026-11-25", "in 2 days")],
)  # fmt: skip
def test_days_are_told_from_today(app: Flask, on: str, text: str) -> None:
    """In words where there are any."""
    with app.test_request_context():
        assert when.from_today(day(on), TODAY) == text


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "0 days"),
        (1, "1 day"),
        (59, "59 days"),
        (60, "1 month"),
        (61, "2 months"),
        (729, "23 months"),
        (731, "2 years"),
        (800, "2 y 2 m"),
    ],
)
def test_lengths_come_in_the_unit_that_fits(app: Flask, days: int, text: str) -> None:
    """Days, months, then years and months."""
    with app.test_request_context():
        assert when.length(days) == text


@pytest.mark.parametrize(("number", "text"), [(0, "0 min"), (59, "59 min"), (60, "1 h"), (125, "2 h 5 min")])
def test_minutes_become_hours(app: Flask, number: int, text: str) -> None:
    """Hours where there are any."""
    with app.test_request_context():
        assert when.minutes(number) == text


def test_times_are_those_of_the_court(app: Flask) -> None:
    """Summer and winter, whatever the office's own zone."""
    with app.test_request_context():
        assert when.clock_time(at("2026-07-01 09:30"), "Europe/Belgrade") == "09:30"
        assert when.clock_time(at("2026-12-01 09:30"), "Europe/London") == "08:30"
        assert when.moment(at("2026-12-01 09:30"), "Europe/Belgrade") == "1 Dec 2026, 09:30"


def test_another_zone_is_named(app: Flask) -> None:
    """By its city; the office's own goes without saying."""
    with app.test_request_context():
        assert when.zone_beside("America/New_York", "Europe/Belgrade") == "New York"
        assert when.zone_beside("Europe/Belgrade", "Europe/Belgrade") == ""


def test_dates_follow_the_language(app: Flask) -> None:
    """Flask-Babel writes them."""
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert (when.day(TODAY), when.weekday(TODAY), when.month(TODAY)) == ("23 Nov 2026", "Monday 23 November", "Nov")
