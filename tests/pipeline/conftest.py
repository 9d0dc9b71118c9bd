"""One report as one extractor reads it, and as others that were made better or worse would."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

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
