"""News text about militant violence, as a knowledge graph whose every fact points at its sentence."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.errors import KGError
    from kg.pipeline import BuildReport, Toolbox, build, remove
    from kg.pipeline import extract as extract_from
    from kg.pipeline import open_graph as open
    from kg.records import Document, Extraction
    from kg.settings import Settings

__version__ = "0.1.0"
__all__ = [
    "BuildReport", "Document", "Extraction", "KGError", "Settings", "Toolbox", "build", "extract_from", "open",
    "remove",
]

# Where each public name lives; loaded on first use, so that `import kg` costs nothing. None may be called like a
# subpackage ("extract"), which takes its place as soon as it is imported.
_HOMES = {
    "BuildReport": ("kg.pipeline", "BuildReport"),
    "Document": ("kg.records", "Document"),
    "Extraction": ("kg.records", "Extraction"),
    "KGError": ("kg.errors", "KGError"),
    "Settings": ("kg.settings", "Settings"),
    "Toolbox": ("kg.pipeline", "Toolbox"),
    "build": ("kg.pipeline", "build"),
    "extract_from": ("kg.pipeline", "extract"),
    "open": ("kg.pipeline", "open_graph"),
    "remove": ("kg.pipeline", "remove"),
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
