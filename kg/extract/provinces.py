"""Names made from a group's name: its provinces ("X – Y Province") and its factions ("X faction Y")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kg.extract.gazetted import known_name
from kg.extract.mentions import Found, Mentions
from kg.extract.name_words import NameWords
from kg.extract.tokens import Tokens
from kg.gazetteer import Gazetteer
from kg.records import Kind

_JOINTS = {"-", "–", "—", "'s", "’s", "in"}
_QUOTES = {'"', "“", "‘", "'", "_", "*"}
_LONGEST_TAIL = 4


def find_provinces(
    tokens: Tokens, groups: list[Found], gazetteer: Gazetteer, countries: Counter[str], words: NameWords
) -> list[Found]:
    """A known group's name together with the province that follows it."""
    found = []
    for group in groups:
        end = _province_end(tokens, group.end, words) if group.kind is Kind.GROUP else None
        if end is None:
            continue
        tail = " ".join(word for word in tokens.text[group.end:end] if word not in _JOINTS)
        row = known_name(gazetteer, f"{group.name} {tail}", countries, words) or known_name(
            gazetteer, tokens.quote(group.start, end), countries, words)
        name = row.name if row else f"{group.name} {tail}"
        found.append(Found(group.start, end, tokens.root(group.start, end), Kind.GROUP, "names.province",
                           name=name, link=row.id if row else None))
    return found


def _province_end(tokens: Tokens, start: int, words: NameWords) -> int | None:
    i = start
    while i < min(len(tokens), start + _LONGEST_TAIL):
        if tokens.lower[i] in words.names.province_nouns and i > start and tokens.capital(i):
            return i + 1
        if not (tokens.capital(i) or tokens.text[i] in _JOINTS):
            return None
        i += 1
    return None


def find_factions(
    tokens: Tokens, bodies: Mentions, gazetteer: Gazetteer, countries: Counter[str], words: NameWords
) -> Iterator[Found]:
    """A capitalised name right after "<group> faction", quotes and marks aside; a known row if the two make one."""
    for group in bodies:
        at = group.end
        if group.kind is not Kind.GROUP or at >= len(tokens) or tokens.lower[at] not in words.names.faction_nouns:
            continue
        start = at + 1
        while start < len(tokens) and tokens.text[start] in _QUOTES:
            start += 1
        end = start
        while end < len(tokens) and _name_goes_on(tokens.text[end], first=end == start):
            end += 1
        if end == start or bodies.at(start) is not None:
            continue
        own = tokens.quote(start, end).strip("_")
        both = known_name(gazetteer, f"{group.name} {own}", countries, words)
        row = both or known_name(gazetteer, own, countries, words)
        yield Found(start, end, end - 1, Kind.GROUP, "names.faction", name=row.name if row else own,
                    link=row.id if row else None)


def _name_goes_on(word: str, *, first: bool) -> bool:
    return word.strip("_")[:1].isupper() or (word == "-" and not first)
