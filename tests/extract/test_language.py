"""Segments: where a text is cut before it is parsed, and that nothing of it is lost."""

from __future__ import annotations

import pytest

from kg.extract.language import segments


@pytest.mark.parametrize(("text", "bodies"), [
    ("LIMA, 4 Feb 90 (EFE) -- Rebels fled.", ["LIMA, 4 Feb 90 (EFE) -- ", "Rebels fled."]),
    ("   LIMA, 4 Feb 90 (EFE) -- Rebels fled.", ["LIMA, 4 Feb 90 (EFE) -- ", "Rebels fled."]),
    ("MANAGUA (NICARAGUA), 11 Dec 89 (Radio Sandino) -- Rebels fled.",
     ["MANAGUA (NICARAGUA), 11 Dec 89 (Radio Sandino) -- ", "Rebels fled."]),
    ("KABUL, June 20 (Agency) - Rebels fled.", ["KABUL, June 20 (Agency) - ", "Rebels fled."]),
    ("ELN men fled.", ["ELN men fled."]),
    ("The FARC, 4 columns strong (EFE said), fled.", ["The FARC, 4 columns strong (EFE said), fled."]),
    ("Rebels flee\nThey left a town.", ["Rebels flee", "They left a town."]),
    ("", []),
    (" \n ", []),
])
def test_datelines_headings_and_paragraphs_stand_apart(text: str, bodies: list[str]) -> None:
    pieces = list(segments(text))
    assert [body for body, _ in pieces if body] == bodies
    assert "".join(body + tail for body, tail in pieces) == text
