"""Composes the rooms: files to documents, documents to extractions, extractions to the graph of a workspace."""

from __future__ import annotations

import hashlib
import logging
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kg.errors import DocumentError, KGError, WorkspaceError
from kg.ingest import OnProblem, Problem, read_documents
from kg.records import Document, Extraction
from kg.settings import Settings
from kg.workspace import Workspace

if TYPE_CHECKING:
    from kg.gazetteer import Gazetteer
    from kg.graph.knowledge import Knowledge
    from kg.graph.store import GraphStore
    from kg.ontology import Ontology
    from kg.placenames import PlaceIndex

log = logging.getLogger(__name__)

# How many documents go into the graph between two flushes: few enough to lose little time when a run is cut short.
_BATCH = 100
_KNOWLEDGE_FILES = frozenset({".csv", ".yaml", ".ttl"})


class Extracts(Protocol):
    """What the pipeline asks of an extractor."""

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """One extraction per document, in order."""


class Toolbox:
    """What reads documents and makes graphs, each loaded when first needed and then kept.

    Give one toolbox to several calls, and the models and tables are loaded once.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()

    @cached_property
    def knowledge(self) -> Knowledge:
        """The ontology, the places and the seeds that turn extractions into a graph."""
        from kg.graph.knowledge import Knowledge

        return Knowledge(ontology=self._ontology, places=self._places, seeds=self._gazetteer)

    @cached_property
    def extractor(self) -> Extracts:
        """The extractor with its language pipeline; takes seconds to load."""
        from kg.extract.extractor import Extractor

        return Extractor(self.settings, gazetteer=self._gazetteer, places=self._places, ontology=self._ontology)

    @cached_property
    def version(self) -> str:
        """What an extraction depends on besides the text: the extractor, the pipeline, seeds and language data."""
        from kg.extract.extractor import VERSION

        known = self.settings
        return f"{VERSION}+{known.pipeline}+{_fingerprint(known.seeds, known.language_data, known.ontology)}"

    @cached_property
    def graph_version(self) -> str:
        """What the graph of the same extractions depends on: the program, the ontology and the seeds."""
        from kg import __version__

        return f"{__version__}+{_fingerprint(self.settings.ontology, self.settings.seeds)}"

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        from kg.gazetteer import load_gazetteer

        return load_gazetteer(self.settings)

    @cached_property
    def _places(self) -> PlaceIndex:
        from kg.placenames import load_places

        return load_places(self.settings)

    @cached_property
    def _ontology(self) -> Ontology:
        from kg.ontology import load_ontology

        return load_ontology(self.settings)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did: documents read, of these extracted anew (`new`) or known already (`unchanged`).

    `events` and `relations` count what the documents of the whole workspace assert.
    """

    documents: int
    new: int
    unchanged: int
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
    tools: Toolbox | None = None,
) -> BuildReport:
    """Add documents to the workspace in a folder and bring its graph up to date.

    Documents that were extracted before by the same extractor are passed over; the same build twice changes nothing.
    Problems are told to `on_problem` as they come and stand in the report.
    """
    tools = tools or Toolbox()
    problems: list[Problem] = []
    tell = _both(problems.append, on_problem)
    with Workspace.open(Path(folder), write=True) as workspace:
        incoming = read_documents(paths, settings=tools.settings, on_problem=tell, published=published)
        intake = _Intake(workspace, tools.version, on_document)
        for document in intake.unknown(incoming):
            extraction = _extract_one(tools.extractor, document, tell)
            if extraction is not None:
                intake.keep(extraction)
        _update_graph(workspace, tools)
        counts = workspace.counts()
    return BuildReport(documents=intake.read, new=intake.new, unchanged=intake.unchanged, problems=tuple(problems),
                       events=counts.events, relations=counts.relations)


def remove(folder: str | Path, names: Sequence[str], *, tools: Toolbox | None = None) -> tuple[Document, ...]:
    """Withdraw documents, named by id, beginning of an id or source, with every fact that nothing else supports.

    Raises WorkspaceError, before anything is changed, for a name that fits no document.
    """
    Workspace.open(Path(folder)).close()
    with Workspace.open(Path(folder), write=True) as workspace:
        found = {document.id: document for name in names for document in _named(workspace, name)}
        for document_id in found:
            workspace.withdraw(document_id)
        _update_graph(workspace, tools or Toolbox())
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

    def __init__(self, workspace: Workspace, version: str, on_document: Callable[[Document], None] | None) -> None:
        self._workspace, self._version, self._on_document = workspace, version, on_document
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
                continue
            self._seen.add(document.id)
            yield self._workspace.first_seen(document)

    def keep(self, extraction: Extraction) -> None:
        """Keep an extraction; what an older cleaning made of the same bytes goes."""
        self._workspace.save(extraction, self._version)
        for older in self._workspace.cleaned_otherwise(extraction.document):
            self._workspace.withdraw(older)
        self.new += 1


def _extract_one(extractor: Extracts, document: Document, on_problem: OnProblem) -> Extraction | None:
    """The extraction of one document; a fault met in one document must not lose the others, and is told."""
    try:
        return next(iter(extractor.extract([document])))
    except KGError:
        raise
    except Exception as error:  # whatever a strange text sets off, the rest of the run goes on
        log.debug("%s", document.source, exc_info=True)
        reason = f"extraction failed: {type(error).__name__}: {error}"
        on_problem(Problem(document.source, None, reason, "please report this text; the others were read"))
    return None


def _update_graph(workspace: Workspace, tools: Toolbox) -> None:
    """Bring the graph to what the workspace holds, and give readers a copy of it; does nothing if nothing changed."""
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
            _add(workspace, store, pending, tools.knowledge)
        store.flush()
        workspace.drop_withdrawn()
        workspace.set_note("graph", tools.graph_version)
        _publish(workspace, store)


def _add(workspace: Workspace, store: GraphStore, documents: Sequence[str], knowledge: Knowledge) -> None:
    """Write documents into the graph: in one go into an empty one, else one by one with a flush per batch."""
    from kg.graph.rdf import statements

    if not workspace.anything_in_graph():
        store.fill(triple for name in documents for triple in statements(workspace.extraction(name), knowledge))
        store.flush()
        workspace.mark_in_graph(documents)
        return
    for start in range(0, len(documents), _BATCH):
        batch = documents[start:start + _BATCH]
        for name in batch:
            store.replace(name, statements(workspace.extraction(name), knowledge))
        store.flush()
        workspace.mark_in_graph(batch)


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


def _fingerprint(*folders: Path) -> str:
    """A hash of the knowledge files in some folders; the sample reports beside them are no knowledge."""
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted(path for path in folder.rglob("*") if path.suffix in _KNOWLEDGE_FILES):
            digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _named(workspace: Workspace, name: str) -> tuple[Document, ...]:
    found = workspace.find(name)
    if not found:
        mend = "name a document by its id or source; `kg info --documents` lists them"
        raise WorkspaceError(f"no document {name!r}", where=str(workspace.folder), mend=mend)
    return found


def _both(first: OnProblem, second: OnProblem | None) -> OnProblem:
    def tell(problem: Problem) -> None:
        first(problem)
        if second:
            second(problem)
    return tell


def _raise(problem: Problem) -> None:
    where = f"{problem.source}:{problem.line}" if problem.line else problem.source
    raise DocumentError(problem.reason, where=where, mend=problem.mend)
