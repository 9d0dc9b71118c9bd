"""Which IRI each cluster of members has: IRIs outlive changes of what is in a cluster."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kg.workspace import Member


class Cluster(NamedTuple):
    """Members found to be one thing, oldest first; `linked` is the IRI of a thing of the tables among them."""

    members: Sequence[Member]
    linked: str | None = None


def name_clusters(clusters: Sequence[Cluster], things: Mapping[int, str]) -> list[int | str]:
    """For each cluster the number of the thing that it goes on as, or the IRI of a new one.

    `things` are the IRIs of what the members were before, by numbers in the order of birth. A cluster goes on as the
    oldest thing that is its own, those first whose IRI no document gives any more: it could not lead on. A thing
    belongs to the cluster of the member that it has its IRI from; if that member is gone, to the cluster with most of
    its members. A new thing takes the IRI of its oldest member. A linked thing gives its IRI to the cluster that it is
    in; `things` has none of them.
    """
    of = {member.id: place for place, cluster in enumerate(clusters) for member in cluster.members}
    shares: defaultdict[int | None, Counter[int]] = defaultdict(Counter)
    for place, cluster in enumerate(clusters):
        for member in cluster.members:
            shares[member.thing][place] += 1
    own: dict[int, int] = {}
    for thing in sorted(things, key=lambda thing: (things[thing] in of, thing), reverse=True):
        share = shares[thing]
        owner = of[things[thing]] if things[thing] in of else min(share, key=lambda place: (-share[place], place))
        own[owner] = thing
    return [cluster.linked or own.get(place) or cluster.members[0].id for place, cluster in enumerate(clusters)]
