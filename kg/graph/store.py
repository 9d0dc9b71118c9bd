"""The graph on disk or in memory: documents replaced and withdrawn, questions asked, everything written out."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import IO

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse,
    serialize,
)
from pyoxigraph import Literal as OxLiteral

from kg.errors import QueryError, WorkspaceError
from kg.graph.order import in_order
from kg.graph.sparql import bind, refuse_remote
from kg.graph.terms import Answer, Iri, Literal, Table, Term, TripleOfTerms, Triples, Truth
from kg.graph.vocabulary import KG, PREFIXES, WRITTEN_PREFIXES
from kg.graph.withdrawal import told_once, withdrawal
from kg.ontology import ontology_files

FORMATS = {
    "turtle": RdfFormat.TURTLE, "trig": RdfFormat.TRIG, "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD, "rdfxml": RdfFormat.RDF_XML,
}
_SYNTAX_ERROR = re.compile(r"error at (?P<line>\d+):(?P<column>\d+)")
_LOADED_AT_ONCE = 200_000
_ONTOLOGY_GRAPH = NamedNode(KG.rstrip("#"))


class GraphStore:
    """One graph; one writer at a time on disk.

    Everything lies in the default graph. Readers beside a live writer open a `snapshot`, never the store itself.
    """

    def __init__(self, store: Store, *, read_only: bool = False, where: str | None = None) -> None:
        self._store: Store | None = store
        self._read_only = read_only
        self._where = where

    @classmethod
    def open(cls, path: Path | None = None, *, read_only: bool = False) -> GraphStore:
        """Open or create the store in a folder, or in memory without one; raises WorkspaceError if it is locked."""
        if path is None:
            return cls(Store())
        try:
            store = Store.read_only(str(path)) if read_only else Store(str(path))
        except OSError as error:
            raise _unopened(error, path) from error
        return cls(store, read_only=read_only, where=str(path))

    def __enter__(self) -> GraphStore:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    def __len__(self) -> int:
        return sum(1 for _ in self._open.quads_for_pattern(None, None, None, DefaultGraph()))

    @property
    def _open(self) -> Store:
        if self._store is None:
            raise WorkspaceError("the graph is closed", where=self._where, mend="open it again")
        return self._store

    @property
    def _writable(self) -> Store:
        if self._read_only:
            raise WorkspaceError("the graph was opened for reading only", where=self._where)
        return self._open

    def fill(self, statements: Iterable[Triple]) -> None:
        """Add the statements of many documents to a graph that has none of them; the fast way to build.

        If it is cut short, some are there: begin again with an empty graph.
        """
        rest = (Quad(*triple) for triple in statements)
        # In one go the loader would hold gigabytes.
        for first in rest:
            self._writable.bulk_extend(chain([first], islice(rest, _LOADED_AT_ONCE - 1)))

    def replace(self, document_id: str, statements: Iterable[Triple]) -> None:
        """Make these the statements of a document, in one step; what it said before is withdrawn.

        What was consolidated from it goes too: `consolidate` the events that it speaks of afterwards.
        """
        self._exchange(withdrawal(self._writable, document_id), statements)

    def consolidate(self, iri: str, statements: Iterable[Triple]) -> None:
        """Make these what all accounts of an event come to, or what a story is, in one step; none: only drop it.

        `kg.graph.summaries` gives them. Doing it twice changes nothing.
        """
        self._exchange(told_once(self._writable, iri), statements)

    def _exchange(self, old: Iterable[Triple], statements: Iterable[Triple]) -> None:
        store, new = self._writable, dict.fromkeys(statements)
        gone = [triple for triple in old if triple not in new]
        if not gone:
            store.extend(Quad(*triple) for triple in new)
            return
        parts = [f"DELETE DATA {{ {_data(gone)} }}"] + ([f"INSERT DATA {{ {_data(new)} }}"] if new else [])
        store.update(" ;\n".join(parts))

    def remove(self, document_id: str) -> int:
        """Withdraw a document: its assertions, the facts nothing else supports, the nodes nothing else mentions.

        Returns how many triples went.
        """
        store = self._writable
        gone = withdrawal(store, document_id)
        if gone:
            store.update(f"DELETE DATA {{ {_data(gone)} }}")
        return len(gone)

    def load_ontology(self, path: Path) -> None:
        """Put the ontology's files (Turtle) beside the facts, so that labels can be asked; an older copy goes."""
        store = self._writable
        files = (path,) if path.is_file() else ontology_files(path)
        new = {quad.triple for file in files for quad in parse(path=str(file), format=RdfFormat.TURTLE)}
        old = {quad.triple for quad in store.quads_for_pattern(None, None, None, _ONTOLOGY_GRAPH)}
        for triple in old - new:
            for quad in _twice(triple):
                store.remove(quad)
        store.extend(quad for triple in new - old for quad in _twice(triple))

    def query(self, sparql: str, *, parameters: Mapping[str, Term | None] | None = None) -> Answer:
        """Answer a SPARQL query; `$name` in it stands for the parameter of that name (None is UNDEF).

        Known prefixes need no declaration. Raises QueryError if it does not parse, updates, or calls other servers.
        """
        bound = bind(sparql, parameters or {})
        refuse_remote(bound)
        try:
            return _answer(self._open.query(bound, prefixes=PREFIXES))
        except (SyntaxError, ValueError, RuntimeError) as error:
            raise QueryError(_misread(str(error), bound),
                             mend="queries are read-only SPARQL 1.1: SELECT, ASK, CONSTRUCT, DESCRIBE") from error

    def triples(self, subject: Iri | None = None, predicate: Iri | None = None,
                object: Term | None = None) -> Iterator[TripleOfTerms]:  # the position's own name in RDF
        """The triples that match a pattern, None standing for anything."""
        found = self._open.quads_for_pattern(
            None if subject is None else NamedNode(subject.value),
            None if predicate is None else NamedNode(predicate.value),
            None if object is None else to_ox(object), DefaultGraph())
        for quad in found:
            yield from_ox(quad.subject), from_ox(quad.predicate), from_ox(quad.object)

    def dump(self, format: str, stream: IO[bytes]) -> None:
        """Write the whole graph, facts before provenance and always in the same order; `format` is one of `FORMATS`."""
        if format not in FORMATS:
            raise QueryError(f"no RDF format {format!r}", mend="use one of " + ", ".join(FORMATS))
        serialize(in_order(self._open), stream, FORMATS[format], prefixes=WRITTEN_PREFIXES)

    def flush(self) -> None:
        """Write everything acknowledged to the disk; call it once per batch."""
        self._writable.flush()

    def snapshot(self, folder: Path) -> GraphStore:
        """Copy the graph as it is now to a new folder (hard links, milliseconds) and open the copy for reading."""
        self._writable.flush()
        try:
            self._open.backup(str(folder))
        except OSError as error:
            mend = _room(error) or "name a folder that does not exist"
            raise WorkspaceError(str(error), where=str(folder), mend=mend) from error
        return GraphStore.open(folder, read_only=True)

    def close(self) -> None:
        """Let go of the store and its lock; closing twice is harmless."""
        if self._store is not None and not self._read_only:
            self._store.flush()
        self._store = None


def _misread(message: str, sparql: str) -> str:
    """What is wrong with a query and where; the parser's list of all that might stand there helps nobody."""
    found = _SYNTAX_ERROR.match(message)
    if found is None:
        return message
    line, column = int(found["line"]), int(found["column"])
    lines = [*sparql.split("\n"), ""]
    before = lines[line - 1][:column - 1].split()
    rest = "\n".join([lines[line - 1][column - 1:], *lines[line:]]).strip()
    if "Prefix not found" in message and before:
        return f"the prefix of {before[-1]} at line {line} is not known"
    return f"not understood at line {line}, column {column}, " + (f"before {rest[:30]!r}" if rest else "where it ends")


def _unopened(error: OSError, path: Path) -> WorkspaceError:
    if "lock" in str(error).lower():
        return WorkspaceError("the graph is in use by another process", where=str(path),
                              mend="wait for it to end, or read a snapshot")
    mend = _room(error) or "build it again"
    return WorkspaceError(f"the graph cannot be opened: {error}", where=str(path), mend=mend)


def _room(error: OSError) -> str | None:
    """What mends a full disk; None for another fault."""
    return "make room on the disk and give the command again" if os.strerror(errno.ENOSPC) in str(error) else None


def _twice(triple: Triple) -> tuple[Quad, Quad]:
    """A triple of the ontology in the default graph, and in a graph of its own that remembers what was loaded."""
    return Quad(*triple), Quad(triple.subject, triple.predicate, triple.object, _ONTOLOGY_GRAPH)


def _data(triples: Iterable[Triple]) -> str:
    return " .\n".join(map(str, triples))


def _answer(result: QuerySolutions | QueryBoolean | QueryTriples) -> Answer:
    if isinstance(result, QueryBoolean):
        return Truth(value=bool(result))
    if isinstance(result, QueryTriples):
        return Triples(rows=tuple((from_ox(t.subject), from_ox(t.predicate), from_ox(t.object)) for t in result))
    columns = tuple(variable.value for variable in result.variables)
    rows = tuple(tuple(None if cell is None else from_ox(cell) for cell in row) for row in result)
    return Table(columns=columns, rows=rows)


def from_ox(term: NamedNode | BlankNode | OxLiteral | Triple) -> Term:
    """A term of pyoxigraph as a plain record."""
    if isinstance(term, OxLiteral):
        return Literal(term.value, term.datatype.value, term.language)
    return Iri(term.value if isinstance(term, NamedNode) else str(term))


def to_ox(term: Term) -> NamedNode | OxLiteral:
    """A plain record as a term of pyoxigraph; ValueError if it is no valid IRI."""
    if isinstance(term, Iri):
        return NamedNode(term.value)
    if term.language:
        return OxLiteral(term.value, language=term.language)
    return OxLiteral(term.value, datatype=NamedNode(term.datatype))
