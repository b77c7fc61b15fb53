"""Migration 0005 with data, both ways and on both databases: nothing is lost, nothing that identifies stays open."""

from collections.abc import Mapping
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command

from tests import rows
from tracker.domain.errors import NotConfiguredError
from tracker.domain.folding import name_key
from tracker.privacy.keys import KeyRing
from tracker.storage import schema
from tracker.storage.engine import Database

KEYS = KeyRing(current=1, ring={1: bytes(32)}, index=bytes(32))
BEFORE = "0004"
SEALED = KEYS.seal("victim.pseudonym_sealed", "v1", "Бреза")
PLAIN = {"same_person": "CANARY-person", "adult_from": "2010-02-03", "interpreter_language": "ukr"}


def move(database: Database, to: str, keys: KeyRing | None = KEYS) -> None:
    """Bring the schema up or down to a revision."""
    way = command.downgrade if to == BEFORE else command.upgrade
    with database.engine.begin() as connection:
        way(schema.configuration(connection, None if keys is None else lambda: keys), to)


@pytest.fixture
def old(disposable_database: Database) -> Database:
    """A database as version 0001 left it, with one case in which everything hangs on a victim and a hearing."""
    move(disposable_database, BEFORE)
    with disposable_database.engine.begin() as db:
        reflected = sa.MetaData()
        reflected.reflect(db)

        def put(table: str, **values: object) -> None:
            db.execute(sa.insert(reflected.tables[table]).values(**values))

        put("court", id=1, external_id="c", name="Court", name_folded="court", timezone="Europe/Belgrade", is_external_id_generated=False)
        put(
            "proceeding", id=1, external_id="p", ref="r", court_id=1, lead_offence="THB_ADULT", created_at=rows.LONG_AGO,
            changed_at=rows.LONG_AGO, review_on=rows.LONG_AGO.date(), evaluated_on=rows.LONG_AGO.date(), requalified_to="CANARY-offence",
        )  # fmt: skip
        day = sa.func.date(PLAIN["adult_from"]) if disposable_database.is_sqlite else PLAIN["adult_from"]
        put(
            "victim",
            id=1,
            external_id="v1",
            proceeding_id=1,
            consent_statistics=True,
            pseudonym_sealed=SEALED,
            **{**PLAIN, "adult_from": day},
        )
        put("victim", id=2, external_id="v2", proceeding_id=1, consent_statistics=True)
        put("accused", proceeding_id=1, label="A12")
        put(
            "hearing", id=1, external_id="h", proceeding_id=1, type="MAIN", starts_at=rows.LONG_AGO, time_known=True, version=1,
            calendar_uid="u", calendar_sequence=0, changed_at=rows.LONG_AGO, panel="CANARY-panel",
        )  # fmt: skip
        put("appearance", id=1, proceeding_id=1, hearing_id=1, victim_id=1, attended="TESTIFIED")
    return disposable_database


def contents(database: Database) -> dict[str, list[Mapping[str, Any]]]:
    """Return every row of every table."""
    with database.engine.connect() as db:
        reflected = sa.MetaData()
        reflected.reflect(db)
        return {
            name: [dict(row) for row in db.execute(sa.select(table).order_by(*table.primary_key.columns)).mappings()]
            for name, table in reflected.tables.items()
        }


def test_what_lay_open_is_sealed_and_nothing_is_lost(old: Database) -> None:
    """Each value opens at its new place; indexes find it; what hangs on the rows is still there."""
    move(old, "0005")
    found = contents(old)
    (identity,) = found["victim_identity"]

    def opened(name: str) -> str:
        return KEYS.open(f"victim_identity.{name}_sealed", "v1", identity[f"{name}_sealed"])

    assert {name: opened(name) for name in PLAIN} == PLAIN
    assert opened("pseudonym") == "Бреза"
    assert identity["pseudonym_index"] == KEYS.index("victim_identity.pseudonym_index", name_key("BREZA"))
    assert KEYS.open("hearing.panel_sealed", "h", found["hearing"][0]["panel_sealed"]) == "CANARY-panel"
    assert KEYS.open("proceeding.requalified_to_sealed", "p", found["proceeding"][0]["requalified_to_sealed"]) == "CANARY-offence"
    assert found["victim"][0]["person_key"] == KEYS.index("victim.person_key", "CANARY-person").hex()
    assert [len(found[name]) for name in ("victim", "appearance", "accused", "hearing")] == [2, 1, 1, 1]
    assert "CANARY" not in repr(found)


def test_the_way_back_gives_the_same(old: Database) -> None:
    """Down again, the older program finds what it left; only the seal of the pseudonym is a new one."""
    before = contents(old)
    move(old, "0005")
    move(old, BEFORE)
    after = contents(old)
    reopened = KEYS.open("victim.pseudonym_sealed", "v1", after["victim"][0]["pseudonym_sealed"])
    after["victim"][0] = {**after["victim"][0], "pseudonym_sealed": SEALED}

    assert reopened == "Бреза"
    for found in (before, after):
        found.pop("alembic_version")
    assert after == before


def test_without_keys_nothing_is_touched(old: Database) -> None:
    """What must be sealed cannot be: the migration says what it needs and leaves everything as it was."""
    before = contents(old)
    with pytest.raises(NotConfiguredError, match="tracker init"):
        move(old, "0005", None)

    assert contents(old) == before


@pytest.mark.parametrize("label", ["Petar", "a1", "A", "A1b", "", "A١", "B1"])
def test_the_database_itself_keeps_names_of_accused_out(database: Database, label: str) -> None:
    """A label is A and a number, whoever writes it."""
    with database.writing() as db:
        proceeding = rows.proceeding(db, rows.court(db))
    accused = sa.table("accused", sa.column("proceeding_id"), sa.column("label"))
    with pytest.raises(sa.exc.DBAPIError), database.writing() as db:
        db.connection().execute(sa.insert(accused).values(proceeding_id=proceeding, label=label))
