"""Fixtures that several folders share; what is slow to load is loaded once per session."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from kg.gazetteer import Gazetteer
from kg.ingest import Problem
from kg.pipeline import Toolbox, build
from kg.placenames import PlaceIndex
from kg.records import (
    Actor,
    Anchor,
    Document,
    Entity,
    Event,
    Extraction,
    Kind,
    Mention,
    Span,
)
from kg.resolve import ResolutionKnowledge, accounts, events, reports
from kg.settings import Settings

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from kg.graph.knowledge import Knowledge


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings()


@pytest.fixture(scope="session")
def toolbox() -> Toolbox:
    """The real extractor and knowledge."""
    return Toolbox()


@pytest.fixture(scope="session")
def sample_workspace(toolbox: Toolbox, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the sample reports, as the real extractor reads them."""
    folder = tmp_path_factory.mktemp("sample")
    build(folder, [str(toolbox.settings.seeds / "reports")], tools=toolbox)
    return folder


class _NoTable:
    """Knows no name and no place."""

    def get(self, name: str) -> None:
        return None

    def entry(self, name: str) -> None:
        raise KeyError(name)

    def entries(self, *kinds: str) -> tuple[()]:
        return ()

    def standard(self, word: str) -> str:
        return word


@pytest.fixture(scope="session")
def told() -> Callable[[Extraction, Knowledge], Iterator[Triple]]:
    """What a document says, with what its events come to by it alone."""
    from kg.graph.nodes import local_names
    from kg.graph.rdf import statements
    from kg.graph.summaries import summary_statements

    def write(extraction: Extraction, knowledge: Knowledge) -> Iterator[Triple]:
        known = ResolutionKnowledge(
            ontology=knowledge.ontology, gazetteer=cast("Gazetteer", knowledge.seeds or _NoTable()),
            places=cast("PlaceIndex", knowledge.places or _NoTable()))
        names = local_names(extraction)
        yield from statements(extraction, knowledge)
        for profile in events.profiles(extraction, names, reports.profile(extraction, names, known), known):
            yield from summary_statements(accounts.summary(profile.id, [profile], known), knowledge)
    return write


@pytest.fixture
def problems() -> list[Problem]:
    return []


class PlainExtractor:
    """Finds an attack by the word "Gunmen" wherever a text has both; fails on the word "unreadable"."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        for document in documents:
            if "unreadable" in document.text:
                raise ValueError("a strange text")
            self.read.append(document.source)
            yield _attack(document) if "Gunmen attacked" in document.text else Extraction(document=document)


def _attack(document: Document) -> Extraction:
    start = document.text.index("Gunmen attacked")
    evidence = Span(start=start, end=start + 15)
    event = Event(
        id="e1", type="Attack", status="asserted",
        triggers=(Anchor(start=start + 7, end=start + 15, text="attacked"),),
        actors=(Actor(entity="x1", role="perpetrator", status="stated", evidence=evidence),),
        evidence=(evidence,), rules=("attack.verb",), confidence=0.9,
    )
    return Extraction(
        document=document,
        mentions=(Mention(id="m1", start=start, end=start + 6, text="Gunmen", entity="x1", kind=Kind.GROUP),),
        entities=(Entity(id="x1", kind=Kind.GROUP, name="Gunmen"),),
        events=(event,),
    )


class PlainToolbox(Toolbox):
    """Real ontology and graph, a plain extractor, no places and seeds."""

    def __init__(self, version: str = "plain-1") -> None:
        super().__init__()
        from kg.graph.knowledge import Knowledge

        self.__dict__.update(extractor=PlainExtractor(), version=version,
                             knowledge=Knowledge(ontology=self._ontology))


@pytest.fixture
def plain_tools() -> PlainToolbox:
    """Tools that read fast and plainly, for tests of what happens around extraction."""
    return PlainToolbox()
