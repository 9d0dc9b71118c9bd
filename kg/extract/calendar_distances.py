"""Turns distances in time ("two weeks ago", "a day later", "a year today since") into bounds, precision and basis."""

from __future__ import annotations

from datetime import date, timedelta

from kg.extract.calendar_words import CalendarWords, Groups, Reading, Writing, day_range, last_day, one_day, stretch


def read_ago(groups: Groups, words: CalendarWords, writing: Writing) -> Reading | None:
    """So many days, weeks, months or years before the day of writing, as precise as the unit."""
    count, unit = _count(groups["count"], words), words.units[groups["unit"]]
    if unit == "decade":
        return None
    if count is None:
        return Reading(precision="range", basis="deictic")
    if unit == "fortnight":
        count, unit = 2 * count, "week"
    if unit in {"minute", "hour"}:
        count, unit = count // 24 if unit == "hour" else 0, "day"
    if writing.day is None:
        return Reading(precision=unit, basis="deictic")
    if unit == "day":
        return one_day(writing.day - timedelta(days=count), "deictic")
    if count >= 200:
        return None
    if "today" in groups:
        return one_day(_back(writing.day, unit, count), "deictic")
    first, last = stretch(writing.day, unit, count)
    return Reading(precision=unit, basis="deictic", earliest=first, latest=last)


_DAYS = {"minute": 0, "hour": 0, "day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "year": 12}
_SINCE = {"day", "week", *_MONTHS}
# "It is a year since" is written about the day a year after.
_ANNIVERSARY = timedelta(days=30)


def read_later(groups: Groups, words: CalendarWords, writing: Writing) -> Reading | None:
    """So many days or weeks before or after another event; months and years leave the shift open."""
    count, unit = _count(groups["count"], words), words.units[groups["unit"]]
    if count is None:
        return Reading(precision="range", basis="anaphoric")
    days = _DAYS.get(unit)
    precision = {"minute": "day", "hour": "day", "fortnight": "week"}.get(unit, unit)
    shift = None if days is None else words.ways[groups["way"]] * days * count
    return Reading(precision=precision, basis="anaphoric", shift=shift)


def read_window(groups: Groups, words: CalendarWords, writing: Writing) -> Reading | None:
    """The last so many hours, days or weeks up to the day of writing."""
    count = _count(groups["count"], words)
    if count is None or writing.day is None:
        return Reading(precision="range", basis="deictic") if count is not None else None
    unit = words.units[groups["unit"]]
    days = -(-count // 24) if unit == "hour" else count * _DAYS[unit]
    return day_range(writing.day - timedelta(days=days), writing.day, "deictic")


def read_since(groups: Groups, words: CalendarWords, writing: Writing) -> Reading | None:
    """The day of what is so long ago today or on a coming weekday ("it is a year today since"), else its stretch."""
    count, unit = _count(groups["count"], words), words.units[groups["unit"]]
    if count is None or unit not in _SINCE:
        return None
    if writing.day is None:
        return Reading(precision="range", basis="deictic")
    if "named" in groups:
        ahead = (words.weekdays[groups["named"]] - writing.day.weekday()) % 7
        return one_day(_back(writing.day + timedelta(days=ahead), unit, count), "deictic")
    if "today" in groups or unit == "day":
        return one_day(_back(writing.day, unit, count), "deictic")
    if unit == "year" and count == 1:
        about = _back(writing.day, unit, count)
        return day_range(about - _ANNIVERSARY, about + _ANNIVERSARY, "deictic")
    first, last = stretch(writing.day, unit, count)
    return Reading(precision=unit, basis="deictic", earliest=first, latest=last)


def _back(day: date, unit: str, count: int) -> date:
    """The same day so many units before; the last of the month where that one is shorter."""
    if unit in _DAYS:
        return day - timedelta(days=_DAYS[unit] * count)
    first, _ = stretch(day, "month", count * _MONTHS[unit])
    return min(first.replace(day=1) + timedelta(days=day.day - 1), last_day(first.year, first.month))


def _count(text: str, words: CalendarWords) -> int | None:
    """A number in digits or words, "fifty-four" among them; None for "several"."""
    if text.isdigit():
        return int(text)
    parts = [words.numbers.get(part) for part in text.split("-")]
    return None if None in parts else sum(part for part in parts if part)
