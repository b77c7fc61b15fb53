"""The audit log: what is written, when it stands, and what may be forgotten."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from tests import rows
from tests.conftest import acting
from tracker.domain.codes.people import Role
from tracker.domain.errors import ConflictError
from tracker.services import audit, audit_proof
from tracker.services.context import Actor, Context
from tracker.storage.queries import audit as queries
from tracker.storage.queries.audit import EntryRow

REASON = "Njen advokat je na bolovanju, a ročište je sutra."


def log(ctx: Context) -> list[EntryRow]:
    """Return the whole log."""
    with ctx.database.reading() as db:
        return list(queries.entries(db))


def stored_bytes(ctx: Context) -> str:
    """Return everything that the log's table holds, as text."""
    with ctx.database.engine.connect() as connection:
        return str([tuple(row) for row in connection.execute(sa.text("SELECT * FROM audit_entry"))])


def test_who_what_when_about_what_and_why(ctx: Context) -> None:
    """An entry names the person by the external id and keeps the reason sealed."""
    with ctx.database.writing() as db:
        person = rows.person(db, external_id="N7", role="LAWYER")
    lawyer = acting(ctx, person, Role.LAWYER)
    audit.record(lawyer, "flag.closed", case="P1", subject=("flag", "f1"), details={"severity": 3}, reason=REASON)
    (found,) = audit.of_case(ctx, "P1")

    assert (found.person, found.role, found.action, found.case) == ("N7", "LAWYER", "flag.closed", "P1")
    assert (found.subject_kind, found.subject, found.reason, found.details) == ("flag", "f1", REASON, {"severity": 3})
    assert found.at == ctx.now()
    assert "advokat" not in stored_bytes(ctx)


def test_the_program_is_named_where_nobody_acts(ctx: Context) -> None:
    """A job, a command, or somebody who is not signed in."""
    audit.record(ctx.acting_as(Actor(program="job:sweep")), "job.ran", details={"flags": 2})
    audit.record(ctx.acting_as(Actor(person_id=0)), "message.acknowledged", subject=("message", "m1"))

    assert [(row.person, row.role, row.program) for row in log(ctx)] == [("", "", "job:sweep"), ("", "", "")]


def _note_and_fail(db: Session, ctx: Context) -> None:
    audit.note(db, ctx, "case.read", case="P1")
    raise ConflictError


def test_an_entry_stands_exactly_if_the_rest_does(ctx: Context) -> None:
    """What failed left no entry, and takes no number."""
    with pytest.raises(ConflictError), ctx.database.writing() as db:
        _note_and_fail(db, ctx)
    audit.record(ctx, "case.read", case="P2")

    assert [(row.seq, row.case_id) for row in log(ctx)] == [(1, "P2")]


def test_entries_of_one_transaction_keep_their_order(ctx: Context) -> None:
    """Three notes, three numbers; the next transaction goes on from there."""
    with ctx.database.writing() as db:
        for case in ("A", "B", "C"):
            audit.note(db, ctx, "case.read", case=case)
    audit.record(ctx, "case.read", case="D")

    assert [(row.seq, row.case_id) for row in log(ctx)] == [(1, "A"), (2, "B"), (3, "C"), (4, "D")]
    assert audit_proof.verify(ctx).ok


@pytest.mark.parametrize("wrong", [("never.declared", {}), ("case.read", {"name": "Ana Anić"})])
def test_what_nobody_declared_is_refused(sqlite_ctx: Context, wrong: tuple[str, dict[str, str]]) -> None:
    """An unknown action, or a detail that could be somebody's name: the whole transaction fails."""
    action, details = wrong
    with pytest.raises(ValueError, match=r"declared|codes only"):
        audit.record(sqlite_ctx, action, details=dict(details))

    assert log(sqlite_ctx) == []


def test_every_action_has_words() -> None:
    """And its code is known once."""
    assert audit.actions()["case.read"]
    assert all(words and code == code.lower() for code, words in audit.actions().items())


def test_the_database_itself_refuses_changes(ctx: Context) -> None:
    """Neither a statement nor a mistake removes or alters an entry; emptying what may be forgotten is allowed."""
    audit.record(ctx, "case.read", case="P1")
    for statement in ("DELETE FROM audit_entry", "UPDATE audit_entry SET action = 'case.hidden'", "UPDATE audit_entry SET seq = 7"):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), ctx.database.writing() as db:
            db.connection().execute(sa.text(statement))
    with ctx.database.writing() as db:
        db.connection().execute(sa.text("UPDATE audit_entry SET subject = NULL"))

    assert len(log(ctx)) == 1


def test_many_writers_make_one_chain(ctx: Context) -> None:
    """Eight at once: no number twice, none left out, every seal right."""

    def write(name: str) -> None:
        for _ in range(5):
            audit.record(ctx, "case.read", case=name)

    writers = [threading.Thread(target=write, args=(f"P{number}",)) for number in range(8)]
    for each in writers:
        each.start()
    for each in writers:
        each.join()

    assert [row.seq for row in log(ctx)] == list(range(1, 41))
    assert audit_proof.verify(ctx) == audit_proof.Proof(40)


def test_somebody_is_forgotten_and_the_chain_still_adds_up(ctx: Context) -> None:
    """Text, salt and reason go; that something happened, when and by whom stays."""
    audit.record(ctx, "flag.closed", case="P1", subject=("victim", "V1"), reason=REASON)
    audit.record(ctx, "case.read", case="P1", subject=("victim", "V2"))
    with ctx.database.writing() as db:
        assert audit.forget(db, ctx, subject=("victim", "V1")) == 1
    with ctx.database.writing() as db:
        assert audit.forget(db, ctx, subject=("victim", "V1")) == 0
    first, second, third = log(ctx)

    assert (first.subject, first.subject_salt, first.reason_sealed, first.case_id) == (None, None, None, "P1")
    assert second.subject == "V2"
    assert (third.action, third.details) == ("audit.forgotten", {"texts": 1, "reasons": 1})
    assert audit_proof.verify(ctx).ok


def test_a_whole_case_is_forgotten(ctx: Context) -> None:
    """The case and everything in it; other cases stay."""
    audit.record(ctx, "flag.closed", case="P1", subject=("flag", "f1"), reason=REASON)
    audit.record(ctx, "case.read", case="P2")
    with ctx.database.writing() as db:
        assert audit.forget(db, ctx, case="P1") == 2

    assert "P1" not in stored_bytes(ctx)
    assert "f1" not in [row.subject for row in log(ctx)]
    assert [line.case for line in audit.of_case(ctx, "P2")] == ["P2"]
    assert audit_proof.verify(ctx).ok


def test_pages_of_a_case(ctx: Context) -> None:
    """Newest first, and on from a number."""
    for hours in range(5):
        audit.record(ctx.at(ctx.now() + timedelta(hours=hours)), "case.read", case="P1")
    audit.record(ctx, "case.read", case="P2")

    assert [line.seq for line in audit.of_case(ctx, "P1", limit=2)] == [5, 4]
    assert [line.seq for line in audit.of_case(ctx, "P1", before=4, limit=2)] == [3, 2]
