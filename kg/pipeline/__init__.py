"""Composes the rooms: files to documents, documents to extractions, extractions to the graph of a workspace."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import DocumentError, WorkspaceError
from kg.ingest import OnProblem, Problem, read_documents
from kg.pipeline.applying import Applied, decided
from kg.pipeline.graphing import update_graph
from kg.pipeline.intake import Intake, extractions
from kg.pipeline.resolving import resolve
from kg.pipeline.toolbox import Toolbox
from kg.pipeline.workers import Extracts
from kg.records import Document, Extraction
from kg.workspace import Workspace

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

__all__ = ["BuildReport", "Extracts", "Toolbox", "build", "extract", "open_graph", "remove"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did: documents read, of these extracted anew (`new`) or known already (`unchanged`).

    `replaced` counts the documents withdrawn because their files say something else now, `events` and `relations` what
    the documents of the whole workspace assert.
    """

    documents: int
    new: int
    unchanged: int
    replaced: int
    problems: tuple[Problem, ...]
    events: int
    relations: int


def extract(
    paths: Sequence[str],
    *,
    published: str | None = None,
    on_problem: OnProblem | None = None,
    jobs: int | None = 1,
    tools: Toolbox | None = None,
) -> Iterator[Extraction]:
    """What each document of files, folders and patterns asserts, in their order.

    `published` is the day of documents that name none. Without `on_problem` the first problem raises DocumentError.
    """
    tools, tell = tools or Toolbox(), on_problem or _raise
    documents = read_documents(paths, settings=tools.settings, on_problem=tell, published=published)
    yield from extractions(documents, tools, tell, jobs=jobs)


def build(
    folder: str | Path,
    paths: Sequence[str],
    *,
    published: str | None = None,
    on_problem: OnProblem | None = None,
    on_document: Callable[[Document], None] | None = None,
    keep_versions: bool = False,
    everything: bool = False,
    jobs: int | None = None,
    wait: bool = False,
    tools: Toolbox | None = None,
) -> BuildReport:
    """Add documents to the workspace in a folder and bring its graph up to date.

    Documents that were extracted before by the same extractor are passed over; the same build twice changes nothing.
    The new text of a file that held one document replaces the old one, unless `keep_versions`. Problems are told to
    `on_problem` as they come and stand in the report; a document that has one never costs another.

    With `everything`, or without paths, documents of the workspace that another version of the extractor read are read
    again. `jobs` is the number of processes that extract (None: as many as pay). While another process changes the
    workspace this raises WorkspaceError, or with `wait` waits.
    """
    tools = tools or Toolbox()
    problems: list[Problem] = []
    tell = _both(problems.append, on_problem)
    if not paths:
        Workspace.open(Path(folder)).close()
    with Workspace.open(Path(folder), write=True, wait=wait) as workspace:
        incoming = read_documents(paths, settings=tools.settings, on_problem=tell, published=published)
        if everything or not paths:
            incoming = chain(incoming, workspace.outdated(tools.version))
        intake = Intake(workspace, tools.version, on_document, keep_versions=keep_versions)
        _keep_all(workspace, intake, extractions(intake.unknown(incoming), tools, tell, jobs=jobs))
        replaced = len(workspace.withdrawn())
        bring_up_to_date(workspace, tools, tell)
        counts = workspace.counts()
    return BuildReport(documents=intake.read, new=intake.new, unchanged=intake.unchanged, replaced=replaced,
                       problems=tuple(problems), events=counts.events, relations=counts.relations)


def _keep_all(workspace: Workspace, intake: Intake, found: Iterable[Extraction]) -> None:
    with workspace.batches() as step:
        for extraction in found:
            intake.keep(extraction)
            step()


def bring_up_to_date(workspace: Workspace, tools: Toolbox, on_problem: OnProblem) -> None:
    """Resolve what the documents of a workspace speak of and write it into the graph, as far as anything changed.

    What people decided is applied each time.
    """
    applied = Applied(workspace)
    applied.mark_changed()
    resolve(workspace, tools, on_problem, decided, applied.amended)
    # What reviews waited for may have come with the new documents.
    applied = Applied(workspace)
    if applied.mark_changed():
        resolve(workspace, tools, on_problem, decided, applied.amended)
    update_graph(workspace, tools, on_problem, applied)


def remove(folder: str | Path, names: Sequence[str], *, tools: Toolbox | None = None) -> tuple[Document, ...]:
    """Withdraw documents, named by id, beginning of an id or source, with every fact that nothing else supports.

    Given again after it was cut short, it does the rest.
    Raises WorkspaceError, before anything is changed, for a name that fits no document.
    """
    Workspace.open(Path(folder)).close()
    with Workspace.open(Path(folder), write=True) as workspace:
        found = {document.id: document for name in names for document in _named(workspace, name)}
        with workspace.transaction():
            for document_id in found:
                workspace.withdraw(document_id)
        bring_up_to_date(workspace, tools or Toolbox(), _log_problem)
    return tuple(found.values())


def open_graph(folder: str | Path) -> GraphStore:
    """The graph of a workspace as the last build left it, for reading; a build may go on beside it."""
    from kg.graph.store import GraphStore

    with Workspace.open(Path(folder)) as workspace:
        number = workspace.note("snapshot")
        if number is None or not workspace.snapshot_folder(int(number)).is_dir():
            raise WorkspaceError("the graph is not built yet", where=str(folder), mend="run `kg build` once more")
        return GraphStore.open(workspace.snapshot_folder(int(number)), read_only=True)


def _named(workspace: Workspace, name: str) -> tuple[Document, ...]:
    found = workspace.find(name) or workspace.find(name, withdrawn=True)
    if not found:
        mend = "name a document by its id or source; `kg info --documents` lists them"
        raise WorkspaceError(f"no document {name!r}", where=str(workspace.folder), mend=mend)
    return found


def _log_problem(problem: Problem) -> None:
    log.warning("%s", problem)


def _both(first: OnProblem, second: OnProblem | None) -> OnProblem:
    def tell(problem: Problem) -> None:
        first(problem)
        if second:
            second(problem)
    return tell


def _raise(problem: Problem) -> None:
    where = f"{problem.source}:{problem.line}" if problem.line else problem.source
    raise DocumentError(problem.reason, where=where, mend=problem.mend)
