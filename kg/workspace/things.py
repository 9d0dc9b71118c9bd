"""The things that members were found to be, and what has yet to be clustered or summed up."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from kg.resolution import Pair
from kg.workspace.database import Database
from kg.workspace.members import EVENT, Member

LINKED = "linked"
_THESE = "(SELECT value FROM json_each(?1))"
_EMPTY = "NOT EXISTS (SELECT 1 FROM member WHERE member.thing = thing.number)"
_MEMBER = "SELECT number, id, document, kind, thing, settled FROM member"


class Connected(NamedTuple):
    """Members of which some may be one thing, with all that decides it; pairs hold ids in alphabetical order.

    `linked` are the IRIs of things known from the tables that somebody put together with some of them, `things` those
    of the other things that they were found to be before, by number in the order of their birth.
    """

    members: tuple[Member, ...]
    linked: frozenset[str]
    scores: Mapping[Pair, float]
    together: frozenset[Pair]
    apart: frozenset[Pair]
    things: Mapping[int, str]


class Things:
    """The things of a workspace; changes belong into a transaction of the workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def decide(self, together: Collection[Pair], apart: Collection[Pair]) -> None:
        """Make these all that people decided; the members that a change concerns are clustered anew."""
        new = dict.fromkeys(together, 1) | dict.fromkeys(apart, 0)
        old = {(one, other): same for one, other, same in self._database.rows("SELECT * FROM decided")}
        changed = [pair for pair in new.keys() | old.keys() if new.get(pair) != old.get(pair)]
        self._database.change_many("DELETE FROM decided WHERE one = ? AND other = ?", changed)
        self._database.change_many("INSERT INTO decided VALUES (?, ?, ?)",
                                   ((*pair, new[pair]) for pair in changed if pair in new))
        self._database.change_many("UPDATE member SET dirty = 1 WHERE id = ?",
                                   ((name,) for pair in changed for name in pair))
        # Even if nothing moves, a thing may now be one for another reason.
        self._database.change(
            f"UPDATE thing SET pending = 1 WHERE number IN (SELECT thing FROM member WHERE id IN {_THESE})",
            (json.dumps(sorted({name for pair in changed for name in pair})),))

    def dirty(self, limit: int) -> list[int]:
        """Some members that are to be clustered, by number."""
        return [row[0] for row in self._database.rows("SELECT number FROM member WHERE dirty LIMIT ?", (limit,))]

    def connected(self, numbers: Iterable[int], linked: frozenset[str]) -> Connected:
        """Members, given by number, and known things that people put together with some, with all that decides."""
        listed = json.dumps(sorted(numbers))
        members = tuple(Member(*row) for row in self._database.rows(
            f"{_MEMBER} WHERE number IN {_THESE} ORDER BY document, id", (listed,)))
        ids = {member.number: member.id for member in members}
        names = linked | set(ids.values())
        scores = {_pair(ids[low], ids[high]): score for low, high, score in self._database.rows(
            f"SELECT low, high, score FROM pair WHERE low IN {_THESE}", (listed,)) if high in ids}
        decided = {(one, other): same for one, other, same in self._database.rows(
            f"SELECT one, other, same FROM decided WHERE one IN {_THESE}", (json.dumps(sorted(names)),))
            if other in names}
        things = dict(self._database.rows(
            f"SELECT number, iri FROM thing WHERE number IN (SELECT thing FROM member WHERE number IN {_THESE})"
            f" AND kind <> '{LINKED}'", (listed,)).fetchall())
        return Connected(members, linked, scores, frozenset(pair for pair, same in decided.items() if same),
                         frozenset(pair for pair, same in decided.items() if not same), things)

    def assign(self, clusters: Iterable[tuple[Sequence[Member], int | str]]) -> None:
        """Make each cluster the thing of that number, or a new one of that IRI, in this order.

        Documents of which a member is something else now become pending for the graph, and so do the summaries of
        things that gained or lost a member.
        """
        moved: list[tuple[int, Member]] = []
        for members, name in clusters:
            thing = name if isinstance(name, int) else self._thing(name, members)
            moved += [(thing, member) for member in members if member.thing != thing]
        self._set_pending(moved)
        self._database.change_many("UPDATE member SET thing = ? WHERE number = ?",
                                   ((thing, member.number) for thing, member in moved))
        touched = {thing for thing, _ in moved} | {member.thing for _, member in moved if member.thing is not None}
        self._database.change(
            f"UPDATE thing SET pending = 1 WHERE number IN {_THESE}", (json.dumps(sorted(touched)),))

    def _thing(self, iri: str, members: Sequence[Member]) -> int:
        """The number of the thing of that IRI: a new one, unless it still has members or is a linked one."""
        kind = members[0].kind if any(member.id == iri for member in members) else LINKED
        self._database.change("DELETE FROM thing WHERE iri = ?"
                              f" AND {_EMPTY}", (iri,))
        self._database.change("INSERT OR IGNORE INTO thing (iri, kind) VALUES (?, ?)", (iri, kind))
        row = self._database.row("SELECT number FROM thing WHERE iri = ?", (iri,))
        assert row is not None
        return int(row[0])

    def _set_pending(self, moved: Sequence[tuple[int, Member]]) -> None:
        """Note that the graph lacks the documents of members whose IRI changes, before it does."""
        listed = json.dumps([(member.number, thing) for thing, member in moved])
        self._database.change(
            "UPDATE extraction SET in_graph = 0 WHERE in_graph AND document IN ("
            " SELECT m.document FROM json_each(?) j JOIN member m ON m.number = j.value ->> 0"
            " JOIN thing now ON now.number = j.value ->> 1 LEFT JOIN thing before ON before.number = m.thing"
            " WHERE now.iri <> coalesce(before.iri, m.id))", (listed,))

    def resolved(self, document: str) -> dict[str, str]:
        """The members of a document with the IRIs that they have in the graph, their own or others."""
        return dict(self._database.rows(
            "SELECT m.id, t.iri FROM document d JOIN member m ON m.document = d.position"
            " JOIN thing t ON t.number = m.thing WHERE d.id = ?", (document,)).fetchall())

    def pending(self, *, after: int = 0, limit: int = -1) -> list[tuple[int, str]]:
        """The first things behind a number whose summary the graph lacks, with IRIs; some may have no members left."""
        return self._database.rows("SELECT number, iri FROM thing WHERE pending AND number > ? ORDER BY number LIMIT ?",
                                   (after, limit)).fetchall()

    def any_pending(self) -> bool:
        """Whether the graph lacks a summary."""
        return self._database.row("SELECT 1 FROM thing WHERE pending LIMIT 1") is not None

    def members_of(self, thing: int) -> list[int]:
        """The members of a thing in the order of their ids, whichever came first."""
        rows = self._database.rows("SELECT number FROM member WHERE thing = ? ORDER BY id", (thing,))
        return [row[0] for row in rows]

    def events_beside(self, thing: int) -> list[tuple[str, int]]:
        """The events of the documents that a thing has members in: their IRIs and the numbers of their members."""
        return self._database.rows(
            f"SELECT coalesce(t.iri, m.id), m.number FROM member m LEFT JOIN thing t ON t.number = m.thing"
            f" WHERE m.kind = '{EVENT}' AND m.document IN (SELECT document FROM member WHERE thing = ?) ORDER BY m.id",
            (thing,)).fetchall()

    def await_summaries(self) -> None:
        """Note that writing the pending documents will undo the summaries of all that they speak of."""
        self._database.change(
            "UPDATE thing SET pending = 1 WHERE NOT pending AND number IN (SELECT m.thing"
            " FROM extraction e CROSS JOIN member m ON m.document = e.document WHERE NOT e.in_graph)")

    def mark_summed_up(self, things: Collection[int]) -> None:
        """Note that the graph has the summaries of these; what has no members any more is forgotten."""
        listed = json.dumps(sorted(things))
        self._database.change(f"DELETE FROM thing WHERE number IN {_THESE} AND {_EMPTY}", (listed,))
        self._database.change(f"UPDATE thing SET pending = 0 WHERE number IN {_THESE}", (listed,))

    def mark_all_summed_up(self, *, but: Collection[int]) -> None:
        """Note that the graph has all summaries but some."""
        listed = json.dumps(sorted(but))
        self._database.change(f"DELETE FROM thing WHERE pending AND number NOT IN {_THESE} AND {_EMPTY}", (listed,))
        self._database.change(f"UPDATE thing SET pending = 0 WHERE pending AND number NOT IN {_THESE}", (listed,))


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)
