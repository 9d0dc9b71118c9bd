"""Finds which entity a noun or a pronoun beside a trigger stands for, and how far a phrase or a clause reaches."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.grammar import antecedent, grammatical_subject, prepositional_of
from kg.extract.language import Parsed
from kg.extract.mentions import Found, Mentions, Referent
from kg.extract.relation_cards import RelationCards
from kg.extract.relation_phrases import phrase
from kg.extract.syntax import Span, Token
from kg.records import Kind

_BEFORE_NOUN = {"det", "amod", "compound", "nmod", "nummod", "poss", "case", "punct", "advmod"}
_CLOSING = {")", "]", '"', "”"}
_NOT_BESIDE = {"nsubj", "nsubjpass", "conj"}
# What "it" and "they" may mean: one of these named as the topic keeps the pronoun from meaning another.
_BODIES = frozenset({Kind.GROUP, Kind.FORCE, Kind.ORGANIZATION, Kind.PLACE})
_CLIMB = 6
_BACK = 3  # sentences before it that a possessive may look back over
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
        self._bodies: dict[str, Referent] = {}

    def entities(self, token: Token, kinds: frozenset[Kind], *, unnamed: bool = False) -> list[Found]:
        """The mentions of some kinds that a noun stands for: its own, or that of what it describes.

        A pronoun stands for a mention before it, if it is clear which one.
        """
        token = antecedent(token)
        found = self.mentions.at(token.i)
        if found is not None and is_specific(found, self.parsed):
            return [found] if self.fits(found, kinds) else []
        if token.lower_ in self.cards.reflexives:  # "…, itself linked to Red Path"
            above = self.before_comma(token.i - 1)
            return [above] if above is not None and self.fits(above, kinds) else []
        if self.is_pronoun(token):
            meant = self._meant(token, kinds)
            return [meant] if meant is not None else []
        if kinds & _SAID_WHOSE and self._is_body(token):
            return [found or self._body(token)]
        others = (self.mentions.at(o.i) or (self._body(o) if self._is_body(o) else None) for o in self._same(token))
        named = [other for other in others if other is not None and is_named(other) and self.fits(other, kinds)]
        if named:
            return named[:1]
        return [found] if found is not None and unnamed and kind_of(found) in kinds else []

    def holders(self, token: Token, kinds: frozenset[Kind]) -> list[Found]:
        """Who holds or sends what a noun means: "Red Path positions", "Kandri-led coalition air strikes"."""
        if token.lemma_.lower() not in self.cards.holdings:
            return []
        before = (word for child in token.lefts for word in child.subtree)
        held = (m for word in before if (m := self.mentions.at(word.i)) is not None and m.head == word.i)
        return [m for m in held if is_specific(m, self.parsed) and self.fits(m, kinds)][-1:]

    def is_party(self, mention: Found) -> bool:
        """Whether a mention is somebody in particular: named, of a state's force, or "the coalition"."""
        return is_specific(mention, self.parsed) or self._is_body(self.parsed.tokens[mention.head])

    def _is_body(self, token: Token) -> bool:
        """Whether a noun means an armed body that no mention covers: "the coalition", "the US-led alliance"."""
        if token.lemma_.lower() not in self.cards.bodies:
            return False
        before = {word.lower_ for child in token.lefts for word in child.subtree}
        sure = any(child.dep_ in {"det", "poss", "compound", "amod"} for child in token.lefts)
        return sure and not before & self.cards.not_bodies

    def _body(self, token: Token) -> Found:
        """The armed body that a noun means, by the words before it."""
        inside = [child.i for child in token.lefts
                  if child.dep_ in {"amod", "compound"} and child.i == child.left_edge.i]
        start = min(inside, default=token.i)
        name = self.parsed.quote(start, token.i + 1)
        body = self._bodies.setdefault(token.lemma_.lower(), Referent(Kind.FORCE, name))
        return Found(start, token.i + 1, token.i, Kind.FORCE, "relations.body", name=name, referent=body)

    def fits(self, mention: Found, kinds: frozenset[Kind]) -> bool:
        """Whether a mention is of one of the kinds; a body named like a unit or a front may be a group."""
        kind = kind_of(mention)
        return kind in kinds or (kind is Kind.ORGANIZATION and bool(kinds & {Kind.GROUP, Kind.FORCE}) and (
            self.parsed.tokens[mention.head].lemma_.lower() in self.cards.unit_names))

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
        return self.before_comma(first - 1)

    def reduced(self, participle: Token) -> Found | None:
        """The name before a comma and a participle with "by" ("Red Path, led by …") read as a finite verb."""
        by = any(word.lower_ in self.cards.by for word in participle.subtree if word.i > participle.i)
        return self.before_comma(participle.i - 1) if by and participle.tag_ in {"VBD", "VBN"} else None

    def before_comma(self, comma: int) -> Found | None:
        """The name that ends before a comma, its acronym in brackets left aside."""
        if comma < 1 or self.parsed.tokens[comma].text != ",":
            return None
        last = comma - 1
        while last > 0 and self.parsed.tokens[last].text in _CLOSING:
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
            yield self.parsed.tokens[above.head]
        if token.lemma_.lower() in self.cards.within | self.cards.governments:  # "the east of Kandria"
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
        own = pronoun.tag_ == "PRP$"
        above = kinds if pronoun.dep_ in {"dobj", "pobj", "dative"} else wanted
        joined = own and pronoun.i > 1 and self.parsed.tokens[pronoun.i - 1].dep_ == "cc"  # "Red Path and its rival"
        topic = self._named_topic(self.parsed.tokens[pronoun.i - 2], wanted) if joined else None
        topic = topic or self._subject_after(pronoun, wanted) or self._subject_above(pronoun, above, skip_own=not own)
        topic = topic or self._only(pronoun.sent.start, pronoun.i, kinds, owned=pronoun.head)
        topic = topic or self._topic_before(pronoun, wanted, kinds)
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

    def _subject_after(self, pronoun: Token, wanted: frozenset[Kind]) -> Found | None:
        """The subject that a possessive in a phrase before it looks forward to: "In its statement, Red Path …"."""
        if pronoun.tag_ != "PRP$":
            return None
        node = pronoun
        while node.head != node and node.head.pos_ not in {"VERB", "AUX"}:
            node = node.head
        if node.dep_ != "prep" or node.i != node.sent.start:
            return None
        subject = grammatical_subject(node.head)
        return self._named_topic(subject, wanted) if subject is not None and subject.i > pronoun.i else None

    def _named_topic(self, subject: Token, wanted: frozenset[Kind]) -> Found | None:
        return next(iter(self.entities(subject, wanted)), None) if not self.is_pronoun(subject) else None

    def _topic_before(self, pronoun: Token, wanted: frozenset[Kind], kinds: frozenset[Kind]) -> Found | None:
        """What the last sentence is about: its main subject, or the only name in it of a fitting kind."""
        number = self.parsed.sentence_index(pronoun.i)
        if number == 0:
            return None
        last = self.parsed.sentences[number - 1]
        subjects = [child for child in last.root.lefts if child.dep_ in {"nsubj", "nsubjpass"}]
        if any(subject.pos_ == "PROPN" and self.mentions.at(subject.i) is None for subject in subjects):
            return None  # about somebody whom no rule knows
        topics = (self._named_topic(subject, wanted - {Kind.PLACE}) for subject in reversed(subjects))
        near = next((topic for topic in topics if topic is not None), None) or self._only(last.start, last.end, kinds)
        if near is None and pronoun.tag_ == "PRP$" and not self._others(last, kinds):
            first = self.parsed.sentences[max(number - _BACK, 0)]
            return self._only(first.start, last.start, kinds)
        return near

    def _others(self, sentence: Span, kinds: frozenset[Kind]) -> bool:
        """Whether a sentence names anything that a pronoun after it might mean."""
        inside = self.mentions.within(sentence.start, sentence.end)
        return any(is_named(m) and kind_of(m) in kinds - {Kind.PLACE} for m in inside)

    def _only(self, start: int, end: int, kinds: frozenset[Kind], owned: Token | None = None) -> Found | None:
        """The last of the groups, forces or persons between two tokens, if their names all name one.

        What is `owned` is no owner of itself: "a bomber from its Falcon Brigade", the bomber being the brigade's.
        """
        unit = self.mentions.at(owned.i) if owned is not None else None
        part = unit.referent if unit is not None else None
        named = [m for m in self.mentions.within(start, end) if is_named(m) and kind_of(m) in kinds - {Kind.PLACE}
                 and (part is None or m.referent is not part)]
        referents = {m.name if m.referent is None else m.referent.name for m in named}
        return named[-1] if len(referents) == 1 else None

    def misread_person(self, token: Token) -> Found | None:
        """A name taken for an organisation's, in a role that only people have: a person's from now on."""
        found = self.mentions.at(token.i)
        if found is None or found.kind is not Kind.ORGANIZATION or found.name is None or found.link is not None:
            return None
        words = self.parsed.doc[found.start:found.end]
        plain = len(words) > 1 and all(word.text[:1].isupper() and word.text.isalpha() and not word.text.isupper()
                                       for word in words)
        if not plain or words[-1].lower_ in self.cards.unit_names or words[0].dep_ == "det":
            return None
        if any(word.lower_ in self.cards.institutions for word in words):
            return None
        found.kind = Kind.PERSON
        if found.referent is not None:
            found.referent.kind = Kind.PERSON
        return found

    def named_body(self, token: Token) -> Found | None:
        """A body by name whom no mention covers: proper nouns said to be a part of a group."""
        start, end = phrase(token)
        while start < token.i and self.parsed.tokens[start].pos_ != "PROPN":
            start += 1
        words = self.parsed.doc[start:token.i + 1]
        proper = all(word.pos_ == "PROPN" or word.tag_ == "HYPH" for word in words) and words[0].text[:1].isupper()
        if not proper or end > token.i + 1 or self.mentions.within(start, end) or self.mentions.at(start) is not None:
            return None
        name = self.parsed.quote(start, token.i + 1)
        body = self._bodies.setdefault(name, Referent(Kind.GROUP, name))
        return Found(start, token.i + 1, token.i, Kind.GROUP, "relations.body", name=name, referent=body)

    def person(self, token: Token) -> Found | None:
        """A person by name whom no mention covers: two proper nouns or more in a role that only people have."""
        start = token.i
        while start > token.sent.start and self.parsed.tokens[start - 1].head == token and (
                self.parsed.tokens[start - 1].pos_ in {"PROPN", "PUNCT"}) and self.parsed.tokens[start - 1].text != ",":
            start -= 1
        words = self.parsed.doc[start:token.i + 1]
        proper = len(words) > 1 and all(word.pos_ == "PROPN" or word.tag_ == "HYPH" for word in words) and (
            words[0].text[:1].isupper() and words[-1].text[:1].isupper())
        if not proper or self.mentions.within(start, token.i + 1) or self.mentions.at(start) is not None:
            return None
        name = self.parsed.quote(start, token.i + 1)
        known = self._persons.setdefault(name, Referent(Kind.PERSON, name))
        return Found(start, token.i + 1, token.i, Kind.PERSON, "relations.person", name=name, referent=known)
