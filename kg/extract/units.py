"""Groups known by the group they belong to: its units ("the ABC's Red Hill column") and factions set beside it."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.mentions import Found, Mentions
from kg.extract.name_words import NameWords
from kg.extract.tokens import Tokens
from kg.records import Kind

_ARTICLES = {"a", "an", "the"}
_LONGEST_NAME = 4
_REACH = 40  # tokens over which "its" looks back for the group whose unit it is


def find_units(tokens: Tokens, bodies: Mentions, words: NameWords) -> Iterator[Found]:
    """Units of a group named by capitalised words and a common noun: "the ABC's Red Hill column"."""
    for i, lemma in enumerate(tokens.lemma):
        if lemma not in words.names.unit_heads or tokens.capital(i) or tokens.pos[i] not in {"NOUN", "PROPN"}:
            continue
        start = _modifiers_start(tokens, i, bodies, words)
        owned = (_owned_before(tokens, start, bodies, words) or _owned_after(tokens, i + 1, bodies)
                 or _one_of(tokens, i + 1, bodies, words))
        if start < i and owned:
            yield Found(start, i + 1, i, Kind.GROUP, "names.unit", name=tokens.quote(start, i + 1))


def _modifiers_start(tokens: Tokens, head: int, bodies: Mentions, words: NameWords) -> int:
    """Where the proper name before a noun begins; the noun itself if none stands there."""
    start = head
    while start > 0 and head - start < _LONGEST_NAME and _proper(tokens, start - 1, bodies, words):
        start -= 1
    while start < head and not tokens.capital(start):
        start += 1
    return start


def _proper(tokens: Tokens, i: int, bodies: Mentions, words: NameWords) -> bool:
    own = tokens.pos[i] == "PROPN" or (tokens.capital(i) and not tokens.starts_sentence(i)) or (
        tokens.tag[i] == "CD" and tokens.text[i].isdigit())
    plain = tokens.lower[i] in words.demonyms or tokens.tag[i] in {"POS", "DT"} or bodies.at(i) is not None
    return own and not plain and not tokens.heading[i]


def _owned_before(tokens: Tokens, start: int, bodies: Mentions, words: NameWords) -> bool:
    """ "the ABC's Red Hill column", "its Red Hill column" where a group was the last body spoken of """
    if start > 0 and tokens.tag[start - 1] == "PRP$":
        near = [m for i in range(max(start - _REACH, 0), start) if (m := bodies.at(i)) is not None]
        group = near[-1] if near and near[-1].kind is Kind.GROUP else None
        return group is not None and words.people.force_nouns.isdisjoint(tokens.lower[group.end:start])
    owner = bodies.at(start - 2) if start > 1 and tokens.tag[start - 1] == "POS" else None
    return owner is not None and owner.kind is Kind.GROUP


def _one_of(tokens: Tokens, end: int, bodies: Mentions, words: NameWords) -> bool:
    """ "the Red Hill column, another of the ABC's units" """
    after = end + 1
    if after >= len(tokens) or tokens.text[end] != "," or tokens.lower[after] not in words.names.one_of:
        return False
    return _owned_after(tokens, after + 1, bodies)


def _owned_after(tokens: Tokens, end: int, bodies: Mentions) -> bool:
    if end + 1 >= len(tokens) or tokens.lower[end] != "of":
        return False
    at = end + 1 + (tokens.lower[end + 1] in _ARTICLES)
    owner = bodies.at(at) if at < len(tokens) else None
    return owner is not None and owner.kind is Kind.GROUP


def find_apposed_groups(tokens: Tokens, bodies: Mentions, words: NameWords) -> Iterator[Found]:
    """Names said to be a faction of a group: "Red Hill, a splinter of the ABC,"."""
    for i, word in enumerate(tokens.lower):
        follows = word in _ARTICLES and i > 0 and tokens.text[i - 1] == ","
        if not follows or not _says_faction(tokens, i + 1, bodies, words):
            continue
        start, end = _name_before(tokens, i - 1, bodies, words)
        if start < end:
            yield Found(start, end, tokens.root(start, end), Kind.GROUP, "names.apposed", name=tokens.quote(start, end))


def _says_faction(tokens: Tokens, at: int, bodies: Mentions, words: NameWords) -> bool:
    """Whether the phrase from a token on has a noun for a faction, and a group right before it or after its "of"."""
    for i in range(at, min(at + 5, len(tokens))):
        body = bodies.at(i)
        if tokens.lemma[i] in words.names.splinter_nouns and tokens.pos[i] == "NOUN":
            before = bodies.at(i - 1)
            owned = i > at and before is not None and before.kind is Kind.GROUP
            return owned or _owned_after(tokens, i + 1, bodies)
        if body is None and not (tokens.pos[i] in {"ADJ", "NOUN", "ADV", "PUNCT", "PROPN"} and tokens.text[i] != ","):
            return False
    return False


def find_short_names(tokens: Tokens, bodies: Mentions, words: NameWords) -> Iterator[Found]:
    """A group by the head word of its name alone: "the Front", "the Tigers", once only one named has that word."""
    heads = words.heads - words.names.force_heads
    for i, word in enumerate(tokens.lower):
        plain = word in words.names.short_in_lower_case or (tokens.capital(i) and word in heads)
        if not plain or i == 0 or tokens.lower[i - 1] != "the" or bodies.at(i) is not None or tokens.heading[i]:
            continue
        ends = i + 1 == len(tokens) or not (tokens.capital(i + 1) or _goes_on(tokens, i + 1, words))
        before = {m.link or m.name: m for m in bodies if m.end <= i and m.kind is Kind.GROUP
                  and word in _capitals(tokens, m)}
        if ends and len(before) == 1 and not _names_another(tokens, word, i, bodies):
            group = next(iter(before.values()))
            yield Found(i, i + 1, i, Kind.GROUP, "names.short", name=group.name, link=group.link)


def _goes_on(tokens: Tokens, i: int, words: NameWords) -> bool:
    """Whether a complement makes another name of a head word: "the Tigers of Kandria", not "the Tigers of killing"."""
    if tokens.lower[i] not in words.names.complements:
        return False
    after = i + 1 + (i + 1 < len(tokens) and tokens.lower[i + 1] == "the")
    return after < len(tokens) and tokens.tag[after] != "VBG"


def _capitals(tokens: Tokens, mention: Found) -> set[str]:
    """The capitalised words of a mention and of its name in lower case."""
    said = [*tokens.text[mention.start:mention.end], *(mention.name or "").split()]
    return {word.strip("()").lower() for word in said if word[:1].isupper()}


def _names_another(tokens: Tokens, word: str, i: int, bodies: Mentions) -> bool:
    """Whether a body that is no group bears the word, too, named or not ("the Meadow party")."""
    said = (j for j in range(1, i) if tokens.lower[j] == word and bodies.at(j) is None)
    others = (m for m in bodies if m.kind is not Kind.GROUP and m.end <= i)
    return any(tokens.lower[j - 1] != "the" for j in said) or any(word in _capitals(tokens, m) for m in others)


def _name_before(tokens: Tokens, end: int, bodies: Mentions, words: NameWords) -> tuple[int, int]:
    """The run of capitalised words that ends at a comma, if it begins a clause's noun phrase and no body holds it."""
    start = end
    while start > 0 and end - start < 2 * _LONGEST_NAME and tokens.sentence[start - 1] == tokens.sentence[end] and (
            bodies.at(start - 1) is None) and (tokens.capital(start - 1) or _hyphen(tokens, start - 1)):
        start -= 1
    while start < end and (tokens.pos[start] in {"DET", "ADP", "SCONJ", "ADV", "PUNCT", "PRON"} or
                           tokens.lower[start] in words.names.not_initial):
        start += 1
    return start, end


def _hyphen(tokens: Tokens, i: int) -> bool:
    return tokens.text[i] == "-" and tokens.glued[i]
