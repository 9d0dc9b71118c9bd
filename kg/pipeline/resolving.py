"""Finds out which of the things that documents speak of are the same, document by document, and keeps it.

First every new document's members are compared with those of other documents that share a key; when all are, what
hangs together with anything new is clustered anew, cell by cell. What comes out is a function of the documents and the
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
from kg.pipeline.settled import settled_pairs
from kg.pipeline.toolbox import Toolbox
from kg.records import Extraction
from kg.resolution import EntityProfile, EventProfile, Pair, Profile
from kg.resolve import STEPS, Node, Resolves
from kg.workspace import EVENT, STORY, Connected, Found, Member, Ties, Workspace

log = logging.getLogger(__name__)

_DOCUMENTS, _MEMBERS = 200, 2_000
# Of cells of up to so many members all pairs are compared.
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
    documents = workspace.members.unresolved()
    for start in range(0, len(documents), _DOCUMENTS):
        with workspace.transaction():
            for document in documents[start:start + _DOCUMENTS]:
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
    """Cluster the cells of members that are new or lost a neighbour, a few thousand a transaction."""
    resolver, ties = tools.resolver, workspace.ties(at_least=STEPS[0])
    while numbers := workspace.things.dirty(_MEMBERS):
        with workspace.transaction():
            cells = _touched(ties, resolver, numbers)
            connected = workspace.things.connected(*_within(cells))
            parts = (_completed(part, workspace, resolver) for part in _parts(connected, cells))
            clusters = [cluster for part in parts for cluster in _clusters(part, resolver)]
            clusters.sort(key=lambda cluster: _age(cluster.members[0]))
            named = zip(clusters, name_clusters(clusters, connected.things), strict=True)
            workspace.things.assign((cluster.members, name) for cluster, name in named)
            ties.keep((cell.members, cell.tied) for cell in cells)


def _age(member: Member) -> tuple[int, str]:
    return member.document, member.id


class _Touched(NamedTuple):
    """Members, by number, and known things that are clustered together, and by what they hang together."""

    members: frozenset[int]
    linked: frozenset[str]
    tied: float


def _touched(ties: Ties, resolver: Resolves, numbers: Sequence[int]) -> list[_Touched]:
    """All cells that may be other ones than before because of some members, and all that is named along with them."""
    found, done = list[_Touched](), set[int]()
    todo = {*numbers} | ties.reached(numbers)
    while todo:
        new = resolver.cells(ties.nodes(todo), ties.around)
        of: defaultdict[Node, list[int]] = defaultdict(list)
        for number, node in ties.members({node for cell in new for node in cell.nodes}).items():
            of[node].append(number)
        for cell in new:
            linked = frozenset(node for node in cell.nodes if isinstance(node, str) and node not in of)
            found.append(_Touched(frozenset(number for node in cell.nodes for number in of.get(node, ())), linked,
                                  cell.tied))
        fresh = {number for row in of.values() for number in row}
        done |= fresh
        todo = ties.beside(fresh) - done
    return [cell for cell in found if cell.members]


def _within(cells: Sequence[_Touched]) -> tuple[set[int], frozenset[str]]:
    return ({number for cell in cells for number in cell.members},
            frozenset(name for cell in cells for name in cell.linked))


def _parts(connected: Connected, cells: Sequence[_Touched]) -> Iterator[Connected]:
    """What belongs to each cell."""
    place = {number: turn for turn, cell in enumerate(cells) for number in cell.members}
    of = {member.id: place[member.number] for member in connected.members}
    of |= {name: turn for turn, cell in enumerate(cells) for name in cell.linked}
    members: defaultdict[int, list[Member]] = defaultdict(list)
    for member in connected.members:
        members[of[member.id]].append(member)
    scores, together, apart = (_inside(pairs, of) for pairs in (
        connected.scores, dict.fromkeys(connected.together, 1.0), dict.fromkeys(connected.apart, 0.0)))
    for turn, cell in enumerate(cells):
        yield Connected(tuple(members[turn]), cell.linked, scores[turn], frozenset(together[turn]),
                        frozenset(apart[turn]), connected.things)


def _inside(pairs: Mapping[Pair, float], of: Mapping[str, int]) -> defaultdict[int, dict[Pair, float]]:
    """The pairs whose ends are in one cell, by cell."""
    found: defaultdict[int, dict[Pair, float]] = defaultdict(dict)
    for pair, score in pairs.items():
        if of[pair[0]] == of[pair[1]]:
            found[of[pair[0]]][pair] = score
    return found


def _completed(part: Connected, workspace: Workspace, resolver: Resolves) -> Connected:
    """A cell with the scores of pairs that shared no key, if it is small.

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
    """What the members of a cell are."""
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
