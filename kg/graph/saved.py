"""The saved queries: SPARQL files with a title, a description and typed parameters in their header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from kg.errors import QueryError
from kg.graph.store import GraphStore
from kg.graph.terms import Answer, Iri, Literal, Term
from kg.graph.vocabulary import XSD, expand
from kg.records import Record

_FOLDER = Path(__file__).resolve().parent / "queries"
_PARAMETER = re.compile(r"(?P<name>\w+) (?P<type>iri|string|integer|date)(?: (?P<default>\S+))? – (?P<meaning>.+)")


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
        known = [parameter.name for parameter in self.parameters]
        for name in values:
            if name not in known:
                mend = f"its parameters are {', '.join(known)}" if known else "it has none"
                raise QueryError(f"no parameter {name!r}", where=self.name, mend=mend)
        given = ((one, values.get(one.name, one.default)) for one in self.parameters)
        return {one.name: None if value is None else _term(one, value) for one, value in given}

    def run(self, store: GraphStore, values: Mapping[str, str] | None = None) -> Answer:
        """Ask it; `values` are what a user typed ("group:bla", "2016-06-20")."""
        return store.query(self.sparql, parameters=self.terms(values or {}))


def saved_queries() -> dict[str, SavedQuery]:
    """All saved queries by name, in alphabetical order."""
    return {path.stem: _read(path) for path in sorted(_FOLDER.glob("*.rq"))}


def _read(path: Path) -> SavedQuery:
    text = path.read_text(encoding="utf-8")
    header = [line[2:].partition(": ") for line in text.splitlines() if line.startswith("# ")]
    fields = {name: value for name, _, value in header}
    try:
        return SavedQuery(name=path.stem, title=fields["title"], description=fields["description"], sparql=text,
                          parameters=tuple(_parameters(path, [v for name, _, v in header if name == "parameter"])))
    except KeyError as error:
        raise QueryError(f"the header lacks {error.args[0]!r}", where=str(path)) from error


def _parameters(path: Path, lines: list[str]) -> Iterator[Parameter]:
    for line in lines:
        match = _PARAMETER.fullmatch(line)
        if match is None:
            mend = "write: name type default – meaning"
            raise QueryError(f"unreadable parameter {line!r}", where=str(path), mend=mend)
        yield Parameter(**match.groupdict())


def _term(parameter: Parameter, value: str) -> Term:
    try:
        return _checked(parameter.type, value)
    except ValueError as error:
        raise QueryError(f"{value!r} is no {parameter.type}: {error}", where=f"parameter {parameter.name}") from error


def _checked(kind: str, value: str) -> Term:
    if kind == "iri":
        iri = expand(value.removeprefix("<").removesuffix(">"))
        if ":" not in iri:
            raise ValueError("write a prefixed name such as group:bla, or a full IRI")
        return Iri(iri)
    if kind == "integer":
        return Literal(str(int(value)), f"{XSD}integer")
    if kind == "date":
        return Literal(date.fromisoformat(value).isoformat(), f"{XSD}date")
    return Literal(value)
