"""Persons shown by what is said of them: an age, "who", a role set beside the name, what befalls only people."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.extract.name_words import NameWords
from kg.extract.tokens import Tokens

_QUOTES = {'"', "“", "”", "'", "‘", "’"}
_ROLE_REACH = 5


def shown_spans(
    tokens: Tokens, name_end: Callable[[int], int], words: NameWords
) -> Iterator[tuple[int, int]]:
    """Names of two words or more with such a sign, and single words after "a gunman named"; `name_end` ends a name."""
    i = 0
    while i < len(tokens):
        named = _after_naming(tokens, i, words)
        if not tokens.capital(i) or tokens.heading[i] or not (named or tokens.pos[i] == "PROPN"):
            i += 1
            continue
        end = name_end(i)
        if end > i and (named or _shown(tokens, i, end, words) or _in_commas(tokens, i, end, words)):
            yield i, end
        i = max(end, i + 1)


def may_be_person(tokens: Tokens, start: int, end: int, words: NameWords) -> bool:
    """Whether neither end of a name nor the word before it makes it a street's, a ship's, a campaign's name."""
    people = words.people
    if start >= end or tokens.lower[start] in people.not_first or tokens.lower[end - 1] in people.not_last:
        return False
    pub = start > 0 and tokens.lower[start - 1] == "the" and not tokens.starts_sentence(start)  # "the Mulberry Bush"
    return start == 0 or (tokens.lower[start - 1] not in people.not_after and not pub)


def _shown(tokens: Tokens, start: int, end: int, words: NameWords) -> bool:
    signs = (_who, _aged, _in_a_role, _set_beside, _after_noun, _befallen, _identified)
    if end - start < 2 or not may_be_person(tokens, start, end, words) or not _like_a_person(tokens, start, end, words):
        return False
    return any(sign(tokens, start, end, words) for sign in signs)


def _like_a_person(tokens: Tokens, start: int, end: int, words: NameWords) -> bool:
    """Whether no word of a name tells of a body, a building or a people."""
    inside = set(tokens.lower[start:end])
    alien = inside & (words.heads | words.buildings | words.names.not_initial | words.names.group_prefixes)
    return not alien and tokens.tag[end - 1] != "NNPS" and tokens.pos[end - 1] == "PROPN"


def _after_naming(tokens: Tokens, i: int, words: NameWords) -> bool:
    """Whether a token follows "a gunman called", "a man identified as"."""
    before = i
    while before > 0 and tokens.text[before - 1] in _QUOTES:
        before -= 1
    if tokens.lower[before - 1] not in words.person_naming_ends:
        return False
    people = words.people
    for phrase in words.person_naming:
        noun = before - len(phrase) - 1
        if noun >= 0 and tokens.lower[before - 1] == phrase[-1] and tuple(tokens.lower[noun + 1:before]) == phrase:
            lone = tokens.tag[noun] == "NN" and tokens.lemma[noun] in people.collective_actors | people.men
            return lone or _one_person(tokens, noun, words)
    return False


def _in_commas(tokens: Tokens, start: int, end: int, words: NameWords) -> bool:
    """ "its leader, Idris, " """
    if start < 2 or end >= len(tokens) or tokens.text[start - 1] != "," or tokens.text[end] != ",":
        return False
    noun = start - 2
    role = _one_person(tokens, noun, words) and not tokens.capital(noun)
    beside = tokens.sentence[noun] == tokens.sentence[end] and tokens.dep[end - 1] == "appos"
    return role and beside and _like_a_person(tokens, start, end, words)


def _who(tokens: Tokens, start: int, end: int, words: NameWords) -> bool:
    """ "Ana Ruiz, who led it" """
    at = end + (end < len(tokens) and tokens.text[end] == ",")
    return at < len(tokens) and tokens.lower[at] == "who" and tokens.sentence[at] == tokens.sentence[start]


def _aged(tokens: Tokens, start: int, end: int, words: NameWords) -> bool:
    """ "Ana Ruiz, 34, ", "Ana Ruiz (34)" """
    after = tokens.text[end:end + 3]
    return len(after) == 3 and after[1].isdigit() and len(after[1]) == 2 and after[0] in {",", "("} and (
        after[2] in {",", ")"})


def _in_a_role(tokens: Tokens, start: int, end: int, words: NameWords) -> bool:
    """ "Ana Ruiz, a spokeswoman for …", "Ana Ruiz, the front's commander" """
    if end >= len(tokens) or tokens.text[end] != ",":
        return False
    for i in range(end + 1, min(end + 1 + _ROLE_REACH, len(tokens))):
        if _one_person(tokens, i, words) and start <= tokens.head[i] < end and tokens.dep[i] == "appos":
            return True
        if tokens.text[i] == ",":
            return False
    return False


def _set_beside(tokens: Tokens, start: int, end: int, words: NameWords) -> bool:
    """ "the head of the clinic, Ana Ruiz," """
    return any(tokens.dep[i] == "appos" and tokens.head[i] < start and _one_person(tokens, tokens.head[i], words)
               for i in range(start, end))


def _after_noun(tokens: Tokens, start: int, end: int, words: NameWords) -> bool:
    """ "radical preacher Ana Ruiz" """
    return start > 0 and _one_person(tokens, start - 1, words) and not tokens.capital(start - 1) and (
        start <= tokens.head[start - 1] < end)


def _one_person(tokens: Tokens, i: int, words: NameWords) -> bool:
    people = words.people
    lists = (people.roles, people.people, people.individual_actors, people.person_nouns)
    human = any(tokens.lemma[i].lower() in nouns for nouns in lists)
    return tokens.tag[i] in {"NN", "NNP"} and human and tokens.lemma[i] not in people.group_people


def _befallen(tokens: Tokens, start: int, end: int, words: NameWords) -> bool:
    """ "Ana Ruiz was arrested", "Ana Ruiz married …": the subject of a verb that only people have. """
    for i in range(start, end):
        verb = tokens.head[i]
        if tokens.dep[i] == "nsubjpass" and tokens.lemma[verb] in words.people.person_fates:
            return True
        if tokens.dep[i] == "nsubj" and tokens.lemma[verb] in words.people.person_deeds:
            return True
    return False


def _identified(tokens: Tokens, start: int, end: int, words: NameWords) -> bool:
    """ "The man was identified as Ana Ruiz", "police named the victims as Ana Ruiz and Ann Li". """
    head = tokens.root(start, end)
    while tokens.dep[head] in {"conj", "appos", "nmod"} and tokens.head[head] != head and tokens.dep[head] != "pobj":
        head = tokens.head[head]
    mark = tokens.head[head]
    verb = tokens.head[mark]
    if tokens.dep[head] != "pobj" or tokens.lower[mark] != "as" or (
            tokens.lemma[verb] not in words.people.person_identifying):
        return False
    described = [i for i in tokens.children(verb) if tokens.dep[i] in {"nsubjpass", "dobj"}]
    described += [tokens.head[verb]] if tokens.dep[verb] == "acl" else []
    people = words.people.people | words.people.individual_actors | words.people.collective_actors
    return any(tokens.lemma[i].lower() in people or tokens.pos[i] == "PRON" for i in described)
