"""The tables of a workspace and the version of their shape."""

from __future__ import annotations

import sqlite3

from kg.errors import WorkspaceError

# Raised with every change of the tables; a step that leads from the version before belongs into `_STEPS`.
FORMAT = 6

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
# Resolution. A member is an event, an unlinked entity or the story of one document, a thing what members were found to
# be; `dirty` members have yet to be clustered, `pending` things to be summed up in the graph.
# Extractions get small rows beside their records, so that counting them reads none.
_RESOLUTION = """
CREATE TABLE extracted (
    document INTEGER PRIMARY KEY REFERENCES document (position) ON DELETE CASCADE,
    extractor TEXT NOT NULL,
    events INTEGER NOT NULL,
    relations INTEGER NOT NULL,
    in_graph INTEGER NOT NULL DEFAULT 0,
    resolved INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE extraction_record (
    document INTEGER PRIMARY KEY REFERENCES extracted (document) ON DELETE CASCADE,
    record BLOB NOT NULL
);
INSERT INTO extracted SELECT d.position, e.extractor, e.events, e.relations, e.in_graph, 0
    FROM extraction e JOIN document d ON d.id = e.document;
INSERT INTO extraction_record SELECT d.position, e.record FROM extraction e JOIN document d ON d.id = e.document;
DROP TABLE extraction;
ALTER TABLE extracted RENAME TO extraction;
CREATE INDEX extraction_pending ON extraction (document) WHERE NOT in_graph;
CREATE INDEX extraction_unresolved ON extraction (document) WHERE NOT resolved;
CREATE INDEX extraction_extractor ON extraction (extractor);
CREATE INDEX document_withdrawn ON document (position) WHERE withdrawn;
CREATE TABLE member (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL,
    kind TEXT NOT NULL,
    key TEXT,
    thing INTEGER,
    dirty INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX member_document ON member (document);
CREATE INDEX member_thing ON member (thing);
CREATE INDEX member_key ON member (key) WHERE key IS NOT NULL;
CREATE INDEX member_dirty ON member (number) WHERE dirty;
CREATE TABLE profile (member INTEGER PRIMARY KEY, record BLOB NOT NULL);
CREATE TABLE block (key INTEGER NOT NULL, member INTEGER NOT NULL, PRIMARY KEY (key, member)) WITHOUT ROWID;
CREATE TABLE blocked (member INTEGER PRIMARY KEY, keys BLOB NOT NULL);
CREATE TABLE pair (
    low INTEGER NOT NULL,
    high INTEGER NOT NULL,
    score REAL NOT NULL,
    reasons TEXT NOT NULL,
    PRIMARY KEY (low, high)
) WITHOUT ROWID;
CREATE INDEX pair_high ON pair (high, low, score);
CREATE TABLE thing (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    iri TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    pending INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX thing_pending ON thing (number) WHERE pending;
-- What people decided, as ids of members or IRIs of linked things in alphabetical order.
CREATE TABLE decided (
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    same INTEGER NOT NULL,
    PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE INDEX decided_other ON decided (other);
"""
# What people decided; nothing in it is ever changed or deleted. `amended` is what the graph has of it.
_REVIEWS = """
CREATE TABLE review (id TEXT PRIMARY KEY, time TEXT NOT NULL, record BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX review_time ON review (time, id);
CREATE TRIGGER review_unchanged BEFORE UPDATE ON review BEGIN SELECT raise(ABORT, 'reviews are never changed'); END;
CREATE TRIGGER review_kept BEFORE DELETE ON review BEGIN SELECT raise(ABORT, 'reviews are never deleted'); END;
CREATE TABLE amended (subject TEXT PRIMARY KEY, done TEXT NOT NULL) WITHOUT ROWID;
"""
# A key that members share which are one without being compared. What was compared before is looked at anew.
_SETTLED = """
ALTER TABLE member ADD COLUMN settled INTEGER;
CREATE INDEX member_settled ON member (settled) WHERE settled IS NOT NULL;
DELETE FROM note WHERE key = 'resolution';
"""
# The cell in which a member was last clustered, by the number of its first member, and what holds that together. Pairs
# that are clearly two are no longer kept.
_CELLS = """
ALTER TABLE member ADD COLUMN cell INTEGER;
ALTER TABLE member ADD COLUMN tied REAL;
CREATE INDEX member_cell ON member (cell) WHERE cell IS NOT NULL;
DELETE FROM note WHERE key = 'resolution';
"""
_STEPS: dict[int, str] = {0: _TABLES, 1: _ORIGINS, 2: _RESOLUTION, 3: _REVIEWS, 4: _SETTLED, 5: _CELLS}


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
