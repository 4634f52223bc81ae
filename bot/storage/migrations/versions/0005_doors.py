"""Who may come in and who may not, what an operator did about it, and which messages may be taken back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger()  # microseconds since 1970, UTC


def upgrade() -> None:
    op.create_table(
        "delivered",
        sa.Column("person_id", ID, autoincrement=False, nullable=False),
        sa.Column("message", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="delivered_person_id_fkey", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "message", name="delivered_pkey"),
    )
    op.create_index("delivered_at", "delivered", ["at"])
    op.create_table(
        "invite",
        sa.Column("code", sa.LargeBinary(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("code", name="invite_pkey"),
    )
    op.create_table(
        "blocked",
        sa.Column("lookup", sa.LargeBinary(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("lookup", name="blocked_pkey"),
    )
    op.create_table(
        "audit",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="audit_pkey"),
    )


def downgrade() -> None:
    """Whoever was blocked can talk again: nothing is left that says otherwise."""
    op.drop_table("audit")
    op.drop_table("blocked")
    op.drop_table("invite")
    op.drop_index("delivered_at", "delivered")
    op.drop_table("delivered")
