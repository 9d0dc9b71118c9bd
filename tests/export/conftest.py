"""A graph of the sample reports, and a small one with everything that breaks files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Triple

from kg.export import EXPORTERS
from kg.export.picture import Picture, draw
from kg.graph.knowledge import Knowledge
from kg.graph.store import GraphStore
from kg.ontology import load_ontology
from kg.pipeline import open_graph
from kg.records import (
    Actor,
    Anchor,
    Casualties,
    Document,
    Entity,
    Event,
    Extraction,
    Kind,
    Mention,
    Relation,
    Span,
    When,
)
from kg.settings import Settings

TEXT = ('Rebels of the "Red & Blue" <Front> said they shelled the \x0bport of Umm Qarn in May 2015, killing 3 to 5. '
        "The Army blamed the Front; the Lions denied it. The Front may strike Zor next. "
        "The Lions are rivals of the Front.")


@pytest.fixture(scope="session")
def sample_store(sample_workspace: Path) -> Iterator[GraphStore]:
    """The graph of the sample reports, as the real extractor reads them."""
    with open_graph(sample_workspace) as store:
        yield store


@pytest.fixture(scope="session")
def sample_picture(sample_store: GraphStore) -> Picture:
    """What is drawn of the sample graph."""
    return draw(sample_store)


@pytest.fixture(scope="session")
def sample_gexf(sample_store: GraphStore, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample graph as a GEXF file."""
    path = tmp_path_factory.mktemp("gexf") / "sample.gexf"
    EXPORTERS["gexf"].write(sample_store, path)
    return path


@pytest.fixture
def odd_store(settings: Settings, told: Callable[[Extraction, Knowledge], Iterator[Triple]]) -> Iterator[GraphStore]:
    """A claimed and attributed attack, a denial, a planned strike, a rivalry; its text has marks that XML forbids."""
    with GraphStore.open() as store:
        store.load_ontology(settings.ontology)
        store.fill(told(odd_extraction(), Knowledge(ontology=load_ontology(settings))))
        yield store


def odd_extraction() -> Extraction:
    front = Entity(id="g1", kind=Kind.GROUP, name='"Red & Blue" <Front>')
    lions = Entity(id="g2", kind=Kind.GROUP, name="Lions")
    port = Entity(id="p1", kind=Kind.PLACE, name="Umm\x0bQarn")
    shelling = Event(
        id="e1", type="RocketOrDroneAttack", status="asserted", triggers=(_anchor("shelled"),),
        date=When(earliest="2015-05-01", latest="2015-05-31", precision="month", text="May 2015"), places=("m3",),
        actors=(_actor("g1", "claimed", "Rebels"), _actor("g1", "attributed", "The Army blamed"),
                _actor("g2", "denied", "the Lions denied")),
        casualties=(Casualties(outcome="killed", side="victims", min=3, max=5, start=_span("killing").start,
                               end=_span("3 to 5").end, text="killing 3 to 5"),),
        evidence=(_span(TEXT[:TEXT.index(".") + 1]),), rules=("test",), confidence=0.9)
    planned = Event(id="e2", type="Attack", status="planned", triggers=(_anchor("strike"),),
                    evidence=(_span("The Front may strike Zor next."),), rules=("test",), confidence=0.5)
    rivalry = Relation(id="r1", subject="g2", predicate="rivalOf", object="g1", status="asserted", rule="test",
                       evidence=_span("The Lions are rivals of the Front."), confidence=0.8)
    return Extraction(
        document=Document(id="0" * 64, source="odd.txt", text=TEXT), entities=(front, lions, port),
        mentions=(_mention("m1", "g1", '"Red & Blue" <Front>', Kind.GROUP), _mention("m2", "g2", "Lions", Kind.GROUP),
                  _mention("m3", "p1", "Umm Qarn", Kind.PLACE)),
        events=(shelling, planned), relations=(rivalry,))


def _span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start=start, end=start + len(words))


def _anchor(words: str) -> Anchor:
    span = _span(words)
    return Anchor(start=span.start, end=span.end, text=words)


def _actor(entity: str, status: str, words: str) -> Actor:
    return Actor(entity=entity, role="perpetrator", status=status, evidence=_span(words), rule="test", confidence=0.9)


def _mention(name: str, entity: str, words: str, kind: Kind) -> Mention:
    span = _span(words)
    return Mention(id=name, start=span.start, end=span.end, text=words, entity=entity, kind=kind)
