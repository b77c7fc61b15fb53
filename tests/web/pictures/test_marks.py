"""Tests of the timeline's vocabulary."""

from typing import Any

import pytest

from tests.factories.facts import appearance, at, day, hearing, held, in_trial
from tracker.domain.codes.appearance import Attended, ContactOutside, StatementBody, VisualContact
from tracker.domain.codes.hearing import HearingOutcome
from tracker.domain.facts import Hearing, ProceedingFacts, Statement, Victim
from tracker.domain.reading import Reading
from tracker.web.pictures.marks import Happening, Mark, of_court, of_victim


def read(facts: ProceedingFacts) -> Reading:
    """Return the facts as they stand on 23 November 2026, 8 o'clock in Belgrade."""
    return Reading(facts, at("2026-11-23"))


@pytest.mark.parametrize(
    ("each", "mark"),
    [
        (held("h", "2026-11-02"), Mark.HELD),
        (hearing("h", "2026-11-02", outcome=HearingOutcome.RECESSED), Mark.POSTPONED),
        (hearing("h", "2026-12-02", outcome=HearingOutcome.CANCELLED), Mark.POSTPONED),
        (hearing("h", "2026-11-02"), Mark.UNREPORTED),
        (hearing("h", "2026-11-02", outcome=HearingOutcome.UNKNOWN), Mark.UNREPORTED),
        (hearing("h", "2026-12-02"), Mark.UPCOMING),
    ],
)
def test_a_hearing_has_one_mark(each: Hearing, mark: Mark) -> None:
    """Held, put off, waiting for its outcome, or ahead."""
    (sitting,) = read(in_trial(hearings=(each,))).sittings

    assert of_court(sitting) == mark


@pytest.mark.parametrize(
    ("seen", "marks"),
    [
        ({}, [Mark.TESTIFIED]),
        ({"visual_contact": VisualContact.DIRECT}, [Mark.CONFRONTED]),
        ({"visual_contact": VisualContact.PARTIAL}, [Mark.TESTIFIED, Mark.SAW_ACCUSED]),
        ({"attended": Attended.PRESENT_NOT_HEARD}, [Mark.PRESENT]),
        ({"attended": Attended.PRESENT_NOT_HEARD, "contact_outside": ContactOutside.CORRIDOR}, [Mark.PRESENT, Mark.SAW_ACCUSED]),
        ({"attended": Attended.SUMMONED_NOT_ATTENDED}, [Mark.ABSENT]),
        ({"attended": Attended.NOT_SUMMONED}, []),
    ],
)
def test_an_appearance_says_what_it_did(seen: dict[str, Any], marks: list[Mark]) -> None:
    """A confrontation holds testimony and sighting; else each has its own mark."""
    reading = read(in_trial(hearings=(held("h", "2026-11-02"),), appearances=(appearance("h", **seen),)))

    assert [each.mark for each in of_victim(reading, Victim("v"))] == marks


def test_coming_for_nothing_has_a_mark_of_its_own() -> None:
    """Summoned to a main hearing, present, not heard."""
    facts = in_trial(
        hearings=(held("h", "2026-11-02", summoned=("v",)),), appearances=(appearance("h", attended=Attended.PRESENT_NOT_HEARD),)
    )

    assert of_victim(read(facts), Victim("v")) == [Happening(day("2026-11-02"), Mark.WASTED, "h")]


def test_a_summons_ahead_is_shown_to_whom_it_concerns() -> None:
    """Only the victim summoned has the coming hearing in her lane."""
    facts = in_trial(hearings=(hearing("h", "2026-12-02", summoned=("v",)),))

    assert [each.mark for each in of_victim(read(facts), Victim("v"))] == [Mark.UPCOMING]
    assert of_victim(read(facts), Victim("w")) == []


def test_a_statement_is_not_shown_twice() -> None:
    """One made at a hearing where she testified is that testimony; another stands for itself."""
    facts = in_trial(
        hearings=(held("h", "2026-11-02"),),
        appearances=(appearance("h"),),
        statements=(
            Statement("v", day("2026-11-02"), StatementBody.COURT_MAIN, hearing="h"),
            Statement("v", day("2026-10-01"), StatementBody.POLICE),
            Statement("v", day("2026-12-01"), StatementBody.POLICE),
        ),
    )

    assert [each.mark for each in of_victim(read(facts), Victim("v"))] == [Mark.STATEMENT, Mark.TESTIFIED]
