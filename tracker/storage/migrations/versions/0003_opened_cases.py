"""Cases opened without being assigned, and the kind of message that tells of it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BEFORE = ("hearing-ahead", "hearing-moved", "hearing-cancelled", "flag-raised", "digest", "assigned", "escalation", "source-stale")


def _kinds(kinds: Sequence[str]) -> None:
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_message_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_message_kind"), f"kind IN ({', '.join(repr(kind) for kind in kinds)})")


def upgrade() -> None:
    op.create_table(
        "opened_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("proceeding_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_opened_case_person_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["proceeding_id"], ["proceeding.id"], name=op.f("fk_opened_case_proceeding_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opened_case")),
        sa.UniqueConstraint("ref", name=op.f("uq_opened_case_ref")),
    )
    op.create_index("ix_opened_case_of_person", "opened_case", ["person_id", "expires_at"], unique=False)
    op.create_index(op.f("ix_opened_case_proceeding_id"), "opened_case", ["proceeding_id"], unique=False)
    _kinds((*BEFORE, "access-opened"))


def downgrade() -> None:
    op.execute("DELETE FROM message WHERE kind = 'access-opened'")
    _kinds(BEFORE)
    op.drop_table("opened_case")
