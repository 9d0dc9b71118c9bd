"""Which of the members that may be one thing are: average-link clustering that keeps apart what must stay apart."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Mapping, Sequence

from kg.resolution import Pair

# Pairs that were never compared because nothing proposed them count as this probable.
_UNSEEN = 0.1
_JOIN = 0.5


def cluster(members: Sequence[str], scores: Mapping[Pair, float], *, together: Collection[Pair],
            apart: Collection[Pair]) -> tuple[tuple[str, ...], ...]:
    """The clusters of some members, each sorted, in the order of their first members.

    `scores` are probabilities of pairs in alphabetical order. Pairs in `together` are joined first, then the two
    clusters with the highest mean score again and again while it is at least one half; clusters with a pair in `apart`
    between them never are. Equal scores are taken in alphabetical order, so that equal input gives equal clusters.
    """
    return _Clusters(sorted(members), scores, apart).run(sorted(together))


class _Clusters:
    """The clusters while they grow; each is named by its smallest member."""

    def __init__(self, members: Sequence[str], scores: Mapping[Pair, float], apart: Collection[Pair]) -> None:
        self._of = {member: [member] for member in members}
        self._name = {member: member for member in members}
        self._sums: dict[str, dict[str, tuple[float, int]]] = {member: {} for member in members}
        self._apart: dict[str, set[str]] = {member: set() for member in members}
        for (one, other), score in scores.items():
            if one in self._of and other in self._of:
                self._sums[one][other] = self._sums[other][one] = (score, 1)
        for one, other in apart:
            if one in self._of and other in self._of:
                self._apart[one].add(other)
                self._apart[other].add(one)

    def run(self, together: Sequence[Pair]) -> tuple[tuple[str, ...], ...]:
        """Join and return."""
        for one, other in together:
            if one in self._name and other in self._name:
                self._join(self._name[one], self._name[other])
        queue = [(-self._mean(one, other), one, other)
                 for one, others in self._sums.items() for other in others if one < other]
        queue = [entry for entry in queue if -entry[0] >= _JOIN]
        heapq.heapify(queue)
        while queue:
            negative, one, other = heapq.heappop(queue)
            if one in self._of and other in self._of and -negative == self._mean(one, other):
                if other in self._apart[one]:
                    continue
                name = self._join(one, other)
                for neighbour in sorted(self._sums[name]):
                    pair = sorted((name, neighbour))
                    if (mean := self._mean(name, neighbour)) >= _JOIN:
                        heapq.heappush(queue, (-mean, pair[0], pair[1]))
        return tuple(tuple(sorted(group)) for _, group in sorted(self._of.items()))

    def _mean(self, one: str, other: str) -> float:
        """The mean score over all pairs between two clusters."""
        total, known = self._sums[one].get(other, (0.0, 0))
        pairs = len(self._of[one]) * len(self._of[other])
        return (total + _UNSEEN * (pairs - known)) / pairs

    def _join(self, one: str, other: str) -> str:
        if one == other:
            return one
        kept, gone = sorted((one, other))
        for member in self._of[gone]:
            self._name[member] = kept
        self._of[kept] += self._of.pop(gone)
        sums = self._sums.pop(gone)
        for neighbour, (total, known) in sums.items():
            del self._sums[neighbour][gone]
            if neighbour != kept:
                before, count = self._sums[kept].get(neighbour, (0.0, 0))
                self._sums[kept][neighbour] = self._sums[neighbour][kept] = (before + total, count + known)
        for neighbour in self._apart.pop(gone):
            self._apart[neighbour].discard(gone)
            if neighbour != kept:
                self._apart[neighbour].add(kept)
                self._apart[kept].add(neighbour)
        return kept
