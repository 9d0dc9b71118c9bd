"""Which members are one without being compared, as far as nobody has put them apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from kg.resolution import Pair
from kg.workspace import Member


def same_key(members: Iterable[Member]) -> list[Pair]:
    """Pairs that hold together the members of each settled key, one less than there are members."""
    of: defaultdict[int, list[str]] = defaultdict(list)
    for member in members:
        if member.settled is not None:
            of[member.settled].append(member.id)
    return [(min(names), name) for names in of.values() for name in sorted(names)[1:]]


def settled_pairs(members: Sequence[Member], together: Collection[Pair], apart: Collection[Pair]) -> set[Pair]:
    """Pairs that make the members of each settled key one, without those that must stay apart from others there.

    `together` and `apart` are what people decided and documents tell apart. Where two that must stay apart would become
    one, the member with most such pairs leaves its key (of equals the last by id), until there are none.
    """
    left: set[str] = set()
    while True:
        pairs = same_key(member for member in members if member.id not in left)
        group = _groups((*together, *pairs))
        within = _groups(together)
        keyed = {name for pair in pairs for name in pair}
        inside = [pair for pair in apart if pair[0] in group and group[pair[0]] == group.get(pair[1])]
        counts = Counter(name for pair in inside for name in keyed & _all_of(pair, within, keyed))
        if not counts:
            return set(pairs)
        left.add(max(counts, key=lambda name: (counts[name], name)))


def _all_of(pair: Pair, within: Mapping[str, str], keyed: Collection[str]) -> set[str]:
    """The members of settled keys that a pair speaks of: its own, and those that people put together with them."""
    ends = {within.get(name, name) for name in pair}
    return {*pair} | {name for name in keyed if within.get(name) in ends}


def _groups(pairs: Iterable[Pair]) -> dict[str, str]:
    """The members of pairs with a name for all that hang together."""
    root: dict[str, str] = {}

    def find(name: str) -> str:
        while root.setdefault(name, name) != name:
            root[name] = name = root[root[name]]
        return name

    for one, other in pairs:
        root[find(other)] = find(one)
    return {name: find(name) for name in list(root)}
