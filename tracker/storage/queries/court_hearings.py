"""Hearings of one court as its calendar knows them: by case number, moment and room."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, NamedTuple, TypeAlias, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped
from sqlmodel import Session, SQLModel, col

from tracker.domain.codes.hearing import HearingOutcome
from tracker.storage.tables.courts import Court
from tracker.storage.tables.hearings import CalendarCapture, Hearing, HearingSummons
from tracker.storage.tables.proceedings import CaseNumber, Proceeding

T = TypeVar("T")
Columns: TypeAlias = tuple[sa.ColumnElement[Any] | Mapped[Any], ...]
AT_ONCE = 5_000
"""Values in one IN list; both databases take more than 30,000."""


class CourtRow(NamedTuple):
    """A court by name."""

    id: int
    name: str
    timezone: str


class NumberRow(NamedTuple):
    """A case number of the court; without a proceeding it is a watched case."""

    id: int
    number_index: bytes
    proceeding_id: int | None
    from_on: date | None


class HearingRow(NamedTuple):
    """A hearing held at the court that was not moved away; ``number_court_id`` is the court of its case number, if it has one."""

    id: int
    case_number_id: int | None
    number_court_id: int | None
    proceeding_id: int | None
    starts_at: datetime
    time_known: bool
    room: str | None
    outcome: HearingOutcome | None
    has_text: bool


class ToldRow(NamedTuple):
    """What telling people of a change needs to know of a hearing."""

    id: int
    proceeding_id: int | None
    version: int


class ChainRow(NamedTuple):
    """What a hearing hands on to the one that it is moved to."""

    id: int
    type: str
    minutes_expected: int | None
    closed_to_public: str | None
    calendar_uid: str
    calendar_sequence: int


Query: TypeAlias = sa.Select[*tuple[Any, ...]]

_COURT: Columns = (col(Court.id), col(Court.name), col(Court.timezone))
_NUMBER: Columns = (col(CaseNumber.id), col(CaseNumber.number_index), col(CaseNumber.proceeding_id), col(CaseNumber.from_on))
_WATCHED_LAST = sa.case((col(CaseNumber.proceeding_id).is_(None), 1), else_=0)
_HEARING: Columns = (
    col(Hearing.id), col(Hearing.case_number_id), col(CaseNumber.court_id), col(Hearing.proceeding_id), col(Hearing.starts_at),
    col(Hearing.time_known), col(Hearing.room), col(Hearing.outcome), col(Hearing.outcome_text_sealed).is_not(None),
)  # fmt: skip
_TOLD: Columns = (col(Hearing.id), col(Hearing.proceeding_id), col(Hearing.version))
_CHAIN: Columns = (
    col(Hearing.id), col(Hearing.type), col(Hearing.minutes_expected), col(Hearing.closed_to_public), col(Hearing.calendar_uid),
    col(Hearing.calendar_sequence),
)  # fmt: skip


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """Yield ``values`` in lists that fit one statement."""
    rest = iter(values)
    while chunk := list(islice(rest, AT_ONCE)):
        yield chunk


def courts_named(db: Session, folded: str) -> list[CourtRow]:
    """Return the courts whose name folds to ``folded``."""
    query: Query = sa.select(*_COURT).where(col(Court.name_folded) == folded).order_by(col(Court.id))
    return [CourtRow(*row) for row in db.connection().execute(query)]


def newest_capture(db: Session, court_id: int) -> datetime | None:
    """Return when the newest calendar imported of this court was captured."""
    query = sa.select(sa.func.max(col(CalendarCapture.captured_at))).where(col(CalendarCapture.court_id) == court_id)
    found: datetime | None = db.connection().execute(query).scalar()
    return found


def has_capture(db: Session, court_id: int, captured_at: datetime, sha256: str) -> bool:
    """Tell whether this very document, captured at this instant, was imported already."""
    query = sa.select(sa.exists().where(
        col(CalendarCapture.court_id) == court_id, col(CalendarCapture.captured_at) == captured_at, col(CalendarCapture.sha256) == sha256
    ))  # fmt: skip
    return bool(db.connection().execute(query).scalar())


def numbers_by_index(db: Session, court_id: int, indexes: Iterable[bytes]) -> Iterator[NumberRow]:
    """Yield the court's case numbers that have one of some blind indexes, those that are only watched last."""
    return _numbers(db, court_id, col(CaseNumber.number_index), indexes)


def numbers_of_proceedings(db: Session, court_id: int, proceeding_ids: Iterable[int]) -> Iterator[NumberRow]:
    """Yield the numbers that this court gave to some proceedings."""
    return _numbers(db, court_id, col(CaseNumber.proceeding_id), proceeding_ids)


def _numbers(db: Session, court_id: int, column: Any, values: Iterable[Any]) -> Iterator[NumberRow]:  # noqa: ANN401 - any column
    query: Query = sa.select(*_NUMBER)
    for chunk in chunks(values):
        chosen = query.where(col(CaseNumber.court_id) == court_id, column.in_(chunk)).order_by(_WATCHED_LAST, col(CaseNumber.id))
        yield from (NumberRow(*row) for row in db.connection().execute(chosen))


def _held_at(court_id: int) -> sa.ColumnElement[bool]:
    return sa.func.coalesce(col(Hearing.court_id), col(Proceeding.court_id)) == court_id


def _between(query: Query, court_id: int, first: datetime, last: datetime) -> Query:
    return query.outerjoin(Proceeding, col(Proceeding.id) == col(Hearing.proceeding_id)).where(
        _held_at(court_id), col(Hearing.superseded_by_id).is_(None), col(Hearing.starts_at).between(first, last)
    )


def hearings_at(db: Session, court_id: int, first: datetime, last: datetime) -> Iterator[HearingRow]:
    """Yield the hearings at a court from ``first`` to ``last``, both included, in order of (start, id)."""
    query = _between(sa.select(*_HEARING), court_id, first, last).outerjoin(CaseNumber, col(CaseNumber.id) == col(Hearing.case_number_id))
    return (HearingRow(*row) for row in db.connection().execute(query.order_by(col(Hearing.starts_at), col(Hearing.id))))


def unnumbered_proceedings(db: Session, court_id: int, first: datetime, last: datetime) -> list[int]:
    """Return the proceedings with a hearing at the court, in that span, that says nothing of a case number."""
    query = _between(sa.select(col(Hearing.proceeding_id)).distinct(), court_id, first, last)
    return list(
        db.connection().execute(query.where(col(Hearing.case_number_id).is_(None), col(Hearing.proceeding_id).is_not(None))).scalars()
    )


def upcoming_at(db: Session, court_id: int, instant: datetime, day_starts_at: datetime) -> int:
    """Count the open hearings at a court from ``instant`` on; where only the day is known, from ``day_starts_at`` on."""
    query = (
        sa.select(sa.func.count())
        .select_from(Hearing)
        .outerjoin(Proceeding, col(Proceeding.id) == col(Hearing.proceeding_id))
        .where(
            _held_at(court_id),
            col(Hearing.outcome).is_(None),
            col(Hearing.superseded_by_id).is_(None),
            sa.or_(
                sa.and_(col(Hearing.time_known), col(Hearing.starts_at) >= instant),
                sa.and_(sa.not_(col(Hearing.time_known)), col(Hearing.starts_at) >= day_starts_at),
            ),
        )
    )
    return db.connection().execute(query).scalar_one()


def chains(db: Session, hearing_ids: Collection[int]) -> dict[int, ChainRow]:
    """Return what some hearings hand on when they are moved."""
    query: Query = sa.select(*_CHAIN)
    return {
        row[0]: ChainRow(*row) for chunk in chunks(hearing_ids) for row in db.connection().execute(query.where(col(Hearing.id).in_(chunk)))
    }


def told(db: Session, hearing_ids: Iterable[int]) -> dict[int, ToldRow]:
    """Return proceeding and version of some hearings."""
    query: Query = sa.select(*_TOLD)
    return {
        row[0]: ToldRow(*row) for chunk in chunks(hearing_ids) for row in db.connection().execute(query.where(col(Hearing.id).in_(chunk)))
    }


def insert(db: Session, table: type[SQLModel], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows of one shape; a generator is never held whole."""
    for chunk in chunks(rows):
        db.connection().execute(sa.insert(table), chunk)


def add_court(db: Session, values: Mapping[str, Any]) -> int:
    """Insert a court and return its id."""
    found: Any = db.connection().execute(sa.insert(Court).values(**values).returning(col(Court.id))).scalar_one()
    return int(found)


def ids_of_numbers(db: Session, refs: Collection[str]) -> dict[str, int]:
    """Return the ids of case numbers by their refs."""
    return _ids(db, col(CaseNumber.ref), col(CaseNumber.id), refs)


def ids_of_hearings(db: Session, external_ids: Collection[str]) -> dict[str, int]:
    """Return the ids of hearings by their external ids."""
    return _ids(db, col(Hearing.external_id), col(Hearing.id), external_ids)


def external_ids(db: Session, hearing_ids: Collection[int]) -> dict[int, str]:
    """Return the external ids of hearings."""
    return _ids(db, col(Hearing.id), col(Hearing.external_id), hearing_ids)


def _ids(db: Session, key: Any, value: Any, keys: Collection[Any]) -> dict[Any, Any]:  # noqa: ANN401 - any two columns
    found: dict[Any, Any] = {}
    for chunk in chunks(keys):
        found.update((row[0], row[1]) for row in db.connection().execute(sa.select(key, value).where(key.in_(chunk))))
    return found


def update_hearings(db: Session, rows: Sequence[Mapping[str, Any]], *, is_revision: bool) -> None:
    """Write the same columns of several hearings, each named by ``row_id``; a revision is one that calendar programs must see."""
    if not rows:
        return
    values: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in rows[0] if name != "row_id"}
    if is_revision:
        values["calendar_sequence"] = col(Hearing.calendar_sequence) + 1
    statement = sa.update(Hearing).where(col(Hearing.id) == sa.bindparam("row_id")).values(values)
    db.connection().execute(statement, [{name if name == "row_id" else f"new_{name}": row[name] for name in row} for row in rows])


def hand_on_summons(db: Session, pairs: Sequence[tuple[int, int]]) -> None:
    """Summon to the second hearing of each pair whoever is summoned to the first."""
    if pairs:
        statement = sa.insert(HearingSummons).from_select(
            ["hearing_id", "victim_id"],
            sa.select(sa.cast(sa.bindparam("new_id"), sa.Integer), col(HearingSummons.victim_id)).where(
                col(HearingSummons.hearing_id) == sa.bindparam("old_id")
            ),
        )
        db.connection().execute(statement, [{"old_id": old, "new_id": new} for old, new in pairs])
