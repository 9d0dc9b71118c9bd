"""Finds time expressions: dates, weekdays, "last month", "two days later", times of day, with an honest precision.

The grammar is a list of patterns in `times.yaml`; it is tried only near words without which no time is named.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from kg.extract.calendar_phrases import READINGS
from kg.extract.calendar_words import Reading, Writing, day_of, full_year
from kg.extract.findings import Time
from kg.extract.language import Parsed, hard_wrapped
from kg.extract.syntax import Doc, Token
from kg.extract.time_words import TimeWords, load_time_words

__all__ = ["TimeWords", "find_times", "load_time_words"]

_SPACE = re.compile(r"\s+")
_BEFORE, _AFTER = 40, 45  # characters around an anchor word that its expression may take up
_HEADER = 400  # characters at the beginning of a text that may hold its dateline
_LINE = re.compile(r"[^\n]+")
_LINE_END = "\x00"  # no white space to the grammar
_PRESENT = {"VBZ", "VBP"}
_TRUSTED = timedelta(days=7)  # how much older than its publication a dateline may be


@dataclass(frozen=True)
class _Text:
    """A parsed document with an index from characters to tokens."""

    parsed: Parsed
    words: TimeWords

    @property
    def doc(self) -> Doc:
        return self.parsed.doc

    @property
    def text(self) -> str:
        return self.parsed.text

    @cached_property
    def starts(self) -> list[int]:
        return [token.idx for token in self.parsed.tokens]

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """The tokens that hold the characters `start` to `end`."""
        return bisect_right(self.starts, start) - 1, bisect_left(self.starts, end)


def find_times(parsed: Parsed, words: TimeWords) -> list[Time]:
    """The time expressions of a document in text order, without the dateline and lines that say when it was written.

    The day of writing is that of a dateline not older than a week before the publication day, else that day.
    """
    text = _Text(parsed, words)
    headers = list(_headers(text))
    writing = _writing_day(parsed.document.published, [day for _, _, day in headers])
    found: list[Time] = []
    years: list[tuple[int, int]] = []
    for match in _matches(text):
        if any(start <= match.start() < end for start, end, _ in headers):
            continue
        time = _time(text, match, writing, years)
        if time is not None:
            found.append(time)
    return _counted(text, [_from_now(text, time, writing) for time in _with_clocks(text, found)])


def _headers(text: _Text) -> Iterator[tuple[int, int, date | None]]:
    """Datelines and notes of the writing date: start, end and the day."""
    lines = _datelines(text)
    first = next(lines, None)
    # Several days head the items of a list.
    if first is not None and first.start() < _HEADER and all(_stated(line) == _stated(first) for line in lines):
        yield first.start(), first.end(), _header_day(first, text.words)
    for match in text.words.written_on.finditer(text.text):
        yield match.start(), match.end(), _header_day(match, text.words)


def _datelines(text: _Text) -> Iterator[re.Match[str]]:
    if hard_wrapped(text.text):
        yield from text.words.dateline.finditer(text.text)
        return
    for line in _LINE.finditer(text.text):
        if (found := text.words.dateline.match(text.text, line.start(), line.end())) is not None:
            yield found


def _stated(dateline: re.Match[str]) -> tuple[str, str]:
    return dateline["day"] or dateline["day__2"], dateline["month"] or dateline["month__2"]


def _header_day(match: re.Match[str], words: TimeWords) -> date | None:
    groups = {name.split("__")[0]: value.lower() for name, value in match.groupdict().items() if value}
    if not {"year", "month", "day"} <= set(groups):
        return None
    digits = "".join(character for character in groups["day"] if character.isdigit())
    return day_of(full_year(groups["year"]), words.calendar.months[groups["month"].rstrip(".")], int(digits))


def _writing_day(published: str | None, headers: list[date | None]) -> date | None:
    stated = next((day for day in headers if day is not None), None)
    if published is None:
        return stated
    day = date.fromisoformat(published[:10])
    return stated if stated is not None and timedelta() <= day - stated <= _TRUSTED else day


def _matches(text: _Text) -> Iterator[re.Match[str]]:
    """Grammar matches in the neighbourhood of anchor words; none goes over the end of a line that the author ended."""
    done = 0
    words = text.parsed.lower if hard_wrapped(text.text) else text.parsed.lower.replace("\n", _LINE_END)
    for low, high in _windows(text):
        for match in text.words.grammar.finditer(words, max(low, done), high):
            done = match.end()
            yield match


def _windows(text: _Text) -> Iterator[tuple[int, int]]:
    low = high = -1
    for anchor in text.words.anchor.finditer(text.parsed.lower):
        begin = anchor.start() - _BEFORE
        if begin > high:
            if high > 0:
                yield low, high
            low = _word_start(text.text, max(0, begin))
        high = min(len(text.text), anchor.end() + _AFTER)
    if high > 0:
        yield low, high


def _word_start(text: str, place: int) -> int:
    """The first place from here that does not lie inside a word."""
    while 0 < place < len(text) and text[place - 1].isalnum():
        place += 1
    return place


def _time(text: _Text, match: re.Match[str], writing: date | None, years: list[tuple[int, int]]) -> Time | None:
    parts = {name: value for name, value in match.groupdict().items() if value}
    branch = next(name for name in parts if name.startswith("r__"))
    groups = {name.split("__")[0]: _SPACE.sub(" ", value).replace("’", "'") for name, value in parts.items()
              if name != branch}
    start, end = text.tokens(match.start(), match.end())
    reading_name = text.words.readings[int(branch[3:])]
    named = next((name for name in parts if name.startswith(("named__", "month__"))), None)
    if _vetoed(text, match, reading_name, named, start, end):
        return None
    sentence = text.parsed.sentence_index(start)
    if "year" in groups and "month" in groups:
        years.append((sentence, int(groups["year"])))
    now = Writing(day=writing, year=_spoken_year(years, sentence, writing), future=_future(text, start, end))
    reading = READINGS[reading_name]({k: v.strip(" -.") for k, v in groups.items()}, text.words.calendar, now)
    return None if reading is None else _as_time(reading, start, end)


def _as_time(reading: Reading, start: int, end: int) -> Time:
    return Time(start=start, end=end, precision=reading.precision, basis=reading.basis, earliest=reading.earliest,
                latest=reading.latest, shift=reading.shift, clock=reading.clock)


def _spoken_year(years: list[tuple[int, int]], sentence: int, writing: date | None) -> int | None:
    """The year a date without one takes from the text: of the same sentence, or of the last date in an undated text."""
    if not years:
        return None
    return years[-1][1] if writing is None or years[-1][0] == sentence else None


def _vetoed(text: _Text, match: re.Match[str], reading: str, named: str | None, start: int, end: int) -> bool:
    """Whether it is no time after all; `named` is the group of its month or weekday, which begin with a capital."""
    words, doc = text.words, text.doc
    if reading == "clock":
        return not words.clock_lead.search(match.group())
    if named and text.text[match.start(named)].islower() and not match.group()[:1].isdigit():
        return True
    if reading in {"day_word", "day_link", "overnight"}:
        return False
    owner = doc[end - 1].lower_ in {"'s", "’s"}  # "Since Friday's blast" speaks of the blast's day.
    led = doc[start].dep_ == "prep" and reading == "weekday"  # "On Friday men came" is no name.
    before = doc[start - 1].lower_ if start else ""
    after = doc[end].lower_ if end < len(doc) else ""
    after = "" if after == "-" and doc[end - 1].whitespace_ else after  # "15 Nov - Sur" is no compound.
    return (before in words.vetoed_before and not owner) or (after in words.vetoed_after and not led)


def _future(text: _Text, start: int, end: int) -> bool:
    """Whether the clause around a time expression tells of what is to come; the time of a noun is taken as past."""
    token: Token = text.doc[start:end].root
    for ancestor in token.ancestors:
        if ancestor.pos_ in {"NOUN", "PROPN"} and not start <= ancestor.i < end:
            return False
        if ancestor.pos_ in {"VERB", "AUX"}:
            return _tells_future(ancestor, text.words)
    return False


def _tells_future(verb: Token, words: TimeWords) -> bool:
    helpers = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    if helpers & words.future or (verb.lemma_ in words.future_heads and verb.tag_ == "VBN"):
        return True
    infinitive = any(child.tag_ == "TO" for child in verb.children)
    if infinitive and verb.dep_ == "xcomp":
        return _tells_future(verb.head, words)
    return infinitive and verb.dep_ in {"acl", "relcl"}


def _with_clocks(text: _Text, found: list[Time]) -> list[Time]:
    """Give a time of day to the date that stands directly beside it."""
    merged: list[Time] = []
    for time in found:
        if merged and _linked(text, merged[-1], time):
            merged[-1] = _joined(merged[-1], time)
        else:
            merged.append(time)
    return merged


def _linked(text: _Text, left: Time, right: Time) -> bool:
    if (left.clock is None) == (right.clock is None):
        return False
    dated = right if left.clock else left
    if dated.precision != "day":
        return False
    between = text.text[text.starts[left.end - 1] + len(text.doc[left.end - 1]):text.starts[right.start]]
    return text.words.clock_link.fullmatch(between) is not None


def _joined(left: Time, right: Time) -> Time:
    dated, clock = (right, left.clock) if left.clock else (left, right.clock)
    return replace(dated, start=left.start, end=right.end, clock=clock)


def _from_now(text: _Text, time: Time, writing: date | None) -> Time:
    """A distance counted back from the day of writing, where what it leads up to goes on: "a week after rebels raided
    Sur, the school is shut"; a day or so is rounded, and of weeks a few days.
    """
    after = text.doc[time.end - 1]
    if writing is None or not time.shift or time.shift < 0 or after.lower_ not in text.words.reckoning:
        return time
    later = after.head.head
    now = {later.tag_, *(child.tag_ for child in later.children if child.dep_ in {"aux", "auxpass"})} & _PRESENT
    if after.dep_ != "mark" or later is after.head or not now:
        return time
    spare = timedelta(days=1 if time.precision == "day" else 3)
    there = writing - timedelta(days=time.shift)
    return replace(time, earliest=there - spare, latest=there + spare, precision="range", onward=True)


def _counted(text: _Text, found: list[Time]) -> list[Time]:
    """Count the distances that have a date beside or shortly before them from it."""
    dated: list[Time] = []
    counted: list[Time] = []
    for time in found:
        if time.basis == "anaphoric" and time.shift is not None and time.clock is None and dated:
            time = _from_date(text, time, dated[-1])
        counted.append(time)
        if time.precision == "day" and time.earliest is not None and not time.onward:
            dated.append(time)
    return counted


def _from_date(text: _Text, time: Time, dated: Time) -> Time:
    shift, day, doc = time.shift, dated.earliest, text.doc
    apart = text.parsed.sentence_index(time.start) - text.parsed.sentence_index(dated.start)
    if shift is None or day is None or apart > 1:
        return time
    leads_on = doc[time.end - 1].lower_ in text.words.reckoning and time.end < len(doc) and not doc[time.end].is_punct
    if leads_on:
        beside = apart == 0 and all(token.is_punct for token in doc[dated.end:time.start])
        there = day - timedelta(days=shift)
        return replace(time, earliest=there, latest=there, onward=True) if beside else time
    if apart == 0 and shift < 0:
        there = day + timedelta(days=shift)
        return replace(time, earliest=there, latest=there)
    return replace(time, base=day) if shift <= 0 else time
