"""Finds who claims, denies, is blamed for or suspected of an event: attribution as data, never as a fact."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.extract import grammar
from kg.extract.cards import ClaimNoun, ClaimVerb, Lexicon, has_companions, lemma, phrase_start
from kg.extract.findings import Stance
from kg.extract.language import Parsed
from kg.extract.mentions import Mentions
from kg.records import Kind

StanceOf = Callable[[int], Stance]
_VOID = {"denied", "hypothetical", "planned", "threatened"}
_ABLE = {Kind.GROUP, Kind.FORCE, Kind.PERSON, Kind.PEOPLE, Kind.ORGANIZATION, Kind.PLACE}


@dataclass(slots=True, kw_only=True)
class Claim:
    """That `actors` (head tokens) claimed, denied, are accused or suspected of the events named by `about`.

    `about` is empty when the sentence leaves the event to the context. `status` is claimed, denied, attributed or
    suspected; `speaker` the head token of the accuser, if there is one.
    """

    trigger: int
    status: str
    rule: str
    actors: list[int]
    about: list[int] = field(default_factory=list)
    speaker: int | None = None


class ClaimFinder:
    """Reads the claims of a document; `events` are the tokens that trigger frames."""

    def __init__(self, parsed: Parsed, mentions: Mentions, lexicon: Lexicon, events: set[int], stance_of: StanceOf):
        self.parsed, self.mentions, self.events, self.stance_of = parsed, mentions, events, stance_of
        self.words = lexicon.claims

    def find(self) -> list[Claim]:
        """All claims in text order; negated and hypothetical ones are none."""
        found = []
        for token in self.parsed.doc:
            claim = None
            if token.pos_ in {"VERB", "AUX"}:
                claim = self._from_verb(token)
            elif token.pos_ == "NOUN":
                claim = self._from_noun(token)
            if claim is not None and claim.actors and self.stance_of(token.i).status not in _VOID:
                found.append(claim)
        return found

    def _from_verb(self, verb: Token) -> Claim | None:
        for line in self.words.verbs:
            for phrase in line.words:
                head, *rest = phrase.split()
                if lemma(verb) == head and has_companions(verb, tuple(rest)):
                    return self._read_verb(verb, line, rest)
        return None

    def _read_verb(self, verb: Token, line: ClaimVerb, rest: list[str]) -> Claim | None:
        noun = next((t for t in verb.subtree if rest and lemma(t) == rest[-1] and t.pos_ == "NOUN"), None)
        about = self._about(verb, noun, line)
        deed = self._deed(verb) if line.event_only and line.status == "claimed" else None
        if (line.event_only and not about and deed is None) or (not about and self._about_something_else(verb, line)):
            return None
        actors, speaker = self._sides(verb, line, noun)
        represented = self._represented(verb)
        claim = Claim(trigger=verb.i, status=line.status, rule=f"claim.{'-'.join([lemma(verb), *rest])}",
                      actors=[t.i for t in represented or actors if self._able(t)], about=about)
        if line.accused is not None:
            claim.speaker = speaker[0].i if speaker else None
        return claim

    def _deed(self, verb: Token) -> Token | None:
        """The verb of "said it had done it": the speaker owns up to the event of the context."""
        speaker = grammar.grammatical_subject(verb)
        for clause in verb.children:
            if clause.dep_ in {"ccomp", "xcomp"} and speaker is not None and self._own(speaker, clause):
                words = {lemma(clause), *(lemma(child) for child in clause.children)}
                objects = {c.lower_ for c in clause.children if c.dep_ == "dobj"}
                if words & (self.words.deeds - {"do"}) or ("do" in words and objects & {"it", "this", "so"}):
                    return clause
        return None

    def _own(self, speaker: Token, clause: Token) -> bool:
        """Whether the doer of a clause is the speaker or one of the speaker's ("its men")."""
        subject = grammar.grammatical_subject(clause)
        if subject is None:
            return False
        return subject == speaker or subject.lower_ in {"it", "they"} or any(
            child.dep_ == "poss" and child.lower_ in {"its", "their"} for child in subject.children)

    def _about_something_else(self, verb: Token, line: ClaimVerb) -> bool:
        """"Blamed the police for not having cleared the hall": what is laid at their door is no event."""
        return isinstance(line.about, tuple) and line.accused is not None and any(
            child.dep_ == "prep" and child.lower_ in line.about for child in verb.children)

    def _sides(self, verb: Token, line: ClaimVerb, noun: Token | None) -> tuple[list[Token], list[Token]]:
        """Those the event is laid to, and those who say so."""
        if line.accused is None or line.accused == "subject":
            subject = grammar.grammatical_subject(verb) if line.accused == "subject" else None
            return ([subject] if subject is not None else grammar.agents(verb)), []
        if line.accused == "object":
            return grammar.patients(verb), grammar.agents(verb)
        named = grammar.prepositional(verb, *line.accused)
        named += grammar.prepositional(noun, *line.accused) if noun is not None else []
        return named, grammar.agents(verb)

    def _about(self, verb: Token, noun: Token | None, line: ClaimVerb) -> list[int]:
        """The events a claim is about: objects, prepositional objects or a clause."""
        if line.about == "deed":
            return []
        if line.about == "object":
            tokens = grammar.patients(verb)
        else:
            prepositions = line.about if isinstance(line.about, tuple) else (line.about,)
            tokens = grammar.prepositional(verb, *prepositions)
            tokens += grammar.prepositional(noun, *prepositions) if noun is not None else []
        clauses = [c for t in [verb, *tokens] for c in t.children if c.dep_ in {"ccomp", "xcomp", "pcomp"}]
        preposed = [c for p in verb.children if p.dep_ == "prep" for c in p.children if c.dep_ == "pcomp"]
        tokens += clauses + preposed + [o for c in clauses + preposed for o in grammar.patients(c)]
        return [t.i for t in tokens if t.i in self.events]

    def _represented(self, verb: Token) -> list[Token]:
        """For whom a spokesman or a caller claims: "on behalf of the front", "in the name of the brigade"."""
        owners = [owner for noun in grammar.prepositional(verb, "on", "in", "under", "using")
                  if lemma(noun) in self.words.on_behalf for owner in grammar.prepositional(noun, "of")]
        direct = [noun for child in verb.children if child.dep_ == "prep" and child.lower_ == "for"
                  for noun in grammar.prepositional_of(child) if noun.i not in self.events]
        return owners or [noun for noun in direct if self._is_group(noun)]

    def _is_group(self, noun: Token) -> bool:
        mention = self.mentions.at(noun.i)
        return mention is not None and mention.kind is Kind.GROUP

    def _able(self, token: Token) -> bool:
        mention = self.mentions.at(token.i)
        return mention is not None and mention.kind in _ABLE

    def _from_noun(self, noun: Token) -> Claim | None:
        for line in self.words.nouns:
            for phrase in line.words:
                parts = tuple(phrase.split())
                if phrase_start(noun, parts[:1]) is not None and lemma(noun) == parts[0] and line.claimant:
                    return self._read_noun(noun, line)
        return None

    def _read_noun(self, noun: Token, line: ClaimNoun) -> Claim | None:
        if any(child.lower_ == "no" for child in noun.lefts):
            return None
        owners = grammar.possessors(noun) + grammar.prepositional(noun, *line.claimant)
        inner = [t for t in noun.subtree if t.i in self.events]
        return Claim(trigger=noun.i, status=line.status, rule=f"claim.{lemma(noun)}",
                     actors=[t.i for t in owners if self._able(t)], about=[t.i for t in inner])
