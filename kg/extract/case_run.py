"""The words of a paragraph in capitals, each with the case it is to have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from kg.extract.case_words import CaseLexicon, Sort

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’ʼ`][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’ʼ`]S$")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\s")
_QUOTE_OPENS = re.compile(r"[,:]\s+[\"“]$")
# "O'NEILL" and "D'AUBUISSON", but "DON'T".
_TWO_CAPITALS = re.compile(r"([OD]['’])(\w)")


class Shape(Enum):
    """How a word is written."""

    LOWER = "lower"
    TITLE = "title"
    UPPER = "upper"


@dataclass(slots=True)
class Word:
    """A word at characters `start` to `end`; `lower` is the word without a possessive ending, in lower case.

    `fixed` is set once a name that covers the word has decided its shape; `spelled` is a spelling of its own.
    """

    start: int
    end: int
    lower: str
    sort: Sort
    shape: Shape = Shape.LOWER
    possessive: bool = False
    fixed: bool = False
    spelled: str | None = None

    @property
    def titled(self) -> bool:
        """Whether the word has a capital."""
        return self.shape is not Shape.LOWER

    def written(self, capitals: str) -> str:
        """The word in its shape, given as it stands in capitals; always of the same length."""
        if self.spelled is not None:
            return self.spelled + lowered(capitals[len(self.spelled):])
        if self.shape is Shape.LOWER:
            return lowered(capitals)
        if self.shape is Shape.TITLE:
            two = _TWO_CAPITALS.match(capitals)
            keep = two.end() if two and len(capitals) > 4 else 1
            return capitals[:keep] + lowered(capitals[keep:])
        ending = _POSSESSIVE.search(capitals)
        return capitals[:ending.start()] + lowered(ending.group()) if ending else capitals


def lowered(text: str) -> str:
    """The text in lower case, letters without a single lower-case letter kept, so that its length stays."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


class Run:
    """The words of one paragraph with the text between them."""

    def __init__(self, text: str, start: int, end: int, lexicon: CaseLexicon) -> None:
        self.text, self.start, self.end = text, start, end
        self.words = list(_words(text, start, end, lexicon))

    def __len__(self) -> int:
        return len(self.words)

    def gap(self, i: int) -> str:
        """What stands between a word and the next, or after the last word."""
        end = self.words[i + 1].start if i + 1 < len(self.words) else self.end
        return self.text[self.words[i].end:end]

    def before(self, i: int) -> str:
        """What stands before a word, from the previous word on."""
        return self.gap(i - 1) if i else self.text[self.start:self.words[0].start]

    def joined(self, i: int) -> bool:
        """Whether only blanks stand between a word and the next."""
        return i + 1 < len(self.words) and self.gap(i).isspace()

    def lower(self, i: int) -> str:
        """A word in lower case, "" outside the paragraph."""
        return self.words[i].lower if 0 <= i < len(self.words) else ""

    def follows(self, i: int) -> bool:
        """Whether a word follows another with only blanks between."""
        return i > 0 and self.joined(i - 1)

    def opens(self, i: int) -> bool:
        """Whether a word is the first of a sentence or of words quoted."""
        if i == 0:
            return True
        before = self.gap(i - 1)
        return bool(_SENTENCE_END.search(before) or _QUOTE_OPENS.search(before) or ("--" in before and "]" in before))


def _words(text: str, start: int, end: int, lexicon: CaseLexicon) -> Iterator[Word]:
    for match in _WORD.finditer(text, start, end):
        word = lowered(_POSSESSIVE.sub("", match.group()))
        yield Word(match.start(), match.end(), word, lexicon.sort(word), possessive=len(word) < len(match.group()))
