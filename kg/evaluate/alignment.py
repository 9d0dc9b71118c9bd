"""Pairs the labelled events of a document with the extracted ones, one to one, so that they fit best as a whole."""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx

from kg.evaluate.case import Case, Expected, Told
from kg.evaluate.credit import count_credit, date_credit, place_credit
from kg.evaluate.slots import gold_count
from kg.evaluate.vocabulary import Vocabulary
from kg.evaluate.wording import Wording, Words

# What each clue that two events are the same is worth, and how many it takes.
_LEAST = 1.0
_TRIGGER, _EVIDENCE = 2.0, 1.5
_BROADER_PLACE = 0.25
_SHARED = (("targets", 1.0), ("victims_named", 1.0), ("weapons", 0.5))
_COUNTS = (("killed", 1.0), ("injured", 0.5))
_GROUPS = 0.5
# What the class and the share of sentences in common add where the clues suffice.
_TYPE, _SENTENCES = 0.5, 0.5
# The matching is exact on whole numbers.
_SCALE = 100_000

Pair = tuple[Expected, Told]
Node = tuple[str, int]


def align(case: Case) -> tuple[Pair, ...]:
    """The pairs of the greatest total likeness, in the order of the labels."""
    graph: nx.Graph[Node] = nx.Graph()
    for row, gold in enumerate(case.expected):
        for column, told in enumerate(case.told):
            likeness = similarity(gold, told, case.vocabulary)
            if likeness > 0:
                graph.add_edge(("gold", row), ("told", column), weight=round(likeness * _SCALE))
    matched = sorted(tuple(sorted(edge)) for edge in nx.max_weight_matching(graph))
    return tuple((case.expected[gold[1]], case.told[told[1]]) for gold, told in matched)


def similarity(gold: Expected, told: Told, vocabulary: Vocabulary) -> float:
    """How well two events fit together; 0 if they cannot be the same one."""
    types, wording = gold.gold.types, vocabulary.wording
    if not vocabulary.compatible(types, gold.gold.is_militant_attack, told.event.type):
        return 0.0
    clues = _clues(gold, told, wording)
    if clues < _LEAST:
        return 0.0
    said = told.triggers + told.evidence
    sentences = _told_in(said, gold.evidence, wording) / max(1, len(said))
    kind = 0.0 if vocabulary.is_open(types[0]) else vocabulary.type_credit(types, told.event.type)
    return clues + _TYPE * kind + _SENTENCES * sentences


def _clues(gold: Expected, told: Told, wording: Wording) -> float:
    found = _TRIGGER if _told_in(told.triggers, gold.evidence, wording) else 0.0
    found = found or (_EVIDENCE if _told_in(told.evidence, gold.evidence, wording) else 0.0)
    found += date_credit(gold.gold.dates, told.event.date)
    place = place_credit(gold.values["place"], told.values["place"], wording)
    found += place if place in (0, 1) else _BROADER_PLACE
    for slot, weight in _SHARED:
        found += weight * any(wording.same(a, b) for a in gold.values[slot] for b in told.values[slot])
    found += _GROUPS * bool(_groups(gold) & _groups(told))
    for slot, weight in _COUNTS:
        count = gold_count(slot, gold)
        found += weight * count_credit(count, told.tolls(slot, "victims", "unknown", "perpetrators")) if count else 0
    return found


def _told_in(said: Sequence[Words], evidence: Sequence[Words], wording: Wording) -> int:
    """How many of the sentences are among those of the evidence."""
    return sum(any(wording.about(sentence, other) for other in evidence) for sentence in said)


def _groups(side: Expected | Told) -> set[str]:
    return {*side.values["claimed_by"], *side.values["attributed_to"]}
