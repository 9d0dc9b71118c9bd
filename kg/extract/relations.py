"""Finds the relations that a document states between groups, people, forces, places and things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from kg.extract.findings import Stance
from kg.extract.language import Parsed
from kg.extract.mentions import Found, Mentions
from kg.extract.relation_cards import Card, RelationCards, Slot, load_relation_cards
from kg.extract.relation_ends import is_named, kind_of
from kg.extract.relation_phrases import clause, phrase, with_complement
from kg.extract.relation_roles import Roles
from kg.extract.stance import StanceWords, stance_of
from kg.extract.syntax import Token
from kg.records import Kind

__all__ = ["FoundRelation", "RelationCards", "find_relations", "load_relation_cards"]

_GROUPS = frozenset({Kind.GROUP})
_REAL = {"asserted", "alleged", "denied"}
_INTENDED = {"planned", "threatened"}
_FREE = 8  # tokens between trigger and an end that cost nothing
_DECAY = 0.985  # confidence kept per further token; long paths are where parsers err
_ALLEGED = 0.7
_HYPHENS = {"-", "–", "‐"}
_TITLED = {"holder", "given"}  # who has a title that only people have
_INFINITIVES = {"infinitive", "stated"}
_CLAUSES = {*_INFINITIVES, "clause", "mandative", "wanted", "standing"}

End = Found | tuple[int, int]


@dataclass(slots=True, kw_only=True)
class FoundRelation:
    """A relation as one sentence states it; `object` is a mention or the tokens of a thing without one.

    `trigger` is the token that states it, `rule` the id of the card, `status` asserted, alleged, denied or former.
    """

    predicate: str
    subject: Found
    object: End
    trigger: int
    status: str
    stance: Stance
    rule: str
    confidence: float


def find_relations(
    parsed: Parsed, mentions: Mentions, cards: RelationCards, stance_words: StanceWords
) -> list[FoundRelation]:
    """The relations of a document in text order; each predicate holds once between two ends in a sentence.

    Relations that are only planned, threatened or hypothetical are left out; denied and former ones are kept as such.
    """
    roles = Roles(parsed, mentions, cards)
    found: list[FoundRelation] = []
    for token in parsed.tokens:
        for card in _cards_of(token, cards.by_word):
            found += _stated(card, token, roles, stance_words)
    for card in cards.cards:
        if card.form == "possessive":
            owned = "possessor" in card.object.role  # "the group's armed wing": the part may be a mere description
            for mention in (m for m in mentions if owned or m.name is not None):
                found += _stated(card, parsed.tokens[mention.head], roles, stance_words)
    return _distinct(parsed, found)


def _cards_of(token: Token, by_word: dict[str, list[Card]]) -> list[Card]:
    """The cards that a token may trigger, by its lemma or, for what lemmatisers disagree on, its form."""
    lemma, form = token.lemma_.lower(), token.lower_
    if lemma not in by_word and form not in by_word:
        return []
    candidates = {card.id: card for word in (lemma, form) for card in by_word.get(word, ())}
    return [card for card in candidates.values() if _fits_form(card, token)]


def _fits_form(card: Card, token: Token) -> bool:
    if card.form == "verb":
        after_noun = token.tag_ in {"VBN", "VBG"} and token.dep_ in {"acl", "advcl", "prep"}
        if token.dep_ == "relcl" and any(child.dep_ == "nsubj" for child in token.lefts):  # "which Kandria regard as"
            return True
        return after_noun or (token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"amod", "aux", "auxpass"})
    if card.form == "noun":
        misread = token.tag_ in {"VBG", "VBZ"} and token.dep_ in {"nsubj", "nsubjpass", "pobj", "dobj"}
        return token.pos_ in {"NOUN", "PROPN"} or misread
    if card.form == "adjective":
        return token.pos_ in {"ADJ", "VERB", "ADV"}
    if card.form == "prefix":
        return token.i + 2 < len(token.doc) and token.nbor(1).text in _HYPHENS
    return card.form == "hyphen" and token.i >= 2 and token.nbor(-1).text in _HYPHENS


def _stated(card: Card, trigger: Token, roles: Roles, stance_words: StanceWords) -> Iterator[FoundRelation]:
    """What one card reads at one trigger: every subject with every object."""
    if not _conditions(card, trigger):
        return
    subjects = [end for end in _ends(card.subject, trigger, roles) if isinstance(end, Found)]
    objects = list(_ends(card.object, trigger, roles)) if subjects else []
    pairs = [pair for pair in product(subjects, objects) if _distinct_ends(*pair) and _concerns(card, pair, roles)]
    if not pairs:
        return
    stance = stance_of(roles.parsed, roles.mentions, trigger.i, stance_words)
    read = "asserted" if card.intended and stance.status in _INTENDED else stance.status
    if read not in _REAL or read in card.drop:
        return
    for subject, other in pairs:
        if card.mutual and isinstance(other, Found) and Kind.GROUP not in {kind_of(subject)} and _is_group(other):
            subject, other = other, subject
        status = read
        if status == "asserted" and roles.is_former(trigger, subject):
            status = "former"
        yield FoundRelation(
            predicate=card.predicate, subject=subject, object=other, trigger=trigger.i, status=status, stance=stance,
            rule=card.id, confidence=_confidence(card, trigger, subject, other, status),
        )


def _is_group(mention: Found) -> bool:
    return kind_of(mention) is Kind.GROUP


def _conditions(card: Card, trigger: Token) -> bool:
    if not _hangs(card, trigger) or not _described(card, trigger):
        return False
    if card.infinitive and trigger.dep_ != "pcomp" and not _infinitive(trigger):
        return False
    if card.with_ or card.without:
        near = _words_below(trigger)
        if (card.with_ and not card.with_ & near) or card.without & near:
            return False
    return not card.lasting or _lasting(trigger)


def _words_below(trigger: Token) -> set[str]:
    """The words that hang on a trigger or, of its complements, on what hangs on it."""
    near = {child.lemma_.lower() for child in trigger.children} | {child.lower_ for child in trigger.children}
    for child in trigger.children:
        if child.dep_ in {"dobj", "attr", "oprd", "acomp", "prep", "xcomp", "nsubjpass", "agent", "ccomp"}:
            near |= {inner.lemma_.lower() for inner in child.children}
            near |= {deep.lemma_.lower() for inner in child.children for deep in inner.children}
            # "designated Red Path and Green Hand as terrorist groups": the phrase may hang on the last of them.
            near |= {low.lemma_.lower() for word in child.subtree if word.lower_ == "as" for low in word.subtree}
    return near


def _infinitive(verb: Token) -> bool:
    """Whether "to" stands before a verb or before the verb it is listed after ("to degrade and destroy")."""
    listed = verb.head if verb.dep_ == "conj" and verb.tag_ == "VB" else verb
    return any(child.tag_ == "TO" for word in (verb, listed) for child in word.lefts)


def _hangs(card: Card, trigger: Token) -> bool:
    """Whether a trigger hangs on a verb that its card asks for."""
    if not card.beneath or (card.form == "noun" and trigger.dep_ != "pobj"):
        return True
    return (trigger.head.head if trigger.dep_ == "pobj" else trigger.head).lemma_ in card.beneath


def _described(card: Card, trigger: Token) -> bool:
    """Whether the words right before a noun are what its card asks for: "deputy leader"."""
    if not card.modified and not card.unmodified:
        return True
    before = {child.lower_ for child in trigger.lefts if child.dep_ in {"amod", "compound", "nmod"}}
    before |= {inner.lower_ for child in trigger.lefts for inner in child.lefts if child.dep_ in {"amod", "compound"}
               and child.i == trigger.i - 1 and inner.dep_ in {"amod", "advmod"}}
    return not (card.unmodified & before) and (not card.modified or bool(card.modified & before))


def _lasting(verb: Token) -> bool:
    """Whether a verb form tells of more than one occasion: not the simple past, and of passives not the past."""
    if verb.tag_ in {"VBG", "VBZ", "VBP"} or (verb.tag_ == "VBN" and verb.dep_ == "acl"):
        return True
    helping = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    return any(child.lemma_ in {"have", "continue"} or (child.dep_ == "auxpass" and child.tag_ in {"VBZ", "VBP"})
               for child in helping)


def _ends(slot: Slot, trigger: Token, roles: Roles) -> Iterator[End]:
    """What fills a slot: the first of its roles that gives anything."""
    for role in slot.role:
        ends = [end for token in roles.tokens(role, trigger) for end in _fillers(slot, token, role, roles)]
        if ends:
            yield from ends
            return


def _fillers(slot: Slot, token: Token, role: str, roles: Roles) -> Iterable[End]:
    if token.lemma_.lower() in slot.not_heads:
        return []
    if role in _CLAUSES:
        whole = phrase(token) if role in _INFINITIVES else clause(token)
        fits = not slot.heads or token.lemma_ in slot.heads or role in {"clause", "mandative", "wanted"}
        return [whole] if slot.thing and fits else []
    entities = roles.ends.entities(token, slot.kinds, unnamed=slot.unnamed)
    if slot.through and not any(is_named(end) for end in entities):
        entities = roles.ends.holders(token, slot.kinds) or entities
    return entities or _uncovered(slot, token, role, roles)


def _uncovered(slot: Slot, token: Token, role: str, roles: Roles) -> list[End]:
    """A person by name or the phrase of a noun, if the slot takes them and no mention covers it as something else."""
    covered = roles.mentions.at(token.i)
    if slot.proper and slot.kinds == {Kind.PERSON}:
        person = roles.ends.person(token) or (roles.ends.misread_person(token) if role in _TITLED else None)
        return [person] if person is not None else []
    if slot.proper and Kind.GROUP in slot.kinds and role == "holder":
        body = roles.ends.named_body(token)
        return [body] if body is not None else []
    if slot.proper and covered is None and token.pos_ == "PROPN" and not any(c.dep_ == "det" for c in token.lefts):
        return [phrase(token)]
    free = covered is None or covered.kind in {Kind.THING, Kind.EVENT} or (bool(slot.heads) and covered.name is None)
    if not slot.thing or not free or token.pos_ not in {"NOUN", "PROPN"}:
        return []
    whole = with_complement(phrase(token), token, roles.cards.complements)
    return [whole] if not slot.heads or token.lemma_.lower() in slot.heads else []


def _distinct_ends(subject: Found, other: End) -> bool:
    """Whether two ends are two: not the same mention, entity or name."""
    if not isinstance(other, Found):
        return True
    if subject is other or (subject.referent is not None and subject.referent is other.referent):
        return False
    return subject.name is None or subject.name != other.name


def _concerns(card: Card, pair: tuple[Found, End], roles: Roles) -> bool:
    """Whether a pair concerns the conflict: one end is a group or a force; only of groups is a mere thing an end."""
    subject, other = pair
    if not isinstance(other, Found):
        return roles.ends.fits(subject, _GROUPS) and is_named(subject)
    if card.civil and roles.of_conflict and is_named(subject) and is_named(other):
        return True
    return any(kind_of(end) in roles.cards.concerns and roles.ends.is_party(end) for end in (subject, other))


def _confidence(card: Card, trigger: Token, subject: Found, other: End, status: str) -> float:
    """The card's prior, less for an allegation and for ends far from the trigger."""
    place = other.head if isinstance(other, Found) else other[0]
    far = sum(max(0, abs(end - trigger.i) - _FREE) for end in (subject.head, place))
    return round(card.confidence * (_ALLEGED if status == "alleged" else 1.0) * _DECAY ** far, 3)


def _distinct(parsed: Parsed, found: list[FoundRelation]) -> list[FoundRelation]:
    """Of relations with the same predicate and ends in a sentence, the most confident one."""
    best: dict[tuple[str, int, int, int], FoundRelation] = {}
    for relation in found:
        other = relation.object.start if isinstance(relation.object, Found) else relation.object[0]
        key = (relation.predicate, parsed.sentence_index(relation.trigger), relation.subject.start, other)
        if key not in best or relation.confidence > best[key].confidence:
            best[key] = relation
    return sorted(best.values(), key=lambda relation: (relation.trigger, relation.predicate))
