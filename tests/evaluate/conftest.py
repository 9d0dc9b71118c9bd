"""A small labelled report and an extraction of it, made by hand."""

from __future__ import annotations

import pytest

from kg.evaluate.gold import Count, GoldDocument, GoldEvent, GoldGroup, GoldRelation, Labels, OptionalItem
from kg.evaluate.vocabulary import Vocabulary, load_vocabulary
from kg.ontology import load_ontology
from kg.records import (
    Actor,
    Anchor,
    Casualties,
    Document,
    Entity,
    Event,
    Extraction,
    Kind,
    Mention,
    Relation,
    Span,
    When,
)
from kg.settings import Settings

BOMB = "On 3 May a bomb killed at least 12 soldiers near Ardul, and the River Front (RF) said it had laid it."
AMBUSH = "A week later gunmen ambushed a bus of miners outside Tezin."
ROBBERY = "In the same town a robber shot at a grocer over a debt of four coins."
LEADER = "The River Front is led by Omar Sadiq, who opposes the Great Dam."
TEXT = f"{BOMB} {AMBUSH} {ROBBERY} {LEADER}"


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary(load_ontology(Settings()), {"Pakistan": "PK"}.get)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start=start, end=start + len(words))


def mention(name: str, words: str, kind: Kind, entity: str | None = None) -> Mention:
    at = span(words)
    return Mention(id=name, start=at.start, end=at.end, text=words, kind=kind, entity=entity)


def event(name: str, event_class: str, trigger: str, sentence: str, **more: object) -> Event:
    at = span(trigger)
    fields = {"status": "asserted", "confidence": 0.9, "rules": ("attack.verb",), **more}
    return Event(id=name, type=event_class, triggers=(Anchor(start=at.start, end=at.end, text=trigger),),
                 evidence=(span(sentence),), **fields)  # type: ignore[arg-type]  # a table of fields


@pytest.fixture(scope="session")
def gold() -> GoldDocument:
    bomb = GoldEvent(
        id="e1", type="bombing", is_militant_attack=True, date="2020-05-03", places=("Ardul",), country="Pakistan",
        claimed_by=("River Front",), killed=Count(min=12, max=None, text="at least 12 soldiers"), evidence=(BOMB,))
    ambush = GoldEvent(
        id="e2", type="ambush", alt_types=("armed_assault",), is_militant_attack=True, salience="background",
        date="2020-05-10", places=("Tezin",), country="Pakistan", targets=("a bus of miners",), evidence=(AMBUSH,))
    relations = (GoldRelation(subject="Omar Sadiq", predicate="leader_of", object="River Front", evidence=LEADER),
                 GoldRelation(subject="Omar Sadiq", predicate="opposes", object="the Great Dam", evidence=LEADER))
    labels = Labels(groups=(GoldGroup(name="River Front", mentions=("River Front", "RF")),), events=(bomb, ambush),
                    relations=relations)
    return GoldDocument(id="river", file="river.txt", text=TEXT, labels=labels, forms={})


@pytest.fixture(scope="session")
def open_gold(gold: GoldDocument) -> GoldDocument:
    """The same labels, but that of the robbery and of a relation nothing is asked."""
    items = (OptionalItem(kind="event", evidence=(ROBBERY,)),
             OptionalItem(kind="relation", subject="River Front", predicate="opposes", objects=("the Great Dam",)))
    labels = Labels(groups=gold.labels.groups, events=gold.labels.events, relations=gold.labels.relations,
                    optional_items=items)
    return GoldDocument(id=gold.id, file=gold.file, text=gold.text, labels=labels, forms={})


@pytest.fixture(scope="session")
def extraction() -> Extraction:
    """Finds the bombing, with an open date and one group in two entities; takes the robbery for an attack."""
    toll = span("at least 12 soldiers")
    claim = Actor(entity="x1", role="claimant", status="claimed", evidence=span(BOMB), rule="claim.say", confidence=0.8)
    bomb = event(
        "a", "Bombing", "bomb", BOMB, places=("m1",), country="PK", actors=(claim,),
        date=When(earliest="2020-05-01", latest="2020-05-31", precision="month", text="On 3 May"),
        casualties=(Casualties(outcome="killed", side="victims", min=12, max=None, start=toll.start, end=toll.end,
                               text="at least 12 soldiers"),))
    robbery = event("b", "ArmedAssault", "shot", ROBBERY, confidence=0.55)
    plan = event("c", "Bombing", "laid", BOMB, status="planned")
    return Extraction(
        document=Document(id="d", source="https://example.org/river", text=TEXT),
        mentions=(mention("m1", "Ardul", Kind.PLACE), mention("m2", "River Front", Kind.GROUP, "x1"),
                  mention("m3", "RF", Kind.GROUP, "x4"), mention("m4", "gunmen", Kind.GROUP, "x5")),
        entities=(Entity(id="x1", kind=Kind.GROUP, name="River Front"),
                  Entity(id="x2", kind=Kind.PERSON, name="Omar Sadiq"),
                  Entity(id="x3", kind=Kind.PROJECT, name="the Great Dam"),
                  Entity(id="x4", kind=Kind.GROUP, name="RF"), Entity(id="x5", kind=Kind.GROUP, name="gunmen")),
        events=(bomb, robbery, plan),
        relations=(_relation("r1", "x2", "leads", "x1", 0.9), _relation("r2", "x1", "opposes", "x3", 0.7),
                   _relation("r3", "x1", "supports", "x3", 0.7)))


def _relation(name: str, subject: str, predicate: str, thing: str, confidence: float) -> Relation:
    return Relation(id=name, subject=subject, predicate=predicate, object=thing, status="asserted",
                    evidence=span(LEADER), rule=f"{predicate}.verb", confidence=confidence)
