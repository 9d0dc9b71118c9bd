"""Finds which entity a noun or a pronoun beside a trigger stands for, and how far a phrase or a clause reaches."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.grammar import antecedent, grammatical_subject, prepositional_of
from kg.extract.language import Parsed
from kg.extract.mentions import Found, Mentions, Referent
from kg.extract.relation_cards import RelationCards
from kg.records import Kind

_INSIDE_PHRASE = {"det", "amod", "compound", "nmod", "poss", "case", "prep", "pobj", "nummod", "npadvmod", "punct",
                  "advmod", "aux", "auxpass", "dobj", "oprd", "neg", "attr", "acomp", "pcomp", "quantmod", "prt",
                  "predet", "xcomp", "cc", "conj"}
_BEFORE_NOUN = {"det", "amod", "compound", "nmod", "nummod", "poss", "case", "punct", "advmod"}
_CLOSING = {")", "]", '"', "”"}
_NOT_BESIDE = {"nsubj", "nsubjpass", "conj"}
# What "it" and "they" may mean: one of these named as the topic keeps the pronoun from meaning another.
_BODIES = frozenset({Kind.GROUP, Kind.FORCE, Kind.ORGANIZATION, Kind.PLACE})
_CLIMB = 6
_SAID_WHOSE = frozenset({Kind.FORCE, Kind.ORGANIZATION})


def kind_of(mention: Found) -> Kind:
    """The kind of what a mention refers to."""
    return mention.referent.kind if mention.referent is not None else mention.kind


def is_named(mention: Found) -> bool:
    """Whether a mention names something, itself or through what it refers to."""
    return mention.name is not None or (mention.referent is not None and mention.referent.named)


def is_specific(mention: Found, parsed: Parsed) -> bool:
    """Whether a mention names something or tells by a proper adjective whose force or body it is ("Kandri troops")."""
    if is_named(mention):
        return True
    inside = parsed.doc[mention.start:mention.head]
    proper = any(word.text[:1].isupper() and not word.is_sent_start for word in inside)
    return proper and kind_of(mention) in _SAID_WHOSE


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


def clause(verb: Token) -> tuple[int, int]:
    """The tokens of a subordinate clause with its conjunction, up to a comma or a second verb."""
    end = verb.i + 1
    for child in verb.rights:
        if child.dep_ in {"conj", "cc", "punct", "advcl", "parataxis"} or _comma_between(verb, child):
            break
        end = max(end, child.right_edge.i + 1)
    return verb.left_edge.i, end


def _comma_between(head: Token, child: Token) -> bool:
    return any(head.doc[i].text in {",", ";", ":", "—", "("} for i in range(head.i + 1, child.i))


def _after_comma(head: Token, child: Token) -> bool:
    return _comma_between(head, child) or child.dep_ in {"cc", "conj"}


def _inside(pronoun: Token, subject: Token) -> bool:
    """Whether a pronoun stands in the very phrase of a noun, which it then cannot mean."""
    node = pronoun
    while node.head != node and node != subject:
        if node.dep_ in {"conj", "relcl", "appos"}:
            return False
        node = node.head
    return node == subject


class Ends:
    """One document's mentions, asked what a token stands for."""

    def __init__(self, parsed: Parsed, mentions: Mentions, cards: RelationCards) -> None:
        self.parsed, self.mentions, self.cards = parsed, mentions, cards
        self._persons: dict[str, Referent] = {}

    def entities(self, token: Token, kinds: frozenset[Kind], *, unnamed: bool = False) -> list[Found]:
        """The mentions of some kinds that a noun stands for: its own, or that of what it describes.

        A pronoun stands for a mention before it, if it is clear which one.
        """
        token = antecedent(token)
        found = self.mentions.at(token.i)
        if found is not None and is_specific(found, self.parsed):
            return [found] if kind_of(found) in kinds else []
        if token.lower_ in self.cards.reflexives:  # "…, itself linked to Red Path"
            above = self._before_comma(token.i - 1)
            return [above] if above is not None and kind_of(above) in kinds else []
        if self.is_pronoun(token):
            meant = self._meant(token, kinds)
            return [meant] if meant is not None else []
        others = (self.mentions.at(other.i) for other in self._same(token))
        named = [other for other in others if other is not None and is_named(other) and kind_of(other) in kinds]
        if named:
            return named[:1]
        return [found] if found is not None and unnamed and kind_of(found) in kinds else []

    def is_pronoun(self, token: Token) -> bool:
        """Whether a token is a pronoun of the third person or a relative possessive."""
        return token.lower_ in self.cards.pronouns or token.lower_ in self.cards.personal_pronouns or (
            token.tag_ == "WP$")

    def beside(self, noun: Token) -> Found | None:
        """The name that a noun follows as an apposition ("Red Path, a rebel group"), however parsed."""
        if noun.dep_ in _NOT_BESIDE:
            return None
        first = noun.i
        for child in reversed(list(noun.lefts)):
            if child.dep_ not in _BEFORE_NOUN or child.right_edge.i != first - 1:
                break
            first = child.left_edge.i
        return self._before_comma(first - 1)

    def reduced(self, participle: Token) -> Found | None:
        """The name before a comma and a participle with "by" ("Red Path, led by …") read as a finite verb."""
        by = any(word.lower_ in self.cards.by for word in participle.subtree if word.i > participle.i)
        return self._before_comma(participle.i - 1) if by and participle.tag_ in {"VBD", "VBN"} else None

    def _before_comma(self, comma: int) -> Found | None:
        """The name that ends before a comma, its acronym in brackets left aside."""
        if comma < 1 or self.parsed.doc[comma].text != ",":
            return None
        last = comma - 1
        while last > 0 and self.parsed.doc[last].text in _CLOSING:
            last -= 1
        above = self.mentions.at(last)
        return above if above is not None and is_named(above) else None

    def _same(self, token: Token) -> Iterator[Token]:
        """Nouns that say the same thing as this one: appositions, copular subjects, names given, a member's group."""
        yield from (child for child in token.children if child.dep_ == "appos")
        if token.dep_ == "appos":
            yield token.head
        if token.dep_ == "attr" and token.head.lemma_ in self.cards.copulas:
            subject = grammatical_subject(token.head)
            if subject is not None:
                yield subject
        for child in token.rights:  # "a man called Adan Kole", "a faction known as Red Path"
            if child.dep_ in {"acl", "relcl"} and child.lemma_ in self.cards.naming:
                yield from (name for name in child.rights if name.dep_ in {"oprd", "attr", "dobj"})
                yield from (name for inner in child.rights if inner.lower_ == "as" for name in prepositional_of(inner))
        above = self.beside(token)
        if above is not None:
            yield self.parsed.doc[above.head]
        if token.lemma_.lower() in self.cards.within:  # "the east of Kandria"
            places = (child for child in token.rights if child.lower_ in {"of", "in"})
            yield from (noun for child in places for noun in prepositional_of(child))
        if token.lemma_.lower() in self.cards.undertakings:
            yield from (child for child in token.lefts if child.dep_ in {"compound", "nmod", "poss"})
        if token.lemma_.lower() in self.cards.members:
            yield from (child for child in token.lefts if child.dep_ in {"compound", "nmod", "amod", "poss"})
            yield from (noun for child in token.rights if child.lower_ in {"from", "of"} and child.dep_ == "prep"
                        for noun in prepositional_of(child))

    def _meant(self, pronoun: Token, kinds: frozenset[Kind]) -> Found | None:
        """What a pronoun means: a subject above it, or what the sentence before is about."""
        wanted = frozenset({Kind.PERSON}) if pronoun.lower_ in self.cards.personal_pronouns else _BODIES
        kinds = kinds & wanted
        if not kinds:
            return None
        as_object = pronoun.dep_ in {"dobj", "pobj", "dative"}
        topic = self._subject_above(pronoun, kinds if as_object else wanted, skip_own=pronoun.tag_ != "PRP$")
        topic = topic or self._only(pronoun.sent.start, pronoun.i, kinds) or self._topic_before(pronoun, wanted, kinds)
        return topic if topic is not None and kind_of(topic) in kinds else None

    def _subject_above(self, pronoun: Token, wanted: frozenset[Kind], *, skip_own: bool) -> Found | None:
        """The subject of a clause that the pronoun stands in; an object never means its own subject."""
        node = pronoun
        for _ in range(_CLIMB):
            if node.head == node:
                return None
            node = node.head
            subject = grammatical_subject(node) if node.pos_ in {"VERB", "AUX"} else None
            if subject is None or subject.i >= pronoun.i or _inside(pronoun, subject):
                continue
            found = None if skip_own else self._named_topic(subject, wanted)
            skip_own = False
            if found is not None:
                return found
        return None

    def _named_topic(self, subject: Token, wanted: frozenset[Kind]) -> Found | None:
        return next(iter(self.entities(subject, wanted)), None) if not self.is_pronoun(subject) else None

    def _topic_before(self, pronoun: Token, wanted: frozenset[Kind], kinds: frozenset[Kind]) -> Found | None:
        """What the last sentence is about: its main subject, or the only name in it of a fitting kind."""
        number = self.parsed.sentence_index(pronoun.i)
        if number == 0:
            return None
        last = self.parsed.sentences[number - 1]
        subjects = [child for child in last.root.lefts if child.dep_ in {"nsubj", "nsubjpass"}]
        topics = (self._named_topic(subject, wanted - {Kind.PLACE}) for subject in reversed(subjects))
        return next((topic for topic in topics if topic is not None), None) or self._only(last.start, last.end, kinds)

    def _only(self, start: int, end: int, kinds: frozenset[Kind]) -> Found | None:
        """The last of the groups, forces or persons between two tokens, if their names all name one."""
        named = [m for m in self.mentions.within(start, end) if is_named(m) and kind_of(m) in kinds - {Kind.PLACE}]
        referents = {m.name if m.referent is None else m.referent.name for m in named}
        return named[-1] if len(referents) == 1 else None

    def person(self, token: Token) -> Found | None:
        """A person by name whom no mention covers: two proper nouns or more in a role that only people have."""
        start = token.i
        while start > token.sent.start and self.parsed.doc[start - 1].head == token and (
                self.parsed.doc[start - 1].pos_ in {"PROPN", "PUNCT"}) and self.parsed.doc[start - 1].text != ",":
            start -= 1
        words = self.parsed.doc[start:token.i + 1]
        proper = len(words) > 1 and all(word.pos_ == "PROPN" or word.tag_ == "HYPH" for word in words) and (
            words[0].text[:1].isupper() and words[-1].text[:1].isupper())
        if not proper or self.mentions.within(start, token.i + 1) or self.mentions.at(start) is not None:
            return None
        name = self.parsed.quote(start, token.i + 1)
        if name not in self._persons:
            self._persons[name] = Referent(Kind.PERSON, name)
        return Found(start, token.i + 1, token.i, Kind.PERSON, "relations.person", name=name,
                     referent=self._persons[name])
