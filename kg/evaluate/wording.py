"""Compares words: whether two spans name the same thing, two sentences say the same, two names are one group."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_INVISIBLE = re.compile(r"\[\d+\]|[\u200b-\u200f\ufeff]")
_APOSTROPHES = "'’‘`´ʼ"
_SENTENCE_BREAK = re.compile(r"[.!?][\"'”’\])\d]*\s+(?=[\"'“‘]?[A-Z])|\n+")
_SHARED_WORDS = 3
_SHARED_PART = 0.8

Words = tuple[str, ...]


@dataclass(frozen=True)
class Wording:
    """Compares texts without regard to case, accents, quotes, dashes, possessives, determiners and footnote marks.

    `passed_over` are words that make no difference, `following` begin what follows the main word of a name,
    `generic` are no part of a group's name, `lost` are characters that stand for quotes and dashes.
    """

    passed_over: frozenset[str]
    following: frozenset[str]
    generic: frozenset[str]
    lost: str

    def words(self, text: str) -> Words:
        """The words of a text that count; all of its words if none does."""
        marks = "".join(map(re.escape, _APOSTROPHES + self.lost))
        text = re.sub(rf"(?<=\w)[{marks}]s\b", "", _INVISIBLE.sub("", text))
        for sign in self.lost:
            text = text.replace(sign, " ")
        plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
        plain = re.sub(r"(?<=\d),(?=\d{3})", "", re.sub(f"[{_APOSTROPHES}]", "", plain))
        found = tuple(re.findall(r"\w+", plain))
        return tuple(word for word in found if word not in self.passed_over) or found

    def same(self, one: str, other: str) -> bool:
        """Whether two spans name the same thing: one holds the other with its main or last word, or half is shared."""
        a, b = self.words(one), self.words(other)
        if not a or not b:
            return False
        shared, union = len(set(a) & set(b)), len(set(a) | set(b))
        return 2 * shared >= union or (_contained(a, b) and (a[-1] == b[-1] or self._main(a) == self._main(b)))

    def about(self, one: Words, other: Words) -> bool:
        """Whether two sentences are mostly the same words; one may be part of the other."""
        a, b = set(one), set(other)
        return len(a & b) >= max(_SHARED_WORDS, _SHARED_PART * min(len(a), len(b)))

    def group_key(self, name: str) -> str:
        """Equal for two forms of a group's name that differ in spelling only."""
        words = list(self.words(name))
        while len(words) > 1 and words[-1] in self.generic:
            words.pop()
        return "".join(words)

    def _main(self, words: Words) -> str:
        cuts = (at for at, word in enumerate(words) if at and word in self.following)
        return words[next(cuts, len(words)) - 1]


def sentence_at(text: str, start: int, end: int) -> str:
    """The sentence or line around a span, by its punctuation."""
    cuts = [0, *(found.end() for found in _SENTENCE_BREAK.finditer(text)), len(text)]
    return text[max(cut for cut in cuts if cut <= start):min(cut for cut in cuts if cut >= end)]


def _contained(one: Sequence[str], other: Sequence[str]) -> bool:
    short, long = sorted((one, other), key=len)
    return any(long[at:at + len(short)] == short for at in range(len(long) - len(short) + 1))
