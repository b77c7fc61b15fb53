"""What a flag says to people: the rule's own words, filled with the facts it was found with."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import cyrtranslit
from flask_babel import gettext

from tracker.domain.codes.people import Language
from tracker.domain.flags import FlagRule
from tracker.domain.pack import LegalReference
from tracker.web.i18n import language
from tracker.web.when import day

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
NAMES_A_HEARING = frozenset({"hearing", "hearings"})


@dataclass(frozen=True, slots=True)
class HearingLink:
    """A hearing that a flag rests on; ``on`` is its date."""

    id: str
    on: date


def says(rule: FlagRule, facts: Mapping[str, Any]) -> str:
    """Return the sentence that explains a finding; dates as people of the language write them."""
    try:
        return str(gettext(rule.wording.says)) % {name: _shown(value) for name, value in facts.items()}
    except KeyError:
        return str(gettext(rule.wording.title))


def provision(legal: LegalReference) -> str:
    """Return a provision in the language of the request, in English where the pack has no other; Latin is derived from Cyrillic."""
    script = language()
    if legal.text_sr is None or script is Language.EN:
        return legal.text
    return legal.text_sr if script is Language.SR_CYRL else str(cyrtranslit.to_latin(legal.text_sr, "sr"))


def hearings(facts: Mapping[str, Any], dates: Mapping[str, date]) -> tuple[HearingLink, ...]:
    """Return the hearings named in ``facts`` that the page shows, in order of date; ``dates`` go by hearing id."""
    named = [each for key, value in facts.items() if key in NAMES_A_HEARING for each in _listed(value)]
    return tuple(sorted((HearingLink(each, dates[each]) for each in named if each in dates), key=lambda link: link.on))


def _listed(value: str | Sequence[str]) -> Sequence[str]:
    return [value] if isinstance(value, str) else value


def _shown(value: Any) -> Any:  # noqa: ANN401 - a fact is text, a number or a list
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    if isinstance(value, str) and ISO_DATE.fullmatch(value):
        return day(date.fromisoformat(value))
    return value
