"""One made-up report while it is being written, with all that a reader would find in it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from string import Formatter
from typing import NamedTuple

from msgspec.structs import replace

from kg.placenames import Place
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

KINDS = {
    "group": Kind.GROUP, "town": Kind.PLACE, "province": Kind.PLACE, "elsewhere": Kind.PLACE, "victim": Kind.PERSON,
    "official": Kind.PERSON, "spokesman": Kind.PERSON, "target": Kind.FACILITY,
}


class Made(NamedTuple):
    """An extraction with the attack that each event of its news tells of, by the event's id."""

    extraction: Extraction
    truth: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """What happened, as nobody but the maker knows it."""

    name: str
    day: date
    town: Place
    province: Place
    group: tuple[str, str]
    kind: Mapping[str, str]
    target: str
    killed: int
    injured: int
    people: Mapping[str, str]
    details: Sequence[str]
    themes: Sequence[str]
    reports: int


class Page:
    """A report that is being written, with what a reader would find in it."""

    def __init__(self, attack: Attack, killed: int, more: dict[str, str]) -> None:
        self.text, self._events, self._truth = "", list[Event](), dict[str, str]()
        self._entities, self._mentions, self._relations = dict[str, Entity](), list[Mention](), list[Relation]()
        self.turn(attack, killed, more)

    def turn(self, attack: Attack, killed: int, more: dict[str, str]) -> None:
        """Write of this attack from here on."""
        self._attack, self.more = attack, more
        self._links = {"group": attack.group[0], "town": attack.town.id, "province": attack.province.id}
        self._fields = {**attack.kind, **attack.people, "killed": str(killed), "injured": str(attack.injured),
                        "target": attack.target, "town": attack.town.name, "province": attack.province.name,
                        "group": attack.group[1], "day": f"{attack.day:%A}, {attack.day:%-d} {attack.day:%B}"}

    def add(self, template: str, **other: str) -> dict[str, Span]:
        """Write a sentence; where each of its fields and, as `sentence`, it itself stands."""
        start, found = len(self.text), dict[str, Span]()
        for literal, name, _, _ in Formatter().parse(template):
            self.text += literal
            if name:
                word = {**self._fields, **self.more, **other}[name]
                found[name] = Span(start=len(self.text), end=len(self.text) + len(word))
                self.text += word
        found["sentence"] = Span(start=start, end=len(self.text))
        self.text += " "
        for name, span in found.items():
            self._mention(name, span)
        if {"spokesman", "group"} <= found.keys():
            speaker, group = self._entity("spokesman").id, self._entity("group").id
            self._relations.append(Relation(
                id=f"r{len(self._relations) + 1}", subject=speaker, predicate="spokespersonFor", object=group,
                status="asserted", evidence=found["sentence"], rule="made", confidence=0.9))
        return found

    def event(self, template: str, name: str) -> None:
        """Write what an attack is told by, with its event."""
        found, group = self.add(template), self._entity("group")
        day, killed = self._attack.day.isoformat(), int(self._fields["killed"])
        claimed = Actor(entity=group.id, role="perpetrator", status="claimed", evidence=found["sentence"], rule="made",
                        confidence=0.9)
        toll = Casualties(outcome="killed", side="victims", min=killed, max=killed, start=found["killed"].start,
                          end=found["killed"].end, text=self._fields["killed"])
        when = When(earliest=day, latest=day, precision="day", text=self._fields["day"], start=found["day"].start,
                    end=found["day"].end)
        self._truth[f"e{len(self._events) + 1}"] = name
        self._keep(found, when, Event(id="", type=self._attack.kind["type"], status="asserted", actors=(claimed,),
                                            casualties=(toll,)))

    def recall(self, template: str, attack: Attack, before: int) -> None:
        """Write of an attack long ago, somewhere else."""
        day = (self._attack.day.replace(day=1) - timedelta(400)).replace(day=1)
        last = (day + timedelta(31)).replace(day=1) - timedelta(1)
        self._links["elsewhere"], self._fields["elsewhere"] = attack.town.id, attack.town.name
        found = self.add(template, month=f"{day:%B} {day.year}", before=str(before))
        when = When(earliest=day.isoformat(), latest=last.isoformat(), precision="month",
                    text=self._words(found["month"]), start=found["month"].start, end=found["month"].end)
        self._keep(found, when, Event(id="", type="Attack", status="asserted", salience="background"))

    def _keep(self, found: Mapping[str, Span], when: When, event: Event) -> None:
        """Keep an event with the parts that its sentence has."""
        trigger = found.get("trigger", found["sentence"])
        placed = {kind: tuple(one.id for one in self._mentions if one.kind == kind and one.end <= found["sentence"].end
                              and one.start >= found["sentence"].start) for kind in (Kind.PLACE, Kind.FACILITY)}
        self._events.append(replace(
            event, id=f"e{len(self._events) + 1}", places=placed[Kind.PLACE], targets=placed[Kind.FACILITY], date=when,
            country=self._attack.town.country, evidence=(found["sentence"],), rules=("made",), confidence=0.9,
            triggers=(Anchor(start=trigger.start, end=trigger.end, text=self._words(trigger)),)))

    def _words(self, span: Span) -> str:
        return self.text[span.start:span.end]

    def _mention(self, name: str, span: Span) -> None:
        if kind := KINDS.get(name):
            entity = None if kind == Kind.FACILITY else self._entity(name).id
            self._mentions.append(Mention(id=f"m{len(self._mentions) + 1}", start=span.start, end=span.end, kind=kind,
                                          text=self._words(span), entity=entity))

    def _entity(self, name: str) -> Entity:
        link = self._links.get(name)
        entity = Entity(id=f"x{len(self._entities) + 1}", kind=KINDS[name], name=self._fields[name], link=link)
        return self._entities.setdefault(link or entity.name, entity)

    def made(self, day: date, outlet: str, source: str) -> Made:
        """The report as it was read."""
        victims = tuple(e.id for e in self._entities.values() if e.name == self._fields["victim"])
        first = replace(self._events[0], victims=victims)
        document = Document(id=hashlib.sha256(self.text.encode()).hexdigest(), source=source, publisher=outlet,
                            published=day.isoformat(), text=self.text, cleaner="none")
        return Made(Extraction(document=document, mentions=tuple(self._mentions), relations=tuple(self._relations),
                               entities=tuple(self._entities.values()), events=(first, *self._events[1:])), self._truth)
