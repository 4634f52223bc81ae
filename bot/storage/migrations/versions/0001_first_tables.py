"""The first tables: people, what they said, what is to be sent, and what was seen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger()  # microseconds since 1970, UTC


def upgrade() -> None:
    create_people()
    create_what_they_said()
    create_what_is_to_be_sent()
    create_what_was_seen()


def downgrade() -> None:
    """Everything is lost: before the first tables there were none."""
    for table in ("bot_state", "seen_update", "dead_letter", "outbox", "record", "conversation", "person"):
        op.drop_table(table)


def create_people() -> None:
    op.create_table(
        "person",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("lookup", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("unreachable_since", MOMENT, nullable=True),
        sa.Column("unreachable_reason", sa.Text(), nullable=True),
        sa.Column("shown_message", sa.BigInteger(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("heard_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="person_pkey"),
        sa.UniqueConstraint("lookup", name="person_lookup_key"),
    )


def create_what_they_said() -> None:
    op.create_table(
        "conversation",
        sa.Column("person_id", ID, autoincrement=False, nullable=False),
        sa.Column("flow", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("flow_version", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "flow", name="conversation_pkey"),
        _owner("conversation"),
    )
    op.create_table(
        "record",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("rule_version", sa.Text(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="record_pkey"),
        _owner("record"),
    )
    op.create_index("record_person_id_kind_at", "record", ["person_id", "kind", "at"])
    op.create_index("record_kind_at", "record", ["kind", "at"])


def create_what_is_to_be_sent() -> None:
    op.create_table(
        "outbox",
        sa.Column("person_id", ID, autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("urgency", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("lease_until", MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "seq", name="outbox_pkey"),
        _owner("outbox"),
    )
    op.create_index("outbox_urgency_due_at", "outbox", ["urgency", "due_at"])


def create_what_was_seen() -> None:
    op.create_table(
        "seen_update",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="seen_update_pkey"),
    )
    op.create_index("seen_update_at", "seen_update", ["at"])
    op.create_table(
        "dead_letter",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("person_id", ID, autoincrement=False, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="dead_letter_pkey"),
        _owner("dead_letter"),
    )
    op.create_index("dead_letter_at", "dead_letter", ["at"])
    op.create_index("dead_letter_person_id", "dead_letter", ["person_id"])
    op.create_table(
        "bot_state",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="bot_state_pkey"),
    )


def _owner(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["person_id"], ["person.id"], name=f"{table}_person_id_fkey", ondelete="CASCADE"
    )
