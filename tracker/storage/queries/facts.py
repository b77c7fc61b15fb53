"""Load proceedings as facts: a fixed number of statements a batch, plain tuples, codes as the strings they are stored as."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col

from tracker.domain import facts
from tracker.privacy.keys import KeyRing, SealBrokenError
from tracker.privacy.places import VICTIM_ADULT_FROM
from tracker.storage.tables.appearances import Appearance, AppliedMeasure, Statement
from tracker.storage.tables.compensation import Asset, Claim, Remedy
from tracker.storage.tables.courts import Court
from tracker.storage.tables.hearings import Hearing, HearingSummons
from tracker.storage.tables.proceedings import Accused, Proceeding, StageEvent
from tracker.storage.tables.protection import Incident, Measure
from tracker.storage.tables.victims import Assessment, Victim, VictimIdentity

BATCH: sa.BindParameter[Any] = sa.bindparam("ids", expanding=True)

_Make = Callable[..., Any]
"""A dataclass made from a row of the database, whose columns stand in the order of its fields."""

_proceeding: _Make = facts.ProceedingFacts
_appearance: _Make = facts.Appearance
_hearing: _Make = facts.Hearing
_statement: _Make = facts.Statement
_victim: _Make = facts.Victim

_Ids = Mapping[int | None, str | None]
Grouped = Mapping[int, Sequence[Any]]
"""What belongs to a proceeding, by its id."""


class _Instant(sa.types.UserDefinedType[datetime]):
    """An instant read at the price of one call; SQLite keeps it as UTC text."""

    cache_ok = True

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Callable[[str], datetime] | None:  # noqa: ARG002
        """Return how text becomes an aware instant, ``None`` where the driver gives one."""
        return _utc if dialect.name == "sqlite" else None


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text + "+00:00")


def _plain(*columns: Any) -> list[sa.ColumnElement[Any]]:  # noqa: ANN401 - columns of any type
    """Return columns, those of codes as the text in the database: an enum member for each would cost more than the read itself."""
    return [sa.type_coerce(each, sa.String()) if isinstance(each.type, sa.Enum) else each for each in columns]


class _Kind(NamedTuple):
    """A kind of fact whose columns are its dataclass's fields, in that order, after the proceeding's id."""

    name: str
    make: _Make
    statement: sa.Select[Any]


def _kind(name: str, make: _Make, table: type[SQLModel], *columns: Any, victim: str = "") -> _Kind:  # noqa: ANN401
    """Return how a kind is read; ``victim`` tells whether its victim is needed ("inner") or may be absent ("outer")."""
    owner = table.metadata.tables[str(table.__tablename__)].c
    statement = sa.select(owner.proceeding_id, *_plain(*columns)).where(owner.proceeding_id.in_(BATCH)).order_by(owner.id)
    if victim:
        statement = statement.join(Victim, col(Victim.id) == owner.victim_id, isouter=victim == "outer")
    return _Kind(name, make, statement)


_VICTIM = Victim.external_id
_KINDS = (
    _kind(
        "stage_events", facts.StageEvent, StageEvent,
        StageEvent.kind, StageEvent.happened_on, StageEvent.precision, StageEvent.instance_round,
    ),
    _kind(
        "measures", facts.Measure, Measure,
        Measure.external_id, _VICTIM, Measure.kind, Measure.decision, Measure.requested_on, Measure.decided_on,
        Measure.valid_from, Measure.valid_until, victim="inner",
    ),
    _kind("assessments", facts.Assessment, Assessment, _VICTIM, Assessment.assessed_on, Assessment.next_review_on, victim="inner"),
    _kind(
        "claims", facts.Claim, Claim,
        Claim.external_id, _VICTIM, Claim.forum, Claim.decision, Claim.filed_on, Claim.decided_on, Claim.awarded, Claim.final_on,
        Claim.paid, Claim.paid_on, victim="inner",
    ),
    _kind("assets", facts.Asset, Asset, Asset.external_id, Asset.frozen_on, Asset.confiscated_on),
    _kind(
        "remedies", facts.Remedy, Remedy,
        Remedy.external_id, Remedy.kind, Remedy.filed_on, Remedy.outcome, _VICTIM, Remedy.decided_on, Remedy.acts_ordered_by,
        Remedy.acts_done_on, victim="outer",
    ),
    _kind("incidents", facts.Incident, Incident, Incident.external_id, Incident.happened_on, Incident.kind, _VICTIM, victim="outer"),
    _kind("accused", facts.Accused, Accused, Accused.label, Accused.detained_from, Accused.released_on),
)  # fmt: skip

_PROCEEDINGS = (
    sa.select(
        *_plain(
            Proceeding.id, Proceeding.external_id, Court.timezone, Proceeding.lead_offence, Proceeding.offence_on,
            Proceeding.limitation_years, Proceeding.disposition_mode, Proceeding.end_cause, Proceeding.ended_on, Proceeding.outcome,
            Proceeding.followed_since,
        )
    )
    .join(Court, col(Court.id) == col(Proceeding.court_id))
    .where(col(Proceeding.id).in_(BATCH))
    .order_by(col(Proceeding.id))
)  # fmt: skip

_HEARINGS = (
    sa.select(
        *_plain(
            Hearing.proceeding_id, Hearing.id, Hearing.superseded_by_id, Hearing.external_id,
            sa.type_coerce(col(Hearing.starts_at), _Instant()), Hearing.type,
            Hearing.time_known, Hearing.outcome, Hearing.outcome_reason, Hearing.outcome_reported_on, Hearing.panel_key,
            Hearing.notified_on,
        )
    )
    .where(col(Hearing.proceeding_id).in_(BATCH))
)  # fmt: skip

_SUMMONS = (
    sa.select(col(HearingSummons.hearing_id), col(Victim.external_id))
    .join(Victim, col(Victim.id) == col(HearingSummons.victim_id))
    .where(col(Victim.proceeding_id).in_(BATCH))
    .order_by(col(Victim.id))
)

_APPEARANCES = (
    sa.select(
        *_plain(
            Appearance.proceeding_id, Appearance.id, Appearance.hearing_id, Victim.external_id, Appearance.attended,
            Appearance.accused_present, Appearance.visual_contact, Appearance.contact_outside, Appearance.separate_waiting_room,
            Appearance.confrontation,
        ),
        sa.cast(col(Appearance.questioned_by), sa.Text),
        *_plain(Appearance.minutes_testifying, Appearance.degrading_conduct, Appearance.court_intervened),
    )
    .join(Victim, col(Victim.id) == col(Appearance.victim_id))
    .where(col(Appearance.proceeding_id).in_(BATCH))
)  # fmt: skip

_APPLIED = (
    sa.select(*_plain(AppliedMeasure.appearance_id, Measure.external_id, AppliedMeasure.applied))
    .join(Measure, col(Measure.id) == col(AppliedMeasure.measure_id))
    .where(col(Measure.proceeding_id).in_(BATCH))
    .order_by(col(Measure.id))
)

_VICTIMS = (
    sa.select(
        *_plain(Victim.proceeding_id, Victim.external_id, Victim.minor_at_offence, Victim.minor_now),
        col(VictimIdentity.adult_from_sealed),
        *_plain(Victim.legal_representation, Victim.consent_expires_on, Victim.consent_withdrawn_on),
    )
    .join(VictimIdentity, col(VictimIdentity.victim_id) == col(Victim.id), isouter=True)
    .where(col(Victim.proceeding_id).in_(BATCH))
    .order_by(col(Victim.id))
)

_STATEMENTS = (
    sa.select(
        *_plain(
            Statement.proceeding_id, Statement.hearing_id, Victim.external_id, Statement.given_on, Statement.body, Statement.recorded,
            Statement.repeated_reason,
        )
    )
    .join(Victim, col(Victim.id) == col(Statement.victim_id))
    .where(col(Statement.proceeding_id).in_(BATCH))
    .order_by(col(Statement.id))
)  # fmt: skip


def load(db: Session, proceeding_ids: Sequence[int], keys: KeyRing) -> list[facts.ProceedingFacts]:
    """Return the facts of these proceedings, in order of id; ids that are not there are left out.

    Hearings and appearances come as they lie in the database: `tracker.domain.reading.Reading` puts them in order. A birthday
    whose seal is broken counts as not known: one altered value must not keep the rules from looking at everybody else's case.

    Raises:
        MissingKeyError: a birthday was sealed with a key that is not in the ring.
    """
    return [found for _, found in load_keyed(db, proceeding_ids, keys)]


def load_keyed(db: Session, proceeding_ids: Sequence[int], keys: KeyRing) -> list[tuple[int, facts.ProceedingFacts]]:
    """Return the facts of these proceedings, each with its key in the database, in order of it."""
    read = _Reader(db.connection(), proceeding_ids, keys)
    ids, hearings = read.hearings()
    kinds: dict[str, Grouped] = {kind.name: _grouped((row[0], kind.make(*row[1:])) for row in read(kind.statement)) for kind in _KINDS}
    kinds["hearings"] = hearings
    kinds["victims"] = read.victims()
    kinds["appearances"] = read.appearances(ids)
    kinds["statements"] = read.statements(ids)
    return [
        (key, _proceeding(*fields, **{name: tuple(grouped[key]) for name, grouped in kinds.items() if key in grouped}))
        for key, *fields in read(_PROCEEDINGS)
    ]


class _Reader:
    """Runs the statements of one batch."""

    def __init__(self, connection: sa.Connection, ids: Sequence[int], keys: KeyRing) -> None:
        self.connection = connection
        self.keys = keys
        self.ids = {"ids": list(ids)}

    def __call__(self, statement: sa.Executable) -> Sequence[Any]:
        """Return the rows of one statement."""
        return self.connection.execute(statement, self.ids).all()

    def hearings(self) -> tuple[_Ids, Grouped]:
        """Return the external id of each hearing (that of none is none), and the hearings."""
        summoned: dict[int, list[str]] = defaultdict(list)
        for hearing, victim in self(_SUMMONS):
            summoned[hearing].append(victim)
        rows = self(_HEARINGS)
        ids: dict[int | None, str | None] = {row[1]: row[3] for row in rows}
        ids[None] = None
        grouped: dict[int, list[Any]] = defaultdict(list)
        for proceeding, key, moved_to, external, at, kind, timed, outcome, reason, reported, panel, notified in rows:
            moved, who = ids.get(moved_to, ""), tuple(summoned.get(key, ()))
            grouped[proceeding].append(_hearing(external, at, kind, timed, outcome, reason, reported, moved, panel, notified, who))
        return ids, grouped

    def victims(self) -> Grouped:
        """Return the victims, their eighteenth birthdays opened."""
        return _grouped(
            (row[0], _victim(row[1], row[2], row[3], None if row[4] is None else self._day(row[1], row[4]), *row[5:]))
            for row in self(_VICTIMS)
        )

    def _day(self, victim: str, sealed: bytes) -> date | None:
        try:
            return date.fromisoformat(self.keys.open(VICTIM_ADULT_FROM, victim, sealed))
        except SealBrokenError:
            return None

    def appearances(self, hearings: _Ids) -> Grouped:
        """Return the appearances, with the measures that were or were not applied."""
        applied: dict[int, list[tuple[str, Any]]] = defaultdict(list)
        for appearance, measure, was in self(_APPLIED):
            applied[appearance].append((measure, was))
        return _grouped(
            (
                row[0],
                _appearance(hearings[row[2]], *row[3:10], _codes(row[10]), *row[11:], tuple(applied.get(row[1], ()))),
            )
            for row in self(_APPEARANCES)
        )

    def statements(self, hearings: _Ids) -> Grouped:
        """Return the statements, those given at a hearing with that hearing."""
        return _grouped(
            (proceeding, _statement(victim, on, body, hearings.get(hearing), recorded, reason))
            for proceeding, hearing, victim, on, body, recorded, reason in self(_STATEMENTS)
        )


def _grouped(pairs: Iterable[tuple[int, Any]]) -> Grouped:
    grouped: dict[int, list[Any]] = defaultdict(list)
    for proceeding, fact in pairs:
        grouped[proceeding].append(fact)
    return grouped


@lru_cache(maxsize=256)
def _codes(text: str | None) -> Any:  # noqa: ANN401 - a tuple of codes as plain strings
    """Return a stored list of codes; few different ones exist, so each is decoded once."""
    return tuple(json.loads(text)) if text else ()
