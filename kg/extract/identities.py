"""Reads who the victims were where the text names them beside or after the event that befell them.

"The officer was identified as N. N."; "Police named the victim as N."; "The slain priest, N. N., had led the parish".
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract import grammar
from kg.extract.cards import IncidentWords, lemma
from kg.extract.clauses import is_definite
from kg.extract.drafts import Draft
from kg.extract.frames import OUTCOME, Frame
from kg.extract.incident import Incident
from kg.extract.mentions import Found, Mentions
from kg.extract.syntax import Doc, Span, Token
from kg.records import Kind

_REACH = 8  # sentences after the one that told of the event
_GAP = 6  # tokens between two names of one list: an age, a rank
_NOUNS = {"NOUN", "PROPN", "PRON", "ADJ", "NUM", "VERB", "DET"}


class IdentityReader:
    """Finds the persons whom a sentence names as victims of an event told before or in it."""

    def __init__(self, mentions: Mentions, words: IncidentWords) -> None:
        self.mentions, self.words = mentions, words.identities
        self.listed, self.doers = words.victim_lists, words.doers

    def name_victims(self, draft: Draft, sentence: Span, number: int) -> None:
        """Add to an event the victims whom a sentence names, and the sentence to what tells of it."""
        named = self.read(sentence, number, draft)
        draft.victims += [person for person in named if person not in draft.victims]
        if named and all(i.sentence != number for i in draft.incidents):
            draft.incidents.append(Incident(number))

    def read(self, sentence: Span, number: int, draft: Draft) -> list[Found]:
        """The named victims, in text order; none for an event too far back or for several told at once."""
        if draft.number > 1 or number - draft.last_sentence > _REACH:
            return []
        persons = [m for m in self.mentions.within(sentence.start, sentence.end, Kind.PERSON) if m.name]
        if not persons:
            return []
        found = [p for noun in sentence if noun.pos_ in _NOUNS for p in self._names(noun, persons)
                 if self._suffered(noun, draft)]
        return list({p.start: p for p in sorted(found, key=lambda p: p.start)}.values())

    def after_colon(self, doc: Doc, frame: Frame) -> list[int]:
        """The persons listed after the colon or dash of a sentence that tells of dead or wounded."""
        if frame.sort != OUTCOME:
            return []
        sentence = doc[frame.trigger].sent
        colon = next((t.i for t in sentence if t.i > frame.trigger and t.text in {":", "—", "–", "--"}), None)
        if colon is None:
            return []
        return [m.head for m in self.mentions.within(colon, sentence.end, Kind.PERSON) if m.name]

    # ---- names ------------------------------------------------------------------------------------------------------
    def _names(self, noun: Token, persons: list[Found]) -> Iterator[Found]:
        """The persons whom a noun is said to be, by a name set beside it or by a verb of identifying."""
        for beside in (t for a in grammar.appositions(noun) for t in grammar.conjuncts(a)):
            yield from [m for m in (self._person(beside),) if m is not None]
        called = self._person(noun.head) if noun.dep_ in {"compound", "nmod"} else None
        if called is not None and noun.i < called.start:  # "slain officer N. N."
            yield called
        yield from self._among(noun)
        for verb in self._identified(noun):
            starts = {p.start - 1 for p in persons} | {p.start - 2 for p in persons}
            mark = next((t.i for t in verb.sent if t.lower_ == "as" and t.i > verb.i and t.i in starts), None)
            yield from self._listed_after(mark, persons, noun) if mark is not None else ()

    def _among(self, noun: Token) -> Iterator[Found]:
        """"Among those killed were N. N. and a nurse."""
        listed = noun.dep_ == "pobj" and noun.head.lower_ == "among" and lemma(noun.head.head) == "be"
        for subject in (c for c in noun.head.head.children if listed and c.dep_ in {"nsubj", "attr"}):
            yield from [m for t in grammar.conjuncts(subject) if (m := self._person(t)) is not None]

    def _person(self, token: Token) -> Found | None:
        found = self.mentions.at(token.i)
        return found if found is not None and found.kind is Kind.PERSON and found.name else None

    def _identified(self, noun: Token) -> Iterator[Token]:
        """The verbs that tell who a noun is: "the man was identified as", "police named her as", "a man named as"."""
        verbs = [noun.head] if noun.dep_ in {"nsubjpass", "dobj"} else []
        verbs += [c for c in noun.rights if c.dep_ == "acl" and c.tag_ == "VBN"]
        yield from (v for v in verbs if lemma(v) in self.words["verbs"] and all(c.dep_ != "neg" for c in v.children))

    def _listed_after(self, mark: int, persons: list[Found], noun: Token) -> Iterator[Found]:
        """The persons listed from a token on, until something else comes between them."""
        end = mark + 1
        for person in (p for p in persons if p.start > mark):
            between = noun.doc[end:max(end, person.start)]
            if len(between) > _GAP or any(t.pos_ in {"VERB", "AUX"} for t in between):
                return
            yield person
            end = person.end

    # ---- victims ----------------------------------------------------------------------------------------------------
    def _suffered(self, noun: Token, draft: Draft) -> bool:
        """Whether a noun means those who suffered the event: by its own words, or as told of before."""
        found = self.mentions.at(noun.i)
        if (found is not None and found.kind is Kind.GROUP) or lemma(noun) in self.doers:
            return False
        beside = [t for t in noun.children if t.i < noun.i or t.dep_ == "acl"]
        marked = {w for t in (noun, *beside) for w in (t.lower_, lemma(t))}
        if marked & (self.words["suffered"] | self.listed):
            return True
        counted = [noun.doc[t.head] for t in draft.tolls if t.side != "perpetrators" and t.max != 0]
        hit = [noun.doc[t.head] for t in draft.targets if t.kind is Kind.PEOPLE]
        if noun in (*counted, *hit):
            return True
        if noun.pos_ == "PRON":
            return found is not None and found.kind is Kind.PEOPLE and any(
                (m := self.mentions.at(t.i)) is not None and m.referent is found.referent for t in (*counted, *hit))
        speaks = noun.dep_ == "nsubj" and any(c.dep_ == "ccomp" for c in noun.head.children)
        return is_definite(noun) and not speaks and any(self._alike(noun, t) for t in (*counted, *hit))

    def _alike(self, noun: Token, other: Token) -> bool:
        """Whether a definite noun may take up another: "a policeman … the officer"."""
        pair = {lemma(noun), lemma(other)}
        return len(pair) == 1 or (lemma(noun) in self.words["officers"] and pair <= self.words["officers"])
