"""Finds the names that follow a noun as a list, as examples or after a comma."""

from __future__ import annotations

from kg.extract.grammar import conjuncts
from kg.extract.language import Parsed
from kg.extract.mentions import Found, Mentions
from kg.extract.relation_cards import RelationCards
from kg.extract.relation_ends import is_named
from kg.extract.syntax import Token


class Lists:
    """One document's mentions, asked for the names that follow a noun."""

    def __init__(self, parsed: Parsed, mentions: Mentions, cards: RelationCards) -> None:
        self.parsed, self.mentions, self.cards = parsed, mentions, cards
        self._starts = {mention.start: mention for mention in mentions}

    def following(self, noun: Token) -> list[Found]:
        """The names between commas after a noun with an owner or an article: "its armed wing, the Falcon Brigade,"."""
        if not any(child.dep_ in {"poss", "det", "nummod"} for child in noun.lefts):
            return []
        owners = [owner for child in noun.rights if child.lower_ in self.cards.owning for owner in child.children]
        owner = self.mentions.at(owners[0].i) if owners else self.mentions.at(noun.i)
        # "the leader of Red Path, Adan Kole,"
        last = owner.end if owner is not None and owner.end > noun.i else noun.i + 1
        names = self.names_from(last) if self._text(last) in {",", ":"} else []
        if names and noun.tag_ != "NNS":
            names = names[:1]
        return names if names and self.parsed.tokens[min(names[-1].end, len(self.parsed.doc) - 1)].is_punct else []

    def names_from(self, place: int) -> list[Found]:
        """The names of a list that follows a comma or a colon."""
        names: list[Found] = []
        while self._text(place) in {",", ":"} or (names and self._text(place) in self.cards.adding):
            place += 1
            while self._text(place) in self.cards.adding or self._dep(place) == "det":
                place += 1
            name = self._starts.get(place)
            if name is None or not is_named(name) or (names and name.kind is not names[0].kind):
                break
            names.append(name)
            place = name.end
        return names

    def _text(self, place: int) -> str:
        return self.parsed.tokens[place].lower_ if place < len(self.parsed.doc) else ""

    def _dep(self, place: int) -> str:
        return self.parsed.tokens[place].dep_ if place < len(self.parsed.doc) else ""

    def instances(self, noun: Token) -> list[Token]:
        """The names given to a noun or as examples of it: "a unit called …", "units such as …"."""
        doc = self.parsed.doc
        owner = self.mentions.at(noun.i)
        for child in noun.rights:
            if child.lower_ in self.cards.owning:
                owner = next((self.mentions.at(inner.i) for inner in child.children), owner)
        last = owner.end if owner is not None and owner.end > noun.i else noun.i + 1
        last += self._text(last) == ","
        for place in (last, last + 1):  # "called X", "such as X", "known as X"
            if self._text(last) in self.cards.exemplifying | self.cards.named_by:
                names = self._starts.get(place + 1 + (self._dep(place + 1) == "det"))
                if names is not None and is_named(names):
                    return list(conjuncts(doc[names.head]))
        if noun.dep_ == "nsubj" and noun.head.lemma_ in self.cards.including:
            return [name for child in noun.head.rights if child.dep_ in {"dobj", "attr"} for name in conjuncts(child)]
        return []

    def higher(self, noun: Token) -> list[Token]:
        """The numbered unit right after a numbered unit: "2nd Battalion, 5th Kandri Regiment"."""
        unit = self.mentions.at(noun.i)
        names = self.names_from(unit.end)[:1] if unit is not None and self._text(unit.end) == "," else []
        numbered = [m for m in (unit, *names) if m is not None and any(
            word.text[:1].isdigit() for word in self.parsed.doc[m.start:m.end])]
        return [self.parsed.tokens[names[0].head]] if len(numbered) > 1 else []

    def included(self, noun: Token) -> list[Token]:
        """What a plural is said to include or is spelled out to be: "its demands include …", "its demands: …"."""
        spelled = [child for child in noun.rights if child.dep_ == "appos"]
        if noun.dep_ == "nsubj" and noun.head.lemma_ in self.cards.including:
            spelled += [child for child in noun.head.rights if child.dep_ == "dobj"]
        return [part for child in spelled for part in conjuncts(child)]
