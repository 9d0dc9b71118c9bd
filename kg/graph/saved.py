"""The saved queries: SPARQL files with a title, a description and typed parameters in their header."""

from __future__ import annotations

from collections.abc import Mapping

from kg.graph.store import GraphStore
from kg.graph.terms import Answer, Term
from kg.records import Record


class Parameter(Record, frozen=True):
    """A parameter of a saved query; `type` is iri, string, integer or date; without `default` it may stay open."""

    name: str
    type: str
    default: str | None
    meaning: str


class SavedQuery(Record, frozen=True):
    """A question with a name, as it stands in `queries/<name>.rq`."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    sparql: str

    def terms(self, values: Mapping[str, str]) -> dict[str, Term | None]:
        """The parameters as terms, defaults filled in; raises QueryError for an unknown name or a bad value."""
        raise NotImplementedError

    def run(self, store: GraphStore, values: Mapping[str, str] | None = None) -> Answer:
        """Ask it; `values` are what a user typed ("group:bla", "2016-06-20")."""
        return store.query(self.sparql, parameters=self.terms(values or {}))


def saved_queries() -> dict[str, SavedQuery]:
    """All saved queries by name, in alphabetical order."""
    raise NotImplementedError
