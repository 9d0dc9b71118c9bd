"""Reads SPARQL text just far enough to bind parameters as terms and to refuse calls to other servers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import Literal as OxLiteral
from pyoxigraph import NamedNode

from kg.errors import QueryError
from kg.graph.terms import Iri, Term

# The parts of a query in which a `$name` or a keyword is only text: IRIs, strings, comments.
_OPAQUE = r"""<[^<>"{}|^`\\\s]*>|\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}""" \
          r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\#[^\n]*"""
_TOKEN = re.compile(rf"(?P<opaque>{_OPAQUE})|\$(?P<name>\w+)", re.DOTALL)
_REMOTE = re.compile(rf"(?:{_OPAQUE})|(?<![?$:\w.-])(?P<keyword>service|load)(?![\w:-])", re.DOTALL | re.IGNORECASE)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def bind(sparql: str, parameters: Mapping[str, Term | None]) -> str:
    """The query with each `$name` replaced by its parameter as a SPARQL term; None becomes UNDEF.

    A `$name` without a parameter stays a variable. Raises QueryError for a value that is no valid term.
    """
    written = {name: _written(name, value) for name, value in parameters.items()}
    return _TOKEN.sub(lambda m: written.get(m["name"] or "", m[0]), sparql)


def _written(name: str, value: Term | None) -> str:
    if value is None:
        return "UNDEF"
    try:
        if isinstance(value, Iri):
            return str(NamedNode(value.value))
        if value.language:
            return str(OxLiteral(value.value, language=value.language))
        return str(OxLiteral(value.value, datatype=NamedNode(value.datatype)))
    except ValueError as error:
        raise QueryError(f"{value.value!r} is not valid: {error}", where=f"parameter {name}") from error


def refuse_remote(sparql: str) -> None:
    """Raise QueryError if the query calls another server (SERVICE) or loads a file (LOAD)."""
    # SPARQL undoes \uXXXX before it looks for keywords, so both spellings are examined.
    unescaped = _ESCAPE.sub(lambda m: chr(min(int(m[1] or m[2], 16), 0x10FFFF)), sparql)
    for text in (sparql, unescaped):
        for match in _REMOTE.finditer(text):
            if match["keyword"]:
                raise QueryError(f"{match['keyword'].upper()} is not allowed", mend="queries see this graph only")
