"""Turns the parts of a time expression ("12", "May", "last", "two weeks") into bounds, precision and basis."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from kg.extract.calendar_distances import read_ago, read_later, read_since, read_window
from kg.extract.calendar_words import (
    CalendarWords,
    Groups,
    Reading,
    Writing,
    day_of,
    day_range,
    full_year,
    last_day,
    one_day,
    stretch,
)


def _year_near(writing: Writing, month: int, day: int) -> int | None:
    """The year of a date without one: the last such day before the writing, or the next one in a future clause."""
    if writing.year is not None or writing.day is None:
        return writing.year
    today = (writing.day.month, writing.day.day)
    if writing.future:
        return writing.day.year + ((month, day) < today)
    return writing.day.year - ((month, day) > today)


def read_calendar(groups: Groups, words: CalendarWords, writing: Writing) -> Reading | None:
    """A day or a range of days given by number: "12 May 2016", "Oct. 5", "24-26 October"."""
    month, day = _month_and_day(groups, words)
    if not 1 <= month <= 12:
        return None
    year, basis = _given_year(groups, writing, month, day)
    if year is None:
        return one_day(None, "deictic")
    last = day_of(year, *_last_month_and_day(groups, words, month, day))
    first = day_of(year, month, day)
    if first is None or last is None:
        return None
    if last < first:
        written = "year" in groups
        first, last = (first.replace(year=year - 1), last) if written else (first, last.replace(year=year + 1))
    return day_range(first, last, basis)


def _given_year(groups: Groups, writing: Writing, month: int, day: int) -> tuple[int | None, str]:
    written = groups.get("year") or groups.get("short")
    if written:
        return full_year(written), "absolute"
    return _year_near(writing, month, day), "absolute" if writing.year is not None else "deictic"


def _month_and_day(groups: Groups, words: CalendarWords) -> tuple[int, int]:
    if "holiday" in groups:
        return words.holidays[groups["holiday"]]
    if "number" in groups:
        return int(groups["number"]), int(groups["day"])
    month = groups.get("month") or groups["month2"]
    return words.months[month], _digits(groups["day"])


def _last_month_and_day(groups: Groups, words: CalendarWords, month: int, day: int) -> tuple[int, int]:
    if "day2" not in groups:
        return month, day
    return words.months[groups.get("month2") or groups["month"]], _digits(groups["day2"])


def read_named_day(groups: Groups, words: CalendarWords, writing: Writing) -> Reading | None:
    """A day that history knows by its name."""
    return one_day(words.named_days[groups["named_day"]], "absolute")


def read_day_of_month(groups: Groups, words: CalendarWords, writing: Writing) -> Reading | None:
    """A day by its number in this or the last month, or in the month of the last such day: "the 13th of this month"."""
    number = words.ordinals[groups["ordinal"]] if "ordinal" in groups else _digits(groups["day"])
    if writing.day is None:
        return one_day(None, "deictic")
    ago = -(words.which[groups["which"]] or 0) if "which" in groups else int(number > writing.day.day)
    first, _ = stretch(writing.day, "month", ago)
    day = day_of(first.year, first.month, number)
    return one_day(day, "deictic") if day is not None else None


def read_month(groups: Groups, words: CalendarWords, writing: Writing) -> Reading | None:
    """A month: "in June 2014", "last June", "late June"."""
    month = words.months[groups["named"]]
    if "year" in groups:
        year, basis = int(groups["year"]), "absolute"
    elif "whose" in groups and writing.day is not None:
        year, basis = writing.day.year + (words.which[groups["whose"]] or 0), "deictic"
    else:
        basis = "absolute" if writing.year is not None else "deictic"
        near = _month_year(words.which.get(groups.get("which", "")), month, writing)
        if near is None:
            return Reading(precision="month", basis=basis)
        year = near
    if "phase" in groups:
        phase = words.phases[groups["phase"]]["month"]
        return _phase_of(date(year, month, 1), last_day(year, month), phase, "month", basis)
    return Reading(precision="month", basis=basis, earliest=date(year, month, 1), latest=last_day(year, month))


def _month_year(which: int | None, month: int, writing: Writing) -> int | None:
    if writing.day is None:
        return writing.year
    if which == -1 and month == writing.day.month:
        return writing.day.year - 1
    return _year_near(writing, month, writing.day.day)


def read_year(groups: Groups, words: CalendarWords, writing: Writing) -> Reading | None:
    """A year, or the early, middle or late part of it."""
    year = int(groups["year"])
    first, last = date(year, 1, 1), date(year, 12, 31)
    if "phase" in groups:
        return _phase_of(first, last, words.phases[groups["phase"]]["year"], "year", "absolute")
    return Reading(precision="year", basis="absolute", earliest=first, latest=last)


def read_years(groups: Groups, words: CalendarWords, writing: Writing) -> Reading | None:
    """A range of years."""
    first, last = int(groups["year"]), int(groups["year2"])
    return day_range(date(first, 1, 1), date(last, 12, 31), "absolute") if first < last else None


def read_decade(groups: Groups, words: CalendarWords, writing: Writing) -> Reading | None:
    """A decade: "the 1990s", "the early 1980's"."""
    year = int(groups["decade"])
    return Reading(precision="decade", basis="absolute", earliest=date(year, 1, 1), latest=date(year + 9, 12, 31))


def read_day_word(groups: Groups, words: CalendarWords, writing: Writing) -> Reading | None:
    """A day named from the day of writing: "yesterday", "last night"."""
    if writing.day is None:
        return one_day(None, "deictic")
    return one_day(writing.day + timedelta(days=words.day_words[groups["day_word"]]), "deictic")


def read_day_link(groups: Groups, words: CalendarWords, writing: Writing) -> Reading | None:
    """A day named from another event's day: "the same day", "hours later"."""
    return Reading(precision="day", basis="anaphoric", shift=words.day_links[groups["day_link"]])


def read_weekday(groups: Groups, words: CalendarWords, writing: Writing) -> Reading | None:
    """The latest such weekday up to the day of writing, or the coming one in a future clause."""
    which = words.which[groups["which"]] if "which" in groups else 0
    if which is None:
        return None
    if writing.day is None:
        return one_day(None, "deictic")
    wanted = words.weekdays[groups["named"]]
    if "week" in groups:
        monday = writing.day - timedelta(days=writing.day.weekday() + 7)
        return one_day(monday + timedelta(days=wanted), "deictic")
    back = (writing.day.weekday() - wanted) % 7
    if which == 1 or writing.future:
        return one_day(writing.day + timedelta(days=(7 - back) if back or which else 0), "deictic")
    return one_day(writing.day - timedelta(days=7 if which == -1 and back == 0 else back), "deictic")


def read_unit(groups: Groups, words: CalendarWords, writing: Writing) -> Reading | None:
    """This or the last week, month or year; "late last week" is a range within it."""
    unit, which = groups["unit"], words.which[groups["which"]]
    if which is None:
        return None
    if writing.day is None:
        return Reading(precision=unit, basis="deictic")
    first, last = stretch(writing.day, unit, -which)
    if "phase" not in groups:
        return Reading(precision=unit, basis="deictic", earliest=first, latest=last)
    return _phase_of(first, last, words.phases[groups["phase"]][unit], unit, "deictic")


def _phase_of(first: date, last: date, phase: tuple[int, int], unit: str, basis: str) -> Reading:
    if unit == "week":
        return day_range(first + timedelta(days=phase[0]), first + timedelta(days=phase[1]), basis)
    if unit == "month":
        return day_range(first.replace(day=phase[0]), min(last, first + timedelta(days=phase[1] - 1)), basis)
    return day_range(first.replace(month=phase[0]), last_day(first.year, phase[1]), basis)


def read_unit_link(groups: Groups, words: CalendarWords, writing: Writing) -> Reading | None:
    """The week, month or year of another event: "later that year"."""
    return Reading(precision=groups["unit"], basis="anaphoric", shift=0)


def read_weekend(groups: Groups, words: CalendarWords, writing: Writing) -> Reading | None:
    """The latest weekend that has begun by the day of writing; in one, the "last weekend" is the one before."""
    if writing.day is None:
        return Reading(precision="range", basis="deictic")
    begun = (writing.day.weekday() - 5) % 7
    before = begun < 2 and words.which.get(groups["which"].split()[-1]) == -1
    saturday = writing.day - timedelta(days=begun + 7 * before)
    return day_range(saturday, saturday + timedelta(days=1), "deictic")


def read_night(groups: Groups, words: CalendarWords, writing: Writing) -> Reading | None:
    """The night between two weekdays: the first of them and the day after."""
    first = read_weekday({"named": groups["named"]}, words, writing)
    if first is None or first.earliest is None:
        return first
    return day_range(first.earliest, first.earliest + timedelta(days=1), "deictic")


def read_overnight(groups: Groups, words: CalendarWords, writing: Writing) -> Reading | None:
    """The night before the day of writing."""
    if writing.day is None:
        return Reading(precision="range", basis="deictic")
    return day_range(writing.day - timedelta(days=1), writing.day, "deictic")


def read_clock(groups: Groups, words: CalendarWords, writing: Writing) -> Reading | None:
    """A time of day, of the day that the text speaks of."""
    clock = _clock(groups, words)
    return Reading(precision="day", basis="anaphoric", shift=0, clock=clock) if clock else None


def _clock(groups: Groups, words: CalendarWords) -> str | None:
    if "clock_word" in groups:
        return words.clock_words[groups["clock_word"]]
    if "military" in groups:
        return f"{groups['military'][:2]}:{groups['military'][2:]}"
    hour = int(groups.get("hour") or groups["hour_only"])
    half = groups.get("half") or groups.get("half_only")
    if half:
        if hour > 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02d}:{groups.get('minute', '00')}"


def _digits(text: str) -> int:
    """The number in "20th"."""
    return int("".join(character for character in text if character.isdigit()))


READINGS: dict[str, Callable[[Groups, CalendarWords, Writing], Reading | None]] = {
    "calendar": read_calendar, "named_day": read_named_day,
    "day_of_month": read_day_of_month, "month": read_month, "year": read_year,
    "years": read_years, "decade": read_decade, "day_word": read_day_word, "day_link": read_day_link,
    "weekday": read_weekday, "unit": read_unit, "unit_link": read_unit_link, "weekend": read_weekend,
    "ago": read_ago, "later": read_later, "window": read_window, "since": read_since,
    "overnight": read_overnight, "night": read_night, "clock": read_clock,
}
