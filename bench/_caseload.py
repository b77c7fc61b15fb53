"""Synthetic proceedings of a given number, written in bulk: the shape that performance.md measures with.

About 12 hearings, 1.3 victims and 3.5 appearances each; the same number gives the same caseload.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from tracker.storage.engine import Database
from tracker.storage.tables.catalogue import METADATA

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
PART = 5_000
COURTS = 25
OUTCOMES = ("HELD", "HELD", "HELD", "HELD_PARTLY", "POSTPONED_ON_DAY", "POSTPONED_IN_ADVANCE", "CANCELLED")
CONTACT = ("NONE", "SCREENED", "PARTIAL", "DIRECT", "NOT_OBSERVED")
ATTENDED = ("TESTIFIED", "TESTIFIED", "PRESENT_NOT_HEARD", "SUMMONED_NOT_ATTENDED")


@dataclass(slots=True)
class _Rows:
    """Rows gathered by table, written in parts."""

    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, table: str, **values: Any) -> None:  # noqa: ANN401 - columns of any type
        """Gather one row."""
        self.tables.setdefault(table, []).append(values)

    def write(self, db: Session) -> None:
        """Write and forget what was gathered, parents first."""
        for table in METADATA.sorted_tables:
            if table.name in self.tables:
                db.connection().execute(sa.insert(table), self.tables.pop(table.name))


def build(database: Database, number: int) -> None:
    """Fill an empty database with ``number`` proceedings, and let it gather its statistics."""
    chance = random.Random(number)
    rows = _Rows()
    for court in range(1, COURTS + 1):
        name = f"Court {court}"
        rows.add("court", id=court, external_id=f"C{court}", name=name, name_folded=name.lower(), timezone="Europe/Belgrade")
    for first in range(1, number + 1, PART):
        for key in range(first, min(first + PART, number + 1)):
            _proceeding(rows, chance, key)
        with database.writing() as db:
            rows.write(db)
    with database.writing() as db:
        db.connection().execute(sa.text("ANALYZE"))


def _proceeding(rows: _Rows, chance: random.Random, key: int) -> None:
    started = TODAY - timedelta(days=chance.randrange(60, 3000))
    rows.add(
        "proceeding", id=key, external_id=f"P{key}", ref=f"r{key}", court_id=1 + key % COURTS, lead_offence="THB_ADULT",
        review_on=date(1970, 1, 1), evaluated_on=date(1970, 1, 1), created_at=NOW, changed_at=NOW,
    )  # fmt: skip
    for kind, on in _stages(chance, started):
        rows.add("stage_event", proceeding_id=key, kind=kind, happened_on=on, precision="DAY", instance_round=1)
    victims = [2 * key, 2 * key + 1] if chance.random() < 0.3 else [2 * key]
    for victim in victims:
        rows.add("victim", id=victim, external_id=f"V{victim}", proceeding_id=key, minor_now="NO", consent_statistics=True)
        if chance.random() < 0.6:
            rows.add("measure", external_id=f"M{victim}", proceeding_id=key, victim_id=victim, kind="SPECIAL_STATUS", decision="GRANTED",
                     decided_on=started + timedelta(days=40))  # fmt: skip
    for hearing in _hearings(chance, key, started):
        rows.add("hearing", **hearing)
        _attendance(rows, chance, hearing, victims)


def _stages(chance: random.Random, started: date) -> Iterator[tuple[str, date]]:
    yield "INDICTMENT_FILED", started
    yield "MAIN_HEARING_OPENED", started + timedelta(days=50)
    if chance.random() < 0.5:
        judged = started + timedelta(days=chance.randrange(100, 1500))
        yield "FIRST_INSTANCE_JUDGMENT", judged
        if chance.random() < 0.6:
            yield "FINAL", judged + timedelta(days=200)


def _hearings(chance: random.Random, key: int, started: date) -> Iterator[dict[str, Any]]:
    for number in range(chance.randrange(6, 19)):
        on = started + timedelta(days=60 + 45 * number + chance.randrange(20))
        starts_at = datetime.combine(on, time(chance.randrange(7, 14), 30), UTC)
        is_past = on < TODAY
        yield {
            "id": 20 * key + number, "external_id": f"H{20 * key + number}", "proceeding_id": key, "court_id": 1 + key % COURTS,
            "type": "MAIN", "starts_at": starts_at, "time_known": True, "version": 1, "calendar_uid": f"u{20 * key + number}",
            "calendar_sequence": 0, "changed_at": NOW, "outcome": chance.choice(OUTCOMES) if is_past and chance.random() < 0.98 else None,
        }  # fmt: skip


def _attendance(rows: _Rows, chance: random.Random, hearing: Mapping[str, Any], victims: list[int]) -> None:
    for victim in victims:
        if chance.random() < 0.25:
            rows.add("hearing_summons", hearing_id=hearing["id"], victim_id=victim)
            if hearing["starts_at"] < NOW:
                rows.add(
                    "appearance", proceeding_id=hearing["proceeding_id"], hearing_id=hearing["id"], victim_id=victim,
                    attended=chance.choice(ATTENDED), accused_present="IN_ROOM", visual_contact=chance.choice(CONTACT),
                )  # fmt: skip
