"""Who a noun stands for as an actor, for whom a person speaks, and what a stance makes of a doer."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract import grammar
from kg.extract.cards import Claims, lemma
from kg.extract.findings import Stance
from kg.extract.language import Parsed
from kg.extract.mentions import Found, Mentions, Referent
from kg.extract.quotations import in_quotation
from kg.extract.syntax import Token
from kg.records import Kind

_ACTORS = {Kind.GROUP, Kind.FORCE, Kind.PERSON, Kind.PEOPLE, Kind.ORGANIZATION}
_BODIES = {Kind.GROUP, Kind.FORCE}
_UNREAL = {"planned", "threatened", "hypothetical"}

# By the `id` of a person's referent: the relation that binds the person to a group, and the group.
Represents = Mapping[int, tuple[str, Referent]]


class Agency:
    """Reads actors from nouns; `represents` tells for which group a person speaks, leads or fights."""

    def __init__(self, parsed: Parsed, mentions: Mentions, words: Claims, represents: Represents | None = None) -> None:
        self.parsed, self.mentions, self.words, self.represents = parsed, mentions, words, represents or {}

    def actor(self, token: Token, speaker: Found | None = None) -> Found | None:
        """Who acts where `token` is the doer: a name, the group whose people are meant, or those described.

        `speaker` is who the clause is told by: "its men" and a plain "it" are theirs.
        """
        found = self.mentions.at(token.i)
        if found is not None and found.referent is not None and found.referent.named:
            return found if found.kind in _ACTORS else None
        owner = self.owner(token, speaker) or self._called(token)
        if owner is not None:
            return owner
        if token.lower_ in self.words.own_pronouns and (found is None or found.referent is None):
            return self._himself(token, speaker)
        return found if found is not None and found.kind in _ACTORS and found.referent is not None else None

    def owner(self, token: Token, speaker: Found | None = None) -> Found | None:
        """The group or force whose people, part or spokesman a noun means: "its men", "a faction of", "X's leader"."""
        if lemma(token) not in self.words.belonging:
            return None
        for child in token.children:
            if child.dep_ == "poss" and child.lower_ in self.words.possessives:
                own = self.mentions.at(child.i)
                return own if own is not None and own.referent is not None else self._himself(child, speaker)
        if any(c.lower_ in self.words.departed for c in token.lefts):
            return None  # "A splinter group from the front" is not the front.
        beside = [c for c in token.children if c.dep_ in {"poss", "compound", "nmod", "amod"}]
        inside = grammar.prepositional(token, *self.words.ownership)
        return next((m for t in [*beside, *inside] if (m := self._body(t)) is not None), None)

    def _himself(self, pronoun: Token, speaker: Found | None) -> Found | None:
        """The speaker whom a pronoun of his words means: in a quotation only "I" and "we", and "we" and "they" are no
        single person who stands for no group: a general's "our men" are not his own doing."""
        if speaker is None or speaker.kind not in _ACTORS:
            return None
        first = pronoun.lower_ in self.words.first_person
        if not first and in_quotation(self.parsed, pronoun.i):
            return None
        alone = speaker.kind is Kind.PERSON and id(speaker.referent) not in self.represents
        several = pronoun.lower_ not in self.words.singular
        group = self.owner(self.parsed.doc[speaker.head]) if several else None  # "a spokesman for the front said it …"
        return group or (None if alone and several else speaker)

    def _called(self, token: Token) -> Found | None:
        """The group that a word is said to be called: "a group calling itself", "something called"."""
        clauses = (c for c in token.rights if c.dep_ in {"acl", "relcl"} and lemma(c) in self.words.naming)
        names = [name for clause in clauses for name in (
            *(c for c in clause.children if c.dep_ in {"oprd", "dobj", "attr"}), *grammar.prepositional(clause, "as"))]
        return next((m for t in names if (m := self._body(t)) is not None), None)

    def voice(self, token: Token, speaker: Found | None = None) -> Found | None:
        """Who claims or denies where `token` speaks: a spokesman's group, by the words set beside the name."""
        own = self.mentions.at(token.i)
        if token.pos_ == "PROPN" and (own is None or own.kind is Kind.PERSON):
            titles = [c for c in token.children if c.dep_ in {"appos", "compound"}]
            for title in titles:
                group = self.owner(title) or (self._titled(token) if lemma(title) in self.words.belonging else None)
                if group is not None:
                    return group
        return self.actor(token, speaker)

    def _titled(self, name: Token) -> Found | None:
        """The group before a title and a name, "Front spokesman N.", where the parser hangs all on the name."""
        groups = (self._body(c) for c in name.lefts if c.dep_ in {"compound", "nmod", "poss"})
        return next((m for m in groups if m is not None), None)

    def _body(self, token: Token) -> Found | None:
        found = self.mentions.at(token.i)
        named = found is not None and found.referent is not None and found.referent.named
        if found is not None and found.end < len(token.doc) and token.doc[found.end].text == "-":
            return None  # "Front-linked militants" are not the Front's own.
        return found if found is not None and named and found.kind in _BODIES else None

    def represented(self, found: Found, status: str) -> Referent | None:
        """The group for which a person's claim or denial stands; None if it is the person's alone."""
        row = self.represents.get(id(found.referent))
        return row[1] if row is not None and row[0] in self.words.speaks_for.get(status, ()) else None

    def own(self, found: Found, speaker: Found | None) -> bool:
        """Whether the doer is the one who says so, or the group that the speaker represents."""
        if speaker is None or speaker.referent is None:
            return False
        if found.referent in (speaker.referent, self.represented(speaker, "claimed")):
            return True
        group = self.owner(self.parsed.doc[speaker.head])  # "a spokesman for the front"
        return group is not None and group.referent is found.referent

    def status(self, found: Found, stance: Stance, cue: Token | None) -> str | None:
        """What a telling makes of its doer: claimed, denied, attributed, suspected or stated; None if nothing."""
        own = self.own(found, stance.speaker)
        if stance.status in _UNREAL:
            return None
        if stance.status == "denied":
            return "denied" if own else None
        if own:
            return "claimed"
        told = stance.speaker is not None or stance.speaker_span is not None
        if stance.status == "alleged":
            doubted = cue is not None and bool({lemma(cue), cue.lower_} & self.words.doubts)
            return "suspected" if doubted or not told else "attributed"
        return "attributed" if told else "stated"

    def doubted(self, token: Token) -> bool:
        """Whether words at the doer make a suspicion of it: "suspected militants", "suspected Front men"."""
        found = self.mentions.at(token.i)
        inside = [token] if found is None else list(token.doc[found.start:found.end])
        nouns = [*inside, *(t.head for t in inside if t.dep_ in {"compound", "nmod", "amod"})]
        return any({child.lower_, lemma(child)} & self.words.doubts
                   for noun in nouns for child in noun.lefts if child.dep_ in {"amod", "advmod", "compound"})
