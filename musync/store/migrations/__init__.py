"""Alembic's scripts: one file per revision of the schema, loaded by path and never imported by musync itself."""
