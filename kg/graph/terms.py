"""RDF terms and query answers as plain records, so that no RDF library's objects leave this package."""

from __future__ import annotations

from kg.records import Record

XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"


class Iri(Record, frozen=True, kw_only=False):
    """A resource by its full IRI; a blank node of a constructed answer is written `_:label`."""

    value: str

    def __str__(self) -> str:
        return self.value


class Literal(Record, frozen=True, kw_only=False):
    """A literal by its lexical form; `datatype` is a full IRI."""

    value: str
    datatype: str = XSD_STRING
    language: str | None = None

    def __str__(self) -> str:
        return self.value


Term = Iri | Literal
TripleOfTerms = tuple[Term, Term, Term]


class Table(Record, frozen=True):
    """The answer to SELECT; an unbound cell is None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def records(self) -> list[dict[str, str | None]]:
        """The rows as dictionaries of plain strings, for printing."""
        return [{name: None if cell is None else str(cell) for name, cell in zip(self.columns, row, strict=True)}
                for row in self.rows]


class Truth(Record, frozen=True):
    """The answer to ASK."""

    value: bool


class Triples(Record, frozen=True):
    """The answer to CONSTRUCT and DESCRIBE."""

    rows: tuple[TripleOfTerms, ...]


Answer = Table | Truth | Triples
