"""Scores extractions against hand-made labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.evaluate.case import Case
from kg.evaluate.gold import GoldDocument
from kg.evaluate.predictions import nothing
from kg.evaluate.results import Result, score
from kg.evaluate.vocabulary import Vocabulary
from kg.records import Extraction

__all__ = ["evaluate"]


def evaluate(
    gold: Sequence[GoldDocument], extractions: Mapping[str, Extraction], vocabulary: Vocabulary,
) -> tuple[Result, ...]:
    """The result of each labelled document; one without an extraction counts as if nothing had been found in it."""
    return tuple(score(Case(document, extractions.get(document.id) or nothing(document), vocabulary))
                 for document in gold)
