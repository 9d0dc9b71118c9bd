"""An event in the making: what the incidents joined so far say, and the comparisons that joining needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from kg.extract.findings import Time, Toll
from kg.extract.incident import Incident
from kg.extract.mentions import Found, Referent

HAPPENED = {"asserted", "alleged"}
# So many days before the first or the latest event an event is told as an older one.
BACKGROUND_AFTER_DAYS = 5
UNREAL = {"planned", "threatened", "hypothetical"}


@dataclass(slots=True, eq=False)
class Draft:
    """One event of a document while its sentences are read.

    `assumed` is the date of the event told before it, when it was opened without a date of its own; an `aside` is
    dated well before another event of the report.
    """

    incidents: list[Incident] = field(default_factory=list)
    family: str | None = None
    classes: list[str] = field(default_factory=list)
    number: int = 1
    targets: list[Found] = field(default_factory=list)
    victims: list[Found] = field(default_factory=list)
    whole: Draft | None = None
    background: bool = False
    status: str = "asserted"
    when: Time | None = None
    assumed: Time | None = None
    aside: bool = False

    @property
    def places(self) -> list[Found]:
        """All places, in text order."""
        return [place for incident in self.incidents for place in incident.places]

    @property
    def tolls(self) -> list[Toll]:
        """All tolls, in text order."""
        return [toll for incident in self.incidents for toll in incident.tolls]

    @property
    def weapons(self) -> list[Found]:
        """All weapons, in text order."""
        return [weapon for incident in self.incidents for weapon in incident.weapons]

    @property
    def last_sentence(self) -> int:
        """The number of the last sentence that tells of it."""
        return max(incident.sentence for incident in self.incidents)


def resolved_time(times: Iterable[Time], reference: Draft | None) -> Time | None:
    """The most precise dated time; an anaphoric one ("the same day") is counted from the reference event's date."""
    order = {"day": 0, "range": 1, "week": 2, "month": 3, "year": 4, "decade": 5}
    dated = []
    for time in times:
        if time.basis == "anaphoric" and time.earliest is None and time.shift is not None:
            time = _shifted(time, None if reference is None else reference.when) or time
        if time.earliest is not None:
            dated.append(time)
    return min(dated, key=lambda t: (order.get(t.precision, 6), not t.onward, t.basis == "anaphoric"), default=None)


def _shifted(time: Time, event: Time | None) -> Time | None:
    if time.shift is None:
        return None
    first, last, precision = time.base, time.base, "day"
    if event is not None and event.precision in {"day", "range", "week", "month"}:
        first, last, precision = event.earliest, event.latest, event.precision
    if first is None or last is None:
        return None
    first, last = (day + timedelta(days=time.shift) for day in (first, last))
    return replace(time, precision=precision if first == last else "range", earliest=first, latest=last)


def dates_apart(a: Time | None, b: Time | None) -> bool | None:
    """True if two times exclude each other, False if they agree, None if one is unknown."""
    if a is None or b is None or a.earliest is None or b.earliest is None or a.latest is None or b.latest is None:
        return None
    return a.latest < b.earliest or b.latest < a.earliest


def identity(found: Found) -> object:
    """What tells two mentions apart: the referent, the gazetteer link, or the place in the text."""
    if found.link:
        return found.link
    referent: Referent | None = found.referent
    if referent is not None:
        return referent.link or id(referent)
    return found.name or (found.start, found.end)
