"""The content words of a text with weights by their rarity, and a sketch by which copies of a text are known."""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from kg.spellings import fold

NEWS_WORDS = Path(__file__).parent / "news_words.txt"

_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r" s(?= |$)")
# Zipf frequencies (log10 of occurrences per thousand million words) of the words that tell nothing and everything.
_COMMON, _RARE = 5.6, 1.5
# The share of news reports at which a word tells nothing is one, and everything e to this power less.
_FULL = 6.0
_SHINGLE = 5
_SKETCH, _COPY = 48, 0.5
_TELLING = 40
# A word that few reports have is at least this telling.
_UNUSUAL = 0.5


def weights(text: str) -> dict[str, float]:
    """The folded words of a text with weights: rarity, times one plus the logarithm of how often the text has it."""
    counts = Counter(words(text))
    found = {word: round((1 + math.log(count)) * rarity(word), 3) for word, count in sorted(counts.items())}
    return {word: weight for word, weight in found.items() if weight > 0}


def most_telling(weighted: dict[str, float]) -> dict[str, float]:
    """The forty words of the greatest weight."""
    first = sorted(weighted.items(), key=lambda item: (-item[1], item[0]))[:_TELLING]
    return dict(sorted(first))


def words(text: str) -> list[str]:
    """The words of a text, folded, in their order, without possessive endings."""
    return _WORD.findall(_POSSESSIVE.sub(" ", fold(text).lower()))


@lru_cache(maxsize=200_000)
def rarity(word: str) -> float:
    """How rare a word is, from 0 to 1: in English (wordfreq; what it does not have is rare) and in news of violence.

    Fixed tables and not the documents at hand decide, so that a comparison never depends on what else there is.
    """
    from wordfreq import zipf_frequency

    plain = (_COMMON - max(zipf_frequency(word, "en"), _RARE)) / (_COMMON - _RARE)
    if (share := _news_shares().get(word)) is not None:
        return round(min(max(0.0, plain), -math.log(share) / _FULL), 3)
    return round(max(_UNUSUAL, plain), 3) if plain > 0 else 0.0


@lru_cache(maxsize=1)
def _news_shares() -> dict[str, float]:
    lines = NEWS_WORDS.read_text(encoding="utf-8").splitlines() if NEWS_WORDS.is_file() else []
    rows = (line.split() for line in lines if not line.startswith("#"))
    return {word: float(share) for word, share in rows}


def sketch(text: str) -> tuple[int, ...]:
    """The smallest hashes of the text's runs of five words; equal texts have equal sketches."""
    row = words(text)
    runs = {" ".join(row[i:i + _SHINGLE]) for i in range(max(1, len(row) - _SHINGLE + 1))}
    return tuple(sorted(map(_digest, runs))[:_SKETCH])


def _digest(run: str) -> int:
    return int.from_bytes(hashlib.blake2b(run.encode(), digest_size=6).digest())


def are_copies(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether two sketched texts have most of their runs in common."""
    return 2 * len(one & other) > max(len(one), len(other)) and likeness(one, other) > _COPY


def likeness(one: Iterable[int], other: Iterable[int]) -> float:
    """The share of runs that two sketched texts have in common (an estimate of the Jaccard index)."""
    left, right = frozenset(one), frozenset(other)
    if left.isdisjoint(right):
        return 0.0
    union = sorted(left | right)[:_SKETCH]
    return sum(1 for item in union if item in left and item in right) / len(union)
