"""The further sources of a text: the same words under another name are one document."""

from __future__ import annotations

from typing import NamedTuple

from kg.records import Document
from kg.workspace.database import Database

_UNWRITTEN = "UPDATE extraction SET in_graph = 0 WHERE in_graph AND document IN (SELECT position FROM document WHERE "


class Copy(NamedTuple):
    """Where a known text stands as well, and the day it was published there."""

    source: str
    published: str | None


def precedence(document: Document) -> tuple[str, str]:
    """Of one text under several sources the least is the document and the others its copies, whichever came first.

    It is the one published first, else the first by name: what a text means by "yesterday" depends on its day.
    """
    return document.published or "9999", document.source


class Copies:
    """The copies of a workspace; a document whose copies change becomes pending for the graph."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, document: Document) -> None:
        """Remember a further source of a known text; of the first source nothing is remembered twice."""
        copied = (document.id, document.source, document.published, document.origin)
        with self._database.transaction():
            if self._database.row("SELECT 1 FROM copy WHERE (document, source) = (?1, ?2) AND published IS ?3"
                                  " AND origin IS ?4", copied):
                return
            self._database.change(
                "INSERT OR REPLACE INTO copy (document, source, published, origin)"
                " SELECT id, ?2, ?3, ?4 FROM document WHERE id = ?1 AND (source <> ?2 OR origin <> ?4)", copied)
            self._database.change(f"{_UNWRITTEN} id IN (SELECT document FROM copy WHERE (document, source) = (?, ?)))",
                                  copied[:2])

    def leave(self, document: Document) -> None:
        """Forget what else the file of a document was a copy of, before it was changed."""
        file = (document.origin, document.id)
        self._database.change(
            f"{_UNWRITTEN} id IN (SELECT document FROM copy WHERE origin = ? AND document <> ?))", file)
        self._database.change("DELETE FROM copy WHERE origin = ? AND document <> ?", file)

    def of(self, document: str) -> tuple[Copy, ...]:
        """The further sources of the document of that id, in alphabetical order."""
        rows = self._database.rows(
            "SELECT c.source, c.published FROM copy c JOIN document d ON d.id = c.document"
            " WHERE c.document = ? AND c.source <> d.source ORDER BY c.source", (document,))
        return tuple(Copy(*row) for row in rows)
