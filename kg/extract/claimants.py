"""Groups that a text names without any word of a group's name: who claims responsibility, who "calls itself" so."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.mentions import Found, Mentions
from kg.extract.name_words import NameWords
from kg.extract.tokens import Tokens
from kg.records import Kind

_QUOTES = {'"', "“", "”", "'", "‘", "’", "_"}
_SUBJECTS = {"nsubj", "agent"}
_ARTICLES = {"the", "as"}
# Rules that leave the kind of a body open.
_OPEN_RULES = frozenset({"names.grammar", "names.spelled"})


def find_claimants(tokens: Tokens, named: Mentions, words: NameWords) -> Iterator[Found]:
    """The capitalised names in those two places that no other rule explains; a place or a person is never one.

    A body there that was taken for an organisation for want of evidence becomes a group, wherever it stands.
    """
    for i in range(len(tokens)):
        start = _subject_of_claim(tokens, i, words)
        if start is None:
            start = _after_naming(tokens, i, words)
        if start is None:
            continue
        if (body := named.at(start)) is not None and body.rule in _OPEN_RULES and body.kind is Kind.ORGANIZATION:
            for same in [m for m in named if m.name == body.name and m.rule in _OPEN_RULES]:
                same.kind = Kind.GROUP
            continue
        begin, end = _capitals(tokens, start)
        if end > begin and len(tokens.text[begin]) > 1 and not any(named.at(j) is not None for j in range(begin, end)):
            head, name = tokens.root(begin, end), tokens.quote(begin, end)
            yield Found(begin, end, head, Kind.GROUP, "names.claimant", name=name)


def _subject_of_claim(tokens: Tokens, i: int, words: NameWords) -> int | None:
    """The subject of "claim responsibility", by the token of its object."""
    verb = tokens.head[i]
    if tokens.lemma[i] not in words.names.claimed_nouns or tokens.lemma[verb] not in words.names.claiming_verbs:
        return None
    return next((child for child in tokens.children(verb) if tokens.dep[child] in _SUBJECTS), None)


def _after_naming(tokens: Tokens, i: int, words: NameWords) -> int | None:
    """The token after a naming phrase ("calling itself") whose subject is a word for a group."""
    for phrase in words.naming_phrases:
        if tokens.lower[i] != phrase[0] or tuple(tokens.lower[i:i + len(phrase)]) != phrase:
            continue
        before = [tokens.lemma[j] for j in range(max(0, i - 3), i)]
        after = i + len(phrase)
        while after < len(tokens) and (tokens.text[after] in _QUOTES or tokens.lower[after] in _ARTICLES):
            after += 1
        known = any(word in words.people.group_nouns or word in words.actors for word in before)
        return after if known and after < len(tokens) else None
    return None


def _capitals(tokens: Tokens, at: int) -> tuple[int, int]:
    """The run of capitalised words around a token, without a leading article."""
    begin = end = at
    while end < len(tokens) and tokens.capital(end) and tokens.sentence[end] == tokens.sentence[at]:
        end += 1
    while begin > 0 and tokens.capital(begin - 1) and tokens.sentence[begin - 1] == tokens.sentence[at]:
        begin -= 1
    while begin < end and tokens.pos[begin] in {"DET", "PRON", "ADP", "SCONJ", "ADV"}:
        begin += 1
    common = tokens.pos[at] != "PROPN" and begin + 1 == end and tokens.starts_sentence(begin)
    return (begin, end) if end > at and not common else (at, at)
