"""Brings the graph of a workspace up to what its documents assert and what their accounts come to."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING

from kg.errors import KnowledgeError, WorkspaceError
from kg.ingest import OnProblem, Problem
from kg.pipeline.applying import Applied
from kg.pipeline.judgements import judgements_of
from kg.pipeline.toolbox import Toolbox
from kg.resolution import EntityProfile, EventProfile, ReportProfile
from kg.workspace import Workspace

if TYPE_CHECKING:
    from kg.graph.store import GraphStore
    from kg.graph.triples import Statement

log = logging.getLogger(__name__)

# How many documents or summaries go into the graph between two flushes: few enough to lose little time to a kill.
_BATCH = 200
_MEND = "please report this text; the others were written"


def update_graph(workspace: Workspace, tools: Toolbox, on_problem: OnProblem, applied: Applied) -> None:
    """Bring the graph to what the workspace holds and people decided, and give readers a copy of it.

    Does nothing if nothing changed. What cannot be written is told and stays pending, so that every build tries it
    again. What is written is noted after it has reached the disk, so that a run that was cut short is made up for by
    the next.
    """
    from kg.graph.store import GraphStore

    if workspace.note("graph") != tools.graph_version or not workspace.in_graph.anything():
        workspace.in_graph.forget()
    if workspace.in_graph.everything() and workspace.note("published") == "yes":
        return
    with workspace.transaction():
        workspace.things.await_summaries()
        workspace.set_note("published", "no")
    empty = not workspace.in_graph.anything()
    if empty:
        shutil.rmtree(workspace.graph_folder, ignore_errors=True)
    with _told(workspace), GraphStore.open(workspace.graph_folder) as store:
        store.load_ontology(tools.settings.ontology)
        writing = _Writing(workspace, store, tools, on_problem, applied)
        if empty:
            writing.fill()
        else:
            writing.exchange()
        workspace.set_note("graph", tools.graph_version)
        _publish(workspace, store)
        workspace.drop_withdrawn()


class _Writing:
    """Writes documents and summaries; a fault met in one must not lose the others."""

    def __init__(self, workspace: Workspace, store: GraphStore, tools: Toolbox, on_problem: OnProblem,
                 applied: Applied) -> None:
        self._workspace, self._store, self._tools, self._on_problem = workspace, store, tools, on_problem
        self._applied = applied

    def fill(self) -> None:
        """Write everything into an empty graph in one go."""
        failed: set[str] = set()
        unsummed: set[int] = set()
        self._store.fill(self._everything(failed, unsummed))
        self._store.flush()
        self._workspace.in_graph.mark_all(but=failed)
        with self._workspace.transaction():
            self._workspace.things.mark_all_summed_up(but=unsummed)

    def _everything(self, failed: set[str], unsummed: set[int]) -> Iterator[Statement]:
        for batch in self._pending():
            for document in batch:
                if (found := self._of_document(document)) is None:
                    failed.add(document)
                else:
                    yield from found
        for things in self._pending_things():
            for thing, iri in things:
                if (found := self._of_thing(thing, iri)) is None:
                    unsummed.add(thing)
                else:
                    yield from found

    def exchange(self) -> None:
        """Take out what was withdrawn, then write what changed, flushed in batches."""
        for document in self._workspace.withdrawn():
            self._store.remove(document)
        for batch in self._pending():
            written = []
            for document in batch:
                if (found := self._of_document(document)) is not None:
                    self._store.replace(document, found)
                    written.append(document)
            self._store.flush()
            self._workspace.in_graph.mark(written)
        for things in self._pending_things():
            done = []
            for thing, iri in things:
                if (found := self._of_thing(thing, iri)) is not None:
                    self._store.consolidate(iri, found)
                    done.append(thing)
            self._store.flush()
            with self._workspace.transaction():
                self._workspace.things.mark_summed_up(done)

    def _pending(self) -> Iterator[list[str]]:
        """The documents that the graph lacks, in batches."""
        last = 0
        while batch := self._workspace.in_graph.pending(after=last, limit=_BATCH):
            last = batch[-1][0]
            yield [document for _, document in batch]

    def _pending_things(self) -> Iterator[list[tuple[int, str]]]:
        last = 0
        while batch := self._workspace.things.pending(after=last, limit=_BATCH):
            last = batch[-1][0]
            yield batch

    def _of_document(self, document: str) -> list[Statement] | None:
        """What one document asserts; None, and told, if it cannot be written."""
        from kg.graph.copies import copies
        from kg.graph.rdf import renamed, statements

        read, resolved = self._workspace.extraction(document), self._workspace.things.resolved(document)
        extraction = self._applied.renamed(read)
        return self._attempt(read.document.source, lambda: chain(
            statements(extraction, self._tools.knowledge, resolved=resolved,
                       amendments=self._applied.amendments(read)),
            renamed(self._applied.names_in(read), document), copies(document, self._workspace.copies.of(document))))

    def _of_thing(self, thing: int, iri: str) -> list[Statement] | None:
        """What the accounts of a thing come to and why it is one; None, and told, if it cannot be written."""
        from kg.graph.judgements import judgement_statements
        from kg.graph.summaries import entity_statements, story_statements, summary_statements

        numbers, resolver = self._workspace.things.members_of(thing), self._tools.resolver
        members = [self._workspace.members.profile(number) for number in numbers]
        accounts = [one for one in members if isinstance(one, EventProfile)]
        reports = [one for one in members if isinstance(one, ReportProfile)]
        entities = [one for one in members if isinstance(one, EntityProfile)]
        alone = [one.id for one in members] == [iri]
        why = () if alone else judgements_of(self._workspace, thing, self._applied)
        documents = {one.id: one.document for one in members}

        def told() -> Iterator[Statement]:
            if accounts:
                yield from summary_statements(resolver.summary(iri, accounts), self._tools.knowledge)
            elif reports:
                beside = [(name, profile) for name, number in self._workspace.things.events_beside(thing)
                          if isinstance(profile := self._workspace.members.profile(number), EventProfile)]
                yield from story_statements(resolver.story(iri, reports, beside))
            elif entities:
                yield from entity_statements(resolver.entity(iri, entities), self._tools.knowledge)
            yield from judgement_statements(iri, why, documents)
        return self._attempt(iri, told)

    def _attempt(self, source: str, write: Callable[[], Iterable[Statement]]) -> list[Statement] | None:
        try:
            return list(write())
        except (KnowledgeError, WorkspaceError, OSError):
            raise
        except Exception as error:  # whatever a strange extraction sets off, the rest is written
            log.debug("%s", source, exc_info=True)
            reason = f"not written into the graph: {type(error).__name__}: {error}"
            self._on_problem(Problem(source, None, reason, _MEND))
            return None


@contextmanager
def _told(workspace: Workspace) -> Iterator[None]:
    """Faults of the disk as errors that a person can act on."""
    try:
        yield
    except OSError as error:
        mend = "make room on the disk and give the command again: what was finished is kept, the rest is done then"
        raise WorkspaceError(f"the graph cannot be written: {error}", where=str(workspace.folder), mend=mend) from error


def _publish(workspace: Workspace, store: GraphStore) -> None:
    """Copy the graph for readers (hard links); the copy before stays for those who are reading it."""
    last = int(workspace.note("snapshot") or 0)
    folder = workspace.snapshot_folder(last + 1)
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    store.snapshot(folder).close()
    with workspace.transaction():
        workspace.set_note("snapshot", str(last + 1))
        workspace.set_note("published", "yes")
    for old in folder.parent.iterdir():
        if old.name < workspace.snapshot_folder(last).name:
            shutil.rmtree(old, ignore_errors=True)
