"""The graph is a function of the documents and of what people decided, whichever way these came and went.

Real reports as the real extractor and resolver read them. `KG_ORDERS` sets how many orders are tried, of all reports
for merging; without it a few are, of twenty.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import pytest
from normalform import facts, forwardings

from kg.pipeline import Toolbox, build, extract, open_graph, remove
from kg.pipeline.judgements import doubts
from kg.pipeline.reviewing import Author, judge, listed, merge, split, take_in, undo, written_out
from kg.records import Document, Extraction
from kg.reviews import Verb

ORDERS = int(os.environ.get("KG_ORDERS", "4"))
LONG = "KG_ORDERS" in os.environ
MERGING = Path(__file__).parent / "merging"
SETS = ("reports", "second/reports", "lookalikes/reports") if LONG else ("reports",)
FILES = [str(file) for name in SETS for file in sorted((MERGING / name).iterdir())][:None if LONG else 20]
MIRA = Author("Mira", "read both")


class ReadBefore:
    """Gives what was read before."""

    def __init__(self, extractions: Iterable[Extraction]) -> None:
        self._known = {extraction.document.id: extraction for extraction in extractions}

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        return (self._known[document.id] for document in documents)


class Read:
    """The reports, read once, and tools that know what they say."""

    def __init__(self, toolbox: Toolbox) -> None:
        extractions = list(extract(FILES, tools=toolbox))
        self.ids = {file: one.document.id for file, one in zip(FILES, extractions, strict=True)}
        self.tools = Toolbox()
        self.tools.__dict__.update(toolbox.__dict__, extractor=ReadBefore(extractions), version="read before")

    def build(self, workspace: Path, files: Sequence[str], at_once: int = len(FILES)) -> Path:
        """Build a workspace by so many files at a time."""
        for start in range(0, len(files), at_once):
            build(workspace, files[start:start + at_once], tools=self.tools, jobs=1)
        return workspace

    def remove(self, workspace: Path, file: str) -> None:
        remove(workspace, [self.ids[file]], tools=self.tools)


@pytest.fixture(scope="module")
def read(toolbox: Toolbox) -> Read:
    return Read(toolbox)


@pytest.fixture(scope="module")
def whole(read: Read, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace built in one go."""
    return read.build(tmp_path_factory.mktemp("orders") / "whole", FILES)


@pytest.fixture(scope="module")
def reviewed(read: Read, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A workspace in which somebody decided much, and a file of what was decided."""
    folder = tmp_path_factory.mktemp("reviewed")
    decide(read.build(folder / "w", FILES), read.tools)
    (folder / "reviews.jsonl").write_text("\n".join(written_out(folder / "w")))
    return folder / "w", str(folder / "reviews.jsonl")


def decide(work: Path, tools: Toolbox) -> None:
    """Join the likeliest things that are not one and part the unlikeliest that are, and judge statements."""
    for kind in ("event", "story", "person"):
        for doubt in islice(doubts(work, made=False, kind=kind), 2):
            merge(work, doubt.left.iri, doubt.right.iri, MIRA, tools=tools)
        for doubt in islice(doubts(work, made=True, kind=kind), 1):
            split(work, doubt.left.iri, [doubt.left.source], MIRA, tools=tools)
    merge(work, first(work, "?a a kg:Person . FILTER(CONTAINS(STR(?a), '/person/')) ?a rdfs:label ?b"), "group:bla",
          MIRA, tools=tools)
    for verb, predicate, value in ((Verb.REJECT, "locatedIn", None), (Verb.REJECT, "eventClass", None),
                                   (Verb.CORRECT, "toll", "7"), (Verb.CORRECT, "date", "2025-03-01"),
                                   (Verb.REJECT, "claims", None), (Verb.ACCEPT, "victim", None)):
        name = "rdf:type" if predicate == "eventClass" else f"kg:{predicate}"
        node = first(work, f"?a rdf:predicate {name} ; kg:status kg:Asserted ; rdf:object ?b")
        judge(work, verb, [node], MIRA, value=value, tools=tools)
    undo(work, None, MIRA, tools=tools)


def first(work: Path, pattern: str) -> str:
    with open_graph(work) as store:
        answer = store.query(f"SELECT ?a WHERE {{ {pattern} }} ORDER BY ?a LIMIT 1")
    return str(answer.rows[0][0])  # type: ignore[union-attr]


def differences(found: Path, expected: Path) -> tuple[list[bytes], list[bytes]]:
    one, other = facts(found), facts(expected)
    return sorted(one - other), sorted(other - one)


def shuffled(files: Sequence[str], seed: int) -> list[str]:
    return random.Random(seed).sample(files, len(files))


@pytest.mark.parametrize("seed", range(ORDERS))
def test_the_order_of_reports_decides_nothing(seed: int, read: Read, whole: Path, tmp_path: Path) -> None:
    """One by one, in one go, by sevens and by random numbers."""
    at_once = (1, len(FILES), 7, random.Random(seed).randrange(2, 20))[seed % 4]
    parts = read.build(tmp_path / "parts", shuffled(FILES, seed), at_once)
    assert differences(parts, whole) == ([], [])
    led, must = forwardings(parts)
    assert led == must
    assert must


def test_what_is_removed_leaves_the_graph_of_what_stays(read: Read, tmp_path: Path) -> None:
    """After every removal, or after some; in the end nothing is left but what an empty workspace has."""
    files = shuffled(FILES, 7)
    work, nothing = read.build(tmp_path / "w", files), read.build(tmp_path / "nothing", files[:1])
    read.remove(nothing, files[0])
    looked_at = range(1, len(files)) if LONG else (5, 12, 17)
    for number, file in enumerate(shuffled(files, 8), 1):
        read.remove(work, file)
        if number in looked_at:
            left = [one for one in FILES if one in shuffled(files, 8)[number:]]
            assert differences(work, read.build(tmp_path / f"{number}", left)) == ([], []), number
    assert facts(work) == facts(nothing)
    assert not any(b"/document/" in line or b"/event/" in line for line in facts(work))


@pytest.mark.parametrize("seed", range(ORDERS // 2))
def test_what_people_decided_holds_whenever_it_comes(seed: int, read: Read, reviewed: tuple[Path, str], whole: Path,
                                                     tmp_path: Path) -> None:
    """Taken in among the reports; undone again, there is the graph that nobody had reviewed."""
    expected, reviews = reviewed
    files = shuffled(FILES, seed)
    before = random.Random(seed).randrange(1, len(files))
    work = read.build(tmp_path / "w", files[:before], 5)
    take_in(work, reviews, told, tools=read.tools)
    read.build(work, files[before:], 5)
    assert differences(work, expected) == ([], [])
    while force(work):
        undo(work, None, MIRA, tools=read.tools)
    assert differences(work, whole) == ([], [])


def force(work: Path) -> int:
    """How many reviews are in force."""
    return sum(row.standing != "undone" and row.review.verb is not Verb.UNDO for row in listed(work))


def told(problem: object) -> None:
    raise AssertionError(problem)


COPIES = {"a.txt": "2024-03-05", "b.txt": "2024-03-04", "c.txt": "2024-03-09", "d.txt": None}


@pytest.mark.parametrize("at_once", [1, 4])
@pytest.mark.parametrize("names", ["abcd", "dcba", "cadb", "bdac"])
def test_which_copy_of_a_text_came_first_decides_nothing(names: str, at_once: int, toolbox: Toolbox, tmp_path: Path
                                                         ) -> None:
    """The one published first is the document, and "yesterday" is the day before that."""
    for name, day in COPIES.items():
        head = f"---\npublished: {day}\n---\n" if day else ""
        (tmp_path / name).write_text(f"{head}Gunmen killed three soldiers in Quetta yesterday, police said.\n")
    files = [str(tmp_path / f"{name}.txt") for name in names]
    for start in range(0, len(files), at_once):
        build(tmp_path / "w", files[start:start + at_once], tools=toolbox, jobs=1)
    build(tmp_path / "w", files[::-1], tools=toolbox, jobs=1)
    assert first(tmp_path / "w", "?e kg:date ?a ; kg:killedBest ?b") == "2024-03-03"
    assert sum(b"/copy/" in line and b"ontology#copyOf>" in line for line in facts(tmp_path / "w")) == 3
    build(tmp_path / "one", sorted(files), tools=toolbox, jobs=1)
    assert differences(tmp_path / "w", tmp_path / "one") == ([], [])
