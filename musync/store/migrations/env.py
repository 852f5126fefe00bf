"""What Alembic runs to bring a database up to date, on the connection and in the transaction it is handed."""

from __future__ import annotations

from alembic import context

from musync.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by building it anew
    transactional_ddl=True,  # our connections begin by themselves, so it holds here
)
with context.begin_transaction():
    context.run_migrations()
