"""Finds who claims, denies, is blamed for or suspected of an event: attribution as data, never as a fact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.extract import grammar
from kg.extract.agency import Agency
from kg.extract.cards import ClaimNoun, ClaimVerb, Lexicon, lemma
from kg.extract.findings import Stance
from kg.extract.language import Parsed
from kg.extract.mentions import Found, Mentions
from kg.records import Kind

StanceOf = Callable[[int], Stance]
DEED = "deed"
_VOID = {"denied", "hypothetical", "planned", "threatened"}
_OWN = {"claimed", "denied"}
_SPEAKING = {Kind.GROUP, Kind.FORCE, Kind.PERSON, Kind.ORGANIZATION}
_CLAUSES = {"ccomp", "advcl", "relcl", "acl", "conj", "parataxis"}
_WORDS_OF_PLACE = {"object", "subject", "clause"}


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


@dataclass(slots=True)
class _Aim:
    """What a claim is about: event tokens, or how many events its pronouns mean (None: it has none)."""

    events: list[int] = field(default_factory=list)
    number: int | None = None


class ClaimFinder:
    """Reads the claims of a document; `events` are the tokens that trigger frames."""

    def __init__(self, parsed: Parsed, mentions: Mentions, lexicon: Lexicon, events: set[int], stance_of: StanceOf):
        self.parsed, self.mentions, self.events, self.stance_of = parsed, mentions, events, stance_of
        self.words = lexicon.claims
        self.agency = Agency(mentions, lexicon.claims)
        self.doing = lexicon.claims.doing | {p.split()[0] for p in lexicon.incident.light_verbs["doer"]}
        self.standing = lexicon.claims.attackers | set(lexicon.claims.pronouns)
        self.many = lexicon.incident.collectives | lexicon.incident.others
        self.found: list[Claim] = []
        self._lines: dict[str, list[tuple[ClaimVerb, list[str]]]] = {}
        for line in self.words.verbs:
            for phrase in line.words:
                head, *rest = phrase.split()
                self._lines.setdefault(head, []).append((line, rest))

    def find(self) -> list[Claim]:
        """All claims in text order; negated and hypothetical ones are none."""
        for token in self.parsed.doc:
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
        for line, rest in self._lines.get(lemma(verb), ()):
            companions = [_companion(verb, word) for word in rest]
            if None not in companions:
                claim = self._read_verb(verb, line, [c for c in companions if c is not None])
                if claim is not None:
                    return claim
        return None

    def _read_verb(self, verb: Token, line: ClaimVerb, companions: list[Token]) -> Claim | None:
        stance = self.stance_of(verb.i)
        governed = verb.dep_ in {"ccomp", "pcomp"} and any(c.trigger == verb.head.i for c in self.found[-1:])
        if governed if line.status == DEED else stance.status in _VOID or self._neither(verb):
            return None
        aim = self._aim(verb, line, companions)
        if not self._fits(verb, line, companions, aim, stance):
            return None
        actors = [t for t in self._actors(verb, line, companions) if t.i not in aim.events and t not in companions]
        actors = [t for t in actors if self._able(t, line, aim, stance)]
        if not actors:
            return None
        name = "-".join([lemma(verb), *(lemma(c) for c in companions)])
        speaker = self._accuser(verb, line, companions, aim, actors)
        return Claim(trigger=verb.i, status=line.status, rule=f"claim.{name}", actors=[t.i for t in actors],
                     stance=stance, about=aim.events, number=1 if aim.number is None else aim.number, speaker=speaker)

    def _neither(self, verb: Token) -> bool:
        """Whether the verb is the second of "neither confirmed nor denied"."""
        return verb.dep_ == "conj" and any(c.lower_ in self.words.negative_conjunctions for c in verb.head.children)

    def _fits(self, verb: Token, line: ClaimVerb, companions: list[Token], aim: _Aim, stance: Stance) -> bool:
        anchored = bool(aim.events) or aim.number is not None
        if anchored or not line.event_only:
            reported = stance.speaker is not None or stance.speaker_span is not None
            something_else = not anchored and self._about_something_else(verb, line, companions)
            return not something_else and (reported or not line.reported or bool(aim.events))
        return False

    def _about_something_else(self, verb: Token, line: ClaimVerb, companions: list[Token]) -> bool:
        """"Blamed the police for not having cleared the hall": what is laid at their door is no event."""
        accused = line.accused if isinstance(line.accused, tuple) else ()
        words = set(line.places) - _WORDS_OF_PLACE - set(accused)
        clauses = {"ccomp", "xcomp"} if line.accused == "object" else set()
        return any(child.dep_ == "prep" and child.lower_ in words for root in self._roots(verb, companions)
                   for child in root.children) or any(
            c.dep_ in clauses and c not in companions for c in verb.children)

    def _able(self, token: Token, line: ClaimVerb, aim: _Aim, stance: Stance) -> bool:
        """Whether a noun can claim or be accused; without an event to point at, some words need a group."""
        own = line.status in _OWN
        found = self.agency.voice(token, stance.speaker) if own else self.agency.actor(token, stance.speaker)
        if found is None or (found.kind not in _SPEAKING and found.name is None and own):
            return False
        vague = not aim.events and (line.groups_only or aim.number is not None)
        if vague and found.kind is not Kind.GROUP and not (line.accused is not None and found.kind is Kind.FORCE):
            return False
        if line.reported and not aim.events and (found.referent is None or not found.referent.named):
            return False
        return not line.answers or self._accused_before(found)

    def _accused_before(self, found: Found) -> bool:
        earlier = (self.agency.actor(self.parsed.doc[i]) for c in self.found if c.status not in _OWN for i in c.actors)
        return any(m is not None and m.referent is found.referent for m in earlier)

    # ---- who ---------------------------------------------------------------------------------------------------------
    def _actors(self, verb: Token, line: ClaimVerb, companions: list[Token]) -> list[Token]:
        """Those the event is laid to, or those who claim or deny it."""
        if line.accused is None:
            return self._represented(verb) or [a for t in grammar.agents(verb) for a in self._authors(t)]
        if line.accused == "subject":
            subject = grammar.grammatical_subject(verb)
            return list(grammar.conjuncts(subject)) if subject is not None else []
        if line.accused == "object":
            inner = [t for c in companions for t in c.children if t.dep_ == "nsubj"]
            return [t for t in grammar.patients(verb) or inner if t.dep_ != "relcl"]
        return [t for root in self._roots(verb, companions) for t in grammar.prepositional(root, *line.accused)]

    def _represented(self, verb: Token) -> list[Token]:
        """For whom a spokesman or a caller claims: "on behalf of the front", "in the name of the brigade"."""
        owners = [owner for noun in verb.subtree if lemma(noun) in self.words.on_behalf and noun.pos_ == "NOUN"
                  for owner in self._named(noun)]
        direct = [noun for root in self._roots(verb, []) for child in root.children
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
        return named + [t for clause in signed for t in grammar.by_agent(clause)] + speaking

    def _accuser(self, verb: Token, line: ClaimVerb, companions: list[Token], aim: _Aim,
                 actors: list[Token]) -> int | None:
        """Who lays it at their door: neither the event nor a word of the accusation ("suspicion fell on")."""
        if line.accused is None or line.status == DEED:
            return None
        for token in grammar.agents(verb):
            named = token.pos_ != "PRON" or self.mentions.at(token.i) is not None
            if token.i not in aim.events and token not in companions and token not in actors and named and (
                    token.i not in self.events):
                return token.i
        return None

    def _is_group(self, noun: Token) -> bool:
        mention = self.mentions.at(noun.i)
        return mention is not None and mention.kind is Kind.GROUP

    # ---- about what --------------------------------------------------------------------------------------------------
    def _roots(self, verb: Token, companions: list[Token]) -> list[Token]:
        """The words on which the prepositions of a claim may hang: parsers often take the object for the verb."""
        objects = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass", "acomp", "attr"}]
        return list(dict.fromkeys([verb, *companions, *objects]))

    def _aim(self, verb: Token, line: ClaimVerb, companions: list[Token]) -> _Aim:
        aim = _Aim()
        places = set(line.places)
        tokens = grammar.patients(verb) if "object" in places else []
        if "subject" in places and (subject := grammar.grammatical_subject(verb)) is not None:
            tokens = [*tokens, *grammar.conjuncts(subject)]
        prepositions = tuple(places - _WORDS_OF_PLACE)
        if prepositions:
            tokens += [t for root in self._roots(verb, companions) for t in grammar.prepositional(root, *prepositions)]
        self._take(aim, [t for t in tokens if t not in companions])
        if line.status != DEED and line.accused in {None, "object"}:
            for clause in self._clauses(verb, line, companions):
                self._take_clause(aim, clause)
        return aim

    def _take(self, aim: _Aim, tokens: Iterable[Token]) -> None:
        for token in tokens:
            name = token.lower_
            if token.i in self.events:
                aim.events += [token.i] * (token.i not in aim.events and not self._uncounted(token))
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
        hanging = {p.lower_: p for root in self._roots(verb, companions) for p in root.children if p.dep_ == "prep"}
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
        return not grammar.is_passive(clause) and (same or subject.lower_ in self.words.own_pronouns or any(
            c.dep_ == "poss" and c.lower_ in self.words.possessives for c in subject.children))

    def _take_clause(self, aim: _Aim, clause: Token) -> None:
        if any(c.dep_ == "neg" for c in clause.children):
            return
        if clause.i in self.events:
            self._take(aim, [clause])
        if self._tells_of_deed(clause):
            aim.number = aim.number or 1
        if lemma(clause) in self.doing:
            hosts = [clause, *(c for c in clause.children if c.dep_ in {"acomp", "dobj"})]
            self._take(aim, grammar.patients(clause))
            self._take(aim, [t for host in hosts for t in grammar.prepositional(host, "behind", "for", "in")])

    def _tells_of_deed(self, clause: Token) -> bool:
        """Whether a clause says that its subject did it ("that its men were responsible")."""
        return any(line.status == DEED and line.accused == "subject" and all(_companion(clause, w) for w in rest)
                   for line, rest in self._lines.get(lemma(clause), ()))

    # ---- nouns -------------------------------------------------------------------------------------------------------
    def _from_noun(self, noun: Token) -> Claim | None:
        line = next((row for row in self.words.nouns if lemma(noun) in row.words), None)
        stance = self.stance_of(noun.i)
        if line is None or stance.status in _VOID or any(c.lower_ == "no" for c in noun.lefts):
            return None
        owners = grammar.possessors(noun) + grammar.prepositional(noun, *line.claimant) + self._sources(noun, line)
        owners = [t for t in owners if self._is_group(t) or ((m := self.agency.voice(t)) is not None
                                                            and m.kind is Kind.GROUP)]
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


def _companion(verb: Token, word: str) -> Token | None:
    """The word that hangs on a verb, or on what hangs on it, without a clause of its own between."""
    near = list(verb.children) + ([verb.head] if verb.dep_ in {"acl", "relcl"} else [])
    deeper = [c for t in near if not (t.pos_ in {"VERB", "AUX"} and t.dep_ in _CLAUSES) and t != verb.head
              for c in t.children]
    fitting = [t for t in [*near, *deeper] if word in {lemma(t), t.lower_}]
    return min(fitting, key=lambda t: t.dep_ == "nsubj" and t.pos_ == "PRON", default=None)
