"""The ways one place name is written, brought to one form: accents, hyphens, "St."/"Saint", "City of", type words."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import msgspec

from kg.errors import KnowledgeError

_APOSTROPHES = re.compile(r"['’‘ʼ`´ʻ.]")
_SEPARATORS = re.compile(r"[\s\-–_/]+")
# Letters that Unicode does not take apart into a base and an accent.
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"})


class PlaceForms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The word lists behind the variants of a name; read from `seeds/placeforms.yaml`."""

    type_words: frozenset[str]
    type_prefixes: tuple[str, ...]
    abbreviations: dict[str, str]
    articles: frozenset[str]
    article_countries: frozenset[str]

    def key(self, name: str) -> str:
        """The form under which a name is looked up: lower case, no accents, single spaces, short abbreviations."""
        folded = fold(name)
        words = folded.split(" ")
        if self.abbreviations.keys().isdisjoint(words):
            return folded
        return " ".join(self.abbreviations.get(word, word) for word in words)

    def bare(self, key: str) -> str:
        """A key without the word for its kind ("kech district", "city of york"); the key itself if nothing is left."""
        for prefix in self.type_prefixes:
            if key.startswith(prefix + " "):
                return key[len(prefix) + 1:]
        head, _, last = key.rpartition(" ")
        return head if head and last in self.type_words else key

    def keys(self, name: str, country: str | None) -> Iterator[str]:
        """Every key a gazetteer name may be asked by, the full one first."""
        key = self.key(name)
        yield key
        if (bare := self.bare(key)) != key:
            yield bare
        first, _, rest = bare.partition(" ")
        if rest and country in self.article_countries and first in self.articles and len(rest) > 3:
            yield rest


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Lower case without accents, apostrophes and full stops; hyphens become spaces."""
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name.lower().translate(_STROKES))
        name = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _SEPARATORS.sub(" ", _APOSTROPHES.sub("", name.lower())).strip()


def digest(key: str) -> int:
    """A 64-bit number that stands for a key; with a million names a chance collision is out of the question."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "little")


def load_place_forms(path: Path) -> PlaceForms:
    """Read the word lists; raises KnowledgeError if the file is missing or has another shape."""
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=PlaceForms)
    except (OSError, msgspec.DecodeError) as error:
        mend = "restore the file or correct the field named"
        raise KnowledgeError(str(error), where=str(path), mend=mend) from error
