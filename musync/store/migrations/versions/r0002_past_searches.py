"""Searches are kept with what they found, in place of the mere misses, which nothing had written yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Put the one table in place of the other."""
    op.drop_table("miss")
    op.create_table(
        "search",
        sa.Column("service", sa.Text, nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("expires", sa.Float, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("service", "account", "key", name="pk_search"),
    )
    op.create_index("ix_search_expires", "search", ["expires"])
