"""Segments: where a text is cut before it is parsed, and that nothing of it is lost."""

from __future__ import annotations

import pytest

from kg.extract.acronyms import group_acronyms
from kg.extract.language import load_pipeline, parse, parse_all, read_as_names, segments
from kg.gazetteer import load_gazetteer
from kg.records import Document
from kg.settings import Settings


@pytest.mark.parametrize(("text", "bodies"), [
    ("LIMA, 4 Feb 90 (EFE) -- Rebels fled.", ["LIMA, 4 Feb 90 (EFE) -- ", "Rebels fled."]),
    ("   LIMA, 4 Feb 90 (EFE) -- Rebels fled.", ["LIMA, 4 Feb 90 (EFE) -- ", "Rebels fled."]),
    ("MANAGUA (NICARAGUA), 11 Dec 89 (Radio Sandino) -- Rebels fled.",
     ["MANAGUA (NICARAGUA), 11 Dec 89 (Radio Sandino) -- ", "Rebels fled."]),
    ("KABUL, June 20 (Agency) - Rebels fled.", ["KABUL, June 20 (Agency) - ", "Rebels fled."]),
    ("Port Mara (Peru), 4 Feb 90 (EFE) -- [text] Rebels fled.",
     ["Port Mara (Peru), 4 Feb 90 (EFE) -- [text] ", "Rebels fled."]),
    ("Lima, February 4 - Rebels fled.", ["Lima, February 4 - ", "Rebels fled."]),
    ("In Lima, 4 men (rebels) fled -- to Cusco.", ["In Lima, 4 men (rebels) fled -- to Cusco."]),
    ("In Lima, February 4 was quiet.", ["In Lima, February 4 was quiet."]),
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


@pytest.mark.parametrize(("text", "word"), [
    ("Troops attacked IS positions near the river.", "IS"),
    ("IS has claimed the blast.", "IS"),
])
def test_an_acronym_that_looks_like_a_word_is_parsed_as_a_name(text: str, word: str) -> None:
    """Without it the parser makes a verb of the acronym; the word in lower case stays a verb."""
    nlp = load_pipeline(Settings().pipeline)
    read_as_names(nlp, group_acronyms(load_gazetteer(Settings())), "daesh")
    assert [token.pos_ for token in nlp(text) if token.text == word] == ["PROPN"]
    assert [token.pos_ for token in nlp("The road is open.") if token.text == "is"] == ["AUX"]


def test_documents_are_parsed_in_company_as_they_are_alone() -> None:
    texts = ["Gunmen fled.\n\nPolice said they killed two guards.", "", " \n", "A bomb hit a bus on Friday."] * 20
    nlp = load_pipeline(Settings().pipeline)
    documents = [Document(id=str(number), source="test", text=text) for number, text in enumerate(texts)]
    together = list(parse_all(nlp, documents))
    assert [parsed.document for parsed in together] == documents
    for parsed in together[::7]:
        alone = parse(nlp, parsed.document)
        assert [(t.text, t.idx, t.tag_, t.dep_, t.head.i, t.ent_type_) for t in parsed.doc] == [
            (t.text, t.idx, t.tag_, t.dep_, t.head.i, t.ent_type_) for t in alone.doc]
