"""The kinds of entry of a caseload document, and where each of their properties is kept.

Rows are handled as plain mappings: a column's name to its value; beside the columns, a sealed text stands under its property's name in
clear, a reference within its own kind under its property as the other's external id, and a list of references as a set.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from tracker.formats.caseload import shape
from tracker.privacy import places
from tracker.storage.tables.appearances import Appearance, AppliedMeasure, Statement
from tracker.storage.tables.compensation import Asset, Claim, Remedy
from tracker.storage.tables.courts import Court
from tracker.storage.tables.hearings import Hearing, HearingSummons
from tracker.storage.tables.people import Person, PersonIdentity
from tracker.storage.tables.proceedings import Accused, Assignment, CaseNumber, Proceeding, StageEvent
from tracker.storage.tables.protection import Incident, Measure
from tracker.storage.tables.victims import Assessment, Victim, VictimIdentity

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sealed:
    """A text, or a date, kept sealed at ``where``; ``row_key`` is the column whose value its seal is bound to."""

    where: str
    row_key: str = "external_id"
    is_date: bool = False

    @property
    def column(self) -> str:
        """The column that keeps it."""
        return self.where.partition(".")[2]


@dataclass(frozen=True, slots=True)
class Links:
    """A list of references kept in a table of its own: ``owner`` is its column for the entry, ``columns`` are what is listed."""

    table: sa.Table
    owner: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """One list of the document and the table that keeps it.

    ``references`` lead to other kinds (property to column and kind), ``own`` to the same kind, ``keys`` are the columns by which an entry
    is found again, tried in turn (empty: all columns alike). ``beside`` is a table of the same entries with the sealed columns and
    their blind indexes; ``<beside_key>`` is its column for the entry.
    """

    name: str
    table: sa.Table
    keys: tuple[tuple[str, ...], ...] = (("external_id",),)
    renamed: Mapping[str, str] = field(default_factory=dict)
    references: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    sealed: Mapping[str, Sealed] = field(default_factory=dict)
    links: Mapping[str, Links] = field(default_factory=dict)
    beside: sa.Table | None = None
    beside_key: str = ""

    @cached_property
    def has_ids(self) -> bool:
        """Tell whether entries have ids of the document's own."""
        return "id" in shape.properties()[self.name]

    @cached_property
    def is_of_proceeding(self) -> bool:
        """Tell whether entries stand inside a proceeding."""
        return "proceeding_id" in self.table.c

    @cached_property
    def columns(self) -> Mapping[str, str]:
        """Return the column of each property that is kept as it is."""
        apart = {*self.references, *self.own, *self.sealed, *self.links}
        names = [name for name in shape.properties()[self.name] if name not in apart and name not in shape.properties()]
        return {name: "external_id" if name == "id" else self.renamed.get(name, name) for name in names}

    @cached_property
    def compared(self) -> tuple[str, ...]:
        """Return the names under which a row holds what the document says."""
        referring = [column for column, _ in self.references.values()]
        return (*self.columns.values(), *referring, *self.own, *self.sealed, *self.links)

    @cached_property
    def found_by(self) -> tuple[tuple[str, ...], ...]:
        """Return ``keys`` with "all columns alike" spelt out."""
        return tuple(key or ("proceeding_id", *self.compared) for key in self.keys)


def _table(entity: type[SQLModel]) -> sa.Table:
    return SQLModel.metadata.tables[str(entity.__tablename__)]


ON = {"on": "happened_on"}
SPAN = {"from": "from_on", "to": "to_on"}
COURT = {"court": ("court_id", "courts")}
VICTIM = {"victim": ("victim_id", "victims")}
HEARING = {"hearing": ("hearing_id", "hearings")}
ALIKE: tuple[str, ...] = ()

KINDS = (
    Kind("courts", _table(Court)),
    Kind(
        "people", _table(Person), own={"backup": "backup_id"}, beside=_table(PersonIdentity), beside_key="person_id",
        sealed={
            "name": Sealed(places.PERSON_NAME), "phone": Sealed(places.PERSON_PHONE), "email": Sealed(places.PERSON_EMAIL),
        },
    ),
    Kind(
        "proceedings", _table(Proceeding), references=COURT, sealed={"requalified_to": Sealed(places.PROCEEDING_REQUALIFIED_TO)},
    ),
    Kind("accused", _table(Accused), keys=(("proceeding_id", "label"),)),
    Kind(
        "case_numbers", _table(CaseNumber), keys=(ALIKE, ("proceeding_id", "court_id", "number_index")), renamed=SPAN, references=COURT,
        sealed={"text": Sealed(places.CASE_NUMBER_TEXT, row_key="ref")},
    ),
    Kind("stage_events", _table(StageEvent), keys=(ALIKE, ("proceeding_id", "kind", "instance_round")), renamed=ON),
    Kind(
        "victims", _table(Victim), beside=_table(VictimIdentity), beside_key="victim_id",
        sealed={
            "pseudonym": Sealed(places.VICTIM_PSEUDONYM),
            "same_person": Sealed(places.VICTIM_SAME_PERSON),
            "adult_from": Sealed(places.VICTIM_ADULT_FROM, is_date=True),
            "interpreter_language": Sealed(places.VICTIM_LANGUAGE),
        },
    ),
    Kind(
        "assignments", _table(Assignment), keys=(ALIKE, ("proceeding_id", "person_id", "assigned_as", "from_on")),
        renamed={"as": "assigned_as", **SPAN}, references={"person": ("person_id", "people")},
    ),
    Kind(
        "hearings", _table(Hearing), references=COURT, own={"superseded_by": "superseded_by_id"},
        sealed={"panel": Sealed(places.HEARING_PANEL)},
        links={"summoned": Links(_table(HearingSummons), "hearing_id", ("victim_id",))},
    ),
    Kind("measures", _table(Measure), references=VICTIM),
    Kind(
        "appearances", _table(Appearance), keys=(("hearing_id", "victim_id"),), references={**HEARING, **VICTIM},
        links={"measures": Links(_table(AppliedMeasure), "appearance_id", ("measure_id", "applied"))},
    ),
    Kind(
        "statements", _table(Statement), keys=(ALIKE, ("victim_id", "body", "given_on")), renamed={"on": "given_on"},
        references={**VICTIM, **HEARING},
    ),
    Kind("assessments", _table(Assessment), keys=(ALIKE, ("victim_id", "assessed_on")), renamed={"on": "assessed_on"}, references=VICTIM),
    Kind("claims", _table(Claim), references=VICTIM),
    Kind("assets", _table(Asset)),
    Kind("remedies", _table(Remedy), references=VICTIM),
    Kind("incidents", _table(Incident), renamed=ON, references=VICTIM),
)  # fmt: skip
"""In an order in which every reference leads to an earlier kind."""
BY_NAME = {kind.name: kind for kind in KINDS}
