"""The tables of a workspace and the version of their shape."""

from __future__ import annotations

import sqlite3

from kg.errors import WorkspaceError

# Raised with every change of the tables; a step that leads from the version before belongs into `_STEPS`.
FORMAT = 2

_TABLES = """
CREATE TABLE note (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE document (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    published TEXT,
    raw_sha256 TEXT NOT NULL,
    cleaner TEXT NOT NULL,
    record BLOB NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX document_source ON document (source);
-- The same text under another name: one document, several sources.
CREATE TABLE copy (
    document TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    published TEXT,
    PRIMARY KEY (document, source)
) WITHOUT ROWID;
CREATE TABLE extraction (
    document TEXT PRIMARY KEY REFERENCES document (id) ON DELETE CASCADE,
    extractor TEXT NOT NULL,
    events INTEGER NOT NULL,
    relations INTEGER NOT NULL,
    record BLOB NOT NULL,
    in_graph INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX extraction_pending ON extraction (in_graph) WHERE in_graph = 0;
"""
# The file a document was read from: what is read from there later replaces it.
_ORIGINS = """
ALTER TABLE document ADD COLUMN origin TEXT;
ALTER TABLE copy ADD COLUMN origin TEXT;
CREATE INDEX document_origin ON document (origin);
CREATE INDEX copy_origin ON copy (origin);
"""
_STEPS: dict[int, str] = {0: _TABLES, 1: _ORIGINS}


def prepare(connection: sqlite3.Connection, where: str, *, write: bool) -> None:
    """Bring the tables to the present format; WorkspaceError if that cannot be done or may not be."""
    found = version(connection, where)
    if found > FORMAT:
        mend = "use the version of the program that made it, or a newer one"
        raise WorkspaceError(f"format {found}, but this program knows formats up to {FORMAT}", where=where, mend=mend)
    if found == FORMAT:
        return
    if not write:
        raise WorkspaceError(f"format {found} is older than this program's", where=where, mend="run `kg build` once")
    for step in range(found, FORMAT):
        connection.executescript(f"BEGIN;{_STEPS[step]}PRAGMA user_version = {step + 1};COMMIT;")


def version(connection: sqlite3.Connection, where: str) -> int:
    """The format of a workspace's tables, 0 before they are made."""
    try:
        (found,) = connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError as error:
        mend = "name another folder, or delete this one"
        raise WorkspaceError(f"this is no workspace: {error}", where=where, mend=mend) from error
    return int(found)
