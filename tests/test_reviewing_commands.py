"""The commands with which people correct a graph, end to end."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli.app import app
from kg.pipeline import Toolbox, build

REPORTS = {
    "one": "Gunmen attacked a checkpoint near the river on Monday.",
    "two": "Witnesses said that Gunmen attacked a convoy on Tuesday.",
}
Kg = Callable[..., str]


@pytest.fixture
def kg(tmp_path: Path, plain_tools: Toolbox, monkeypatch: pytest.MonkeyPatch) -> Kg:
    """Runs a command on a workspace of two reports and gives what it printed."""
    for name, text in REPORTS.items():
        (tmp_path / f"{name}.txt").write_text(text)
    build(tmp_path / "w", [str(tmp_path)], tools=plain_tools)
    monkeypatch.setattr("kg.pipeline.reviewing.Toolbox", lambda: plain_tools)

    def run(*words: str, code: int = 0, workspace: str = "w") -> str:
        found = CliRunner().invoke(app, [*words, "-w", str(tmp_path / workspace)])
        assert found.exit_code == code, found.output
        return found.output
    return run


def attacks(kg: Kg) -> list[str]:
    return sorted({row["e"] for row in json.loads(kg("query", "SELECT ?e WHERE { ?e a kg:Attack }", "-f", "json"))})


def test_a_graph_is_corrected_and_the_corrections_are_listed_with_author_and_reason(kg: Kg) -> None:
    one, other = attacks(kg)
    printed = kg("merge", one, other.rpartition("/")[2][:8], "--by", "Mira", "--reason", "one convoy")
    assert re.search(r"^review [0-9a-f]{8}: merge “.*Gunmen attacked .*” is “.*Gunmen attacked", printed, re.MULTILINE)
    assert re.search(r"^  [-+] event:", printed, re.MULTILINE)
    assert len(attacks(kg)) == 1
    listing = kg("reviews")
    assert all(words in listing for words in ("Mira", "one convoy", "in force"))
    printed = kg("query", "merges-of-event", "-p", f"event={attacks(kg)[0]}", "-f", "csv")
    assert "Mira" in printed
    assert "one convoy" in printed
    assert "undid the merge" in kg("undo", "--by", "Mira")
    assert attacks(kg) == [one, other]
    assert "undone" in kg("reviews")


def test_merging_what_was_split_says_so(kg: Kg, tmp_path: Path) -> None:
    one, other = attacks(kg)
    kg("merge", one, other, "--by", "Mira")
    kg("split", attacks(kg)[0], str(tmp_path / "two.txt"), "--by", "Mira")
    assert "overrides the split" in kg("merge", one, other, "--by", "Juno")


def test_a_statement_is_corrected_by_the_parts_of_its_fact(kg: Kg) -> None:
    one = attacks(kg)[0]
    assert "kg:Ambush" in kg("correct", one, "rdf:type", "kg:Attack", "--to", "Ambush", "--by", "Mira")
    assert len(attacks(kg)) == 1
    kg("undo", "--by", "Mira")
    printed = kg("reject", one, "rdf:type", "kg:Attack")
    assert re.search(r"^  - event:\S+ rdf:type kg:Attack$", printed, re.MULTILINE)
    assert re.search(r"^  - group:\S+ kg:accusedOf event:\S+$", printed, re.MULTILINE)
    assert len(attacks(kg)) == 1


def test_reviews_travel_as_lines_of_json(kg: Kg, tmp_path: Path, plain_tools: Toolbox) -> None:
    kg("merge", *attacks(kg), "--by", "Mira")
    kg("reviews", "--export", str(tmp_path / "reviews.jsonl"))
    build(tmp_path / "again", [str(tmp_path / "one.txt"), str(tmp_path / "two.txt")], tools=plain_tools)
    assert "1 new review, 0 known" in kg("reviews", "--import", str(tmp_path / "reviews.jsonl"), workspace="again")
    assert "0 new reviews, 1 known" in kg("reviews", "--import", str(tmp_path / "reviews.jsonl"), workspace="again")
    (tmp_path / "reviews.jsonl").write_text("{}\n")
    assert "reviews.jsonl" in kg("reviews", "--import", str(tmp_path / "reviews.jsonl"), code=3)


@pytest.mark.parametrize("words", [
    ("merge", "nobody", "nowhere"), ("split", "nobody"), ("reject", "assertion:0000"), ("undo",), ("undo", "ffff"),
    ("correct", "assertion:0000", "--to", "12"),
])
def test_what_is_not_there_is_told_in_a_line(kg: Kg, words: tuple[str, ...]) -> None:
    assert kg(*words, "--by", "Mira", code=1).startswith("kg: ")


def test_doubtful_judgements_are_listed_first_with_both_sentences(kg: Kg) -> None:
    rows = [json.loads(line) for line in kg("merges", "--all", "--format", "jsonl").splitlines()]
    assert [abs(row["score"] - 0.5) for row in rows] == sorted(abs(row["score"] - 0.5) for row in rows)
    listing = kg("merges", "--all")
    assert all(row["left"]["words"] in listing and row["right"]["source"] in listing for row in rows)
