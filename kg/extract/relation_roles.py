"""Finds what stands in a role beside a trigger word, and which entities a noun stands for."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.grammar import agents, antecedent, conjuncts, grammatical_subject, is_passive, patients
from kg.extract.language import Parsed
from kg.extract.mentions import Found, Mentions
from kg.extract.relation_cards import RelationCards
from kg.records import Kind

_INSIDE_PHRASE = {"det", "amod", "compound", "nmod", "poss", "case", "prep", "pobj", "nummod", "npadvmod", "punct",
                  "advmod", "aux", "auxpass", "dobj", "oprd", "neg", "attr", "acomp", "pcomp", "quantmod", "prt",
                  "predet", "xcomp", "cc", "conj"}
_PARTIES = 2
_HONORIFICS = 4  # tokens from a title to the name it may reach over honorifics


def kind_of(mention: Found) -> Kind:
    """The kind of what a mention refers to."""
    return mention.referent.kind if mention.referent is not None else mention.kind


def is_named(mention: Found) -> bool:
    """Whether a mention names something, itself or through what it refers to."""
    return mention.name is not None or (mention.referent is not None and mention.referent.named)


def phrase(head: Token) -> tuple[int, int]:
    """The tokens of a phrase without relative clauses, appositions and what follows a comma."""
    start, end = head.i, head.i + 1
    for child in head.children:
        if child.dep_ in _INSIDE_PHRASE and not (child.i > head.i and _after_comma(head, child)):
            first, last = phrase(child)
            if child.dep_ != "punct":
                start, end = min(start, first), max(end, last)
    return start, end


def with_complement(span: tuple[int, int], head: Token, prepositions: frozenset[str]) -> tuple[int, int]:
    """A phrase with the complement right after it that the parse hangs on the verb: "demand freedom from …"."""
    for child in head.head.rights:
        if child.i == span[1] and child.dep_ == "prep" and child.lower_ in prepositions:
            return span[0], phrase(child)[1]
    return span


def _after_comma(head: Token, child: Token) -> bool:
    return any(head.doc[i].text in {",", ";", ":", "—", "("} for i in range(head.i + 1, child.i)) or (
        child.dep_ in {"cc", "conj"})


class Roles:
    """One document's mentions, asked by grammatical role."""

    def __init__(self, parsed: Parsed, mentions: Mentions, cards: RelationCards) -> None:
        self.parsed, self.mentions, self.cards = parsed, mentions, cards
        self._starts = {mention.start: mention for mention in mentions}
        self._ends = {mention.end: mention for mention in mentions}

    def tokens(self, role: str, trigger: Token) -> list[Token]:
        """The tokens in a role beside a trigger; any name but the ten special ones is a preposition."""
        special = {"agent": self._agent, "patient": self._patient, "holder": self._holder, "owner": self._owner,
                   "before": self._before, "emphasis": self._emphasis, "infinitive": self._infinitive,
                   "self": self._self, "possessor": self._possessor, "described": self._described,
                   "first": self._first, "one-party": self._one_party, "other-party": self._other_party,
                   "others": self._others, "used-by": self._used_by,
                   "continuing": self._continuing, "complement": self._named_complements}
        tokens = special[role](trigger) if role in special else list(self._after(trigger, role))
        if trigger.dep_ in {"relcl", "acl"} and role in {"agent", "patient", "described"}:
            # "Red Path, which opposes the dam, and Green Hand": the clause is about what stands before it.
            return [token for token in tokens if token.i < trigger.i or trigger.is_ancestor(token)]
        return tokens

    def entities(self, token: Token, *, unnamed: bool = False) -> list[Found]:
        """The mentions that a noun stands for: its own, or that of what it describes ("X, an armed group, …")."""
        token = antecedent(token)
        found = self.mentions.at(token.i)
        if found is not None and is_named(found):
            return [found]
        others = [self.mentions.at(other.i) for other in self._same(token)]
        named = [other for other in others if other is not None and is_named(other)]
        if named:
            return named[:1]
        return [found] if found is not None and unnamed else []

    def is_former(self, trigger: Token, subject: Found) -> bool:
        """Whether a word like "former" before a noun, or "no longer" beside the trigger, says that it holds no more."""
        if any(child.lower_ in self.cards.ended for word in (trigger, trigger.head) for child in word.children):
            return True
        if trigger.pos_ not in {"NOUN", "PROPN"}:
            return False
        holder = self.parsed.doc[subject.head]
        before = [*trigger.lefts, *(child for child in holder.lefts if child.i < trigger.i < holder.i)]
        before += [inner for child in before if child.dep_ in {"compound", "nmod"} for inner in child.lefts]
        return any(word.lower_ in self.cards.former for word in before)

    def _same(self, token: Token) -> Iterator[Token]:
        """Nouns that say the same thing as this one: appositions, copular subjects, a member's group."""
        yield from (child for child in token.children if child.dep_ == "appos")
        if token.dep_ == "appos":
            yield token.head
        if token.dep_ == "attr" and token.head.lemma_ in self.cards.copulas:
            subject = grammatical_subject(token.head)
            if subject is not None:
                yield subject
        if token.lemma_.lower() in self.cards.members:
            yield from (child for child in token.lefts if child.dep_ in {"compound", "nmod", "amod", "poss"})
            for preposition in ("from", "of"):
                yield from self._after(token, preposition)

    def _agent(self, trigger: Token) -> list[Token]:
        return agents(trigger)

    def _patient(self, trigger: Token) -> list[Token]:
        if trigger.pos_ == "VERB":
            return patients(trigger)
        return self._described(trigger)

    def _described(self, trigger: Token) -> list[Token]:
        """Whom an adjective or participle describes: its noun, or the subject it is predicated of."""
        if trigger.dep_ in {"amod", "acl", "appos", "relcl"} and not self._own_subject(trigger):
            return [trigger.head]
        if trigger.pos_ == "VERB" and not is_passive(trigger):
            return []
        verb = trigger.head if trigger.dep_ in {"acomp", "attr", "oprd"} else trigger
        subject = grammatical_subject(verb)
        return list(conjuncts(subject)) if subject is not None else []

    @staticmethod
    def _own_subject(trigger: Token) -> bool:
        return any(child.dep_ in {"nsubj", "nsubjpass"} for child in trigger.children)

    def _holder(self, noun: Token) -> list[Token]:
        """Whom a noun describes: the name it precedes as a title, the noun beside it, or the copular subject."""
        titled = self._titled(noun)
        if titled is not None:
            return [self.parsed.doc[titled.head]]
        if noun.dep_ == "appos":
            return [noun.head]
        beside = [child for child in noun.children if child.dep_ == "appos"]
        if beside:
            return beside
        verb = noun.head
        if noun.dep_ == "pobj" and verb.lower_ in self.cards.copular_prepositions:
            verb = verb.head
            return list(self._subject_or_patient(verb))
        if noun.dep_ in {"attr", "oprd"} or (noun.dep_ == "nsubj" and noun.head.lemma_ in self.cards.copulas):
            return list(self._subject_or_patient(verb)) if noun.dep_ != "nsubj" else self._complements(verb)
        return []

    def _titled(self, noun: Token) -> Found | None:
        """The name that a noun stands before as a title, over honorifics ("leader Sheikh Adan")."""
        place = noun.i + 1
        while place < len(self.parsed.doc) and place - noun.i < _HONORIFICS and self._starts.get(place) is None:
            between = self.parsed.doc[place]
            if between.dep_ != "compound" and not between.is_quote and between.text != "_":  # "_" sets off italics
                return None
            place += 1
        name = self._starts.get(place)
        return name if name is not None and self._one_phrase(noun, name) else None

    @staticmethod
    def _complements(verb: Token) -> list[Token]:
        return [child for child in verb.children if child.dep_ == "attr"]

    @staticmethod
    def _subject_or_patient(verb: Token) -> Iterator[Token]:
        """Whom a complement is said of: the object if there is one, else the subject."""
        objects = [child for child in verb.children if child.dep_ == "dobj"]
        subject = grammatical_subject(verb) if verb.pos_ in {"VERB", "AUX"} else None
        for token in objects or ([subject] if subject is not None else []):
            yield from conjuncts(token)

    def _one_phrase(self, noun: Token, name: Found) -> bool:
        """Whether a title and the name after it form one phrase: one hangs on the other."""
        inside = range(name.start, name.end)
        return noun.head.i in inside or self.parsed.doc[name.head].head == noun or (
            noun.head == self.parsed.doc[name.head].head
            and noun.dep_ in {"compound", "nmod", "amod", self.parsed.doc[name.head].dep_})

    def _owner(self, noun: Token) -> list[Token]:
        """Whose a noun is: the possessor, the name before it ("Red Path leader"), or what follows "of" and the like."""
        covering = self.mentions.at(noun.i)
        if covering is not None and covering.start < noun.i and is_named(covering):  # "Red Path member" as one mention
            return [noun]
        owners = [child for child in noun.lefts if child.dep_ in {"poss", "compound", "nmod", "amod"}]
        place = noun.i
        while place > 0 and (self.parsed.doc[place - 1].dep_ in {"amod", "case"} and self._ends.get(place) is None):
            place -= 1
        before = self._ends.get(place)
        if before is not None and self._in_phrase(before, noun):
            return [self.parsed.doc[before.head]]
        return [owner for owner in owners if self.mentions.at(owner.i) is not None]

    def _in_phrase(self, before: Found, noun: Token) -> bool:
        head = self.parsed.doc[before.head]
        return head.dep_ in {"poss", "compound", "nmod", "amod", "npadvmod"} and head.head.i >= noun.i

    def _possessor(self, noun: Token) -> list[Token]:
        """The owner by a genitive, unless a word between says that the noun is no part of it ("the army's rival X")."""
        between = {child.lower_ for child in noun.lefts} & self.cards.not_parts
        return [child for child in noun.lefts if child.dep_ == "poss" and not between]

    def _self(self, token: Token) -> list[Token]:
        return [token]

    def _before(self, participle: Token) -> list[Token]:
        """The name hyphenated to a participle: "Sandar-based"."""
        name = self._ends.get(participle.i - 1)
        return [self.parsed.doc[name.head]] if name is not None else []

    def _emphasis(self, verb: Token) -> list[Token]:
        """The first name in a phrase that a word like "particularly" singles out."""
        for child in verb.rights:
            inside = list(child.subtree)
            start = [*inside[:2], *(other for other in verb.rights if other.i == child.i - 1)]
            if child.dep_ == "prep" and any(word.lower_ in self.cards.focus for word in start):
                return [word for word in inside if self._names(word)][:1]
        return []

    def _names(self, word: Token) -> bool:
        mention = self.mentions.at(word.i)
        return mention is not None and mention.head == word.i and is_named(mention)

    def _first(self, verb: Token) -> list[Token]:
        """The first of several subjects of a verb without an object."""
        return self._parties(verb)[:1]

    def _others(self, verb: Token) -> list[Token]:
        return self._parties(verb)[1:]

    @staticmethod
    def _parties(verb: Token) -> list[Token]:
        if any(child.dep_ in {"dobj", "ccomp"} for child in verb.children):
            return []
        subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
        return list(conjuncts(subject)) if subject is not None else []

    @staticmethod
    def _used_by(noun: Token) -> list[Token]:
        """By whom a noun is said to be used: the agent of a participle after it."""
        return [agent for child in noun.rights if child.dep_ == "acl" for agent in agents(child)]

    def _continuing(self, verb: Token) -> list[Token]:
        """The subject of a verb that is said to go on."""
        return agents(verb) if verb.dep_ == "xcomp" and verb.head.lemma_ in self.cards.continuing else []

    @staticmethod
    def _named_complements(verb: Token) -> list[Token]:
        return [child for child in verb.children if child.dep_ in {"oprd", "attr"}]

    @staticmethod
    def _between(noun: Token) -> list[Token]:
        """The parties of a conflict or a truce "between" them, when they are two."""
        pairs = [inner for child in noun.rights if child.dep_ == "prep" for inner in child.children
                 if inner.dep_ == "pobj" and any(other.dep_ == "conj" for other in inner.rights)]
        parties = list(conjuncts(pairs[0])) if pairs else []
        return parties if len(parties) == _PARTIES else []

    def _one_party(self, noun: Token) -> list[Token]:
        return self._between(noun)[:1]

    def _other_party(self, noun: Token) -> list[Token]:
        return self._between(noun)[1:]

    def _infinitive(self, trigger: Token) -> list[Token]:
        return [child for child in trigger.children if child.dep_ in {"xcomp", "acl", "advcl", "relcl"}
                and any(inner.tag_ == "TO" for inner in child.lefts)]

    def _after(self, trigger: Token, preposition: str) -> Iterator[Token]:
        """The nouns after a preposition of the trigger, of its object or of its particle ("broke away from")."""
        bases = [trigger, *(c for c in trigger.rights if c.dep_ in {"dobj", "advmod", "prt", "prep", "acomp", "attr"})]
        if trigger.dep_ == "acomp":  # "is active in the hills": the place may hang on the copula
            bases.append(trigger.head)
        if trigger.pos_ == "NOUN":  # "struck their camps in the hills": the place may hang on the verb
            yield from (noun for child in trigger.head.rights if child.i == trigger.i + 1 and child.dep_ == "prep"
                        and child.lower_ == preposition for noun in child.children if noun.dep_ == "pobj")
        if is_passive(trigger):  # "listed as a banned group by the council": parsers hang the last phrase on the noun
            bases += [noun for base in bases if base.dep_ == "prep" for noun in base.children if noun.dep_ == "pobj"]
        for base in bases:
            for child in base.children:
                if child.dep_ in {"prep", "agent", "dative"} and child.lower_ == preposition:
                    for noun in child.children:
                        if noun.dep_ == "pobj":
                            yield from conjuncts(antecedent(noun))
