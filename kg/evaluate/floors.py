"""Pinned floors: figures that must not fall, and faults that must not rise."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kg.evaluate.gold import GoldError
from kg.evaluate.summary import Summary

# How far under the figure of the day a floor is pinned: one mistake in a hundred. How far above it the ceiling of a
# calibration error: with some fifty assertions of a kind, chance alone moves it by as much.
_MARGIN, _LEEWAY = 0.01, 0.05
_HEAD = """\
# What the quality gate asks for: no share below its floor, no fault above its ceiling. Written by
# `kg evaluate GOLD --pin FILE`, which raises floors to a little under the figures of the day and lowers none
# unless `--lower` is given.
"""


class Floors(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The least of each share and the most of each fault, by the names in a Summary."""

    floors: dict[str, float]
    ceilings: dict[str, float]


@dataclass(frozen=True, kw_only=True)
class Breach:
    """A figure on the wrong side of its limit; `value` is None if there is no such figure any more."""

    name: str
    value: float | None
    limit: float
    is_floor: bool

    def __str__(self) -> str:
        if self.value is None:
            return f"{self.name}: there is no such figure, but a limit of {self.limit:g} is pinned"
        side = "below its floor" if self.is_floor else "above its ceiling"
        return f"{self.name} is {self.value:.3f}, {side} of {self.limit:g}"


def read_floors(file: Path) -> Floors:
    """Read a file of floors; raises GoldError if it is missing or broken."""
    try:
        return msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), Floors)
    except OSError as error:
        mend = "make it with `kg evaluate GOLD --pin FILE`"
        raise GoldError(error.strerror or str(error), where=str(file), mend=mend) from error
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise GoldError(str(error), where=str(file), mend="pin it anew with `kg evaluate GOLD --pin FILE`") from error


def breaches(summary: Summary, limits: Floors) -> tuple[Breach, ...]:
    """Every figure on the wrong side of its limit."""
    shares, faults = summary.shares, summary.faults
    low = [Breach(name=name, value=shares.get(name), limit=limit, is_floor=True)
           for name, limit in limits.floors.items() if not shares.get(name, -1.0) >= limit]
    high = [Breach(name=name, value=faults.get(name), limit=limit, is_floor=False)
            for name, limit in limits.ceilings.items() if not faults.get(name, math.inf) <= limit]
    return (*low, *high)


def pinned(summary: Summary, before: Floors | None, *, lower: bool) -> Floors:
    """Limits a little under the present figures; with `before` and without `lower`, none is laxer than it was."""
    floors = {name: max(0.0, _down(value - _MARGIN)) for name, value in summary.shares.items() if _has_floor(name)}
    ceilings = {name: value if isinstance(value, int) else _up(value + _LEEWAY)
                for name, value in summary.faults.items()}
    if before is not None and not lower:
        for name, limit in before.floors.items():
            floors[name] = max(limit, floors.get(name, limit))
        for name, limit in before.ceilings.items():
            ceilings[name] = min(limit, ceilings.get(name, limit))
    return Floors(floors=floors, ceilings=ceilings)


def write_floors(limits: Floors, file: Path) -> None:
    """Write limits in their order."""
    parts = [_HEAD]
    for title, named in (("floors", limits.floors), ("ceilings", limits.ceilings)):
        parts.append(f"\n[{title}]\n" + "".join(f'"{name}" = {float(value)}\n' for name, value in named.items()))
    file.write_text("".join(parts), encoding="utf-8")


def _has_floor(name: str) -> bool:
    """Of a slot only the F1 is pinned: precision and recall of few values move with every change."""
    return not name.startswith("slot.") or name.endswith(".f1")


def _down(value: float) -> float:
    return math.floor(round(value * 100, 6)) / 100


def _up(value: float) -> float:
    return math.ceil(round(value * 100, 6)) / 100
