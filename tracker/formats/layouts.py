"""Layouts of court calendars: which column is what, how dates are written, what the words mean. Data, not code."""

import codecs
import tomllib
from collections.abc import Mapping
from datetime import datetime, time
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from tracker.domain.codes.hearing import ClosedToPublic, HearingOutcome, HearingType
from tracker.domain.errors import InvalidInputError, Problem
from tracker.domain.folding import fold
from tracker.resources import folder

READY_MADE = "court-csv"
_SAMPLE = datetime(2021, 11, 30, 9, 5)  # noqa: DTZ001 - only to show how a date is written


def _known_encoding(name: str) -> str:
    try:
        "".encode(codecs.lookup(name).name)
    except (LookupError, UnicodeError):
        raise ValueError("is no text encoding that this program knows; expected one such as utf-8 or cp1250") from None
    return name


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("is no time zone; expected a name such as Africa/Accra") from None
    return name


def _whole_date(form: str) -> str:
    if _read_back(form).date() != _SAMPLE.date():
        raise ValueError("does not tell day, month and year; expected one such as %Y-%m-%d")
    return form


def _whole_time(form: str) -> str:
    if _read_back(form).time() != time(_SAMPLE.hour, _SAMPLE.minute):
        raise ValueError("does not tell hour and minute; expected one such as %H:%M")
    return form


def _read_back(form: str) -> datetime:
    try:
        return datetime.strptime(_SAMPLE.strftime(form), form)  # noqa: DTZ007 - how it is written, not when it is
    except ValueError:
        return datetime.min  # noqa: DTZ901 - equal to no sample


def _folded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold(word) for word in words)


Encoding = Annotated[str, AfterValidator(_known_encoding)]
Zone = Annotated[str, AfterValidator(_known_zone)]
DateForm = Annotated[str, AfterValidator(_whole_date)]
TimeForm = Annotated[str, AfterValidator(_whole_time)]
Words = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], Field(min_length=1), AfterValidator(_folded)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Columns(_Part):
    """The file's names of our columns; one that is not named is not in the file."""

    case_number: str
    date: str
    court: str | None = None
    time: str | None = None
    room: str | None = None
    session_type: str | None = None
    panel: str | None = None
    result: str | None = None


class SessionType(_Part):
    """What a word for the kind of session means."""

    type: HearingType | None = None
    closed_to_public: ClosedToPublic | None = None


class ResultWords(_Part):
    """Words of a result and the outcome that they mean; without an outcome they are a remark."""

    words: Words
    outcome: HearingOutcome | None = None
    session_types: Annotated[tuple[str, ...], AfterValidator(_folded)] = ()


class Layout(_Part):
    """One way in which courts write calendars."""

    name: str
    zone: Zone | None = None
    delimiter: Annotated[str, Field(pattern=r"^[,;\t|]$")] = ","
    encodings: Annotated[tuple[Encoding, ...], Field(min_length=1)] = ("utf-8",)
    dates: Annotated[tuple[DateForm, ...], Field(min_length=1)] = ("%Y-%m-%d",)
    times: Annotated[tuple[TimeForm, ...], Field(min_length=1)] = ("%H:%M",)
    columns: Columns
    session_types: Annotated[
        Mapping[str, SessionType], AfterValidator(lambda found: {fold(word): meaning for word, meaning in found.items()})
    ] = {}
    results: tuple[ResultWords, ...] = ()

    def meaning(self, session_type: str) -> SessionType:
        """Return what a session type means; an unknown word means nothing."""
        return self.session_types.get(fold(session_type), SessionType())

    def outcome(self, result: str, session_type: str) -> HearingOutcome | None:
        """Return what a result means: UNKNOWN where its words are not known, None where they tell of no outcome."""
        text, kind = fold(result), fold(session_type)
        if not text:
            return None
        for entry in self.results:
            if (not entry.session_types or kind in entry.session_types) and any(word in text for word in entry.words):
                return entry.outcome
        return HearingOutcome.UNKNOWN


def shipped() -> list[str]:
    """Return the names of the layouts that come with the program."""
    return sorted(path.stem for path in folder("layouts").glob("*.toml"))


def load_layout(name: str = READY_MADE) -> Layout:
    """Return a layout that comes with the program, by name, or one of a person's own, by the path of its file.

    Raises:
        InvalidInputError: there is none, or it is not of the right shape (which key, and what was expected there).
    """
    path = folder("layouts") / f"{name}.toml" if name in shipped() else Path(name)
    try:
        return Layout.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        reason = f"cannot be read ({error.strerror}); expected a TOML file or one of {', '.join(shipped())}"
        raise InvalidInputError([Problem(name, reason)]) from None
    except UnicodeDecodeError:
        raise InvalidInputError([Problem(name, "is not UTF-8 text; expected a TOML file")]) from None
    except tomllib.TOMLDecodeError as error:
        place = str(error).rpartition("(")[2].rstrip(")")
        raise InvalidInputError([Problem(name, f"is not valid TOML ({place})")]) from None
    except ValidationError as error:
        problems = [
            Problem(f"{name}: {'.'.join(map(str, found['loc']))}", _expected(found["type"], found["msg"])) for found in error.errors()
        ]
        raise InvalidInputError(problems) from None


def _expected(kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return "unknown key"
    return message.removeprefix("Value error, ")
