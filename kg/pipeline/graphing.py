"""Brings the graph of a workspace up to what its documents assert."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from kg.errors import KnowledgeError, WorkspaceError
from kg.ingest import OnProblem, Problem
from kg.pipeline.toolbox import Toolbox
from kg.records import Document, Extraction
from kg.resolution import EventProfile
from kg.workspace import Workspace

if TYPE_CHECKING:
    from kg.graph.store import GraphStore
    from kg.graph.triples import Statement

log = logging.getLogger(__name__)

# How many documents go into the graph between two flushes: few enough to lose little time when a run is cut short.
_BATCH = 100
T = TypeVar("T")


def update_graph(workspace: Workspace, tools: Toolbox, on_problem: OnProblem) -> None:
    """Bring the graph to what the workspace holds, and give readers a copy of it; does nothing if nothing changed.

    A document that cannot be written is told and stays pending, so that every build tries it again.
    """
    from kg.graph.store import GraphStore

    if workspace.note("graph") != tools.graph_version or not workspace.anything_in_graph():
        workspace.forget_graph()
    pending, withdrawn = workspace.pending(), workspace.withdrawn()
    if not pending and not withdrawn and workspace.note("snapshot"):
        return
    if not workspace.anything_in_graph():
        shutil.rmtree(workspace.graph_folder, ignore_errors=True)
    with GraphStore.open(workspace.graph_folder) as store:
        store.load_ontology(tools.settings.ontology)
        for document in withdrawn:
            store.remove(document)
        if pending:
            _add(workspace, store, pending, tools, on_problem)
        store.flush()
        workspace.drop_withdrawn()
        workspace.set_note("graph", tools.graph_version)
        _publish(workspace, store)


def _add(workspace: Workspace, store: GraphStore, documents: Sequence[str], tools: Toolbox,
         on_problem: OnProblem) -> None:
    """Write documents into the graph: in one go into an empty one, else one by one with a flush per batch."""
    written: list[str] = []

    def attempt(name: str, write: Callable[[Extraction], T]) -> Iterator[T]:
        """What writing one document gives, nothing if it fails: a fault met in one must not lose the others."""
        extraction = workspace.extraction(name)
        try:
            done = write(extraction)
        except (KnowledgeError, WorkspaceError, OSError):
            raise
        except Exception as error:  # whatever a strange extraction sets off, the rest is written
            log.debug("%s", extraction.document.source, exc_info=True)
            on_problem(_unwritten(extraction.document, error))
            return
        written.append(name)
        yield done

    if not workspace.anything_in_graph():
        store.fill(triple for name in documents
                   for triples in attempt(name, lambda one: list(_whole(one, tools))) for triple in triples)
        store.flush()
        workspace.mark_in_graph(written)
        return
    for start in range(0, len(documents), _BATCH):
        for name in documents[start:start + _BATCH]:
            list(attempt(name, lambda one: store.replace(one.document.id, _whole(one, tools))))
        store.flush()
        workspace.mark_in_graph(written)


def _whole(extraction: Extraction, tools: Toolbox) -> Iterator[Statement]:
    """What a document says, and what its events come to by it alone."""
    from kg.graph.nodes import local_names
    from kg.graph.rdf import statements
    from kg.graph.summaries import summary_statements

    yield from statements(extraction, tools.knowledge)
    for profile in tools.resolver.profiles(extraction, local_names(extraction)):
        if isinstance(profile, EventProfile):
            yield from summary_statements(tools.resolver.summary(profile.id, [profile]), tools.knowledge)


def _unwritten(document: Document, error: Exception) -> Problem:
    reason = f"not written into the graph: {type(error).__name__}: {error}"
    return Problem(document.source, None, reason, "please report this text; the others were written")


def _publish(workspace: Workspace, store: GraphStore) -> None:
    """Copy the graph for readers (hard links); the copy before stays for those who are reading it."""
    last = int(workspace.note("snapshot") or 0)
    folder = workspace.snapshot_folder(last + 1)
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    store.snapshot(folder).close()
    workspace.set_note("snapshot", str(last + 1))
    for old in folder.parent.iterdir():
        if old.name < workspace.snapshot_folder(last).name:
            shutil.rmtree(old, ignore_errors=True)
