"""Composes the rooms: files to documents, documents to extractions, extractions to the graph of a workspace."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import DocumentError, KnowledgeError, WorkspaceError
from kg.ingest import OnProblem, Problem, read_documents
from kg.pipeline.applying import Applied, decided
from kg.pipeline.graphing import update_graph
from kg.pipeline.resolving import resolve
from kg.pipeline.toolbox import Extracts, Toolbox
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
    tools: Toolbox | None = None,
) -> Iterator[Extraction]:
    """What each document of files, folders and patterns asserts, in their order.

    `published` is the day of documents that name none. Without `on_problem` the first problem raises DocumentError.
    """
    tools, tell = tools or Toolbox(), on_problem or _raise
    for document in read_documents(paths, settings=tools.settings, on_problem=tell, published=published):
        extraction = _extract_one(tools.extractor, document, tell)
        if extraction is not None:
            yield extraction


def build(
    folder: str | Path,
    paths: Sequence[str],
    *,
    published: str | None = None,
    on_problem: OnProblem | None = None,
    on_document: Callable[[Document], None] | None = None,
    keep_versions: bool = False,
    tools: Toolbox | None = None,
) -> BuildReport:
    """Add documents to the workspace in a folder and bring its graph up to date.

    Documents that were extracted before by the same extractor are passed over; the same build twice changes nothing.
    The new text of a file that held one document replaces the old one, unless `keep_versions`. Problems are told to
    `on_problem` as they come and stand in the report; a document that has one never costs another.
    """
    tools = tools or Toolbox()
    problems: list[Problem] = []
    tell = _both(problems.append, on_problem)
    with Workspace.open(Path(folder), write=True) as workspace:
        incoming = read_documents(paths, settings=tools.settings, on_problem=tell, published=published)
        intake = _Intake(workspace, tools.version, on_document, keep_versions=keep_versions)
        with workspace.batches() as step:
            for document in intake.unknown(incoming):
                extraction = _extract_one(tools.extractor, document, tell)
                if extraction is not None:
                    intake.keep(extraction)
                step()
        replaced = len(workspace.withdrawn())
        bring_up_to_date(workspace, tools, tell)
        counts = workspace.counts()
    return BuildReport(documents=intake.read, new=intake.new, unchanged=intake.unchanged, replaced=replaced,
                       problems=tuple(problems), events=counts.events, relations=counts.relations)


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

    Raises WorkspaceError, before anything is changed, for a name that fits no document.
    """
    Workspace.open(Path(folder)).close()
    with Workspace.open(Path(folder), write=True) as workspace:
        found = {document.id: document for name in names for document in _named(workspace, name)}
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


class _Intake:
    """Sorts incoming documents into known and unknown ones and keeps what is extracted from the latter."""

    def __init__(self, workspace: Workspace, version: str, on_document: Callable[[Document], None] | None, *,
                 keep_versions: bool) -> None:
        self._workspace, self._version, self._on_document = workspace, version, on_document
        self._keep_versions = keep_versions
        self._seen: set[str] = set()
        self.read = self.new = self.unchanged = 0

    def unknown(self, documents: Iterable[Document]) -> Iterator[Document]:
        """The documents to extract; a copy of another document is noted and counts as unchanged."""
        for document in documents:
            self.read += 1
            if self._on_document:
                self._on_document(document)
            if document.id in self._seen or self._workspace.is_known(document, self._version):
                self.unchanged += 1
                self._workspace.add_copy(document)
                self._supersede(document)
                continue
            self._seen.add(document.id)
            yield self._workspace.first_seen(document)

    def keep(self, extraction: Extraction) -> None:
        """Keep an extraction; what an older cleaning made of the same bytes goes."""
        self._workspace.save(extraction, self._version)
        for older in self._workspace.cleaned_otherwise(extraction.document):
            self._workspace.withdraw(older)
        self._supersede(extraction.document)
        self.new += 1

    def _supersede(self, document: Document) -> None:
        if not self._keep_versions:
            self._workspace.supersede(document)


def _extract_one(extractor: Extracts, document: Document, on_problem: OnProblem) -> Extraction | None:
    """The extraction of one document; a fault met in one document must not lose the others, and is told."""
    try:
        return next(iter(extractor.extract([document])))
    except KnowledgeError:
        raise
    except Exception as error:  # whatever a strange text sets off, the rest of the run goes on
        log.debug("%s", document.source, exc_info=True)
        reason = f"extraction failed: {type(error).__name__}: {error}"
        on_problem(Problem(document.source, None, reason, "please report this text; the others were read"))
    return None


def _named(workspace: Workspace, name: str) -> tuple[Document, ...]:
    found = workspace.find(name)
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
