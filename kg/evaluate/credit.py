"""How right a date, a place or a count is: 1, 0.5 or 0."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence

from kg.evaluate.gold import Count
from kg.evaluate.wording import Wording
from kg.records import Casualties, When

Bounds = tuple[int | None, int | None]
Fold = Callable[[list[int]], int]

_DAY_LENGTH = len("2020-01-31")
_HALF = 0.5


def date_credit(dates: Sequence[str], when: When | None) -> float:
    """1 for the interval of one of the dates, 0.5 for a coarser one.

    Where the label is a month or a year, an interval inside it is 1 and a single day inside it 0.5.
    """
    if when is None:
        return 0.0
    return max((_interval_credit(interval(date), (when.earliest, when.latest)) for date in dates), default=0.0)


def interval(date: str) -> tuple[str, str]:
    """First and last day of YYYY, YYYY-MM or YYYY-MM-DD."""
    if len(date) == _DAY_LENGTH:
        return date, date
    if len(date) > len("2020"):
        days = calendar.monthrange(int(date[:4]), int(date[5:7]))[1]
        return f"{date}-01", f"{date}-{days:02d}"
    return f"{date}-01-01", f"{date}-12-31"


def place_credit(gold: Sequence[str], told: Sequence[str], wording: Wording) -> float:
    """1 for the first (most specific) of the labelled places, 0.5 for another of them."""
    right = [any(wording.same(place, other) for other in told) for place in gold]
    if not any(right):
        return 0.0
    return 1.0 if right[0] else _HALF


def count_credit(gold: Count, tolls: Sequence[Casualties]) -> float:
    """1 if both bounds are right, 0.5 if one is.

    Several counts are read as a span (speakers contradict each other), as a sum (parts), and as the largest one; any
    other single one earns at most 0.5.
    """
    told = [(toll.min, toll.max) for toll in tolls]
    if not told:
        return 0.0
    lows, highs = [low for low, _ in told], [high for _, high in told]
    readings: list[Bounds] = [(_fold(min, lows), _fold(max, highs)), (_fold(sum, lows), _fold(sum, highs)),
                              max(told, key=_size)]
    single = max(_bounds_credit(gold, one) for one in told)
    return max(min(_HALF, single), *(_bounds_credit(gold, reading) for reading in readings))


def _interval_credit(gold: tuple[str, str], told: tuple[str, str]) -> float:
    if told == gold:
        return 1.0
    if told[0] <= gold[0] and gold[1] <= told[1]:
        return _HALF
    if gold[0] <= told[0] and told[1] <= gold[1]:
        return _HALF if told[0] == told[1] else 1.0
    return 0.0


def _bounds_credit(gold: Count, told: Bounds) -> float:
    if told == (gold.min, gold.max):
        return 1.0
    one = (gold.min is not None and gold.min == told[0]) or (gold.max is not None and gold.max == told[1])
    return _HALF if one else 0.0


def _fold(fold: Fold, values: Sequence[int | None]) -> int | None:
    """The fold of the values; an open bound stays open."""
    known = [value for value in values if value is not None]
    return fold(known) if len(known) == len(values) else None


def _size(bounds: Bounds) -> tuple[int, bool, int]:
    low, high = bounds
    return (low if low is not None else high or 0, high is None, high or 0)
