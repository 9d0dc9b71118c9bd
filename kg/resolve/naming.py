"""Names as they are compared across documents: their telling words, and whether two words are spellings of one."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from kg.gazetteer import Gazetteer
from kg.resolve.datafiles import read_knowledge
from kg.spellings import fold

T = TypeVar("T")
_FILE = Path(__file__).with_name("naming.yaml")
_APOSTROPHE = re.compile(r"['’‘ʼ`ʻʿʾ]s\b|['’‘ʼ`ʻʿʾ]")
_NICKNAME = re.compile(r"[\"“”(][^\"“”()]*[\"“”)]")
# An apostrophe or hyphen beside a letter makes it part of a word: "O'Brien", "Al-A".
_INITIAL = re.compile(r"(?<![\w'’-])([A-Z])(?![\w'’-])\.?")
_BRACKETED = re.compile(r" *\(([A-Z][A-Za-z-]{1,9})\)")
# Zipf frequencies (log10 of occurrences per thousand million words) of what very many and very few are called.
_COMMON, _RARE = 5.6, 1.5
_VOWELS, _FRONT = frozenset("aeiu"), frozenset("aei")
_RUN = re.compile(r"(.)\1+")
_WORD = re.compile(r"[^\W_]+")
_DOTTED = re.compile(r"\b([A-Za-z])\.")
_ACRONYM = re.compile(r"^(?=(?:[^A-Z]*[A-Z]){2})[A-Z][A-Z0-9.&/-]{1,9}$")


class Likeness(IntEnum):
    """How two words or names are alike, the strongest last."""

    NONE = 0
    FAR = 1  # may be another transliteration
    CLOSE = 2  # another spelling by rule
    LISTED = 3  # another spelling or translation by the lists
    SAME = 4


class Word(NamedTuple):
    """A word of a name: as folded, as the lists have it, by the close and the far rules; `far` without its vowels.

    Words that are alike in any way have the same `far`.
    """

    plain: str
    listed: str
    close: str
    voiced: str
    far: str


class PersonName(NamedTuple):
    """A person's name: its full words, its initials with their places, and "junior" and the like."""

    words: tuple[Word, ...]
    initials: tuple[str, ...]
    generation: str | None


class BodyName(NamedTuple):
    """The name of a body, place or work: all words that count, and those of them that tell which it is."""

    words: tuple[Word, ...]
    telling: tuple[Word, ...]


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The contents of `naming.yaml`."""

    close: list[tuple[str, str]]
    vowels: list[tuple[str, str]]
    far: list[tuple[str, str]]
    transliterating: frozenset[str]
    far_letters: int
    particles: frozenset[str]
    joined: list[tuple[str, str]]
    generations: dict[str, str]
    titles: list[str]
    same_names: list[list[str]]
    frequent_names: list[str]
    frequent_rarity: float
    same_words: list[list[str]]
    not_people: list[str]
    generic: list[str]
    optional: list[str]
    place_kinds: dict[str, list[str]]


class Naming:
    """Reads names by the rules."""

    def __init__(self, rules: Rules, gazetteer: Gazetteer) -> None:
        self._rules, self._gazetteer = rules, gazetteer
        self._close, self._vowels, self._far, self._joined = (
            [(re.compile(pattern), to) for pattern, to in steps]
            for steps in (rules.close, rules.vowels, rules.far, rules.joined))
        self._personal = {word: group[0] for group in rules.same_names for word in group}
        forms = [[words.split() for words in group] for group in rules.same_words]
        self._common = {word: group[0][0] for group in forms for words in group for word in words}
        self._form = {word: words[0] for group in forms for words in group for word in words}
        self.not_people = frozenset(rules.not_people)
        self.transliterating = rules.transliterating
        self.generations = rules.generations
        self._titles = frozenset(rules.titles)
        self.kinds = {word: sort for sort, words in rules.place_kinds.items() for word in words}
        self.word = lru_cache(maxsize=1 << 16)(self._word)
        self.body_word = lru_cache(maxsize=1 << 14)(self._body_word)
        self.generic = frozenset(word.listed for word in map(self._body_word, rules.generic))
        self.optional = frozenset(rules.optional)
        self._known = frozenset(self._personal.values()) | {*rules.frequent_names}
        self._frequent = frozenset(self._word(word).listed for word in rules.frequent_names)

    def plain_words(self, name: str) -> list[str]:
        """The words of a name, folded, without particles."""
        bare = _APOSTROPHE.sub("", name)
        row = " ".join(_WORD.findall(fold(_DOTTED.sub(r"\1 ", bare)).lower()))
        words = _applied(self._joined, row).split()
        return [word for word in words if word not in self._rules.particles or len(words) == 1]

    @lru_cache(maxsize=1 << 16)  # noqa: B019 - one per gazetteer, alive as long as that
    def person(self, name: str) -> PersonName:
        """A person's name without titles."""
        bare = _NICKNAME.sub(" ", name)
        initials = tuple(letter.lower() for letter in _INITIAL.findall(bare))
        words = [word for word in self.plain_words(_INITIAL.sub(" ", bare)) if len(word) > 1]
        generation = self.generations.get(words[-1]) if len(words) > 1 else None
        words = words[:-1] if generation else words
        while len(words) > 1 and words[0] in self._titles:
            words = words[1:]
        return PersonName(tuple(map(self._word, words)), initials, generation)

    @lru_cache(maxsize=1 << 16)  # noqa: B019 - as above
    def body(self, name: str) -> BodyName:
        """The name of a group, force, organization or project."""
        words = [self.body_word(word) for word in self.plain_words(_BRACKETED.sub(_unless_initials, name))]
        counting = [word for word in words if word.plain not in self.optional] or words
        return BodyName(tuple(counting), tuple(word for word in counting if self.tells(word)))

    @lru_cache(maxsize=1 << 16)  # noqa: B019 - as above
    def place(self, name: str) -> tuple[BodyName, frozenset[str]]:
        """The name of a place or facility without the words for its kind, and the sorts of place these are."""
        words = [self.body_word(word) for word in self.plain_words(name)]
        sorts = frozenset(self.kinds[word.plain] for word in words if word.plain in self.kinds)
        telling = tuple(word for word in words if word.plain not in self.kinds) or tuple(words)
        return BodyName(tuple(words), telling), sorts

    def tells(self, word: Word) -> bool:
        """Whether a word tells which body is meant; "21st" and "Brigade" do not."""
        return word.listed not in self.generic and not word.plain[0].isdigit()

    def rarity(self, word: Word) -> float:
        """How little a word of a name is shared by others, from 0 to 1."""
        known = _rarity(word.plain)
        return min(known, self._rules.frequent_rarity) if word.listed in self._frequent else known

    def alike(self, one: Word, other: Word, *, far: bool) -> Likeness:
        """How two words are alike; `far` if the rules of transliteration count."""
        if one.plain == other.plain:
            return Likeness.SAME
        if one.listed == other.listed:
            return Likeness.LISTED
        if one.close == other.close and len(one.close) > 1:
            return Likeness.CLOSE
        known = one.listed in self._known and other.listed in self._known
        if far and not known and one.far == other.far and len(one.far) >= self._rules.far_letters and (
                _vowels_agree(one.voiced, other.voiced)):
            return Likeness.FAR
        return Likeness.NONE

    def spelled_alike(self, one: Word, other: Word) -> bool:
        """Whether two listed words are forms of one, and not one word in two languages."""
        left, right = (self._form.get(word.plain) or self._gazetteer.standard(word.plain) for word in (one, other))
        return self._form.get(left, left) == self._form.get(right, right)

    def _word(self, plain: str) -> Word:
        return self._spelled(plain, self._personal.get(plain, plain))

    def _body_word(self, plain: str) -> Word:
        standard = self._gazetteer.standard(plain)
        return self._spelled(plain, self._common.get(plain, self._common.get(standard, standard)))

    def _spelled(self, plain: str, listed: str) -> Word:
        spelled = _applied(self._close, listed)
        voiced = _applied(self._far, spelled)
        bare = _applied(self._vowels, voiced)
        consonants = "".join(char for char in bare[1:] if char not in _VOWELS)
        return Word(plain, listed, _applied(self._vowels, spelled), voiced, bare[:1] + _RUN.sub(r"\1", consonants))


def _unless_initials(bracketed: re.Match[str]) -> str:
    """Drops an acronym in brackets that repeats the name; "(Independent)" and "(IM)" tell one faction from another."""
    initials = "".join(word[0] for word in _WORD.findall(bracketed.string[:bracketed.start()])).upper()
    return "" if bracketed[1].upper() in initials else f" {bracketed[1]}"


def _applied(rules: list[tuple[re.Pattern[str], str]], text: str) -> str:
    for pattern, to in rules:
        text = pattern.sub(to, text)
    return text


def _vowels_agree(one: str, other: str) -> bool:
    """Whether the vowels between the same consonants may stand for each other."""
    i = j = 0
    while i < len(one) and j < len(other):
        if one[i] == other[j] or ("e" in (one[i], other[j]) and {one[i], other[j]} <= _FRONT):
            i, j = i + 1, j + 1
        elif one[i] in _VOWELS and other[j] not in _VOWELS and not _VOWELS.isdisjoint(one[i + 1:]):
            i += 1
        elif other[j] in _VOWELS and one[i] not in _VOWELS and not _VOWELS.isdisjoint(other[j + 1:]):
            j += 1
        else:
            return False
    return i == len(one) and j == len(other)


@lru_cache(maxsize=1 << 16)
def _rarity(word: str) -> float:
    """How rare a word is in English text of all sorts (wordfreq), linear in its Zipf frequency; names need no news."""
    from wordfreq import zipf_frequency

    return min(1.0, max(0.0, (_COMMON - zipf_frequency(word, "en")) / (_COMMON - _RARE)))


@lru_cache(maxsize=4)
def naming(gazetteer: Gazetteer) -> Naming:
    """The rules with the spellings of a gazetteer; KnowledgeError if the file has another shape."""
    return Naming(read_knowledge(_FILE, Rules), gazetteer)



def is_acronym(name: str) -> bool:
    """Whether a name is one word of capitals."""
    return bool(_ACRONYM.match(name))
