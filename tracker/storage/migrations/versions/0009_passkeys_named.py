"""Passkeys have names, sealed, and their challenges are answered once.

No program before this one could store a passkey: the table is empty.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("DELETE FROM passkey")
    with op.batch_alter_table("passkey", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ref", sa.String(length=64), nullable=False))
        batch_op.add_column(sa.Column("name_sealed", sa.LargeBinary(), nullable=False))
        batch_op.create_unique_constraint(batch_op.f("uq_passkey_ref"), ["ref"])
    op.create_table(
        "spent_challenge",
        sa.Column("challenge_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("challenge_hash", name=op.f("pk_spent_challenge")),
    )


def downgrade() -> None:
    op.drop_table("spent_challenge")
    op.execute("DELETE FROM passkey")
    with op.batch_alter_table("passkey", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_passkey_ref"), type_="unique")
        batch_op.drop_column("name_sealed")
        batch_op.drop_column("ref")
