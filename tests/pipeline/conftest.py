"""One report as one extractor reads it, and as others that were made better or worse would."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator

import pytest
from msgspec.structs import replace

from kg.pipeline import Toolbox
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
from kg.resolution import Comparison, EntityProfile, EventProfile, Profile
from kg.resolve import ResolutionKnowledge, Resolver

TEXT = ("A bomb exploded at a checkpoint near Daruk on 4 May 2031, killing 12 soldiers. The Harim Front said it was "
        "behind the blast. Gunmen stormed a school in Velun on the same day. The Harim Front opposes the Coast "
        "Railway.")
Read = Callable[..., Extraction]


class Reading:
    """Reads the report: `prefix` is put before its text, `linked` gives names other links."""

    def __init__(self, prefix: str, linked: dict[str, str | None]) -> None:
        self.text = prefix + TEXT
        self._linked = {"Daruk": "geonames:1", "The Harim Front": "group:harim"} | linked

    def span(self, words: str, turn: int = 0) -> Span:
        at = -1
        for _ in range(turn + 1):
            at = self.text.index(words, at + 1)
        return Span(start=at, end=at + len(words))

    def anchor(self, words: str) -> Anchor:
        here = self.span(words)
        return Anchor(start=here.start, end=here.end, text=words)

    def sentence(self, begin: str, end: str) -> Span:
        return Span(start=self.span(begin).start, end=self.span(end).end)

    def entities(self) -> tuple[Entity, ...]:
        names = (("x1", Kind.GROUP, "The Harim Front"), ("x2", Kind.PLACE, "Daruk"), ("x3", Kind.PLACE, "Velun"),
                 ("x4", Kind.PROJECT, "Coast Railway"), ("x5", Kind.PEOPLE, "Gunmen"))
        return tuple(Entity(id=name, kind=kind, name=words, link=self._linked.get(words),
                            aliases=("Front",) if name == "x1" else ()) for name, kind, words in names)

    def mentions(self) -> tuple[Mention, ...]:
        rows = (("m1", "x1", Kind.GROUP, "The Harim Front", 0), ("m2", "x1", Kind.GROUP, "The Harim Front", 1),
                ("m3", "x2", Kind.PLACE, "Daruk", 0), ("m4", "x3", Kind.PLACE, "Velun", 0),
                ("m5", "x4", Kind.PROJECT, "Coast Railway", 0), ("m6", None, Kind.FACILITY, "checkpoint", 0),
                ("m7", "x5", Kind.PEOPLE, "Gunmen", 0))
        found = [(name, entity, kind, words, self.span(words, turn)) for name, entity, kind, words, turn in rows]
        return tuple(Mention(id=name, entity=entity, kind=kind, text=words, start=here.start, end=here.end)
                     for name, entity, kind, words, here in found)

    def blast(self, *triggers: str) -> Event:
        day, count = self.span("4 May 2031"), self.span("12 soldiers")
        first, claim = self.sentence("A bomb", "soldiers."), self.sentence("The Harim Front said", "the blast.")
        return Event(
            id="e1", type="Bombing", status="asserted", triggers=tuple(map(self.anchor, triggers or ("exploded",))),
            date=When(earliest="2031-05-04", latest="2031-05-04", precision="day", text="4 May 2031", start=day.start,
                      end=day.end),
            places=("m3",), country="AF", targets=("m6",), evidence=(first, claim), rules=("bombing",), confidence=0.9,
            actors=(Actor(entity="x1", role="perpetrator", status="claimed", evidence=claim),
                    Actor(entity="x5", role="perpetrator", status="suspected", evidence=first)),
            casualties=(Casualties(outcome="killed", side="victims", min=12, max=12, start=count.start, end=count.end,
                                   text="12 soldiers"),))

    def raid(self) -> Event:
        sentence = self.sentence("Gunmen", "same day.")
        return Event(id="e2", type="ArmedAssault", status="asserted", triggers=(self.anchor("stormed"),),
                     places=("m4",), part_of="e1", evidence=(sentence,), confidence=0.8)

    def relation(self) -> Relation:
        return Relation(id="r1", subject="x1", predicate="opposes", object="x4", status="asserted", rule="opposes",
                        evidence=self.sentence("The Harim Front opposes", "Railway."), confidence=0.7)


@pytest.fixture
def read() -> Read:
    """Gives the extraction of the report; `merged` reads its two events as one, `without` lacks events by id."""
    def extraction(prefix: str = "", *, linked: dict[str, str | None] | None = None, merged: bool = False,
                   without: tuple[str, ...] = ()) -> Extraction:
        reading = Reading(prefix, linked or {})
        events = (reading.blast("stormed", "exploded"),) if merged else (reading.blast(), reading.raid())
        document = Document(id=hashlib.sha256(reading.text.encode()).hexdigest(), source="daruk.txt",
                            text=reading.text, published="2031-05-05")
        return Extraction(document=document, mentions=reading.mentions(), entities=reading.entities(),
                          events=tuple(event for event in events if event.id not in without),
                          relations=(reading.relation(),))
    return extraction


_BLAST = re.compile(r"A bomb (exploded) in (?P<place>\w+) on (?P<day>\d+) May 2031, killing (?P<count>\d+ people)")
_CLAIM = re.compile(r"The (?P<group>\w+ Front) claimed the attack")
_FEUD = re.compile(r"The (?P<group>\w+ Front) opposes the (?P<other>\w+ (?:Front|Railway))")
_KINDS = {"Front": Kind.GROUP, "Railway": Kind.PROJECT}


class SentenceExtractor:
    """Reads sentences of three forms; a `later` one links Harim Front, reads no second attack and knows no claim."""

    def __init__(self, *, later: bool = False) -> None:
        self._later = later

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """One extraction per document."""
        for document in documents:
            yield _Sentences(document, later=self._later).read()


class _Sentences:
    """One document while it is read."""

    def __init__(self, document: Document, *, later: bool) -> None:
        self._document, self._later = document, later
        self._entities: dict[str, Entity] = {}
        self._mentions: list[Mention] = []

    def read(self) -> Extraction:
        text = self._document.text
        events = [self._blast(found, number) for number, found in enumerate(_BLAST.finditer(text))]
        for claim in _CLAIM.finditer(text):
            before = max((e for e in events if e.evidence[0].start < claim.start()), key=lambda e: e.evidence[0].start)
            actor = Actor(entity=self._mention(claim, "group").entity or "", role="perpetrator", status="claimed",
                          evidence=Span(start=claim.start(), end=claim.end()), rule="claim", confidence=0.8)
            events[events.index(before)] = replace(before, actors=(*before.actors, actor))
        relations = [Relation(id=f"r{found.start()}", subject=self._mention(found, "group").entity or "",
                              predicate="opposes", object=self._mention(found, "other").entity or "", rule="feud",
                              status="asserted", evidence=Span(start=found.start(), end=found.end()), confidence=0.7)
                     for found in _FEUD.finditer(text)]
        return Extraction(document=self._document, mentions=tuple(self._mentions), relations=tuple(relations),
                          events=tuple(events[:1] if self._later else events),
                          entities=tuple(self._entities.values()))

    def _blast(self, found: re.Match[str], number: int) -> Event:
        whole = Span(start=found.start(), end=found.end())
        day, people = f"2031-05-{int(found['day']):02}", int(found["count"].split()[0])
        return Event(
            id=f"e{number}", type="Bombing", status="asserted", evidence=(whole,), rules=("blast",), confidence=0.9,
            triggers=(Anchor(start=found.start(1), end=found.end(1), text=found[1]),),
            places=(self._mention(found, "place").id,), country="AF",
            date=When(earliest=day, latest=day, precision="day", text=f"{found['day']} May 2031",
                      start=found.start("day"), end=found.end("day") + 9),
            casualties=(Casualties(outcome="killed", side="victims", min=people, max=people, text=found["count"],
                                   start=found.start("count"), end=found.end("count")),))

    def _mention(self, found: re.Match[str], group: str) -> Mention:
        name = found[group]
        kind = _KINDS.get(name.split()[-1], Kind.PLACE)
        link = "group:bla" if self._later and name == "Harim Front" else None
        entity = self._entities.setdefault(name, Entity(id=f"x{len(self._entities)}", kind=kind, name=name, link=link))
        self._mentions.append(Mention(id=f"m{len(self._mentions)}", start=found.start(group), end=found.end(group),
                                      text=name, entity=entity.id, kind=kind))
        return self._mentions[-1]


class SameDayResolver(Resolver):
    """Takes bombings of one day for one in one place, and for doubtful elsewhere; entities go by their names."""

    def blocks(self, profile: Profile) -> frozenset[str]:
        """Everything is compared."""
        return frozenset({type(profile).__name__})

    def compare(self, one: Profile, other: Profile) -> Comparison | None:
        """Symmetric."""
        if one.document == other.document:
            return None
        score, reason = 0.0, "same name"
        if isinstance(one, EventProfile) and isinstance(other, EventProfile) and one.earliest == other.earliest:
            here = {place.name for place in one.places} == {place.name for place in other.places}
            score, reason = (0.9, "same day and place") if here else (0.4, "same day")
        elif isinstance(one, EntityProfile) and isinstance(other, EntityProfile):
            score = 0.8 * (one.name == other.name)
        left, right = sorted((one.id, other.id))
        return Comparison(left=left, right=right, score=score, reasons=((reason, 2.0),)) if score else None


class SentenceToolbox(Toolbox):
    """Real knowledge, a plain extractor and resolver."""

    def __init__(self, real: Toolbox, *, later: bool = False) -> None:
        super().__init__()
        knowledge = ResolutionKnowledge(ontology=real.knowledge.ontology, gazetteer=real._gazetteer,
                                        places=real._places)
        self.__dict__.update(
            knowledge=real.knowledge, extractor=SentenceExtractor(later=later), resolver=SameDayResolver(knowledge),
            version=f"sentences-{later}", resolution_version="same day", graph_version="sentences")


@pytest.fixture(scope="session")
def tools(toolbox: Toolbox) -> Toolbox:
    """Tools that read sentences of three forms."""
    return SentenceToolbox(toolbox)


@pytest.fixture(scope="session")
def later_tools(toolbox: Toolbox) -> Toolbox:
    """Tools that read the same sentences otherwise."""
    return SentenceToolbox(toolbox, later=True)
