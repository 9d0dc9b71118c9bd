"""The words and patterns of time expressions, read from `times.yaml` and compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from kg.errors import KnowledgeError
from kg.extract.calendar_words import CalendarWords
from kg.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWords:
    """What `times.yaml` says, compiled; `anchor` and `grammar` are for text in small letters."""

    calendar: CalendarWords
    anchor: re.Pattern[str]
    grammar: re.Pattern[str]
    readings: tuple[str, ...]
    dateline: re.Pattern[str]
    written_on: re.Pattern[str]
    clock_lead: re.Pattern[str]
    clock_link: re.Pattern[str]
    reckoning: frozenset[str]
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
        anchor=re.compile(_anchor(data)),
        grammar=re.compile(rf"(?<![\w$€£])(?<!\w-)(?:{'|'.join(branches)})(?!\w)"),
        readings=tuple(row["reading"] for row in data["patterns"]),
        dateline=re.compile(_expand(data["dateline"], macros, None), re.IGNORECASE | re.MULTILINE),
        written_on=re.compile(_expand(data["written_on"], macros, None), re.IGNORECASE),
        clock_lead=re.compile(_expand(data["clock_lead"], macros, None), re.IGNORECASE),
        clock_link=re.compile(data["clock_link"].replace(" ", r"\s+"), re.IGNORECASE),
        reckoning=frozenset(data["reckoning"]),
        vetoed_before=frozenset(word for words in data["vetoed_before"].values() for word in words),
        vetoed_after=frozenset(data["vetoed_after"]),
        future=frozenset(data["future"]),
        future_heads=frozenset(data["future_heads"]),
    )


def _calendar(data: Mapping[str, Any]) -> CalendarWords:
    plain = ("months", "weekdays", "day_words", "day_links", "units", "numbers", "ordinals", "which", "ways",
             "clock_words")
    return CalendarWords(
        **{name: dict(data[name]) for name in plain},
        holidays={name: tuple(value) for name, value in data["holidays"].items()},
        named_days=dict(data["named_days"]),
        phases={word: {unit: tuple(ends) for unit, ends in units.items()} for word, units in data["phases"].items()},
    )


def _macros(data: Mapping[str, Any]) -> dict[str, str]:
    lists = {"weekday": "weekdays", "holiday": "holidays", "named_day": "named_days", "way": "ways", "which": "which",
             "day_word": "day_words", "day_link": "day_links", "unit": "units", "part": "parts_of_day",
             "ordinal": "ordinals"}
    macros = {macro: _either(data[name]) for macro, name in lists.items()}
    return macros | {"month": _months(data["months"]), "clock": data["clock"],
                     "day": r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|[.:]\d)",
                     "year": r"(?:1[89]|20)\d\d(?![-–/]\d|\d|[.,]\d)",
                     "count": rf"(?:\d{{1,3}}|{_either(data['numbers'])}(?:-{_either(data['numbers'])})?)"}


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
