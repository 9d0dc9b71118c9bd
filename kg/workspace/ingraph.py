"""Which documents of a workspace its graph has, so that a run that was cut short is made up for by the next."""

from __future__ import annotations

import json
from collections.abc import Iterable

from kg.workspace.database import Database
from kg.workspace.things import Things


class InGraph:
    """What the graph has, noted after it has reached the disk."""

    def __init__(self, database: Database, things: Things) -> None:
        self._database, self._things = database, things

    def pending(self, *, after: int = 0, limit: int = -1) -> list[tuple[int, str]]:
        """The first documents behind a position whose extraction the graph lacks, with their positions and ids."""
        rows = self._database.rows(
            "SELECT e.document, d.id FROM extraction e JOIN document d ON d.position = e.document"
            " WHERE NOT e.in_graph AND NOT d.withdrawn AND e.document > ? ORDER BY e.document LIMIT ?", (after, limit))
        return rows.fetchall()

    def anything(self) -> bool:
        """Whether it has any document."""
        return self._database.row("SELECT 1 FROM extraction WHERE in_graph LIMIT 1") is not None

    def everything(self) -> bool:
        """Whether there is nothing that it lacks or has too much."""
        withdrawn = self._database.row("SELECT 1 FROM document WHERE withdrawn LIMIT 1")
        return not (withdrawn or self.pending(limit=1) or self._things.any_pending())

    def mark(self, documents: Iterable[str]) -> None:
        """Note that it has these documents, by id."""
        with self._database.transaction():
            self._database.change_many(
                "UPDATE extraction SET in_graph = 1 WHERE document = (SELECT position FROM document WHERE id = ?)",
                [(document,) for document in documents])

    def mark_all(self, *, but: Iterable[str]) -> None:
        """Note that it has every document but those, by id."""
        with self._database.transaction():
            self._database.change(
                "UPDATE extraction SET in_graph = 1 WHERE NOT in_graph AND document NOT IN"
                " (SELECT position FROM document WHERE id IN (SELECT value FROM json_each(?)))", (json.dumps([*but]),))

    def forget(self) -> None:
        """Note that it has nothing, because it is to be made anew."""
        with self._database.transaction():
            self._database.change("UPDATE extraction SET in_graph = 0 WHERE in_graph")
            self._things.await_summaries()
