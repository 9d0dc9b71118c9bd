"""What reads documents and makes graphs, loaded when first needed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg.pipeline.workers import Extracts
from kg.settings import Settings

if TYPE_CHECKING:
    from kg.gazetteer import Gazetteer
    from kg.graph.knowledge import Knowledge
    from kg.ontology import Ontology
    from kg.placenames import PlaceIndex
    from kg.resolve import Resolves

# What decides about results: tables, cards, meaning and the code that interprets them.
_KNOWLEDGE_FILES = frozenset({".csv", ".txt", ".yaml", ".ttl", ".py"})
_PACKAGE = Path(__file__).resolve().parent.parent
_SAMPLES = "reports"


class Toolbox:
    """What reads documents and makes graphs, each loaded when first needed and then kept.

    Give one toolbox to several calls, and the models and tables are loaded once.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()

    @cached_property
    def knowledge(self) -> Knowledge:
        """The ontology, the places and the seeds that turn extractions into a graph."""
        from kg.graph.knowledge import Knowledge

        return Knowledge(ontology=self._ontology, places=self._places, seeds=self._gazetteer)

    @cached_property
    def extractor(self) -> Extracts:
        """The extractor with its language pipeline; takes seconds to load."""
        from kg.extract.extractor import Extractor

        return Extractor(self.settings, gazetteer=self._gazetteer, places=self._places, ontology=self._ontology)

    @property
    def loader(self) -> Callable[[], Extracts]:
        """What makes the extractor in another process."""
        return partial(_load_extractor, self.settings)

    @cached_property
    def resolver(self) -> Resolves:
        """What finds the same things in several documents."""
        from kg.resolve import ResolutionKnowledge, Resolver

        return Resolver(ResolutionKnowledge(ontology=self._ontology, gazetteer=self._gazetteer, places=self._places))

    @cached_property
    def version(self) -> str:
        """What an extraction depends on besides the text: the extractor, the pipeline, seeds and language data."""
        from kg.extract.extractor import VERSION

        known = self.settings
        read = _fingerprint(known.seeds, known.language_data, known.ontology, _PACKAGE / "extract")
        return f"{VERSION}+{known.pipeline}+{read}"

    @cached_property
    def graph_version(self) -> str:
        """What the graph of the same extractions depends on: the program, the ontology and the seeds."""
        from kg import __version__

        code = _PACKAGE / "graph", _PACKAGE / "resolve"
        return f"{__version__}+{_fingerprint(self.settings.ontology, self.settings.seeds, *code)}"

    @cached_property
    def resolution_version(self) -> str:
        """What resolution depends on besides the extractions: the program, the ontology and the seeds."""
        from kg import __version__

        known = self.settings
        return f"{__version__}+{_fingerprint(known.ontology, known.seeds, _PACKAGE / 'resolve')}"

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        from kg.gazetteer import load_gazetteer

        return load_gazetteer(self.settings)

    @cached_property
    def _places(self) -> PlaceIndex:
        from kg.placenames import load_places

        return load_places(self.settings)

    @cached_property
    def _ontology(self) -> Ontology:
        from kg.ontology import load_ontology

        return load_ontology(self.settings)


def _load_extractor(settings: Settings) -> Extracts:
    return Toolbox(settings).extractor


def _fingerprint(*folders: Path) -> str:
    """A hash of the knowledge files in some folders; the sample reports beside them are no knowledge."""
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted(path for path in folder.rglob("*") if path.suffix in _KNOWLEDGE_FILES):
            name = file.relative_to(folder)
            if name.parts[0] != _SAMPLES:
                digest.update(name.as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
