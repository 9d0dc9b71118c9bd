"""What went wrong with one document, told so that a person can mend it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A document, or a part of one, that could not be used: where it is, why, and what to do.

    `line` is the line or row in the file, counted from 1, where that is known.
    """

    source: str
    line: int | None
    reason: str
    mend: str

    def __str__(self) -> str:
        place = f"{self.source}:{self.line}" if self.line else self.source
        return f"{place}: {self.reason} ({self.mend})"


OnProblem = Callable[[Problem], None]
