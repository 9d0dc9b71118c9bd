"""Writes a graph in the format a file's ending or the user names."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kg.errors import KGError

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

_RDF_ENDINGS = {".ttl": "turtle", ".nt": "ntriples", ".trig": "trig", ".jsonld": "jsonld", ".rdf": "rdfxml"}


class Exporter(Protocol):
    """What writes a graph in one format."""

    def write(self, store: GraphStore, path: Path) -> None:
        """Write the whole graph."""


def write(store: GraphStore, path: str, form: str | None) -> None:
    """Write the whole graph; raises KGError for an unknown format or a place that cannot be written."""
    from kg.graph.store import FORMATS

    others = exporters()
    ending = Path(path).suffix.lower()
    wanted = form or _RDF_ENDINGS.get(ending) or ending.removeprefix(".")
    try:
        if wanted in FORMATS:
            _write_rdf(store, path, wanted)
        elif wanted in others and path != "-":
            others[wanted].write(store, Path(path))
        else:
            known = ", ".join([*FORMATS, *others])
            raise KGError(f"no format {wanted!r}", where=path, mend=f"name one with --format: {known}")
    except OSError as error:
        raise KGError(f"cannot be written: {error.strerror}", where=path, mend="name another file") from error


def exporters() -> Mapping[str, Exporter]:
    """The exporters of formats other than RDF."""
    found: Mapping[str, Exporter] = getattr(import_module("kg.export"), "EXPORTERS", {})
    return found


def _write_rdf(store: GraphStore, path: str, form: str) -> None:
    if path == "-":
        store.dump(form, sys.stdout.buffer)
        return
    with Path(path).open("wb") as stream:
        store.dump(form, stream)
