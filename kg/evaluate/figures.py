"""Adds the results of all documents up to figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.evaluate.results import Result
from kg.evaluate.slots import MORE_SLOTS, SLOTS


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How much was right, was told and was to be told; amounts may be halves."""

    right: float = 0.0
    told: float = 0.0
    gold: float = 0.0

    @property
    def precision(self) -> float:
        """The share of what was told that is right; 1 if nothing was told and nothing was to be told."""
        return self.right / self.told if self.told else float(not self.gold)

    @property
    def recall(self) -> float:
        """The share of what was to be told that was told."""
        return self.right / self.gold if self.gold else float(not self.told)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (self.told + self.gold) if self.told + self.gold else 1.0


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The figures of a set of documents.

    `parts` are events, militant, main, relations and groups; `slots` the slots of the events. `extra_relations` has
    labels for some of the relations only: its recall says something, its precision does not. `false_attacks` counts
    the militant attacks told in documents that have no event at all.
    """

    documents: int
    parts: dict[str, Tally]
    slots: dict[str, Tally]
    extra_relations: Tally
    type_accuracy: float
    merged_groups: int
    split_groups: int
    false_attacks: int

    @property
    def slot_f1(self) -> float:
        """The mean F1 of the slots that have any label."""
        used = [self.slots[slot].f1 for slot in SLOTS if self.slots[slot].gold]
        return sum(used) / len(used) if used else float(not any(self.slots[slot].told for slot in SLOTS))

    @property
    def overall(self) -> float:
        """The mean of the F1 of militant events, slots, relations and groups."""
        return (self.parts["militant"].f1 + self.slot_f1 + self.parts["relations"].f1 + self.parts["groups"].f1) / 4


def figures(results: Sequence[Result]) -> Figures:
    """The figures of some documents together."""
    pairs = [pair for result in results for pair in result.events.pairs]
    credits = [pair.type_credit for pair in pairs]
    extra_found = sum(len(result.relations.extra_found) for result in results)
    extra_missed = sum(len(result.relations.extra_missed) for result in results)
    return Figures(
        documents=len(results),
        parts={"events": _events(results), "militant": _militant(results), "main": _main(results),
               "relations": _relations(results), "groups": _groups(results)},
        slots={slot: _slot(results, slot) for slot in (*SLOTS, *MORE_SLOTS)},
        extra_relations=Tally(right=extra_found, told=extra_found, gold=extra_found + extra_missed),
        type_accuracy=sum(credits) / len(credits) if credits else 0.0,
        merged_groups=sum(len(result.groups.merged) for result in results),
        split_groups=sum(len(result.groups.split) for result in results),
        false_attacks=sum(told.attack for result in results if not result.case.expected for told in result.case.told))


def _events(results: Sequence[Result]) -> Tally:
    found = _total(len(result.events.pairs) for result in results)
    return Tally(right=found, told=found + _total(len(result.events.false) for result in results),
                 gold=found + _total(len(result.events.missed) for result in results))


def _main(results: Sequence[Result]) -> Tally:
    """Events that the report is about; every false one counts, for nobody can say which kind it is."""
    found = _total(pair.gold.gold.salience == "main" for result in results for pair in result.events.pairs)
    missed = _total(gold.gold.salience == "main" for result in results for gold in result.events.missed)
    return Tally(right=found, told=found + _total(len(result.events.false) for result in results), gold=found + missed)


def _militant(results: Sequence[Result]) -> Tally:
    pairs = [pair for result in results for pair in result.events.pairs]
    right = _total(pair.militant for pair in pairs)
    false = _total(pair.false_militant for pair in pairs)
    false += _total(told.attack for result in results for told in result.events.false)
    gold = _total(one.gold.is_militant_attack for result in results for one in result.case.expected)
    return Tally(right=right, told=right + false, gold=gold)


def _relations(results: Sequence[Result]) -> Tally:
    found = _total(len(result.relations.found) for result in results)
    return Tally(right=found, told=found + _total(len(result.relations.false) for result in results),
                 gold=found + _total(len(result.relations.missed) for result in results))


def _groups(results: Sequence[Result]) -> Tally:
    return Tally(right=_total(len(result.groups.found) for result in results),
                 told=_total(len(result.groups.told) for result in results),
                 gold=_total(len(result.case.group_keys) for result in results))


def _slot(results: Sequence[Result], name: str) -> Tally:
    rows = [row for result in results for row in result.events.slots if row.slot == name]
    return Tally(right=_total(row.right for row in rows), told=_total(row.told for row in rows),
                 gold=_total(row.gold for row in rows))


def _total(amounts: Iterable[float]) -> float:
    return float(sum(amounts))
