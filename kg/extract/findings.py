"""What the readers of a document hand to the assembly: times, tolls and stances, still tied to tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.extract.mentions import Found


@dataclass(slots=True, kw_only=True)
class Time:
    """A time expression: tokens `start` to `end` of the Doc.

    `earliest` and `latest` bound it, as precisely as the text does, when they are known; `precision` is day, week,
    month, year, decade or range. `basis` is "absolute" ("12 May 2016"), "deictic" (counted from the publication date:
    "on Thursday", "last month"; both bounds None if that date is unknown) or "anaphoric" (counted from another event's
    date: "the same day" has `shift` 0, "two days earlier" -2). `clock` is a time of day, "HH:MM". `base` is a date told
    shortly before, from which to count if no event is at hand; `onward`: it dates what its own words lead to ("on
    Tuesday, a day after the blast": Monday). A span of duration ("for three days") or a habitual time ("every Friday")
    is no Time.
    """

    start: int
    end: int
    precision: str
    basis: str
    earliest: date | None = None
    latest: date | None = None
    shift: int | None = None
    clock: str | None = None
    base: date | None = None
    onward: bool = False


@dataclass(slots=True, kw_only=True)
class Toll:
    """A count of people and what became of them: tokens `start` to `end` are the counted phrase ("at least 12 men").

    `trigger` is the token that states the outcome ("killed", "death", "toll"), `head` the head of the counted phrase.
    `outcome` is killed, injured, kidnapped, missing or arrested. An open bound is None; `min` 0 and `max` 0 is nobody.
    `who` are the words for the counted people without the number. `side` is perpetrators when the counted people are
    the attackers ("two of the bombers were shot dead"), victims or unknown. `subset` is True for part of another count
    ("including two officers", "among the dead were three children"), `total` for a stated sum or a running total
    ("raising the toll to 15", "14 soldiers were killed in two attacks"), `weak` for an outcome that may have been
    another ("was shot").
    """

    start: int
    end: int
    head: int
    trigger: int
    outcome: str
    min: int | None
    max: int | None
    approximate: bool = False
    who: str | None = None
    side: str = "unknown"
    subset: bool = False
    total: bool = False
    weak: bool = False


@dataclass(slots=True, kw_only=True)
class Stance:
    """How the text presents what a token (a trigger) says.

    `status` is asserted, alleged, planned, threatened, denied or hypothetical. `speaker` is the mention that says it,
    or `speaker_span` the tokens that name the speaker when no mention covers them; both None for the narrator. `cue` is
    the token that decided the status, None for a plain assertion.
    """

    status: str = "asserted"
    speaker: Found | None = None
    speaker_span: tuple[int, int] | None = None
    cue: int | None = None
