"""Read a jurisdiction pack from its TOML file."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from tracker.domain.codes.people import CourtLevel, Language
from tracker.domain.errors import NotConfiguredError
from tracker.domain.flags import Level, Limits, Severity
from tracker.domain.pack import LegalReference, Pack, PackCourt
from tracker.domain.retention import RetentionRules
from tracker.resources import folder

LONGEST = 36_525
"""A period of keeping is at most a century of days."""


@lru_cache(maxsize=8)
def load_pack(code: str) -> Pack:
    """Return the pack of a country (ISO 3166 alpha-2), as it lies in ``packs/CODE.toml``.

    Raises:
        NotConfiguredError: there is no such pack, or it cannot be understood (the place is named).
    """
    path = folder("packs") / f"{code}.toml"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        known = ", ".join(sorted(each.stem for each in folder("packs").glob("*.toml")))
        raise NotConfiguredError(f"there is no jurisdiction pack {code}; there are: {known}") from None
    return parse_pack(text, path.name)


def parse_pack(text: str, name: str) -> Pack:
    """Return the pack that ``text`` states; ``name`` stands for it in errors.

    Raises:
        NotConfiguredError: it is no TOML, or something in it is missing or impossible (the place is named).
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NotConfiguredError(f"{name}: is not valid TOML ({str(error).rpartition('(')[2].rstrip(')')})") from None
    try:
        return Pack(
            code=document["code"],
            version=document["version"],
            name=document["name"],
            timezone=ZoneInfo(document["timezone"]).key,
            languages=tuple(Language(each) for each in document["languages"]),
            holidays=document["holidays"],
            thresholds={rule: _limits(f"rules.{rule}", stated) for rule, stated in document["rules"].items()},
            legal={key: _legal(key, stated) for key, stated in document["legal"].items()},
            courts=tuple(PackCourt(**{**each, "level": CourtLevel(each["level"])}) for each in document["courts"]),
            retention=_retention(document["retention"]),
        )
    except KeyError as error:
        raise NotConfiguredError(f"{name}: {error.args[0]}: missing, or not known") from None
    except (TypeError, ValueError, AttributeError) as error:
        raise NotConfiguredError(f"{name}: {error}") from None


def _limits(place: str, stated: Mapping[str, Any]) -> Limits:
    levels, numbers = {}, {}
    for key, value in stated.items():
        if isinstance(value, int) and not isinstance(value, bool):
            numbers[key] = value
        elif isinstance(value, list):
            levels[key] = _levels(f"{place}.{key}", value)
        else:
            raise _wrong(f"{place}.{key}", "a number, or a list of [limit, severity]")
    return Limits(levels=levels, numbers=numbers)


def _levels(place: str, stated: list[Any]) -> tuple[Level, ...]:
    try:
        levels = tuple(Level(int(limit), Severity(severity)) for limit, severity in stated)
    except (TypeError, ValueError):
        raise _wrong(place, "pairs of [limit, severity], severity 1 to 4") from None
    if not levels or any(one.severity >= other.severity for one, other in pairwise(levels)):
        raise _wrong(place, "levels from the mildest to the gravest")
    return levels


def _retention(stated: Mapping[str, Any]) -> RetentionRules:
    names = {each.name for each in fields(RetentionRules)}
    for name in sorted(names ^ stated.keys()):
        raise _wrong(f"retention.{name}", "one of " + ", ".join(sorted(names)) + ", each of them once")
    for name, value in stated.items():
        if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= LONGEST:
            raise _wrong(f"retention.{name}", f"a whole number, 1 to {LONGEST}")
    return RetentionRules(**stated)


def _legal(key: str, stated: Mapping[str, Any]) -> LegalReference:
    unknown = set(stated) - {each.name for each in fields(LegalReference)}
    is_dated = all(isinstance(stated.get(name, date.min), date) for name in ("read_on", "verified_on"))
    if unknown or not isinstance(stated["text"], str) or not isinstance(stated.get("text_sr", ""), str) or not is_dated:
        raise _wrong(f"legal.{key}", "text, and where known text_sr, url, read_on and verified_on")
    return LegalReference(key=key, **stated)


def _wrong(place: str, expected: str) -> ValueError:
    return ValueError(f"{place}: expected {expected}")
