"""Which members are clustered together: those that hang together, in sets that stay small.

Clusters never go beyond what hangs together by pairs that are at least as probable as not. In a dense month that may
be everything; such a set is parted at the next higher probability, and again, until its parts are small. In which cell
a member is so depends on the members and pairs around it, not on their order and on nothing far away.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

# A member by number, or the name of what makes members one without doubt: a settled key, or a known thing.
Node = int | str
# The ties of some nodes to others, each with how probable it is that both are one, in either direction or both.
Around = Callable[[Collection[Node]], Iterable[tuple[Node, Node, float]]]

# The probabilities at which sets that are too large are parted; what is more alike than the last stays together.
STEPS = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995)
MOST = 300


class Cell(NamedTuple):
    """Nodes that hang together by ties of that probability, and by those of no less do so with no more than `MOST`."""

    nodes: frozenset[Node]
    tied: float


def cells(seeds: Iterable[Node], around: Around, *, steps: Sequence[float] = STEPS, most: int = MOST) -> list[Cell]:
    """The cells of some nodes: each node's is what it hangs together with at the first step where that is no more than
    `most` nodes, or at the last. Nodes of one cell have the same one, so cells never overlap.
    """
    known = _Known(around)
    found, todo = list[Cell](), frozenset(seeds)
    for tied in steps:
        sets = _Sets(known, tied, None if tied == steps[-1] else most)
        sets.grow(todo)
        small = [nodes for nodes in sets.all() if not sets.too_many(nodes)]
        found += [Cell(frozenset(nodes), tied) for nodes in small]
        todo = todo.difference(*small)
    return found


class _Known:
    """The ties of nodes, asked for once."""

    def __init__(self, around: Around) -> None:
        self._around = around
        self._ties: dict[Node, dict[Node, float]] = {}

    def learn(self, nodes: Iterable[Node]) -> None:
        """Ask for the ties of those nodes that were not asked for yet."""
        new = [node for node in nodes if node not in self._ties]
        self._ties.update((node, {}) for node in new)
        for one, other, score in self._around(new) if new else ():
            for node, neighbour in ((one, other), (other, one)):
                if node in self._ties:
                    self._ties[node][neighbour] = score

    def of(self, node: Node) -> Iterable[tuple[Node, float]]:
        """The ties of a node that was learnt of."""
        return self._ties[node].items()


class _Sets:
    """Disjoint sets that grow along ties of some probability until they are complete or too large."""

    def __init__(self, known: _Known, tied: float, most: int | None) -> None:
        self._known, self._tied, self._most = known, tied, most
        self._of: dict[Node, set[Node]] = {}

    def too_many(self, nodes: Collection[Node]) -> bool:
        """Whether a set is too large to be a cell; if so it may be incomplete."""
        return self._most is not None and len(nodes) > self._most

    def all(self) -> list[set[Node]]:
        """The sets."""
        return list({id(nodes): nodes for nodes in self._of.values()}.values())

    def grow(self, seeds: Collection[Node]) -> None:
        """Gather all that hangs together with the seeds, as far as it does not become too much."""
        edge = list(seeds)
        self._of.update((node, {node}) for node in edge)
        while edge:
            self._known.learn(edge)
            reached = list[Node]()
            for node in edge:
                if not self.too_many(self._of[node]):
                    reached += self._joined(node)
            edge = [node for node in reached if not self.too_many(self._of[node])]

    def _joined(self, node: Node) -> list[Node]:
        """Join a node with all it is tied to; those that were in no set before."""
        near = [other for other, score in self._known.of(node) if score >= self._tied]
        new = [other for other in near if other not in self._of]
        self._of.update((other, {other}) for other in new)
        for other in near:
            self._join(self._of[node], self._of[other])
        return new

    def _join(self, one: set[Node], other: set[Node]) -> None:
        if one is other:
            return
        large, little = (one, other) if len(one) >= len(other) else (other, one)
        large |= little
        self._of.update(dict.fromkeys(little, large))
