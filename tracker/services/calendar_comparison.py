"""Bring a calendar's rows and the record's hearings to one form, so that they can be compared."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from tracker.domain.calendar_changes import Capture, Key, Listed, Plan, Slot, Stored, changes
from tracker.domain.case_numbers import normalise
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


@dataclass(frozen=True, slots=True)
class NewNumber:
    """A case number that the record does not have yet; ``case`` is its negative stand-in until it has an id."""

    case: int
    text: str
    number_index: bytes
    is_parsed: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """A plan with what is needed to write it.

    ``new_numbers`` by case, ``proceedings`` of the known cases, ``hearings`` of the record by id; ``upcoming`` counts
    the court's open hearings ahead.
    """

    plan: Plan
    new_numbers: Mapping[int, NewNumber]
    proceedings: Mapping[int, int | None]
    hearings: Mapping[int, HearingRow]
    upcoming: int


class _Cases:
    """Which case a number of this court belongs to."""

    def __init__(self, db: Session, court_id: int | None, keys: KeyRing, texts: Sequence[str]) -> None:
        self.new: dict[int, NewNumber] = {}
        self.proceedings: dict[int, int | None] = {}
        self.same: dict[int, int] = {}
        self.by_text: dict[str, int] = {}
        forms = {text: normalise(text) for text in texts}
        indexes = {normal: keys.index(CASE_NUMBER_INDEX, normal) for normal in {form.normal for form in forms.values()}}
        known = {} if court_id is None else self._known(queries.numbers_by_index(db, court_id, indexes.values()))
        for text, form in forms.items():
            index = indexes[form.normal]
            case = known.get(index)
            if case is None:
                case = known[index] = -1 - len(self.new)
                self.new[case] = NewNumber(case, text, index, form.parsed)
                self.proceedings[case] = None
            self.by_text[text] = case

    def _known(self, rows: Sequence[NumberRow]) -> dict[bytes, int]:
        """Take one row for each number, rather one that a proceeding has than one that is only watched."""
        chosen: dict[bytes, NumberRow] = {}
        for row in rows:
            other = chosen.setdefault(row.number_index, row)
            if other.proceeding_id is None and row.proceeding_id is not None:
                chosen[row.number_index] = row
        self.same.update((row.id, chosen[row.number_index].id) for row in rows)
        self.proceedings.update((row.id, row.proceeding_id) for row in rows)
        return {index: row.id for index, row in chosen.items()}


def compare(db: Session, keys: KeyRing, court_id: int | None, showing: Showing) -> Comparison:
    """Return what the calendar changes; a court that is not known yet (``court_id`` none) has nothing stored."""
    capture = showing.capture
    cases = _Cases(db, court_id, keys, list({row.case_number: None for row in showing.rows}))
    listed = _listed(showing.rows, cases, showing.layout)
    hearings: list[HearingRow] = []
    stored: list[Stored] = []
    upcoming = 0
    if court_id is not None:
        hearings = queries.hearings_at(db, court_id, *_window(listed, capture))
        homes = _homes(db, court_id, hearings, cases)
        stored = _stored(hearings, court_id, cases, _Places(showing.zone, homes, {row.slot.key for row in listed} if homes else set()))
        day_starts_at = datetime.combine(capture.day, time(), showing.zone).astimezone(UTC)
        upcoming = queries.upcoming_at(db, court_id, capture.at.astimezone(UTC), day_starts_at)
    return Comparison(changes(stored, listed, capture), cases.new, cases.proceedings, {row.id: row for row in hearings}, upcoming)


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


def _stored(hearings: Sequence[HearingRow], court_id: int, cases: _Cases, places: _Places) -> list[Stored]:
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


def _homes(db: Session, court_id: int, hearings: Sequence[HearingRow], cases: _Cases) -> dict[int, list[int]]:
    """Return the cases at this court of each proceeding that has hearings without a number, the newest number first."""
    unnumbered = {row.proceeding_id for row in hearings if row.case_number_id is None and row.proceeding_id is not None}
    homes: dict[int, list[int]] = defaultdict(list)
    numbers = queries.numbers_of_proceedings(db, court_id, unnumbered)
    for row in sorted(numbers, key=lambda row: (row.from_on or date.min, row.id), reverse=True):
        cases.proceedings.setdefault(row.id, row.proceeding_id)
        homes[row.proceeding_id or 0].append(cases.same.get(row.id, row.id))
    return homes
