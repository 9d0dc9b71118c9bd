"""The notebooks run from beginning to end."""

from __future__ import annotations

import os
from pathlib import Path

import jupytext
import nbclient
import nbformat
import pytest

from kg.pipeline import Toolbox, build

_NOTEBOOKS = sorted((Path(__file__).resolve().parent.parent / "notebooks").glob("*.py"))


@pytest.fixture(scope="module")
def workspace(toolbox: Toolbox, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("notebook")
    build(folder, [str(toolbox.settings.seeds / "reports")], tools=toolbox)
    return folder


def _run(path: Path, workspace: Path) -> nbformat.NotebookNode:
    notebook = jupytext.read(path)
    client = nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3")
    return client.execute(env={**os.environ, "KG_WORKSPACE": str(workspace)})


def test_there_are_notebooks() -> None:
    assert _NOTEBOOKS


@pytest.mark.parametrize("path", _NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_draws(path: Path, workspace: Path) -> None:
    """Executing raises at the first cell that fails; the first look draws three pictures and quotes a sentence."""
    outputs = [output for cell in _run(path, workspace).cells for output in cell.get("outputs", [])]
    assert sum("image/png" in output.get("data", {}) for output in outputs) == 3
    assert "⟦" in "".join(output.get("text", "") for output in outputs)
