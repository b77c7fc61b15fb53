"""Bring a calendar's rows and the record's hearings to one form, so that they can be compared."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlmodel import Session

from tracker.domain.calendar_changes import Capture, Key, Listed, Plan, Slot, Stored, changes
from tracker.domain.case_numbers import CaseNumberForm, normalise
from tracker.domain.folding import fold
from tracker.formats.court_csv import CalendarRow
from tracker.formats.layouts import Layout
from tracker.privacy.keys import KeyRing
from tracker.privacy.places import CASE_NUMBER_INDEX
from tracker.storage.queries import court_hearings as queries
from tracker.storage.queries.court_hearings import HearingRow, NumberRow

A_DAY = timedelta(days=1)
END_OF_TIME = datetime(9999, 12, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Showing:
    """A court's calendar as it was shown at one instant, in the court's zone."""

    rows: Sequence[CalendarRow]
    layout: Layout
    zone: ZoneInfo
    capture: Capture


class NewNumber(NamedTuple):
    """A case number that the record does not have yet; ``case`` is its negative stand-in until it has an id."""

    case: int
    text: str
    number_index: bytes
    is_parsed: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """A plan with what is needed to write it.

    ``proceedings`` of all cases; ``upcoming`` counts the court's open hearings ahead.
    """

    plan: Plan
    new_numbers: Sequence[NewNumber]
    proceedings: Mapping[int, int | None]
    upcoming: int


class _Cases:
    """Which case a number of this court belongs to."""

    def __init__(self, db: Session, court_id: int | None, keys: KeyRing, texts: Iterable[str]) -> None:
        self.new: list[NewNumber] = []
        self.proceedings: dict[int, int | None] = {}
        self.same: dict[int, int] = {}
        self.by_text: dict[str, int] = {}
        forms = {text: self._indexed(normalise(text), keys) for text in texts}
        known = {} if court_id is None else self._known(queries.numbers_by_index(db, court_id, {index for index, _ in forms.values()}))
        for text, (index, is_parsed) in forms.items():
            case = known.get(index)
            if case is None:
                case = known[index] = -1 - len(self.new)
                self.new.append(NewNumber(case, text, index, is_parsed))
                self.proceedings[case] = None
            self.by_text[text] = case

    @staticmethod
    def _indexed(form: CaseNumberForm, keys: KeyRing) -> tuple[bytes, bool]:
        return keys.index(CASE_NUMBER_INDEX, form.normal), form.parsed

    def _known(self, rows: Iterable[NumberRow]) -> dict[bytes, int]:
        """Take one row for each number: the first, since those that a proceeding has come before those only watched."""
        chosen: dict[bytes, int] = {}
        for row in rows:
            self.proceedings[row.id] = row.proceeding_id
            first = chosen.setdefault(row.number_index, row.id)
            if first != row.id:
                self.same[row.id] = first
        return chosen


def compare(db: Session, keys: KeyRing, court_id: int | None, showing: Showing) -> Comparison:
    """Return what the calendar changes; a court that is not known yet (``court_id`` none) has nothing stored."""
    capture = showing.capture
    cases = _Cases(db, court_id, keys, dict.fromkeys(row.case_number for row in showing.rows))
    listed = _listed(showing.rows, cases, showing.layout)
    stored: list[Stored] = []
    upcoming = 0
    if court_id is not None:
        first, last = _window(listed, capture)
        homes = _homes(db, court_id, queries.unnumbered_proceedings(db, court_id, first, last), cases)
        places = _Places(showing.zone, homes, {row.slot.key for row in listed} if homes else set())
        stored = _stored(queries.hearings_at(db, court_id, first, last), court_id, cases, places)
        day_starts_at = datetime.combine(capture.day, time(), showing.zone).astimezone(UTC)
        upcoming = queries.upcoming_at(db, court_id, capture.at.astimezone(UTC), day_starts_at)
    return Comparison(changes(stored, listed, capture), cases.new, cases.proceedings, upcoming)


def _listed(rows: Sequence[CalendarRow], cases: _Cases, layout: Layout) -> list[Listed]:
    rooms = {room: fold(room) for room in {row.room for row in rows}}
    results = {pair: layout.outcome(*pair) for pair in {(row.result, row.session_type) for row in rows}}
    return [
        Listed(
            Slot(cases.by_text[row.case_number], *row.moment, rooms[row.room]),
            number,
            bool(row.result),
            results[row.result, row.session_type],
        )
        for number, row in enumerate(rows)
    ]


def _window(listed: Sequence[Listed], capture: Capture) -> tuple[datetime, datetime]:
    """Return the instants between which hearings of the record matter: a day more than the calendar on either side."""
    first = min((row.slot.starts_at for row in listed), default=capture.at)
    last = max((row.slot.starts_at for row in listed), default=END_OF_TIME)
    return min(first, capture.at.astimezone(UTC)) - A_DAY, max(last, capture.at.astimezone(UTC)) + A_DAY


@dataclass(frozen=True, slots=True)
class _Places:
    """Where hearings without a number belong: the cases of their proceeding, newest number first, and what is listed."""

    zone: ZoneInfo
    homes: Mapping[int, Sequence[int]]
    listed: Collection[Key]

    def home(self, proceeding_id: int | None, slot: Slot) -> int | None:
        """Return the number under which the hearing is listed, else the newest; people record hearings without saying which."""
        homes = self.homes.get(proceeding_id or 0, ())
        return next((case for case in homes if slot._replace(case=case).key in self.listed), homes[0] if homes else None)


def _stored(hearings: Iterable[HearingRow], court_id: int, cases: _Cases, places: _Places) -> list[Stored]:
    days: dict[datetime, date] = {}
    rooms: dict[str | None, str] = {None: ""}
    stored = []
    for row in hearings:
        day = days.get(row.starts_at) or days.setdefault(row.starts_at, row.starts_at.astimezone(places.zone).date())
        room = rooms[row.room] if row.room in rooms else rooms.setdefault(row.room, fold(row.room or ""))
        slot = Slot(0, row.starts_at, day, row.time_known, room)
        case = places.home(row.proceeding_id, slot) if row.case_number_id is None else _case(row, court_id, cases)
        if case is not None:
            stored.append(Stored(slot._replace(case=case), row.id, row.outcome, row.has_text))
    return stored


def _case(row: HearingRow, court_id: int, cases: _Cases) -> int | None:
    """Return the case of a hearing with a number; a number of another court is none that this calendar could list."""
    if row.number_court_id != court_id or row.case_number_id is None:
        return None
    cases.proceedings.setdefault(row.case_number_id, row.proceeding_id)
    return cases.same.get(row.case_number_id, row.case_number_id)


def _homes(db: Session, court_id: int, proceeding_ids: Iterable[int], cases: _Cases) -> dict[int, list[int]]:
    """Return the cases of each proceeding at this court, the newest number first."""
    homes: dict[int, list[int]] = defaultdict(list)
    numbers = queries.numbers_of_proceedings(db, court_id, proceeding_ids)
    for row in sorted(numbers, key=lambda row: (row.from_on or date.min, row.id), reverse=True):
        cases.proceedings.setdefault(row.id, row.proceeding_id)
        homes[row.proceeding_id or 0].append(cases.same.get(row.id, row.id))
    return homes
