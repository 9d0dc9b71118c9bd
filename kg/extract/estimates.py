"""How sure each value of an event is: the event's confidence times the counted precision of values of that kind.

The class needs no estimate: an event counts as right only if its class is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.confidence import ConfidenceWeights
from kg.extract.findings import Time
from kg.extract.mentions import Found
from kg.placenames import PlaceIndex
from kg.records import Casualties, Estimate

_COUNTED = {"killed", "injured"}


@dataclass(frozen=True, slots=True)
class Estimator:
    """Estimates the values of one event of that confidence; a kind that was never counted is as sure as the event."""

    confidence: float
    weights: ConfidenceWeights
    places: PlaceIndex

    def salience(self, name: str) -> Estimate:
        """Whether it is what the report is about."""
        return self._estimate("salience", "", name)

    def date(self, when: Time) -> Estimate:
        """A day or more, counted from the calendar, the day of publication or another event."""
        return self._estimate("date", "", f"{'day' if when.precision == 'day' else 'wider'}.{when.basis}")

    def country(self, of_place: bool) -> Estimate:
        """That of a place of the event, or the one that the document leans to."""
        return self._estimate("country", "", "place" if of_place else "document")

    def place(self, value: str, found: Found) -> Estimate:
        """A town, a wider area, or a place that no index knows."""
        place = self.places.get(found.link) if found.link else None
        return self._estimate("place", value, "unknown" if place is None else
                              "town" if place.level == "locality" else "area")

    def filler(self, slot: str, value: str, found: Found) -> Estimate:
        """What is named, or what is only described."""
        return self._estimate(slot, value, "named" if found.name else "described")

    def tolls(self, counts: Sequence[Casualties]) -> Iterator[Estimate]:
        """A count that stands alone, or several that must be added up or weighed against each other."""
        for count in counts:
            several = sum((c.outcome, c.side) == (count.outcome, count.side) for c in counts) > 1
            outcome = count.outcome if count.outcome in _COUNTED else "other"
            people = "attackers" if count.side == "perpetrators" else outcome
            yield self._estimate("toll", count.key, f"{people}.{'several' if several else 'one'}")

    def _estimate(self, slot: str, value: str, kind: str) -> Estimate:
        rule = f"{slot}.{kind}"
        return Estimate(slot=slot, value=value, rule=rule,
                        confidence=round(self.confidence * self.weights.values.get(rule, 1.0), 2))
