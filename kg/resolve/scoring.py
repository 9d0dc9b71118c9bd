"""From features to a probability with reasons: a logistic model whose weights are data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import msgspec

from kg.resolution import Comparison
from kg.resolve.datafiles import read_knowledge

_DOUBTFUL = 0.1
WEIGHTS = Path(__file__).parent / "weights.yaml"


class Weight(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a feature adds to the log-odds per unit, what it was expected to before the fit, and its name in words.

    A `held` weight stays what was expected: where the examples have too few look-alikes, or errors of dates in them.
    """

    weight: float
    expected: float
    says: str
    held: bool = False


class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The log-odds of two members before anything is known of them, and the features' weights."""

    base: float
    features: dict[str, Weight]


def scored(left: str, right: str, features: Mapping[str, float], kind: str) -> Comparison:
    """The probability that two members are one, with the contribution of each feature that says anything.

    Of what is out of the question the contributions are left out: such pairs are most by far.
    """
    model = models()[kind]
    weights = model.features
    shares = [((weight := weights[name]).says, round(weight.weight * value, 2))
              for name, value in features.items() if value]
    odds = model.base + sum([share for _, share in shares])
    score = round(1 / (1 + math.exp(-odds)), 4)
    if score < _DOUBTFUL:
        return Comparison(left=left, right=right, score=score)
    reasons = sorted((reason for reason in shares if reason[1]), key=lambda reason: (-abs(reason[1]), reason[0]))
    return Comparison(left=left, right=right, score=score, reasons=tuple(reasons))


@lru_cache(maxsize=1)
def models() -> dict[str, Model]:
    """The models of `weights.yaml`; raises KnowledgeError if the file is broken."""
    return read_knowledge(WEIGHTS, dict[str, Model])
