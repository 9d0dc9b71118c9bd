"""Reads what a claim is about: the events its words name, its pronouns stand for or its clauses tell of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.extract import grammar
from kg.extract.cards import ClaimVerb, Lexicon, lemma
from kg.extract.mentions import Mentions
from kg.extract.syntax import Token

DEED = "deed"
_CLAUSES = {"ccomp", "advcl", "relcl", "acl", "conj", "parataxis"}
_WORDS_OF_PLACE = {"object", "subject", "clause"}


@dataclass(slots=True)
class Aim:
    """What a claim is about: event tokens, or how many events its pronouns mean (None: it has none).

    `uncounted` tells that it names events, none of them in particular.
    """

    events: list[int] = field(default_factory=list)
    number: int | None = None
    uncounted: bool = False


class AimReader:
    """Reads the aims of claims; `events` are the tokens that trigger frames, `lines` the verb lines by their verb."""

    def __init__(self, mentions: Mentions, lexicon: Lexicon, events: set[int]) -> None:
        self.mentions, self.events, self.words = mentions, events, lexicon.claims
        self.doing = lexicon.claims.doing | {p.split()[0] for p in lexicon.incident.light_verbs["doer"]}
        self.standing = lexicon.claims.attackers | set(lexicon.claims.pronouns)
        self.many = lexicon.incident.collectives | lexicon.incident.others
        self.lines: dict[str, list[tuple[ClaimVerb, list[str]]]] = {}
        for line in self.words.verbs:
            for phrase in line.words:
                head, *rest = phrase.split()
                self.lines.setdefault(head, []).append((line, rest))

    def roots(self, verb: Token, companions: list[Token]) -> list[Token]:
        """The words on which the prepositions of a claim may hang: parsers often take the object for the verb."""
        objects = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass", "acomp", "attr"}]
        beside = [a for t in objects for a in grammar.appositions(t)]
        return list(dict.fromkeys([verb, *companions, *objects, *beside]))

    def aim(self, verb: Token, line: ClaimVerb, companions: list[Token]) -> Aim:
        """What a verb of claiming is about, looked for where its line says."""
        aim = Aim()
        places = set(line.places)
        tokens = [*grammar.patients(verb), *self._that_one(verb)] if "object" in places else []
        if "subject" in places and (subject := grammar.grammatical_subject(verb)) is not None:
            tokens = [*tokens, *grammar.conjuncts(subject)]
        prepositions = tuple(places - _WORDS_OF_PLACE)
        if prepositions:
            tokens += [t for root in self.roots(verb, companions) for t in grammar.prepositional(root, *prepositions)]
        self._take(aim, [t for t in tokens if t not in companions])
        if "object" in places and not aim.events and aim.number is None:
            self._take(aim, self._before_participle(verb))
        if line.status != DEED and line.accused in {None, "object"}:
            for clause in self._clauses(verb, line, companions):
                self._take_clause(aim, clause)
        return aim

    def _before_participle(self, verb: Token) -> list[Token]:
        """The event noun before "claimed by": parsers hang the participle on any noun or verb between."""
        bare = verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl"} and not any(
            c.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass"} for c in verb.children)
        nouns = [i for i in self.events if verb.sent.start <= i < verb.i and verb.doc[i].pos_ == "NOUN"]
        return [verb.doc[max(nouns)]] if bare and nouns and grammar.by_agent(verb) else []

    def _that_one(self, verb: Token) -> list[Token]:
        """The pronoun of "claimed that one" and "blames both on", which parsers take for parts of what follows."""
        after = list(verb.doc[verb.i + 1:verb.i + 4])
        if len(after) < 3 or any(t.dep_ in {"dobj", "nsubjpass"} for t in verb.children):
            return []
        if self.words.pronouns.get(after[0].lower_, 1) != 1 and after[1].dep_ in {"prep", "punct"}:
            return after[:1]
        pair = all(t.lower_ in self.words.pronouns for t in after[:2])
        return after[1:2] if pair and after[2].is_punct else []

    def _take(self, aim: Aim, tokens: Iterable[Token]) -> None:
        for token in tokens:
            name = token.lower_
            if token.i in self.events:
                several = self._uncounted(token)
                aim.uncounted |= several
                aim.events += [token.i] * (token.i not in aim.events and not several)
            elif lemma(token) in self.words.attempts:
                self._take(aim, [c for c in token.children if c.dep_ == "acl" and c.i in self.events])
            elif token.pos_ in {"PRON", "DET", "NUM"} and name in self.words.pronouns:
                inner = grammar.prepositional(token, "of")
                known = [t for t in inner if t.i in self.events]
                if not inner or known or any({t.lower_, lemma(t)} & self.standing for t in inner):
                    aim.events += [t.i for t in known]
                    aim.number = self.words.pronouns[name]
            elif lemma(token) in self.words.attackers and not any(c.lower_ in self.words.unknown for c in token.lefts):
                aim.number = 1

    def _uncounted(self, noun: Token) -> bool:
        """Whether many events are meant, none of them in particular ("has claimed several attacks", "in killings")."""
        if noun.tag_ != "NNS" or any(c.dep_ in {"nummod", "det", "poss"} and c.lower_ not in self.many
                                     for c in noun.lefts):
            return False
        return any({c.lower_, lemma(c)} & self.many for c in noun.lefts) or not any(
            c.dep_ in {"prep", "relcl", "acl"} for c in noun.rights)

    def _clauses(self, verb: Token, line: ClaimVerb, companions: list[Token]) -> Iterator[Token]:
        """The clauses that tell of the actor's own doing: "admitted that it had", "accused them of having"."""
        hanging = {p.lower_: p for root in self.roots(verb, companions) for p in root.children if p.dep_ == "prep"}
        for name, preposition in hanging.items():
            if name in line.places:
                yield from (c for c in preposition.children if c.dep_ == "pcomp")
        if line.accused is None and line.event_only:
            yield from (c for c in verb.children if c.dep_ in {"ccomp", "xcomp"} and self._own_doing(verb, c))

    def _own_doing(self, verb: Token, clause: Token) -> bool:
        subject = next((c for c in clause.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        speaker = grammar.grammatical_subject(verb)
        if subject is None or speaker is None:
            return not grammar.is_passive(clause)
        own, other = self.mentions.at(subject.i), self.mentions.at(speaker.i)
        same = own is not None and other is not None and own.referent is not None and own.referent is other.referent
        active = not grammar.is_passive(clause) or self._tells_of_deed(clause)
        return active and (same or subject.lower_ in self.words.own_pronouns or any(
            c.dep_ == "poss" and c.lower_ in self.words.possessives for c in subject.children))

    def _take_clause(self, aim: Aim, clause: Token) -> None:
        if any(c.dep_ == "neg" for c in clause.children):
            return
        if clause.i in self.events:
            self._take(aim, [clause])
        if self._tells_of_deed(clause):
            aim.number = aim.number or 1
        if lemma(clause) in self.doing:
            hosts = [clause, *(c for c in clause.children if c.dep_ in {"acomp", "dobj"})]
            self._take(aim, grammar.patients(clause))
            self._take(aim, [t for host in hosts for t in grammar.prepositional(host, *self.words.deed_links)])

    def _tells_of_deed(self, clause: Token) -> bool:
        """Whether a clause says that its subject did it ("that its men were responsible")."""
        side = "object" if grammar.is_passive(clause) else "subject"
        return any(line.status == DEED and line.accused == side and all(companion(clause, w) for w in rest)
                   for line, rest in self.lines.get(lemma(clause), ()))

    def about_something_else(self, verb: Token, line: ClaimVerb, companions: list[Token]) -> bool:
        """"Blamed the police for not having cleared the hall": what is laid at their door is no event."""
        accused = line.accused if isinstance(line.accused, tuple) else ()
        words = set(line.places) - _WORDS_OF_PLACE - set(accused)
        clauses = {"ccomp", "xcomp"} if line.accused == "object" else set()
        return any(child.dep_ == "prep" and child.lower_ in words for root in self.roots(verb, companions)
                   for child in root.children) or any(
            c.dep_ in clauses and c not in companions for c in verb.children)


def companion(verb: Token, word: str) -> Token | None:
    """The word that hangs on a verb, or on what hangs on it, without a clause of its own between."""
    near = list(verb.children) + ([verb.head] if verb.dep_ in {"acl", "relcl"} else [])
    deeper = [c for t in near if not (t.pos_ in {"VERB", "AUX"} and t.dep_ in _CLAUSES) and t != verb.head
              for c in t.children]
    near = [t for t in near if not (t.pos_ == "VERB" and t.dep_ in _CLAUSES and t != verb.head)]
    fitting = [t for t in [*near, *deeper] if t.lower_ == word or lemma(t) == word]
    return min(fitting, key=lambda t: t.dep_ == "nsubj" and t.pos_ == "PRON", default=None)
