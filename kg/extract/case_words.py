"""The lexicon for restoring case: which words are common, which are names, which may be either."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from functools import lru_cache
from pathlib import Path

import msgspec
from spacy.language import Language

from kg.errors import KnowledgeError
from kg.settings import Settings

FILE, LEXICON = "case.yaml", "case_lexicon.txt"
Words = frozenset[str]
# A short string of the vocabulary may be a piece of a word that the tagger looks at.
_PIECE = 3
_LEAST_STEM = 5
# Longer words in capitals were shouted rather than abbreviated.
_ACRONYM = 5


class Sort(Enum):
    """What a word of capitals is most likely to be."""

    COMMON = "common"
    EITHER = "either"
    NAME = "name"
    UNKNOWN = "unknown"
    ACRONYM = "acronym"


class CaseWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists of `case.yaml`; each is explained there."""

    capital_share: float
    least_words: int
    acronyms: Words
    country_or_pronoun: str
    forms: dict[str, str]
    months: Words
    words_and_months: Words
    before_months: Words
    short_titles: Words
    titles: Words
    small_titles: Words
    particles: Words
    inner_particles: Words
    openers: Words
    name_modifiers: Words
    name_heads: Words
    not_names: Words
    lower: Words
    names: Words
    locative: Words
    place_kinds: Words
    longest_quoted_name: int
    marks: tuple[str, ...]
    heads_after_names: Words
    endings: tuple[tuple[str, str], ...]
    prefixes: tuple[str, ...]


class CaseLexicon:
    """Tells the sort of a word: by the lists, by words known to be names, and by the pipeline's own vocabulary."""

    def __init__(self, nlp: Language, words: CaseWords, names: Iterable[str], demonyms: Iterable[str]) -> None:
        self.words = words
        listed = {name.rstrip("?"): not name.endswith("?") for name in names}
        self._names = {name for name, sure in listed.items() if sure}
        self._either = {name for name, sure in listed.items() if not sure}
        self._demonyms = frozenset(demonyms)
        self._function = frozenset(nlp.Defaults.stop_words)
        strings = set(nlp.vocab.strings)
        self._seen = {word for word in strings if len(word) > _PIECE and word.islower()}
        self._titled = {word for word in self._seen if word.title() in strings}
        self._capitals = {word.lower() for word in strings
                          if word.isalpha() and word.isupper() and 1 < len(word) <= _ACRONYM
                          and word.title() not in strings}
        self._stems, self._nouns = _tables(nlp)
        self.sort = lru_cache(maxsize=65536)(self._sort)

    def function(self, word: str) -> bool:
        """Whether a word is one of the small words of grammar ("the", "from", "is")."""
        return word in self._function

    def demonym(self, word: str) -> bool:
        """Whether a word tells of a people or country ("colombian")."""
        return word in self._demonyms

    def noun(self, word: str) -> bool:
        """Whether a word is a common noun, in the singular or the plural."""
        return word in self._nouns or any(stem in self._nouns for stem in self._stems_of(word))

    def _sort(self, word: str) -> Sort:
        words = self.words
        if word in words.acronyms:
            return Sort.ACRONYM
        if word in words.names or word in words.months or word in self._demonyms:
            return Sort.NAME
        if word in words.lower or word in self._function:
            return Sort.COMMON
        return self._from_vocabulary(word)

    def _from_vocabulary(self, word: str) -> Sort:
        marked = word in self._names or word in self._either
        if word not in self._nouns and self._derived(word):
            return Sort.COMMON
        if word in self._stems:
            return Sort.EITHER if marked and not self._counted(word) else Sort.COMMON
        if word in self._nouns:
            return self._listed_noun(word)
        if word in self._capitals:
            return Sort.ACRONYM
        if word in self._titled or marked:
            return Sort.NAME
        return Sort.UNKNOWN

    def _listed_noun(self, word: str) -> Sort:
        """The sort of a noun of the lemma tables, which hold names too, in lower case."""
        if word in self._names:
            return Sort.NAME
        if self._counted(word) or (word in self._seen and word not in self._titled):
            return Sort.COMMON if word not in self._either else Sort.EITHER
        return Sort.EITHER

    def _counted(self, word: str) -> bool:
        """Whether a word has a plural, as names seldom do."""
        return any(plural in self._seen for plural in _plurals(word))

    def _derived(self, word: str) -> bool:
        """Whether a word is inflected or derived from one that the tables have."""
        bare = next((word[len(prefix):] for prefix in self.words.prefixes
                     if word.startswith(prefix) and len(word) - len(prefix) >= _LEAST_STEM), word)
        stems = {*self._stems_of(word), *self._stems_of(bare), bare} - {word}
        nouns = self._nouns.intersection(stems) - (self._names if word in self._titled else set())
        return bool(nouns) or not self._stems.isdisjoint(stems)

    def _stems_of(self, word: str) -> list[str]:
        """What a word may be inflected from."""
        found = [word[:-len(ending)] + instead for ending, instead in self.words.endings if word.endswith(ending)]
        found += [stem[:-1] for stem in found if len(stem) > _PIECE and stem[-1] == stem[-2]]
        return [stem for stem in found if len(stem) > 2]


def _plurals(word: str) -> tuple[str, ...]:
    return (f"{word}s", f"{word}es", f"{word[:-1]}ies" if word.endswith("y") else f"{word}s")


def _tables(nlp: Language) -> tuple[set[str], set[str]]:
    """The verbs, adjectives and adverbs, and the nouns, that the lemmatizer knows; none if it has no tables."""
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    stems: set[str] = set()
    nouns: set[str] = set()
    for name in ("lemma_index", "lemma_exc"):
        if lookups is not None and lookups.has_table(name):
            table = lookups.get_table(name)
            stems.update(word for part in ("verb", "adj", "adv") for word in table.get(part, ()))
            nouns.update(table.get("noun", ()))
    return stems, nouns


def load_case_words(settings: Settings) -> CaseWords:
    """Read `case.yaml`; raises KnowledgeError naming the file and the fault."""
    path = settings.language_data / FILE
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=CaseWords)
    except (OSError, msgspec.DecodeError) as error:
        raise KnowledgeError(str(error), where=str(path), mend="restore the file or correct the field named") from error


def load_names(settings: Settings) -> list[str]:
    """The words that are names even in lower case; a question mark ends those that may be."""
    path: Path = settings.language_data / LEXICON
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise KnowledgeError(str(error), where=str(path), mend="reinstall the package") from error
    return [line for line in lines if line and not line.startswith("#")]


__all__ = ["CaseLexicon", "CaseWords", "Sort", "load_case_words", "load_names"]
