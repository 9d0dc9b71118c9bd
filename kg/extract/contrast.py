"""Tells whether two triggers in one sentence tell of one event or set one event beside another."""

from __future__ import annotations

from collections.abc import Collection

from kg.extract import grammar
from kg.extract.cards import IncidentWords, lemma
from kg.extract.clauses import between, holds, is_definite
from kg.extract.frames import Frame
from kg.extract.generic import sums_up
from kg.extract.incident import Incident, is_response
from kg.extract.syntax import Doc, Token
from kg.ontology import Ontology
from kg.records import Kind


class Contrast:
    """Compares the triggers of a sentence; `nouns` are those of them that are nouns for events."""

    def __init__(self, words: IncidentWords, ontology: Ontology, nouns: Collection[int] = ()) -> None:
        self.words, self.ontology, self.nouns = words, ontology, nouns

    def one_event(self, a: Incident, b: Incident, doc: Doc) -> bool:
        """Whether two incidents of a sentence, of one frame each, tell of one event."""
        first, second = a.frames[0], b.frames[0]
        x, y = doc[first.trigger], doc[second.trigger]
        if self._restates(second, y, x) or self._restates(first, x, y) or _by_means_of(x, y) or _by_means_of(y, x):
            return True
        if not self._same_family(first, second) or self.compares(x, y) or self.apart(a, b, doc):
            return False
        if sums_up(first, x, self.words) or sums_up(second, y, self.words):
            return False
        if first.other or second.other or (first.number != second.number and min(first.number, second.number) != 0
                                           and {first.form, second.form} == {"noun"}):
            return False
        if {first.form, second.form} == {"noun"} and (_told_apart(a, b) or _told_apart(b, a)):
            return False
        if self._nearer_event(x, y) or self._nearer_event(y, x):
            return False
        listed = first.form == second.form == "noun" and _listed(x, y)
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

    def apart(self, a: Incident, b: Incident, doc: Doc) -> bool:
        """Whether two incidents of a sentence carry dates that exclude each other, or places in separate clauses."""
        x, y = doc[a.frames[0].trigger], doc[b.frames[0].trigger]
        towns = [{p.name for p in i.places if p.kind is Kind.PLACE} for i in (a, b)]
        if all(towns) and not towns[0] & towns[1]:
            v, w = (t if t.pos_ == "VERB" else grammar.clause_head(t) for t in (x, y))
            if self._beside(v, w) or self._beside(w, v):
                return True
        return any(s.latest is not None and t.earliest is not None and s.earliest is not None and t.latest is not None
                   and (s.latest < t.earliest or t.latest < s.earliest) for s in a.times for t in b.times)

    def _beside(self, clause: Token, other: Token) -> bool:
        """Whether a clause with a subject or an object of its own stands beside another.

        "And men fired", "before a bomb fell", "while six were shot", "and overran a post".
        """
        own = {c.dep_ for c in clause.children if c.pos_ != "PRON"}
        links = self.words.sequence | self.words.alongside
        linked = clause.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in links for c in clause.children)
        if own & {"nsubj", "nsubjpass"}:
            return linked or (clause.dep_ == "conj" and clause.head == other)
        listed = (clause.dep_ == "conj" and other in clause.conjuncts) or clause.tag_ == other.tag_ == "VBG"
        return "dobj" in own and listed

    def compares(self, a: Token, b: Token) -> bool:
        """Whether a word between two triggers in the parse sets one event beside another."""
        path = between(a, b)
        if self._links_to_another(path, a, b):
            return True
        lower = b if a in b.ancestors else a
        set_beside = any(node.lower_ in self.words.sequence for node in path)
        return set_beside and lower.pos_ in {"NOUN", "PROPN"} and is_definite(lower)


    def opposed(self, a: Incident, b: Incident, doc: Doc) -> bool:
        """Whether the words leave no doubt that two incidents of a sentence are two events."""
        pairs = [(doc[f.trigger], doc[g.trigger]) for f in a.told for g in b.told]
        if any(self._links_to_another(between(x, y), x, y) or _listed(x, y) or _listed(y, x) for x, y in pairs):
            return True
        return bool(pairs) and (_told_apart(a, b) or _told_apart(b, a) or self.apart(a, b, doc))

    def _links_to_another(self, path: list[Token], a: Token, b: Token) -> bool:
        """Whether a trigger is told as what another follows, avenges or recalls, or days from it."""
        words = self.words.links_to_another
        # "Four were killed following an attack": by it.
        links = [n for n in path if not (n.dep_ == "prep" and lemma(n.head) in self.words.outcomes["verbs"])]
        if any({lemma(node), node.lower_} & words for node in links):
            return True
        return any(self._days_apart(node) for node in (*path, a, b) if not (holds(node, a) and holds(node, b)))

    def _days_apart(self, word: Token) -> bool:
        """Whether "a day after" or "two weeks before" leads to a word, or is the word."""
        links = [word, *(c for c in word.lefts if c.dep_ in {"mark", "advmod"})]
        return any(link.lower_ in self.words.sequence and link.i > 0 and lemma(link.doc[link.i - 1]) in self.words.spans
                   for link in links)

    def _restates(self, frame: Frame, noun: Token, other: Token) -> bool:
        """Whether a noun says again what the sentence tells: ", an attack claimed by", "described as an attack".

        "In a second attack, men fired" tells of one event too.
        """
        if frame.form == "noun" and noun.dep_ == "pobj" and noun.head.lower_ == "in" and other.pos_ == "VERB" and (
                frame.indefinite or frame.other) and holds(noun.head.head, other):
            return True
        vague = frame.event_class in self.words.families.vague
        if frame.form != "noun" or not frame.indefinite or frame.other or not (vague or noun.dep_ == "attr"):
            return False
        before = noun.left_edge.i - 1
        loose = noun.dep_ in {"appos", "npadvmod"} and before >= 0 and noun.doc[before].text == ","
        loose |= noun.dep_ == "attr"
        named = noun.dep_ == "pobj" and noun.head.lower_ == "as" and lemma(noun.head.head) in self.words.naming
        return loose or named


def _by_means_of(verb: Token, noun: Token) -> bool:
    """"Targeted the camp with a second strike": the strike is how."""
    return verb.pos_ == "VERB" and noun.dep_ == "pobj" and noun.head.lower_ == "with" and (
        noun.head.head == verb or (noun.head.head.head == verb and noun.head.head.dep_ == "dobj"))


def _listed(x: Token, y: Token) -> bool:
    """Whether two nouns are members of one list: "the raid and the ambush", "for the raid … and for the ambush"."""
    if y.dep_ == "conj" and y.head == x:
        return True
    if x.dep_ != "pobj" or y.dep_ != "pobj" or x.head.lower_ != y.head.lower_ or x.head == y.head:
        return False
    return y.head.dep_ == "conj" or (y.head.i > 0 and y.doc[y.head.i - 1].dep_ == "cc")


def _told_apart(a: Incident, b: Incident) -> bool:
    """Whether "the blast" stands beside "a massacre in 2014": the known one and another with a date of its own."""
    return a.frames[0].definite and b.frames[0].indefinite and bool(b.times) and not a.times
