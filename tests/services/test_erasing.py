"""Erasing somebody reaches everything that names her, in one transaction, and nothing brings her back."""

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import col

from tests import rows
from tests.factories.caseload import Document, small, spelt
from tests.leftovers import dump, file_bytes
from tests.office import FakeChannel, Office
from tests.processes import configuration
from tracker.domain.errors import ConflictError, InvalidInputError, NotFoundError
from tracker.privacy.places import FLAG_CLOSE_NOTE
from tracker.services import accounts, audit, holds
from tracker.services.audit_proof import verify
from tracker.services.caseload_export import export_caseload
from tracker.services.caseload_import import import_caseload
from tracker.services.context import Context
from tracker.services.delivery import Ways, deliver
from tracker.services.erasing import erase, is_named, kinds_of, without
from tracker.services.feeds import new_token
from tracker.services.figures import statistics
from tracker.services.flags import listed as flags
from tracker.services.reminding import remind
from tracker.services.sweeping import sweep
from tracker.storage.queries import erasing as queries
from tracker.storage.tables.catalogue import METADATA
from tracker.storage.tables.flags import Flag

CANARY = "canary-žućko-71"


def document() -> Document:
    """Return a case of two victims, one of whom is a canary in all that is hers."""
    whole = small()
    (case,) = whole["proceedings"]
    case["hearings"] = [
        {"id": f"h{number}", "starts_at": f"2026-11-{number:02}T10:00:00+01:00", "outcome": "HELD", "summoned": [CANARY, "v2"]}
        for number in (2, 3, 4)
    ] + [{"id": "h9", "starts_at": "2026-11-24T10:00:00+01:00", "summoned": [CANARY, "v2"]}]
    case["victims"] = [
        {"id": CANARY, "same_person": f"{CANARY}-same", "pseudonym": f"{CANARY} Љиљана", "interpreter_language": f"{CANARY}-lang"},
        {"id": "v2", "pseudonym": "Javor"},
    ]
    met = {"attended": "TESTIFIED", "accused_present": "IN_ROOM", "visual_contact": "DIRECT"}
    case["appearances"] = [{"hearing": f"h{number}", "victim": victim, **met} for number in (2, 3, 4) for victim in (CANARY, "v2")]
    case["statements"] = [{"victim": CANARY, "body": "COURT_MAIN", "on": "2026-11-02", "hearing": "h2"}]
    case["measures"] = [{"id": f"{CANARY}-m", "victim": CANARY, "kind": "REMOVE_ACCUSED", "decision": "GRANTED"}]
    case["assessments"] = [{"victim": CANARY, "on": "2026-09-01"}]
    case["claims"] = [{"id": f"{CANARY}-k", "victim": CANARY, "forum": "CRIMINAL"}]
    case["remedies"] = [{"id": f"{CANARY}-r", "kind": "OBJECTION", "filed_on": "2026-10-10", "victim": CANARY}]
    case["incidents"] = [{"id": f"{CANARY}-i", "on": "2026-11-01", "kind": "THREAT", "victim": CANARY}]
    return whole


def filled(ctx: Context) -> Context:
    """Load the case, let the morning's jobs run, and look at the case."""
    import_caseload(ctx, spelt(document()))
    sweep(ctx)
    remind(ctx)
    deliver(ctx, Ways(ctx.settings, {"console": FakeChannel()}))
    audit.record(ctx, "case.read", case="p1", subject=("victim", CANARY), reason=f"{CANARY} asked")
    with ctx.database.writing() as db:
        (flag, *_) = db.connection().execute(sa.select(col(Flag.ref)).where(col(Flag.victim) == "v2")).scalars()
        note = ctx.keys.seal(FLAG_CLOSE_NOTE, flag, f"{CANARY} said so")
        db.connection().execute(sa.update(Flag).where(col(Flag.ref) == flag).values(close_note_sealed=note))
    return ctx


def held_rows(ctx: Context, table: str) -> int:
    """Count the rows of a table."""
    with ctx.database.reading() as db:
        return int(db.connection().execute(sa.select(sa.func.count()).select_from(METADATA.tables[table])).scalar_one())


def test_nothing_of_her_is_left_anywhere(ctx: Context, capfd: pytest.CaptureFixture[str]) -> None:
    """No table, no sealed value, no byte of the files, no export, no log; the other victim and the case stay."""
    filled(ctx)
    assert CANARY in dump(ctx)
    assert dump(ctx).count("repeated-confrontation") == 2

    done = erase(ctx, CANARY, "victim")

    assert CANARY not in dump(ctx)
    assert CANARY.encode() not in file_bytes(ctx)
    assert CANARY not in json.dumps(export_caseload(ctx), ensure_ascii=False)
    assert CANARY not in str(statistics(ctx)) + str(flags(ctx, with_closed=True)) + str(capfd.readouterr())
    assert {"victim", "appearance", "statement", "measure", "claim", "remedy", "incident", "assessment", "hearing_summons"} <= set(
        done.counts
    )
    assert done.counts["flag"] > 0
    assert done.counts["message"] > 0
    assert done.counts["audit_entry"] > 0
    assert done.is_wiped is (True if ctx.database.is_sqlite else None)
    assert done.backups_until.isoformat() == "2026-12-29"
    assert [victim["id"] for victim in export_caseload(ctx)["proceedings"][0]["victims"]] == ["v2"]
    assert dump(ctx).count("repeated-confrontation") == 1


def test_what_must_stay_true_stays_true(ctx: Context) -> None:
    """Rules run, the chain of the audit log adds up, figures count the case, export and import still agree."""
    filled(ctx)
    before = statistics(ctx)["groups"][0]["n"]
    erase(ctx, CANARY, "victim")

    assert sweep(ctx)["proceedings"] == 1
    assert verify(ctx).ok
    assert statistics(ctx)["groups"][0]["n"] == before == 1
    assert not import_caseload(ctx, spelt(export_caseload(ctx))).created
    remind(ctx)
    deliver(ctx, Ways(ctx.settings, {"console": FakeChannel()}))


def test_a_rehearsal_changes_nothing(ctx: Context) -> None:
    """It counts what erasing then takes away."""
    filled(ctx)
    before = dump(ctx)
    plan = erase(ctx, CANARY, "victim", rehearse=True)

    assert dump(ctx) == before
    assert plan.is_wiped is None
    assert plan.counts == erase(ctx, CANARY, "victim").counts


def test_erasing_twice_is_fine(ctx: Context) -> None:
    """The second time there is nothing left; somebody who never was is told as such."""
    filled(ctx)
    erase(ctx, CANARY, "victim")
    left = dump(ctx)

    assert erase(ctx, CANARY, "victim").was_erased_before
    assert dump(ctx) == left
    assert kinds_of(ctx, CANARY) == ("victim",)
    with pytest.raises(NotFoundError) as refused:
        erase(ctx, f"{CANARY}-never", "victim")
    assert CANARY not in str(refused.value)


def test_all_entries_of_the_same_person_go(ctx: Context) -> None:
    """Another case of hers too; a person who only looks alike stays."""
    with ctx.database.writing() as db:
        court = rows.court(db)
        first, second = rows.proceeding(db, court), rows.proceeding(db, court)
        for case, name, person in ((first, "a", "X"), (second, "b", "X"), (second, "c", "Y"), (second, "d", None)):
            rows.victim(db, case, external_id=name, person_key=person)

    assert erase(ctx, "a", "victim").counts["victim"] == 2
    assert held_rows(ctx, "victim") == 2
    assert held_rows(ctx, "erased_victims") == 2


def test_an_old_document_does_not_bring_her_back(ctx: Context) -> None:
    """It is refused whole, with the place of her entry and without her id; without her it loads."""
    filled(ctx)
    erase(ctx, CANARY, "victim")
    left = dump(ctx)
    with pytest.raises(InvalidInputError) as refused:
        import_caseload(ctx, spelt(document()))

    assert "$.proceedings[0].victims[0].id: was erased" in str(refused.value)
    assert CANARY not in str(refused.value)
    assert dump(ctx) == left
    assert held_rows(ctx, "tombstone") == 1
    assert not import_caseload(ctx, spelt(export_caseload(ctx))).updated


def test_a_legal_hold_keeps_her_until_it_is_released(ctx: Context) -> None:
    """Erasing is refused, and says what to do."""
    filled(ctx)
    holds.place(ctx, "p1", "Claim before the civil court.")
    with pytest.raises(ConflictError, match="release it first"):
        erase(ctx, CANARY, "victim")
    holds.release(ctx, "p1")

    assert erase(ctx, CANARY, "victim").counts["victim"] == 1


def test_an_erased_person_of_the_office_leaves_an_opaque_name(ctx: Context) -> None:
    """Name, phone, e-mail, sign-in and calendar address go; the work stays under a name that says nothing."""
    filled(ctx)
    with ctx.database.reading() as db:
        key = db.connection().execute(sa.text("SELECT id FROM person WHERE external_id = 'n1'")).scalar_one()
    accounts.create(ctx, "n1", "djurdja", "dovoljno-duga-lozinka")
    new_token(ctx, key)
    messages = held_rows(ctx, "message")
    done = erase(ctx, "n1", "person")
    left = dump(ctx)

    for gone in ("Đurđa", "+447700900101", "n1@primer.example", "djurdja"):
        assert gone not in left
        assert gone.encode() not in file_bytes(ctx)
    assert done.counts["account"] == done.counts["feed_token"] == done.counts["assignment"] == 1
    assert held_rows(ctx, "message") == messages
    assert verify(ctx).ok
    again = export_caseload(ctx)
    assert not import_caseload(ctx, spelt(again)).created
    assert [person["name"] for person in again["people"]] == ["–", "Čeda Ogledović"]
    with pytest.raises(InvalidInputError, match=r"\$\.people\[0\]\.id: was erased"):
        import_caseload(ctx, spelt(small()))
    assert remind(ctx)["queued"] == 0
    assert erase(ctx, "n1", "person").was_erased_before


def test_waiting_messages_about_her_are_cancelled(ctx: Context) -> None:
    """What was to be sent is not; what was sent stays with its time and state, empty."""
    office = Office.open(ctx).at(2026, 11, 23, 10, 0)
    office.person()
    import_caseload(ctx, spelt(document()))
    sweep(office.ctx)
    waiting = [line for line in office.messages() if line.subject_kind == "flag"]
    erase(office.ctx, CANARY, "victim")
    told = {line.id: line for line in office.messages()}

    assert waiting
    assert {told[line.id].state.value for line in waiting if not told[line.id].subject} == {"cancelled"}
    assert {told[line.id].body for line in waiting if not told[line.id].subject} == {""}


KILL = """
import os, signal, sys
from pathlib import Path
import sqlalchemy as sa
from tracker import bootstrap
from tracker.services.erasing import erase
from tracker.settings import load_settings

ctx = bootstrap.build(load_settings(Path(sys.argv[1])))
left = int(sys.argv[2])

@sa.event.listens_for(ctx.database.engine, "after_cursor_execute")
def die(connection, cursor, statement, *rest):
    global left
    if statement.startswith(("INSERT", "UPDATE", "DELETE")):
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

erase(ctx, sys.argv[3], "victim")
"""


@pytest.mark.parametrize("write", [1, 6, 12])
def test_a_power_cut_leaves_all_or_nothing(ctx: Context, tmp_path: Path, write: int) -> None:
    """Killed after its first, a middle or a late write, an erasure has not happened at all; afterwards it works."""
    filled(ctx)
    before = dump(ctx)
    config = configuration(tmp_path / "config.toml", ctx)
    command = [sys.executable, "-c", textwrap.dedent(KILL), str(config), str(write), CANARY]
    ended = subprocess.run(command, capture_output=True, check=False, env=dict(os.environ))  # noqa: TID251 - the child needs our path

    assert ended.returncode == -9, ended.stderr
    assert dump(ctx) == before
    erase(ctx, CANARY, "victim")
    assert CANARY not in dump(ctx)


def test_names_are_found_whole_and_beside_a_stroke() -> None:
    """Never as a part of another name; keys and values, at any depth."""
    names = {"v1", "Љ"}
    assert is_named(("v1", None), names)
    assert is_named(("h1/v1",), names)
    assert not is_named(("v11", "h/v11", None, ""), names)
    facts = {"hearings": ["h1", "v1"], "victim": "v1", "v1": 2, "inner": {"who": ["Љ", {"a": "x/Љ", "b": 3}]}, "n": 1}
    assert without(facts, names) == {"hearings": ["h1"], "inner": {"who": [{"b": 3}]}, "n": 1}


def test_every_table_that_refers_to_a_victim_goes_with_her() -> None:
    """A new table whose foreign key would keep a victim from being erased is found here."""
    keys = [key for table in METADATA.tables.values() for key in table.foreign_keys if key.column.table.name == "victim"]

    assert len(keys) > 8
    assert {key.ondelete for key in keys} == {"CASCADE"}
    assert queries.CASCADE == "CASCADE"
