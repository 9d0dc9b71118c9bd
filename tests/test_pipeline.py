"""Building brings documents into the graph once, and takes them out again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kg
from kg.errors import DocumentError, KnowledgeError, WorkspaceError
from kg.export import EXPORTERS
from kg.graph.terms import Truth
from kg.graph.validate import validate
from kg.pipeline import Toolbox, build, extract, open_graph, remove
from kg.records import Extraction
from kg.settings import Settings
from kg.workspace import Workspace

if TYPE_CHECKING:
    from kg.graph.judged import Amendment
    from kg.graph.knowledge import Knowledge

ATTACK = "Gunmen attacked a checkpoint near the river on Monday."
QUIET = "The market was quiet on Tuesday, traders said."


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(ATTACK)
    (folder / "b.txt").write_text(QUIET)
    return folder


def triples(workspace: Path) -> int:
    with open_graph(workspace) as store:
        return len(store)


def attacks(workspace: Path) -> int:
    with open_graph(workspace) as store:
        return len(store.query("SELECT ?e WHERE { ?e a kg:Attack }").rows)  # type: ignore[union-attr]


def test_a_build_reads_everything_once(reports: Path, tmp_path: Path, plain_tools: Toolbox) -> None:
    first = build(tmp_path / "w", [str(reports)], tools=plain_tools)
    assert (first.documents, first.new, first.unchanged, first.events, first.problems) == (2, 2, 0, 1, ())
    before = triples(tmp_path / "w")
    second = build(tmp_path / "w", [str(reports)], tools=plain_tools)
    assert (second.documents, second.new, second.unchanged, second.events) == (2, 0, 2, 1)
    assert triples(tmp_path / "w") == before
    assert attacks(tmp_path / "w") == 1


def test_a_second_build_adds_to_the_first(reports: Path, tmp_path: Path, plain_tools: Toolbox) -> None:
    build(tmp_path / "w", [str(reports / "b.txt")], tools=plain_tools)
    assert attacks(tmp_path / "w") == 0
    build(tmp_path / "w", [str(reports / "a.txt")], tools=plain_tools)
    assert attacks(tmp_path / "w") == 1


def test_two_builds_give_the_graph_of_one(reports: Path, tmp_path: Path, plain_tools: Toolbox) -> None:
    build(tmp_path / "one", [str(reports)], tools=plain_tools)
    for name in ("a.txt", "b.txt"):
        build(tmp_path / "two", [str(reports / name)], tools=plain_tools)
    assert dump(tmp_path / "one") == dump(tmp_path / "two")


def test_a_new_extractor_reads_again(reports: Path, tmp_path: Path, plain_tools: Toolbox) -> None:
    build(tmp_path / "w", [str(reports)], tools=plain_tools)
    plain_tools.__dict__["version"] = "plain-2"
    assert build(tmp_path / "w", [str(reports)], tools=plain_tools).new == 2
    assert attacks(tmp_path / "w") == 1


def test_the_same_text_twice_is_one_document(reports: Path, tmp_path: Path, plain_tools: Toolbox) -> None:
    (reports / "c.txt").write_text(ATTACK)
    report = build(tmp_path / "w", [str(reports)], tools=plain_tools)
    assert (report.documents, report.new, report.unchanged, report.events) == (3, 2, 1, 1)


def sources_of_main(workspace: Path, folder: Path) -> list[list[str]]:
    with open_graph(workspace) as store:
        EXPORTERS["events"].write(store, folder / "events.jsonl")
    lines = map(json.loads, (folder / "events.jsonl").read_text(encoding="utf-8").splitlines())
    return sorted([Path(source).name for source in line["main"]] for line in lines if line["main"])


def test_a_copy_is_named_in_the_graph_whenever_it_comes_and_until_it_goes(
    reports: Path, tmp_path: Path, plain_tools: Toolbox,
) -> None:
    build(tmp_path / "w", [str(reports)], tools=plain_tools)
    assert sources_of_main(tmp_path / "w", tmp_path) == [["a.txt"], ["b.txt"]]
    (reports / "c.txt").write_text(ATTACK)
    build(tmp_path / "w", [str(reports)], tools=plain_tools)
    assert sources_of_main(tmp_path / "w", tmp_path) == [["a.txt", "c.txt"], ["b.txt"]]
    (reports / "c.txt").write_text("All was well on Sunday, the mayor said.")
    build(tmp_path / "w", [str(reports)], tools=plain_tools)
    assert sources_of_main(tmp_path / "w", tmp_path) == [["a.txt"], ["b.txt"], ["c.txt"]]


def test_a_copy_goes_with_its_document(reports: Path, tmp_path: Path, plain_tools: Toolbox) -> None:
    (reports / "c.txt").write_text(ATTACK)
    build(tmp_path / "w", [str(reports)], tools=plain_tools)
    with open_graph(tmp_path / "w") as store:
        assert store.query(
            "ASK { ?copy a kg:Copy ; kg:copyOf/kg:mentions ?attack . ?attack a kg:Attack }") == Truth(value=True)
        assert validate(store, Settings().ontology).conforms
    remove(tmp_path / "w", [str(reports / "a.txt")])
    with open_graph(tmp_path / "w") as store:
        assert store.query("ASK { ?copy a kg:Copy }") == Truth(value=False)


def test_a_text_that_breaks_the_extractor_costs_only_itself(
    reports: Path, tmp_path: Path, plain_tools: Toolbox,
) -> None:
    (reports / "aa.txt").write_text("An unreadable text.")
    report = build(tmp_path / "w", [str(reports)], tools=plain_tools)
    assert (report.new, [Path(problem.source).name for problem in report.problems]) == (2, ["aa.txt"])
    assert "a strange text" in report.problems[0].reason


def test_a_build_cut_short_is_made_up_for(
    reports: Path, tmp_path: Path, plain_tools: Toolbox, monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("kg.pipeline.bring_up_to_date", interrupted)
        with pytest.raises(KeyboardInterrupt):
            build(tmp_path / "w", [str(reports)], tools=plain_tools)
    assert build(tmp_path / "w", [str(reports)], tools=plain_tools).new == 0
    assert attacks(tmp_path / "w") == 1


def test_removal_leaves_what_was_there_before(reports: Path, tmp_path: Path, plain_tools: Toolbox) -> None:
    workspace = tmp_path / "w"
    build(workspace, [str(reports / "b.txt")], tools=plain_tools)
    before = dump(workspace)
    build(workspace, [str(reports / "a.txt")], tools=plain_tools)
    removed = remove(workspace, [str(reports / "a.txt")], tools=plain_tools)
    assert [document.text for document in removed] == [ATTACK]
    assert dump(workspace) == before
    with Workspace.open(workspace) as opened:
        assert opened.counts().documents == 1


def test_an_unknown_name_removes_nothing(reports: Path, tmp_path: Path, plain_tools: Toolbox) -> None:
    build(tmp_path / "w", [str(reports)], tools=plain_tools)
    with pytest.raises(WorkspaceError, match=r"no document 'c\.txt'"):
        remove(tmp_path / "w", [str(reports / "a.txt"), "c.txt"], tools=plain_tools)
    assert attacks(tmp_path / "w") == 1


def test_removing_from_nowhere_makes_no_workspace(tmp_path: Path, plain_tools: Toolbox) -> None:
    with pytest.raises(WorkspaceError, match="no workspace"):
        remove(tmp_path / "w", ["a.txt"], tools=plain_tools)
    assert not (tmp_path / "w").exists()


def test_a_reader_keeps_its_graph_while_a_build_goes_on(reports: Path, tmp_path: Path, plain_tools: Toolbox) -> None:
    build(tmp_path / "w", [str(reports / "b.txt")], tools=plain_tools)
    with open_graph(tmp_path / "w") as reader:
        before = len(reader)
        build(tmp_path / "w", [str(reports / "a.txt")], tools=plain_tools)
        assert len(reader) == before
    assert triples(tmp_path / "w") > before


def test_extract_yields_in_order_and_raises_without_a_listener(
    reports: Path, plain_tools: Toolbox,
) -> None:
    found = [extraction.document.text for extraction in extract([str(reports)], tools=plain_tools)]
    assert found == [ATTACK, QUIET]
    with pytest.raises(DocumentError, match="no such file"):
        list(extract(["missing.txt"], tools=plain_tools))


def test_public_names_are_there() -> None:
    assert all(getattr(kg, name) for name in kg.__all__)
    assert kg.open is open_graph
    with pytest.raises(AttributeError):
        _ = kg.nothing  # type: ignore[attr-defined]


def dump(workspace: Path) -> list[bytes]:
    import io

    stream = io.BytesIO()
    with open_graph(workspace) as store:
        store.dump("ntriples", stream)
    return sorted(stream.getvalue().splitlines())


def test_a_published_day_given_later_is_read_again(tmp_path: Path, plain_tools: Toolbox) -> None:
    file = tmp_path / "a.jsonl"
    for day, new in (("2020-01-02", 1), ("2020-01-03", 1), ("2020-01-03", 0)):
        file.write_text(json.dumps({"id": "r", "text": ATTACK, "published": day}))
        assert build(tmp_path / "w", [str(file)], tools=plain_tools).new == new
    assert attacks(tmp_path / "w") == 1


NEWS = "Gunmen attacked a bank in the capital on Friday."


def test_a_changed_file_takes_the_place_of_its_old_version(
    reports: Path, tmp_path: Path, plain_tools: Toolbox,
) -> None:
    workspace = tmp_path / "w"
    build(workspace, [str(reports)], tools=plain_tools)
    (reports / "a.txt").write_text(NEWS)
    report = build(workspace, [str(reports)], tools=plain_tools)
    assert (report.new, report.unchanged, report.replaced) == (1, 1, 1)
    build(tmp_path / "fresh", [str(reports)], tools=plain_tools)
    assert dump(workspace) == dump(tmp_path / "fresh")
    assert texts(workspace) == {NEWS, QUIET}
    (reports / "a.txt").write_text(ATTACK)
    build(workspace, [str(reports)], tools=plain_tools)
    assert texts(workspace) == {ATTACK, QUIET}


def test_versions_are_kept_on_purpose_only(reports: Path, tmp_path: Path, plain_tools: Toolbox) -> None:
    build(tmp_path / "w", [str(reports)], tools=plain_tools)
    (reports / "a.txt").write_text(NEWS)
    report = build(tmp_path / "w", [str(reports)], tools=plain_tools, keep_versions=True)
    assert report.replaced == 0
    assert texts(tmp_path / "w") == {ATTACK, QUIET, NEWS}


@pytest.mark.parametrize("changed", ["a.txt", "c.txt"])
def test_a_text_that_another_file_still_has_stays(
    changed: str, reports: Path, tmp_path: Path, plain_tools: Toolbox,
) -> None:
    (reports / "c.txt").write_text(ATTACK)
    build(tmp_path / "w", [str(reports)], tools=plain_tools)
    (reports / changed).write_text(NEWS)
    build(tmp_path / "w", [str(reports / changed)], tools=plain_tools)
    assert texts(tmp_path / "w") == {ATTACK, QUIET, NEWS}


def test_rows_and_files_of_one_name_in_two_folders_replace_nothing(
    tmp_path: Path, plain_tools: Toolbox, monkeypatch: pytest.MonkeyPatch,
) -> None:
    for folder, text in (("one", ATTACK), ("two", NEWS)):
        (tmp_path / folder).mkdir()
        monkeypatch.chdir(tmp_path / folder)
        Path("report.txt").write_text(text)
        Path("rows.jsonl").write_text(json.dumps({"id": "1", "text": f"{text} It was {folder} of many."}))
        build(tmp_path / "w", ["report.txt", "rows.jsonl"], tools=plain_tools)
    assert len(texts(tmp_path / "w")) == 4


def test_a_document_that_cannot_be_written_costs_only_itself(
    reports: Path, tmp_path: Path, plain_tools: Toolbox, monkeypatch: pytest.MonkeyPatch,
) -> None:
    from kg.graph import rdf

    true = rdf.statements

    def faulty(extraction: Extraction, knowledge: Knowledge, *, resolved: Mapping[str, str],
               amendments: Sequence[Amendment]) -> Iterator[object]:
        if extraction.document.text == ATTACK:
            raise LookupError("a strange record")
        return true(extraction, knowledge, resolved=resolved)

    with monkeypatch.context() as patch:
        patch.setattr(rdf, "statements", faulty)
        for _ in range(2):
            report = build(tmp_path / "w", [str(reports)], tools=plain_tools)
            assert [Path(problem.source).name for problem in report.problems] == ["a.txt"]
            assert "a strange record" in report.problems[0].reason
    assert attacks(tmp_path / "w") == 0
    assert build(tmp_path / "w", [str(reports)], tools=plain_tools).problems == ()
    assert attacks(tmp_path / "w") == 1


@pytest.mark.parametrize(("error", "ends"), [(DocumentError("odd"), False), (KnowledgeError("a card is broken"), True)])
def test_broken_knowledge_ends_the_run_and_an_odd_document_does_not(
    error: Exception, ends: bool, reports: Path, tmp_path: Path, plain_tools: Toolbox, monkeypatch: pytest.MonkeyPatch,
) -> None:
    def faulty(_: object) -> Iterator[Extraction]:
        raise error

    monkeypatch.setattr(plain_tools.extractor, "extract", faulty)
    if ends:
        with pytest.raises(KnowledgeError):
            build(tmp_path / "w", [str(reports)], tools=plain_tools)
    else:
        assert len(build(tmp_path / "w", [str(reports)], tools=plain_tools).problems) == 2


def texts(workspace: Path) -> set[str]:
    with Workspace.open(workspace) as opened:
        return {document.text for document in opened.documents()}
