"""Which counts of an event tell of a person counted already."""

from __future__ import annotations

import pytest

from kg.pipeline import Toolbox
from kg.records import Document


@pytest.mark.parametrize(("text", "expected"), [
    ("Gunmen killed a guard in Sarmat on Monday. He was pronounced dead at the hospital.", {("killed", 1)}),
    ("Gunmen attacked a bakery in Sarmat on Monday. A policeman was killed. Ana Ruiz was shot in the leg.",
     {("killed", 1)}),
    ("Gunmen attacked a bakery in Sarmat on Monday. They admitted the killing of Ana Ruiz, who was shot at the door.",
     {("killed", 1)}),
    ("Gunmen shot a guard in Sarmat on Monday. He died in the hospital.", {("killed", 1)}),
])
def test_one_person_told_twice_is_counted_once(toolbox: Toolbox, text: str, expected: set[tuple[str, int]]) -> None:
    """A pronoun repeats a count, and a shot that may have killed the one dead wounds nobody else."""
    assert _counts(toolbox, text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("Gunmen killed Omar Sule in Sarmat on Monday. Ana Ruiz was shot in the leg.", {("killed", 1), ("injured", 1)}),
    ("Gunmen killed a policeman in Sarmat on Monday and shot a shopkeeper.", {("killed", 1), ("injured", 1)}),
    ("A bomber attacked a post in Sarmat on Monday, killing five soldiers. He killed himself.",
     {("killed", 5), ("killed", 1)}),
    ("Gunmen attacked a bakery in Sarmat on Monday. Five people were killed and a guard was wounded.",
     {("killed", 5), ("injured", 1)}),
])
def test_two_people_stay_two(toolbox: Toolbox, text: str, expected: set[tuple[str, int]]) -> None:
    """Two names, one sentence with both, attackers and plain words of wounding are each counted."""
    assert _counts(toolbox, text) == expected


def _counts(toolbox: Toolbox, text: str) -> set[tuple[str, int | None]]:
    document = Document(id="d", source="made up", text=text, published="2025-09-18")
    [extraction] = toolbox.extractor.extract([document])
    return {(count.outcome, count.min) for event in extraction.events for count in event.casualties}
