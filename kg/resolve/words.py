"""The content words of a text with weights by their rarity, and a sketch by which copies of a text are known."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache

from kg.spellings import fold

_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r" s(?= |$)")
# Zipf frequencies (log10 of occurrences per thousand million words) of the words that tell nothing and everything.
_COMMON, _RARE = 5.6, 1.5
_SHINGLE = 5
_SKETCH = 48
_TELLING = 40


def weights(text: str) -> dict[str, float]:
    """The folded content words of a text with weights from 0 (common in English) to 1 (rare)."""
    found = {word: rarity(word) for word in words(text)}
    return {word: weight for word, weight in sorted(found.items()) if weight > 0}


def most_telling(weighted: dict[str, float]) -> dict[str, float]:
    """The forty words of the greatest weight."""
    first = sorted(weighted.items(), key=lambda item: (-item[1], item[0]))[:_TELLING]
    return dict(sorted(first))


def words(text: str) -> list[str]:
    """The words of a text, folded, in their order, without possessive endings."""
    return _WORD.findall(_POSSESSIVE.sub(" ", fold(text).lower()))


@lru_cache(maxsize=200_000)
def rarity(word: str) -> float:
    """How rare a word is in English, from 0 to 1 (wordfreq's table; a word that is not in it is rare)."""
    from wordfreq import zipf_frequency

    frequency = max(zipf_frequency(word, "en"), _RARE)
    return round(max(0.0, (_COMMON - frequency) / (_COMMON - _RARE)), 3)


def sketch(text: str) -> tuple[int, ...]:
    """The smallest hashes of the text's runs of five words; equal texts have equal sketches."""
    row = words(text)
    runs = {" ".join(row[i:i + _SHINGLE]) for i in range(max(1, len(row) - _SHINGLE + 1))}
    return tuple(sorted(map(_digest, runs))[:_SKETCH])


def _digest(run: str) -> int:
    return int.from_bytes(hashlib.blake2b(run.encode(), digest_size=6).digest())


def likeness(one: Iterable[int], other: Iterable[int]) -> float:
    """The share of runs that two sketched texts have in common (an estimate of the Jaccard index)."""
    left, right = set(one), set(other)
    union = sorted(left | right)[:_SKETCH]
    return sum(1 for item in union if item in left and item in right) / len(union) if union else 0.0
