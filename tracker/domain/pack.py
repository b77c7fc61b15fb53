"""The jurisdiction pack: what is particular to one country, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracker.domain.codes.people import CourtLevel
from tracker.domain.flags import Limits


@dataclass(frozen=True, slots=True)
class LegalReference:
    """One legal basis; ``verified_on`` is absent until a lawyer has confirmed the text."""

    key: str
    text: str
    url: str = ""
    verified_on: date | None = None


@dataclass(frozen=True, slots=True)
class PackCourt:
    """One court that the country is known to have."""

    id: str
    name: str
    level: CourtLevel
    seat: str


@dataclass(frozen=True, slots=True)
class Pack:
    """One country's courts, thresholds and legal references; ``timezone`` is an IANA name."""

    code: str
    version: str
    timezone: str
    thresholds: Mapping[str, Limits]
    legal: Mapping[str, LegalReference]
    courts: tuple[PackCourt, ...] = ()
