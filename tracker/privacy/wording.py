"""The words of a text message: content-free by construction, one part long, from templates with allow-listed placeholders.

``templates/sms/<kind>.<language>.txt`` holds one line for each level of detail; a level that has no line, or whose
text would be too long or unsafe, falls back to the next plainer one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import lru_cache
from pathlib import Path
from string import Formatter

from tracker.domain.codes.people import Language, SmsDetail
from tracker.domain.folding import fold
from tracker.domain.messages import AlertKind
from tracker.resources import folder

PLACEHOLDERS = frozenset({"count", "date", "time", "court", "code", "link"})
ONE_PART = 160
"""Length of one GSM-7 part (3GPP TS 23.038)."""

GSM_7 = frozenset("@$_!\"#%&'()*+,-./:;<=>? \n0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
GSM_7_DOUBLE = frozenset("^{}\\[~]|")
"""Letters of the alphabet's ASCII part; the second lot takes two places."""

FORBIDDEN = (
    "traffick", "traffic", "trafic", "tratta", "trata", "traite", "trgovin", "trgovac", "menschenhandel", "handel", "torgovl",
    "victim", "vittim", "opfer", "ofiar", "zrtv", "zertv", "survivor", "injured",
    "exploit", "eksploat", "iskoris", "prostitu", "podvod", "slave", "rob", "ljudi", "human", "minor", "malolet",
    "crim", "kriv", "offen", "accus", "optuz", "okriv", "osumnj", "suspect", "defendan", "indict", "witness", "svedo",
    "sex", "seks", "rape", "silov", "abus", "zlostav", "violen", "nasil", "threat", "pretnj", "shelter", "astra", "case", "predmet",
)  # fmt: skip
"""Beginnings of words, folded, that no message holds: what it is about, whom it touches, who sends it."""

_FORBIDDEN = re.compile(r"\b(?:" + "|".join(FORBIDDEN) + ")")
_ROOM = re.compile(r"(?:(?:sala|sudnica|soba|room|courtroom)\s+)?(?P<number>[A-Za-z]?-?\d{1,4}[A-Za-z]?)")
_PLAINER = {SmsDetail.PLACE: SmsDetail.TIME, SmsDetail.TIME: SmsDetail.CODE}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = {
    Language.EN: ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    Language.SR_LATN: ("pon", "uto", "sre", "cet", "pet", "sub", "ned"),
}
_ROOMS = {Language.EN: "room", Language.SR_LATN: "sudnica"}
FAR_DAYS = 180
"""A date further away than this is told with its year."""

Lines = Mapping[SmsDetail, str]


@dataclass(frozen=True, slots=True)
class Words:
    """What a text may say; ``on`` and ``at`` are of the court's clocks, ``today`` decides whether the year is told."""

    code: str
    link: str = field(repr=False)
    today: date
    count: int = 1
    on: date | None = None
    at: time | None = None
    court: str | None = None
    room: str | None = None


class UnsafeTemplateError(ValueError):
    """A template names a placeholder or a word that no message may hold."""


def spoken(language: Language | None) -> Language:
    """Return the language of a person's messages: Cyrillic would shorten them to 70 letters, so Serbian is in Latin."""
    return Language.SR_LATN if language in {Language.SR_LATN, Language.SR_CYRL} else Language.EN


def compose(kind: AlertKind, language: Language | None, detail: SmsDetail, words: Words) -> str:
    """Return the text of one message in one GSM-7 part, as detailed as ``detail`` allows and length and safety permit."""
    tongue = spoken(language)
    lines = templates()[kind, tongue]
    level: SmsDetail | None = detail
    while level is not None and level is not SmsDetail.CODE:
        text = _filled(lines[level], tongue, words) if level in lines else None
        if text is not None and gsm_length(text) <= ONE_PART:
            return text
        level = _PLAINER.get(level)
    return _filled(lines[SmsDetail.CODE], tongue, words) or ""


def gsm_length(text: str) -> int:
    """Return the length in GSM-7 places; more than any part holds where a letter is not of that alphabet."""
    if not GSM_7.union(GSM_7_DOUBLE).issuperset(text):
        return ONE_PART + 1
    return len(text) + sum(letter in GSM_7_DOUBLE for letter in text)


def plain_name(name: str) -> str:
    """Return a court's name in plain Latin letters, as a text message can carry it."""
    words = (fold(word).capitalize() if word[:1].isupper() else fold(word) for word in name.split())
    return "".join(letter for letter in " ".join(words) if letter in GSM_7)


def plain_room(room: str | None) -> str | None:
    """Return the number of a room; ``None`` for anything that is more than a number (it might say whose case it is)."""
    found = _ROOM.fullmatch(" ".join((room or "").split()).lower())
    return found["number"].upper() if found else None


def is_safe(text: str) -> bool:
    """Tell whether ``text`` holds no forbidden word, in any language or script."""
    return _FORBIDDEN.search(fold(text)) is None


@lru_cache(maxsize=1)
def templates() -> Mapping[tuple[AlertKind, Language], Lines]:
    """Return every template of the program, checked."""
    return load_templates(folder("templates") / "sms")


def load_templates(place: Path) -> Mapping[tuple[AlertKind, Language], Lines]:
    """Return the templates of a folder by kind and language.

    Raises:
        UnsafeTemplateError: one names a forbidden placeholder or word, is not plain ASCII, or has no plainest level.
    """
    found = {}
    for path in sorted(place.glob("*.txt")):
        kind, language, _ = path.name.split(".")
        lines = dict(_line(path.name, text) for text in path.read_text(encoding="utf-8").splitlines() if text.strip())
        if SmsDetail.CODE not in lines:
            raise UnsafeTemplateError(f"{path.name}: has no line for CODE")
        found[AlertKind(kind), Language(language)] = lines
    return found


def _line(name: str, text: str) -> tuple[SmsDetail, str]:
    level, _, template = text.partition(":")
    template = template.strip()
    fields = [(key, spec, conversion) for _, key, spec, conversion in Formatter().parse(template) if key is not None]
    if strange := sorted({key for key, spec, conversion in fields if key not in PLACEHOLDERS or spec or conversion}):
        raise UnsafeTemplateError(f"{name}: the placeholder {strange[0]} is not allowed")
    if not is_safe(template):
        raise UnsafeTemplateError(f"{name}: holds a forbidden word")
    if not template.isascii():
        raise UnsafeTemplateError(f"{name}: is not plain ASCII")
    return SmsDetail(level.strip()), template


def _filled(template: str, language: Language, words: Words) -> str | None:
    needed = {key for _, key, _, _ in Formatter().parse(template) if key}
    place = _place(language, words)
    if ("date" in needed and words.on is None) or ("court" in needed and place is None):
        return None
    values = {
        "count": str(words.count),
        "date": _date(language, words),
        "time": f"{words.at:%H:%M}" if words.at else "",
        "court": place or "",
        "code": words.code,
        "link": words.link,
    }
    text = template.format_map(values)
    return re.sub(r"\.{2,}", ".", re.sub(r"(?<! ) +(?=[.,])", "", text))


def _place(language: Language, words: Words) -> str | None:
    if not words.court or not is_safe(words.court):
        return None
    name, room = plain_name(words.court), plain_room(words.room)
    return f"{name}, {_ROOMS[language]} {room}" if room else name


def _date(language: Language, words: Words) -> str:
    on = words.on
    if on is None:
        return ""
    is_far = (on - words.today).days > FAR_DAYS
    day = _DAYS[language][on.weekday()]
    if language is Language.EN:
        return f"{day} {on.day} {_MONTHS[on.month - 1]}" + (f" {on.year}" if is_far else "")
    return f"{day} {on.day}.{on.month}." + (f"{on.year}." if is_far else "")
