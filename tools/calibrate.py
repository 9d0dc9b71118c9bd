"""Fits `kg/extract/lang/en/confidence.yaml` to labelled reports, and shows how well it does on reports left out.

    python tools/calibrate.py [GOLD_FOLDER…] [--write]

Events: a logistic model of the reasons that the extractor gives for each event. What speaks for an event has no weight
below zero, what speaks against it none above, so that every weight can be read as a reason; a penalty draws all weights
towards zero. Values (date, place, toll …): the share of right ones of each kind at events that are right, drawn towards
the share of the slot. Cross-validation leaves a tenth of the reports out at a time, and fits on the others.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.evaluate import evaluate
from kg.evaluate.gold import read_gold
from kg.evaluate.predictions import extract_gold
from kg.evaluate.reliability import Judged, bins, calibration_error, judged, share_right
from kg.evaluate.results import Result
from kg.evaluate.valuation import value_credit
from kg.evaluate.vocabulary import load_vocabulary
from kg.extract.confidence import AGAINST, FILE, FOR, ConfidenceWeights, confidence
from kg.ontology import load_ontology
from kg.pipeline import Toolbox, extract
from kg.placenames import load_places
from kg.records import Extraction
from kg.settings import Settings

OWN = Path(__file__).resolve().parent.parent / "tests" / "gold"
TARGET = Settings().language_data / FILE
FOLDS = 10
# Of 0.5, 1, 2, 3 and 5 the one with the greatest likelihood on the reports left out.
PENALTY = 1.0
# As many values of average precision are added to each kind, and as many halves to each slot.
PRIOR = 5.0
# Weights smaller than this are left out: they decide nothing.
LEAST_WEIGHT = 0.05
Vector = NDArray[np.float64]

HEADER = """\
# How sure an event and its values are. Written by tools/calibrate.py; run it again after extraction has changed, and
# never raise a figure by hand.
#
# An event: `base` and the weights of the reasons that hold (kg/extract/confidence.py) are summed; the sum is the
# log-odds that the event is right. The weights are those of a penalised logistic regression on {events} extracted
# events ({right} of them right) of {documents} labelled reports ({own} of these in tests/gold). Reasons without a
# weight told nothing that the others do not tell.
# A value: the event's confidence times the precision of values of its kind, counted at events that are right, drawn
# towards that of the slot.
#
# On reports left out of the fit (a tenth at a time), the mean distance of confidence from the share that is right is
# {errors}. Rules were made while looking at some of these reports: for others the
# figures are hopeful.
"""


@dataclass(frozen=True)
class Observed:
    """An extracted event: its report, its reasons, whether it is right, and its values with what they are worth."""

    document: str
    reasons: tuple[str, ...]
    right: bool
    values: tuple[tuple[str, float], ...]


def results(folders: Iterable[Path]) -> list[Result]:
    """The comparison of every labelled report with what is extracted from it now."""
    tools = Toolbox()

    def extract_file(file: str, published: str | None) -> Iterator[Extraction]:
        return extract([file], published=published, tools=tools)

    vocabulary = load_vocabulary(load_ontology(tools.settings), load_places(tools.settings).country_of)
    found: list[Result] = []
    for folder in folders:
        gold = read_gold(folder)
        found += evaluate(gold, extract_gold(gold, extract_file), vocabulary)
    return found


def observed(result: Result) -> Iterator[Observed]:
    """The extracted events of a report that the labels judge."""
    pairs = [(pair.gold, pair.told, pair.type_credit > 0) for pair in result.events.pairs]
    for gold, told, right in (*pairs, *((None, told, False) for told in result.events.false)):
        credits = ((e.rule, value_credit(result.case, gold, told, e)) for e in told.event.estimates)
        values = tuple((rule, credit) for rule, credit in credits if credit is not None)
        yield Observed(result.case.gold.id, told.event.reasons, right, values)


def fitted(rows: Sequence[Observed]) -> ConfidenceWeights:
    """The weights of the reasons and the precision of the values."""
    names = [*FOR, *AGAINST, *sorted({name for row in rows for name in row.reasons} - FOR.keys() - AGAINST.keys())]
    signs = np.array([1.0 if name in FOR else -1.0 if name in AGAINST else 0.0 for name in names])
    matrix = np.array([[name in row.reasons for name in names] for row in rows], dtype=float)
    weights = _regression(matrix, np.array([row.right for row in rows], dtype=float), signs)
    named = {name: round(float(weight), 2) for name, weight in zip(names, weights[1:], strict=True)}
    kept = {name: weight for name, weight in named.items() if abs(weight) >= LEAST_WEIGHT}
    return ConfidenceWeights(base=round(float(weights[0]), 2), reasons=kept, values=_precision(rows))


def _regression(matrix: Vector, right: Vector, signs: Vector) -> Vector:
    """Newton's steps for the penalised likelihood, the base without penalty; a weight of the wrong sign is zero."""
    data = np.c_[np.ones(len(matrix)), matrix]
    penalty = np.r_[1e-3, np.full(matrix.shape[1], PENALTY)]
    sign = np.r_[0.0, signs]
    weights = np.zeros(data.shape[1])
    for _ in range(300):
        chance = 1 / (1 + np.exp(-data @ weights))
        slope = data.T @ (right - chance) - penalty * weights
        bend = (data * (chance * (1 - chance))[:, None]).T @ data + np.diag(penalty)
        free = np.flatnonzero((sign == 0) | (weights != 0) | (slope * sign > 0))
        step = np.zeros_like(weights)
        step[free] = np.linalg.solve(bend[np.ix_(free, free)], slope[free])
        moved = weights + step / 2
        moved[moved * sign < 0] = 0
        if np.abs(moved - weights).max() < 1e-8:
            break
        weights = moved
    return weights


def _precision(rows: Sequence[Observed]) -> dict[str, float]:
    """The share of right values by kind, at events that are right."""
    kinds: dict[str, list[float]] = defaultdict(list)
    slots: dict[str, list[float]] = defaultdict(list)
    for rule, credit in (value for row in rows if row.right for value in row.values):
        kinds[rule].append(credit)
        slots[rule.split(".")[0]].append(credit)
    mean = {slot: (sum(row) + PRIOR / 2) / (len(row) + PRIOR) for slot, row in slots.items()}
    return {rule: round((sum(row) + PRIOR * mean[rule.split(".")[0]]) / (len(row) + PRIOR), 2)
            for rule, row in sorted(kinds.items())}


def cross_validated(rows: Sequence[Observed]) -> list[Judged]:
    """Every event and value as judged with weights fitted without its report."""
    fold = {name: number % FOLDS for number, name in enumerate(sorted({row.document for row in rows}))}
    found: list[Judged] = []
    for number in range(FOLDS):
        weights = fitted([row for row in rows if fold[row.document] != number])
        for row in (row for row in rows if fold[row.document] == number):
            sure = confidence(row.reasons, weights)
            found.append(Judged(kind="events", rule="", confidence=sure, right=row.right))
            found += [Judged(kind="values", rule=rule, confidence=sure * weights.values.get(rule, 1.0), right=credit)
                      for rule, credit in row.values]
    return found


def table(assertions: Sequence[Judged]) -> Iterator[str]:
    """The reliability of each kind as lines of text."""
    for kind in dict.fromkeys(one.kind for one in assertions):
        chosen = [one for one in assertions if one.kind == kind]
        for row in bins(chosen):
            yield f"{kind:10} {row.low:.1f} to {row.high:.1f} {row.count:5} mean {row.mean:.2f} right {row.right:.2f}"
        count, right = share_right(chosen, 0.5)
        yield f"{kind:10} distance {calibration_error(chosen):.3f}; from 0.5 on {count}, {right:.3f} right"


def written(weights: ConfidenceWeights, rows: Sequence[Observed], checked: Sequence[Judged]) -> str:
    """The file."""
    errors = ", ".join(f"{calibration_error([one for one in checked if one.kind == kind]):.3f} for {kind}"
                       for kind in ("events", "values"))
    documents = {row.document for row in rows}
    own = sum((OWN / f"{document}.json").exists() for document in documents)
    head = HEADER.format(events=len(rows), documents=len(documents), own=own, errors=errors,
                         right=sum(row.right for row in rows))
    parts = [head, f"base: {weights.base}\n"]
    for title, named in (("reasons", weights.reasons), ("values", weights.values)):
        parts += [f"{title}:\n", *(f"  {name}: {number}\n" for name, number in named.items())]
    return "".join(parts)


def main(arguments: Sequence[str]) -> None:
    """Fit, check on reports left out, show both, and write the file if asked to."""
    folders = [Path(name) for name in arguments if name != "--write"] or [OWN]
    found = results(folders)
    rows = [row for result in found for row in observed(result)]
    checked = cross_validated(rows)
    others = [one for result in found for one in judged([result]) if one.kind not in {"events", "values"}]
    file = written(fitted(rows), rows, checked)
    lines = ["On reports left out of the fit:", *table(checked), "With the weights of now:", *table(others), "", file]
    sys.stdout.write("\n".join(lines))
    if "--write" in arguments:
        TARGET.write_text(file, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
