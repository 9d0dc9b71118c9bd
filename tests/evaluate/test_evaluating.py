"""`kg evaluate` prints figures, writes mistakes and keeps floors."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from kg.cli.app import app
from kg.evaluate.floors import read_floors
from kg.evaluate.gold import GoldDocument
from kg.pipeline import Toolbox
from kg.records import Extraction, public_json


@pytest.fixture(autouse=True)
def in_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plain_tools: Toolbox, gold: GoldDocument, extraction: Extraction,
) -> Path:
    """A folder with labels, their text and an extraction; plain tools in the place of the real ones."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kg.pipeline.Toolbox", lambda: plain_tools)
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "river.json").write_bytes(msgspec.json.encode(gold.labels))
    (tmp_path / "gold" / "river.txt").write_text(gold.text)
    (tmp_path / "told.jsonl").write_text(public_json(extraction) + "\n")
    return tmp_path


def run(*arguments: str, code: int = 0, given: str | None = None) -> tuple[str, str]:
    result = CliRunner().invoke(app, ["evaluate", *arguments], input=given)
    assert result.exit_code == code, (result.output, result.exception)
    return result.stdout, result.stderr


def test_the_table_has_rates_and_reliability() -> None:
    out, _ = run("gold", "told.jsonl")
    rows = {line[:16].strip(): line[16:].split() for line in out.splitlines()}
    assert rows["events"][-6:] == ["0.500", "0.500", "0.500", "1", "2", "2"]
    assert "0.9 to 1.0" in out
    assert "In 1 documents" in out


def test_predictions_are_read_from_standard_input_too(in_folder: Path) -> None:
    told = (in_folder / "told.jsonl").read_text()
    assert run("gold", "-", given=told) == run("gold", "told.jsonl")


def test_reliability_can_be_asked_for_alone() -> None:
    out, _ = run("gold", "told.jsonl", "--reliability")
    assert "relations" in out
    assert "precision" not in out


def test_json_has_every_figure_by_name() -> None:
    printed = json.loads(run("gold", "told.jsonl", "--format", "json")[0])
    assert printed["shares"]["events.precision"] == 0.5
    assert printed["amounts"]["slot.date"] == {"right": 0.5, "told": 1, "gold": 2}
    assert printed["faults"]["split_groups"] == 1
    assert {row["kind"] for row in printed["reliability"]} == {"events", "relations"}


def test_without_predictions_the_texts_are_extracted() -> None:
    out, _ = run("gold", "--format", "json")
    assert json.loads(out)["amounts"]["events"] == {"right": 0, "told": 0, "gold": 2}


@pytest.mark.parametrize(("name", "begins"), [("mistakes.md", "# What"), ("mistakes.html", "<!doctype html>")])
def test_mistakes_are_written(in_folder: Path, name: str, begins: str) -> None:
    _, err = run("gold", "told.jsonl", "--errors", name)
    assert f"Mistakes written to {name}" in err
    assert (in_folder / name).read_text().startswith(begins)


def test_floors_are_pinned_kept_and_broken(in_folder: Path) -> None:
    run("gold", "told.jsonl", "--pin", "floors.toml")
    run("gold", "told.jsonl", "--floors", "floors.toml")
    before = _floors(in_folder)
    (in_folder / "none.jsonl").write_text("")
    _, err = run("gold", "none.jsonl", "--floors", "floors.toml", code=4)
    assert "kg: events.recall is 0.000, below its floor of 0.49" in err
    run("gold", "none.jsonl", "--pin", "floors.toml", code=4)
    assert _floors(in_folder) == before
    run("gold", "none.jsonl", "--pin", "floors.toml", "--lower", code=3)
    assert _floors(in_folder)["events.recall"] == 0


def _floors(folder: Path) -> dict[str, float]:
    return read_floors(folder / "floors.toml").floors


def test_a_document_without_prediction_is_named_and_ends_with_3(in_folder: Path) -> None:
    (in_folder / "none.jsonl").write_text("")
    _, err = run("gold", "none.jsonl", code=3)
    assert "kg: river: no prediction" in err


@pytest.mark.parametrize(("arguments", "code", "message"), [
    (["nowhere"], 1, "kg: nowhere: no such folder"),
    (["gold", "missing.jsonl"], 1, "kg: missing.jsonl: No such file"),
    (["gold", "gold/river.txt"], 1, "kg: gold/river.txt:1: no extraction"),
    (["gold", "told.jsonl", "--floors", "none.toml"], 1, "kg: none.toml: No such file"),
    (["gold", "told.jsonl", "--errors", "mistakes.pdf"], 2, "should end in .md or .html"),
    (["gold", "told.jsonl", "--errors", "no/such/folder.md"], 1, "kg: no/such/folder.md: No such file"),
    (["gold", "told.jsonl", "--format", "xml"], 2, "xml"),
    ([], 2, "GOLD"),
])
def test_a_call_that_fails_says_why(arguments: list[str], code: int, message: str) -> None:
    assert message in run(*arguments, code=code)[1]
