"""The graph of all sample reports keeps its promises: every fact has an assertion, every assertion its words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli.app import app
from kg.graph.saved import saved_queries
from kg.graph.store import GraphStore
from kg.graph.terms import Table
from kg.graph.vocabulary import PREFIXES
from kg.pipeline import Toolbox, build, open_graph
from kg.workspace import Workspace


@pytest.fixture(scope="module")
def store(sample_workspace: Path) -> Iterator[GraphStore]:
    with open_graph(sample_workspace) as opened:
        yield opened


def rows(store: GraphStore, question: str) -> list[tuple[str, ...]]:
    answer = store.query(question)
    assert isinstance(answer, Table)
    return [tuple(str(cell) for cell in row) for row in answer.rows]


def test_every_fact_has_an_assertion(store: GraphStore) -> None:
    answer = saved_queries()["facts-without-assertion"].run(store)
    assert isinstance(answer, Table)
    assert answer.rows == ()


def test_every_assertion_of_a_document_has_words_and_every_offset_gives_them(
    store: GraphStore, sample_workspace: Path,
) -> None:
    with Workspace.open(sample_workspace) as workspace:
        texts = {document.id: document.text for document in workspace.documents()}
    found = rows(store, "SELECT ?assertion ?hash ?start ?end ?quote { ?assertion a kg:Assertion ; kg:evidence ?p ."
                        " ?p prov:wasDerivedFrom/kg:sha256 ?hash ; oa:start ?start ; oa:end ?end ; oa:exact ?quote }")
    assert not [row for row in found if texts[row[1]][int(row[2]):int(row[3])] != row[4]]
    stated = rows(store, "SELECT ?assertion { ?assertion a kg:Assertion ; kg:status ?status"
                         " FILTER(?status != kg:Reference) }")
    assert {row[0] for row in found} >= {row[0] for row in stated}
    assert len(stated) > 500


def test_every_report_is_in_the_graph(store: GraphStore, sample_workspace: Path) -> None:
    with Workspace.open(sample_workspace) as workspace:
        assert len(rows(store, "SELECT ?document { ?document a kg:Document }")) == workspace.counts().documents
        assert workspace.counts().pending == 0


def test_the_sample_graph_keeps_every_rule(sample_workspace: Path) -> None:
    result = CliRunner().invoke(app, ["validate", "-w", str(sample_workspace)])
    assert (result.exit_code, "every rule is kept" in result.stdout) == (0, True), result.output


@pytest.mark.parametrize(("update", "message"), [
    ("DELETE { ?x kg:evidence ?y } WHERE { ?x a kg:Assertion ; kg:evidence ?y }", "an assertion has no evidence"),
    ("DELETE { ?x kg:status ?y } WHERE { ?x a kg:Assertion ; kg:status ?y }", "an assertion lacks a status"),
    ("DELETE { ?x oa:exact ?y } INSERT { ?x oa:exact 'no' } WHERE { ?x oa:exact ?y }", "not as long as their place"),
    ("INSERT { ?x kg:killedMin 9 ; kg:killedMax 2 } WHERE { ?x a kg:Attack }", "killedMax is below killedMin"),
    ("INSERT DATA { group:bla kg:supports project:cpec }", "a fact has no assertion"),
])
def test_a_graph_broken_on_purpose_ends_with_4_and_says_what_is_wrong(
    update: str, message: str, tmp_path: Path, plain_tools: Toolbox,
) -> None:
    (tmp_path / "a.txt").write_text("Gunmen attacked a checkpoint near the river on Monday.")
    build(tmp_path / "w", [str(tmp_path / "a.txt")], tools=plain_tools)
    with Workspace.open(tmp_path / "w") as workspace:
        folder = workspace.snapshot_folder(int(workspace.note("snapshot") or 0))
    with GraphStore.open(folder) as broken:
        broken._open.update(update, prefixes=PREFIXES)
    result = CliRunner().invoke(app, ["validate", "-w", str(tmp_path / "w")])
    assert result.exit_code == 4, result.output
    assert message in " ".join(result.stdout.split())


def test_the_same_reports_give_the_same_graph(sample_workspace: Path, tmp_path: Path, toolbox: Toolbox) -> None:
    file = toolbox.settings.seeds / "reports" / "mixed-items.jsonl"
    for name in ("one", "two"):
        build(tmp_path / name, [str(file)], tools=toolbox)
    assert written(tmp_path / "one") == written(tmp_path / "two")
    before = written(sample_workspace)
    report = build(sample_workspace, [str(file)], tools=toolbox)
    assert (report.new, report.replaced) == (0, 0)
    assert written(sample_workspace) == before


def written(workspace: Path) -> bytes:
    import io

    stream = io.BytesIO()
    with open_graph(workspace) as opened:
        opened.dump("turtle", stream)
    return stream.getvalue()
