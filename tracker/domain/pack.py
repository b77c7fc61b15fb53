"""A jurisdiction pack: what differs from country to country, as data that a lawyer can read and change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracker.domain.case_numbers import CaseNumberForm
from tracker.domain.codes.people import CourtLevel, Language
from tracker.domain.codes.proceeding import StageKind
from tracker.domain.flags import NO_LIMITS, FlagRule, Limits
from tracker.domain.retention import RetentionRules


@dataclass(frozen=True, slots=True)
class LegalReference:
    """A provision, judgment or guideline on which a rule rests.

    ``read_on`` is the day on which our summary was compared with its source; ``verified_on`` the day on which a lawyer
    confirmed it: until then it is shown as not yet confirmed. ``text_sr`` is in Cyrillic letters.
    """

    key: str
    text: str
    text_sr: str | None = None
    url: str | None = None
    read_on: date | None = None
    verified_on: date | None = None


@dataclass(frozen=True, slots=True)
class PackCourt:
    """A court of the country: its official name, the same in Latin letters, its seat, and the court that hears its appeals.

    ``contested`` says what is disputed about it (whether it exists, or whose it is); empty where nothing is.
    """

    id: str
    name: str
    name_latin: str
    level: CourtLevel
    seat: str
    appellate: str | None = None
    contested: str = ""


@dataclass(frozen=True, slots=True)
class Recess:
    """A court vacation of every year, from one (month, day) to another, both included; it never goes over New Year."""

    begins: tuple[int, int]
    ends: tuple[int, int]

    def __contains__(self, day: date) -> bool:
        return self.begins <= (day.month, day.day) <= self.ends


@dataclass(frozen=True, slots=True)
class CaseNumberPattern:
    """How the country's courts number their cases, in the normal form of `tracker.domain.case_numbers`.

    ``court_marks`` stand after a register and a slash (the ``KR`` of ``SA/KR``); ``divisions`` tells whether a Roman figure
    may stand before it. ``examples`` are as people write them.
    """

    registers: frozenset[str]
    court_marks: frozenset[str]
    divisions: bool
    examples: tuple[str, ...]

    def expects(self, form: CaseNumberForm) -> bool:
        """Tell whether a number looks like one of the country's; another may be a real one of another country."""
        register, _, mark = form.register.partition("/")
        is_marked_well = not mark or mark in self.court_marks
        return form.parsed and register in self.registers and is_marked_well and (self.divisions or not form.division)


@dataclass(frozen=True, slots=True)
class PackChange:
    """One version of the pack: since when, by whom and why."""

    version: str
    on: date
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Pack:
    """One country: its time, languages, courts, numbers, stages, thresholds, periods of keeping and legal sources.

    ``code`` is ISO 3166 alpha-2, ``timezone`` an IANA name; ``holidays`` names the public holidays on which courts
    are closed (a country code of the package `holidays`). ``rests_on`` names a rule's legal keys where they are others
    than the rule's own; ``changes`` are in order, the newest last.
    """

    code: str
    version: str
    name: str
    timezone: str
    languages: tuple[Language, ...]
    holidays: str
    thresholds: Mapping[str, Limits]
    legal: Mapping[str, LegalReference]
    courts: tuple[PackCourt, ...]
    retention: RetentionRules
    recess: tuple[Recess, ...]
    case_numbers: CaseNumberPattern
    stages: tuple[StageKind, ...]
    rests_on: Mapping[str, tuple[str, ...]]
    changes: tuple[PackChange, ...]

    def limits(self, rule: str) -> Limits:
        """Return the thresholds of a rule; none where the pack states none."""
        return self.thresholds.get(rule, NO_LIMITS)

    def is_confirmed(self, keys: tuple[str, ...]) -> bool:
        """Tell whether every one of the legal ``keys`` was confirmed by a lawyer."""
        return all(key in self.legal and self.legal[key].verified_on is not None for key in keys)

    def legal_keys(self, rule: FlagRule) -> tuple[str, ...]:
        """Return the keys of the provisions on which a rule rests in this country."""
        return self.rests_on.get(rule.code, rule.legal)

    def is_recess(self, day: date) -> bool:
        """Tell whether the courts are on vacation; urgent hearings are held all the same."""
        return any(day in recess for recess in self.recess)
