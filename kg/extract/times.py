"""Finds time expressions: dates, weekdays, "last month", "two days later", times of day, with an honest precision.

The grammar is a list of patterns in `times.yaml`; it is tried only near words without which no time is named.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import yaml
from spacy.tokens import Doc, Token

from kg.errors import KnowledgeError
from kg.extract.calendar_phrases import READINGS, CalendarWords, Reading, Writing, day_of, full_year
from kg.extract.findings import Time
from kg.extract.language import Parsed
from kg.settings import Settings

_BEFORE, _AFTER = 40, 45  # characters around an anchor word that its expression may take up
_HEADER = 400  # characters at the beginning of a text that may hold its dateline
_TRUSTED = timedelta(days=7)  # how much older than its publication a dateline may be


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWords:
    """What `times.yaml` says, compiled."""

    calendar: CalendarWords
    anchor: re.Pattern[str]
    grammar: re.Pattern[str]
    readings: tuple[str, ...]
    dateline: re.Pattern[str]
    written_on: re.Pattern[str]
    clock_lead: re.Pattern[str]
    clock_link: re.Pattern[str]
    vetoed_before: frozenset[str]
    vetoed_after: frozenset[str]
    future: frozenset[str]
    future_heads: frozenset[str]


def load_time_words(settings: Settings) -> TimeWords:
    """Read and compile the time words of a language; raises KnowledgeError if the file is broken."""
    path = settings.language_data / "times.yaml"
    try:
        return _compiled(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, KeyError, AttributeError, TypeError, re.error, yaml.YAMLError) as error:
        problem, mend = f"cannot be used: {error!r}", "see the comments in the file"
        raise KnowledgeError(problem, where=str(path), mend=mend) from error


def _compiled(data: Mapping[str, Any]) -> TimeWords:
    macros = _macros(data)
    branches = [f"(?P<r__{n}>{_expand(row['pattern'], macros, n)})" for n, row in enumerate(data["patterns"])]
    return TimeWords(
        calendar=_calendar(data),
        anchor=re.compile(_anchor(data), re.IGNORECASE),
        grammar=re.compile(rf"(?<![\w$€£])(?:{'|'.join(branches)})(?!\w)", re.IGNORECASE),
        readings=tuple(row["reading"] for row in data["patterns"]),
        dateline=re.compile(_expand(data["dateline"], macros, None), re.IGNORECASE | re.MULTILINE),
        written_on=re.compile(_expand(data["written_on"], macros, None), re.IGNORECASE),
        clock_lead=re.compile(_expand(data["clock_lead"], macros, None), re.IGNORECASE),
        clock_link=re.compile(data["clock_link"].replace(" ", r"\s+"), re.IGNORECASE),
        vetoed_before=frozenset(word for words in data["vetoed_before"].values() for word in words),
        vetoed_after=frozenset(data["vetoed_after"]),
        future=frozenset(data["future"]),
        future_heads=frozenset(data["future_heads"]),
    )


def _calendar(data: Mapping[str, Any]) -> CalendarWords:
    plain = ("months", "weekdays", "day_words", "day_links", "units", "numbers", "which", "ways", "clock_words")
    return CalendarWords(
        **{name: dict(data[name]) for name in plain},
        holidays={name: tuple(value) for name, value in data["holidays"].items()},
        named_days=dict(data["named_days"]),
        phases={word: {unit: tuple(ends) for unit, ends in units.items()} for word, units in data["phases"].items()},
    )


def _macros(data: Mapping[str, Any]) -> dict[str, str]:
    lists = {"weekday": "weekdays", "holiday": "holidays", "named_day": "named_days", "way": "ways", "which": "which",
             "day_word": "day_words", "day_link": "day_links", "unit": "units", "part": "parts_of_day"}
    macros = {macro: _either(data[name]) for macro, name in lists.items()}
    return macros | {"month": _months(data["months"]), "clock": data["clock"],
                     "day": r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|[.:]\d)",
                     "year": r"(?:1[89]|20)\d\d(?![-–/]\d|\d|[.,]\d)",
                     "count": rf"(?:\d{{1,3}}|{_either(data['numbers'])})"}


def _months(months: Mapping[str, int]) -> str:
    """The names of the months; a short form, but not a name that is written out, may end with a full stop."""
    short = {name for name in months if any(other != name and other.startswith(name) for other in months)}
    return f"(?:{_either(months.keys() - short)}|{_either(short)}\\.?)"


def _either(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(re.escape(word).replace(chr(92) + ' ', ' ') for word in longest_first)})"


def _expand(pattern: str, macros: Mapping[str, str], number: int | None) -> str:
    """A pattern of the file as a regular expression; groups get the pattern's number, so that all fit into one."""
    for macro, meaning in macros.items():
        pattern = pattern.replace("{" + macro + "}", meaning)
    pattern = pattern.replace("['’]", "'").replace("'", "['’]").replace(" ", r"\s+").replace(r"\s+?", r"\s?")
    return pattern if number is None else re.sub(r"\(\?P<(\w+)>", rf"(?P<\1__{number}>", pattern)


def _anchor(data: Mapping[str, Any]) -> str:
    names = ("months", "weekdays", "holidays", "units", "parts_of_day", "anchors")
    words = {word.split()[-1] for name in names for word in data[name]}
    return rf"\b{_either(words)}s?\b|(?<!\d)(?:1[89]|20)\d\d|\d[:.h][0-5]\d|\d\s?[ap]\.?m\b|\d/11"


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
        return self.parsed.document.text

    @cached_property
    def starts(self) -> list[int]:
        return [token.idx for token in self.doc]

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
    return _with_clocks(text, found)


def _headers(text: _Text) -> Iterator[tuple[int, int, date | None]]:
    """Datelines and notes of the writing date: start, end and the day."""
    for match in text.words.dateline.finditer(text.text, 0, _HEADER):
        yield match.start(), match.end(), _header_day(match, text.words)
        break
    for match in text.words.written_on.finditer(text.text):
        yield match.start(), match.end(), _header_day(match, text.words)


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
    """Grammar matches in the neighbourhood of anchor words; a line end closes a neighbourhood only by the grammar."""
    done = 0
    for low, high in _windows(text):
        for match in text.words.grammar.finditer(text.text, max(low, done), high):
            done = match.end()
            yield match


def _windows(text: _Text) -> Iterator[tuple[int, int]]:
    low = high = -1
    for anchor in text.words.anchor.finditer(text.text):
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
    branch = next(int(name[3:]) for name in match.groupdict() if name.startswith("r__") and match[name])
    groups = {name.split("__")[0]: re.sub(r"\s+", " ", value.lower()).replace("’", "'")
              for name, value in match.groupdict().items() if value and not name.startswith("r__")}
    start, end = text.tokens(match.start(), match.end())
    reading_name = text.words.readings[branch]
    if _vetoed(text, match, reading_name, start, end):
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


def _vetoed(text: _Text, match: re.Match[str], reading: str, start: int, end: int) -> bool:
    words, doc = text.words, text.doc
    if reading == "clock":
        return not words.clock_lead.search(match.group())
    names = (value for name, value in match.groupdict().items() if value and name.startswith(("named__", "month__")))
    named = next(names, "")
    if named[:1].islower() and not match.group()[:1].isdigit():
        return True
    if reading in {"day_word", "day_link", "overnight"}:
        return False
    before = doc[start - 1].lower_ if start else ""
    after = doc[end].lower_ if end < len(doc) else ""
    return before in words.vetoed_before or after in words.vetoed_after


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
