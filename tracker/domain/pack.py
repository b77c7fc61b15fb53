"""A jurisdiction pack: what differs from country to country, as data that a lawyer can read and change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracker.domain.codes.people import CourtLevel, Language
from tracker.domain.flags import NO_LIMITS, Limits
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
    """A court that exists in the country: its official name, the same in Latin letters, and its seat."""

    id: str
    name: str
    name_latin: str
    level: CourtLevel
    seat: str


@dataclass(frozen=True, slots=True)
class Pack:
    """One country: its time, languages, courts, thresholds, periods of keeping and legal sources.

    ``code`` is ISO 3166 alpha-2, ``timezone`` an IANA name; ``holidays`` names the public holidays on which courts
    are closed (a country code of the package `holidays`).
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

    def limits(self, rule: str) -> Limits:
        """Return the thresholds of a rule; none where the pack states none."""
        return self.thresholds.get(rule, NO_LIMITS)

    def is_confirmed(self, keys: tuple[str, ...]) -> bool:
        """Tell whether every one of the legal ``keys`` was confirmed by a lawyer."""
        return all(key in self.legal and self.legal[key].verified_on is not None for key in keys)
