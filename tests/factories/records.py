"""Put facts into a database as they would have been recorded, and take them out again."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from tests import rows
from tracker.domain import facts
from tracker.domain.facts import ProceedingFacts
from tracker.privacy.keys import KeyRing
from tracker.privacy.places import VICTIM_ADULT_FROM
from tracker.storage.tables.appearances import Appearance, AppliedMeasure, Statement
from tracker.storage.tables.compensation import Asset, Claim, Remedy
from tracker.storage.tables.hearings import Hearing, HearingSummons
from tracker.storage.tables.proceedings import Accused, Proceeding, StageEvent
from tracker.storage.tables.protection import Incident, Measure
from tracker.storage.tables.victims import Assessment, Victim, VictimIdentity

CHILDREN = (Appearance, Statement, Assessment, Claim, Asset, Remedy, Incident, Accused, Measure, StageEvent, Hearing, Victim)
ON = {"stage_events": "happened_on", "statements": "given_on", "assessments": "assessed_on", "incidents": "happened_on"}
SIMPLE: dict[str, type[SQLModel]] = {
    "stage_events": StageEvent, "statements": Statement, "assessments": Assessment, "claims": Claim, "assets": Asset,
    "remedies": Remedy, "incidents": Incident, "accused": Accused,
}  # fmt: skip
HEARING_FIELDS = ("type", "time_known", "outcome", "outcome_reason", "outcome_reported_on", "notified_on")
KEYS = KeyRing(current=1, ring={1: bytes(32)}, index=bytes(32))
"""With these birthdays are sealed: whoever reads them back needs the same ones."""
OWN_FIELDS = ("lead_offence", "end_cause", "ended_on", "disposition_mode", "offence_on")


def store(db: Session, found: ProceedingFacts, court: int, **values: Any) -> int:  # noqa: ANN401 - columns of any type
    """Write a proceeding with everything that hangs on it, and return its key; ids get the proceeding's in front."""
    own = {name: getattr(found, name) for name in OWN_FIELDS}
    key = rows.proceeding(db, court, **{"external_id": found.id, **own, **values})
    _Record(db, key, found.id).write(found)
    return key


def rewrite(db: Session, key: int, found: ProceedingFacts) -> None:
    """Put other facts in the place of those that a proceeding has."""
    db.connection().execute(sa.update(Hearing).where(sa.column("proceeding_id") == key).values(superseded_by_id=None))
    for table in CHILDREN:
        db.connection().execute(sa.delete(table).where(sa.column("proceeding_id") == key))
    own = {name: getattr(found, name) for name in OWN_FIELDS}
    db.connection().execute(sa.update(Proceeding).where(sa.column("id") == key).values(own))
    _Record(db, key, found.id).write(found)


def renamed(found: ProceedingFacts, names: Sequence[str]) -> list[ProceedingFacts]:
    """Return the same facts as several proceedings of other names."""
    return [ProceedingFacts(**{**{each.name: getattr(found, each.name) for each in fields(found)}, "id": name}) for name in names]


@dataclass(slots=True)
class _Record:
    """One proceeding's rows being written, with the keys of those that others refer to."""

    db: Session
    key: int
    prefix: str
    victims: dict[str | None, int | None] = field(default_factory=lambda: {None: None})
    hearings: dict[str | None, int | None] = field(default_factory=lambda: {None: None})

    def write(self, found: ProceedingFacts) -> None:
        """Write everything, parents first."""
        for victim in found.victims:
            self.victims[victim.id] = self.add(Victim, victim, consent_statistics=True)
            self.add_birthday(victim)
        for hearing in found.hearings:
            self.hearings[hearing.id] = self.add_hearing(hearing)
        for hearing in found.hearings:
            moved = {"superseded_by_id": self.hearings[hearing.superseded_by]}
            self.db.connection().execute(sa.update(Hearing).where(sa.column("id") == self.hearings[hearing.id]).values(moved))
        measures = {each.id: self.add(Measure, each) for each in found.measures}
        for appearance in found.appearances:
            key = self.add(Appearance, appearance)
            for measure, applied in appearance.applied:
                rows.add(self.db, AppliedMeasure, appearance_id=key, measure_id=measures[measure], applied=applied)
        for kind, table in SIMPLE.items():
            for each in getattr(found, kind):
                self.add(table, each, on=ON.get(kind, "on"), **({"against": "VICTIM"} if table is Incident else {}))

    def add_birthday(self, victim: facts.Victim) -> None:
        """Write her eighteenth birthday where it is known, apart and sealed."""
        if victim.adult_from is not None:
            sealed = KEYS.seal(VICTIM_ADULT_FROM, f"{self.prefix}-{victim.id}", victim.adult_from.isoformat())
            rows.add(self.db, VictimIdentity, victim_id=self.victims[victim.id], adult_from_sealed=sealed)

    def add_hearing(self, hearing: facts.Hearing) -> int:
        """Write a hearing and its summonses."""
        values = {name: getattr(hearing, name) for name in HEARING_FIELDS} | {"panel_key": hearing.panel}
        key = rows.hearing(self.db, self.key, hearing.starts_at, external_id=f"{self.prefix}-{hearing.id}", **values)
        for victim in hearing.summoned:
            rows.add(self.db, HearingSummons, hearing_id=key, victim_id=self.victims[victim])
        return key

    def add(self, table: type[SQLModel], fact: Any, on: str = "on", **extra: Any) -> int:  # noqa: ANN401 - any fact, columns of any type
        """Write a fact whose fields are called like its columns, but for references and the date."""
        values: dict[str, Any] = {"proceeding_id": self.key, **extra}
        for each in fields(fact):
            value = getattr(fact, each.name)
            match each.name:
                case "id":
                    values["external_id"] = f"{self.prefix}-{value}"
                case "victim":
                    values["victim_id"] = self.victims[value]
                case "hearing":
                    values["hearing_id"] = self.hearings[value]
                case "on":
                    values[on] = value
                case "questioned_by":
                    values["questioned_by"] = list(value) or None
                case "applied" | "adult_from":
                    pass
                case name:
                    values[name] = value
        return rows.add(self.db, table, **values)
