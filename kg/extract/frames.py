"""Finds frames: what one clause or noun phrase says happened, with its roles, by interpreting the event cards."""

from __future__ import annotations

from kg.extract import grammar
from kg.extract.cards import Lexicon, lemma
from kg.extract.frame import ANAPHOR, EVENT, OUTCOME, WEAPON, Frame, Scope
from kg.extract.language import Parsed
from kg.extract.mentions import Mentions
from kg.extract.nounframes import NounFrames
from kg.extract.ordinals import ordinal_frame
from kg.extract.syntax import Token
from kg.extract.verbframes import VerbFrames
from kg.records import Kind

__all__ = ["ANAPHOR", "EVENT", "OUTCOME", "WEAPON", "Frame", "FrameFinder"]
_NOUNS = {"NOUN", "PROPN"}


class FrameFinder:
    """Reads the frames of a parsed document whose mentions are known."""

    def __init__(self, parsed: Parsed, mentions: Mentions, lexicon: Lexicon) -> None:
        self.parsed = parsed
        self.scope = Scope(mentions, lexicon)
        self.verbs, self.nouns = VerbFrames(self.scope), NounFrames(self.scope)

    def find(self) -> list[Frame]:
        """All frames in text order, one for each trigger token."""
        frames: list[Frame] = []
        for token in self.parsed.tokens:
            frame = self._frame(token) or ordinal_frame(token, frames, self.parsed, self.scope.words)
            if frame is not None:
                frames.append(frame)
        return frames

    def _frame(self, token: Token) -> Frame | None:
        if token.pos_ in {"VERB", "AUX"}:
            frame = self.verbs.read(token)
        elif token.pos_ in _NOUNS or (token.pos_ == "ADJ" and token.dep_ in {"pobj", "dobj", "nsubj", "ROOT"}):
            frame = self.nouns.read(token)
        else:
            return None
        if frame is None or self._other_field(token, frame):
            return None
        return frame

    def _other_field(self, token: Token, frame: Frame) -> bool:
        """Whether the words around a trigger show that it speaks of something else ("heart attack")."""
        fields = self.scope.words.other_fields
        before_it = token.doc[max(token.i - 2, token.sent.start):token.i + 1].text.lower()
        if any(before_it.endswith(phrase) for phrase in fields["phrases"]):
            return True
        before = {lemma(c) for c in token.lefts if c.dep_ in {"compound", "amod", "nmod", "npadvmod"}}
        before |= {lemma(token.doc[i]) for i in range(max(token.i - 3, token.sent.start), token.i)
                   if token.doc[i].head == token}
        if frame.form == "noun" and before & fields["modifiers"]:
            return True
        if frame.form == "verb":
            subject = grammar.grammatical_subject(token)
            if subject is not None and lemma(subject) in fields["subjects"] and not self._acts(subject):
                return True
            if any({lemma(c) for c in agent.lefts} & fields["modifiers"] for agent in grammar.agents(token)):
                return True
            objects = [child for child in token.children if child.dep_ in {"dobj", "nsubjpass"}]
            return any(lemma(o) in fields["objects"] and self.scope.mentions.at(o.i) is None for o in objects)
        aimed_at = grammar.prepositional(token, *self.scope.words.prepositions["target"])
        return any(lemma(t) in fields["subjects"] and not self._acts(t) for t in grammar.prepositional(token, "by")
                   ) or any(lemma(t) in fields["objects"] and self.scope.mentions.at(t.i) is None for t in aimed_at)

    def _acts(self, noun: Token) -> bool:
        """Whether a noun of another field names a body that fights: "the Tamil Tigers"."""
        found = self.scope.mentions.at(noun.i)
        return found is not None and found.kind in {Kind.GROUP, Kind.FORCE}
