"""A build that is cut short, meets a full disk or another build loses nothing."""

from __future__ import annotations

import random
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from normalform import triples
from test_crash import TOOLS, TemplateToolbox, build_once, written

from kg.errors import WorkspaceError
from kg.graph.store import GraphStore
from kg.pipeline import build, graphing, open_graph, remove, resolving
from kg.workspace import Workspace, database
from kg.workspace.database import Database


class Stopped(BaseException):
    """Stands for the end of the process."""


class Stops:
    """Stops a build just before or after a change reaches the disk, or only the `graph`; counts the changes."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, fault: BaseException | None = None, *, graph: bool = False
                 ) -> None:
        self.passed, self.at, self._fault = 0, 0, fault or Stopped()
        for method in ("_exchange", "remove", "fill", "flush", "snapshot"):
            monkeypatch.setattr(GraphStore, method, self._around(getattr(GraphStore, method)))
        if graph:
            return
        monkeypatch.setattr(Database, "_commit", self._around(Database._commit))
        monkeypatch.setattr(Database, "transaction", self._transaction(Database.transaction))

    def _step(self) -> None:
        self.passed += 1
        if self.passed == self.at:
            raise self._fault

    def _around(self, method: Any) -> Any:
        def run(this: Any, *values: Any) -> Any:
            self._step()
            result = method(this, *values)
            self._step()
            return result
        return run

    def _transaction(self, method: Any) -> Any:
        @contextmanager
        def run(this: Database) -> Iterator[None]:
            outermost = this._depth == 0
            with method(this):
                yield
                if outermost:
                    self._step()
            if outermost:
                self._step()
        return run


@pytest.mark.parametrize("known", [False, True])
def test_a_build_may_stop_between_any_two_changes(
    known: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of a new workspace and of one that has half of the documents, at each of some twenty moments."""
    monkeypatch.setattr(resolving, "_MEMBERS", 30)
    monkeypatch.setattr(resolving, "_DOCUMENTS", 10)
    monkeypatch.setattr(graphing, "_BATCH", 10)
    [folder] = written(tmp_path / "reports", 30)
    start, workspace = tmp_path / "start", tmp_path / "w"
    start.mkdir()
    if known:
        build_once(str(start), *sorted(map(str, Path(folder).iterdir()))[::2])
    stops = Stops(monkeypatch)
    shutil.copytree(start, workspace)
    build_once(str(workspace), folder)
    expected, moments = triples(workspace), range(1, stops.passed + 1)
    assert len(moments) > 30
    for moment in sorted(random.Random(5).sample(moments, 20)):
        shutil.rmtree(workspace)
        shutil.copytree(start, workspace)
        stops.passed, stops.at = 0, moment
        with pytest.raises(Stopped):
            build_once(str(workspace), folder)
        stops.at = 0
        build_once(str(workspace), folder)
        assert triples(workspace) == expected, f"stopped at {moment}"


def test_a_removal_may_stop_between_any_two_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given again it does the rest."""
    [folder] = written(tmp_path / "reports", 30)
    start, workspace = tmp_path / "start", tmp_path / "w"
    build_once(str(start), folder)
    names = [document.id for document in Workspace.open(start).documents()][::3]
    stops = Stops(monkeypatch)
    shutil.copytree(start, workspace)
    remove(workspace, names, tools=TOOLS)
    expected, moments = triples(workspace), range(1, stops.passed + 1)
    assert len(moments) > 20
    for moment in sorted(random.Random(6).sample(moments, 12)):
        shutil.rmtree(workspace)
        shutil.copytree(start, workspace)
        stops.passed, stops.at = 0, moment
        with pytest.raises(Stopped):
            remove(workspace, names, tools=TOOLS)
        stops.at = 0
        with suppress(WorkspaceError):  # it was all but done
            remove(workspace, names, tools=TOOLS)
        assert triples(workspace) == expected, f"stopped at {moment}"


@pytest.mark.parametrize("pages", [60, 90, 130])
def test_a_full_disk_is_told_and_loses_nothing(pages: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [folder] = written(tmp_path / "reports", 60)
    build_once(str(tmp_path / "whole"), folder)
    connect = database._connect

    def narrow(file: Path, *, write: bool) -> sqlite3.Connection:
        connection = connect(file, write=write)
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    with monkeypatch.context() as patched:
        patched.setattr(database, "_connect", narrow)
        with pytest.raises(WorkspaceError, match="full") as told:
            build_once(str(tmp_path / "w"), folder)
        assert "make room" in str(told.value.mend)
    build_once(str(tmp_path / "w"), folder)
    assert triples(tmp_path / "w") == triples(tmp_path / "whole")


@pytest.mark.parametrize("known", [False, True])
def test_a_disk_that_fills_under_the_graph_loses_nothing(
    known: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """At each of some of the writes, in a new workspace and in one that has half of the documents."""
    monkeypatch.setattr(graphing, "_BATCH", 5)
    [folder] = written(tmp_path / "reports", 20)
    start, workspace = tmp_path / "start", tmp_path / "w"
    start.mkdir()
    if known:
        build_once(str(start), *sorted(map(str, Path(folder).iterdir()))[::2])
    stops = Stops(monkeypatch, OSError("IO error: No space left on device"), graph=True)
    shutil.copytree(start, workspace)
    build_once(str(workspace), folder)
    expected, moments = triples(workspace), range(1, stops.passed + 1)
    for moment in sorted(random.Random(7).sample(moments, min(6, len(moments)))):
        shutil.rmtree(workspace)
        shutil.copytree(start, workspace)
        stops.passed, stops.at = 0, moment
        with pytest.raises(WorkspaceError, match="make room"):
            build_once(str(workspace), folder)
        stops.at = 0
        build_once(str(workspace), folder)
        assert triples(workspace) == expected, f"stopped at {moment}"


def test_readers_see_the_graph_before_or_after_a_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever they open it; who opened it before goes on reading what was there then."""
    [folder] = written(tmp_path / "reports", 20)
    workspace = tmp_path / "w"
    build_once(str(workspace), *sorted(map(str, Path(folder).iterdir()))[::2])
    before, seen = triples(workspace), []
    stops = Stops(monkeypatch)
    monkeypatch.setattr(stops, "_step", lambda: seen.append(triples(workspace)))
    with open_graph(workspace) as early:
        build_once(str(workspace), folder)
        assert len(list(early.triples())) == len(before)
    after = triples(workspace)
    assert seen[0] == before
    assert before != after
    assert all(graph in (before, after) for graph in seen)


def test_only_a_full_disk_is_to_be_given_room(tmp_path: Path) -> None:
    with Workspace.open(tmp_path, write=True), Workspace.open(tmp_path) as reader:
        with pytest.raises(WorkspaceError) as told:
            reader._database.rows("SELECT nothing FROM nowhere")
        assert "room" not in str(told.value.mend)


def test_a_second_build_is_refused_or_waits(tmp_path: Path) -> None:
    [folder] = written(tmp_path / "reports", 3)
    with Workspace.open(tmp_path / "w", write=True):
        with pytest.raises(WorkspaceError, match="another process"):
            build(tmp_path / "w", [folder], tools=TOOLS, jobs=1)
        second = threading.Thread(target=build, args=(tmp_path / "w", [folder]),
                                  kwargs={"tools": TOOLS, "jobs": 1, "wait": True})
        second.start()
        second.join(timeout=0.3)
        assert second.is_alive()
    second.join(timeout=60)
    assert len(list(Workspace.open(tmp_path / "w").extractions())) == 3


def test_everything_is_read_again_by_a_new_extractor(tmp_path: Path) -> None:
    [folder] = written(tmp_path / "reports", 3)
    build(tmp_path / "w", [folder], tools=TOOLS, jobs=1)
    later = TemplateToolbox()
    later.__dict__["version"] = "templates 2"
    first = str(Path(folder) / "0000.txt")
    assert build(tmp_path / "w", [first], tools=later, jobs=1).new == 1
    assert build(tmp_path / "w", [first], tools=later, jobs=1, everything=True).new == 2
    assert build(tmp_path / "w", [first], tools=later, jobs=1, everything=True).new == 0
