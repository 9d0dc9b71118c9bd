"""Prints the answers to queries as a table, CSV, JSON or Turtle."""

from __future__ import annotations

import csv
import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING

from kg.cli.output import table
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.graph.terms import Answer, Table, Term


class Format(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    TURTLE = "turtle"


def print_answer(answer: Answer, form: Format) -> None:
    """Print an answer; raises QueryError where a form does not fit it."""
    from kg.graph.terms import Table, Truth

    if form is Format.TURTLE:
        _print_turtle(answer)
    elif isinstance(answer, Truth):
        print(json.dumps(answer.value) if form is Format.JSON else "yes" if answer.value else "no")
    else:
        rows = answer if isinstance(answer, Table) else Table(columns=("subject", "predicate", "object"),
                                                              rows=answer.rows)
        {Format.TABLE: _print_table, Format.CSV: _print_csv, Format.JSON: _print_json}[form](rows)


def _print_table(answer: Table) -> None:
    if not answer.rows:
        print("no answer")
        return
    table(answer.columns, [[readable(cell) for cell in row] for row in answer.rows])


def _print_csv(answer: Table) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([["" if cell is None else str(cell) for cell in row] for row in answer.rows])


def _print_json(answer: Table) -> None:
    print(json.dumps(answer.records(), ensure_ascii=False, indent=1))


def _print_turtle(answer: Answer) -> None:
    """Every line of N-Triples is Turtle as well."""
    from kg.graph.terms import Triples

    if not isinstance(answer, Triples):
        raise QueryError("only triples can be written as Turtle", mend="use CONSTRUCT or DESCRIBE, or another --format")
    for row in answer.rows:
        print(*map(_written, row), ".")


def _written(term: Term) -> str:
    from kg.graph.store import to_ox
    from kg.graph.terms import Iri

    return term.value if isinstance(term, Iri) and term.value.startswith("_:") else str(to_ox(term))


def readable(term: Term | None) -> str:
    """A term for people: prefixed names for IRIs, plain values for literals."""
    from kg.graph.terms import Iri
    from kg.graph.vocabulary import compact

    if term is None:
        return ""
    return compact(term.value) if isinstance(term, Iri) else term.value
