"""Restores upper and lower case to texts set in capitals, such as old wire copy, cables and headlines.

What is restored is as long as the text, character by character, so that offsets into one are offsets into the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.language import Language

from kg.extract.case_names import NameSpotter, Spelled
from kg.extract.case_run import Run, Shape, Word
from kg.extract.case_strays import has_strays, lowered_where
from kg.extract.case_words import CaseLexicon, Sort, load_case_words, load_names
from kg.extract.language import hard_wrapped
from kg.extract.name_words import NameWords
from kg.gazetteer import Gazetteer
from kg.placenames import PlaceIndex
from kg.settings import Settings

_PARAGRAPH, _LINE = re.compile(r"\n[ \t]*\n\s*"), re.compile(r"\n\s*")
# A text without such a run of letters has nothing to restore.
_SHOUTED = re.compile(r"[^\W\d_a-z][^a-z]{20,}")
_DATELINE = re.compile(
    r"\s*(?P<place>[A-Z][A-Z'’.-]+(?:[ /-][A-Z'’.-]+){0,3})(?: \([A-Z]+\))?"
    r"(?:, [^()\n]{2,40})?\s*(?:\([^)\n]{2,60}\))?\s*(?:--|–|—| - )\s*(?:\[[^\]]{2,90}\]\s*)*")
# Letters of a code before its number: AK-47, RPG-7.
_CODE = 3
_NAMED = frozenset({Sort.NAME, Sort.UNKNOWN, Sort.EITHER})


class CaseRestorer:
    """Gives a text as the parser is to read it: capitals restored to plain case, marks of the desk made blanks."""

    def __init__(self, settings: Settings, nlp: Language, gazetteer: Gazetteer, places: PlaceIndex,
                 names: NameWords) -> None:
        self._words = load_case_words(settings)
        self._marks = re.compile(rf"\[ ?(?:{'|'.join(self._words.marks)}) ?\]", re.IGNORECASE)
        self._sources = (settings, nlp, gazetteer, places, names)
        self._loaded: tuple[CaseLexicon, NameSpotter] | None = None

    def restore(self, text: str) -> str:
        """The text to parse, as long as the given one; the same text unless capitals in it are to be taken back."""
        if "[" in text:
            text = self._marks.sub(lambda mark: " " * len(mark.group()), text)
        if _SHOUTED.search(text) is None:
            return self._without_strays(text)
        least = 1 if self._in_capitals(text, self._words.least_words) else self._words.least_words
        shouted = [(a, b) for a, b in _paragraphs(text) if self._in_capitals(text[a:b], least)]
        return self._plain(text, shouted) if shouted else self._without_strays(text)

    def _without_strays(self, text: str) -> str:
        """The text without the capitals that another program has given to words by mistake."""
        capitals = text.upper()
        if len(capitals) != len(text) or not has_strays(text, self._load()[0]):
            return text
        return lowered_where(text, self._plain(capitals, list(_paragraphs(capitals))))

    def _plain(self, text: str, spans: Iterable[tuple[int, int]]) -> str:
        """The text with plain case in the paragraphs given, which are in capitals."""
        lexicon, spotter = self._load()
        runs = [Run(text, a, b, lexicon) for a, b in spans]
        self._decide(runs, lexicon, spotter)
        return _written(text, runs)

    def _load(self) -> tuple[CaseLexicon, NameSpotter]:
        """The lexicon and the names, made for the first text that needs them."""
        if self._loaded is None:
            settings, nlp, gazetteer, places, names = self._sources
            lexicon = CaseLexicon(nlp, self._words, load_names(settings), names.demonyms)
            self._loaded = lexicon, NameSpotter(lexicon, gazetteer, places)
        return self._loaded

    def _in_capitals(self, paragraph: str, least: int) -> bool:
        upper = sum(map(str.isupper, paragraph))
        lower = sum(map(str.islower, paragraph))
        share = self._words.capital_share
        return upper > share * (upper + lower) and len(paragraph.split()) >= least

    def _decide(self, runs: list[Run], lexicon: CaseLexicon, spotter: NameSpotter) -> None:
        countries, acronyms = spotter.countries(runs), spotter.acronyms(runs)
        for run in runs:
            for i, word in enumerate(run.words):
                self._alone(run, i, word, acronyms)
        spoken = [spotter.find(run, countries) for run in runs]
        for run, names in zip(runs, spoken, strict=True):
            for name in names:
                self._name(run, name, lexicon)
        surnames = {word for run in runs for word in self._persons(run, lexicon)}
        for run in runs:
            for i, word in enumerate(run.words):
                if word.lower in surnames and word.sort is not Sort.COMMON and not word.fixed:
                    word.shape = Shape.TITLE
                self._particle(run, i, word)
            for i in range(len(run)):
                self._title(run, i)
                self._head(run, i, lexicon)
            self._begin(run)

    def _alone(self, run: Run, i: int, word: Word, acronyms: set[str]) -> None:
        """The shape that a word has by itself."""
        words = self._words
        word.spelled = words.forms.get(word.lower)
        if word.spelled is not None:
            word.shape, word.fixed = Shape.LOWER, True
        elif word.sort is Sort.ACRONYM or word.lower in acronyms or _code(run, i, word):
            word.shape, word.fixed = Shape.UPPER, True
        elif word.lower == words.country_or_pronoun:
            word.shape = Shape.UPPER if self._country(run, i) else Shape.LOWER
        elif word.lower in words.words_and_months:
            word.shape = Shape.TITLE if _dated(run, i, words.before_months) else Shape.LOWER
        elif word.sort in {Sort.NAME, Sort.UNKNOWN} or word.lower in words.short_titles:
            word.shape = Shape.TITLE if word.lower[0].isalpha() else Shape.LOWER

    def _country(self, run: Run, i: int) -> bool:
        """Whether "US" is the country: after "the", or before a noun."""
        if run.follows(i) and run.lower(i - 1) in {"the", "a"}:
            return True
        following = run.words[i + 1] if run.joined(i) else None
        return following is not None and (following.sort in _NAMED or self._load()[0].noun(following.lower)) and (
            not self._load()[0].function(following.lower))

    def _name(self, run: Run, name: Spelled, lexicon: CaseLexicon) -> None:
        words = run.words[name.first:name.last]
        if any(word.fixed for word in words) and len(words) == 1:
            return
        begin = words[0].start
        for number, word in enumerate(words):
            if word.fixed and word.shape is Shape.UPPER and name.form is None:
                continue
            word.fixed = True
            if name.form is not None:
                length = min(word.end - begin, len(name.form)) - (word.start - begin)
                word.spelled = name.form[word.start - begin:word.start - begin + length]
                word.shape = Shape.TITLE if word.spelled[:1].isupper() else Shape.LOWER
            elif number and word.lower in self._words.inner_particles:
                word.shape = Shape.LOWER
            elif not number and lexicon.function(word.lower) and word.lower not in self._words.openers:
                word.shape, word.fixed = Shape.LOWER, False
            else:
                word.shape = Shape.TITLE

    def _persons(self, run: Run, lexicon: CaseLexicon) -> Iterator[str]:
        """Capitalise words that may be names beside a title, an initial or a name; give the surnames."""
        words = self._words
        for i, word in enumerate(run.words):
            if word.sort is not Sort.EITHER or word.fixed or lexicon.function(word.lower):
                continue
            before, after = run.lower(i - 1) if run.follows(i) else "", run.lower(i + 1) if run.joined(i) else ""
            titled = before in words.titles or before in words.short_titles
            named = bool(before) and self._of_person(run, i - 1, lexicon)
            leads = bool(after) and self._of_person(run, i + 1, lexicon) and not lexicon.function(before)
            if titled or named or leads:
                word.shape = Shape.TITLE
                if titled or named:
                    yield word.lower

    def _of_person(self, run: Run, i: int, lexicon: CaseLexicon) -> bool:
        """Whether a word may be part of a person's name: a name that is no place, people or month."""
        word = run.words[i]
        return word.shape is Shape.TITLE and not word.fixed and word.lower not in self._words.months and (
            not lexicon.demonym(word.lower) and word.lower not in self._words.short_titles)

    def _particle(self, run: Run, i: int, word: Word) -> None:
        """The articles and prepositions inside names: small between two names, large where they open one."""
        words = self._words
        if word.fixed or not (word.lower in words.particles or word.lower in words.openers):
            return
        leads = i + 1 < len(run) and (run.joined(i) or run.gap(i) in {"-", "–"}) and self._next_titled(run, i)
        inside = run.follows(i) and (run.words[i - 1].titled or self._linked(run, i - 1))
        if not leads:
            word.shape = Shape.TITLE if word.sort in {Sort.NAME, Sort.UNKNOWN} and word.lower in words.openers \
                else Shape.LOWER
        elif word.lower in words.openers:
            small = inside and word.lower in words.inner_particles
            word.shape = Shape.LOWER if small else Shape.TITLE
        elif run.gap(i) in {"-", "–"} or inside:
            word.shape = Shape.LOWER
        elif word.sort in {Sort.NAME, Sort.UNKNOWN, Sort.EITHER}:
            word.shape = Shape.TITLE

    def _linked(self, run: Run, i: int) -> bool:
        """Whether a word is the small one of a name: the "de" of "Ana de la Torre"."""
        return run.lower(i) in self._words.particles and run.follows(i) and run.words[i - 1].titled

    def _next_titled(self, run: Run, i: int) -> bool:
        at = i + 1
        while at + 1 < len(run) and run.joined(at) and run.lower(at) in self._words.inner_particles:
            at += 1
        return run.words[at].titled

    def _title(self, run: Run, i: int) -> None:
        """Capitalise a long title before a person's name."""
        word, words = run.words[i], self._words
        if word.lower not in words.titles or word.lower in words.small_titles or word.fixed or not run.joined(i):
            return
        following = run.words[i + 1]
        lexicon = self._load()[0]
        if following.titled and following.sort in _NAMED and not lexicon.demonym(following.lower) and (
                following.lower not in words.months):
            word.shape = Shape.TITLE

    def _head(self, run: Run, i: int, lexicon: CaseLexicon) -> None:
        """Capitalise the head of a name: "the Sheraton Hotel", but "the Colombian front"."""
        word = run.words[i]
        if word.fixed or word.lower not in self._words.heads_after_names or not run.follows(i):
            return
        before = run.words[i - 1]
        if before.shape is Shape.TITLE and before.sort in _NAMED and not lexicon.demonym(before.lower) and (
                not run.opens(i - 1) and before.lower not in self._words.months and not before.possessive):
            word.shape = Shape.TITLE

    def _begin(self, run: Run) -> None:
        """Capitalise the beginnings of sentences; leave the place of a dateline in capitals."""
        for i, word in enumerate(run.words):
            abbreviation = i and run.gap(i - 1).startswith(". ") and (
                run.lower(i - 1) in self._words.short_titles or len(run.lower(i - 1)) == 1)
            if word.shape is Shape.LOWER and word.spelled is None and run.opens(i) and not abbreviation:
                word.shape = Shape.TITLE
        dateline = _DATELINE.match(run.text, run.start, run.end)
        for word in run.words:
            if dateline is None:
                break
            if word.end <= dateline.end("place"):
                word.shape, word.spelled = Shape.UPPER, None
            elif word.start >= dateline.end():
                word.shape = Shape.TITLE if word.shape is Shape.LOWER and word.spelled is None else word.shape
                break


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    boundary = _PARAGRAPH if hard_wrapped(text) else _LINE
    begin = 0
    for gap in boundary.finditer(text):
        yield begin, gap.start()
        begin = gap.end()
    yield begin, len(text)


def _code(run: Run, i: int, word: Word) -> bool:
    """Whether a word is an initial or part of a code: "J. C. VARGAS", "M-19", "AK47"."""
    if len(word.lower) == 1:
        return word.lower != "a" or run.gap(i).startswith((".", "-"))
    if "." in word.lower:
        return True
    digits = sum(c.isdigit() for c in word.lower)
    numbered = i + 1 < len(run) and run.gap(i) == "-" and run.lower(i + 1).isdigit()
    if numbered and len(word.lower) <= _CODE:
        return True
    return 0 < digits < len(word.lower) and word.lower[0].isalpha()


def _dated(run: Run, i: int, before: Iterable[str]) -> bool:
    """Whether a word that may be a month is one."""
    around = (run.lower(i - 1) if run.follows(i) else "", run.lower(i + 1) if run.joined(i) else "")
    return any(word[:1].isdigit() for word in around) or around[0] in before


def _written(text: str, runs: Iterable[Run]) -> str:
    parts, done = [], 0
    for run in runs:
        for word in run.words:
            parts += [text[done:word.start], word.written(text[word.start:word.end])]
            done = word.end
    return "".join([*parts, text[done:]])


__all__ = ["CaseRestorer"]
