"""Tells whether two triggers in one sentence tell of one event or set one event beside another."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Doc, Token

from kg.extract.cards import IncidentWords, lemma
from kg.extract.clauses import between, is_definite
from kg.extract.frames import Frame
from kg.extract.incident import Incident, is_response
from kg.ontology import Ontology


class Contrast:
    """Compares the triggers of a sentence; `nouns` are those of them that are nouns for events."""

    def __init__(self, words: IncidentWords, ontology: Ontology, nouns: Collection[int] = ()) -> None:
        self.words, self.ontology, self.nouns = words, ontology, nouns

    def one_event(self, a: Incident, b: Incident, doc: Doc) -> bool:
        """Whether two incidents of a sentence, of one frame each, tell of one event."""
        first, second = a.frames[0], b.frames[0]
        x, y = doc[first.trigger], doc[second.trigger]
        if not self._same_family(first, second) or self.compares(x, y) or self.apart(a, b):
            return False
        if first.other or second.other or (first.number != second.number and min(first.number, second.number) != 0
                                           and {first.form, second.form} == {"noun"}):
            return False
        if {first.form, second.form} == {"noun"} and (_told_apart(a, b) or _told_apart(b, a)):
            return False
        if self._nearer_event(x, y) or self._nearer_event(y, x):
            return False
        listed = y.dep_ == "conj" and y.head == x and first.form == second.form == "noun"
        own = first.event_class != second.event_class or b.places or b.times or second.roles.get("target")
        return not (listed and own)

    def _nearer_event(self, noun: Token, participle: Token) -> bool:
        """Whether an event noun stands between, set beside: "the raids came after operations …, targeting a camp"."""
        if participle.tag_ != "VBG" or participle.dep_ != "advcl" or participle.i < noun.i or noun.pos_ == "VERB":
            return False
        return any(noun.i < i < participle.i and self.compares(noun, noun.doc[i]) for i in self.nouns)

    def _same_family(self, a: Frame, b: Frame) -> bool:
        roots = {self.ontology.ancestors(f.event_class)[-1] if self.ontology.ancestors(f.event_class) else f.event_class
                 for f in (a, b) if f.event_class is not None}
        of = self.words.families
        return len(roots) <= 1 or roots == {of.attack, of.fight} or (
            roots == {of.attack, of.operation} and (is_response(a, of) or is_response(b, of)))

    def apart(self, a: Incident, b: Incident) -> bool:
        """Whether two incidents of a sentence carry dates that exclude each other."""
        return any(s.latest is not None and t.earliest is not None and s.earliest is not None and t.latest is not None
                   and (s.latest < t.earliest or t.latest < s.earliest) for s in a.times for t in b.times)

    def compares(self, a: Token, b: Token) -> bool:
        """Whether a word between two triggers in the parse sets one event beside another."""
        path = between(a, b)
        if any({lemma(node), node.lower_} & self.words.links_to_another for node in path):
            return True
        lower = b if a in b.ancestors else a
        set_beside = any(node.lower_ in self.words.sequence for node in path)
        return set_beside and lower.pos_ in {"NOUN", "PROPN"} and is_definite(lower)


def _told_apart(a: Incident, b: Incident) -> bool:
    """Whether "the blast" stands beside "a massacre in 2014": the known one and another with a date of its own."""
    return a.frames[0].definite and b.frames[0].indefinite and bool(b.times) and not a.times
