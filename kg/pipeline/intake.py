"""Takes documents into a workspace: sorts out what is known, extracts what is not, keeps what is found."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from kg.ingest import OnProblem, Problem
from kg.pipeline.toolbox import Toolbox
from kg.pipeline.workers import Result, extract_in_parallel, extract_one
from kg.records import Document, Extraction
from kg.workspace import Workspace, precedence

# Characters of new text from which several processes save more time than they take to load their models.
_WORTH_LOADING = 400_000


class Intake:
    """Sorts incoming documents into known and unknown ones and keeps what is extracted from the latter."""

    def __init__(self, workspace: Workspace, version: str, on_document: Callable[[Document], None] | None, *,
                 keep_versions: bool) -> None:
        self._workspace, self._version, self._on_document = workspace, version, on_document
        self._keep_versions = keep_versions
        # The precedence of the documents that were taken in, by id.
        self._taken: dict[str, tuple[str, str]] = {}
        # Documents that are being extracted, with the copies of them that came since.
        self._awaited: dict[str, list[Document]] = {}
        self.read = self.new = self.unchanged = 0

    def unknown(self, documents: Iterable[Document]) -> Iterator[Document]:
        """The documents to extract; a copy of another document is noted and counts as unchanged."""
        for document in documents:
            self.read += 1
            if self._is_known(document):
                self.unchanged += 1
                if document.id in self._awaited:
                    self._awaited[document.id].append(document)
                else:
                    self._workspace.copies.add(document)
                self._supersede(document)
                self._tell(document)
                continue
            first, copies = self._leading(document)
            self._taken[document.id] = precedence(first)
            self._awaited.setdefault(document.id, []).extend(copies)
            yield first

    def _is_known(self, document: Document) -> bool:
        taken = self._taken.get(document.id)
        return self._workspace.is_known(document, self._version) if taken is None else taken <= precedence(document)

    def _leading(self, document: Document) -> tuple[Document, list[Document]]:
        """Of a document and the known one of its text the one to extract, and the other if it is another's copy."""
        known = self._workspace.document(document.id)
        if known is None or known.source == document.source:
            return document, []
        first, copy = sorted((known, document), key=precedence)
        return first, [copy]

    def keep(self, extraction: Extraction) -> None:
        """Keep an extraction; what an older cleaning made of the same bytes goes."""
        copies = [*self._leading(extraction.document)[1], *self._awaited.pop(extraction.document.id, ())]
        self._workspace.save(extraction, self._version)
        for older in self._workspace.cleaned_otherwise(extraction.document):
            self._workspace.withdraw(older)
        self._supersede(extraction.document)
        for copy in copies:
            self._workspace.copies.add(copy)
        self.new += 1
        self._tell(extraction.document)

    def _tell(self, document: Document) -> None:
        if self._on_document:
            self._on_document(document)

    def _supersede(self, document: Document) -> None:
        if not self._keep_versions:
            self._workspace.supersede(document)


def extractions(documents: Iterable[Document], tools: Toolbox, on_problem: OnProblem, *, jobs: int | None
                ) -> Iterator[Extraction]:
    """What documents assert, in their order; of one that cannot be read the reason is told.

    `jobs` is the number of processes that read; without it there are as many as the processors allow if there is enough
    to read, else this process reads.
    """
    for document, found in _results(iter(documents), tools, jobs):
        if isinstance(found, str):
            mend = "please report this text; the others were read"
            on_problem(Problem(document.source, None, f"extraction failed: {found}", mend))
        else:
            yield found


def _results(documents: Iterator[Document], tools: Toolbox, jobs: int | None) -> Iterator[Result]:
    if jobs is None:
        documents, enough = _enough(documents)
        jobs = _processors() if enough else 1
    if jobs > 1:
        yield from extract_in_parallel(tools.loader, documents, jobs)
    else:
        yield from ((document, extract_one(tools.extractor, document)) for document in documents)


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _enough(documents: Iterator[Document]) -> tuple[Iterator[Document], bool]:
    """The documents, and whether reading them takes longer than loading models."""
    looked_at: list[Document] = []
    characters = 0
    for document in documents:
        looked_at.append(document)
        characters += len(document.text)
        if characters >= _WORTH_LOADING:
            return chain(looked_at, documents), True
    return iter(looked_at), False
