"""Keys by which a person's decisions find their way back after a text was extracted anew.

A key is made of the words of the text alone: the sentence, what kind of thing is meant, and the words for it. Offsets,
local ids, links and the extractor's own notion of a sentence do not enter, so that a better extractor, another cleaning
or a syndicated copy of the same report gives the same key.
"""

from __future__ import annotations

import re
import unicodedata

from kg.records import content_hash

_WORDS = re.compile(r"[^\W_]+")
# A sentence ends at a stop before white space and a capital, digit or quotation mark, or at an empty line.
_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[^\W_a-z])|\n\s*\n|\n(?=\s*[^\W_a-z])")


def review_key(what: str, sentence: str, *words: str) -> str:
    """The key of something of kind `what`, told by a sentence in these words."""
    return content_hash("review", what, plain(sentence), *map(plain, words))


def plain(text: str) -> str:
    """The words of a text without case, punctuation, accents and spacing."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(_WORDS.findall("".join(char for char in decomposed if not unicodedata.combining(char))))


def sentence_at(text: str, start: int) -> str:
    """The sentence of a text in which an offset lies, by its punctuation alone."""
    begin = 0
    for end in _END.finditer(text):
        if end.end() > start:
            return text[begin:end.start() + 1]
        begin = end.end()
    return text[begin:]
