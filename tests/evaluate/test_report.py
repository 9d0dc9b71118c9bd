"""The error report shows every mistake with its sentence and rule, in Markdown and as a web page."""

from __future__ import annotations

import pytest

from kg.evaluate.blocks import Heading, Paragraph, Quote, Table, markdown, web_page
from kg.evaluate.case import Case
from kg.evaluate.gold import GoldDocument
from kg.evaluate.report import error_report
from kg.evaluate.results import score
from kg.evaluate.summary import summarise
from kg.evaluate.vocabulary import Vocabulary
from kg.records import Extraction


@pytest.fixture(scope="module")
def report(gold: GoldDocument, extraction: Extraction, vocabulary: Vocabulary) -> str:
    results = [score(Case(gold, extraction, vocabulary))]
    return markdown(error_report(results, summarise(results)))


@pytest.mark.parametrize("words", [
    "### Missed: e2 ambush (2020-05-10, Tezin, background)\n\n> A week later gunmen ambushed",
    "### False: ArmedAssault (b)\n\nby attack.verb; confidence 0.55; asserted, main\n\n> In the same town",
    "a robber **shot** at a grocer",
    "### Found: e1 bombing (2020-05-03, Ardul, main) = Bombing (a)",
    "| date | 2020-05-03 | 2020-05-01/2020-05-31 (On 3 May) |  |",
    "### Missed relation: Omar Sadiq \\| opposes \\| the Great Dam\n\n> The River Front is led",
    "### False relation: River Front \\| opposes \\| the Great Dam\n\nby opposes.verb, confidence 0.70\n\n> ",
    "### One group in several: River Front\n\nRiver Front, RF",
    "| events | attack.verb | 1 | 1 |",
])
def test_every_mistake_stands_in_the_report(report: str, words: str) -> None:
    assert words in report


@pytest.mark.parametrize("words", ["| country |", "leads", "gunmen)", "Several groups in one"])
def test_what_is_right_or_not_compared_does_not(report: str, words: str) -> None:
    assert words not in report.partition("Rules by their mistakes")[2].replace("leads.verb", "")


def test_a_report_has_both_forms() -> None:
    blocks = [Heading(1, "A < B"), Paragraph("one\ntwo"), Quote("He *shot* at it", "shot"), Table(("a",), (("x|y",),))]
    assert markdown(blocks) == "# A \\< B\n\none two\n\n> He \\***shot**\\* at it\n\n| a |\n| --- |\n| x\\|y |\n"
    page = web_page(blocks)
    assert "<title>A &lt; B</title>" in page
    assert "<blockquote>He *<mark>shot</mark>* at it</blockquote>" in page
    assert "<tr><td>x|y</td></tr>" in page
    assert "http" not in page
