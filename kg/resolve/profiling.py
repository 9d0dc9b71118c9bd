"""The profile of an event: all of what its document says of it that decides about its identity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from kg.records import Actor, Entity, Event, Extraction, Kind, Span, When
from kg.resolution import ActorAccount, EventProfile, PlaceAccount, ReportProfile, TollAccount
from kg.resolve.knowledge import ResolutionKnowledge
from kg.resolve.places import place_accounts
from kg.resolve.policy import policy
from kg.resolve.tolls import toll_accounts
from kg.resolve.words import most_telling, weights
from kg.reviewkeys import review_key, sentence_at
from kg.spellings import fold

_MOST_TOWNS = 5
_DENIED = "denied"
# Between a number and its noun there is hardly more than one word: "two separate bombings".
_WORDS_BEFORE = 2


def profiles(extraction: Extraction, names: Mapping[str, str], report: ReportProfile, knowledge: ResolutionKnowledge
             ) -> tuple[EventProfile, ...]:
    """The events of a document, whatever their status."""
    return tuple(_EventReader(extraction, knowledge).profile(event, names[event.id], report)
                 for event in extraction.events)


class _EventReader:
    """Reads the events of one document."""

    def __init__(self, extraction: Extraction, knowledge: ResolutionKnowledge) -> None:
        self._extraction, self._knowledge = extraction, knowledge
        self._entities = {entity.id: entity for entity in extraction.entities}
        self._mentions = {mention.id: mention for mention in extraction.mentions}
        self._news = sum(event.salience == "main" for event in extraction.events)
        self._totals = {event.part_of for event in extraction.events}

    def profile(self, event: Event, iri: str, report: ReportProfile) -> EventProfile:
        """One event with all its accounts."""
        document, when = self._extraction.document, event.date
        return EventProfile(
            id=iri, document=document.id, key=self._key(event), type=event.type, status=event.status,
            salience=event.salience, alone=self._news < 2,
            part=event.part_of is not None, total=event.id in self._totals,
            published=document.published, publisher=document.publisher,
            earliest=when.earliest if when else None, latest=when.latest if when else None,
            precision=when.precision if when else None, date_span=_date_span(when), country=event.country,
            countries=(event.country,) if event.country else report.countries,
            places=place_accounts(self._referents(event.places), self._knowledge),
            actors=tuple(self._actor(actor) for actor in event.actors if actor.entity in self._entities),
            targets=self._words(event.targets), weapons=self._kinds(event.weapons),
            victims=tuple(sorted({fold(self._entities[v].name).lower() for v in event.victims if v in self._entities})),
            tolls=tuple(self._tolls(event)), parts=tuple(self._parts(event)), stated_parts=self._stated_parts(event),
            words=weights(" ".join(self._told(event))),
            sketch=report.sketch, story=most_telling(report.words), lead=most_telling(report.lead),
            names=report.names, numbers=report.numbers, around=tuple(_towns(report)),
            evidence=event.evidence, confidence=event.confidence)

    def _key(self, event: Event) -> str:
        """The key of the event for reviews: the sentence of its first trigger."""
        anchors = sorted(event.triggers, key=lambda anchor: anchor.start)
        start = anchors[0].start if anchors else min((span.start for span in event.evidence), default=0)
        return review_key("event", sentence_at(self._extraction.document.text, start), *(a.text for a in anchors[:1]))

    def _referents(self, mentions: tuple[str, ...]) -> Iterator[Entity]:
        for mention in mentions:
            referent = self._mentions[mention].entity
            if referent in self._entities:
                yield self._entities[referent]

    def _actor(self, actor: Actor) -> ActorAccount:
        entity = self._entities[actor.entity]
        speaker = self._entities.get(actor.speaker or "")
        return ActorAccount(entity=actor.entity, name=entity.name, kind=entity.kind, link=entity.link,
                            above=self._above(entity), role=actor.role, status=actor.status,
                            speaker=speaker.name if speaker else actor.speaker, span=actor.evidence)

    def _above(self, entity: Entity) -> tuple[str, ...]:
        """What the actor is a unit of, by the tables and by the document, nearest first."""
        found: list[str] = []
        owners = [r.object for r in self._extraction.relations if (r.subject, r.predicate) == (entity.id, "subgroupOf")]
        links = [self._entities[owner].link for owner in owners] + [entity.link]
        for link in links:
            while link is not None and link not in found:
                if link != entity.link:
                    found.append(link)
                link = self._parent(link)
        return tuple(found)

    def _parent(self, link: str) -> str | None:
        try:
            return self._knowledge.gazetteer.entry(link).parent
        except KeyError:
            return None

    def _words(self, mentions: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted({fold(self._mentions[mention].text).lower() for mention in mentions}))

    def _kinds(self, mentions: tuple[str, ...]) -> tuple[str, ...]:
        """Weapons by their row in the tables, else by their words."""
        links = [(self._mentions[m], self._entities.get(self._mentions[m].entity or "")) for m in mentions]
        return tuple(sorted({(entity and entity.link) or fold(mention.text).lower() for mention, entity in links}))

    def _tolls(self, event: Event) -> Iterator[TollAccount]:
        authors = {actor.entity for actor in event.actors if actor.status != _DENIED}
        groups = {name for name in authors & self._entities.keys() if self._entities[name].kind == Kind.GROUP}
        return toll_accounts(event.casualties, self._extraction.document.text, partisan=groups,
                             properties=self._knowledge.ontology.toll_properties)

    def _parts(self, event: Event) -> Iterator[tuple[TollAccount, ...]]:
        parts = (one for one in self._extraction.events if (one.part_of, one.status) == (event.id, event.status))
        return (tuple(self._tolls(part)) for part in parts)

    def _stated_parts(self, event: Event) -> int | None:
        """How many parts the words before a trigger say there are: "two bombings", "twin suicide bombings"."""
        text = self._extraction.document.text
        for anchor in event.triggers if event.id in self._totals else ():
            for word in reversed(text[:anchor.start].lower().split()[-_WORDS_BEFORE:]):
                if number := policy().how_many.get(word):
                    return number
        return None

    def _told(self, event: Event) -> Iterator[str]:
        return (self._extraction.quote(span) for span in event.evidence)


def _towns(report: ReportProfile) -> Iterator[PlaceAccount]:
    return islice((place for place in report.places if place.level == "locality"), _MOST_TOWNS)


def _date_span(when: When | None) -> Span | None:
    if when is None or when.start is None or when.end is None:
        return None
    return Span(start=when.start, end=when.end)
