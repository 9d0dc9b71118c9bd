"""Texts in capitals: which plain case they are read in, and that what is in plain case already stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import KnowledgeError
from kg.extract.case import CaseRestorer
from kg.extract.extractor import Extractor
from kg.extract.language import parse
from kg.pipeline import Toolbox
from kg.records import Document
from kg.settings import Settings

Restore = Callable[[str], str]


@pytest.fixture(scope="module")
def extractor(toolbox: Toolbox) -> Extractor:
    return toolbox.extractor


@pytest.fixture(scope="module")
def restore(extractor: Extractor) -> Restore:
    return extractor.case.restore


SENTENCES = (
    "Gunmen shot dead two policemen in the town of Arauca on Monday.",
    "President Alvarado said that the guerrillas attacked a substation near San Miguel.",
    "Col Ramirez told reporters in Bogota that the rebels fled to the mountains.",
    "Members of the National Liberation Army (ELN) blew up an oil pipeline in Colombia.",
    "The Farabundo Marti National Liberation Front [FMLN] said it did not attack the bus.",
    "Police in the United States and El Salvador arrested three Salvadoran students in March 1989.",
    "A spokesman for al-Shabaab said the bomb was meant for the US embassy.",
    "He told us that they march at night and may return in May.",
    "The soldiers may march to the bridge; the convoy is in danger.",
    "Three grenades were thrown at the house of Senator Luis Obregon Castro, who was not hurt.",
    "They burned the \"Santa Lucia\" farm and called the report \"false and incorrect,\" he said.",
    "Dr. Mendez said that J. C. Vargas de la Torre died on 3 February.",
    "The M-19 and the Supreme Court did not comment.",
    "The mayor said it was a heart attack. Nobody claimed it.",
    "Boko Haram fighters raided Maiduguri, Nigeria, with AK-47 rifles, residents said.",
    "The minister's car and the army's trucks were hit by mortar fire.",
)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_in_capitals_is_read_as_it_would_be_written(restore: Restore, sentence: str) -> None:
    assert restore(sentence.upper()) == sentence


@pytest.mark.parametrize("sentence", [
    *SENTENCES,
    "The BLA and the BLF, both banned in PAKISTAN, fought on.",
    "US, UK and EU at UN: NO.",
    "",
    "\n\n",
    "2330 - 0530.",
])
def test_what_is_not_in_capitals_stays_the_very_same_text(restore: Restore, sentence: str) -> None:
    assert restore(sentence) is sentence


@pytest.mark.parametrize(("text", "read"), [
    ("LIMA, 4 FEB 90 (EFE) -- [TEXT] REBELS KILLED A MAYOR TODAY.",
     "LIMA, 4 Feb 90 (EFE) --        Rebels killed a mayor today."),
    ("THE BLASTS BEGAN AT 2330 [0530 GMT] AND WENT ON.", "The blasts began at 2330            and went on."),
    ("THE GUARDS [WORDS INDISTINCT] WERE SHOT AT THE GATE.", "The guards                    were shot at the gate."),
    ("They fled. [passage omitted] The army followed.", "They fled.                   The army followed."),
])
def test_datelines_keep_their_place_and_marks_of_the_desk_are_blanks(restore: Restore, text: str, read: str) -> None:
    assert restore(text) == read


@pytest.mark.parametrize("text", [
    "The minister said [the rebels] would be caught.",
    "The front [FMLN] denied it [1].",
])
def test_other_words_in_brackets_are_kept(restore: Restore, text: str) -> None:
    assert restore(text) == text


def test_a_headline_in_capitals_is_restored_and_the_story_below_it_kept(restore: Restore) -> None:
    story = "KANO, June 2 - The BBC said that ISWAP men had fled."
    assert restore(f"GUNMEN KILL NINE SOLDIERS IN NORTHERN NIGERIA\n{story}") == (
        f"Gunmen kill nine soldiers in northern Nigeria\n{story}")


def test_lines_broken_at_a_fixed_width_are_read_as_one_paragraph(restore: Restore) -> None:
    text = ("   GUATEMALA CITY, 4 FEB 90 (ACAN-EFE) -- [TEXT] A GUERRILLA COLUMN OF SAN\n"
            "MARCOS ATTACKED THE FARM OF A COFFEE GROWER IN THE NORTHERN EL\n"
            "PETEN DEPARTMENT AND BURNED A TRUCK THERE.\n\n"
            "   THE ARMY DENIED THAT THE PRESIDENT WAS NEAR THE PLACE WHEN THE\n"
            "ATTACK TOOK PLACE.")
    read = restore(text)
    assert "column of San\nMarcos attacked" in read
    assert "El\nPeten" in read
    assert "when the\nattack took" in read


@pytest.mark.parametrize("text", ["İSTANBUL VE ANKARA'DA İKİ POLİS ÖLDÜ", "DIE STRAßE NACH KÖLN WAR AM MORGEN GESPERRT",
                                  "ΟΙ ΑΝΤΑΡΤΕΣ ΧΤΥΠΗΣΑΝ ΤΗΝ ΠΟΛΗ ΤΟ ΒΡΑΔΥ"])
def test_the_restored_text_is_as_long_as_the_document(restore: Restore, text: str) -> None:
    assert len(restore(text)) == len(text)
    assert restore(text).casefold().replace("i̇", "i") == text.casefold().replace("i̇", "i")


def test_tokens_and_mentions_point_at_the_capitals_of_the_document(extractor: Extractor) -> None:
    text = ("BOGOTA, 3 MAR 89 (EFE) -- [TEXT] GUERRILLAS OF THE NATIONAL LIBERATION ARMY (ELN) KIDNAPPED MAYOR "
            "RAMIRO ZULETA IN ARAUCA ON WEDNESDAY. THE ELN CLAIMED RESPONSIBILITY FOR THE KIDNAPPING.")
    document = Document(id="d", source="test", published="1989-03-03", text=text)
    parsed = parse(extractor.nlp, document, extractor.case.restore)
    assert all(text[token.idx:token.idx + len(token)].lower() == token.text.lower()
               for token in parsed.doc if not token.is_space)
    extraction = extractor.read(parsed)
    assert all(m.text == text[m.start:m.end] for m in extraction.mentions)
    names = {entity.name: entity.link for entity in extraction.entities}
    assert "group:eln" in names.values()
    assert "Ramiro Zuleta" in names
    assert [event.type for event in extraction.events] == ["Kidnapping"]


def test_a_dateline_is_no_event_and_gives_no_date_to_one(extractor: Extractor) -> None:
    text = "SAN SALVADOR, 18 FEB 90 (DPA) -- [TEXT] THE GOVERNMENT ANNOUNCED A NEW BUDGET FOR THE HOSPITALS TODAY."
    document = Document(id="d", source="test", published="1990-02-18", text=text)
    assert next(extractor.extract([document])).events == ()


@pytest.mark.parametrize("content", ["months: 3", "no_such_field: [a]", ": ["])
def test_a_broken_word_list_is_named(extractor: Extractor, tmp_path: Path, content: str) -> None:
    (tmp_path / "case.yaml").write_text(content, encoding="utf-8")
    settings = replace(Settings(), language_data=tmp_path)
    with pytest.raises(KnowledgeError, match=r"case\.yaml"):
        CaseRestorer(settings, extractor.nlp, extractor.gazetteer, extractor.place_index, extractor.name_words)
