"""What ties the members of a workspace to each other, and in which cells they were last clustered."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator

from kg.workspace.database import Database

_THESE = "(SELECT value FROM json_each(?1))"
# What has to be clustered and named along with some members, by number: what was in a cell or is part of a thing with
# them, a thing that bears the name of one of them, and whose name their things bear.
_BESIDE = (
    f"SELECT number FROM member WHERE cell IN (SELECT cell FROM member WHERE number IN {_THESE})",
    f"SELECT number FROM member WHERE thing IN (SELECT thing FROM member WHERE number IN {_THESE})",
    "SELECT number FROM member WHERE thing IN (SELECT t.number FROM thing t JOIN member m ON m.id = t.iri"
    f" WHERE m.number IN {_THESE})",
    "SELECT f.number FROM member f JOIN thing t ON t.iri = f.id JOIN member m ON m.thing = t.number"
    f" WHERE m.number IN {_THESE}",
)
# The neighbours of some members whose own cell hangs together by no more than what ties them to these.
_REACHED = (
    f"SELECT m.number FROM pair p JOIN member m ON m.number = p.high WHERE p.low IN {_THESE} AND p.score >= m.tied",
    f"SELECT m.number FROM pair p JOIN member m ON m.number = p.low WHERE p.high IN {_THESE} AND p.score >= m.tied",
)
_SETTLED, _CERTAIN = "settled ", 1.0
Node = int | str


class Ties:
    """Reads ties by node: a member by number, or the name of a settled key or of a known thing.

    Members that share a settled key are one node.
    """

    def __init__(self, database: Database, *, at_least: float) -> None:
        self._database, self._at_least = database, at_least

    def nodes(self, numbers: Iterable[int]) -> set[Node]:
        """The nodes of members."""
        rows = self._database.rows(f"SELECT number, settled FROM member WHERE number IN {_THESE}",
                                   (json.dumps(sorted(numbers)),))
        return {_node(*row) for row in rows}

    def members(self, nodes: Collection[Node]) -> dict[int, Node]:
        """The members that nodes stand for, by number, each with its node."""
        found: dict[int, Node] = {node: node for node in nodes if isinstance(node, int)}
        keys = [int(node.removeprefix(_SETTLED)) for node in nodes
                if isinstance(node, str) and node.startswith(_SETTLED)]
        rows = self._database.rows(f"SELECT number, settled FROM member WHERE settled IN {_THESE}",
                                   (json.dumps(sorted(keys)),)) if keys else ()
        found.update((number, _node(number, settled)) for number, settled in rows)
        return found

    def around(self, nodes: Collection[Node]) -> Iterator[tuple[Node, Node, float]]:
        """The ties of nodes: likeness, and what people put together, directly or over a known thing."""
        of = self.members(nodes)
        known = set(of.values())
        listed = json.dumps(sorted(of))
        for here, there in (("low", "high"), ("high", "low")):
            for number, other, settled, score in self._database.rows(
                    f"SELECT p.{here}, m.number, m.settled, p.score FROM pair p JOIN member m ON m.number = p.{there}"
                    f" WHERE p.{here} IN {_THESE} AND p.score >= ?2", (listed, self._at_least)):
                yield of[number], _node(other, settled), score
        yield from self._put_together(of, [node for node in nodes if isinstance(node, str) and node not in known])

    def _put_together(self, of: dict[int, Node], linked: Collection[str]) -> Iterator[tuple[Node, Node, float]]:
        names = {name: of[number] for number, name in self._database.rows(
            f"SELECT number, id FROM member WHERE number IN {_THESE}", (json.dumps(sorted(of)),))}
        names |= {iri: iri for iri in linked}
        listed = json.dumps(sorted(names))
        for here, there in (("one", "other"), ("other", "one")):
            for name, other, number, settled in self._database.rows(
                    f"SELECT d.{here}, d.{there}, m.number, m.settled FROM decided d"
                    f" LEFT JOIN member m ON m.id = d.{there} WHERE d.same AND d.{here} IN {_THESE}", (listed,)):
                yield names[name], other if number is None else _node(number, settled), _CERTAIN

    def reached(self, numbers: Iterable[int]) -> set[int]:
        """The members whose cells new ties of some members reach into."""
        listed = json.dumps(sorted(numbers))
        return {row[0] for tie in _REACHED for row in self._database.rows(tie, (listed,))}

    def beside(self, numbers: Iterable[int]) -> set[int]:
        """The members that have to be clustered and named along with some."""
        listed = json.dumps(sorted(numbers))
        return {row[0] for tie in _BESIDE for row in self._database.rows(tie, (listed,))}

    def keep(self, cells: Iterable[tuple[Collection[int], float]]) -> None:
        """Note in which cells members, given by number, were clustered, and by what each cell hangs together."""
        self._database.change_many(
            "UPDATE member SET dirty = 0, cell = ?, tied = ? WHERE number = ?",
            ((min(numbers), tied, number) for numbers, tied in cells for number in numbers))


def _node(number: int, settled: int | None) -> Node:
    return number if settled is None else f"{_SETTLED}{settled}"
