"""Tests of what a flag says."""

import pytest
from flask import Flask

from tests.factories.facts import day
from tracker.domain.pack import LegalReference
from tracker.services.known_rules import rules_by_code
from tracker.web.flag_words import HearingLink, hearings, provision, says


def test_facts_fill_the_rules_own_words(app: Flask) -> None:
    """Dates as people write them."""
    rule = rules_by_code()["outcome-missing"]
    with app.test_request_context():
        assert (
            says(rule, {"hearing": "h", "on": "2026-11-02", "over_days": 3})
            == "The hearing of 2 Nov 2026 has no outcome after more than 3 days."
        )


def test_facts_of_an_older_version_still_say_something(app: Flask) -> None:
    """A word without its fact falls back to the title."""
    rule = rules_by_code()["outcome-missing"]
    with app.test_request_context():
        assert says(rule, {}) == rule.wording.title


def test_a_list_is_told_in_one_line(app: Flask) -> None:
    """Several ids are joined."""
    rule = rules_by_code()["wasted-appearance"]
    with app.test_request_context():
        assert "2." in says(rule, {"count": 2, "hearings": ["a", "b"]})


def test_the_hearings_a_flag_rests_on_are_linked() -> None:
    """One or several, in order of date; what the page does not show is left out."""
    dates = {"a": day("2026-05-02"), "b": day("2026-05-01")}

    assert hearings({"hearings": ["a", "b", "gone"], "count": 3}, dates) == (HearingLink("b", dates["b"]), HearingLink("a", dates["a"]))
    assert hearings({"hearing": "a"}, dates) == (HearingLink("a", dates["a"]),)


@pytest.mark.parametrize(("tag", "text"), [("en", "Law, art. 3"), ("sr-Cyrl", "Закон, чл. 3"), ("sr-Latn", "Zakon, čl. 3")])
def test_a_provision_is_told_in_the_readers_language(app: Flask, tag: str, text: str) -> None:
    """Latin letters are derived from Cyrillic ones."""
    with app.test_request_context(headers={"Accept-Language": tag}):
        assert provision(LegalReference("x", "Law, art. 3", text_sr="Закон, чл. 3")) == text


def test_a_provision_without_translation_is_told_in_english(app: Flask) -> None:
    """Better than nothing, and never a guess."""
    with app.test_request_context(headers={"Accept-Language": "sr"}):
        assert provision(LegalReference("x", "Law, art. 3")) == "Law, art. 3"
