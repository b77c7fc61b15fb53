"""What a jurisdiction pack may state: the shape of its TOML file, from which its JSON Schema is made.

What one value may be is said here; what must fit together is in `tracker.formats.pack_checks`.
"""

from dataclasses import fields
from datetime import date
from itertools import pairwise
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, Strict, StrictBool, StrictInt, WithJsonSchema

from tracker.domain.codes.people import CourtLevel, Language
from tracker.domain.codes.proceeding import StageKind
from tracker.domain.flags import Severity
from tracker.domain.retention import RetentionRules

LONGEST = 36_525
"""A period of keeping, and a threshold, is at most a century of days."""
LEAP_YEAR = 2024
AHEAD = "ahead"

Text = Annotated[str, Field(min_length=1, max_length=1000)]
Word = Annotated[str, Field(min_length=1, max_length=60)]
Day = Annotated[date, Strict()]
Period = Annotated[StrictInt, Field(ge=1, le=LONGEST)]


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError):
        raise ValueError(f"no time zone is called {name[:60]!r}; expected an IANA name, such as Africa/Accra") from None


def _month_and_day(text: str) -> str:
    try:
        date.fromisoformat(f"{LEAP_YEAR}-{text}")
    except ValueError:
        raise ValueError("expected a day of the year as month-day, such as 07-15") from None
    return text


def _threshold(stated: Any) -> Any:  # noqa: ANN401 - whatever the file holds
    if isinstance(stated, int) and not isinstance(stated, bool):
        return _limit(stated)
    if not isinstance(stated, list):
        raise ValueError("expected a number, or a list of [limit, severity]")  # noqa: TRY004 - what pydantic takes for a refusal
    try:
        levels = [(limit, Severity(severity)) for limit, severity in stated]
    except (TypeError, ValueError):
        levels = []
        if stated:
            raise ValueError("expected pairs of [limit, severity], severity 1 to 4") from None
    if any(isinstance(limit, bool) or not isinstance(limit, int) for limit, _ in levels):
        raise ValueError("expected pairs of [limit, severity], severity 1 to 4")
    for limit, _ in levels:
        _limit(limit)
    if not levels or any(one[1] >= other[1] for one, other in pairwise(levels)):
        raise ValueError("expected levels from the mildest to the gravest")
    return stated


def _limit(limit: int) -> int:
    if not 0 <= limit <= LONGEST:
        raise ValueError(f"expected limits from 0 to {LONGEST}")
    return limit


def _thresholds(stated: dict[str, Any]) -> dict[str, Any]:
    """Refuse a list whose limits do not go the way in which things get graver: up, or down for days ahead."""
    for name, levels in stated.items():
        limits = [limit for limit, _ in levels] if isinstance(levels, list) else []
        towards = list(reversed(limits)) if name.endswith(AHEAD) else limits
        if any(one >= other for one, other in pairwise(towards)):
            way = "shrink" if name.endswith(AHEAD) else "grow"
            raise ValueError(f"{name}: out of order: the limits must {way} as the severity grows")
    return stated


def _periods(stated: dict[str, int]) -> dict[str, int]:
    names = {each.name for each in fields(RetentionRules)}
    if stated.keys() != names:
        wrong = ", ".join(sorted(names ^ stated.keys()))
        raise ValueError(f"{wrong}: expected each of {', '.join(sorted(names))} once")
    return stated


Threshold = Annotated[
    Any,
    AfterValidator(_threshold),
    WithJsonSchema({
        "anyOf": [
            {"type": "integer", "minimum": 0, "maximum": LONGEST},
            {"type": "array", "minItems": 1, "items": {
                "type": "array", "minItems": 2, "maxItems": 2,
                "prefixItems": [{"type": "integer", "minimum": 0, "maximum": LONGEST}, {"type": "integer", "minimum": 1, "maximum": 4}],
            }},
        ],
    }),
]  # fmt: skip
MonthDay = Annotated[str, Field(pattern=r"^[0-9]{2}-[0-9]{2}$"), AfterValidator(_month_and_day)]
Periods = Annotated[
    dict[str, Period],
    AfterValidator(_periods),
    WithJsonSchema({
        "type": "object",
        "properties": {each.name: {"type": "integer", "minimum": 1, "maximum": LONGEST} for each in fields(RetentionRules)},
        "required": [each.name for each in fields(RetentionRules)],
        "additionalProperties": False,
    }),
]  # fmt: skip


class _Stated(BaseModel):
    """A part of the file: what is not known here is refused, so that a slip of the pen does not silence a threshold."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class StatedCourt(_Stated):
    """A court; ``appellate`` is the id of the court that hears its appeals, ``contested`` what is disputed about it."""

    id: Word
    name: Text
    name_latin: Text
    level: CourtLevel
    seat: Text
    appellate: Word | None = None
    contested: Text | None = None


class StatedRecess(_Stated):
    """A court vacation of every year, first and last day as month-day."""

    begins: MonthDay
    ends: MonthDay


class StatedNumbers(_Stated):
    """How cases are numbered: register marks and marks of courts as people write them, and a few whole numbers."""

    registers: list[Word] = Field(min_length=1)
    court_marks: list[Word] = []
    divisions: StrictBool = False
    examples: list[Word] = Field(min_length=1)


class StatedReference(_Stated):
    """A provision; ``text_sr`` in Cyrillic letters, ``read_on`` when it was compared, ``verified_on`` when a lawyer confirmed it."""

    text: Text
    text_sr: Text | None = None
    url: Annotated[Text, Field(pattern=r"^https://")] | None = None
    read_on: Day | None = None
    verified_on: Day | None = None


class StatedChange(_Stated):
    """One version of the pack: since when, by whom and why."""

    version: Word
    on: Day
    by: Text
    why: Text


class PackDocument(_Stated):
    """A jurisdiction pack as its file states it."""

    code: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    version: Word
    name: Text
    timezone: Annotated[str, AfterValidator(_zone)]
    languages: list[Language] = Field(min_length=1)
    holidays: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    recess: list[StatedRecess] = []
    stages: list[StageKind] = Field(min_length=1)
    courts: list[StatedCourt] = Field(min_length=1)
    case_numbers: StatedNumbers
    rules: dict[Word, Annotated[dict[Word, Threshold], AfterValidator(_thresholds)]]
    rests_on: dict[Word, list[Word]] = {}
    retention: Periods
    legal: dict[Word, StatedReference]
    changes: list[StatedChange] = Field(min_length=1)


def json_schema(document: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON Schema of a file of this shape; dates, which TOML has of its own, are ISO texts in it."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Jurisdiction pack"}
    return dialect | {name: value for name, value in document.model_json_schema().items() if name != "title"}
