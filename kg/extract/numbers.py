"""Reads number phrases: "at least 12", "between 10 and 15", "half a dozen", "dozens"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """How many, as far as stated; None is an open bound. `start` and `end` bound the words, qualifiers included."""

    min: int | None
    max: int | None
    approximate: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberWords:
    """The number words of a language; phrases are tuples of lower-cased tokens."""

    values: Mapping[str, int]
    scales: Mapping[str, int]
    fixed: Mapping[tuple[str, ...], int]
    articles: frozenset[str]
    vague: frozenset[tuple[str, ...]]
    floors: frozenset[tuple[str, ...]]
    ceilings: frozenset[tuple[str, ...]]
    roughly: frozenset[tuple[str, ...]]
    between: frozenset[str]
    range_links: frozenset[str]
    conjunctions: frozenset[str]
    or_more: frozenset[tuple[str, ...]]
    stops: frozenset[str]
    heads: frozenset[str]


def number_words(data: Mapping[str, Any]) -> NumberWords:
    """The number words of a parsed `counts.yaml`."""
    def phrases(name: str) -> frozenset[tuple[str, ...]]:
        return frozenset(tuple(phrase.split()) for phrase in data[name])

    return NumberWords(
        values=dict(data["numbers"]), scales=dict(data["scales"]), articles=frozenset(data["articles"]),
        fixed={tuple(phrase.split()): value for phrase, value in data["fixed"].items()},
        vague=phrases("vague"), floors=phrases("floors"), ceilings=phrases("ceilings"), roughly=phrases("roughly"),
        between=frozenset(data["between"]), range_links=frozenset(data["range_links"]),
        conjunctions=frozenset(data["conjunctions"]), or_more=phrases("or_more"),
        stops=frozenset(data["number_stops"]), heads=frozenset(data["number_heads"]),
    )


def read_number(tokens: Sequence[str], words: NumberWords, *, first: int = 0) -> Amount | None:
    """The first number phrase among lower-cased tokens whose number stands at `first` or later.

    Qualifiers may stand before `first`. Ages, dates, sums of money and ordinals are no number phrases.
    """
    for place in range(first, len(tokens)):
        core = _core(tokens, place, words)
        if core is not None:
            return _qualified(tokens, place, *core, words)
    for place in range(first, len(tokens)):
        length = _phrase_at(tokens, place, words.vague)
        if length:
            return Amount(min=None, max=None, approximate=True, start=place, end=place + length)
    return None


def _core(tokens: Sequence[str], place: int, words: NumberWords) -> tuple[int, int] | None:
    """The value of the bare number that begins here and where it ends."""
    for phrase, value in words.fixed.items():
        if tuple(tokens[place:place + len(phrase)]) == phrase:
            return value, place + len(phrase)
    before = tokens[place - 1] if place else ""
    clock = before == ":" and place > 1 and tokens[place - 2].isdigit()
    if clock or before in words.heads or (before == "-" and place > 1 and _is_word(tokens[place - 2])):
        return None
    found = _spelled(tokens, place, words)
    if found is None:
        return None
    value, end = found
    after = tokens[end] if end < len(tokens) else ""
    if after in words.stops or (after == "-" and not _links(tokens, end, words)):
        return None
    return value, end


def _is_word(token: str) -> bool:
    return token.isalpha() and len(token) > 1


def _links(tokens: Sequence[str], place: int, words: NumberWords) -> bool:
    """Whether a hyphen joins two numbers ("10-15"), not a number and a unit ("14-year-old")."""
    following = _spelled(tokens, place + 1, words)
    return following is not None and (following[1] >= len(tokens) or tokens[following[1]] != "-")


def _spelled(tokens: Sequence[str], place: int, words: NumberWords) -> tuple[int, int] | None:
    """A number in digits or words: "1,200", "twenty-two", "two hundred and five", "a dozen"."""
    if place >= len(tokens):
        return None
    begin = place
    total = part = 0
    if tokens[place] in words.articles:
        if place + 1 >= len(tokens) or tokens[place + 1] not in words.scales:
            return None
        part, place = words.scales[tokens[place + 1]], place + 2
    while place < len(tokens):
        word = tokens[place]
        value = _value(word, words)
        if value is not None and _fits(part, value):
            if _DIGITS.fullmatch(word) and part:
                break
            part += value
        elif word in words.scales and part:
            part *= words.scales[word]
            if words.scales[word] >= 1000:
                total, part = total + part, 0
        elif not ((word == "-" or word in words.conjunctions) and _continues(tokens, place, part, words)):
            break
        place += 1
    if place == begin:
        return None
    return total + part, place


def _fits(part: int, value: int) -> bool:
    """Whether a value can follow what has been read: anything a full hundred, a unit a ten."""
    return part % 100 == 0 or (part % 100 >= 20 and part % 10 == 0 and 0 < value < 10)


def _continues(tokens: Sequence[str], place: int, part: int, words: NumberWords) -> bool:
    """Whether "-" or "and" goes on with one number: "twenty-two", "two hundred and five", not "10-15"."""
    following = tokens[place + 1] if place + 1 < len(tokens) else ""
    value = words.values.get(following)
    if value is None or not part:
        return False
    if tokens[place] == "-":
        return part % 100 >= 20 and part % 10 == 0 and 0 < value < 10 and not tokens[place - 1].isdigit()
    return part % 100 == 0 and tokens[place - 1] in words.scales


def _value(word: str, words: NumberWords) -> int | None:
    if _DIGITS.fullmatch(word):
        return int(word.replace(",", ""))
    return words.values.get(word)


def _qualified(tokens: Sequence[str], place: int, value: int, end: int, words: NumberWords) -> Amount:
    """A number with the words around it that open or widen it."""
    start, low, high, approximate = place, value, value, False
    introduced = place > 0 and tokens[place - 1] in words.between
    upper = _upper(tokens, end, value, words, introduced)
    if upper is not None:
        high, end = upper
        start -= introduced
    minimum: int | None = low
    maximum: int | None = high
    while True:
        before = tokens[:start]
        if length := _phrase_before(before, words.floors):
            start, maximum = start - length, None
        elif length := _phrase_before(before, words.ceilings):
            start, minimum = start - length, None
        elif length := _phrase_before(before, words.roughly):
            start, approximate = start - length, True
        else:
            break
    if length := _phrase_at(tokens, end, words.or_more):
        end, maximum = end + length, None
    return Amount(min=minimum, max=maximum, approximate=approximate, start=start, end=end)


def _upper(tokens: Sequence[str], end: int, low: int, words: NumberWords, introduced: bool
           ) -> tuple[int, int] | None:
    """The second number of a range: "10 to 15", "12 or 14", "10-15"; "and" only after "between"."""
    links = words.range_links if introduced else words.range_links - words.conjunctions
    if end >= len(tokens) or tokens[end] not in links:
        return None
    following = _spelled(tokens, end + 1, words)
    if following is None or following[0] <= low:
        return None
    return following


def _phrase_before(tokens: Sequence[str], phrases: frozenset[tuple[str, ...]]) -> int:
    for length in (3, 2, 1):
        if len(tokens) >= length and tuple(tokens[-length:]) in phrases:
            return length
    return 0


def _phrase_at(tokens: Sequence[str], place: int, phrases: frozenset[tuple[str, ...]]) -> int:
    for length in (3, 2, 1):
        if tuple(tokens[place:place + length]) in phrases and place + length <= len(tokens):
            return length
    return 0
