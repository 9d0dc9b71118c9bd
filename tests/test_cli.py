"""The command line does what its help says, and says in one line what went wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli.app import app
from kg.cli.demo import _accused, _range, _where
from kg.pipeline import Toolbox

ATTACK = "Gunmen attacked a checkpoint near the river on Monday."
COMMANDS = ("extract", "build", "remove", "query", "show", "explain", "info", "export", "validate", "doctor", "demo")


@pytest.fixture(autouse=True)
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plain_tools: Toolbox) -> Path:
    """A folder of its own with one report, and plain tools in the place of the real ones."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kg.pipeline.Toolbox", lambda: plain_tools)
    (tmp_path / "a.txt").write_text(ATTACK)
    return tmp_path


def run(*arguments: str, code: int = 0, given: str | None = None) -> tuple[str, str]:
    result = CliRunner().invoke(app, list(arguments), input=given)
    assert result.exit_code == code, (result.output, result.exception)
    return result.stdout, result.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    assert f"Usage: kg {command}" in help_of(command)


def help_of(command: str) -> str:
    return CliRunner().invoke(app, [command, "--help"], prog_name="kg").stdout


def test_the_help_lists_every_command_uncut() -> None:
    out, _ = run("--help")
    assert all(f"  {command} " in out for command in COMMANDS)
    assert "..." not in out.split("Commands:")[1]


def test_extract_prints_one_public_record_per_document() -> None:
    out, _ = run("extract", "a.txt", "--published", "2020-01-02")
    (record,) = map(json.loads, out.splitlines())
    assert (record["document"]["source"], record["document"]["published"]) == ("a.txt", "2020-01-02")
    assert "raw_sha256" not in record["document"]
    assert record["events"][0]["type"] == "Attack"


def test_a_document_that_fails_prints_no_record_and_ends_with_3(in_folder: Path) -> None:
    (in_folder / "b.txt").write_text("")
    out, err = run("extract", "b.txt", "missing.txt", "a.txt", code=3)
    assert len(out.splitlines()) == 1
    assert "kg: b.txt: no text" in err
    assert "kg: missing.txt: no such file" in err


def test_standard_input_is_read() -> None:
    out, _ = run("extract", "-", given=ATTACK)
    assert json.loads(out)["document"]["source"] == "-"


@pytest.mark.parametrize("arguments", [
    ["extract"], ["extract", "a.txt", "--published", "soon"], ["nonsense"], ["query"], ["explain", "a", "b"],
    ["query", "events", "-p", "from"], ["query", "events", "--format", "xml"],
])
def test_a_wrong_call_ends_with_2(arguments: list[str]) -> None:
    run("build", "a.txt")
    run(*arguments, code=2)


@pytest.mark.parametrize("arguments", [
    ["info"], ["query", "events"], ["show", "x"], ["explain", "x"], ["remove", "x"], ["validate"], ["export", "x.ttl"],
])
def test_without_a_workspace_one_line_says_what_to_do(arguments: list[str]) -> None:
    out, err = run(*arguments, code=1)
    assert out == ""
    assert err.startswith("kg: workspace: there is no workspace here (make one with `kg build")
    assert len(err.splitlines()) == 1


def test_build_query_show_explain_info_remove() -> None:
    assert "1 document read: 1 new" in run("build", "a.txt")[0]
    assert "0 new, 1 known already" in run("build", "a.txt")[0]
    assert "documents" in run("info")[0]
    assert "a.txt" in run("info", "--documents")[0]
    events = json.loads(run("query", "events", "--format", "json")[0])
    assert len(events) == 1
    assert ATTACK[:15] in run("explain", events[0]["event"])[0]
    assert "attack" in run("show", events[0]["event"])[0].lower()
    assert "removed a.txt" in run("remove", "a.txt")[0]
    assert run("query", "events")[0] == "no answer\n"


@pytest.mark.parametrize(("form", "begins"), [
    ("table", "n\n-"), ("csv", "n\n1\n"), ("json", '[\n {\n  "n": "1"'),
])
def test_an_answer_has_the_form_asked_for(form: str, begins: str) -> None:
    run("build", "a.txt")
    question = "SELECT (COUNT(?e) AS ?n) WHERE { ?e a kg:Attack }"
    assert run("query", question, "--format", form)[0].startswith(begins)


def test_questions_come_from_files_input_and_parameters(in_folder: Path) -> None:
    run("build", "a.txt")
    ask = "ASK { ?e a $type }"
    (in_folder / "q.rq").write_text(ask)
    assert run("query", "q.rq", "-p", "type=kg:Attack")[0] == "yes\n"
    assert run("query", "-", "-p", "type=kg:Bombing", given=ask)[0] == "no\n"
    out, _ = run("query", "CONSTRUCT { ?e a kg:Attack } WHERE { ?e a kg:Attack }", "--format", "turtle")
    assert out.endswith("ontology#Attack> .\n")
    assert run("query", "q.rq", "-p", "type=kg:Attack", "--format", "turtle", code=1)[1].startswith("kg: only triples")


@pytest.mark.parametrize(("question", "message"), [
    ("nothing-of-that-name", "no saved query and no file"), ("DROP ALL ; {", "read-only SPARQL"),
    ("SELECT ?x { ?x a kg:Attack", "not understood at line 1, column 27, where it ends"),
    ("SELECT ?x { ?x foo:bar ?z }", "the prefix of foo:bar at line 1 is not known"),
])
def test_a_question_that_fails_tells_why_in_one_line(question: str, message: str) -> None:
    run("build", "a.txt")
    _, err = run("query", question, code=1)
    assert message in err
    assert len(err.splitlines()) == 1


def test_the_saved_queries_are_listed() -> None:
    assert "events" in run("query", "--list")[0]


def test_the_graph_is_written_in_the_format_of_the_ending(in_folder: Path) -> None:
    run("build", "a.txt")
    run("export", "g.ttl")
    assert "@prefix kg:" in (in_folder / "g.ttl").read_text()
    assert "unknown" in run("export", "g.unknown", code=1)[1]
    assert "cannot be written" in run("export", "missing/g.ttl", code=1)[1]
    assert "<http" in run("export", "-", "--format", "ntriples")[0]


def test_a_broken_rule_ends_with_4(monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.graph.validate import Report, Violation

    run("build", "a.txt")
    assert "every rule is kept" in run("validate")[0]
    broken = Violation(node="n", path=None, value=None, message="it is wrong", severity="Violation")
    report = Report(conforms=False, violations=(broken,), triples=1)
    monkeypatch.setattr("kg.graph.validate.validate", lambda *_: report)
    assert "it is wrong" in run("validate", code=4)[0]


@pytest.mark.parametrize(("row", "text"), [
    (("2", "2", "2"), "2"), (("2", "3", "4"), "3 (2-4)"), (("2", None, "4"), "2-4"), (("2", "2", None), "2 or more"),
    ((None, None, "4"), "up to 4"), ((None, None, None), ""),
])
def test_counts_read_as_people_write_them(row: tuple[str | None, ...], text: str) -> None:
    assert _range(dict(zip(("killedMin", "killedBest", "killedMax"), row, strict=True)), "killed") == text


@pytest.mark.parametrize(("accused", "denied", "text"), [
    ("B", "C", "B; denied by C"), ("B", None, "B"), (None, "C", "denied by C"), (None, None, ""),
])
def test_who_is_accused_and_who_denies_are_kept_apart(accused: str | None, denied: str | None, text: str) -> None:
    assert _accused({"accused": accused, "denied": denied}) == text


@pytest.mark.parametrize(("place", "country", "code", "text"), [
    ("Aden", "Yemen", "YE", "Aden, Yemen"), (None, "Yemen", "YE", "Yemen"), ("Yemen", "Yemen", "YE", "Yemen"),
    ("Aden", None, "YE", "Aden, YE"), (None, None, None, ""),
])
def test_a_place_names_its_country_once(place: str | None, country: str | None, code: str | None, text: str) -> None:
    assert _where({"place": place, "countryName": country, "country": code}) == text


def test_events_without_a_date_come_last(in_folder: Path) -> None:
    (in_folder / "b.txt").write_text(f"{ATTACK} The guards fled.")
    run("build", "a.txt")
    assert run("build", "b.txt", "--published", "2020-01-02")
    rows = json.loads(run("query", "events", "--format", "json")[0])
    assert [bool(row["date"]) for row in rows] == sorted((bool(row["date"]) for row in rows), reverse=True)


def test_the_program_starts_and_fails_without_a_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from kg.cli import main; main()"]
    shown = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True, timeout=60)
    assert shown.stdout.startswith("militant-kg ")
    failed = subprocess.run([*command, "info", "-w", str(tmp_path / "none")], capture_output=True, text=True,
                            check=False, timeout=60)
    assert (failed.returncode, failed.stdout, "Traceback" in failed.stderr) == (1, "", False)


def test_help_loads_none_of_the_heavy_libraries() -> None:
    heavy = ("spacy", "rdflib", "pyoxigraph", "trafilatura", "numpy", "ftfy")
    program = f"import sys\nfrom kg.cli.app import app\nprint([name for name in {heavy} if name in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert shown.stdout == "[]\n"
