"""What a flag rule is and what it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from tracker.domain.codes.people import AssignedAs

if TYPE_CHECKING:
    from tracker.domain.reading import Reading

NEVER = date.max
"""The answer changes on no day unless something is written."""

FactValue = str | int | list[str]
Limits = Mapping[str, int | list[int] | Mapping[str, int]]
"""The thresholds of one rule, as its jurisdiction pack states them."""


class FlagKind(StrEnum):
    """A state is true or not on a day; an event happened and stays."""

    STATE = "state"
    EVENT = "event"


class SubjectKind(StrEnum):
    """What a flag hangs on."""

    PROCEEDING = "proceeding"
    VICTIM = "victim"
    APPEARANCE = "appearance"
    ACCUSED = "accused"
    HEARING = "hearing"
    MEASURE = "measure"
    CLAIM = "claim"
    REMEDY = "remedy"
    INCIDENT = "incident"


class Severity(IntEnum):
    """How grave a flag is."""

    INFO = 1
    ATTENTION = 2
    URGENT = 3
    CRITICAL = 4


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found true on a day.

    ``subject`` is an external id (an appearance is ``HEARING/VICTIM``, an accused person ``PROCEEDING/LABEL``);
    ``fact`` tells events of one subject apart (empty where the subject is the fact); ``facts`` are ids, ISO
    dates and counts, enough to check the finding by hand; ``victim`` is the victim concerned, where there is one.
    """

    subject: str
    severity: Severity
    since: date
    facts: Mapping[str, FactValue]
    fact: str = ""
    victim: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a rule says of one proceeding, and the first day on which it may say something else.

    ``changes_on`` is `NEVER`, or a date not before the day of the reading; it equals that day where the answer
    may still change later the same day (a hearing begins).
    """

    findings: tuple[Finding, ...] = ()
    changes_on: date = NEVER


Check = Callable[["Reading", Limits], Answer]


@dataclass(frozen=True, slots=True)
class FlagRule:
    """One rule: a pure function, and what people need to know of it.

    ``tells`` maps a role to the lowest severity at which it is told at once (below 3 only the digest tells);
    ``legal`` are keys of the pack's legal references; ``looks_ahead`` exempts a flag from the late-facts rule.
    """

    code: str
    version: int
    kind: FlagKind
    subject_kind: SubjectKind
    legal: tuple[str, ...]
    tells: Mapping[AssignedAs, int]
    check: Check
    looks_ahead: bool = False
    state_after_end: bool = field(default=False)
    """True for the few state rules that hold although the proceeding is over."""
