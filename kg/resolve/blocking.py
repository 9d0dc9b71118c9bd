"""Keys of time and name, made so that what is near shares one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import pairwise

from kg.gazetteer import Gazetteer
from kg.records import Kind
from kg.resolve.words import rarity, words

_MOST_NAMES, _MOST_WORDS = 12, 10
_TELLING = 0.6


def near_times(day: str | None, within: int) -> tuple[str, ...]:
    """Two keys for a day (ISO): days no more than `within` apart have at least one in common."""
    if not day:
        return ("undated",)
    number = date.fromisoformat(day[:10]).toordinal() // within
    return f"{within}d{number}", f"{within}d{number + 1}"


def rarest_names(names: Iterable[str]) -> list[str]:
    """The names of the rarest words, common ones left out."""
    telling = {name: sum(map(rarity, name.split())) for name in names}
    return sorted((name for name, weight in telling.items() if weight >= _TELLING),
                  key=lambda name: (-telling[name], name))[:_MOST_NAMES]


def rarest_words(among: Iterable[str]) -> list[str]:
    """The rarest of some words, common ones left out."""
    telling = (word for word in among if rarity(word) >= _TELLING)
    return sorted(telling, key=lambda word: (-rarity(word), word))[:_MOST_WORDS]


@lru_cache(maxsize=2)
def names_of_bodies(gazetteer: Gazetteer) -> frozenset[str]:
    """The words, and the pairs of words that follow each other, in the names of the tables' groups and forces.

    Hundreds of reports a month have the same ones: that makes no two of them likely to tell of one event.
    """
    names = [words(form) for entry in gazetteer.entries(Kind.GROUP, Kind.FORCE) for form in entry.forms()]
    return frozenset(word for name in names for word in (*name, *(" ".join(pair) for pair in pairwise(name))))
