"""The things that people mean by the names they give, and how reviews name them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import KGError
from kg.pipeline.applying import Applied
from kg.pipeline.parts import event_keys
from kg.pipeline.toolbox import Toolbox
from kg.records import Extraction
from kg.reviewkeys import sentence_at
from kg.reviews import Reference
from kg.workspace import EVENT, STORY, Workspace
from kg.workspace.reviews import NamedMember

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

# The beginning of an id.
SHORT = re.compile(r"[0-9a-f]{4,}")


class Target(NamedTuple):
    """A thing that somebody named; without members it is known from the tables alone."""

    iri: str
    members: tuple[NamedMember, ...]

    @property
    def kind(self) -> str:
        """What it is: an event, a story or an entity."""
        found = self.members[0].kind if self.members else ""
        return found if found in (EVENT, STORY) else "entity"


class Targets:
    """Looks up what people name, in a workspace and its graph."""

    def __init__(self, workspace: Workspace, store: GraphStore, tools: Toolbox, applied: Applied) -> None:
        self._workspace, self._store, self._tools, self._applied = workspace, store, tools, applied

    def thing(self, name: str) -> Target:
        """The one thing of a name, prefixed name, IRI or beginning of an id.

        Raises KGError if there is none, or several.
        """
        from kg.graph.vocabulary import compact

        found = dict.fromkeys(self._thing_of(iri) for iri in self._candidates(name))
        if not found:
            raise KGError(f"nothing is called {name!r}", where=str(self._workspace.folder),
                          mend="name it as `kg show` prints it, such as event:7f3a91c2")
        if len(found) > 1:
            raise KGError(f"{name!r} may be {', '.join(compact(iri) for iri in found)}",
                          where=str(self._workspace.folder), mend="name one of them")
        (iri,) = found
        return Target(iri, tuple(self._workspace.reviews.members_of(iri)))

    def _candidates(self, name: str) -> list[str]:
        from kg.graph.iris import link_of
        from kg.graph.reading import find
        from kg.graph.reference import is_known
        from kg.graph.vocabulary import expand

        iri = expand(name.strip().removeprefix("<").removesuffix(">"))
        link = link_of(iri)
        if self._workspace.reviews.members_of(iri) or (link and is_known(link, self._tools.knowledge)):
            return [iri]
        short = iri.rpartition("/")[2] if "://" in iri else name.strip()
        begun = self._workspace.reviews.shortened(short) if SHORT.fullmatch(short) else []
        return begun or [one for one in find(self._store, name) if self._is_thing(one)]

    def _is_thing(self, iri: str) -> bool:
        from kg.graph.iris import link_of

        return bool(self._workspace.reviews.members_of(iri)) or link_of(iri) is not None

    def _thing_of(self, iri: str) -> str:
        members = self._workspace.reviews.members_of(iri)
        return self._applied.aliases.get(iri, members[0].thing or iri if members else iri)

    def references(self, target: Target) -> tuple[Reference, ...]:
        """How a review names a thing: by what the tables know it as, else by all accounts of it."""
        from kg.graph.iris import link_of
        from kg.graph.reference import is_known

        link = link_of(target.iri)
        if link and is_known(link, self._tools.knowledge):
            return (Reference(what="known", iri=target.iri, words=self.label(target.iri)),)
        return tuple(map(self.reference, target.members))

    def reference(self, member: NamedMember) -> Reference:
        """How a review names the account of one document."""
        alike = [one.id for one in self._workspace.reviews.members_in(member.document, member.kind)
                 if one.key == member.key]
        keys, words = told_of(self._applied.amended(self._workspace.extraction(member.document)), member)
        return Reference(what=member.kind, words=words, keys=keys, document=member.document, source=member.source,
                         turn=alike.index(member.id) if member.key else 0)

    def label(self, iri: str) -> str:
        """The label of a thing in the graph, else its short name."""
        from kg.graph.terms import Iri
        from kg.graph.vocabulary import LABEL, compact

        return next((str(o) for _, _, o in self._store.triples(Iri(iri), Iri(LABEL.value))), compact(iri))


def told_of(extraction: Extraction, member: NamedMember) -> tuple[tuple[str, ...], str]:
    """The keys of a member and what its document says of it: the sentence of an event, the name of anything else."""
    from kg.graph.nodes import local_names

    name = next((name for name, iri in local_names(extraction).items() if iri == member.id), "")
    for event in extraction.events:
        if event.id == name:
            starts = [*(one.start for one in event.triggers), *(one.start for one in event.evidence)]
            words = sentence_at(extraction.document.text, starts[0]) if starts else event.type
            return event_keys(extraction, event), " ".join(words.split())
    named = [entity.name for entity in extraction.entities if entity.id == name]
    if member.kind == STORY or not named:
        return (), extraction.document.title or member.source
    return (member.key or "",), named[0]
