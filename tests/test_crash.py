"""A build that is killed at any moment loses nothing: the next one ends with the graph of a build left in peace.

`KG_KILLS` sets how many builds are killed; 200 take a quarter of an hour.
"""

from __future__ import annotations

import io
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.graph.knowledge import Knowledge
from kg.pipeline import Toolbox, build, open_graph, remove
from kg.pipeline.workers import Extracts
from kg.records import Actor, Anchor, Casualties, Document, Entity, Event, Extraction, Kind, Mention, Span, When
from kg.settings import Settings

DOCUMENTS = 500
KILLS = int(os.environ.get("KG_KILLS", "6"))
TOWNS = tuple(f"Tarwal{end}" for end in ("abad", "kot", "pur", "gram", "shahr", "dera"))
GROUPS = ("Northern Lions", "Sons of the River", "Free Hills Brigade", "Black Banner")


def text_of(number: int) -> str:
    """One of some three reports of an attack."""
    chance = random.Random(number // 3)
    day, town, group = chance.randrange(1, 28), chance.choice(TOWNS), chance.choice(GROUPS)
    month, killed = chance.randrange(1, 13), chance.randrange(40) + number % 2
    return (f"The {group} attacked a checkpoint in {town} on 2019-{month:02}-{day:02}, killing {killed} people."
            f" Report {number}.")


def report(document: Document) -> Extraction:
    """What `text_of` says."""
    text = document.text
    if " attacked a checkpoint in " not in text:
        return Extraction(document=document)
    group, town = text[4:text.index(" attacked")], text[text.index(" in ") + 4:text.index(" on ")]
    day, killed = text[text.index("2019-"):][:10], text[text.index("killing ") + 8:text.index(" people")]
    places = {words: (text.index(words), text.index(words) + len(words))
              for words in (group, "attacked", town, day, f"{killed} people", text[:text.index(".")])}
    whole = Span(start=0, end=text.index("."))
    mentions = tuple(Mention(id=f"m{turn}", start=places[words][0], end=places[words][1], text=words,
                             entity=f"x{turn}", kind=kind)
                     for turn, (words, kind) in enumerate(((group, Kind.GROUP), (town, Kind.PLACE))))
    start, end = places[f"{killed} people"]
    event = Event(
        id="e1", type="Attack", status="asserted", evidence=(whole,), rules=("attack.verb",), confidence=0.9,
        triggers=(Anchor(start=places["attacked"][0], end=places["attacked"][1], text="attacked"),), places=("m1",),
        date=When(earliest=day, latest=day, precision="day", text=day, start=places[day][0], end=places[day][1]),
        actors=(Actor(entity="x0", role="perpetrator", status="stated", evidence=whole, rule="attack.verb"),),
        casualties=(Casualties(outcome="killed", side="victims", min=int(killed), max=int(killed), start=start, end=end,
                               text=text[start:end]),))
    entities = (Entity(id="x0", kind=Kind.GROUP, name=group), Entity(id="x1", kind=Kind.PLACE, name=town))
    return Extraction(document=document, mentions=mentions, entities=entities, events=(event,))


class TemplateExtractor:
    """Reads the reports written here."""

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        return map(report, documents)


def load_templates() -> Extracts:
    return TemplateExtractor()


class TemplateToolbox(Toolbox):
    """Real ontology, resolution and graph over reports written here."""

    def __init__(self, settings: Settings | None = None) -> None:
        super().__init__(settings)
        self.__dict__.update(extractor=TemplateExtractor(), version="templates",
                             knowledge=Knowledge(ontology=self._ontology))


def written(folder: Path, count: int) -> list[str]:
    """The reports as files; some are replaced by others later."""
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:04}.txt").write_text(text_of(number))
    return [str(folder)]


def triples(workspace: Path) -> list[bytes]:
    stream = io.BytesIO()
    with open_graph(workspace) as store:
        store.dump("ntriples", stream)
    return sorted(stream.getvalue().splitlines())


def build_once(workspace: str, *paths: str) -> None:
    """What the killed process does."""
    build(workspace, paths, tools=TemplateToolbox(), jobs=1)


PROGRAM = "import sys; sys.path.insert(0, {folder!r}); from test_crash import build_once; build_once(*sys.argv[1:])"


def test_a_killed_build_is_made_up_for(tmp_path: Path) -> None:
    paths = written(tmp_path / "reports", DOCUMENTS)
    start = time.monotonic()
    run(tmp_path / "undisturbed", paths).wait()
    seconds = time.monotonic() - start
    expected = triples(tmp_path / "undisturbed")
    assert any(b"isReplacedBy" in line for line in expected)
    chance, killed = random.Random(4), 0
    for turn in range(1, KILLS + 1):
        workspace = tmp_path / f"disturbed{turn % 2}" if killed % 4 else tmp_path / f"fresh{turn}"
        with run(workspace, paths) as process:
            time.sleep(chance.uniform(0.2, seconds))
            process.send_signal(signal.SIGKILL)
        killed += process.returncode == -signal.SIGKILL
        build(workspace, paths, tools=TemplateToolbox(), jobs=1)
        assert triples(workspace) == expected
    assert killed > KILLS // 2


def run(workspace: Path, paths: list[str]) -> subprocess.Popen[bytes]:
    program = PROGRAM.format(folder=str(Path(__file__).parent))
    return subprocess.Popen([sys.executable, "-c", program, str(workspace), *paths])


def test_removing_every_document_leaves_no_facts(tmp_path: Path) -> None:
    paths, tools = written(tmp_path / "reports", 24), TemplateToolbox()
    empty = tmp_path / "empty"
    (tmp_path / "quiet.txt").write_text("Nothing happened.")
    build(empty, [str(tmp_path / "quiet.txt")], tools=tools)
    remove(empty, [str(tmp_path / "quiet.txt")], tools=tools)
    workspace = tmp_path / "w"
    build(workspace, paths, tools=tools)
    assert len(triples(workspace)) > len(triples(empty)) + 24
    names = sorted(str(file) for file in Path(paths[0]).iterdir())
    random.Random(1).shuffle(names)
    for name in names:
        remove(workspace, [name], tools=tools)
    assert triples(workspace) == triples(empty)


def test_documents_one_by_one_give_the_facts_of_all_in_one_go(tmp_path: Path) -> None:
    [folder], tools = written(tmp_path / "reports", 12), TemplateToolbox()
    build(tmp_path / "whole", [folder], tools=tools)
    for file in sorted(Path(folder).iterdir()):
        build(tmp_path / "parts", [str(file)], tools=tools)
    assert triples(tmp_path / "parts") == triples(tmp_path / "whole")
