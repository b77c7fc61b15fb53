"""What somebody who was at a hearing writes of it: which questions there are, what an answer may be, how two accounts differ.

Every question of treatment rests at "not observed": nobody is made to say no to what they did not see.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Any, NamedTuple

from tracker.domain.codes.appearance import (
    AccusedPresent,
    Attended,
    Confrontation,
    ContactOutside,
    DegradingBy,
    DegradingConduct,
    Observer,
    QuestionedBy,
    SeparateWaitingRoom,
    SupportPerson,
    TestifiedBy,
    VisualContact,
)
from tracker.domain.codes.hearing import HearingOutcome, OutcomeReason
from tracker.domain.codes.people import Role
from tracker.domain.codes.shared import Observed

NOT_OBSERVED = "NOT_OBSERVED"
Answers = Mapping[str, Any]
"""Property of an appearance to its answer: a code, a list of codes, or a number; what was not answered is left out."""


class Question(NamedTuple):
    """One question about a victim at a hearing; ``is_folded`` ones are asked only of who wants to say more."""

    name: str
    codes: type[StrEnum]
    is_folded: bool = False
    is_list: bool = False

    @property
    def resting(self) -> str:
        """The answer that stands there until somebody chooses."""
        return NOT_OBSERVED if NOT_OBSERVED in set(self.codes) else ""


QUESTIONS = (
    Question("attended", Attended),
    Question("testified_by", TestifiedBy),
    Question("accused_present", AccusedPresent),
    Question("visual_contact", VisualContact),
    Question("degrading_conduct", DegradingConduct),
    Question("support_person", SupportPerson),
    Question("degrading_by", DegradingBy, is_folded=True, is_list=True),
    Question("court_intervened", Observed, is_folded=True),
    Question("questioned_by", QuestionedBy, is_folded=True, is_list=True),
    Question("questions_through_court", Observed, is_folded=True),
    Question("confrontation", Confrontation, is_folded=True),
    Question("contact_outside", ContactOutside, is_folded=True),
    Question("separate_waiting_room", SeparateWaitingRoom, is_folded=True),
    Question("breaks_given", Observed, is_folded=True),
    Question("stopped_for_distress", Observed, is_folded=True),
    Question("representative_present", Observed, is_folded=True),
    Question("interpreter_adequate", Observed, is_folded=True),
    Question("informed_before", Observed, is_folded=True),
    Question("cost_reimbursed", Observed, is_folded=True),
)
NUMBERS = ("minutes_waiting", "minutes_testifying", "travel_km", "cost")
ABOUT_HEARING = ("outcome", "outcome_reason")
MOST_DIGITS = 6
CAME = frozenset({Attended.TESTIFIED, Attended.PRESENT_NOT_HEARD})
OBSERVER: Mapping[Role, Observer] = {Role.ADVOCATE: Observer.ADVOCATE, Role.LAWYER: Observer.LAWYER, Role.SUPERVISOR: Observer.MONITOR}
"""As what somebody of a role saw it."""


@dataclass(frozen=True, slots=True)
class Account:
    """One person's account: what became of the hearing, and for each victim (external id) the answers and measures applied."""

    hearing: Answers = field(default_factory=dict)
    victims: Mapping[str, Answers] = field(default_factory=dict)


class Difference(NamedTuple):
    """One question to which two accounts have different answers; ``victim`` is absent where it is about the hearing itself."""

    victim: str | None
    question: str
    first: Any
    second: Any


def answers(given: Mapping[str, Sequence[str]], measures: Sequence[str]) -> dict[str, Any]:
    """Return what was chosen for one victim, as a form sends it, without anything that no question offers.

    ``given`` maps names to all values sent; ``measures`` are the ids of those that may have been applied. A number that is none stays
    as it was typed, for the record to refuse it at its place. Of somebody who did not come nothing but that is kept.
    """
    found: dict[str, Any] = {}
    for question in QUESTIONS:
        chosen = [value for value in given.get(question.name, ()) if value in set(question.codes)]
        if chosen:
            found[question.name] = chosen if question.is_list else chosen[0]
    if "attended" not in found:
        return {}
    if found["attended"] not in CAME:
        return {"attended": found["attended"]}
    found |= {name: number(text) for name in NUMBERS if (text := "".join(given.get(name, ())).strip())}
    applied = [
        {"measure": measure, "applied": each}
        for measure in measures
        if (each := "".join(given.get(f"measure:{measure}", ()))) in set(Observed)
    ]
    return found | ({"measures": applied} if applied else {})


def number(text: str) -> int | float | str:
    """Return a number as people type it, with a comma or a point; what is none comes back as it is, cut short."""
    plain = text.replace(",", ".", 1)
    if plain.isascii() and plain.replace(".", "", 1).isdigit() and len(plain) <= MOST_DIGITS:
        return float(plain) if "." in plain else int(plain)
    return text[: MOST_DIGITS + 1]


def settled(account: Account) -> Account:
    """Return what of an account may be kept unfinished: codes, numbers, a day and a time; no words that somebody typed into their place."""
    hearing = {name: text for name, text in account.hearing.items() if _is_code(text) or _is_day(text) or _is_time(text)}
    victims = {
        victim: {name: answer for name, answer in given.items() if name not in NUMBERS or isinstance(answer, int | float)}
        for victim, given in account.victims.items()
    }
    return Account(hearing, victims)


def _is_code(text: str) -> bool:
    return text in set(HearingOutcome) or text in set(OutcomeReason)


def _is_day(text: str) -> bool:
    with suppress(ValueError):
        return date.fromisoformat(text).isoformat() == text
    return False


def _is_time(text: str) -> bool:
    with suppress(ValueError):
        return time.fromisoformat(text).isoformat("minutes") == text
    return False


def differences(first: Account, second: Account) -> Iterator[Difference]:
    """Yield every question that both answered, each in their own way; "not observed" contradicts nobody."""
    yield from _between(None, first.hearing, second.hearing)
    for victim in sorted(first.victims.keys() & second.victims.keys()):
        yield from _between(victim, first.victims[victim], second.victims[victim])


def corrections(victim: str | None, before: Answers, after: Answers) -> Iterator[Difference]:
    """Yield every question of the form whose answer was changed, given or taken back; ``None`` stands for no answer."""
    for name in (*ABOUT_HEARING, *(question.name for question in QUESTIONS), *NUMBERS, "measures"):
        one, other = before.get(name), after.get(name)
        if name == "measures":
            old, new = ({each["measure"]: each["applied"] for each in found or ()} for found in (one, other))
            yield from (
                Difference(victim, f"measure:{each}", old.get(each), new.get(each))
                for each in sorted(old.keys() | new.keys())
                if old.get(each) != new.get(each)
            )
        elif _plain(one) != _plain(other):
            yield Difference(victim, name, one, other)


def _between(victim: str | None, first: Answers, second: Answers) -> Iterator[Difference]:
    for name in sorted(first.keys() & second.keys()):
        one, other = first[name], second[name]
        if name == "measures":
            there = {each["measure"]: each["applied"] for each in other}
            for each in one:
                theirs = there.get(each["measure"], each["applied"])
                if theirs != each["applied"] and NOT_OBSERVED not in {theirs, each["applied"]}:
                    yield Difference(victim, f"measure:{each['measure']}", each["applied"], theirs)
        elif _plain(one) != _plain(other) and NOT_OBSERVED not in (one, other):
            yield Difference(victim, name, one, other)


def _plain(answer: object) -> object:
    return sorted(answer) if isinstance(answer, list) else answer
