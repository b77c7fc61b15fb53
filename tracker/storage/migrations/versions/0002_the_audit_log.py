"""The audit log, and who answers for whose cases."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

COVERED = (
    "seq, at, person, role, program, action, case_commitment, subject_kind, subject_commitment,\n      reason_mark, details, previous, seal"
)
APPEND_ONLY_SQLITE = (
    """
    CREATE TRIGGER audit_entry_kept BEFORE DELETE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
    """,
    f"""
    CREATE TRIGGER audit_entry_unchanged
    BEFORE UPDATE OF {COVERED} ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
    """,
)
APPEND_ONLY_POSTGRESQL = (
    """
    CREATE FUNCTION audit_entry_refused() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$
    """,
    "CREATE TRIGGER audit_entry_kept BEFORE DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_entry_refused()",
    f"""
    CREATE TRIGGER audit_entry_unchanged
    BEFORE UPDATE OF {COVERED} ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_refused()
    """,
)


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("program", sa.String(64), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("case_id", sa.String(64), nullable=True),
        sa.Column("case_salt", sa.LargeBinary(), nullable=True),
        sa.Column("case_commitment", sa.LargeBinary(), nullable=True),
        sa.Column("subject_kind", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(129), nullable=True),
        sa.Column("subject_salt", sa.LargeBinary(), nullable=True),
        sa.Column("subject_commitment", sa.LargeBinary(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reason_mark", sa.LargeBinary(), nullable=True),
        sa.Column("details", sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql"), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_entry")),
    )
    op.create_index(op.f("ix_audit_entry_person"), "audit_entry", ["person"], unique=False)
    op.create_index("ix_audit_entry_of_case", "audit_entry", ["case_id", "seq"], unique=False)
    op.create_index("ix_audit_entry_of_subject", "audit_entry", ["subject_kind", "subject"], unique=False)
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "audit_anchor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_anchor")),
        sa.UniqueConstraint("seq", name=op.f("uq_audit_anchor_seq")),
    )
    for statement in APPEND_ONLY_SQLITE if op.get_bind().dialect.name == "sqlite" else APPEND_ONLY_POSTGRESQL:
        op.execute(statement)
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("supervisor_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_person_supervisor_id"), "person", ["supervisor_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_person_supervisor_id"), ["supervisor_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_supervisor_id"))
        batch_op.drop_constraint(batch_op.f("fk_person_supervisor_id"), type_="foreignkey")
        batch_op.drop_column("supervisor_id")
    op.drop_table("audit_anchor")
    op.drop_table("audit_head")
    op.drop_table("audit_entry")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_entry_refused()")
