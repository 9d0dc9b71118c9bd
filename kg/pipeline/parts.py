"""The parts of an extraction that a person may judge one by one, each with keys that outlive the extraction.

A part is one value of one event (its date, a place, an actor, a count), one relation or one name of an entity. Its keys
are made of the slot, the sentence that says it, a word for its owner (the trigger of an event, the words for an entity)
and the words of the value. An event has a key for each of its triggers, so that it is found when it was read with more
or fewer of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.records import Actor, Anchor, Casualties, Entity, Event, Extraction, Mention, Relation, Span
from kg.reviewkeys import review_key, sentence_at

CLASS, DATE, TIME, COUNTRY, SALIENCE, WHOLE = "class", "date", "time of day", "country", "salience", "part of"
PLACE, TARGET, WEAPON, VICTIM, ACTOR, TOLL, RELATION, NAME = (
    "place", "target", "weapon", "victim", "actor", "toll", "relation", "name")


@dataclass(frozen=True, slots=True)
class Part:
    """One value: the local id of what has it, the slot, what it is there, and words for people.

    `value` is the id of a mention or entity, the key of a count, the number of an actor among the event's, a name, or
    empty where a slot has one value only.
    """

    owner: str
    slot: str
    value: str
    keys: tuple[str, ...]
    words: str


def parts(extraction: Extraction) -> tuple[Part, ...]:
    """Everything that can be judged in an extraction, in its order."""
    return tuple(_Reader(extraction).parts())


def event_keys(extraction: Extraction, event: Event) -> tuple[str, ...]:
    """The keys of an event for every trigger, first that of the first one, which is its own."""
    return _Reader(extraction).keys("event", event)


class _Reader:
    """Reads one extraction."""

    def __init__(self, extraction: Extraction) -> None:
        self._extraction = extraction
        self._entities = {entity.id: entity for entity in extraction.entities}
        self._mentions = {mention.id: mention for mention in extraction.mentions}
        self._of: dict[str, list[Mention]] = {}
        for mention in extraction.mentions:
            self._of.setdefault(mention.entity or "", []).append(mention)

    def parts(self) -> Iterator[Part]:
        """Every part."""
        for event in self._extraction.events:
            yield from self._single(event)
            yield from self._mentioned(event)
            yield from self._actors(event)
            yield from (self._toll(event, count) for count in event.casualties)
        yield from map(self._relation, self._extraction.relations)
        for entity in self._extraction.entities:
            yield from self._names(entity)

    def keys(self, what: str, event: Event, *words: str, at: int | None = None) -> tuple[str, ...]:
        """A key for each trigger: in the sentence at an offset, else in that of the trigger."""
        triggers = sorted(event.triggers, key=lambda anchor: anchor.start)
        owners: list[Anchor | Span] = [*triggers] or [*event.evidence[:1]]
        found = [review_key(what, self._sentence(owner.start if at is None else at),
                            *([owner.text] if isinstance(owner, Anchor) else ()), *words) for owner in owners]
        return tuple(dict.fromkeys(found))

    def _sentence(self, at: int) -> str:
        return sentence_at(self._extraction.document.text, at)

    def _part(self, event: Event, slot: str, words: str, *, value: str = "", what: str = "", at: int | None = None
              ) -> Part:
        return Part(event.id, slot, value, self.keys(f"statement {what or slot}", event, words, at=at), words)

    def _single(self, event: Event) -> Iterator[Part]:
        """The slots that an event has once."""
        yield self._part(event, CLASS, event.type)
        yield self._part(event, SALIENCE, event.salience)
        if event.date:
            when = event.date
            words = when.earliest if when.earliest == when.latest else f"{when.earliest} to {when.latest}"
            yield self._part(event, DATE, words, at=when.start)
        if event.time_of_day:
            yield self._part(event, TIME, event.time_of_day)
        if event.country:
            yield self._part(event, COUNTRY, event.country)
        if event.part_of:
            yield self._part(event, WHOLE, "")

    def _mentioned(self, event: Event) -> Iterator[Part]:
        for slot, ids in ((PLACE, event.places), (TARGET, event.targets), (WEAPON, event.weapons)):
            for mention in (self._mentions[one] for one in ids if one in self._mentions):
                yield self._part(event, slot, mention.text, value=mention.id, at=mention.start)
        for name in event.victims:
            if name in self._entities:
                first = self._first(name, event.evidence)
                yield self._part(event, VICTIM, self._words(name, first), value=name, at=first.start if first else None)

    def _actors(self, event: Event) -> Iterator[Part]:
        for number, actor in enumerate(event.actors):
            if actor.entity in self._entities:
                words = self._words(actor.entity, self._first(actor.entity, (actor.evidence,)))
                yield self._part(event, ACTOR, words, value=str(number), what=_how(actor), at=actor.evidence.start)

    def _toll(self, event: Event, count: Casualties) -> Part:
        return self._part(event, TOLL, count.text, value=count.key, what=f"{count.outcome} {count.side}",
                          at=count.start)

    def _relation(self, relation: Relation) -> Part:
        ends = [self._words(end, self._first(end, (relation.evidence,))) for end in (relation.subject, relation.object)]
        key = review_key(f"statement {relation.predicate}", self._sentence(relation.evidence.start), *ends)
        return Part(relation.id, RELATION, "", (key,), " ".join((ends[0], relation.predicate, ends[1])))

    def _names(self, entity: Entity) -> Iterator[Part]:
        for name in dict.fromkeys((entity.name, *entity.aliases)):
            said = [mention for mention in self._of.get(entity.id, ()) if mention.text == name]
            keys = tuple(dict.fromkeys(review_key("statement name", self._sentence(one.start), name) for one in said))
            if keys:
                yield Part(entity.id, NAME, name, keys, name)

    def _first(self, entity: str, within: tuple[Span, ...]) -> Mention | None:
        """Where the entity is named in some places of the text, else where it first is."""
        mentions = sorted(self._of.get(entity, ()), key=lambda mention: mention.start)
        inside = [one for one in mentions if any(s.start <= one.start and one.end <= s.end for s in within)]
        return next(iter(inside or mentions), None)

    def _words(self, entity: str, mention: Mention | None) -> str:
        if mention:
            return mention.text
        return self._entities[entity].name if entity in self._entities else entity


def _how(actor: Actor) -> str:
    return f"{actor.role} {actor.status}"
