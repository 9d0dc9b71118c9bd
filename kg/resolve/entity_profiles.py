"""The profile of an entity that no table knows: all of what its document says that decides about its identity."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property

from kg.records import Entity, Event, Extraction, Kind, Mention, Relation
from kg.resolution import EntityProfile, Part
from kg.resolve.entity_features import below_country
from kg.resolve.entity_knowledge import roles, weighing
from kg.resolve.entity_surroundings import age, role_classes, surroundings
from kg.resolve.knowledge import ResolutionKnowledge
from kg.resolve.naming import naming
from kg.reviewkeys import review_key, sentence_at

BODIES = frozenset({Kind.GROUP, Kind.FORCE, Kind.ORGANIZATION, Kind.PROJECT})
SITES = frozenset({Kind.PLACE, Kind.FACILITY})
_HAPPENED = frozenset({"asserted", "alleged"})
_LEFT_OUT = frozenset({"denied"})
_NEAR = 100
_SENTENCE_END = re.compile(r"[.?!] |\n")


def profiles(extraction: Extraction, names: Mapping[str, str], knowledge: ResolutionKnowledge
             ) -> tuple[EntityProfile, ...]:
    """The unlinked entities of a document that have a name of their own; "gunmen" and "the market" have none."""
    return tuple(_EntityReader(extraction, knowledge).profiles(names))


class _EntityReader:
    """Reads the entities of one document."""

    def __init__(self, extraction: Extraction, knowledge: ResolutionKnowledge) -> None:
        self._extraction, self._knowledge = extraction, knowledge
        self._naming, self._roles = naming(knowledge.gazetteer), roles()
        self._entities = {entity.id: entity for entity in extraction.entities}
        self._mentions = {mention.id: mention for mention in extraction.mentions}
        self._mentions_of: dict[str, list[Mention]] = {}
        for mention in sorted(extraction.mentions, key=lambda mention: (mention.start, mention.end)):
            if mention.entity:
                self._mentions_of.setdefault(mention.entity, []).append(mention)

    def profiles(self, names: Mapping[str, str]) -> Iterator[EntityProfile]:
        """One profile per named entity."""
        for entity in self._extraction.entities:
            if entity.link is None and self._named(entity):
                yield self._profile(entity, names[entity.id])

    def _named(self, entity: Entity) -> bool:
        if not any(char.isupper() for char in entity.name):
            return False
        if entity.kind == Kind.PERSON:
            words = self._naming.person(entity.name).words
            return bool(words) and words[-1].plain not in self._naming.not_people
        if entity.kind in SITES:
            return any(map(self._naming.tells, self._naming.place(entity.name)[0].telling))
        if entity.kind not in BODIES:
            return False
        return bool(self._naming.body(entity.name).telling) or bool(self._parents(entity))

    def _profile(self, entity: Entity, iri: str) -> EntityProfile:
        parts = tuple(self._parts(entity))
        nearby = self._nearby(entity)
        within = next((part.area for part in parts if part.area), nearby) if entity.kind in SITES else ()
        beside = self._beside(entity)
        found = (set[str]().union(*(role_classes(*words, self._roles) for words in beside))
                 if entity.kind == Kind.PERSON else set[str]())
        ages = [age(*words, self._roles) for words in beside] if entity.kind == Kind.PERSON else []
        return EntityProfile(
            id=iri, document=self._extraction.document.id, key=self._key(entity), kind=entity.kind, name=entity.name,
            aliases=tuple(self._aliases(entity)), parents=self._parents(entity), within=within,
            roles=tuple(sorted(found)), offices=tuple(sorted(found & self._roles.offices)),
            age=next((years for years in ages if years), None), ties=self._ties(entity), parts=parts,
            country=self._country(entity, parts, within or nearby), areas=self._areas(parts, nearby),
            company=tuple(key for key in self._people if key != self._name_key(entity)),
            published=self._extraction.document.published, days=self._days(parts))

    def _key(self, entity: Entity) -> str:
        first = next(iter(self._mentions_of.get(entity.id, ())), None)
        sentence = sentence_at(self._extraction.document.text, first.start) if first else ""
        return review_key(entity.kind, sentence, entity.name)

    def _beside(self, entity: Entity) -> list[tuple[str, str]]:
        """The words around each mention by name."""
        written = {entity.name, *entity.aliases}
        return [surroundings(self._extraction.document.text, mention.start, mention.end)
                for mention in self._mentions_of.get(entity.id, ()) if mention.text in written]

    def _aliases(self, entity: Entity) -> Iterator[str]:
        yield from entity.aliases
        for relation in self._extraction.relations:
            if relation.predicate == "alsoKnownAs" and entity.id in (relation.subject, relation.object):
                other = self._entities[relation.object if relation.subject == entity.id else relation.subject]
                if other.kind == entity.kind and other.link is None:
                    yield other.name

    def _stated(self) -> Iterator[Relation]:
        return (relation for relation in self._extraction.relations if relation.status in _HAPPENED)

    def _parents(self, entity: Entity) -> tuple[str, ...]:
        """What a body is a unit of."""
        found = [self._link_or_key(r.object) for r in self._stated()
                 if r.predicate == "subgroupOf" and r.subject == entity.id]
        return tuple(dict.fromkeys(filter(None, found)))

    def _ties(self, entity: Entity) -> tuple[tuple[str, str], ...]:
        """The relations that tell who somebody is; "~" marks those in which the entity is the object."""
        found: set[tuple[str, str]] = set()
        for relation in self._stated():
            if relation.predicate in weighing().identifying:
                if relation.subject == entity.id and (key := self._link_or_key(relation.object)):
                    found.add((relation.predicate, key))
                if relation.object == entity.id and (key := self._link_or_key(relation.subject)):
                    found.add((f"~{relation.predicate}", key))
        return tuple(sorted(found))

    def _link_or_key(self, entity_id: str) -> str:
        entity = self._entities[entity_id]
        return entity.link or self._name_key(entity)

    def _name_key(self, entity: Entity) -> str:
        """The name in the spelling that all its spellings share; empty for what has no name."""
        if not any(char.isupper() for char in entity.name):
            return ""
        if entity.kind == Kind.PERSON:
            return " ".join(word.far for word in self._naming.person(entity.name).words)
        return " ".join(word.far for word in self._naming.body(entity.name).telling)

    @cached_property
    def _people(self) -> tuple[str, ...]:
        """The name keys of people with full names, the rarest names first."""
        found: dict[str, float] = {}
        for entity in self._extraction.entities:
            words = self._naming.person(entity.name).words if entity.kind == Kind.PERSON else ()
            if len(words) > 1 and words[-1].plain not in self._naming.not_people:
                found[self._name_key(entity)] = -sum(map(self._naming.rarity, words))
        return tuple(sorted(found, key=lambda key: (found[key], key)))[:int(weighing().limits["company"])]

    def _parts(self, entity: Entity) -> Iterator[Part]:
        mentions = {mention.id for mention in self._mentions_of.get(entity.id, ())}
        for event in self._extraction.events:
            if event.status not in _HAPPENED:
                continue
            when, area = event.date, self._area(event)
            for role in self._roles_in(event, entity.id, mentions):
                yield Part(role=role, first=when.earliest if when else None, last=when.latest if when else None,
                           area=area, killed=role == "victim" and _deadly(event))

    def _roles_in(self, event: Event, entity_id: str, mentions: set[str]) -> Iterator[str]:
        if entity_id in event.victims:
            yield "victim"
        if mentions.intersection(event.places):
            yield "place"
        if mentions.intersection(event.targets):
            yield "target"
        yield from {actor.role for actor in event.actors if actor.entity == entity_id and actor.status not in _LEFT_OUT}

    def _area(self, event: Event) -> tuple[str, ...]:
        """The smallest known place of an event and what contains it."""
        chains = [self._chain(self._mentions[mention].entity) for mention in event.places if mention in self._mentions]
        return max(chains, key=len, default=())

    def _chain(self, entity_id: str | None) -> tuple[str, ...]:
        entity = self._entities.get(entity_id or "")
        place = self._knowledge.places.get(entity.link) if entity and entity.link else None
        return (place.id, *place.within) if place else ()

    def _nearby(self, entity: Entity) -> tuple[str, ...]:
        """The chain of the known place that is named next to the entity in a sentence."""
        text = self._extraction.document.text
        for mention in self._mentions_of.get(entity.id, ()):
            gaps = [(max(other.start - mention.end, mention.start - other.end), other.start, chain)
                    for other, chain in self._known_places]
            for gap, start, chain in sorted(gaps):
                between = text[mention.end:start] if start >= mention.end else text[start:mention.start]
                if 0 <= gap <= _NEAR and not _SENTENCE_END.search(between):
                    return chain
        return ()

    @cached_property
    def _known_places(self) -> list[tuple[Mention, tuple[str, ...]]]:
        """The mentions of known places with what contains these."""
        return [(mention, chain) for mention in self._extraction.mentions
                if mention.kind == Kind.PLACE and (chain := self._chain(mention.entity))]

    def _areas(self, parts: tuple[Part, ...], nearby: tuple[str, ...]) -> tuple[str, ...]:
        """The places below countries where the document sets the entity."""
        chains = [*(part.area for part in parts), nearby, *self._scenes]
        found = dict.fromkeys(link for chain in chains for link in chain if below_country(link, self._knowledge))
        return tuple(found)[:int(weighing().limits["areas"])]

    @cached_property
    def _scenes(self) -> tuple[tuple[str, ...], ...]:
        """The places of the document's main events; where these have none, the place that it names most."""
        found = tuple(area for event in self._extraction.events if event.salience == "main"
                      and event.status in _HAPPENED and (area := self._area(event)))
        named = Counter(chain for _, chain in self._known_places)
        most = min(named, key=lambda chain: (-named[chain], -len(chain), chain), default=None)
        return found or ((most,) if most else ())

    def _country(self, entity: Entity, parts: tuple[Part, ...], nearby: tuple[str, ...]) -> str | None:
        """Where the entity belongs: by its events, its ties, what is named beside it, or the whole document."""
        for chains in ([part.area for part in parts], [nearby]):
            if found := Counter(code for chain in chains if (code := self._code(chain))):
                return found.most_common(1)[0][0]
        return self._country_of_ties(entity) or self._setting

    def _code(self, chain: tuple[str, ...]) -> str | None:
        place = self._knowledge.places.get(chain[0]) if chain else None
        return place.country if place else None

    def _country_of_ties(self, entity: Entity) -> str | None:
        """The only country of the bodies that the entity is tied to."""
        found: set[str] = set()
        for _, other in self._ties(entity):
            if ":" in other:
                found.update(self._countries_of(other))
        return found.pop() if len(found) == 1 else None

    def _countries_of(self, link: str) -> tuple[str, ...]:
        try:
            return self._knowledge.gazetteer.entry(link).countries
        except KeyError:
            return ()

    @cached_property
    def _setting(self) -> str | None:
        """The country of the document: of its main events, else the one whose places it names most."""
        found = Counter(code for chain in self._scenes if (code := self._code(chain)))
        return min(found, key=lambda code: (-found[code], code), default=None)

    def _days(self, parts: tuple[Part, ...]) -> tuple[str, ...]:
        days = sorted({part.first for part in parts if part.first and part.first == part.last})
        published = self._extraction.document.published
        return tuple(days) or ((published,) if published else ())


def _deadly(event: Event) -> bool:
    """Whether all that is told of the event's victims is that they died."""
    return {count.outcome for count in event.casualties} == {"killed"}
