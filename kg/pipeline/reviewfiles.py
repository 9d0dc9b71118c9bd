"""Reads reviews that were written out as lines of JSON, and tells what is wrong with a line."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path

from msgspec import DecodeError, ValidationError, json

from kg.errors import KGError
from kg.ingest import OnProblem, Problem
from kg.reviews import Review, Verb, sealed

_MEND = "mend the line or write the reviews out again with `kg reviews --export`; the others were taken"


def read_reviews(path: Path, there: Collection[str], on_problem: OnProblem) -> Iterator[Review]:
    """The reviews of a file whose lines are right; of the others the number of the line and what is wrong are told.

    `there` are the ids of reviews that an undo may point to besides those of the file. A line without an id gets it.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KGError(f"this file cannot be read: {error}", where=str(path),
                      mend="name a file that `kg reviews --export` wrote") from error
    found: list[tuple[int, Review]] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append((number, _read(line)))
            except ValueError as error:
                on_problem(Problem(str(path), number, f"this is no review: {error}", _MEND))
    known = {review.id for _, review in found} | set(there)
    for number, review in found:
        if review.verb is Verb.UNDO and review.undoes not in known:
            on_problem(Problem(str(path), number, f"it undoes {review.undoes}, which is nowhere", _MEND))
        else:
            yield review


def _read(line: str) -> Review:
    """The review of a line; raises ValueError, with the reason, for what is none."""
    try:
        review = json.decode(line, type=Review)
    except (ValidationError, DecodeError) as error:
        raise ValueError(str(error)) from error
    if datetime.fromisoformat(review.time).tzinfo is None:
        raise ValueError("its time has no zone")
    if not review.by:
        raise ValueError("nobody made it")
    if review.verb is Verb.UNDO and not review.undoes:
        raise ValueError("it undoes nothing")
    if review.verb is not Verb.UNDO and not all(review.groups or ((),)):
        raise ValueError("it is about nothing")
    if review.verb in (Verb.MERGE, Verb.SPLIT) and len(review.groups) < 2:
        raise ValueError("it names one side only")
    if (review.verb is Verb.CORRECT) != (review.value is not None):
        raise ValueError("a correction needs a value, and nothing else has one")
    if review.id and review.id != sealed(review).id:
        raise ValueError("it was changed after it was written")
    return sealed(review)
