"""Keys of time and name, made so that what is near shares one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kg.resolve.words import rarity

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


def rarest_words(words: Iterable[str]) -> list[str]:
    """The rarest of some words, common ones left out."""
    telling = (word for word in words if rarity(word) >= _TELLING)
    return sorted(telling, key=lambda word: (-rarity(word), word))[:_MOST_WORDS]
