"""Known names: looks up the forms of the seed tables and finds them in text, however they are spelled."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import ahocorasick_rs

from kg.records import Kind
from kg.seedfiles import Entry, read_entries
from kg.settings import Settings
from kg.spellings import Form, Spellings, fold, read_spellings

__all__ = ["Entry", "Gazetteer", "NameHit", "load_gazetteer"]

# A sentence end, comma or paragraph end parts names, unless the name itself has it ("U.S. Army").
_PARTING = re.compile(r"[.!?;:,](?=\s)|\n\s*\n")
_GAPS = re.compile(r"  +")
# "IS-3" and "BLA-X" are other names than "IS" and "BLA"; "BLA-linked" is not.
_CODE_AFTER = re.compile(r"-(?:\d|[A-Z]{1,2}(?![A-Za-z]))")
_CODE_BEFORE = re.compile(r"(?:\d|(?<![A-Za-z])[A-Z])-$|[A-Za-z]\.$")


class NameHit(NamedTuple):
    """A known form in a text: character offsets, the words there, and the ids of all entries that have the form.

    Entries for which the form needs no context come first.
    """

    start: int
    end: int
    form: str
    entries: tuple[str, ...]


class _Use(NamedTuple):
    """One entry's use of a form; `marked` if its table says that the form needs context."""

    entry: str
    form: Form
    marked: bool


class Gazetteer:
    """The entries of the seed tables and an index of all their spellings."""

    def __init__(self, entries: Iterable[Entry], spellings: Spellings) -> None:
        self._entries = {entry.id: entry for entry in entries}
        self._spellings = spellings
        self._index: dict[str, list[_Use]] = {}
        for entry in self._entries.values():
            self._add(entry)
        self._keys = list(self._index)
        self._automaton = ahocorasick_rs.AhoCorasick([f" {key} " for key in self._keys], store_patterns=False)

    def _add(self, entry: Entry) -> None:
        marked = set(entry.context)
        taken: set[tuple[str, str]] = set()
        for written, form in self._spellings.forms(entry):
            if (form.key, form.cased) not in taken:
                taken.add((form.key, form.cased))
                careful = written in marked or self._spellings.everyday(form)
                self._index.setdefault(form.key, []).append(_Use(entry.id, form, careful))

    def entry(self, entry_id: str) -> Entry:
        """The entry of that id; KeyError if there is none."""
        return self._entries[entry_id]

    def entries(self, *kinds: Kind) -> Iterator[Entry]:
        """The entries of the given kinds (all, if none is given) in the order of the tables."""
        return (entry for entry in self._entries.values() if not kinds or entry.kind in kinds)

    def named(self, form: str) -> tuple[Entry, ...]:
        """The entries that a form names, in any of its spellings but with its capitals ("IS", never "is")."""
        return tuple(self._entries[entry] for entry in _entry_ids(self._uses(_plain(form))))

    def standard(self, word: str) -> str:
        """The spelling that stands for all listed spellings of a word (folded, in lower case)."""
        return self._spellings.standard(word)

    def needs_context(self, entry_id: str, form: str) -> bool:
        """Whether a form alone does not yet name the entry: another has it too, it is a word, or no form of it."""
        unmarked = {use.entry for use in self._uses(_plain(form)) if not use.marked}
        return unmarked != {entry_id}

    def find(self, text: str) -> list[NameHit]:
        """The known names in a text, whole words, the longest where several overlap, in text order."""
        words = _Words(text)
        hits = []
        for pattern, start, end in self._automaton.find_matches_as_indexes(words.padded, overlapping=True):
            # The pattern's spaces are no part of the name, and the padding shifts all by one.
            hit = self._hit(text, words, start, end - 2, self._keys[pattern])
            if hit is not None:
                hits.append(hit)
        return _longest(hits)

    def _hit(self, text: str, words: _Words, first: int, last: int, key: str) -> NameHit | None:
        uses = self._uses(words.cased[first:last], self._index[key])
        start, end = words.place(first), words.place(last - 1) + 1
        if text.count("(", start, end) > text.count(")", start, end) and text.startswith(")", end):
            end += 1
        form = text[start:end]
        parted = _PARTING.findall(form)
        if parted:
            uses = [use for use in uses if _PARTING.findall(use.form.written) == parted]
        if not uses or (form.isupper() and form.isalnum() and _part_of_code(text, start, end)):
            return None
        return NameHit(start, end, form, _entry_ids(uses))

    def _uses(self, cased: str, uses: list[_Use] | None = None) -> list[_Use]:
        candidates = self._index.get(cased.lower(), []) if uses is None else uses
        return [use for use in candidates if self._spellings.written_as(use.form, cased)]


def load_gazetteer(settings: Settings) -> Gazetteer:
    """Read the seed tables; raises KnowledgeError naming file, line and mend if one is broken."""
    return Gazetteer(read_entries(settings.seeds), read_spellings(settings.seeds / "variants.yaml"))


class _Words:
    """A text folded, its gaps narrowed to one space, that knows where each character came from."""

    def __init__(self, text: str) -> None:
        folded = fold(text)
        self._gaps: list[int] = []
        self._removed = [0]
        for gap in _GAPS.finditer(folded):
            self._gaps.append(gap.start() + 1 - self._removed[-1])
            self._removed.append(self._removed[-1] + len(gap.group()) - 1)
        self.cased = _GAPS.sub(" ", folded)
        self.padded = f" {self.cased.lower()} "

    def place(self, position: int) -> int:
        """The offset in the text of a position in `cased`."""
        return position + self._removed[bisect_right(self._gaps, position)]


def _plain(form: str) -> str:
    return " ".join(fold(form).split())


def _entry_ids(uses: list[_Use]) -> tuple[str, ...]:
    """The entries of the uses, those that need no context first."""
    return tuple(dict.fromkeys(use.entry for use in sorted(uses, key=lambda use: use.marked)))


def _part_of_code(text: str, start: int, end: int) -> bool:
    """Whether capitals stand in a longer code ("IS-3", "A.BLA") that is not the name."""
    return bool(_CODE_AFTER.match(text, end) or _CODE_BEFORE.search(text[max(0, start - 5):start]))


def _longest(hits: list[NameHit]) -> list[NameHit]:
    """Drop the shorter of overlapping hits, and of equally long ones the later."""
    kept: list[NameHit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start)):
        place = bisect_left(kept, hit)
        before = kept[place - 1].end if place else 0
        after = kept[place].start if place < len(kept) else hit.end
        if before <= hit.start and hit.end <= after:
            kept.insert(place, hit)
    return kept
