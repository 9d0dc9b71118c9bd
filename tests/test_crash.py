"""A build that is killed at any moment loses nothing: the next one ends with the graph of a build left in peace.

`KG_KILLS` sets how many builds are killed, each of 500 documents; without it a few shorter ones are. `KG_KILLS_SEED`
gives other moments, so that several processes can share the work; with a live log every kill is told:
`KG_KILLS=13 KG_KILLS_SEED=7 pytest tests/test_crash.py -k killed -o log_cli=true -o log_cli_level=INFO`.
"""

from __future__ import annotations

import logging
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from normalform import triples

from kg.graph.knowledge import Knowledge
from kg.pipeline import Toolbox, build, remove
from kg.pipeline.workers import Extracts
from kg.records import Actor, Anchor, Casualties, Document, Entity, Event, Extraction, Kind, Mention, Span, When
from kg.settings import Settings

log = logging.getLogger(__name__)

KILLS = int(os.environ.get("KG_KILLS", "5"))
SEED = int(os.environ.get("KG_KILLS_SEED", "4"))
DOCUMENTS = 500 if "KG_KILLS" in os.environ else 60
TOWNS = tuple(f"{start}{end}" for start in ("Tarwal", "Bezun", "Okar", "Shelm", "Udra", "Minj")
              for end in ("abad", "kot", "pur", "gram", "shahr", "dera"))
GROUPS = ("Northern Lions", "Sons of the River", "Free Hills Brigade", "Black Banner")


def text_of(number: int) -> str:
    """One of some three reports of an attack."""
    chance = random.Random(number // 3)
    day, town, group = chance.randrange(1, 28), chance.choice(TOWNS), chance.choice(GROUPS)
    month, killed = chance.randrange(1, 13), chance.randrange(40) + number % 2
    target = chance.choice(("checkpoint", "convoy", "bakery", "school", "bridge", "clinic", "warehouse"))
    return (f"---\npublished: 2019-{month:02}-{day + 1:02}\n---\nThe {group} attacked a {target} in {town}"
            f" on 2019-{month:02}-{day:02}, killing {killed} people. Report {number}.")


def report(document: Document) -> Extraction:
    """What `text_of` says."""
    text = document.text
    if " attacked a " not in text:
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


TOOLS = TemplateToolbox()


def written(folder: Path, count: int) -> list[str]:
    """The folder of so many reports."""
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:04}.txt").write_text(text_of(number))
    return [str(folder)]


def build_once(workspace: str, *paths: str) -> None:
    """What the killed process does."""
    build(workspace, paths, tools=TOOLS, jobs=1)


PROGRAM = ("import sys; sys.path.insert(0, {folder!r}); from test_crash import TOOLS, build_once; TOOLS.resolver;"
           " print('loaded', flush=True); build_once(*sys.argv[1:])")


def test_a_killed_build_is_made_up_for(tmp_path: Path) -> None:
    """Builds of a new workspace, and of one that has half of the documents, killed once or twice and then finished.

    Equal to the last IRI: nothing has a name before all documents of a build are known.
    """
    [folder] = written(tmp_path / "reports", DOCUMENTS)
    none, half = tmp_path / "none", tmp_path / "half"
    none.mkdir()
    build_once(str(half), *sorted(map(str, Path(folder).iterdir()))[::2])
    seconds, graph = {}, {}
    for start in (none, half):
        seconds[start], graph[start] = undisturbed(start, tmp_path / "whole", folder)
    assert any(b"isReplacedBy" in line for line in graph[none])
    chance, killed, workspace = random.Random(SEED), 0, tmp_path / "w"
    for turn in range(4 * KILLS):
        start = (none, half)[turn % 2]
        shutil.copytree(start, workspace)
        for _ in range(chance.choice((1, 1, 2))):
            after = chance.uniform(0, seconds[start])
            if not is_killed(workspace, folder, after):
                seconds[start] = max(after, seconds[start] * 0.8)
                break
            killed += 1
        build_once(str(workspace), folder)
        found = set(triples(workspace))
        log.info("%s killed, the last after %.2f of %.2f s (%s)", killed, after, seconds[start], start.name)
        assert (sorted(found - graph[start]), sorted(graph[start] - found)) == ([], []), f"turn {turn}"
        shutil.rmtree(workspace)
        if killed >= KILLS:
            return
    raise AssertionError(f"only {killed} of {KILLS} builds were killed before they ended")


def undisturbed(start: Path, workspace: Path, folder: str) -> tuple[float, set[bytes]]:
    """How long a build in peace takes once everything is loaded, and the graph that it makes."""
    shutil.copytree(start, workspace)
    with run(workspace, folder) as process:
        begin = time.monotonic()
        assert process.wait() == 0
    seconds, graph = time.monotonic() - begin, set(triples(workspace))
    shutil.rmtree(workspace)
    return seconds, graph


def is_killed(workspace: Path, folder: str, after: float) -> bool:
    """Build, and kill that after so many seconds unless it has ended."""
    with run(workspace, folder) as process:
        try:
            assert process.wait(timeout=after) == 0
        except subprocess.TimeoutExpired:
            process.kill()
    return process.returncode == -signal.SIGKILL


def run(workspace: Path, folder: str) -> subprocess.Popen[bytes]:
    """A process that builds, as soon as it has loaded everything."""
    program = PROGRAM.format(folder=str(Path(__file__).parent))
    process = subprocess.Popen([sys.executable, "-c", program, str(workspace), folder], stdout=subprocess.PIPE)
    assert process.stdout
    assert process.stdout.readline() == b"loaded\n"
    return process


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
