"""Finds out which of the things that documents speak of are the same, document by document, and keeps it.

First every new document's members are compared with those of other documents that share a key; when all are, the
members that hang together with anything new are clustered anew. What comes out is a function of the documents and the
decisions of people alone, but for the IRIs: of things that were joined the oldest keeps its own.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from kg.errors import KnowledgeError, WorkspaceError
from kg.ingest import OnProblem, Problem
from kg.pipeline.naming import Cluster, name_clusters
from kg.pipeline.settled import same_key, settled_pairs
from kg.pipeline.toolbox import Toolbox
from kg.records import Extraction
from kg.resolution import EntityProfile, EventProfile, Pair, Profile
from kg.resolve import Resolves
from kg.workspace import EVENT, STORY, Connected, Found, Member, Workspace

log = logging.getLogger(__name__)

# Members hang together by pairs that are at least as probable as not: no cluster goes beyond them.
_TIED = 0.5
_DOCUMENTS, _MEMBERS = 200, 2_000
# Of connected sets of up to so many members all pairs are compared.
_COMPLETED = 60


class Decisions(NamedTuple):
    """What people decided: pairs of members' ids (or, in `together`, IRIs of linked things) in alphabetical order."""

    together: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()


Decides = Callable[[Workspace], Decisions]


def nothing_decided(workspace: Workspace) -> Decisions:
    """No decisions."""
    return Decisions()


def as_read(extraction: Extraction) -> Extraction:
    """An extraction that nobody changed."""
    return extraction


def resolve(workspace: Workspace, tools: Toolbox, on_problem: OnProblem, decides: Decides = nothing_decided,
            amended: Callable[[Extraction], Extraction] = as_read) -> None:
    """Bring what the documents of a workspace speak of up to date; cut short, the next call goes on where it stopped.

    `decides` is asked when all members are known, `amended` gives an extraction as people corrected it. A document
    that cannot be read is told, has no members, and is tried again by the next call.
    """
    if workspace.note("resolution") != tools.resolution_version:
        with workspace.transaction():
            workspace.members.forget_comparisons()
            workspace.set_note("resolution", tools.resolution_version)
    with workspace.transaction():
        workspace.members.drop_withdrawn()
    _compare_all(workspace, tools, on_problem, amended)
    with workspace.transaction():
        workspace.things.decide(*decides(workspace))
    _cluster_all(workspace, tools)


def _compare_all(workspace: Workspace, tools: Toolbox, on_problem: OnProblem,
                 amended: Callable[[Extraction], Extraction]) -> None:
    """Compare the members of new and changed documents with all others, a batch of documents a transaction."""
    last = 0
    while batch := workspace.members.unresolved(after=last, limit=_DOCUMENTS):
        last = batch[-1][0]
        with workspace.transaction():
            for _, document in batch:
                try:
                    with workspace.transaction():
                        _compare(workspace, tools.resolver, amended(workspace.extraction(document)))
                except (KnowledgeError, WorkspaceError):
                    raise
                except Exception as error:  # whatever a strange extraction sets off, the others are compared
                    log.debug("%s", document, exc_info=True)
                    on_problem(_not_compared(workspace, document, error))


def _compare(workspace: Workspace, resolver: Resolves, extraction: Extraction) -> None:
    from kg.graph.nodes import local_names

    document, members = extraction.document.id, workspace.members
    profiles = resolver.profiles(extraction, local_names(extraction))
    numbers = members.replace(document, [_found(one, resolver) for one in profiles])
    for number in numbers:
        profile = members.profile(number)
        compared = ((number, other, resolver.compare(profile, members.profile(other)))
                    for other in members.candidates(number))
        members.add_pairs(compared)
    members.mark_resolved(document)


def _found(profile: Profile, resolver: Resolves) -> Found:
    return Found(profile, _kind(profile), resolver.blocks(profile), resolver.settled(profile))


def _kind(profile: Profile) -> str:
    if isinstance(profile, EntityProfile):
        return profile.kind
    return EVENT if isinstance(profile, EventProfile) else STORY


def _not_compared(workspace: Workspace, document: str, error: Exception) -> Problem:
    source = workspace.extraction(document).document.source
    reason = f"not compared with other documents: {type(error).__name__}: {error}"
    return Problem(source, None, reason, "please report this text; the others were compared")


def _cluster_all(workspace: Workspace, tools: Toolbox) -> None:
    """Cluster what hangs together with members that are new or lost a neighbour, a few thousand a transaction."""
    while numbers := workspace.things.dirty(_MEMBERS):
        with workspace.transaction():
            connected = workspace.things.connected(numbers, at_least=_TIED)
            parts = (_completed(part, workspace, tools.resolver) for part in _parts(connected))
            clusters = [cluster for part in parts for cluster in _clusters(part, tools.resolver)]
            clusters.sort(key=lambda cluster: _age(cluster.members[0]))
            named = zip(clusters, name_clusters(clusters, connected.things), strict=True)
            workspace.things.assign((cluster.members, name) for cluster, name in named)


def _age(member: Member) -> tuple[int, str]:
    return member.document, member.id


def _parts(connected: Connected) -> Iterator[Connected]:
    """The sets of members that hang together by likeness or decision; a common thing of the past joins nothing."""
    root = {name: name for name in (*(member.id for member in connected.members), *connected.linked)}

    def find(name: str) -> str:
        while root[name] != name:
            root[name] = name = root[root[name]]
        return name

    tied = (pair for pair, score in connected.scores.items() if score >= _TIED)
    for one, other in (*tied, *connected.together, *same_key(connected.members)):
        root[find(one)] = find(other)
    members: defaultdict[str, list[Member]] = defaultdict(list)
    linked: defaultdict[str, set[str]] = defaultdict(set)
    scores: defaultdict[str, dict[Pair, float]] = defaultdict(dict)
    pairs: defaultdict[str, tuple[set[Pair], set[Pair]]] = defaultdict(lambda: (set(), set()))
    for member in connected.members:
        members[find(member.id)].append(member)
    for name in connected.linked:
        linked[find(name)].add(name)
    for pair, score in connected.scores.items():
        if find(pair[0]) == find(pair[1]):
            scores[find(pair[0])][pair] = score
    for place, decided in enumerate((connected.together, connected.apart)):
        for pair in decided:
            pairs[find(pair[0])][place].add(pair)
    for name, found in members.items():
        together, apart = pairs[name]
        yield Connected(tuple(found), frozenset(linked[name]), scores[name], frozenset(together), frozenset(apart),
                        connected.things)


def _completed(part: Connected, workspace: Workspace, resolver: Resolves) -> Connected:
    """A connected set with the scores of pairs that shared no key, if it is small.

    Two accounts of which one has no date or place share none and may be one all the same. These scores tie nothing
    together that was not, and are not kept: what hangs together stays what it is without them.
    """
    if not 2 < len(part.members) <= _COMPLETED:
        return part
    profile = {member.id: workspace.members.profile(member.number) for member in part.members}
    pairs = combinations(sorted(profile), 2)
    unknown = [pair for pair in pairs if pair not in part.scores and not _of_one_document(profile, pair)]
    found = {pair: resolver.compare(profile[pair[0]], profile[pair[1]]) for pair in unknown}
    return part._replace(scores={**part.scores, **{pair: row.score if row else 0.0 for pair, row in found.items()}})


def _of_one_document(profile: Mapping[str, Profile], pair: Pair) -> bool:
    return profile[pair[0]].document == profile[pair[1]].document


def _clusters(part: Connected, resolver: Resolves) -> Iterator[Cluster]:
    """What the members of a connected set are."""
    if len(part.members) == 1 and not part.linked:
        yield Cluster(part.members)
        return
    by_id = {member.id: member for member in part.members}
    links = {name: link for pair in sorted(part.together) for name, link in (pair, pair[::-1])
             if name in by_id and link in part.linked}
    same, different = _by_links(links)
    together = {pair for pair in part.together if not part.linked.intersection(pair)} | same
    apart = (part.apart | _one_document(part.members) | different) - together
    together |= settled_pairs(part.members, together, apart)
    for group in resolver.cluster(sorted(by_id), part.scores, together=together, apart=apart):
        members = sorted((by_id[name] for name in group), key=_age)
        yield Cluster(members, min((links[name] for name in group if name in links), default=None))


def _by_links(links: Mapping[str, str]) -> tuple[set[Pair], set[Pair]]:
    """Which members are one because they are the same linked thing, and which are not because they are two of them."""
    pairs = list(combinations(sorted(links), 2))
    same = {(one, other) for one, other in pairs if links[one] == links[other]}
    return same, set(pairs) - same


def _one_document(members: Sequence[Member]) -> set[Pair]:
    """What one document tells apart: no two of its events or of its entities are one."""
    of: defaultdict[int, list[str]] = defaultdict(list)
    for member in members:
        of[member.document].append(member.id)
    return {pair for there in of.values() for pair in combinations(sorted(there), 2)}
