"""Who was erased: the number of a row and what may be left of it, so that no backup brings anybody back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger()  # microseconds since 1970, UTC


def upgrade() -> None:
    op.create_table(
        "erased",
        sa.Column("person_id", ID, autoincrement=False, nullable=False),
        sa.Column("remains", sa.LargeBinary(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="erased_pkey"),
    )


def downgrade() -> None:
    """The list beside the key file stays, and is read back after another upgrade."""
    op.drop_table("erased")
