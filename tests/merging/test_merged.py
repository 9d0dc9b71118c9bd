"""How well reports of one attack are brought together, from the texts to the things of a workspace."""

from __future__ import annotations

from pathlib import Path

import pairwise
import pytest

from kg.graph.nodes import Nodes
from kg.pipeline import build
from kg.pipeline.toolbox import Toolbox
from kg.workspace import Workspace

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def tools():
    return Toolbox()


# The least precision and recall of pairs, a little below what was reached.
FLOORS = {".": (0.98, 0.66), "second": (0.95, 0.48), "lookalikes": (0.95, 0.80), "short": (0.95, 0.62)}


@pytest.fixture(scope="module", params=FLOORS)
def reached(request, tools, tmp_path_factory):
    folder, workspace = HERE / request.param, tmp_path_factory.mktemp("merging") / "kg"
    report = build(workspace, [str(folder / "reports")], tools=tools, jobs=1)
    assert not report.problems
    return pairwise.score_pairs(*pairwise.read_set(folder), list(predicted(workspace))), FLOORS[request.param]


def predicted(folder):
    """The events of a workspace, each with the thing that it was found to be."""
    with Workspace.open(folder) as workspace:
        for extraction in workspace.extractions():
            nodes, things = Nodes(extraction), workspace.things.resolved(extraction.document.id)
            for event in extraction.events:
                iri = nodes.events[event.id].iri
                yield pairwise.PredictedEvent(
                    report=Path(extraction.document.source).stem, event=iri, cluster=things.get(iri, iri),
                    triggers=tuple((anchor.start, anchor.end) for anchor in event.triggers),
                    evidence=tuple((span.start, span.end) for span in event.evidence))


def test_what_is_merged_belongs_together(reached):
    score, (precision, _) = reached
    assert score.precision >= precision, score.false_pairs


def test_what_belongs_together_is_merged(reached):
    score, (_, recall) = reached
    assert score.recall >= recall, score.missed_apart
