"""Several processes: whose a lease is, the pace that all share, and who does what only one may do."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("lease_owner", sa.BigInteger(), nullable=True))
    op.create_table(
        "pace",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("on_time", sa.BigInteger(), nullable=False),
        sa.Column("halted_until", sa.BigInteger(), nullable=False),
        sa.Column("halted_for", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pace_pkey"),
    )
    op.create_table(
        "elected",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="elected_pkey"),
    )


def downgrade() -> None:
    """Nothing is lost: who has a parcel in hand is known again with the next lease."""
    op.drop_table("elected")
    op.drop_table("pace")
    op.drop_column("outbox", "lease_owner")
