"""Judges one value of an extracted event against the label of that event."""

from __future__ import annotations

from kg.evaluate.case import Case, Expected, Told
from kg.evaluate.credit import count_credit, date_credit
from kg.evaluate.slots import gold_count
from kg.records import Casualties, Estimate

_LISTS = {"target": "targets", "weapon": "weapons", "victim": "victims_named"}
_COUNTED = ("killed", "injured", "kidnapped")


def value_credit(case: Case, gold: Expected | None, told: Told, estimate: Estimate) -> float | None:
    """How right a value is: 0 for any value of a false event, None if the labels leave it open.

    A place is right if the label names it, however wide it is. A count may be right alone or together with the others
    of its outcome.
    """
    if estimate.slot == "toll":
        return _toll(gold, told, estimate.value)
    if gold is None:
        return 0.0
    match estimate.slot:
        case "salience":
            return float(told.event.salience == gold.gold.salience)
        case "date":
            return date_credit(gold.gold.dates, told.event.date)
        case "country":
            return float(gold.country is not None and told.event.country == gold.country)
        case "place":
            return float(_named(case, gold, "place", estimate.value) or _is_country(case, gold, estimate.value))
        case _:
            return _filler(case, gold, _LISTS[estimate.slot], estimate.value)


def _filler(case: Case, gold: Expected, slot: str, value: str) -> float | None:
    if _named(case, gold, slot, value):
        return 1.0
    open_values = gold.gold.optional_values.get(slot, ())
    return None if any(case.vocabulary.wording.same(case.name(value), one) for one in open_values) else 0.0


def _named(case: Case, gold: Expected, slot: str, value: str) -> bool:
    return any(case.vocabulary.wording.same(one, case.name(value)) for one in gold.values[slot])


def _is_country(case: Case, gold: Expected, value: str) -> bool:
    return gold.country is not None and case.vocabulary.country(case.name(value)) == gold.country


def _toll(gold: Expected | None, told: Told, key: str) -> float | None:
    """None for outcomes that are not labelled; how many of what a label calls some nobody can say either."""
    row = next((row for row in told.event.casualties if row.key == key), None)
    if row is None or row.outcome not in _COUNTED:
        return None
    if gold is None:
        return 0.0
    attackers = row.side == "perpetrators" and gold.gold.is_militant_attack
    if attackers and row.outcome != "killed":
        return None
    count = gold_count("attackers_killed" if attackers else row.outcome, gold)
    if count is None or count.vague:
        return None if count else 0.0
    alike = [other for other in told.event.casualties if _together(row, other, attackers, gold)]
    return max(count_credit(count, [row]), float(count_credit(count, alike) == 1))


def _together(row: Casualties, other: Casualties, attackers: bool, gold: Expected) -> bool:
    """Whether two counts answer the same label."""
    if not gold.gold.is_militant_attack:
        return row.outcome == other.outcome
    return row.outcome == other.outcome and (other.side == "perpetrators") is attackers
