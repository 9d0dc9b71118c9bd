"""Writes a graph in the format a file's ending or the user names."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KGError

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

_RDF_ENDINGS = {".ttl": "turtle", ".nt": "ntriples", ".trig": "trig", ".jsonld": "jsonld", ".rdf": "rdfxml"}


def write(store: GraphStore, path: str, form: str | None) -> None:
    """Write the whole graph; raises KGError for an unknown format or a place that cannot be written."""
    from kg.export import EXPORTERS
    from kg.graph.store import FORMATS

    ending = Path(path).suffix.lower()
    wanted = form or _RDF_ENDINGS.get(ending) or ending.removeprefix(".")
    try:
        if wanted in FORMATS:
            _write_rdf(store, path, wanted)
        elif wanted in EXPORTERS and path != "-":
            EXPORTERS[wanted].write(store, Path(path))
        else:
            known = ", ".join([*FORMATS, *EXPORTERS])
            raise KGError(f"no format {wanted!r}", where=path, mend=f"name one with --format: {known}")
    except OSError as error:
        raise KGError(f"cannot be written: {error.strerror}", where=path, mend="name another file") from error


def _write_rdf(store: GraphStore, path: str, form: str) -> None:
    if path == "-":
        store.dump(form, sys.stdout.buffer)
        return
    with Path(path).open("wb") as stream:
        store.dump(form, stream)
