"""The tables of `musync.sqlite3`, as the newest revision has them.

Sides are named by service, the service's own account id and playlist id, never by a row of `account`: decisions and
history outlive the account. No table holds a secret.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from musync.store.columns import AnyText

# Constraints have names of their own, so that a later revision can speak of them.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

account = Table(
    "account",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", AnyText, nullable=False),
    Column("name_key", AnyText, nullable=False, unique=True),
    Column("service", AnyText, nullable=False),
    Column("ext_id", AnyText, nullable=False),
    Column("label", AnyText, nullable=False),
    Column("settings", Text, nullable=False),
    UniqueConstraint("service", "ext_id"),
)

playlist = Table(
    "playlist",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("service", AnyText, nullable=False),
    Column("account", AnyText, nullable=False),
    Column("ext_id", AnyText, nullable=False),
    Column("head", Text),
    Column("seen", Float),
    UniqueConstraint("service", "account", "ext_id"),
)

# One row per recording. Rows are never deleted: a number once given means the same recording for ever, under the number
# it was merged into.
track = Table(
    "track",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("merged_into", ForeignKey("track.id")),
    Index("ix_track_merged_into", "merged_into", sqlite_where=text("merged_into IS NOT NULL")),
)

alias = Table(
    "alias",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("service", AnyText, nullable=False),
    Column("scope", AnyText, nullable=False),
    Column("ext_id", AnyText, nullable=False),
    Column("canon", ForeignKey("track.id"), nullable=False, index=True),
    Column("origin", String(8)),
    Column("score", Float),
    Column("meta", Text, nullable=False),
    UniqueConstraint("service", "scope", "ext_id"),
)

pair = Table(
    "pair",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", ForeignKey("playlist.id"), nullable=False),
    Column("target", ForeignKey("playlist.id"), nullable=False),
    Column("mode", String(8), nullable=False),
    Column("name", AnyText),
    Column("name_key", AnyText, unique=True),
    Column("state", String(12), nullable=False),
    Column("options", Text, nullable=False),
    UniqueConstraint("source", "target", "mode"),
    sqlite_autoincrement=True,
)

base_item = Table(
    "base_item",
    metadata,
    Column("pair", ForeignKey("pair.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("canon", ForeignKey("track.id"), nullable=False, index=True),
    Column("source_entry", AnyText),
    Column("target_entry", AnyText),
    sqlite_with_rowid=False,
)

decision = Table(
    "decision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(12), nullable=False),
    Column("a", ForeignKey("alias.id"), nullable=False, index=True),
    Column("b", ForeignKey("alias.id"), index=True),
    Column("pair", ForeignKey("pair.id")),
    Column("at", Float, nullable=False),
    Column("words", Text, nullable=False),
    sqlite_autoincrement=True,
)

run = Table(
    "run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("pair", ForeignKey("pair.id", ondelete="SET NULL"), index=True),
    Column("mode", String(8), nullable=False),
    Column("source", ForeignKey("playlist.id"), nullable=False),
    Column("target", ForeignKey("playlist.id"), nullable=False),
    Column("labels", Text, nullable=False),
    Column("state", String(12), nullable=False),
    Column("begun", Float, nullable=False),
    Column("ended", Float),
    Column("added", Integer, nullable=False),
    Column("removed", Integer, nullable=False),
    Column("moved", Integer, nullable=False),
    Column("requests", Integer, nullable=False),
    Column("error", AnyText, nullable=False),
    sqlite_autoincrement=True,
)

# Rows of a run lie together in pieces: a tenth of the room, and still only the pieces that changed are written again.
# Those that were not found lie beside them once more, so that all that is missing is found among a million rows.
run_piece = Table(
    "run_piece",
    metadata,
    Column("run", ForeignKey("run.id", ondelete="CASCADE"), primary_key=True),
    Column("piece", Integer, primary_key=True),
    Column("missing", LargeBinary),
    Column("body", LargeBinary, nullable=False),
)

plan = Table(
    "plan",
    metadata,
    Column("run", ForeignKey("run.id", ondelete="CASCADE"), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

step = Table(
    "step",
    metadata,
    Column("run", ForeignKey("plan.run", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("state", String(8), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("error", AnyText, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

snapshot = Table(
    "snapshot",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("side", ForeignKey("playlist.id"), nullable=False),
    Column("run", ForeignKey("run.id", ondelete="CASCADE"), nullable=False),
    Column("at", Float, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("run", "side"),
    Index(None, "side", "at"),
)

recent_fp = Table(
    "recent_fp",
    metadata,
    Column("side", ForeignKey("playlist.id"), primary_key=True),
    Column("fingerprint", String(64), primary_key=True),
    Column("at", Float, nullable=False),
    sqlite_with_rowid=False,
)

lock = Table(
    "lock",
    metadata,
    Column("side", ForeignKey("playlist.id"), primary_key=True),
    Column("host", AnyText, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("started", Float, nullable=False),
    Column("beat", Float, nullable=False),
    Column("nonce", AnyText, nullable=False),
)

search = Table(
    "search",
    metadata,
    Column("service", AnyText, primary_key=True),
    Column("account", AnyText, primary_key=True),
    Column("key", AnyText, primary_key=True),
    Column("at", Float, nullable=False),
    Column("expires", Float, nullable=False, index=True),
    Column("body", LargeBinary, nullable=False),
)

stamp = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""Which revision a file has; not among the others, because Alembic makes it itself."""
