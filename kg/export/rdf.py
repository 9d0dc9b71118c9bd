"""RDF in its usual notations: everything, with the assertions and the ontology."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph.store import GraphStore


def rdf_writer(notation: str) -> Callable[[GraphStore, Path], None]:
    """What writes a graph in a notation the store knows."""
    return partial(_write, notation)


def _write(notation: str, store: GraphStore, path: Path) -> None:
    with path.open("wb") as stream:
        store.dump(notation, stream)
