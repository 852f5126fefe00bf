"""The words of the tracks, to search by: SQLite's full-text index, or a plain table where SQLite has none built in.

Words are compared without case and accents; each Chinese or Japanese character is a word of its own, because those
scripts do not set words apart.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_ALONE = re.compile(r"([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])")
_MOST = 32


def split(text: str) -> list[str]:
    """The words of a text as they are compared."""
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text)
        bare = "".join(char for char in parts if not unicodedata.combining(char))
        text = _ALONE.sub(r" \1 ", unicodedata.normalize("NFKC", bare))
    return _WORD.findall(text.casefold())


def create_table(connection: sqlite3.Connection, *, indexed: bool = True) -> None:
    """Make the table `words`; with `indexed` a full-text index where SQLite can."""
    if indexed:
        try:
            connection.execute("CREATE VIRTUAL TABLE words USING fts5(text, tokenize='unicode61 remove_diacritics 0')")
        except sqlite3.OperationalError:  # built without it
            create_table(connection, indexed=False)
    else:
        connection.execute("CREATE TABLE words (text TEXT NOT NULL)")


def store(connection: sqlite3.Connection, row: int, text: str) -> None:
    """Remember the words of the file with this row id, in place of those before."""
    connection.execute("INSERT OR REPLACE INTO words (rowid, text) VALUES (?, ?)", (row, " ".join(split(text))))


def forget(connection: sqlite3.Connection, row: int) -> None:
    """Forget the words of this row id."""
    connection.execute("DELETE FROM words WHERE rowid = ?", (row,))


def find(connection: sqlite3.Connection, text: str, limit: int, *, every: bool = False) -> list[int]:
    """Row ids of the files that have all the words or beginnings of words, best first.

    Where no file has them all: of those that have some, unless `every` says that this is no answer.
    """
    wanted = list(dict.fromkeys(split(text)))[:_MOST]
    if not wanted or limit <= 0:
        return []
    if not _is_indexed(connection):
        return _find_plainly(connection, wanted, limit, len(wanted) if every else 1)
    # split gives letters and digits alone, so that nothing can leave the quotes.
    found = _match(connection, " ".join(f'"{word}"*' for word in wanted), limit)
    if found or every:
        return found
    return _match(connection, " OR ".join(f'"{word}"' for word in wanted), limit)


def _match(connection: sqlite3.Connection, query: str, limit: int) -> list[int]:
    rows = connection.execute("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?", (query, limit))
    return [row for (row,) in rows]


def _find_plainly(connection: sqlite3.Connection, wanted: list[str], limit: int, least: int) -> list[int]:
    hits = " + ".join("(' ' || text LIKE ?)" for _ in wanted)
    rows = connection.execute(
        f"SELECT rowid, {hits} AS hits FROM words WHERE hits >= ? ORDER BY hits DESC LIMIT ?",  # noqa: S608 - no word in it
        (*(f"% {word}%" for word in wanted), least, limit),
    ).fetchall()
    return [row for row, hits in rows if hits == rows[0][1] or rows[0][1] < len(wanted)]


def _is_indexed(connection: sqlite3.Connection) -> bool:
    (made_by,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'words'").fetchone()
    return "fts5" in made_by
