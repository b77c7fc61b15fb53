"""Figures in words."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from tracker.domain.figure import Indicator
from tracker.web import figure_words as words

MARK = "<10"
MEDIAN = Indicator("median_days", 1234.4, 40, low=1000.0, high=1500.6)
SHARE = Indicator("open_share_3y", 0.4567, 40, low=0.301, high=0.6)


@pytest.fixture(autouse=True)
def in_english(app: Flask) -> Iterator[None]:
    """Within a request of somebody who reads English."""
    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield


def test_a_length() -> None:
    """In whole days, with its limits."""
    assert words.length(MEDIAN, MARK) == "1,234 days"
    assert words.length_limits(MEDIAN) == "1,000 – 1,501"
    assert words.years(730.5) == "2 years"


def test_a_length_that_was_not_reached() -> None:
    """More than half still go on: that is said, not shown as nothing; an open limit is an ellipsis."""
    endless = replace(MEDIAN, value=None, high=None)

    assert words.length(endless, MARK) == "not reached"
    assert words.length_limits(endless) == "1,000 – …"
    assert words.length_limits(replace(endless, low=None)) == ""


def test_a_share() -> None:
    """In per cent with one decimal, where it has one."""
    assert words.share(SHARE, MARK) == "45.7 %"
    assert words.share_limits(SHARE) == "30.1 % – 60 %"
    assert words.share(replace(SHARE, value=None), MARK) == "–"


@pytest.mark.parametrize("indicator", [None, replace(MEDIAN, suppressed=True), replace(SHARE, suppressed=True)])
def test_what_is_hidden_shows_its_mark_and_no_limits(indicator: Indicator | None) -> None:
    """A limit would give the number away."""
    assert words.length(indicator, MARK) == MARK
    assert words.share(indicator, MARK) == MARK
    assert words.length_limits(indicator) == ""
    assert words.share_limits(indicator) == ""


def test_a_count() -> None:
    """Nothing is not the same as hidden."""
    assert words.count(12345, MARK) == "12,345"
    assert words.count(0, MARK) == "0"
    assert words.count(None, MARK) == MARK


@pytest.mark.parametrize("language", ["sr-Latn", "sr-Cyrl"])
def test_numbers_are_written_as_the_language_writes_them(app: Flask, language: str) -> None:
    """A point between thousands, a comma before the decimals."""
    with app.test_request_context(headers={"Accept-Language": language}):
        assert words.count(12345, MARK) == "12.345"
        assert words.share(SHARE, MARK) == "45,7 %"
