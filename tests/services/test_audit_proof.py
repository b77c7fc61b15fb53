"""Every way to tamper with the audit log is found, with the first entry that is bad."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tracker.domain.errors import InvalidInputError
from tracker.privacy.keys import KeyRing
from tracker.services import audit, audit_proof
from tracker.services.audit_proof import Head, Proof
from tracker.services.context import Context

COPY = (
    "INSERT INTO audit_entry SELECT {seq}, at, person, role, program, action, case_id, case_salt, case_commitment, subject_kind, subject, "
)
COPY += "subject_salt, subject_commitment, reason_sealed, reason_mark, details, previous, seal FROM audit_entry WHERE seq = 5"
TAMPERING = [
    ("altered action", ["UPDATE audit_entry SET action = 'case.listed' WHERE seq = 3"], 3),
    ("altered time", ["UPDATE audit_entry SET at = (SELECT at FROM audit_entry WHERE seq = 5) WHERE seq = 2"], 2),
    ("altered person", ["UPDATE audit_entry SET person = 'N9' WHERE seq = 4"], 4),
    ("altered role", ["UPDATE audit_entry SET role = 'ADMIN' WHERE seq = 1"], 1),
    ("altered program", ["UPDATE audit_entry SET program = 'job:x' WHERE seq = 1"], 1),
    ("altered details", ["UPDATE audit_entry SET details = '{\"count\": 9}' WHERE seq = 2"], 2),
    ("altered case", ["UPDATE audit_entry SET case_id = 'P9' WHERE seq = 2"], 2),
    ("altered subject", ["UPDATE audit_entry SET subject = 'V9' WHERE seq = 2"], 2),
    ("altered kind of subject", ["UPDATE audit_entry SET subject_kind = 'flag' WHERE seq = 2"], 2),
    ("altered reason", ["UPDATE audit_entry SET reason_sealed = (SELECT reason_sealed FROM audit_entry WHERE seq = 4) WHERE seq = 2"], 2),
    ("broken reason", ["UPDATE audit_entry SET reason_sealed = previous WHERE seq = 2"], 2),
    ("emptied subject", ["UPDATE audit_entry SET subject = NULL, subject_salt = NULL WHERE seq = 3"], 3),
    ("emptied reason", ["UPDATE audit_entry SET reason_sealed = NULL WHERE seq = 4"], 4),
    ("lost salt", ["UPDATE audit_entry SET subject_salt = NULL WHERE seq = 3"], 3),
    ("added reason", ["UPDATE audit_entry SET case_commitment = NULL WHERE seq = 3"], 3),
    ("altered seal", ["UPDATE audit_entry SET seal = previous WHERE seq = 4"], 4),
    ("altered link", ["UPDATE audit_entry SET previous = seal WHERE seq = 4"], 4),
    ("removed first", ["DELETE FROM audit_entry WHERE seq = 1"], 1),
    ("removed in the middle", ["DELETE FROM audit_entry WHERE seq = 3"], 3),
    ("removed, gap closed", ["DELETE FROM audit_entry WHERE seq = 3", "UPDATE audit_entry SET seq = seq - 1 WHERE seq > 3"], 3),
    ("removed at the end", ["DELETE FROM audit_entry WHERE seq = 6"], 6),
    ("removed at the end, head set back", [
        "DELETE FROM audit_entry WHERE seq = 6",
        "UPDATE audit_head SET seq = 5, seal = (SELECT seal FROM audit_entry WHERE seq = 5)",
        ], 6),
    ("exchanged", [
        "UPDATE audit_entry SET seq = 99 WHERE seq = 2", "UPDATE audit_entry SET seq = 2 WHERE seq = 3",
        "UPDATE audit_entry SET seq = 3 WHERE seq = 99",
        ], 2),
    ("added at the end", [COPY.format(seq=7)], 7),
    ("added at the end, head moved", [COPY.format(seq=7), "UPDATE audit_head SET seq = 7"], 7),
    ("altered head", ["UPDATE audit_head SET seq = 5"], 7),
    ("everything removed", ["DELETE FROM audit_entry"], 1),
    ("everything removed, head too", ["DELETE FROM audit_entry", "DELETE FROM audit_head"], 1),
    ("altered anchor", ["UPDATE audit_anchor SET seal = (SELECT seal FROM audit_entry WHERE seq = 1)"], 6),
]  # fmt: skip
DROP = {
    True: ["DROP TRIGGER audit_entry_kept", "DROP TRIGGER audit_entry_unchanged"],
    False: ["SET LOCAL session_replication_role = replica"],
}
"""Who owns the database can switch its refusals off."""


def fill(ctx: Context) -> None:
    """Write six entries and note the head."""
    for number in range(1, 7):
        later = ctx.at(ctx.now() + timedelta(hours=number))
        audit.record(
            later, "flag.closed", case=f"P{number}", subject=("victim", f"V{number}"), details={"count": number}, reason=f"r {number}"
        )
    audit_proof.anchor(ctx)


def tamper(ctx: Context, statements: list[str]) -> None:
    """Do what the owner of the database could."""
    with ctx.database.engine.begin() as connection:
        for statement in DROP[ctx.database.is_sqlite]:
            connection.execute(sa.text(statement))
        for statement in statements:
            connection.execute(sa.text(statement.replace(":", r"\:")))


def test_an_untouched_log_is_whole(ctx: Context) -> None:
    """Empty or not, anchored or not."""
    assert audit_proof.verify(ctx) == Proof(0)
    fill(ctx)

    assert audit_proof.verify(ctx) == Proof(6)
    assert audit_proof.verify(ctx).ok


@pytest.mark.parametrize(("statements", "first_bad"), [each[1:] for each in TAMPERING], ids=[each[0] for each in TAMPERING])
def test_tampering_is_found_on_sqlite(sqlite_ctx: Context, statements: list[str], first_bad: int) -> None:
    """Each kind, with the number of the first entry that is bad."""
    _found(sqlite_ctx, statements, first_bad)


def test_tampering_is_found_on_postgresql(ctx: Context) -> None:
    """A few of them there: the walk is the same."""
    for name in ("altered details", "emptied subject", "exchanged", "removed at the end, head set back"):
        statements, first_bad = next(each[1:] for each in TAMPERING if each[0] == name)
        with ctx.database.engine.begin() as connection:
            for table in ("audit_entry", "audit_head", "audit_anchor"):
                for statement in DROP[ctx.database.is_sqlite]:
                    connection.execute(sa.text(statement.replace("DROP TRIGGER", "DROP TRIGGER IF EXISTS")))
                connection.execute(sa.text(f"DELETE FROM {table}"))  # noqa: S608 - our own names
        fill(ctx)
        with ctx.database.engine.begin() as connection:
            for statement in ["SELECT 1"] if ctx.database.is_sqlite else DROP[False]:
                connection.execute(sa.text(statement))
            for statement in statements:
                connection.execute(sa.text(statement.replace(":", r"\:")))

        assert audit_proof.verify(ctx).first_bad == first_bad, name


def _found(ctx: Context, statements: list[str], first_bad: int) -> None:
    fill(ctx)
    tamper(ctx, statements)
    proof = audit_proof.verify(ctx)

    assert proof.first_bad == first_bad, proof.why
    assert proof.why


def test_a_chain_made_anew_without_the_keys_does_not_add_up(sqlite_ctx: Context) -> None:
    """The seals are keyed: another key makes other seals."""
    forger = replace(sqlite_ctx, keys=KeyRing(current=1, ring={1: bytes(32)}, index=bytes(32)))
    fill(forger)

    assert audit_proof.verify(sqlite_ctx).first_bad == 1


def test_a_chain_made_anew_with_the_keys_is_told_by_a_printed_head(ctx: Context) -> None:
    """Who holds server and keys can make a perfect new log, but not what was printed and kept elsewhere."""
    fill(ctx)
    printed = audit_proof.head(ctx)
    with ctx.database.engine.begin() as connection:
        for statement in DROP[ctx.database.is_sqlite]:
            connection.execute(sa.text(statement))
        for table in ("audit_entry", "audit_head", "audit_anchor"):
            connection.execute(sa.text(f"DELETE FROM {table}"))  # noqa: S608 - our own names
    fill(ctx)

    assert audit_proof.verify(ctx).ok
    assert audit_proof.verify(ctx, printed).first_bad == 6


def test_a_log_set_back_is_told_by_a_printed_head(sqlite_ctx: Context) -> None:
    """An older copy of the database adds up by itself; it lacks what the printed head names."""
    fill(sqlite_ctx)

    assert audit_proof.verify(sqlite_ctx, Head(9, bytes(32))).first_bad == 7
    assert audit_proof.verify(sqlite_ctx, Head(0, bytes(32))).ok


def test_the_head_is_noted_once_for_what_is_new(ctx: Context) -> None:
    """Running the job twice notes nothing twice."""
    assert audit_proof.anchor(ctx) is None
    audit.record(ctx, "case.read", case="P1")
    noted = audit_proof.anchor(ctx)

    assert noted == audit_proof.head(ctx)
    assert audit_proof.anchor(ctx) is None


def test_a_printed_head_is_read_back() -> None:
    """And what is none is refused."""
    head = Head(12, bytes(range(32)))

    assert Head.parse(f" {head}\n") == head
    for wrong in ("", "12", "12:", "x:" + "0" * 64, "-1:" + "0" * 64, "1:" + "g" * 64, "1:" + "0" * 63, "١:" + "0" * 64):
        with pytest.raises(InvalidInputError, match="64 hexadecimal"):
            Head.parse(wrong)


def test_the_proof_changes_nothing(sqlite_ctx: Context) -> None:
    """Looking is no entry."""
    fill(sqlite_ctx)
    before = audit_proof.head(sqlite_ctx)
    audit_proof.verify(sqlite_ctx)

    assert audit_proof.head(sqlite_ctx) == before
