"""Finds who claims, denies, is blamed for or suspected of an event: attribution as data, never as a fact."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kg.extract import grammar
from kg.extract.agency import Agency
from kg.extract.cards import ClaimNoun, ClaimVerb, Lexicon, lemma
from kg.extract.claim_aims import DEED, Aim, AimReader, companion
from kg.extract.findings import Stance
from kg.extract.language import Parsed
from kg.extract.mentions import Found, Mentions
from kg.extract.syntax import Token
from kg.records import Kind

StanceOf = Callable[[int], Stance]
_VOID = {"denied", "hypothetical", "planned", "threatened"}
_OWN = {"claimed", "denied"}
_SPEAKING = {Kind.GROUP, Kind.FORCE, Kind.PERSON, Kind.ORGANIZATION}


@dataclass(slots=True, kw_only=True)
class Claim:
    """That `actors` (head tokens) claimed, denied, are accused or suspected of the events named by `about`.

    `about` is empty when the sentence leaves the event to the context; `number` then says how many events it means, 0
    for an uncounted several. `status` is claimed, denied, attributed, suspected, or deed where `stance` decides.
    `speaker` is the head token of the accuser, if there is one.
    """

    trigger: int
    status: str
    rule: str
    actors: list[int]
    stance: Stance
    about: list[int] = field(default_factory=list)
    number: int = 1
    speaker: int | None = None


class ClaimFinder:
    """Reads the claims of a document; `events` are the tokens that trigger frames."""

    def __init__(self, parsed: Parsed, mentions: Mentions, lexicon: Lexicon, events: set[int], stance_of: StanceOf):
        self.parsed, self.mentions, self.events, self.stance_of = parsed, mentions, events, stance_of
        self.words = lexicon.claims
        self.agency = Agency(parsed, mentions, lexicon.claims)
        self.aims = AimReader(mentions, lexicon, events)
        self.found: list[Claim] = []
        self.unclaimed = False  # whether the text says that nobody has claimed an event

    def find(self) -> list[Claim]:
        """All claims in text order; negated and hypothetical ones are none."""
        for token in self.parsed.tokens:
            claim = None
            if token.pos_ in {"VERB", "AUX"}:
                claim = self._from_verb(token)
            elif token.pos_ == "NOUN":
                claim = self._from_noun(token)
            if claim is not None:
                self.found.append(claim)
        return self.found

    # ---- verbs -------------------------------------------------------------------------------------------------------
    def _from_verb(self, verb: Token) -> Claim | None:
        for line, rest in self.aims.lines.get(lemma(verb), ()):
            companions = [companion(verb, word) for word in rest]
            if None not in companions:
                claim = self._read_verb(verb, line, [c for c in companions if c is not None])
                if claim is not None:
                    return claim
        return None

    def _read_verb(self, verb: Token, line: ClaimVerb, companions: list[Token]) -> Claim | None:
        stance = self.stance_of(verb.i)
        above = {verb.head.i, *((t.i for t in list(verb.ancestors)[:3]) if verb.dep_ == "pcomp" else ())}
        governed = verb.dep_ in {"ccomp", "pcomp"} and any(c.trigger in above for c in self.found[-1:])
        if governed if line.status == DEED else stance.status in _VOID or self._not_done(verb):
            self.unclaimed |= stance.status == "denied" and self._disclaims(verb, line, companions)
            return None
        if (line.past and verb.tag_ not in {"VBD", "VBN"}) or (line.status == DEED and self._singles_out(verb)):
            return None
        aim = self.aims.aim(verb, line, companions)
        if line.status == "denied" and not aim.events:
            aim.events += self._accusation_denied(verb)
            if aim.number is not None and not aim.events and self._speaks_of_other(verb):
                return None
        if (aim.uncounted and not aim.events) or not self._fits(verb, line, companions, aim, stance):
            return None
        actors = [t for t in self._actors(verb, line, companions) if t.i not in aim.events and t not in companions]
        actors = self._named_first([t for t in actors if self._able(t, line, aim, stance)])
        if not actors:
            return None
        name = "-".join([lemma(verb), *(lemma(c) for c in companions)])
        speaker = self._accuser(verb, line, companions, aim, actors)
        return Claim(trigger=verb.i, status=line.status, rule=f"claim.{name}", actors=[t.i for t in actors],
                     stance=stance, about=aim.events, number=1 if aim.number is None else aim.number, speaker=speaker)

    def _singles_out(self, verb: Token) -> bool:
        """Whether a participle only says which unnamed people are meant: "the militants involved in the attack"."""
        meant = self.mentions.at(verb.head.i)
        return verb.dep_ == "acl" and meant is not None and meant.name is None

    def _disclaims(self, verb: Token, line: ClaimVerb, companions: list[Token]) -> bool:
        """Whether a negated verb of claiming means an event: "no group has claimed responsibility"."""
        if line.status != "claimed":
            return False
        aim = self.aims.aim(verb, line, companions)
        return bool(aim.events) or aim.number is not None or not line.event_only

    def _accusation_denied(self, verb: Token) -> list[int]:
        """What a sentence accuses of, where a clause at its end denies it: "…, which the group denied"."""
        relative = [c for c in verb.children if c.dep_ == "dobj" and c.tag_ == "WDT"]
        accusations = [c for c in self.found if c.status not in _OWN and self.parsed.doc[c.trigger].sent == verb.sent]
        return list(accusations[-1].about) if relative and verb.dep_ == "relcl" and accusations else []

    def _speaks_of_other(self, verb: Token) -> bool:
        """Whether what "it denied this" denies is no deed but what the sentence before says the denier did.

        "Talks were put off after the Front failed to free a captive. The Front has denied this."
        """
        number, subject = self.parsed.sentence_index(verb.i), grammar.grammatical_subject(verb)
        own = self.mentions.at(subject.i) if subject is not None else None
        if own is None or number == 0:
            return False
        before = [t for t in self.parsed.sentences[number - 1] if t.dep_ == "nsubj" and t.head.pos_ == "VERB"
                  and (m := self.mentions.at(t.i)) is not None and m.referent is own.referent]
        return bool(before) and before[-1].head.i not in self.events

    def _not_done(self, verb: Token) -> bool:
        """Whether the verb is the second of "neither confirmed nor denied", or what one "had to" do."""
        if verb.dep_ == "xcomp" and verb.tag_ == "VB" and lemma(verb.head) in self.words.obliging:
            return True
        return verb.dep_ == "conj" and any(c.lower_ in self.words.negative_conjunctions for c in verb.head.children)

    def _fits(self, verb: Token, line: ClaimVerb, companions: list[Token], aim: Aim, stance: Stance) -> bool:
        anchored = bool(aim.events) or aim.number is not None
        if anchored or not line.event_only:
            reported = stance.speaker is not None or stance.speaker_span is not None
            something_else = not anchored and self.aims.about_something_else(verb, line, companions)
            return not something_else and (reported or not line.reported or bool(aim.events))
        return False

    def _able(self, token: Token, line: ClaimVerb, aim: Aim, stance: Stance) -> bool:
        """Whether a noun can claim or be accused; without an event to point at, some words need a group."""
        own = line.status in _OWN
        found = self.agency.voice(token, stance.speaker) if own else self.agency.actor(token, stance.speaker)
        if found is None or (found.kind not in _SPEAKING and found.name is None and own):
            return False
        if found.kind is Kind.PEOPLE and (line.status == DEED or token.pos_ == "PRON"):
            return False
        vague = not aim.events and (line.groups_only or aim.number is not None)
        if vague and found.kind is not Kind.GROUP and not (line.accused is not None and found.kind is Kind.FORCE) and (
                not self._clears_its_own(token, found, line)):
            return False
        if line.reported and not aim.events and (found.referent is None or not found.referent.named):
            return False
        return not line.answers or self._accused_before(found)

    def _clears_its_own(self, token: Token, found: Found, line: ClaimVerb) -> bool:
        """Whether a named body denies it of its people: "the herders' union denied that its members were involved"."""
        if line.status != "denied" or found.kind is not Kind.ORGANIZATION or found.name is None:
            return False
        clauses = (c for c in token.head.children if c.dep_ == "ccomp")
        subjects = (t for clause in clauses for t in clause.children if t.dep_ in {"nsubj", "nsubjpass"})
        return any(lemma(t) in self.words.belonging and any(c.lower_ in self.words.possessives for c in t.lefts)
                   for t in subjects)

    def _named_first(self, actors: list[Token]) -> list[Token]:
        """Only the names, where names and descriptions stand side by side ("the Front, a militia")."""
        beside = [a for t in actors if not self._is_named(t) for a in grammar.appositions(t) if self._is_group(a)]
        return [t for t in [*actors, *beside] if self._is_named(t)] or actors

    def _is_named(self, token: Token) -> bool:
        found = self.agency.actor(token)
        return found is not None and found.referent is not None and found.referent.named

    def _accused_before(self, found: Found) -> bool:
        earlier = (self.agency.actor(self.parsed.doc[i]) for c in self.found if c.status not in _OWN for i in c.actors)
        return any(m is not None and m.referent is found.referent for m in earlier)

    # ---- who ---------------------------------------------------------------------------------------------------------
    def _actors(self, verb: Token, line: ClaimVerb, companions: list[Token]) -> list[Token]:
        """Those the event is laid to, or those who claim or deny it."""
        if line.accused is None:
            own = [c for c in verb.children if c.dep_ == "nsubj"]
            acting = grammar.agents(verb) + [t for t in own if not grammar.is_passive(verb) and t.tag_[0] != "W"]
            return self._represented(verb) or [a for t in dict.fromkeys(acting) for a in self._authors(t)]
        if line.accused == "subject":
            subject = grammar.grammatical_subject(verb)
            return list(grammar.conjuncts(subject)) if subject is not None else []
        if line.accused == "object":
            inner = [t for c in companions for t in c.children if t.dep_ == "nsubj"]
            return [t for t in grammar.patients(verb) or inner if t.dep_ != "relcl"]
        return [t for root in self.aims.roots(verb, companions) for t in grammar.prepositional(root, *line.accused)]

    def _represented(self, verb: Token) -> list[Token]:
        """For whom a spokesman or a caller claims: "on behalf of the front", "in the name of the brigade"."""
        owners = [owner for noun in verb.subtree if lemma(noun) in self.words.on_behalf and noun.pos_ == "NOUN"
                  for owner in self._named(noun)]
        direct = [noun for root in self.aims.roots(verb, []) for child in root.children
                  if child.dep_ == "prep" and child.lower_ == "for"
                  for noun in grammar.prepositional_of(child) if noun.i not in self.events]
        return owners or [noun for noun in direct if self._is_group(noun)]

    def _named(self, noun: Token) -> list[Token]:
        """Whose name it is: "in the name of X", "using the name X"."""
        after = [noun.doc[i] for i in range(noun.i + 1, min(noun.i + 3, len(noun.doc)))]
        beside = [t for t in after if self._is_group(t)]
        return grammar.prepositional(noun, "of") or list(grammar.appositions(noun)) or beside

    def _authors(self, token: Token) -> list[Token]:
        """Who speaks in a statement that claims ("a video of the front claimed the attack"); else the token itself."""
        if lemma(token) in self.words.on_behalf:
            return self._named(token)
        if lemma(token) not in self.words.documents:
            return [token]
        signed = [c for c in token.children if c.dep_ == "acl"]
        named = grammar.possessors(token) + grammar.prepositional(token, *self.words.authors)
        speaking = [t for c in signed for x in [c, *c.children] if x.dep_ in {"acl", "xcomp"}
                    for t in grammar.prepositional(x, "for", "from")]
        named += [t for clause in signed for t in grammar.by_agent(clause)] + speaking
        issued = token.dep_ == "dobj" and lemma(token.head) in self.words.made_known
        return named or (grammar.agents(token.head) if issued else [])

    def _accuser(self, verb: Token, line: ClaimVerb, companions: list[Token], aim: Aim,
                 actors: list[Token]) -> int | None:
        """Who lays it at their door: neither the event nor a word of the accusation ("suspicion fell on")."""
        if line.accused is None or line.status == DEED:
            return None
        own = [t for t in verb.children if t.dep_ == "nsubj" and not grammar.is_passive(verb)]
        for token in dict.fromkeys([*self._reporters(verb), *grammar.agents(verb), *own]):
            named = token.pos_ != "PRON" or self.mentions.at(token.i) is not None
            if token.i not in aim.events and token not in companions and token not in actors and named and (
                    token.i not in self.events):
                return token.i
        return None

    def _reporters(self, verb: Token) -> list[Token]:
        """Who accuses in "The governor said fighters attacked the village, accusing the Front": not the fighters."""
        told = verb.head
        if verb.dep_ != "advcl" or verb.tag_ != "VBG" or told.dep_ != "ccomp" or told.i > verb.i:
            return []
        return grammar.agents(told.head)

    def _is_group(self, noun: Token) -> bool:
        mention = self.mentions.at(noun.i)
        return mention is not None and mention.kind is Kind.GROUP

    # ---- nouns -------------------------------------------------------------------------------------------------------
    def _from_noun(self, noun: Token) -> Claim | None:
        name = lemma(noun)
        line = next((row for row in self.words.nouns if name in row.words), None)
        if line is None:
            return None
        stance = self.stance_of(noun.i)
        if stance.status in _VOID or any(c.lower_ == "no" for c in noun.lefts):
            return None
        owners = grammar.possessors(noun) + grammar.prepositional(noun, *line.claimant) + self._sources(noun, line)
        owners = [t for t in owners if (m := self.agency.voice(t)) is not None and m.kind is Kind.GROUP]
        if not owners or self._other_claim(noun):
            return None
        about = [t.i for t in grammar.prepositional(noun, *line.about) if t.i in self.events]
        return Claim(trigger=noun.i, status=line.status, rule=f"claim.{lemma(noun)}", actors=[t.i for t in owners],
                     stance=stance, about=about)

    def _sources(self, noun: Token, line: ClaimNoun) -> list[Token]:
        """Who makes a claim known: "the claim came from", "was issued by", "issued a claim of responsibility"."""
        verb = noun.head
        clauses = [verb] if noun.dep_ in {"nsubj", "nsubjpass", "dobj"} else []
        clauses += [c for c in noun.children if c.dep_ == "acl"]
        found: list[Token] = []
        for clause in clauses:
            if lemma(clause) in self.words.made_known and self.stance_of(clause.i).status not in _VOID:
                acting = grammar.agents(clause) if noun.dep_ != "nsubj" or clause is not verb else []
                found += acting + grammar.prepositional(clause, *line.claimant) + [
                    t for inner in clause.children if inner.dep_ in {"dobj", "attr"} and inner != noun
                    for t in grammar.prepositional(inner, "from")]
        return found

    def _other_claim(self, noun: Token) -> bool:
        """Whether a claim is to something or that something is so, not to have done it."""
        for child in noun.children:
            if child.dep_ in {"ccomp", "acl"} and any(c.dep_ == "mark" for c in child.children):
                return True
            if child.dep_ == "prep" and child.lower_ in self.words.other_claims:
                objects = {lemma(t) for t in grammar.prepositional_of(child)}
                if not objects & self.words.answerable:
                    return True
        return False
