"""One analyst's folder: the documents, what was extracted from them, and the graph made of that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from msgspec.structs import replace

from kg.errors import WorkspaceError
from kg.records import Document, Extraction, decode, encode
from kg.workspace.copies import Copies, precedence
from kg.workspace.database import Database
from kg.workspace.ingraph import InGraph
from kg.workspace.judgements import Judgements
from kg.workspace.lock import WriterLock
from kg.workspace.members import Members
from kg.workspace.reviews import Reviews
from kg.workspace.things import Things
from kg.workspace.ties import Ties

_DATABASE = "workspace.sqlite"
# How many seconds of finished work a kill may cost: a commit waits for the disk, so not every document has its own.
_COMMIT_EVERY = 1.0


class Counts(NamedTuple):
    """How much a workspace holds."""

    documents: int
    copies: int
    events: int
    relations: int
    pending: int


class Workspace:
    """The durable store of documents, extractions and what they speak of; a context manager.

    Every change is one transaction. How far resolution and graph have come is kept beside the documents, so that a run
    that was cut short is made up for by the next one.
    """

    def __init__(self, folder: Path, database: Database, lock: WriterLock | None) -> None:
        self.folder = folder
        self._database = database
        self._lock = lock

    @classmethod
    def open(cls, folder: Path, *, write: bool = False, wait: bool = False) -> Workspace:
        """Open the workspace in a folder, made if need be when it is to be written.

        Raises WorkspaceError if it is missing, made by a newer program, or being written by somebody else; with `wait`
        it is opened as soon as the other has finished.
        """
        database = folder / _DATABASE
        if write:
            _make_folder(folder)
        elif not database.is_file():
            mend = "make one with `kg build PATH -w FOLDER`, or name another one with -w"
            raise WorkspaceError("there is no workspace here", where=str(folder), mend=mend)
        lock = WriterLock(folder, wait=wait) if write else None
        try:
            return cls(folder, Database(database, write=write), lock)
        except BaseException:
            if lock:
                lock.release()
            raise

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database and of the writer's lock; closing twice is harmless."""
        self._database.close()
        if self._lock:
            self._lock.release()

    @property
    def graph_folder(self) -> Path:
        """Where the graph itself lies; only the writer opens it."""
        return self.folder / "graph"

    def snapshot_folder(self, number: int) -> Path:
        """Where the copy of the graph of that number lies, which readers open."""
        return self.folder / "snapshots" / f"{number:06d}"

    @cached_property
    def members(self) -> Members:
        """What the documents speak of."""
        return Members(self._database)

    @cached_property
    def things(self) -> Things:
        """What it was found to be."""
        return Things(self._database)

    def ties(self, *, at_least: float) -> Ties:
        """What ties members to each other, likeness below that left out."""
        return Ties(self._database, at_least=at_least)

    @cached_property
    def copies(self) -> Copies:
        """Where its texts stand as well."""
        return Copies(self._database)

    @cached_property
    def reviews(self) -> Reviews:
        """What people decided."""
        return Reviews(self._database)

    @cached_property
    def in_graph(self) -> InGraph:
        """Which documents and things the graph has."""
        return InGraph(self._database, self.things)

    @cached_property
    def judgements(self) -> Judgements:
        """What was compared, and what came of it."""
        return Judgements(self._database)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Changes that are kept together or not at all."""
        with self._database.transaction():
            yield

    @contextmanager
    def batches(self) -> Iterator[Callable[[], None]]:
        """Many changes with few waits for the disk: call what is yielded between two of them.

        A kill costs the work of about a second, a fault nothing that was finished before it.
        """
        with self._database.batches(_COMMIT_EVERY) as step:
            yield step

    def note(self, key: str) -> str | None:
        """A remembered value, such as the number of the newest snapshot."""
        row = self._database.row("SELECT value FROM note WHERE key = ?", (key,))
        return str(row[0]) if row else None

    def set_note(self, key: str, value: str) -> None:
        """Remember a value."""
        with self._database.transaction():
            self._database.row("INSERT OR REPLACE INTO note VALUES (?, ?)", (key, value))

    def documents(self) -> Iterator[Document]:
        """The documents in the order in which they came."""
        rows = self._database.rows("SELECT record FROM document WHERE NOT withdrawn ORDER BY position")
        return (decode(record, Document) for (record,) in rows)

    def find(self, name: str, *, withdrawn: bool = False) -> tuple[Document, ...]:
        """The documents with that id, source, or beginning of an id (at least six digits); or those being withdrawn."""
        prefix = name if len(name) >= 6 and set(name) <= set("0123456789abcdef") else "-"
        rows = self._database.rows(
            "SELECT record FROM document WHERE withdrawn = ?3 AND (source = ?1 OR substr(id, 1, length(?2)) = ?2"
            " OR id IN (SELECT document FROM copy WHERE source = ?1)) ORDER BY position", (name, prefix, withdrawn))
        return tuple(decode(record, Document) for (record,) in rows)

    def is_known(self, document: Document, extractor: str) -> bool:
        """Whether this text with this metadata was extracted by this extractor already.

        The same text under another source counts as known, unless it comes before: then the known one is a copy of it.
        """
        known = self.document(document.id)
        if known is None or not self._database.row(
                "SELECT 1 FROM extraction e JOIN document d ON d.position = e.document"
                " WHERE d.id = ? AND e.extractor = ?", (document.id, extractor)):
            return False
        if known.source != document.source:
            return precedence(known) < precedence(document)
        return _metadata(known) == _metadata(document)

    def document(self, document: str) -> Document | None:
        """The document of that id."""
        row = self._database.row("SELECT record FROM document WHERE id = ? AND NOT withdrawn", (document,))
        return decode(row[0], Document) if row else None

    def cleaned_otherwise(self, document: Document) -> tuple[str, ...]:
        """The ids of texts made of the same bytes of the same source by another version of the cleaning."""
        rows = self._database.rows(
            "SELECT id FROM document WHERE source = ? AND raw_sha256 = ? AND cleaner <> ? AND id <> ?",
            (document.source, document.raw_sha256, document.cleaner, document.id))
        return tuple(row[0] for row in rows)

    def supersede(self, document: Document) -> None:
        """Withdraw what the same file said before; a text that another file still has stays."""
        if document.origin is None:
            return
        with self._database.transaction():
            self.copies.leave(document)
            self._database.change(
                "UPDATE document SET withdrawn = 1 WHERE origin = ?1 AND id <> ?2"
                " AND id NOT IN (SELECT document FROM copy WHERE origin IS NOT ?1)", (document.origin, document.id))

    def save(self, extraction: Extraction, extractor: str) -> bool:
        """Keep a document and what was extracted from it, in the place of what was kept of it before.

        Returns whether that is anything new; if not, neither resolution nor graph have work to do.
        """
        document = extraction.document
        record, of_document = encode(replace(extraction, document=replace(document, text=""))), encode(document)
        with self._database.transaction():
            if self._has(document.id, of_document, record):
                self._database.change(
                    "UPDATE extraction SET extractor = ?"
                    " WHERE document = (SELECT position FROM document WHERE id = ?)", (extractor, document.id))
                return False
            self._database.change(
                "INSERT INTO document (id, source, published, raw_sha256, cleaner, record, origin)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET source = excluded.source, published = excluded.published,"
                " raw_sha256 = excluded.raw_sha256, cleaner = excluded.cleaner, record = excluded.record,"
                " origin = excluded.origin, withdrawn = 0",
                (document.id, document.source, document.published, document.raw_sha256, document.cleaner, of_document,
                 document.origin))
            self._database.change(
                "INSERT OR REPLACE INTO extraction (document, extractor, events, relations)"
                " SELECT position, ?2, ?3, ?4 FROM document WHERE id = ?1",
                (document.id, extractor, len(extraction.events), len(extraction.relations)))
            self._database.change(
                "INSERT OR REPLACE INTO extraction_record SELECT position, ?2 FROM document WHERE id = ?1",
                (document.id, record))
        return True

    def _has(self, document: str, of_document: bytes, record: bytes) -> bool:
        return self._database.row(
            "SELECT 1 FROM document d JOIN extraction_record e ON e.document = d.position"
            " WHERE d.id = ? AND d.record = ? AND e.record = ? AND NOT d.withdrawn",
            (document, of_document, record)) is not None

    def outdated(self, extractor: str) -> Iterator[Document]:
        """The documents that another version of the extractor read, in their order."""
        rows = self._database.rows(
            "SELECT d.id FROM extraction e JOIN document d ON d.position = e.document"
            " WHERE e.extractor <> ? AND NOT d.withdrawn ORDER BY d.position", (extractor,)).fetchall()
        return (self.extraction(document).document for (document,) in rows)

    def extractions(self) -> Iterator[Extraction]:
        """What was extracted, document by document in their order."""
        rows = self._database.rows(
            "SELECT e.record, d.record FROM extraction_record e JOIN document d ON d.position = e.document"
            " WHERE NOT d.withdrawn ORDER BY d.position")
        return (_joined(*row) for row in rows)

    def extraction(self, document: str) -> Extraction:
        """What was extracted from the document of that id; KeyError if there is none."""
        row = self._database.row(
            "SELECT e.record, d.record FROM extraction_record e JOIN document d ON d.position = e.document"
            " WHERE d.id = ?", (document,))
        if row is None:
            raise KeyError(document)
        return _joined(*row)

    def withdraw(self, document: str) -> None:
        """Hide a document from here on; `drop_withdrawn` removes it once the graph has let go of it."""
        with self._database.transaction():
            self._database.change("UPDATE document SET withdrawn = 1 WHERE id = ?", (document,))

    def withdrawn(self) -> tuple[str, ...]:
        """The ids of the documents that are hidden and not yet removed."""
        return tuple(row[0] for row in self._database.rows("SELECT id FROM document WHERE withdrawn"))

    def drop_withdrawn(self) -> None:
        """Remove the hidden documents and all that hangs on them."""
        with self._database.transaction():
            self._database.change("DELETE FROM document WHERE withdrawn")

    def counts(self) -> Counts:
        """How much there is."""
        row = self._database.row(
            "SELECT count(*), (SELECT count(*) FROM copy), coalesce(sum(events), 0), coalesce(sum(relations), 0),"
            " coalesce(sum(NOT in_graph), 0) FROM extraction"
            " WHERE document NOT IN (SELECT position FROM document WHERE withdrawn)")
        assert row is not None
        return Counts(*row)


def _joined(extraction: bytes, document: bytes) -> Extraction:
    return replace(decode(extraction, Extraction), document=decode(document, Document))


def _metadata(document: Document) -> tuple[str | None, ...]:
    return document.published, document.title, document.publisher, document.language


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        mend = "name a folder that can be written with -w"
        raise WorkspaceError(f"cannot make this folder: {error.strerror}", where=str(folder), mend=mend) from error
