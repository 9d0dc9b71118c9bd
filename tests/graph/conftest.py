"""Hand-written extractions, places and seeds that the tests of the graph share."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from pyoxigraph import Triple

from kg.graph.knowledge import Knowledge
from kg.graph.store import GraphStore
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

Told = Callable[[Extraction, Knowledge], Iterator[Triple]]
FIRST = ("Fighters of the Baloch Liberation Army (BLA) blew up a patrol truck with a roadside bomb at Garruk near Mach "
         "on Monday, killing 12 soldiers, the group said. Police suspect another group, the Baloch Raji Brigade, which "
         "denied it. Sergeant Nadir Shah was among the dead. The BLA opposes the China-Pakistan Economic Corridor. "
         "The group threatened to strike Quetta.")
SECOND = ("The BLA claimed the Monday blast near Mach. Hospital staff counted 14 dead. The BLA opposes the "
          "China-Pakistan Economic Corridor.")


@dataclass(frozen=True)
class FakePlace:
    id: str
    name: str
    level: str
    country: str | None
    within: tuple[str, ...]
    lat: float | None
    lon: float | None


@dataclass(frozen=True)
class FakeEntry:
    id: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    parent: str | None = None
    countries: tuple[str, ...] = ()

    def forms(self) -> tuple[str, ...]:
        return (self.name, *self.aliases, *self.acronyms)


class FakePlaces:
    def __init__(self) -> None:
        chain = (("geonames:1", "Mach", "locality"), ("geonames:2", "Kachhi District", "admin2"),
                 ("geonames:3", "Balochistan", "admin1"), ("geonames:4", "Pakistan", "country"))
        rows = [FakePlace(link, name, level, "PK", tuple(c[0] for c in chain[i + 1:]), 29.5 + i, 67.25)
                for i, (link, name, level) in enumerate(chain)]
        rows.append(FakePlace("geonames:5", "Quetta", "locality", "PK", ("geonames:3", "geonames:4"), 30.1, 67.0))
        self._rows = {row.id: row for row in rows}

    def get(self, place_id: str) -> FakePlace | None:
        return self._rows.get(place_id)

    def named(self, name: str) -> list[FakePlace]:
        return [row for row in self._rows.values() if row.name == name]


class FakeSeeds:
    def __init__(self) -> None:
        rows = (FakeEntry("group:bla", "group", "Baloch Liberation Army", ("Baluch Liberation Army",), ("BLA",)),
                FakeEntry("group:bla-unit", "group", "BLA Night Unit", parent="group:bla"),
                FakeEntry("project:cpec", "project", "China-Pakistan Economic Corridor", (), ("CPEC",)),
                FakeEntry("weapon:bomb", "weapon", "bomb"),
                FakeEntry("weapon:roadside-bomb", "weapon", "roadside bomb", parent="weapon:bomb"))
        self._rows = {row.id: row for row in rows}

    def entry(self, entry_id: str) -> FakeEntry:
        return self._rows[entry_id]

    def entries(self, *kinds: Kind) -> list[FakeEntry]:
        return [row for row in self._rows.values() if row.kind in kinds]

    def standard(self, word: str) -> str:
        return word


class Text:
    """A text whose words can be pointed at."""

    def __init__(self, text: str) -> None:
        self.text = text

    def span(self, words: str, nth: int = 0) -> tuple[int, int]:
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(words, start + 1)
        return start, start + len(words)

    def evidence(self, words: str, nth: int = 0) -> Span:
        start, end = self.span(words, nth)
        return Span(start=start, end=end)

    def mention(self, name: str, entity: str | None, kind: Kind, words: str, nth: int = 0) -> Mention:
        start, end = self.span(words, nth)
        return Mention(id=name, start=start, end=end, text=words, entity=entity, kind=kind)

    def trigger(self, words: str) -> Anchor:
        start, end = self.span(words)
        return Anchor(start=start, end=end, text=words)

    def document(self, source: str, published: str | None = "2024-05-07") -> Document:
        digest = hashlib.sha256(self.text.encode()).hexdigest()
        return Document(id=digest, source=source, title="Blast near Mach", publisher="Daily Test", published=published,
                        text=self.text, raw_sha256=digest)

    def killed(self, words: str, low: int | None, high: int | None, speaker: str | None = None) -> Casualties:
        start, end = self.span(words)
        return Casualties(outcome="killed", side="victims", min=low, max=high, who=words.split(" ")[-1], start=start,
                          end=end, text=words, speaker=speaker)


MONDAY = When(earliest="2024-05-06", latest="2024-05-06", precision="day", text="Monday")


def first_extraction() -> Extraction:
    t = Text(FIRST)
    bombing, doubt, dead = (t.evidence(s) for s in (
        FIRST[:FIRST.index(" Police")], "Police suspect another group, the Baloch Raji Brigade, which denied it.",
        "Sergeant Nadir Shah was among the dead."))
    threat = t.evidence("The group threatened to strike Quetta.")
    opposing = t.evidence("The BLA opposes the China-Pakistan Economic Corridor.")
    mentions = (
        t.mention("m1", "x1", Kind.GROUP, "Baloch Liberation Army"), t.mention("m2", "x1", Kind.GROUP, "BLA"),
        t.mention("m3", None, Kind.THING, "a patrol truck"), t.mention("m4", "x5", Kind.WEAPON, "a roadside bomb"),
        t.mention("m5", "x3", Kind.PLACE, "Garruk"), t.mention("m6", "x4", Kind.PLACE, "Mach"),
        t.mention("m7", "x2", Kind.GROUP, "Baloch Raji Brigade"), t.mention("m8", "x6", Kind.FORCE, "Police"),
        t.mention("m9", "x7", Kind.PERSON, "Nadir Shah"), t.mention("m10", "x1", Kind.GROUP, "BLA", 1),
        t.mention("m11", "x8", Kind.PROJECT, "China-Pakistan Economic Corridor"),
        t.mention("m12", "x9", Kind.PLACE, "Quetta"))
    entities = (
        Entity(id="x1", kind=Kind.GROUP, name="Baloch Liberation Army", aliases=("BLA",), link="group:bla"),
        Entity(id="x2", kind=Kind.GROUP, name="Baloch Raji Brigade"), Entity(id="x3", kind=Kind.PLACE, name="Garruk"),
        Entity(id="x4", kind=Kind.PLACE, name="Mach", link="geonames:1"),
        Entity(id="x5", kind=Kind.WEAPON, name="roadside bomb", link="weapon:roadside-bomb"),
        Entity(id="x6", kind=Kind.FORCE, name="police"), Entity(id="x7", kind=Kind.PERSON, name="Nadir Shah"),
        Entity(id="x8", kind=Kind.PROJECT, name="China-Pakistan Economic Corridor", link="project:cpec"),
        Entity(id="x9", kind=Kind.PLACE, name="Quetta", link="geonames:5"))
    actors = (
        Actor(entity="x1", role="claimant", status="claimed", evidence=bombing, rule="claim.said", confidence=0.9),
        Actor(entity="x2", role="perpetrator", status="suspected", speaker="x6", evidence=doubt),
        Actor(entity="x2", role="perpetrator", status="denied", evidence=doubt))
    start, end = t.span("Monday")
    blast = Event(
        id="e1", type="Bombing", status="asserted", triggers=(t.trigger("blew up"),),
        date=When(earliest="2024-05-06", latest="2024-05-06", precision="day", text="Monday", start=start, end=end),
        places=("m5", "m6"), country="PK", actors=actors, targets=("m3",), weapons=("m4",), victims=("x7",),
        casualties=(t.killed("12 soldiers", 12, 12),), evidence=(bombing, doubt, dead), rules=("attack.blow-up",),
        confidence=0.95)
    strike = Event(
        id="e2", type="Attack", status="threatened", triggers=(t.trigger("strike"),), places=("m12",),
        actors=(Actor(entity="x1", role="perpetrator", status="stated", evidence=threat),), evidence=(threat,),
        rules=("attack.strike",), confidence=0.8)
    relation = Relation(id="r1", subject="x1", predicate="opposes", object="x8", status="asserted", evidence=opposing,
                        rule="opposes.verb", confidence=0.9)
    denied = Relation(id="r2", subject="x2", predicate="alliedWith", object="x1", status="denied", evidence=doubt,
                      rule="allied.verb", confidence=0.5)
    return Extraction(document=t.document("reports/first.txt"), mentions=mentions, entities=entities,
                      events=(blast, strike), relations=(relation, denied))


def second_extraction() -> Extraction:
    t = Text(SECOND)
    claim, count = (t.evidence(s) for s in ("The BLA claimed the Monday blast near Mach.",
                                            "Hospital staff counted 14 dead."))
    mentions = (t.mention("m1", "x1", Kind.GROUP, "BLA"), t.mention("m2", "x2", Kind.PLACE, "Mach"),
                t.mention("m3", "x3", Kind.PROJECT, "China-Pakistan Economic Corridor"))
    entities = (Entity(id="x1", kind=Kind.GROUP, name="BLA", link="group:bla"),
                Entity(id="x2", kind=Kind.PLACE, name="Mach", link="geonames:1"),
                Entity(id="x3", kind=Kind.PROJECT, name="CPEC", link="project:cpec"))
    blast = Event(
        id="e1", type="Bombing", status="asserted", triggers=(t.trigger("blast"),), date=MONDAY, places=("m2",),
        country="PK", actors=(Actor(entity="x1", role="claimant", status="claimed", speaker="x1", evidence=claim),),
        casualties=(t.killed("14 dead", 14, 14, speaker="Hospital staff"),), evidence=(claim, count),
        rules=("attack.blast",), confidence=0.9)
    relation = Relation(id="r1", subject="x1", predicate="opposes", object="x3", status="asserted",
                        evidence=t.evidence("The BLA opposes the China-Pakistan Economic Corridor."),
                        rule="opposes.verb", confidence=0.9)
    return Extraction(document=t.document("https://news.example/2"), mentions=mentions, entities=entities,
                      events=(blast,), relations=(relation,))


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return Knowledge(ontology=load_ontology(Settings()), places=FakePlaces(), seeds=FakeSeeds())


@pytest.fixture(scope="session")
def first() -> Extraction:
    return first_extraction()


@pytest.fixture(scope="session")
def second() -> Extraction:
    return second_extraction()


@pytest.fixture
def store(knowledge: Knowledge, first: Extraction, second: Extraction, told: Told) -> GraphStore:
    graph = GraphStore.open()
    graph.load_ontology(Settings().ontology)
    for extraction in (first, second):
        graph.replace(extraction.document.id, told(extraction, knowledge))
    return graph
