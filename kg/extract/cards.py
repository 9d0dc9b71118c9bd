"""Reads the event cards and the incident words of a language into lookup tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

from kg.errors import KnowledgeError
from kg.extract.syntax import Token
from kg.settings import Settings

EVENT_FILES = ("attack.yaml", "security.yaml", "politics.yaml")
INCIDENT_FILE = "incidents.yaml"
CLAIM_FILE = "claims.yaml"
T = TypeVar("T")


class Trigger(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"with_": "with"}):
    """One line of a card: words that trigger the class and the roles around them (see `lang/en/attack.yaml`)."""

    words: tuple[str, ...]
    agent: str = "perpetrator"
    patient: str = "target"
    by_force: str | None = None
    by_group: str | None = None
    weak: bool = False
    needs: tuple[str, ...] = ()
    agent_kinds: tuple[str, ...] = ()
    patient_kinds: tuple[str, ...] = ()
    by_state: bool = False
    between: str | None = None
    with_: str | None = None
    site: str | None = None
    into: bool = False
    made: bool = False


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"event_class": "class"}):
    """What an event class means, the words that say it and sentences that do and do not."""

    event_class: str
    definition: str
    verbs: tuple[Trigger, ...] = ()
    nouns: tuple[Trigger, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


class CardFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of cards."""

    cards: tuple[Card, ...]


class ClaimVerb(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A verb by which someone claims, denies or lays an event at someone's door (see `lang/en/claims.yaml`)."""

    words: tuple[str, ...]
    status: str
    about: str | tuple[str, ...] = "object"
    accused: str | tuple[str, ...] | None = None
    event_only: bool = False
    groups_only: bool = False
    answers: bool = False
    reported: bool = False
    past: bool = False

    @property
    def places(self) -> tuple[str, ...]:
        """Where the event may stand: object, subject, clause or prepositions."""
        return (self.about,) if isinstance(self.about, str) else self.about


class ClaimNoun(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A noun that stands for a claim."""

    words: tuple[str, ...]
    status: str
    claimant: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


class Claims(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of claiming."""

    verbs: tuple[ClaimVerb, ...]
    nouns: tuple[ClaimNoun, ...]
    made_known: frozenset[str]
    on_behalf: tuple[str, ...]
    other_claims: frozenset[str]
    answerable: frozenset[str]
    unknown: frozenset[str]
    obliging: frozenset[str]
    negative_conjunctions: frozenset[str]
    documents: frozenset[str]
    authors: tuple[str, ...]
    speaks_for: dict[str, frozenset[str]]
    belonging: frozenset[str]
    ownership: tuple[str, ...]
    naming: frozenset[str]
    departed: frozenset[str]
    attempts: frozenset[str]
    deed_links: tuple[str, ...]
    possessives: frozenset[str]
    own_pronouns: frozenset[str]
    first_person: frozenset[str]
    singular: frozenset[str]
    attackers: frozenset[str]
    pronouns: dict[str, int]
    doing: frozenset[str]
    doubts: frozenset[str]
    confidence: dict[str, float]


class Families(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The top classes that the assembly tells apart (see `incidents.yaml`, `families`)."""

    attack: str
    fight: str
    operation: str
    civil: str
    vague: frozenset[str]
    beside: frozenset[str]
    harmless: frozenset[str]


class IncidentWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of `incidents.yaml`, table by table."""

    light_verbs: dict[str, frozenset[str]]
    outcomes: dict[str, frozenset[str]]
    anaphors: frozenset[str]
    wars: frozenset[str]
    force_members: frozenset[str]
    state_agents: frozenset[str]
    not_targets: frozenset[str]
    distances: frozenset[str]
    craft: dict[str, frozenset[str]]
    families: Families
    signs: dict[str, dict[str, tuple[str, ...]]]
    other_fields: dict[str, frozenset[str]]
    collectives: frozenset[str]
    others: frozenset[str]
    ordinals: frozenset[str]
    again: frozenset[str]
    besides: frozenset[str]
    several: frozenset[str]
    alongside: frozenset[str]
    same: frozenset[str]
    links_to_another: frozenset[str]
    prepositions: dict[str, frozenset[str]]
    nearness: dict[str, frozenset[str]]
    victim_lists: frozenset[str]
    identities: dict[str, frozenset[str]]
    target_nouns: frozenset[str]
    listing_verbs: frozenset[str]
    partitives: frozenset[str]
    sequence: frozenset[str]
    masses: frozenset[str]
    spans: frozenset[str]
    naming: frozenset[str]
    cumulative: frozenset[str]
    turns: frozenset[str]
    leading: frozenset[str]
    doers: frozenset[str]
    talking: frozenset[str]
    bordering: frozenset[str]
    summed: frozenset[str]
    looting: frozenset[str]
    leaving: frozenset[str]
    finding: frozenset[str]
    remains: frozenset[str]
    making: frozenset[str]
    breaking: frozenset[str]
    of_state: frozenset[str]
    judging: frozenset[str]
    listing_prepositions: frozenset[str]
    habits: frozenset[str]
    hostile: dict[str, frozenset[str]]
    settings: dict[str, frozenset[str]]
    numbers: dict[str, int]
    linking: dict[str, float]


class Lexicon:
    """The triggers of all cards, to be asked with a token."""

    def __init__(self, cards: list[Card], incident: IncidentWords, claims: Claims) -> None:
        self.claims = claims
        self.cards = {card.event_class: card for card in cards}
        self.incident = incident
        self._verbs: dict[str, list[tuple[tuple[str, ...], Trigger, str]]] = {}
        self._nouns: dict[str, list[tuple[tuple[str, ...], Trigger, str]]] = {}
        for card in cards:
            for table, triggers, head in ((self._verbs, card.verbs, 0), (self._nouns, card.nouns, -1)):
                for trigger in triggers:
                    for phrase in trigger.words:
                        parts = _parts(phrase)
                        table.setdefault(parts[head], []).append((parts, trigger, card.event_class))
        for table in (self._verbs, self._nouns):
            for rows in table.values():
                rows.sort(key=lambda row: (-len(row[0]), -row[1].by_state,
                                         -len(row[1].needs) - len(row[1].patient_kinds)))

    def verbs(self, token: Token) -> Iterator[tuple[Trigger, str]]:
        """The triggers and classes that a verb may set off: long phrases first, then the most demanding."""
        for parts, trigger, event_class in self._verbs.get(lemma(token), ()):
            if has_companions(token, parts[1:]):
                yield trigger, event_class

    def noun(self, token: Token) -> tuple[Trigger, str, int] | None:
        """The trigger, the class and the first token of the phrase that an event noun ends."""
        for parts, trigger, event_class in self._nouns.get(lemma(token), ()):
            start = phrase_start(token, parts)
            if start is not None:
                return trigger, event_class, start
        return None


def lemma(token: Token) -> str:
    """The dictionary form in lower case; names in the plural lose their s."""
    form = token.lemma_.lower()
    if token.tag_ in {"NNPS", "NNP"} and form.endswith("s") and not form.endswith("ss"):
        return form[:-1]
    return form


def has_companions(token: Token, words: tuple[str, ...]) -> bool:
    """Whether each word hangs on the token as particle, object, complement, adverb or phrase (or just after it)."""
    if not words:
        return True
    near = {word for child in token.children for word in (lemma(child), child.lower_)}
    after = token.doc[token.i + 1:token.i + 4]
    near |= {word for child in after if child.sent == token.sent for word in (lemma(child), child.lower_)}
    near |= {lemma(inner) for child in token.children if child.dep_ == "prep" and child.lower_ in words
             for inner in child.children}
    return all(word in near for word in words)


def phrase_start(token: Token, parts: tuple[str, ...]) -> int | None:
    """Where a phrase that ends in the token begins, hyphens aside; None if the words before differ."""
    place = token.i
    for part in reversed(parts[:-1]):
        place -= 1
        while place >= 0 and token.doc[place].lower_ in {"-", "–"}:
            place -= 1
        if place < 0 or part not in {token.doc[place].lower_, lemma(token.doc[place])}:
            return None
    return place


def _parts(phrase: str) -> tuple[str, ...]:
    return tuple(re.split(r"[ -]", phrase))


def load_lexicon(settings: Settings) -> Lexicon:
    """Read the cards and the incident words; raises KnowledgeError naming the file and the field at fault."""
    cards = [card for name in EVENT_FILES for card in _read_cards(settings.language_data / name)]
    incident = _convert(settings.language_data / INCIDENT_FILE, IncidentWords)
    return Lexicon(cards, incident, _convert(settings.language_data / CLAIM_FILE, Claims))


def _read_cards(path: Path) -> Iterator[Card]:
    yield from _convert(path, CardFile).cards


def _convert(path: Path, shape: type[T]) -> T:
    try:
        return msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), shape)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise KnowledgeError(f"unreadable: {error}", where=str(path), mend="mend the field it names") from error
