"""What people decided to be one and to be apart, of which later decisions win over earlier ones."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, product
from typing import NamedTuple

from kg.resolution import Pair


class Decision(NamedTuple):
    """Groups of members (or IRIs of known things) that are all one, or that are each apart from the others."""

    same: bool
    groups: tuple[tuple[str, ...], ...]


def settle(decisions: Iterable[Decision]) -> dict[Pair, bool]:
    """The pairs that are decided and whether they are one, from decisions in the order of time.

    Pairs are in alphabetical order. Of an earlier decision stays what no later one contradicts, neither by itself nor
    together with others: what was joined to a third thing is joined with all that is joined to it.
    """
    settled = _Settled()
    for decision in reversed(list(decisions)):
        if decision.same:
            settled.join(dict.fromkeys(name for group in decision.groups for name in group))
        else:
            for one, other in combinations(decision.groups, 2):
                for pair in product(one, other):
                    settled.add(*pair, same=False)
    return dict(sorted(settled.pairs.items()))


class _Settled:
    """Groups that grow while decisions are added, the winning ones first."""

    def __init__(self) -> None:
        self.pairs: dict[Pair, bool] = {}
        self._group: dict[str, set[str]] = {}
        self._apart: dict[str, set[str]] = {}

    def join(self, names: Iterable[str]) -> None:
        """Make one of all names, or of as many as what is there already allows."""
        heads: list[str] = []
        for name in names:
            if not any(self.add(head, name, same=True) for head in heads):
                heads.append(name)

    def add(self, one: str, other: str, *, same: bool) -> bool:
        """Take a pair in, unless what is there already speaks against it; whether the two are so now."""
        first, second = (self._group.setdefault(name, {name}) for name in (one, other))
        if first is second:
            return same
        if same and self._parted(first, second):
            return False
        self.pairs[min(one, other), max(one, other)] = same
        if same:
            first |= second
            self._group.update(dict.fromkeys(second, first))
        else:
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)
        return True

    def _parted(self, first: set[str], second: set[str]) -> bool:
        few, many = sorted((first, second), key=len)
        return any(not many.isdisjoint(self._apart.get(name, ())) for name in few)
