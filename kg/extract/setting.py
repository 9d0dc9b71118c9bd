"""Reads sentences that tell of no event but set the scene of the one told just before: where what was hit had been.

"The bus was flagged down near Dil on Tuesday"; "The patrol was resting by the school of Oru"; "He had just left home".
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract import grammar
from kg.extract.cards import IncidentWords, lemma
from kg.extract.clauses import is_definite
from kg.extract.drafts import Draft
from kg.extract.findings import Time
from kg.extract.incident import Incident
from kg.extract.language import Parsed
from kg.extract.linking import Linker
from kg.extract.locating import locates
from kg.extract.mentions import Mentions
from kg.extract.syntax import Span, Token
from kg.records import Kind

_REACH = 2  # sentences after the one that told of the event
_HIT = {Kind.THING, Kind.FACILITY}
_PEOPLE = {Kind.PERSON, Kind.PEOPLE}


def place_item(incidents: Iterable[Incident], sentence: int, linker: Linker) -> None:
    """What the head of a list's item names is where its event happened, if its words do not say otherwise."""
    reading = linker.reading
    item, parsed = reading.item(sentence), reading.parsed
    if item is None:
        return
    inside = [token.i for token in parsed.doc if item <= token.idx < parsed.heads[item]]
    places = reading.mentions.within(inside[0], inside[-1] + 1, Kind.PLACE)
    for incident in incidents:
        if incident.told and not linker.where.apart([p for p in incident.places if p.link], places):
            incident.places = [*incident.places, *(p for p in places if p not in incident.places)]


class SettingReader:
    """Asks sentences without events whether they set the scene of a known one."""

    def __init__(self, parsed: Parsed, mentions: Mentions, words: IncidentWords) -> None:
        self.parsed, self.mentions, self.words = parsed, mentions, words

    def read(self, sentence: Span, number: int, draft: Draft, times: Iterable[Time]) -> Incident | None:
        """The places and days of a scene of this event, as an incident without a trigger; None if it sets none."""
        verb = sentence.root
        if draft.number > 1 or number - draft.last_sentence > _REACH or not self._sets(verb, draft):
            return None
        doc = sentence.doc
        near = [place for place in self.mentions.within(sentence.start, sentence.end, Kind.PLACE)
                if self._in_main_clause(doc[place.head], verb)]
        places = [place for place in near if locates(doc[place.head], place, self.mentions, self.words)]
        days = [time for time in times if time.precision == "day" and time.basis != "anaphoric"
                and self._in_main_clause(doc[time.start:time.end].root, verb)]
        return Incident(number, places=places, times=days[:1]) if places or days else None

    def _sets(self, verb: Token, draft: Draft) -> bool:
        """Whether a clause is about what the event hit and tells what it was doing or where it stood."""
        subject = next((child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}), None)
        if subject is None or any(child.lower_ in self.words.settings["later"] for child in verb.children):
            return False
        helpers = {child.lower_ for child in verb.children if child.dep_ == "aux"}
        ongoing = verb.tag_ == "VBG" and helpers & self.words.settings["was"]
        just = "had" in helpers and any(child.lower_ == "just" for child in verb.children)
        if self._hit_before(subject, draft):
            stood = verb.tag_ in {"VBD", "VBN"} and lemma(verb) in self.words.settings["verbs"]
            return bool(ongoing or just or stood)
        found = self.mentions.at(subject.i)
        if found is None or not (found.kind is Kind.PERSON or is_definite(subject)):
            return False
        came = verb.tag_ == "VBD" and lemma(verb) in self.words.settings["arrivals"]
        attackers = found.kind is Kind.GROUP and not found.name
        return (found.kind in _PEOPLE and bool(ongoing or just)) or (attackers and came)

    def _hit_before(self, subject: Token, draft: Draft) -> bool:
        """Whether a definite noun takes up a vehicle, site or the like from the sentence that told of the event."""
        found = self.mentions.at(subject.i)
        if found is None or found.kind not in _HIT or not (is_definite(subject) or grammar.possessors(subject)):
            return False
        told = {i.sentence for i in draft.incidents}
        return any(lemma(token) == lemma(subject) for n in told for token in self.parsed.sentences[n]
                   if token.pos_ == "NOUN")

    def _in_main_clause(self, word: Token, verb: Token) -> bool:
        clause = grammar.clause_head(word)
        return clause == verb or (clause.dep_ == "conj" and clause.head == verb)

