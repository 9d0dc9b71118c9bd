"""Acronyms that a text introduces: "Long Name (LN)", "LN [Long Name]", "Long Name, or LN,"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.mentions import Mentions
from kg.extract.name_words import NameWords
from kg.extract.tokens import Tokens
from kg.gazetteer import Gazetteer
from kg.records import Kind

_SHORT = re.compile(r"[A-Z](?:[A-Za-z0-9&.\-]{0,8}[A-Z0-9])$")
_OPEN, _CLOSE = {"(", "["}, {")", "]"}


@dataclass(frozen=True, slots=True)
class Introduction:
    """An acronym at tokens `at` to `at_end` and the words it stands for, at tokens `start` to `end`."""

    form: str
    at: int
    at_end: int
    start: int
    end: int


def is_acronym(form: str) -> bool:
    """Whether a form looks like an acronym: two to ten signs, at least half of its letters capitals."""
    letters = [c for c in form if c.isalpha()]
    return bool(_SHORT.match(form)) and 2 * sum(c.isupper() for c in letters) >= len(letters)


def group_acronyms(gazetteer: Gazetteer) -> list[str]:
    """The known groups' names of capitals alone: parsers take those for words that they do not know, or know ("IS")."""
    forms = {form for entry in gazetteer.entries(Kind.GROUP) for form in (*entry.acronyms, *entry.aliases)}
    return sorted(form for form in forms if len(form) > 1 and form.isalpha() and form.isupper())


def find_introductions(tokens: Tokens) -> list[Introduction]:
    """Acronyms with a long form whose initials they spell, in brackets after it, or before it in brackets."""
    found = []
    for start, end in _brackets(tokens):
        inside = tokens.quote(start, end)
        if is_acronym(inside):
            begin = spelled_from(tokens, inside, start - 1)
            if begin is not None:
                found.append(Introduction(inside, start, end, begin, start - 1))
        elif start >= 2 and _spells_all(tokens, tokens.text[start - 2], start, end):
            found.append(Introduction(tokens.text[start - 2], start - 2, start - 1, start, end))
    return found


def bound_acronyms(tokens: Tokens, names: Mentions, words: NameWords) -> Iterator[Introduction]:
    """Acronyms tied to a name that ends right before them, whatever their letters ("Ejército Azul (XYZ)", "or XYZ")."""
    links = [tuple(link.split()) for link in words.names.alias_links]
    for mention in names:
        at = mention.end
        if at < len(tokens) and tokens.text[at] in _OPEN:
            at += 1
            end = _piece_end(tokens, at)
            closed = end < len(tokens) and tokens.text[end] in _CLOSE | {",", ";"}
        else:
            at = _after_link(tokens, at, links)
            end = _piece_end(tokens, at) if at else 0
            closed = bool(at)
        if closed and end > at and is_acronym(tokens.quote(at, end)):
            yield Introduction(tokens.quote(at, end), at, end, mention.start, mention.end)


def spelled_from(tokens: Tokens, short: str, end: int) -> int | None:
    """Where the words before token `end` begin whose initials spell an acronym (after Schwartz and Hearst, 2003).

    Every capitalised word must give its initial, and may give one more letter; words in lower case may be passed over.
    """
    letters = [c.lower() for c in short if c.isalnum()]
    if end < 1 or len(letters) < 2:
        return None
    lowest = max(tokens.parsed.sentences[tokens.sentence[end - 1]].start, end - 2 * len(letters) - 5)
    for place in range(end - 1, lowest - 1, -1):
        taken = _letters_given(tokens.lower[place], letters)
        if not taken and tokens.capital(place):
            return None
        letters = letters[:len(letters) - taken]
        if not letters:
            return place if tokens.capital(place) else None
    return None


def _letters_given(word: str, letters: list[str]) -> int:
    """How many of the last letters a word gives: its initial, or its initial and one letter within."""
    if word[:1] == letters[-1]:
        return 1
    return 2 if len(letters) > 1 and word[:1] == letters[-2] and letters[-1] in word[1:] else 0


def _spells_all(tokens: Tokens, short: str, start: int, end: int) -> bool:
    return is_acronym(short) and tokens.capital(start) and spelled_from(tokens, short, end) == start


def _brackets(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """The tokens inside each short pair of brackets."""
    for i, word in enumerate(tokens.text):
        if word not in _OPEN:
            continue
        for j in range(i + 1, min(i + 12, len(tokens))):
            if tokens.text[j] in _CLOSE:
                if j > i + 1:
                    yield i + 1, j
                break


def _piece_end(tokens: Tokens, at: int) -> int:
    """The end of the unbroken string of tokens that begins at a token ("FARC-EP" may be three)."""
    end = at + 1
    while end < len(tokens) and tokens.glued[end] and (tokens.text[end] == "-" or tokens.text[end - 1] == "-"):
        end += 1
    return min(end, len(tokens))


def _after_link(tokens: Tokens, at: int, links: list[tuple[str, ...]]) -> int:
    """The token after a link such as ", also known as the"; 0 if there is none."""
    if at < len(tokens) and tokens.text[at] == ",":
        at += 1
    for link in links:
        end = at + len(link)
        if tuple(tokens.lower[at:end]) == link:
            return end + 1 if end < len(tokens) and tokens.lower[end] == "the" else end
    return 0
