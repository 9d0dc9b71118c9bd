"""How names are spelled: folds text for comparison and derives the spellings of a name by rule."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum
from itertools import product
from pathlib import Path
from typing import NamedTuple

import msgspec
import yaml

from kg.errors import KnowledgeError
from kg.records import Kind
from kg.seedfiles import Entry

# A name with more spellings than this is kept as written: the lists then combine into nonsense.
_MOST_SPELLINGS = 48
_APOSTROPHE = re.compile(r"['’‘ʼ`]")
_SPOKEN_ACRONYM = re.compile(r"^(?=.*[AEIOU])(?=.*[^AEIOU])[A-Z]{4,}$")


class Casing(Enum):
    """Which capitals a form must have in a text."""

    EXACT = "exact"  # an acronym
    NAME = "name"  # a capital on each word that is neither a particle nor a common noun
    FREE = "free"  # a common noun


class Form(NamedTuple):
    """One spelling: `key` is folded and in lower case, `cased` folded with its capitals, `written` as in the table."""

    key: str
    cased: str
    written: str
    casing: Casing


class _Folding(dict[int, str]):
    """Maps a character to one plain character: its base letter, or a space for all that is no letter or digit."""

    def __missing__(self, code: int) -> str:
        base = unicodedata.normalize("NFKD", chr(code))[0]
        plain = {"ı": "i", "İ": "I", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"}.get(base, base)
        self[code] = plain if plain.isalnum() else " "
        return self[code]


_FOLDING = _Folding()


def fold(text: str) -> str:
    """The text with plain letters, and a space for each character that is no letter or digit; as long as before."""
    return text.translate(_FOLDING)


class _Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The contents of `variants.yaml`."""

    spellings: list[list[str]]
    linkers: dict[str, list[str]]
    articles: list[str]
    uncapitalised: list[str]
    everyday: list[str]
    unmistakable: list[str]
    plurals: dict[str, str]


class Spellings:
    """Derives the spellings of the entries' names from the lists of `variants.yaml`."""

    def __init__(self, lists: _Lists) -> None:
        self._groups = {fold(word).lower(): group for group in lists.spellings for word in group}
        self._longest_group = max((key.count(" ") + 1 for key in self._groups), default=1)
        self._linkers = lists.linkers
        self._articles = lists.articles
        self._uncapitalised = frozenset(lists.uncapitalised)
        self._everyday = frozenset(lists.everyday)
        self._unmistakable = frozenset(lists.unmistakable)
        self._plurals = lists.plurals

    def standard(self, word: str) -> str:
        """The listed spelling that stands for a folded word in lower case; the word itself if none is listed."""
        return fold(_APOSTROPHE.sub("", self._groups[word][0])).lower() if word in self._groups else word

    def forms(self, entry: Entry) -> Iterator[tuple[str, Form]]:
        """Every spelling of an entry's forms, each with the form of the table that it comes from."""
        free = entry.kind is Kind.WEAPON
        for written in (entry.name, *entry.aliases):
            for name in (written, *self._plural(written)) if free else (written,):
                for cased in self._spelled(name):
                    yield written, Form(cased.lower(), cased, written, _casing(cased, free))
        for written in entry.acronyms:
            for acronym in (written, f"{written}s") if free else (written, *self._spoken(written)):
                cased = " ".join(fold(acronym).split())
                yield written, Form(cased.lower(), cased, written, Casing.EXACT)

    def everyday(self, form: Form) -> bool:
        """Whether an acronym is so short or so common a word that it names nothing by itself."""
        short = len(form.cased) <= 2 and form.cased not in self._unmistakable
        return form.casing is Casing.EXACT and (short or form.cased in self._everyday)

    def written_as(self, form: Form, cased: str) -> bool:
        """Whether words of a text (folded, with their capitals) are capitalised as the form demands."""
        if form.casing is Casing.EXACT:
            return cased == form.cased
        if form.casing is Casing.FREE:
            return True
        wanted, words = form.cased.split(), cased.split()
        capital = form.cased.islower() or not cased.islower()
        return capital and all(map(self._capital, wanted, words))

    def _capital(self, wanted: str, word: str) -> bool:
        if len(wanted) > 1 and wanted.isupper() and wanted.isalpha():
            return word in (wanted, *self._spoken(wanted))
        return not word[0].islower() or wanted[0].islower() or wanted.lower() in self._uncapitalised

    def _spoken(self, acronym: str) -> list[str]:
        """ "Farc", "Isis": papers write acronyms that are spoken as a word like a name."""
        spoken = _SPOKEN_ACRONYM.match(acronym) and acronym not in self._everyday
        return [acronym.capitalize()] if spoken else []

    def _plural(self, name: str) -> list[str]:
        head, _, last = name.rpartition(" ")
        irregular = self._plurals.get(last)
        if irregular is None and last.endswith("s"):
            return []
        ending = "es" if last.endswith(("x", "ch", "sh")) else "s"
        return [f"{head} {irregular or last + ending}".strip()]

    def _spelled(self, name: str) -> list[str]:
        """The folded spellings of a name, its own first: apostrophes dropped or not, words varied."""
        found: dict[str, None] = {}
        for plain in dict.fromkeys((name, _APOSTROPHE.sub("", name))):
            choices = list(self._choices(fold(plain).split()))
            size = 1
            for choice in choices:
                size *= len(choice)
            words = product(*choices) if size <= _MOST_SPELLINGS else [tuple(choice[0] for choice in choices)]
            found |= dict.fromkeys(" ".join(filter(None, chosen)) for chosen in words)
        return list(found)

    def _choices(self, words: list[str]) -> Iterator[list[str]]:
        place = 0
        while place < len(words):
            width = self._grouped(words, place)
            yield self._alternatives(words, place, width)
            place += width

    def _grouped(self, words: list[str], place: int) -> int:
        """How many words from here on are one entry of the lists."""
        for width in range(self._longest_group, 1, -1):
            if " ".join(words[place:place + width]).lower() in self._groups:
                return width
        return 1

    def _alternatives(self, words: list[str], place: int, width: int) -> list[str]:
        here = " ".join(words[place:place + width])
        if group := self._groups.get(here.lower()):
            return list(dict.fromkeys([here, *(" ".join(fold(word).split()) for word in group)]))
        inside = 0 < place < len(words) - 1
        if inside and here in self._linkers:
            return self._linkers[here]
        if here.lower() in self._articles:
            return list(dict.fromkeys([here, *self._articles]))
        return [here]


def _casing(cased: str, free: bool) -> Casing:
    if free and cased.islower():
        return Casing.FREE
    return Casing.EXACT if cased.isupper() and " " not in cased else Casing.NAME


def read_spellings(path: Path) -> Spellings:
    """Read `variants.yaml`; raises KnowledgeError if it has another shape."""
    try:
        lists = msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), _Lists)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise KnowledgeError(str(error), where=str(path), mend="see seeds/README.md for its parts") from error
    return Spellings(lists)
