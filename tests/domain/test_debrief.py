"""Answers about a hearing: only what a question offers, nothing of somebody who did not come, and what two people saw differently."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.codes.appearance import Attended
from tracker.domain.debrief import NUMBERS, QUESTIONS, Account, Difference, answers, corrections, differences, number, settled
from tracker.schemas.appearance import AppearanceFields

NAMES = st.sampled_from([*(question.name for question in QUESTIONS), *NUMBERS, "measure:m1", "measure:m2", "anything"])
VALUES = st.sampled_from(["TESTIFIED", "NOT_SUMMONED", "IN_ROOM", "YES", "NO", "NOT_OBSERVED", "JUDGE", "12", "1,5", "x", "", "-1", "š"])


def test_every_property_of_an_appearance_is_asked_or_known() -> None:
    """A new property of the format needs its question here, or a reason."""
    asked = {question.name for question in QUESTIONS} | set(NUMBERS)

    assert set(AppearanceFields.model_fields) - asked == {"observer"}
    assert asked <= set(AppearanceFields.model_fields)


@given(st.dictionaries(NAMES, st.lists(VALUES, max_size=3)))
def test_only_what_is_offered_is_kept(sent: dict[str, list[str]]) -> None:
    """Whatever is sent: codes of the question, numbers or what was typed, measures of the case; without "came" nothing at all."""
    found = answers(sent, ["m1"])
    for question in QUESTIONS:
        chosen = found.get(question.name, [])
        assert set(chosen if question.is_list else [chosen] if chosen else []) <= set(question.codes)

    assert {each["measure"] for each in found.get("measures", [])} <= {"m1"}
    assert set(found) <= {question.name for question in QUESTIONS} | set(NUMBERS) | {"measures"}
    assert bool(found) == bool(set(sent.get("attended", ())) & set(Attended))


def test_of_somebody_who_did_not_come_only_that_is_kept() -> None:
    """The questions rest at their first answers on the form; they are not asked of somebody absent."""
    sent = {"attended": ["SUMMONED_NOT_ATTENDED"], "visual_contact": ["DIRECT"], "minutes_waiting": ["40"]}

    assert answers(sent, []) == {"attended": "SUMMONED_NOT_ATTENDED"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("40", 40), ("0", 0), ("1,5", 1.5), ("1.5", 1.5), ("999999", 999999), ("1000000", "1000000"), ("-1", "-1"), ("1.2.3", "1.2.3"),
        ("٣", "٣"), ("x" * 90, "x" * 7),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_type_them(typed: str, read: object) -> None:
    """What is none stays as typed: it is refused where it stands, not dropped."""
    assert number(typed) == read


def test_two_accounts_differ_where_both_saw_something() -> None:
    """Not observed contradicts nobody; lists are compared without their order; a measure counts by itself."""
    first = Account(
        {"outcome": "HELD"},
        {"v1": {"visual_contact": "DIRECT", "breaks_given": "NOT_OBSERVED", "questioned_by": ["JUDGE", "EXPERT"],
                "measures": [{"measure": "m1", "applied": "YES"}, {"measure": "m2", "applied": "NO"}]}, "v2": {"attended": "TESTIFIED"}},
    )  # fmt: skip
    second = Account(
        {"outcome": "HELD_PARTLY"},
        {"v1": {"visual_contact": "NONE", "breaks_given": "NO", "questioned_by": ["EXPERT", "JUDGE"],
                "measures": [{"measure": "m1", "applied": "NO"}, {"measure": "m2", "applied": "NOT_OBSERVED"}]}},
    )  # fmt: skip

    assert list(differences(first, second)) == [
        Difference(None, "outcome", "HELD", "HELD_PARTLY"),
        Difference("v1", "measure:m1", "YES", "NO"),
        Difference("v1", "visual_contact", "DIRECT", "NONE"),
    ]
    assert list(differences(first, first)) == []


@given(st.dictionaries(st.sampled_from(["outcome", "outcome_reason", "next_on", "next_at"]), st.text(max_size=40)), st.text(max_size=7))
def test_no_words_are_kept_of_what_is_unfinished(told: dict[str, str], typed: str) -> None:
    """A name typed into a field for minutes or for a day goes no further than the page that says so."""
    kept = settled(Account(told, {"v1": {"attended": "TESTIFIED", "minutes_waiting": typed, "travel_km": 4}}))

    assert kept.victims == {"v1": {"attended": "TESTIFIED", "travel_km": 4}}
    assert not [text for text in kept.hearing.values() if not text.replace("-", "").replace(":", "").replace("_", "").isascii()]


def test_what_is_chosen_is_kept() -> None:
    """Codes, a day, a time."""
    told = {"outcome": "HELD", "outcome_reason": "NOT_REACHED", "next_on": "2028-02-29", "next_at": "09:30"}

    assert settled(Account(told)).hearing == told
    assert settled(Account({"next_on": "2027-02-29", "next_at": "9:30", "outcome": "Held"})).hearing == {}


def test_corrections_name_what_was_changed_given_and_taken_back() -> None:
    """Also where an answer became one, or none; lists without their order; what the form does not ask is left out."""
    measures = {"measures": [{"measure": "m1", "applied": "YES"}, {"measure": "m2", "applied": "NO"}]}
    before = {"attended": "TESTIFIED", "questioned_by": ["JUDGE", "EXPERT"], "minutes_waiting": 5, "observer": "LAWYER", **measures}
    after = {"attended": "TESTIFIED", "questioned_by": ["EXPERT", "JUDGE"], "travel_km": 4, "measures": measures["measures"][1:]}

    assert list(corrections("v1", before, after)) == [
        Difference("v1", "minutes_waiting", 5, None), Difference("v1", "travel_km", None, 4), Difference("v1", "measure:m1", "YES", None),
    ]  # fmt: skip
    assert list(corrections(None, {"outcome": "HELD", "room": "7"}, {"outcome": "CANCELLED"})) == [
        Difference(None, "outcome", "HELD", "CANCELLED")
    ]
    assert list(corrections("v1", before, before)) == []
