"""What entries said before, and what each observer wrote of a hearing."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=64), nullable=False),
        sa.Column("proceeding_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("entry", sa.String(length=500), nullable=False),
        sa.Column("before_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_revision_person_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["proceeding_id"], ["proceeding.id"], name=op.f("fk_revision_proceeding_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("ref", name=op.f("uq_revision_ref")),
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index("ix_revision_of_entry", ["proceeding_id", "kind", "entry", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_revision_person_id"), ["person_id"], unique=False)
    op.create_table(
        "debrief",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "content",
            sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_debrief_hearing_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_debrief_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debrief")),
        sa.UniqueConstraint("hearing_id", "person_id", name=op.f("uq_debrief_hearing_id_person_id")),
    )
    with op.batch_alter_table("debrief", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_debrief_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("debrief")
    op.drop_table("revision")
