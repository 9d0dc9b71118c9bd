"""A workspace keeps what it is given, once, for one writer at a time."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from msgspec.structs import replace

from kg.errors import WorkspaceError
from kg.records import Document, Extraction
from kg.workspace import Workspace

ONE = Document(id="a" * 64, source="one.txt", published="2020-01-02", text="First text.", raw_sha256="r1", cleaner="1")
TWO = Document(id="b" * 64, source="two.txt", text="Second text.", raw_sha256="r2", cleaner="1")


def filled(folder: Path) -> Workspace:
    workspace = Workspace.open(folder, write=True)
    for document in (ONE, TWO):
        workspace.save(Extraction(document=document), "v1")
    return workspace


def test_what_was_saved_comes_back_after_reopening(tmp_path: Path) -> None:
    filled(tmp_path / "w").close()
    with Workspace.open(tmp_path / "w") as workspace:
        assert list(workspace.documents()) == [ONE, TWO]
        assert list(workspace.extractions()) == [Extraction(document=ONE), Extraction(document=TWO)]
        assert workspace.in_graph.pending() == [(1, ONE.id), (2, TWO.id)]


def test_a_missing_workspace_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="no workspace here"):
        Workspace.open(tmp_path / "w")
    assert not (tmp_path / "w").exists()


def test_only_one_may_write_and_others_may_read(tmp_path: Path) -> None:
    with filled(tmp_path):
        with pytest.raises(WorkspaceError, match="another process"):
            Workspace.open(tmp_path, write=True)
        with Workspace.open(tmp_path) as reader:
            assert reader.counts().documents == 2
    Workspace.open(tmp_path, write=True).close()


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    filled(tmp_path).close()
    with Workspace.open(tmp_path) as reader, pytest.raises(WorkspaceError, match="reading only"):
        reader.save(Extraction(document=ONE), "v1")


def test_a_workspace_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    filled(tmp_path).close()
    with sqlite3.connect(tmp_path / "workspace.sqlite") as connection:
        connection.execute("PRAGMA user_version = 99")
    for write in (False, True):
        with pytest.raises(WorkspaceError, match="format 99"):
            Workspace.open(tmp_path, write=write)


def test_another_file_of_that_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "workspace.sqlite").write_text("no database, but long enough to look like one " * 20)
    with pytest.raises(WorkspaceError, match="no workspace"):
        Workspace.open(tmp_path)


@pytest.mark.parametrize(("document", "extractor", "known"), [
    (ONE, "v1", True),
    (ONE, "v2", False),
    (replace(ONE, published="2021-01-02"), "v1", False),
    (replace(ONE, source="copy.txt", published="2021-01-02"), "v1", True),
    (replace(ONE, source="copy.txt", published="2020-01-01"), "v1", False),
    (replace(ONE, id="c" * 64), "v1", False),
])
def test_known_is_the_same_text_metadata_and_extractor(
    document: Document, extractor: str, known: bool, tmp_path: Path,
) -> None:
    with filled(tmp_path) as workspace:
        assert workspace.is_known(document, extractor) is known


def test_saving_again_takes_the_place_of_what_was_there(tmp_path: Path) -> None:
    with filled(tmp_path) as workspace:
        workspace.in_graph.mark([ONE.id, TWO.id])
        newer = replace(ONE, published="2021-01-02")
        workspace.save(Extraction(document=newer), "v1")
        assert list(workspace.documents()) == [newer, TWO]
        assert workspace.in_graph.pending() == [(1, ONE.id)]


@pytest.mark.parametrize(("name", "found"), [
    ("one.txt", [ONE]), ("copy.txt", [ONE]), ("b" * 64, [TWO]), ("b" * 6, [TWO]), ("b" * 5, []), ("one", []), ("%", []),
])
def test_documents_are_found_by_source_and_id(name: str, found: list[Document], tmp_path: Path) -> None:
    with filled(tmp_path) as workspace:
        workspace.copies.add(replace(ONE, source="copy.txt"))
        assert list(workspace.find(name)) == found


def test_a_withdrawn_document_is_hidden_at_once_and_dropped_later(tmp_path: Path) -> None:
    with filled(tmp_path) as workspace:
        workspace.withdraw(ONE.id)
        assert list(workspace.documents()) == [TWO]
        assert workspace.withdrawn() == (ONE.id,)
        workspace.drop_withdrawn()
        assert workspace.withdrawn() == ()
        with pytest.raises(KeyError):
            workspace.extraction(ONE.id)


def test_a_step_that_fails_leaves_nothing_half_done(tmp_path: Path) -> None:
    with filled(tmp_path) as workspace:
        with pytest.raises(sqlite3.Error):
            workspace.save(replace(Extraction(document=replace(ONE, published="2021-01-02"))), None)  # type: ignore[arg-type]
        assert list(workspace.documents()) == [ONE, TWO]
