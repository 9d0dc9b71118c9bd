"""Capitals that another program has given to words by mistake are taken back; those of names and titles stay."""

from __future__ import annotations

import pytest

from kg.pipeline import Toolbox


@pytest.mark.parametrize(("text", "expected"), [
    ("The rebels Unleashed a raid and Assassinated a judge near Sarmat.",
     "The rebels unleashed a raid and assassinated a judge near Sarmat."),
    ("The men who Perpetrated it had Assassinated two Bodyguards of Omar Sule in Lima.",
     "The men who perpetrated it had assassinated two bodyguards of Omar Sule in Lima."),
])
def test_stray_capitals_are_taken_back(toolbox: Toolbox, text: str, expected: str) -> None:
    """Two verbs with a capital inside sentences show that a text was set by a program; names keep theirs."""
    assert toolbox.extractor.case.restore(text) == expected


@pytest.mark.parametrize("text", [
    "The army sent Operation Enduring Freedom to Sarmat and told Parliament of it.",
    "He was shown in Wanted and praised by the Senate.",
    "Gunmen Kill Five In Attack On Police Post",
])
def test_other_capitals_stay(toolbox: Toolbox, text: str) -> None:
    """Names, titles of works, a single slip and headlines are left as they stand."""
    assert toolbox.extractor.case.restore(text) == text
