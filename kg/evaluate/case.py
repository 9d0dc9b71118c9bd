"""Brings the labels and the extraction of one document into a form in which they can be compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.evaluate.gold import GoldDocument, GoldEvent
from kg.evaluate.vocabulary import Vocabulary
from kg.evaluate.wording import Words, sentence_at
from kg.records import Actor, Anchor, Casualties, Event, Extraction, Kind, Relation, Span

Values = dict[str, tuple[str, ...]]

# How much of a name decides whether it is a name at all ("gunmen" is none): one capital letter in it.
_NAME_LENGTH = 60


@dataclass(frozen=True, kw_only=True)
class Expected:
    """A labelled event; `evidence` are the words of each of its sentences."""

    gold: GoldEvent
    country: str | None
    values: Values
    evidence: tuple[Words, ...]


@dataclass(frozen=True, kw_only=True)
class Told:
    """An extracted event; groups bear their canonical names where the labels know them.

    `triggers` are the words of the sentences around its triggers, `evidence` those of its evidence.
    """

    event: Event
    attack: bool
    values: Values
    triggers: tuple[Words, ...]
    evidence: tuple[Words, ...]

    def tolls(self, outcome: str, *sides: str) -> tuple[Casualties, ...]:
        """The counts of an outcome on some sides."""
        rows = self.event.casualties
        return tuple(row for row in rows if row.outcome == outcome and row.side in sides)


class Case:
    """One labelled document with its extraction."""

    def __init__(self, gold: GoldDocument, extraction: Extraction, vocabulary: Vocabulary) -> None:
        self.gold, self.extraction, self.vocabulary = gold, extraction, vocabulary
        self._mentions = {mention.id: mention for mention in extraction.mentions}
        self._entities = {entity.id: entity for entity in extraction.entities}

    @cached_property
    def expected(self) -> tuple[Expected, ...]:
        """The labelled events."""
        return tuple(map(self._expected, self.gold.labels.events))

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """The extracted events that are told as having happened."""
        never = self.vocabulary.file.not_happened
        return tuple(self._told(event) for event in self.extraction.events if event.status not in never)

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """The extracted relations that are not denied."""
        denied = self.vocabulary.file.denied
        return tuple(relation for relation in self.extraction.relations if relation.status not in denied)

    @cached_property
    def group_keys(self) -> dict[str, frozenset[str]]:
        """The forms of each labelled group in this text, ready for comparison."""
        key = self.vocabulary.wording.group_key
        return {group.name: frozenset(map(key, (group.name, *group.mentions))) for group in self.gold.labels.groups}

    @cached_property
    def named_groups(self) -> dict[str, str | None]:
        """The extracted groups (by entity id) that have a name, each with the labelled group that it names, if any."""
        groups = [entity.id for entity in self.extraction.entities if entity.kind is Kind.GROUP]
        resolved = {entity: self.group(self.forms(entity)) for entity in groups}
        return {entity: name for entity, name in resolved.items() if name or self._has_name(entity)}

    def name(self, reference: str) -> str:
        """The name of an entity or the words of a mention."""
        return self.forms(reference)[0]

    def forms(self, reference: str) -> tuple[str, ...]:
        """All forms of an entity, the words of a mention, or the words themselves."""
        if reference in self._entities:
            return self._forms[reference]
        return (self._mentions[reference].text,) if reference in self._mentions else (reference,)

    def group(self, forms: Sequence[str]) -> str | None:
        """The labelled group that these forms name: by the first form, by any, by forms that other texts use."""
        keys = [self.vocabulary.wording.group_key(form) for form in forms]
        for known, given in ((self.group_keys, keys[:1]), (self.group_keys, keys), (self._wide_keys, keys)):
            found = next((name for name, wanted in known.items() if wanted & set(given)), None)
            if found:
                return found
        return None

    def sentence(self, span: Span | Anchor) -> str:
        """The sentence of the extracted document around a span."""
        return sentence_at(self.extraction.document.text, span.start, span.end).strip()

    def actor_group(self, actor: Actor) -> str | None:
        """The canonical name of the group an actor is; its own name if the labels lack it; None if it is no group."""
        name = self.group(self.forms(actor.entity))
        return name or (self.name(actor.entity) if actor.entity in self.named_groups else None)

    @cached_property
    def _wide_keys(self) -> dict[str, frozenset[str]]:
        key = self.vocabulary.wording.group_key
        return {name: keys | frozenset(map(key, self.gold.forms.get(name, ())))
                for name, keys in self.group_keys.items()}

    @cached_property
    def _forms(self) -> dict[str, tuple[str, ...]]:
        forms = {entity.id: [entity.name, *entity.aliases] for entity in self.extraction.entities}
        for mention in self.extraction.mentions:
            if mention.entity in forms and mention.text:
                forms[mention.entity].append(mention.text)
        return {entity: tuple(words) for entity, words in forms.items()}

    def _has_name(self, entity: str) -> bool:
        return any(letter.isupper() for letter in self.name(entity)[:_NAME_LENGTH])

    def _expected(self, event: GoldEvent) -> Expected:
        values = {"place": event.places, "targets": event.targets, "weapons": event.weapons,
                  "victims_named": event.victims_named, "claimed_by": event.claimed_by,
                  "attributed_to": event.attributed_to, "denied_by": event.denied_by}
        evidence = tuple(self.vocabulary.wording.words(self.gold.quote(one)) for one in event.evidence)
        return Expected(gold=event, country=self.vocabulary.country(event.country), values=values, evidence=evidence)

    def _told(self, event: Event) -> Told:
        words, text = self.vocabulary.wording.words, self.extraction.document.text
        values = {"place": self._names(event.places), "targets": self._names(event.targets),
                  "weapons": self._names(event.weapons), "victims_named": self._names(event.victims),
                  "claimed_by": self._groups(event, claims), "attributed_to": self._groups(event, is_perpetrator),
                  "denied_by": self._groups(event, denies)}
        return Told(event=event, attack=self.vocabulary.is_attack(event.type), values=values,
                    triggers=tuple(words(self.sentence(trigger)) for trigger in event.triggers),
                    evidence=tuple(words(text[span.start:span.end]) for span in event.evidence))

    def _names(self, references: Iterable[str]) -> tuple[str, ...]:
        return tuple(name for name in map(self.name, references) if name)

    def _groups(self, event: Event, keep: Callable[[Actor], bool]) -> tuple[str, ...]:
        found = [self.actor_group(actor) for actor in event.actors if keep(actor)]
        return tuple(dict.fromkeys(name for name in found if name))


def claims(actor: Actor) -> bool:
    """Whether an actor says it was them."""
    return actor.status == "claimed"


def denies(actor: Actor) -> bool:
    """Whether an actor says it was not them."""
    return actor.status == "denied"


def is_perpetrator(actor: Actor) -> bool:
    """Whether anybody, the actor included, says that it was them."""
    return claims(actor) or (actor.role == "perpetrator" and not denies(actor))
