"""Mentions that describe without naming: "gunmen", "the group", "12 soldiers", "a police checkpoint", "the convoy"."""

from __future__ import annotations

from kg.extract.mentions import Found, Mentions
from kg.extract.name_words import NameWords
from kg.extract.tokens import Tokens
from kg.extract.weaponsigns import goes_off
from kg.records import Kind

_MARKS = {"-", '"', "“", "'", "‘"}
_NO_MODIFIERS = {"PRP$", "POS", "JJR", "JJS", "WDT", "DT", "CD"}
_MODIFIERS = {"amod", "compound", "nmod", "npadvmod", "advmod", "punct", "nummod", "poss", "prep", "dep"}


def find_descriptions(tokens: Tokens, named: Mentions, words: NameWords) -> list[Found]:
    """The noun phrases whose head noun the word lists know, where no name stands."""
    found = []
    for i in range(len(tokens)):
        if not _is_noun(tokens, i, words) or named.at(i) is not None or tokens.label[i]:
            continue
        start = phrase_start(tokens, i, named, words)
        kind = Kind.GROUP if _member_of_group(tokens, i, named, words) else noun_kind(tokens, i, start, words)
        if kind is None or (_is_modifier(tokens, i) and not _stands_as_modifier(tokens, i, kind, words)
                            and not (kind is Kind.GROUP and named.at(_after_marks(tokens, i + 1)) is not None)):
            continue
        name = None
        if kind is Kind.FORCE and start == i and _of_a_leader(tokens, i) and named.at(i - 2) is None:
            start, name = i - 2, tokens.quote(i - 2, i + 1)
        elif kind is Kind.PEOPLE and (country := _of_a_country(tokens, i, start, named, words)) is not None:
            kind, name = Kind.FORCE, tokens.quote(country.start, i + 1)
        found.append(Found(start, i + 1, i, kind, f"descriptions.{kind}", name=name,
                           plural=is_plural(tokens, i, words)))
    return found


def _is_noun(tokens: Tokens, i: int, words: NameWords) -> bool:
    """Whether a word is a noun; taggers take "the military" for an adjective that stands alone."""
    alone = tokens.pos[i] == "ADJ" and tokens.dep[i] in {"nsubj", "nsubjpass", "dobj", "pobj"}
    return tokens.pos[i] in {"NOUN", "PROPN"} or (alone and tokens.lower[i] in words.people.force_bare)


def _of_a_country(tokens: Tokens, i: int, start: int, named: Mentions, words: NameWords) -> Found | None:
    """The country whose forces a noun means: "Kandri troops" said with the country's own name."""
    before = named.at(start - 1) if start > 0 else None
    force = {tokens.lower[i], tokens.lemma[i]} & words.people.force_nouns
    return before if force and before is not None and before.link in words.countries else None


def _after_marks(tokens: Tokens, i: int) -> int:
    while i < len(tokens) - 1 and tokens.text[i] in _MARKS:
        i += 1
    return i


def is_plural(tokens: Tokens, i: int, words: NameWords) -> bool:
    """Whether a noun means several: by its form, or as a word for many ("police", "staff")."""
    return tokens.tag[i] in {"NNS", "NNPS"} or tokens.lower[i] in words.people.group_people


def noun_kind(tokens: Tokens, i: int, start: int, words: NameWords) -> Kind | None:
    """What a noun phrase describes, by its head noun and the words before it; None if it is nothing of ours."""
    forms = {tokens.lower[i], tokens.lemma[i]} | _singular(tokens, i, words)
    before = set(tokens.lower[start:i])
    for test, kind in _TESTS:
        if test(tokens, i, forms, before, words):
            return kind
    return None


def _singular(tokens: Tokens, i: int, words: NameWords) -> set[str]:
    """The singular of a plural that was written as a name ("the Bodyguards"), if no name stands beside it."""
    form = tokens.lower[i]
    plural = tokens.pos[i] == "PROPN" and form.endswith("s") and not form.endswith("ss")
    return {form[:-1]} if plural and _alone(tokens, i, words) else set()


def _alone(tokens: Tokens, i: int, words: NameWords) -> bool:
    """Whether a word with a capital has no other beside it, a demonym before it aside."""
    start = i > 0 and not tokens.starts_sentence(i) and tokens.capital(i - 1)
    named = start and tokens.lower[i - 1] not in words.demonyms and not tokens.starts_sentence(i - 1)
    return not named and not (i + 1 < len(tokens) and (tokens.capital(i + 1) or tokens.text[i + 1] == "-"))


def _actor(tokens: Tokens, i: int, forms: set[str], before: set[str], words: NameWords) -> bool:
    people = words.people
    if forms & people.men and (before & people.armed_modifiers or not forms & people.members_only):
        return bool(before & people.armed_modifiers)
    if forms & people.members_only:
        return bool(before & people.militant_modifiers) and not before & people.force_nouns
    return bool(forms & words.actors) and not before & people.harmless_modifiers


def _group(tokens: Tokens, i: int, forms: set[str], before: set[str], words: NameWords) -> bool:
    people = words.people
    if forms & people.force_nouns and before & people.group_force_modifiers:  # "opposition forces"
        return True
    if not forms & people.group_nouns or before & people.other_group_modifiers:
        return False
    if (tokens.capital(i) and before) or _made_of_people(tokens, i, words):
        return False
    if forms & people.force_nouns:
        return bool(before & (people.armed_group_modifiers - people.force_with))
    if before & people.armed_group_modifiers or forms & people.bare_group_nouns:
        return True
    return tokens.determiner(i) in words.names.definite and not before


def _made_of_people(tokens: Tokens, i: int, words: NameWords) -> bool:
    """Whether "of" tells of whom a number of people consists ("a group of tourists")."""
    for child in tokens.children(i):
        if tokens.lower[child] == "of":
            return any(tokens.lemma[part] in words.people.people_of_group for part in tokens.children(child))
    return False


def _force(tokens: Tokens, i: int, forms: set[str], before: set[str], words: NameWords) -> bool:
    people = words.people
    if not forms & people.force_nouns:
        return False
    state = any(word in words.demonyms for word in before) or (not before and _of_a_leader(tokens, i))
    return bool(forms & people.force_bare) or state or bool(before & people.force_with)


def _coalition(tokens: Tokens, i: int, forms: set[str], before: set[str], words: NameWords) -> bool:
    """ "the coalition", "the international coalition", not the ruling one nor one of rebels """
    people = words.people
    others = people.civil_coalitions | people.armed_group_modifiers - people.force_with
    if not forms & people.coalitions or before & others:
        return False
    led = bool(before & people.coalition_modifiers) or any(word in words.demonyms for word in before)
    return led or tokens.determiner(i) in words.names.definite


def _machines(tokens: Tokens, i: int, forms: set[str], before: set[str], words: NameWords) -> bool:
    """ "Kandri jets struck a camp": the force that flies them acts """
    acts = tokens.dep[i] == "nsubj" or (tokens.dep[i] == "pobj" and tokens.dep[tokens.head[i]] == "agent")
    if not forms & words.people.war_machines or not acts:
        return False
    return bool(before & words.people.force_with) or any(word in words.demonyms for word in before)


def _of_a_leader(tokens: Tokens, i: int) -> bool:
    """ "Kole's forces" """
    return i > 1 and tokens.tag[i - 1] == "POS" and tokens.capital(i - 2) and tokens.pos[i - 2] == "PROPN"


def _people(tokens: Tokens, i: int, forms: set[str], before: set[str], words: NameWords) -> bool:
    plain = tokens.pos[i] == "NOUN" or not tokens.capital(i) or bool(_singular(tokens, i, words))
    return bool(forms & words.people.people) and plain


def _facility(tokens: Tokens, i: int, forms: set[str], before: set[str], words: NameWords) -> bool:
    lists = words.facilities
    if not forms & lists.facilities:
        return False
    return not forms & lists.facilities_qualified or bool(before & lists.facility_qualifiers) or (
        tokens.capital(i) and bool(before))


def _thing(tokens: Tokens, i: int, forms: set[str], before: set[str], words: NameWords) -> bool:
    return bool(forms & words.facilities.things)


def _weapon(tokens: Tokens, i: int, forms: set[str], before: set[str], words: NameWords) -> bool:
    lists = words.facilities
    return bool(forms & lists.weapons) and (
        not forms & lists.weapons_qualified or bool(before & lists.weapon_qualifiers) or goes_off(tokens, i, words))


def _project(tokens: Tokens, i: int, forms: set[str], before: set[str], words: NameWords) -> bool:
    return bool(forms & words.facilities.projects)


def _institution(tokens: Tokens, i: int, forms: set[str], before: set[str], words: NameWords) -> bool:
    people = words.people
    return bool(forms & people.institutions_bare) or (bool(forms & people.institutions) and bool(before))


# Asked in this order: "armed men" are actors before they are people, a "police post" is a facility before a force.
_TESTS = (
    (_actor, Kind.GROUP), (_group, Kind.GROUP), (_machines, Kind.FORCE), (_coalition, Kind.FORCE),
    (_facility, Kind.FACILITY), (_thing, Kind.THING),
    (_weapon, Kind.WEAPON), (_force, Kind.FORCE), (_people, Kind.PEOPLE),
    (_institution, Kind.ORGANIZATION), (_project, Kind.PROJECT),
)


def phrase_start(tokens: Tokens, head: int, named: Mentions, words: NameWords) -> int:
    """Where the modifiers before a noun begin: no determiner, number or quantity, and no name of something else."""
    start = head
    i = head - 1
    while i >= 0 and tokens.sentence[i] == tokens.sentence[head] and _modifies(tokens, i, head, words):
        if named.at(i) is not None:
            break
        start = i
        i -= 1
    if start >= 2 and start < head and tokens.text[start - 1] == "-" and named.at(start - 2) is not None:
        start += 1
    if start < head - 1 and tokens.text[start] == "-" and named.at(start - 1) is not None:
        start += 2  # "a Nairobi-bound bus" is a bus
    while start < head and _trimmed(tokens, start):
        start += 1
    return start


def _trimmed(tokens: Tokens, i: int) -> bool:
    """Whether a phrase does not begin with a token: a mark, an adverb outside a compound."""
    return tokens.text[i] in _MARKS or (tokens.pos[i] == "ADV" and tokens.text[i + 1] != "-")


def _modifies(tokens: Tokens, i: int, head: int, words: NameWords) -> bool:
    if tokens.text[i] == "-":
        return tokens.glued[i] and i > 0
    if tokens.lower[i] in words.facilities.quantifiers or tokens.tag[i] in _NO_MODIFIERS:
        return tokens.tag[i] == "CD" and tokens.text[i + 1] == "-"
    if tokens.pos[i] in {"ADJ", "NOUN", "PROPN", "ADV"} or tokens.tag[i] in {"VBN", "VBG"}:
        return _leads_to(tokens, i, head) and tokens.dep[i] in _MODIFIERS
    return tokens.glued[i + 1] and tokens.text[i + 1] == "-" and tokens.pos[i] in {"ADP", "PART", "X"}


def _leads_to(tokens: Tokens, i: int, head: int) -> bool:
    for _ in range(6):
        if i == head:
            return True
        if tokens.head[i] <= i:
            return False
        i = tokens.head[i]
    return i == head


def _is_modifier(tokens: Tokens, i: int) -> bool:
    """Whether a noun only qualifies another noun that follows."""
    return tokens.dep[i] in {"compound", "amod", "nmod", "npadvmod"} and tokens.head[i] > i


def _stands_as_modifier(tokens: Tokens, i: int, kind: Kind, words: NameWords) -> bool:
    """Whether a modifying noun is a mention of its own: the "mosque" of "mosque attack", not of "mosque committee"."""
    above = tokens.head[i]
    if kind not in {Kind.FACILITY, Kind.THING, Kind.WEAPON, Kind.FORCE} or tokens.pos[above] not in {"NOUN", "PROPN"}:
        return False
    described = {tokens.lower[above], tokens.lemma[above]} & words.described_nouns
    return not described and not (kind is Kind.FORCE and tokens.capital(above))


def _member_of_group(tokens: Tokens, i: int, named: Mentions, words: NameWords) -> bool:
    candidate = Found(i, i + 1, i, Kind.GROUP, "")
    return members_of(tokens, candidate, named, words) is not None


def members_of(tokens: Tokens, mention: Found, mentions: Mentions, words: NameWords) -> Found | None:
    """The named body whose people a description means ("members of the ABC", "suicide bombers from the ABC")."""
    if tokens.lemma[mention.head] not in words.people.member_nouns:
        return None
    for child in tokens.children(mention.head):
        if tokens.lower[child] in words.names.membership_links:
            for part in tokens.children(child):
                owner = mentions.at(part)
                if owner is not None and owner.name and owner.kind is mention.kind:
                    return owner
    return None
