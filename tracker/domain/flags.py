"""What a flag rule is and what it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.codes.people import AssignedAs

if TYPE_CHECKING:
    from tracker.domain.reading import Reading

NEVER = date.max
"""The answer changes on no day unless something is written."""

FactValue = str | int | list[str]
Facts = dict[str, FactValue]


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


class CloseReason(StrEnum):
    """Why a flag is closed; a person's own words are kept apart, sealed."""

    RESOLVED = "RESOLVED"
    CORRECTED = "CORRECTED"
    BEFORE_TRACKING = "BEFORE_TRACKING"
    BY_PERSON = "BY_PERSON"


class Level(NamedTuple):
    """A threshold (days or a count, as the rule says) and the severity that it brings."""

    limit: int
    severity: Severity


@dataclass(frozen=True, slots=True)
class Limits:
    """The thresholds of one rule, as its jurisdiction pack states them.

    ``levels`` are named lists of levels, from the mildest to the gravest; ``numbers`` are single thresholds by name.
    """

    levels: Mapping[str, tuple[Level, ...]] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)


NO_LIMITS = Limits()


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark an English text for translation, and return it as it is: pages translate it when they show it."""
    return message


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found true on a day.

    ``subject`` is an external id (an appearance is ``HEARING/VICTIM``, an accused person ``PROCEEDING/LABEL``);
    ``fact`` tells events of one subject apart (empty where the subject is the fact); ``facts`` are ids, ISO
    dates and counts, enough to check the finding by hand, and the same on every day on which the finding is the
    same (no running totals of days); ``victim`` is the victim concerned, where there is one.
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

    ``changes_on`` is `NEVER`, or a day after that of the reading on which time alone changes the answer; days on
    which a fact begins to exist are the reading's business, not the rule's.
    """

    findings: tuple[Finding, ...] = ()
    changes_on: date = NEVER


SILENCE = Answer()
"""Nothing found, and time alone will not change that."""

Check = Callable[["Reading", Limits], Answer]


@dataclass(frozen=True, slots=True)
class Wording:
    """What people read of a rule, in English and marked for translation.

    ``says`` explains a finding: its ``%(name)s`` are filled from `Finding.facts`. ``remedy`` is one sentence that
    names the motion or step that can be taken.
    """

    title: str
    says: str
    remedy: str


@dataclass(frozen=True, slots=True)
class FlagRule:
    """One rule: a pure function, and what people need to know of it.

    ``tells`` maps a role to the lowest severity at which it is told at once (below 3 only the digest tells);
    ``legal`` are keys of the pack's legal references, ``levels`` and ``numbers`` name the thresholds without which it
    cannot answer: a pack states these and no others. ``looks_ahead`` exempts a flag from the late-facts rule.
    """

    code: str
    version: int
    kind: FlagKind
    subject_kind: SubjectKind
    legal: tuple[str, ...]
    tells: Mapping[AssignedAs, int]
    wording: Wording
    check: Check
    levels: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    looks_ahead: bool = False
    state_after_end: bool = False
    """True for the few state rules that hold although the proceeding is over."""
