"""Applies what people decided to a workspace, in every build: to what is one, and to what documents say.

What a review is about is found anew each time by its keys. A document's own sentence comes first; a text that was
cleaned otherwise is known by its source. What is not found waits, and takes effect when it is there again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kg.errors import KGError
from kg.pipeline.amending import amend, touch
from kg.pipeline.decisions import Decision, settle
from kg.pipeline.parts import ACTOR, CLASS, Part, event_keys, parts
from kg.pipeline.resolving import Decisions
from kg.records import Extraction, content_hash
from kg.resolution import Pair
from kg.reviews import Reference, Review, Verb, in_force
from kg.workspace import EVENT, STORY, Workspace

if TYPE_CHECKING:
    from kg.graph.judged import Amendment

# Raised when the same reviews come to something else, so that documents they concern are written anew.
_VERSION = "1"
_JOINING = (Verb.MERGE, Verb.SPLIT)


class Applied:
    """What people decided about a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.reviews = in_force(workspace.reviews.all())
        self._known = {one.iri for review in self.reviews for one in review.references if one.iri}

    def mark_changed(self) -> bool:
        """Note which documents reviews concern otherwise than when they were last written; whether there are any."""
        from kg.graph.iris import document_iri

        known = self._workspace.reviews.amended()
        now = {document: content_hash(_VERSION, *(review.id for review, _ in found))
               for document, found in self._about.items()} | self.aliases
        changed = {subject for subject in now.keys() | known.keys() if now.get(subject) != known.get(subject)}
        if not changed:
            return False
        names = {name for subject in changed for name in (subject, now.get(subject), known.get(subject)) if name}
        speaking = set(self._speaking_of({name for name in names if "://" in name}))
        prefix = document_iri("")
        with self._workspace.transaction():
            self._workspace.reviews.set_amended(now, changed | {iri.removeprefix(prefix) for iri in speaking})
        return True

    def _speaking_of(self, things: Iterable[str]) -> Iterator[str]:
        """The IRIs of the documents that speak of some things, by the graph as it is."""
        from kg.graph.store import GraphStore
        from kg.graph.terms import Iri
        from kg.graph.vocabulary import MENTIONS

        wanted = list(things)
        if not wanted or not self._workspace.graph_folder.is_dir():
            return
        with GraphStore.open(self._workspace.graph_folder) as store:
            for thing in wanted:
                for subject, _, _ in store.triples(predicate=Iri(MENTIONS.value), object=Iri(thing)):
                    yield str(subject)

    def decisions(self) -> Decisions:
        """The pairs of members, and of members and known things, that are one or apart; known things are never two."""
        pairs = {tuple(sorted(map(self._canonical, pair))): same for pair, same in self._settled.items()}
        found: dict[bool, set[Pair]] = {True: set(), False: set()}
        for (one, other), same in pairs.items():
            if one != other and not (one in self._known and other in self._known):
                found[same].add((one, other))
        return Decisions(frozenset(found[True]), frozenset(found[False] | set(self._apart_by_way(found))))

    def _apart_by_way(self, found: Mapping[bool, set[Pair]]) -> Iterator[Pair]:
        """The members that are apart because one of them is a known thing that the other is not."""
        of: dict[str, set[str]] = {}
        for pair in found[True]:
            for thing, member in (pair, pair[::-1]):
                if thing in self._known:
                    of.setdefault(thing, set()).add(member)
        for pair in found[False]:
            for thing, member in (pair, pair[::-1]):
                for other in of.get(thing, ()):
                    yield (member, other) if member < other else (other, member)

    @cached_property
    def aliases(self) -> dict[str, str]:
        """The known things that somebody found to be others; of several that are one, the first by name stays."""
        group: dict[str, set[str]] = {}
        for (one, other), same in self._settled.items():
            if same:
                both = group.get(one, {one}) | group.get(other, {other})
                group.update(dict.fromkeys(both, both))
        found = {}
        for name, names in group.items():
            first = min(names & self._known, default=name)
            if name in self._known and name != first:
                found[name] = first
        return found

    def _canonical(self, name: str) -> str:
        return self.aliases.get(name, name)

    @cached_property
    def _settled(self) -> dict[Pair, bool]:
        return settle(self._decided())

    def _decided(self) -> Iterator[Decision]:
        for review in self.reviews:
            if review.verb in _JOINING:
                yield self.decision(review)
            elif review.verb is Verb.CORRECT and len(review.groups) > 1:
                new = self._new_member(review)
                meant = tuple(name for reference in review.groups[1] for name in self.find(reference))
                if new and meant:
                    yield Decision(True, ((new,), meant))

    def joined_by(self, one: str, other: str) -> Review | None:
        """The last review that made one of two members, or of a member and a known thing."""
        for review in reversed(self.reviews):
            if review.verb is Verb.MERGE:
                names = {self._canonical(name) for group in self._decisions[review.id].groups for name in group}
                if {one, other} <= names:
                    return review
        return None

    @cached_property
    def _decisions(self) -> dict[str, Decision]:
        return {review.id: self.decision(review) for review in self.reviews if review.verb in _JOINING}

    def decision(self, review: Review) -> Decision:
        """What a merge or split comes to now."""
        groups = (tuple(name for reference in group for name in self.find(reference)) for group in review.groups)
        return Decision(review.verb is Verb.MERGE, tuple(group for group in groups if group))

    def _new_member(self, review: Review) -> str | None:
        """The member that a correction with a thing of another document brought into a document."""
        from kg.graph.nodes import local_names

        for document in self._documents(review.groups[0][0]):
            extraction = self._workspace.extraction(document)
            made = self._made(extraction, lambda link: link)
            new = [entity for entity in made[-1].after.entities[len(extraction.entities):]
                   if review.value and entity.name == review.value.text] if made else []
            if new:
                return local_names(made[-1].after)[new[0].id]
        return None

    def find(self, reference: Reference) -> tuple[str, ...]:
        """The member or known thing that a merge or split names, by IRI; none while it waits."""
        if reference.iri is not None:
            return (reference.iri,)
        if reference.what == STORY:
            found = [member.id for document in self._documents(reference)
                     for member in self._workspace.reviews.members_in(document, STORY)]
            return tuple(found[:1])
        members = [one for one in self._workspace.reviews.keyed(reference.keys)
                   if (one.kind == EVENT) == (reference.what == EVENT)]
        alone = len({one.document for one in members}) == 1
        for here in ([one for one in members if one.document == reference.document],
                     [one for one in members if one.source == reference.source], members if alone else []):
            if here:
                best = min(reference.keys.index(one.key or "") for one in here)
                named = [one.id for one in here if one.key == reference.keys[best]]
                return tuple(named[reference.turn:reference.turn + 1])
        return self._by_trigger(reference)

    def _by_trigger(self, reference: Reference) -> tuple[str, ...]:
        """The event that now has the words of the reference among others; one that people found to be none is none."""
        from kg.graph.nodes import local_names

        for document in self._documents(reference) if reference.what == EVENT else ():
            extraction = self._workspace.extraction(document)
            names, there = local_names(extraction), self._workspace.reviews.members_in(document, EVENT)
            for event in extraction.events:
                if set(event_keys(extraction, event)) & set(reference.keys):
                    return tuple(member.id for member in there if member.id == names[event.id])
        return ()

    def _documents(self, reference: Reference) -> tuple[str, ...]:
        return self._workspace.reviews.document_of(reference.document or "", reference.source)

    @cached_property
    def _about(self) -> dict[str, list[tuple[Review, Reference]]]:
        """The documents of whose statements a review speaks, with what it is about there."""
        found: dict[str, list[tuple[Review, Reference]]] = {}
        for review in self.reviews:
            if review.verb not in _JOINING:
                for reference in review.groups[0]:
                    for document in self._documents(reference):
                        found.setdefault(document, []).append((review, reference))
        return found

    def renamed(self, extraction: Extraction) -> Extraction:
        """An extraction whose links lead to what they were found to be."""
        if not self.names_in(extraction):
            return extraction
        return replace(extraction, entities=tuple(replace(entity, link=self._link(entity.link))
                                                  for entity in extraction.entities))

    def names_in(self, extraction: Extraction) -> dict[str, str]:
        """The IRIs of known things in a document, or in what people put there, that others stand for, with theirs."""
        from kg.graph.iris import linked_iri

        if not self.aliases:
            return {}
        links = {entity.link for entity in extraction.entities} | {
            review.value.link for review, _ in self._about.get(extraction.document.id, ()) if review.value}
        names = {linked_iri(link) for link in links if link}
        return {name: self.aliases[name] for name in sorted(names & self.aliases.keys())}

    def _link(self, link: str | None) -> str | None:
        from kg.graph.iris import link_of, linked_iri

        found = self.aliases.get(linked_iri(link)) if link else None
        return link_of(found) if found else link

    def amended(self, extraction: Extraction) -> Extraction:
        """An extraction as people corrected it."""
        made = self.amendments(extraction)
        return made[-1].after if made else self.renamed(extraction)

    def amendments(self, extraction: Extraction) -> list[Amendment]:
        """What people decided on the statements of a document, one after the other."""
        return self._made(self.renamed(extraction), self._link)

    def _made(self, extraction: Extraction, link: Callable[[str | None], str | None]) -> list[Amendment]:
        from kg.graph.judged import Amendment

        now, made = extraction, list[Amendment]()
        for part, review in self.judged_parts(extraction):
            try:
                value = review.value and replace(review.value, link=link(review.value.link))
                after = now if review.verb is Verb.ACCEPT else amend(now, part, value)
                without = touch(now, part) if review.verb is Verb.ACCEPT else None
            except KGError:  # what the text calls things cannot be changed any more: the review waits
                continue
            made.append(Amendment(review, after, without))
            now = after
        return made

    def judged_parts(self, extraction: Extraction) -> list[tuple[Part, Review]]:
        """The parts of an extraction that somebody judged, each with the last review of it, in an order to amend them.

        Actors go by number, so the later ones come first; an event that is none goes after all that is said of it.
        """
        there = parts(extraction) if extraction.document.id in self._about else ()
        last: dict[Part, Review] = {}
        for review, reference in self._about.get(extraction.document.id, ()):
            for part in fitting(there, reference):
                last[part] = review
        return sorted(last.items(), key=lambda item: (
            item[0].slot == CLASS and item[1].verb is Verb.REJECT,
            -int(item[0].value) if item[0].slot == ACTOR else 0, item[1].time))

    def waiting(self, review: Review) -> tuple[Reference, ...]:
        """What a review is about and is not there now."""
        if review.verb in _JOINING:
            return tuple(one for one in review.references if not self.find(one))
        return tuple(one for one in (review.groups[0] if review.groups else ()) if not self._is_there(one))

    def _is_there(self, reference: Reference) -> bool:
        return any(fitting(parts(self._workspace.extraction(document)), reference)
                   for document in self._documents(reference))


def decided(workspace: Workspace) -> Decisions:
    """What is one and what is apart by what people decided, as the workspace is at the moment."""
    return Applied(workspace).decisions()


def fitting(there: Sequence[Part], reference: Reference) -> tuple[Part, ...]:
    """The part of an extraction that a reference names."""
    for key in reference.keys:
        found = [part for part in there if key in part.keys]
        if found:
            return tuple(found[reference.turn:reference.turn + 1])
    return ()

