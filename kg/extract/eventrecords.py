"""Turns the assembled events into records: class, actors with status, casualties, places from small to large."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from kg.extract import grammar
from kg.extract.actors import ActorWriter
from kg.extract.cards import lemma
from kg.extract.confidence import Case, ConfidenceWeights, confidence, reasons
from kg.extract.countries import said_country
from kg.extract.drafts import Draft, identity
from kg.extract.estimates import Estimator
from kg.extract.findings import Stance, Time, Toll
from kg.extract.frames import EVENT
from kg.extract.ledger import Ledger
from kg.extract.linking import Reading, frames_of
from kg.extract.manner import MannerReader, most_specific
from kg.extract.mentions import Found
from kg.extract.retellings import told_once
from kg.extract.syntax import Token
from kg.records import Actor, Anchor, Casualties, Estimate, Event, Kind, When

StanceOf = Callable[[int], Stance]
_BLAMED = {"claimed", "attributed", "suspected"}
_SITES = {Kind.PLACE, Kind.FACILITY, Kind.THING}
_HARM = {"killed", "injured", "kidnapped"}
_RANK = {"locality": 1, "admin2": 2, "admin1": 3, "region": 4, "country": 5}


class EventWriter:
    """Writes the events of one document; `foreign`: it has more words of another field than of conflict."""

    def __init__(self, reading: Reading, ledger: Ledger, actors: ActorWriter, stance_of: StanceOf, *,
                 weights: ConfidenceWeights, foreign: bool) -> None:
        self.reading, self.ledger, self.actors, self.stance_of = reading, ledger, actors, stance_of
        self.weights, self.foreign = weights, foreign

    def write(self, drafts: Sequence[Draft], classes: dict[int, str]) -> tuple[Event, ...]:
        """The records of the drafts that have a class; parts point to their wholes."""
        kept = [draft for draft in drafts if id(draft) in classes]
        ids = {id(draft): f"e{number}" for number, draft in enumerate(kept, 1)}
        return tuple(self._event(draft, ids, classes[id(draft)]) for draft in kept)

    def _event(self, draft: Draft, ids: dict[int, str], event_class: str) -> Event:
        frames = frames_of(draft)
        places = self.places(draft)
        told = reasons(Case(draft, self.reading, event_class, self.foreign))
        sure = confidence(told, self.weights)
        triggers = [f for f in frames if f.sort == EVENT] or frames
        sentences = sorted({i.sentence for i in draft.incidents})
        event = Event(
            id=ids[id(draft)], type=event_class, status=draft.status,
            triggers=tuple(self._anchor(frame.start, frame.trigger + 1) for frame in triggers),
            date=self._when(draft.when), time_of_day=self._clock(draft),
            places=tuple(self.ledger.mention(place) for place in places), country=self.country(draft),
            actors=tuple(self._actors(draft, sure)), targets=tuple(self.ledger.mention(t) for t in draft.targets),
            weapons=tuple(self.ledger.mention(w) for w in _distinct(draft.weapons)),
            victims=tuple(dict.fromkeys(self.ledger.entity(v.referent) for v in draft.victims if v.referent)),
            casualties=tuple(self._casualties(draft)), part_of=ids.get(id(draft.whole)) if draft.whole else None,
            salience="background" if draft.background else "main",
            evidence=tuple(self.ledger.sentence(self.reading.parsed.sentences[n].start) for n in sentences),
            rules=tuple(dict.fromkeys(frame.rule for frame in frames)), confidence=sure, reasons=told)
        return msgspec.structs.replace(event, estimates=tuple(self._estimates(draft, event, sure)))

    def _anchor(self, start: int, end: int) -> Anchor:
        first, last = self.ledger.offsets(start, end)
        return Anchor(start=first, end=last, text=self.reading.parsed.document.text[first:last])

    # ---- when and where ---------------------------------------------------------------------------------------------
    def _when(self, time: Time | None) -> When | None:
        if time is None or time.earliest is None or time.latest is None:
            return None
        start, end = self.ledger.offsets(time.start, time.end)
        return When(earliest=time.earliest.isoformat(), latest=time.latest.isoformat(), precision=time.precision,
                    text=self.reading.parsed.document.text[start:end], start=start, end=end)

    def _clock(self, draft: Draft) -> str | None:
        return next((t.clock for i in draft.incidents for t in i.times if t.clock), None)

    def places(self, draft: Draft) -> list[Found]:
        """The distinct places of an event, most specific first: what was hit is no place beside a town."""
        places = sorted(_distinct(draft.places), key=self._level)
        hit = {identity(target) for target in draft.targets}
        towns = any(p.kind is Kind.PLACE for p in places)
        return [p for p in places if (p.kind is Kind.PLACE or not towns or identity(p) not in hit)
                and not self._abroad(p, places)]

    def _abroad(self, found: Found, places: Sequence[Found]) -> bool:
        """Whether a place lies in another country than the report is about, where another place of the event lies."""
        home, here = self.reading.country, self._country_of(found)
        return home is not None and here not in {None, home} and any(self._country_of(p) == home for p in places)

    def _level(self, found: Found) -> int:
        place = self.reading.places.get(found.link) if found.link else None
        return 0 if place is None else _RANK.get(place.level, 2)

    def country(self, draft: Draft) -> str | None:
        """The country of the event's places or sites, or the one that the document's places and demonyms lean to."""
        places = self.places(draft)
        codes = [code for place in places if (code := self._country_of(place)) is not None]
        if codes or any(place.link for place in places):
            # "Two embassies in Africa": no country of which the report speaks besides.
            return codes[0] if codes else None
        doc, index = self.reading.parsed.doc, self.reading.places
        sites = [*self.places(draft), *(t for t in draft.targets if t.kind in _SITES)]
        said = (said_country(doc[site.head], index) for site in sites if site.name is None or site.link is None)
        return next((code for code in said if code), self.reading.country)

    def _country_of(self, found: Found) -> str | None:
        place = self.reading.places.get(found.link) if found.link else None
        return place.country if place is not None else None

    # ---- casualties -------------------------------------------------------------------------------------------------
    def _casualties(self, draft: Draft) -> Iterable[Casualties]:
        seen: dict[tuple[object, ...], int] = {}
        for toll in told_once(draft.tolls, self.reading.parsed.doc):
            key = (toll.outcome, toll.side, toll.min, toll.max)
            if toll.subset or seen.setdefault(key, toll.trigger) != toll.trigger:
                # Equal counts of one list are two: "a nurse and a driver were killed".
                continue
            yield self._casualty(toll, "perpetrators" if self._of_attackers(draft, toll) else toll.side)

    def _of_attackers(self, draft: Draft, toll: Toll) -> bool:
        """Whether people of a group are counted ("ten Front members"), where no other group is said to have done it."""
        doc, mentions, words = self.reading.parsed.doc, self.reading.mentions, self.reading.lexicon.claims
        head = doc[toll.head]
        if toll.side == "perpetrators":
            return False
        if toll.who is None and self._by_force(doc[toll.trigger]):
            return True  # "About 70 militants attacked. Troops killed 22 of them."
        if lemma(head) not in words.belonging:
            return False
        near = [head, *(c for c in head.children if c.dep_ in {"compound", "nmod", "poss"}),
                *grammar.prepositional(head, *words.ownership)]
        own = next((m.referent for t in near if (m := mentions.at(t.i)) is not None and m.kind is Kind.GROUP), None)
        doers = [mentions.at(i) for f in frames_of(draft) for i in f.roles.get("perpetrator", [])]
        return own is not None and own.named and not any(
            m is not None and m.kind is Kind.GROUP and m.referent is not own for m in doers)

    def _by_force(self, verb: Token) -> bool:
        """Whether only a force or its members do what a verb says."""
        doers = grammar.agents(verb)
        kinds = [m.kind if (m := self.reading.mentions.at(t.i)) is not None else None for t in doers]
        members = self.reading.lexicon.incident.force_members
        return bool(doers) and all(kind is Kind.FORCE or (kind is Kind.PEOPLE and lemma(t) in members)
                                   for t, kind in zip(doers, kinds, strict=True))

    def _casualty(self, toll: Toll, side: str) -> Casualties:
        start, end = self.ledger.offsets(toll.start, toll.end)
        return Casualties(outcome=toll.outcome, side=side, min=toll.min, max=toll.max, who=self._who(toll),
                          approximate=toll.approximate, start=start, end=end,
                          text=self.reading.parsed.document.text[start:end],
                          speaker=self.actors.speaker(self.stance_of(toll.trigger)))

    def _who(self, toll: Toll) -> str | None:
        """The words for those counted; for a pronoun the name of the one it means, if it has one."""
        if self.reading.parsed.doc[toll.head].pos_ != "PRON" or toll.start + 1 < toll.end:
            return toll.who
        meant = self.reading.mentions.at(toll.head)
        referent = meant.referent if meant is not None else None
        return referent.name if referent is not None and referent.named else None

    # ---- how sure ---------------------------------------------------------------------------------------------------
    def _actors(self, draft: Draft, sure: float) -> Iterator[Actor]:
        """What an actor did is at most as sure as that it happened."""
        for actor in self.actors.write(draft):
            yield msgspec.structs.replace(actor, confidence=round(actor.confidence * sure, 2))

    def _estimates(self, draft: Draft, event: Event, sure: float) -> Iterator[Estimate]:
        """How sure each value is."""
        places, named = self.places(draft), self.ledger.mention
        of = Estimator(sure, self.weights, self.reading.places)
        yield of.salience(event.salience)
        if draft.when is not None and event.date is not None:
            yield of.date(draft.when)
        yield of.country(any(self._country_of(place) for place in places))
        yield from (of.place(named(place), place) for place in places)
        yield from (of.filler("target", named(target), target) for target in draft.targets)
        yield from (of.filler("weapon", named(weapon), weapon) for weapon in _distinct(draft.weapons))
        yield from (of.filler("victim", self.ledger.entity(v.referent), v) for v in draft.victims if v.referent)
        yield from of.tolls(event.casualties)


def event_class(draft: Draft, reading: Reading, manner: MannerReader) -> str | None:
    """The class of an event, from its triggers refined by the signs of manner; None if nothing tells of violence."""
    signs = list(_signs(draft, reading, manner))
    told = [c for c in draft.classes if reading.family(c) == draft.family] if draft.family else []
    if draft.family not in {None, reading.families.attack}:
        return most_specific(told, reading.ontology)
    if not told and not signs:
        told = list(_by_doer(draft, reading))
    attack_signs = [s for s in signs if reading.family(s) == reading.families.attack]
    return most_specific(_main_acts([*told, *attack_signs], draft, reading), reading.ontology)


def _main_acts(classes: list[str], draft: Draft, reading: Reading) -> list[str]:
    """The classes without those of damage done beside an attack on people: a raid in which houses burn is no arson."""
    harm = [c for c in classes if c not in reading.families.beside]
    people = any(toll.outcome in _HARM and toll.max != 0 for toll in draft.tolls)
    return harm if harm and (people or classes[0] not in reading.families.beside) else classes


def _by_doer(draft: Draft, reading: Reading) -> Iterable[str]:
    """For deaths alone: an attack if a militant actor is the cause or is held to be, an operation if a force is."""
    first = draft.incidents[0].sentence
    if any(claim.status in _BLAMED for i in draft.incidents for claim in i.claims if i.sentence - first <= 1):
        yield reading.families.attack
    for frame in frames_of(draft):
        for token in frame.roles.get("perpetrator", []):
            found = reading.mentions.at(token)
            member = lemma(reading.parsed.doc[token]) in reading.lexicon.incident.force_members
            if found is None or (found.kind is Kind.PEOPLE and not member):
                yield from _of_owner(reading.parsed.doc[token], reading)
            if found is not None and (found.kind in {Kind.GROUP, Kind.FORCE} or (found.kind is Kind.PEOPLE and member)):
                yield reading.families.attack if found.kind is Kind.GROUP else reading.families.operation


def _of_owner(doer: Token, reading: Reading) -> Iterable[str]:
    """What those do whom a group or force told of last calls its own: "its men killed nine"."""
    words = reading.lexicon.claims
    owned = any(child.dep_ == "poss" and child.lower_ in words.possessives for child in doer.lefts)
    if owned and lemma(doer) in words.belonging:
        before = reading.mentions.within(0, doer.i, Kind.GROUP, Kind.FORCE)
        if before:
            yield reading.families.attack if before[-1].kind is Kind.GROUP else reading.families.operation


def _signs(draft: Draft, reading: Reading, manner: MannerReader) -> Iterable[str]:
    doc = reading.parsed.doc
    for frame in frames_of(draft):
        if frame.form == "noun":
            yield from manner.of_trigger(doc[frame.trigger])
        for token in frame.roles.get("perpetrator", []):
            yield from manner.of_actor(doc[token])
    for weapon in draft.weapons:
        yield from manner.of_weapon(weapon, doc[weapon.head])


def _distinct(found: Iterable[Found]) -> list[Found]:
    rows: dict[object, Found] = {}
    for mention in found:
        rows.setdefault(identity(mention), mention)
    return list(rows.values())
