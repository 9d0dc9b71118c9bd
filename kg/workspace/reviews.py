"""The reviews of a workspace, what they are about now, and which documents they last changed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from kg.records import decode, encode
from kg.reviews import Review
from kg.workspace.database import Database


class NamedMember(NamedTuple):
    """A member with what it is known by: `document` is an id, `thing` the IRI of what it was found to be."""

    number: int
    id: str
    kind: str
    key: str | None
    document: str
    source: str
    thing: str | None


_MEMBER = ("SELECT m.number, m.id, m.kind, m.key, d.id, d.source, t.iri FROM member m"
           " JOIN document d ON d.position = m.document LEFT JOIN thing t ON t.number = m.thing")
_THESE = "(SELECT value FROM json_each(?))"


class Reviews:
    """What people decided, in the order of time; changes belong into a transaction of the workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, review: Review) -> bool:
        """Keep a review; False if it was kept before."""
        if self._database.row("SELECT 1 FROM review WHERE id = ?", (review.id,)):
            return False
        self._database.change("INSERT INTO review (id, time, record) VALUES (?, ?, ?)",
                              (review.id, review.time, encode(review)))
        return True

    def all(self) -> tuple[Review, ...]:
        """Every review, the undone ones and the undoing ones too."""
        rows = self._database.rows("SELECT record FROM review ORDER BY time, id")
        return tuple(decode(row[0], Review) for row in rows)

    def amended(self) -> dict[str, str]:
        """The documents and known things that reviews changed when last applied, each with what was done to it."""
        return dict(self._database.rows("SELECT subject, done FROM amended").fetchall())

    def set_amended(self, done: Mapping[str, str], documents: Iterable[str]) -> None:
        """Note what reviews do from now on; these documents are to be resolved and written anew."""
        self._database.change("DELETE FROM amended")
        self._database.change_many("INSERT INTO amended VALUES (?, ?)", done.items())
        self._database.change_many(
            "UPDATE extraction SET resolved = 0, in_graph = 0 WHERE document ="
            " (SELECT position FROM document WHERE id = ?)", ((document,) for document in documents))

    def document_of(self, document: str, source: str | None) -> tuple[str, ...]:
        """The document of that id, else those of that source, by id."""
        if self._database.row("SELECT 1 FROM document WHERE id = ? AND NOT withdrawn", (document,)):
            return (document,)
        rows = self._database.rows("SELECT id FROM document WHERE source = ? AND NOT withdrawn ORDER BY published, id",
                                   (source,))
        return tuple(row[0] for row in rows)

    def keyed(self, keys: Collection[str]) -> list[NamedMember]:
        """The members that have one of these keys, in the order in which their documents were published."""
        return self._members(f"m.key IN {_THESE}", json.dumps([*keys]))

    def members_in(self, document: str, kind: str | None = None) -> list[NamedMember]:
        """The members of a document, of one kind if it is given."""
        found = self._members("d.id = ?", document)
        return [member for member in found if kind in (None, member.kind)]

    def members_of(self, iri: str) -> list[NamedMember]:
        """The members of the thing of that IRI, or of the thing that the member of that IRI was found to be."""
        return (self._members("t.iri = ?", iri)
                or self._members("m.thing = (SELECT thing FROM member WHERE id = ?)", iri))

    def shortened(self, name: str) -> list[str]:
        """The IRIs of things and members whose last part begins so."""
        rows = self._database.rows(
            "SELECT iri FROM thing WHERE instr(iri, ?1) UNION SELECT id FROM member WHERE instr(id, ?1)", (f"/{name}",))
        return [row[0] for row in rows if row[0].rpartition("/")[2].startswith(name)]

    def _members(self, where: str, value: str) -> list[NamedMember]:
        rows = self._database.rows(
            f"{_MEMBER} WHERE {where} AND NOT d.withdrawn ORDER BY d.published, d.id, m.number", (value,))
        return [NamedMember(*row) for row in rows]
