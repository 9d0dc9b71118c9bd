"""Takes back capitals that words have got by mistake, as texts have them whose case was restored by another program."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.case_words import CaseLexicon, Sort

# A capitalised word within a sentence, no capital behind it; the one before it is looked at apart.
_WITHIN = re.compile(r"(?<=[a-z] )[A-Z][a-z]{3,}\b(?! [A-Z])")
_CAPITALISED = re.compile(r"\b[A-Z][a-z]{2,}\b")
# So many different verbs, adjectives or adverbs with a capital, alone within a sentence: no writer sets them so.
_LEAST = 2


def has_strays(text: str, lexicon: CaseLexicon) -> bool:
    """Whether words that are never names stand capitalised within sentences, so many that it is no slip."""
    found: set[str] = set()
    for word in _strays(text, lexicon):
        found.add(word)
        if len(found) >= _LEAST:
            return True
    return False


def _strays(text: str, lexicon: CaseLexicon) -> Iterator[str]:
    for match in _WITHIN.finditer(text):
        word = match.group().lower()
        before = text.rfind(" ", 0, match.start() - 1) + 1
        if text[before].islower() and lexicon.sort(word) is Sort.COMMON and not lexicon.noun(word):
            yield word


def lowered_where(text: str, plain: str) -> str:
    """The text with each capitalised word small that is so in `plain`, the same text restored."""
    return _CAPITALISED.sub(
        lambda m: m.group().lower() if plain[m.start():m.end()].islower() else m.group(), text)


__all__ = ["has_strays", "lowered_where"]
