"""Second factors of sign-ins, and how often something was tried."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

COLUMNS = ("second_factor_at", "totp_sealed", "totp_pending_sealed", "totp_counter", "recovery_sealed", "is_demo")


def upgrade() -> None:
    op.create_table(
        "throttle",
        sa.Column("bucket", sa.LargeBinary(), nullable=False),
        sa.Column("window", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("bucket", "window", name=op.f("pk_throttle")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("second_factor_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("totp_sealed", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("totp_pending_sealed", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("totp_counter", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("recovery_sealed", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("is_demo", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.alter_column("is_demo", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("account", schema=None) as batch_op:
        for name in reversed(COLUMNS):
            batch_op.drop_column(name)
    op.drop_table("throttle")
