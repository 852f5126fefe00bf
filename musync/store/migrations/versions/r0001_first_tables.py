"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "account",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_key", sa.Text, nullable=False),
        sa.Column("service", sa.Text, nullable=False),
        sa.Column("ext_id", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("service", "ext_id", name="uq_account_service_ext_id"),
        sa.UniqueConstraint("name_key", name="uq_account_name_key"),
    )
    op.create_table(
        "miss",
        sa.Column("service", sa.Text, nullable=False),
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("expires", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("service", "scope", "key", name="pk_miss"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_miss_expires", "miss", ["expires"])
    op.create_table(
        "playlist",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("service", sa.Text, nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("ext_id", sa.Text, nullable=False),
        sa.Column("head", sa.Text),
        sa.Column("seen", sa.Float),
        sa.PrimaryKeyConstraint("id", name="pk_playlist"),
        sa.UniqueConstraint("service", "account", "ext_id", name="uq_playlist_service_account_ext_id"),
    )
    op.create_table(
        "track",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("merged_into", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_track"),
        sa.ForeignKeyConstraint(["merged_into"], ["track.id"], name="fk_track_merged_into"),
    )
    op.create_index("ix_track_merged_into", "track", ["merged_into"], sqlite_where=sa.text("merged_into IS NOT NULL"))
    op.create_table(
        "alias",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("service", sa.Text, nullable=False),
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("ext_id", sa.Text, nullable=False),
        sa.Column("canon", sa.Integer, nullable=False),
        sa.Column("origin", sa.String(8)),
        sa.Column("score", sa.Float),
        sa.Column("meta", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alias"),
        sa.UniqueConstraint("service", "scope", "ext_id", name="uq_alias_service_scope_ext_id"),
        sa.ForeignKeyConstraint(["canon"], ["track.id"], name="fk_alias_canon"),
    )
    op.create_index("ix_alias_canon", "alias", ["canon"])
    op.create_table(
        "lock",
        sa.Column("side", sa.Integer, nullable=False),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("pid", sa.Integer, nullable=False),
        sa.Column("started", sa.Float, nullable=False),
        sa.Column("beat", sa.Float, nullable=False),
        sa.Column("nonce", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("side", name="pk_lock"),
        sa.ForeignKeyConstraint(["side"], ["playlist.id"], name="fk_lock_side"),
    )
    op.create_table(
        "pair",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("source", sa.Integer, nullable=False),
        sa.Column("target", sa.Integer, nullable=False),
        sa.Column("mode", sa.String(8), nullable=False),
        sa.Column("name", sa.Text),
        sa.Column("name_key", sa.Text),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("options", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pair"),
        sa.UniqueConstraint("source", "target", "mode", name="uq_pair_source_target_mode"),
        sa.ForeignKeyConstraint(["source"], ["playlist.id"], name="fk_pair_source"),
        sa.ForeignKeyConstraint(["target"], ["playlist.id"], name="fk_pair_target"),
        sa.UniqueConstraint("name_key", name="uq_pair_name_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "recent_fp",
        sa.Column("side", sa.Integer, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("side", "fingerprint", name="pk_recent_fp"),
        sa.ForeignKeyConstraint(["side"], ["playlist.id"], name="fk_recent_fp_side"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "base_item",
        sa.Column("pair", sa.Integer, nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("canon", sa.Integer, nullable=False),
        sa.Column("source_entry", sa.Text),
        sa.Column("target_entry", sa.Text),
        sa.PrimaryKeyConstraint("pair", "ordinal", name="pk_base_item"),
        sa.ForeignKeyConstraint(["pair"], ["pair.id"], name="fk_base_item_pair", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["canon"], ["track.id"], name="fk_base_item_canon"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_base_item_canon", "base_item", ["canon"])
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("a", sa.Integer, nullable=False),
        sa.Column("b", sa.Integer),
        sa.Column("pair", sa.Integer),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
        sa.ForeignKeyConstraint(["a"], ["alias.id"], name="fk_decision_a"),
        sa.ForeignKeyConstraint(["b"], ["alias.id"], name="fk_decision_b"),
        sa.ForeignKeyConstraint(["pair"], ["pair.id"], name="fk_decision_pair"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_decision_a", "decision", ["a"])
    op.create_index("ix_decision_b", "decision", ["b"])
    op.create_table(
        "run",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("pair", sa.Integer),
        sa.Column("mode", sa.String(8), nullable=False),
        sa.Column("source", sa.Integer, nullable=False),
        sa.Column("target", sa.Integer, nullable=False),
        sa.Column("labels", sa.Text, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("begun", sa.Float, nullable=False),
        sa.Column("ended", sa.Float),
        sa.Column("added", sa.Integer, nullable=False),
        sa.Column("removed", sa.Integer, nullable=False),
        sa.Column("moved", sa.Integer, nullable=False),
        sa.Column("requests", sa.Integer, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
        sa.ForeignKeyConstraint(["pair"], ["pair.id"], name="fk_run_pair", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["source"], ["playlist.id"], name="fk_run_source"),
        sa.ForeignKeyConstraint(["target"], ["playlist.id"], name="fk_run_target"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_run_pair", "run", ["pair"])
    op.create_table(
        "plan",
        sa.Column("run", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("run", name="pk_plan"),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name="fk_plan_run", ondelete="CASCADE"),
    )
    op.create_table(
        "run_piece",
        sa.Column("run", sa.Integer, nullable=False),
        sa.Column("piece", sa.Integer, nullable=False),
        sa.Column("missing", sa.LargeBinary),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("run", "piece", name="pk_run_piece"),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name="fk_run_piece_run", ondelete="CASCADE"),
    )
    op.create_table(
        "snapshot",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("side", sa.Integer, nullable=False),
        sa.Column("run", sa.Integer, nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_snapshot"),
        sa.UniqueConstraint("run", "side", name="uq_snapshot_run_side"),
        sa.ForeignKeyConstraint(["side"], ["playlist.id"], name="fk_snapshot_side"),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name="fk_snapshot_run", ondelete="CASCADE"),
    )
    op.create_index("ix_snapshot_side_at", "snapshot", ["side", "at"])
    op.create_table(
        "step",
        sa.Column("run", sa.Integer, nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("run", "ordinal", name="pk_step"),
        sa.ForeignKeyConstraint(["run"], ["plan.run"], name="fk_step_run", ondelete="CASCADE"),
    )
