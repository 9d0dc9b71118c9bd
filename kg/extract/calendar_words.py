"""Calendar words of a language, when a text was written, and what a time expression means."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

Groups = Mapping[str, str]
Phase = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarWords:
    """The words of a language that stand for numbers, days, months and stretches of time; all keys lower-case.

    `which` says how far before or after this one a named stretch lies ("last": -1), None for one counted from another
    event's; `ways` whether a distance points back or forward.
    """

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    holidays: Mapping[str, tuple[int, int]]
    named_days: Mapping[str, date]
    day_words: Mapping[str, int]
    day_links: Mapping[str, int]
    units: Mapping[str, str]
    numbers: Mapping[str, int | None]
    ordinals: Mapping[str, int]
    which: Mapping[str, int | None]
    ways: Mapping[str, int]
    phases: Mapping[str, Phase]
    clock_words: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """When a text was written, as far as known, the year it speaks of, and whether this clause tells of the future."""

    day: date | None
    year: int | None = None
    future: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a time expression means; the fields are those of `Time`."""

    precision: str
    basis: str
    earliest: date | None = None
    latest: date | None = None
    shift: int | None = None
    clock: str | None = None


def one_day(value: date | None, basis: str) -> Reading:
    """A day, known or not."""
    return Reading(precision="day", basis=basis, earliest=value, latest=value)


def day_range(earliest: date | None, latest: date | None, basis: str) -> Reading:
    """The days from one to another, which may be one and the same."""
    precision = "day" if earliest is not None and earliest == latest else "range"
    return Reading(precision=precision, basis=basis, earliest=earliest, latest=latest)


def stretch(day: date, unit: str, ago: int) -> tuple[date, date]:
    """The first and last day of the calendar week (from Monday), month or year so many before the one of a day."""
    if unit == "week":
        monday = day - timedelta(days=day.weekday() + 7 * ago)
        return monday, monday + timedelta(days=6)
    if unit == "month":
        count = day.year * 12 + day.month - 1 - ago
        return date(count // 12, count % 12 + 1, 1), last_day(count // 12, count % 12 + 1)
    return date(day.year - ago, 1, 1), date(day.year - ago, 12, 31)


def day_of(year: int, month: int, day: int) -> date | None:
    """The date, or None if there is no such day."""
    return date(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def full_year(text: str) -> int:
    """A year of four digits as it stands, one of two digits in the century that makes it 1950 to 2049."""
    value = int(text)
    return value if value > 99 else value + (1900 if value >= 50 else 2000)
