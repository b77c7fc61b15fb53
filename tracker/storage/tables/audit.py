"""The audit log: who did or saw what, in a chain that shows every change."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.schemas.columns import CODE_LENGTH, JSON, SHORT

SUBJECT = 2 * SHORT + 1


class AuditEntry(SQLModel, table=True):
    """One thing that somebody did, saw, or was refused.

    ``seal`` covers ``previous`` and every field but those that may be forgotten: of the case and the subject it covers
    salted commitments, of the reason a mark. Erasing somebody empties text and salt; nothing else can be changed.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        sa.Index("ix_audit_entry_of_case", "case_id", "seq"),
        sa.Index("ix_audit_entry_of_subject", "subject_kind", "subject"),
    )

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime
    person: str = Field(default="", max_length=SHORT, index=True)
    role: str = Field(default="", max_length=CODE_LENGTH)
    program: str = Field(default="", max_length=SHORT)
    action: str = Field(max_length=CODE_LENGTH)
    case_id: str | None = Field(default=None, max_length=SHORT)
    case_salt: bytes | None = Field(default=None, sa_type=sa.LargeBinary, repr=False)
    case_commitment: bytes | None = Field(default=None, sa_type=sa.LargeBinary, repr=False)
    subject_kind: str = Field(default="", max_length=CODE_LENGTH)
    subject: str | None = Field(default=None, max_length=SUBJECT)
    subject_salt: bytes | None = Field(default=None, sa_type=sa.LargeBinary, repr=False)
    subject_commitment: bytes | None = Field(default=None, sa_type=sa.LargeBinary, repr=False)
    reason_sealed: bytes | None = Field(default=None, sa_type=sa.LargeBinary, repr=False)
    reason_mark: bytes | None = Field(default=None, sa_type=sa.LargeBinary, repr=False)
    details: dict[str, Any] = Field(sa_type=JSON)
    previous: bytes = Field(sa_type=sa.LargeBinary, repr=False)
    seal: bytes = Field(sa_type=sa.LargeBinary, repr=False)


class AuditHead(SQLModel, table=True):
    """The newest entry's number and seal, in one row that every writer locks last."""

    __tablename__ = "audit_head"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    seq: int
    seal: bytes = Field(sa_type=sa.LargeBinary, repr=False)


class AuditAnchor(SQLModel, table=True):
    """A head as it was noted on one day, to be printed and kept elsewhere."""

    __tablename__ = "audit_anchor"

    id: int | None = Field(default=None, primary_key=True)
    noted_at: datetime
    seq: int = Field(unique=True)
    seal: bytes = Field(sa_type=sa.LargeBinary, repr=False)


APPEND_ONLY_SQLITE = (
    """
    CREATE TRIGGER audit_entry_kept BEFORE DELETE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
    """,
    """
    CREATE TRIGGER audit_entry_unchanged
    BEFORE UPDATE OF seq, at, person, role, program, action, case_commitment, subject_kind, subject_commitment,
      reason_mark, details, previous, seal ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
    """,
)
APPEND_ONLY_POSTGRESQL = (
    """
    CREATE FUNCTION audit_entry_refused() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$
    """,
    "CREATE TRIGGER audit_entry_kept BEFORE DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_entry_refused()",
    """
    CREATE TRIGGER audit_entry_unchanged
    BEFORE UPDATE OF seq, at, person, role, program, action, case_commitment, subject_kind, subject_commitment,
      reason_mark, details, previous, seal ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_refused()
    """,
)
"""The database itself refuses; who owns it can take the triggers away, and then the chain tells."""

for _dialect, _statements in (("sqlite", APPEND_ONLY_SQLITE), ("postgresql", APPEND_ONLY_POSTGRESQL)):
    for _statement in _statements:
        _refusal = sa.DDL(_statement)  # type: ignore[no-untyped-call]  # SQLAlchemy's own
        sa.event.listen(SQLModel.metadata.tables["audit_entry"], "after_create", _refusal.execute_if(dialect=_dialect))
