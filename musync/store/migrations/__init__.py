"""Alembic's scripts: one file per revision of the schema, loaded by path and never imported by musync itself.

A new revision is three things: the change in `tables.py`, a file in `versions/` that knows nothing of `tables.py`, and
its name at the end of `history.HISTORY`. Tests compare both ways to the same schema, and open every revision there was.
"""
