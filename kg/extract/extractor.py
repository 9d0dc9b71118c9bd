"""The extractor: from documents to extractions, with the knowledge loaded once."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from spacy.language import Language

from kg.extract.acronyms import group_acronyms
from kg.extract.actors import ActorWriter, representatives, settle_claims
from kg.extract.assembly import Assembler
from kg.extract.callings import find_callings
from kg.extract.cards import Lexicon, load_lexicon
from kg.extract.case import CaseRestorer
from kg.extract.claims import Claim, ClaimFinder
from kg.extract.confidence import load_confidence
from kg.extract.coreference import resolve_references
from kg.extract.countries import document_country
from kg.extract.drafts import HAPPENED
from kg.extract.eventrecords import EventWriter
from kg.extract.fillers import Fillers
from kg.extract.findings import Stance
from kg.extract.frames import Frame, FrameFinder
from kg.extract.language import Parsed, load_pipeline, parse_all, read_as_names, read_short_forms
from kg.extract.ledger import Ledger
from kg.extract.linking import Reading
from kg.extract.manner import MannerReader
from kg.extract.mentions import Found, Mentions, Referent
from kg.extract.name_words import load_name_words
from kg.extract.names import find_mentions
from kg.extract.namesakes import forget_namesakes
from kg.extract.ordinals import with_ordinals
from kg.extract.places import find_places, load_place_words
from kg.extract.registers import foreign_spans, load_registers, mostly_foreign, theatre
from kg.extract.relations import FoundRelation, find_relations, load_relation_cards
from kg.extract.rolemodel import RoleReviser, load_role_model
from kg.extract.selection import mark_background, select
from kg.extract.stance import load_stance_words, stance_of
from kg.extract.times import find_times, load_time_words
from kg.extract.tolls import find_tolls, load_count_words
from kg.gazetteer import Gazetteer, load_gazetteer
from kg.ontology import Ontology, load_ontology
from kg.placenames import PlaceIndex, load_places
from kg.records import Document, Event, Extraction, Kind, Relation
from kg.settings import Settings

VERSION = "1"
_HOLDING = {Kind.ORGANIZATION, Kind.FORCE, Kind.FACILITY, Kind.PROJECT}


class Extractor:
    """Reads documents; same document, same extraction. Knowledge given is used, the rest is loaded on construction."""

    def __init__(self, settings: Settings, *, gazetteer: Gazetteer | None = None, places: PlaceIndex | None = None,
                 ontology: Ontology | None = None) -> None:
        self.nlp: Language = load_pipeline(settings.pipeline)
        self.gazetteer = gazetteer or load_gazetteer(settings)
        self.place_index = places or load_places(settings)
        self.ontology = ontology or load_ontology(settings)
        self.lexicon: Lexicon = load_lexicon(settings)
        self.name_words = load_name_words(settings)
        read_as_names(self.nlp, group_acronyms(self.gazetteer), self.name_words.names.acronyms_like)
        read_short_forms(self.nlp, self.name_words.names.short_forms)
        self.place_words = load_place_words(settings)
        self.time_words = load_time_words(settings)
        self.count_words = load_count_words(settings)
        self.stance_words = load_stance_words(settings)
        self.relation_cards = load_relation_cards(settings)
        self.registers = load_registers(settings)
        self.weights = load_confidence(settings)
        self.roles: RoleReviser | None = load_role_model(settings, self.name_words)
        self.case = CaseRestorer(settings, self.nlp, self.gazetteer, self.place_index, self.name_words)
        self.manner = MannerReader(self.lexicon.incident, self._weapon_lineage)

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """One extraction for each document, in order; some documents are read ahead."""
        parses = parse_all(self.nlp, documents, self.case.restore, self.stance_words.governors["speech"].words)
        while True:
            with _uncollected():
                if (parsed := next(parses, None)) is None:
                    return
                extraction = self.read(parsed)
                parsed.doc.forget()
            yield extraction

    def read(self, parsed: Parsed) -> Extraction:
        """Everything that a parsed document asserts."""
        places = find_places(parsed, self.place_index, self.place_words)
        mentions = find_mentions(parsed, self.gazetteer, places, self.name_words, self._scene(places))
        forget_namesakes(parsed, list(mentions), self.place_index, self.place_words, self._theatres(mentions))
        resolve_references(parsed, mentions, self.name_words)
        mentions = with_ordinals(parsed, mentions, self.lexicon.incident)
        called = find_callings(parsed.doc, mentions, self.name_words)
        ledger = Ledger(parsed)
        stated = find_relations(parsed, mentions, self.relation_cards, self.stance_words)
        events = self._events(parsed, mentions, ledger, stated)
        relations = self._relations(stated, ledger)
        for mention in (*mentions, *_nested(places, mentions), *called):
            if mention.referent is not None or mention.name is not None:
                ledger.mention(mention)
        return Extraction(document=parsed.document, mentions=ledger.mentions(), entities=tuple(ledger.entities()),
                          events=events, relations=relations)

    def _events(self, parsed: Parsed, mentions: Mentions, ledger: Ledger,
                stated: Sequence[FoundRelation]) -> tuple[Event, ...]:
        stances: dict[int, Stance] = {}

        def stance(token: int) -> Stance:
            if token not in stances:
                stances[token] = stance_of(parsed, mentions, token, self.stance_words)
            return stances[token]

        foreign = foreign_spans(parsed, self.registers)
        frames: list[Frame] = [frame for frame in FrameFinder(parsed, mentions, self.lexicon).find()
                               if not any(a <= parsed.doc[frame.trigger].idx < b for a, b in foreign)]
        for frame in frames:
            frame.stance = stance(frame.trigger)
        triggers = {frame.trigger for frame in frames}
        finder = ClaimFinder(parsed, mentions, self.lexicon, triggers, stance)
        claims: list[Claim] = finder.find()
        times = find_times(parsed, self.time_words)
        dated = {i for time in times for i in range(time.start, time.end)}
        tolls = [t for t in find_tolls(parsed, self.count_words) if t.head not in dated and (
            t.max == 0 or stance(t.trigger).status in HAPPENED)]
        located = [m for m in mentions if m.kind is Kind.PLACE]
        country = document_country(parsed, located, self.place_index, self.place_words, self._theatres(mentions))
        reading = Reading(parsed, mentions, self.lexicon, self.ontology, self.place_index, country)
        fillers = Fillers(parsed, mentions, triggers, self.lexicon.incident.partitives)
        drafts = Assembler(reading, fillers).assemble(frames, times, tolls, claims)
        if self.roles is not None:
            self.roles.revise(drafts, reading)
        settle_claims(drafts, reading)
        mark_background(drafts, reading)
        for time in times:
            ledger.plain(time.start, time.end, Kind.TIME)
        actors = ActorWriter(reading, ledger, stance, represents=representatives(stated))
        writer = EventWriter(reading, ledger, actors, stance, weights=self.weights,
                             foreign=mostly_foreign(parsed, self.registers))
        return writer.write(drafts, select(drafts, reading, self.manner,
                                           theatre=finder.unclaimed or theatre(parsed, self.registers)))

    def _scene(self, places: Sequence[Found]) -> Counter[str]:
        """How many towns and regions of each country a document names."""
        known = (self.place_index.get(link) for link in {place.link for place in places if place.link})
        return Counter(place.country for place in known if place and place.country and place.level != "country")

    def _theatres(self, mentions: Mentions) -> list[tuple[str, ...]]:
        """Where each group and force that a document names acts, by the tables."""
        links = dict.fromkeys(m.link for m in mentions if m.kind in {Kind.GROUP, Kind.FORCE} and m.link)
        return [countries for link in links if link and (countries := self.gazetteer.entry(link).countries)]

    def _relations(self, stated: Sequence[FoundRelation], ledger: Ledger) -> tuple[Relation, ...]:
        rows: dict[tuple[str, str, str], Relation] = {}
        for found in stated:
            subject, target = self._end(found.subject, ledger), self._end(found.object, ledger)
            if subject is None or target is None or subject == target:
                continue
            key = (subject, found.predicate, target)
            if key not in rows or rows[key].confidence < found.confidence:
                rows[key] = self._relation(found, f"r{len(rows) + 1}", key, ledger)
        return tuple(row for row in rows.values())

    def _end(self, end: Found | tuple[int, int], ledger: Ledger) -> str | None:
        if isinstance(end, tuple):
            return ledger.thing(*end)
        if end.referent is None:
            return ledger.thing(end.start, end.end)
        ledger.mention(end)
        return ledger.entity(end.referent)

    def _relation(self, found: FoundRelation, number: str, key: tuple[str, str, str], ledger: Ledger) -> Relation:
        stance = found.stance
        speaker = None
        if stance.speaker is not None and stance.speaker.referent is not None:
            speaker = ledger.entity(stance.speaker.referent)
        elif stance.speaker_span is not None:
            speaker = ledger.parsed.quote(*stance.speaker_span)
        return Relation(id=number, subject=key[0], predicate=key[1], object=key[2], status=found.status,
                        speaker=speaker, evidence=ledger.sentence(found.trigger), rule=found.rule,
                        confidence=found.confidence)

    def _weapon_lineage(self, link: str) -> tuple[str, ...]:
        lineage: list[str] = []
        parent = self.gazetteer.entry(link).parent
        while parent is not None and parent not in lineage:
            lineage.append(parent)
            parent = self.gazetteer.entry(parent).parent
        return tuple(lineage)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Put off the search for cycles: a parse is full of them, and is itself what there is to collect afterwards."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _nested(places: Sequence[Found], mentions: Mentions) -> Iterator[Found]:
    """The places named inside the names of bodies and buildings ("Dublin City Council"), which they help to find."""
    referents = {m.link: m.referent for m in mentions if m.kind is Kind.PLACE and m.link and m.referent}
    for place in places:
        around = mentions.at(place.head)
        if place.link and around is not None and around is not place and around.kind in _HOLDING:
            known = referents.get(place.link) or Referent(kind=Kind.PLACE, name=place.name or "", link=place.link)
            place.referent = referents[place.link] = known
            yield place
