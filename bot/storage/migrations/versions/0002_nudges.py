"""First messages that wait: by person, kind and slot, found by the time they are due."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger()  # microseconds since 1970, UTC


def upgrade() -> None:
    op.create_table(
        "nudge",
        sa.Column("person_id", ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "kind", "slot", name="nudge_pkey"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="nudge_person_id_fkey", ondelete="CASCADE"
        ),
    )
    _index("due_at", "due_at IS NOT NULL")
    _index("until", "due_at IS NULL")


def downgrade() -> None:
    """What was planned is lost; after another upgrade a person's plan is written when it next changes."""
    op.drop_table("nudge")


def _index(column: str, rows: str) -> None:
    where = sa.text(rows)
    op.create_index(f"nudge_{column}", "nudge", [column], sqlite_where=where, postgresql_where=where)
