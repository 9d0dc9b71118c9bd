"""Turns the head token of a role into a mention: the one that is there, or one made from its noun phrase."""

from __future__ import annotations

from kg.extract import grammar
from kg.extract.cards import lemma
from kg.extract.language import Parsed
from kg.extract.mentions import Found, Mentions, Referent
from kg.records import Kind

_NOT_FILLERS = {"PRON", "DET", "NUM", "VERB", "ADV", "SYM", "PUNCT"}


class Fillers:
    """Role fillers of one document; made ones are kept in `made`, each once."""

    def __init__(self, parsed: Parsed, mentions: Mentions, events: set[int], partitives: frozenset[str]) -> None:
        self.parsed, self.mentions, self.events, self.partitives = parsed, mentions, events, partitives
        self.made: dict[int, Found] = {}

    def at(self, token: int) -> Found | None:
        """The mention at a token; a new one of kind thing for a plain noun, None for words that name nothing."""
        token = self._beyond_partitive(token)
        found = self.mentions.at(token)
        if found is not None:
            return None if found.kind in {Kind.TIME, Kind.COUNT} else found
        word = self.parsed.doc[token]
        if word.pos_ in _NOT_FILLERS or token in self.events or word.ent_type_ in {"DATE", "TIME"}:
            return None
        if token not in self.made:
            self.made[token] = self._make(token)
        return self.made[token]

    def _beyond_partitive(self, token: int) -> int:
        """The noun after "of" when the word itself only measures ("hundreds of cadets")."""
        word = self.parsed.doc[token]
        inner = grammar.prepositional(word, "of") if lemma(word) in self.partitives else []
        return inner[0].i if inner else token

    def _make(self, token: int) -> Found:
        start, end = grammar.noun_phrase(self.parsed.doc[token])
        while start < token and self.parsed.doc[start + 1].text != "-" and (
                self.mentions.at(start) is not None or self.parsed.doc[start].tag_ == "POS"):
            start += 1
        words = self.parsed.quote(start, end)
        found = Found(start=start, end=end, head=token, kind=Kind.THING, rule="phrase")
        found.referent = Referent(kind=Kind.THING, name=words, named=False)
        return found
