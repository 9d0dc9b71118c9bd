"""What so many documents cost: makes up reports, keeps, resolves and writes them, and adds one more.

The reports are made from templates of this file, three to an event on average, spread over towns and years: with ten
times the documents come ten times the years, as they do for those who collect them, or with `--dense` ten times the
documents a day. Extraction is left out; it costs the same for each document (`benchmarks/speed.py`).
"""

from __future__ import annotations

import argparse
import hashlib
import random
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from wordfreq import top_n_list

from kg.pipeline import Toolbox, bring_up_to_date
from kg.pipeline.graphing import update_graph
from kg.pipeline.resolving import resolve
from kg.placenames import Place, load_places
from kg.records import Actor, Anchor, Casualties, Document, Entity, Event, Extraction, Kind, Mention, Span, When
from kg.workspace import Workspace

TOWNS = (
    "Quetta", "Turbat", "Gwadar", "Khuzdar", "Peshawar", "Bannu", "Kohat", "Karachi", "Kabul", "Kandahar",
    "Jalalabad", "Herat", "Kunduz", "Ghazni", "Baghdad", "Mosul", "Tikrit", "Ramadi", "Kirkuk", "Baqubah",
    "Damascus", "Aleppo", "Idlib", "Raqqa", "Homs", "Maiduguri", "Damaturu", "Kaduna", "Jos", "Kano", "Mogadishu",
    "Kismayo", "Baidoa", "Gao", "Kidal", "Timbuktu", "Mopti", "Djibo", "Dori", "Ouahigouya", "Fada", "Diffa",
    "Tillaberi", "Niamey", "Bunia", "Beni", "Goma", "Butembo", "Sanaa", "Aden", "Taiz", "Marib", "Mukalla",
    "Marawi", "Cotabato", "Jolo", "Zamboanga", "Cali", "Popayan", "Cucuta", "Arauca", "Srinagar", "Imphal",
    "Kohima", "Raipur", "Sittwe", "Myitkyina", "Lashio", "Loikaw", "Pemba", "Nampula", "Garissa", "Mandera", "Lamu",
    "Sirte", "Derna", "Benghazi", "Sabha", "Arish", "Rafah", "Dagestan", "Grozny",
)
GROUPS = ("group:bla", "group:ttp", "group:islamic-state", "group:boko-haram", "group:al-shabaab", "group:jnim")
SYLLABLES = ("ba", "ri", "mo", "sha", "ku", "den", "ta", "gul", "zo", "rah", "ni", "ess", "wal", "ibo", "qa", "lam")
TARGETS = ("checkpoint", "convoy", "market", "school", "mosque", "bridge", "police station", "clinic", "barracks")
VERBS = ("attacked", "struck", "stormed", "raided", "assaulted", "besieged", "overran", "shelled", "ambushed")
SENTENCES = (
    "{group} {trigger} a {target} in {town} on {day}, killing {toll}, among them {victim}. ",
    "At least {toll} died on {day} when men of {group} {trigger} the {target} at {town}; {victim} was one of them. ",
    "{victim} lost his life as {group} {trigger} one {target} near {town}, officials told reporters: {toll} on {day}. ",
    "Residents of {town} buried {toll} after {group} {trigger} their {target} on {day}. They mourned {victim} most. ",
    "Shortly before noon on {day} {group} {trigger} a crowded {target}. In {town} that cost {toll} and {victim} dear. ",
    "The death of {victim} and {toll} in {town} is the work of {group}, which {trigger} its {target} on {day}. ",
)
CLASSES = ("Bombing", "ArmedAssault", "SuicideBombing", "RocketOrDroneAttack", "Ambush")
COMMONEST, RANKS = 800, 25_000
DOCUMENTS_A_DAY, FIRST_DAY = 30, date(2000, 1, 1)


class Maker:
    """Makes reports from templates; the same number gives the same reports."""

    def __init__(self, tools: Toolbox, count: int, *, dense: bool) -> None:
        self._days = max(30, (10_000 if dense else count) // DOCUMENTS_A_DAY)
        self._towns = towns(tools)
        # Ordinary English below the commonest words; a word comes as often as its rank tells (Zipf).
        self._words = top_n_list("en", RANKS)[COMMONEST:]

    def extraction(self, number: int) -> Extraction:
        """One report: the event is the same for about three in a row, the words are each report's own."""
        event, own = random.Random(number // 3), random.Random(f"report {number}")
        town, day = event.choice(self._towns), FIRST_DAY + timedelta(event.randrange(self._days))
        group, victim = event.choice(GROUPS), f"{_name(event)} {_name(event)}"
        target, kind, killed = event.choice(TARGETS), event.choice(CLASSES), event.randrange(1, 40)
        killed = max(1, killed + own.choice((0, 0, 0, 1, -1, 3)))
        words = [*self._some(event, 25), *self._some(own, 25)]
        parts = {"group": group.partition(":")[2].replace("-", " ").title(), "trigger": event.choice(VERBS),
                 "target": target, "town": town.name, "toll": f"{killed} people", "victim": victim,
                 "day": f"{day:%A}, {day:%-d} {day:%B}"}
        text = (own.choice(SENTENCES).format(**parts)
                + f"There was talk of {' and '.join(words)}, as witness {number} said.")
        published = (day + timedelta(own.choice((0, 1, 1, 2)))).isoformat()
        document = Document(id=hashlib.sha256(text.encode()).hexdigest(), source=f"made/{number}", published=published,
                            publisher=f"outlet {own.randrange(50)}", text=text, cleaner="none")
        return _extraction(document, parts, town, day.isoformat(), group, kind, killed)


    def _some(self, chance: random.Random, count: int) -> list[str]:
        return [self._words[int(COMMONEST * (RANKS / COMMONEST) ** chance.random()) - COMMONEST] for _ in range(count)]


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.choice((2, 2, 3)))).title()


def _extraction(document: Document, parts: dict[str, str], town: Place, date_of: str, group: str, kind: str,
                killed: int) -> Extraction:
    found = {name: Span(start=document.text.index(words), end=document.text.index(words) + len(words))
             for name, words in parts.items()}
    whole = Span(start=0, end=document.text.index(". "))
    entities = (Entity(id="x1", kind=Kind.GROUP, name=parts["group"], link=group),
                Entity(id="x2", kind=Kind.PLACE, name=town.name, link=town.id),
                Entity(id="x3", kind=Kind.PERSON, name=parts["victim"]))
    named = (("m1", "group", "x1", Kind.GROUP), ("m2", "town", "x2", Kind.PLACE), ("m3", "victim", "x3", Kind.PERSON),
             ("m4", "target", None, Kind.FACILITY))
    mentions = tuple(Mention(id=name, start=found[part].start, end=found[part].end, text=parts[part], entity=entity,
                             kind=what) for name, part, entity, what in named)
    day, toll, trigger = found["day"], found["toll"], found["trigger"]
    event = Event(
        id="e1", type=kind, status="asserted", places=("m2",), targets=("m4",), victims=("x3",), country=town.country,
        triggers=(Anchor(start=trigger.start, end=trigger.end, text=parts["trigger"]),), evidence=(whole,),
        date=When(earliest=date_of, latest=date_of, precision="day", text=parts["day"], start=day.start,
                  end=day.end),
        actors=(Actor(entity="x1", role="perpetrator", status="claimed", evidence=whole, rule="made", confidence=0.9),),
        casualties=(Casualties(outcome="killed", side="victims", min=killed, max=killed, start=toll.start, end=toll.end,
                               text=parts["toll"]),),
        rules=("made",), confidence=0.9)
    return Extraction(document=document, mentions=mentions, entities=entities, events=(event,))


def towns(tools: Toolbox) -> list[Place]:
    """The towns named above."""
    places = load_places(tools.settings)
    return [place for name in TOWNS for place in places.named(name)[:1]]


def documents(maker: Maker, count: int) -> Iterator[Extraction]:
    return (maker.extraction(number) for number in range(count))


def timed(what: str, work: object, *arguments: object) -> float:
    """Do it and print its seconds of processor time and the most memory so far."""
    begin, clock = time.process_time(), time.monotonic()
    work(*arguments)  # type: ignore[operator]
    used, memory = time.process_time() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {what:12} {used:9.1f} s CPU {time.monotonic() - clock:9.1f} s {memory:8.0f} MB", flush=True)
    return used


def save(workspace: Workspace, extractions: Iterator[Extraction]) -> None:
    with workspace.batches() as step:
        for extraction in extractions:
            workspace.save(extraction, "made")
            step()


def size(folder: Path) -> float:
    """Megabytes on disk; hard links count once."""
    files = {(state.st_dev, state.st_ino): state.st_size for state in (f.stat() for f in folder.rglob("*"))}
    return sum(files.values()) / 1e6


def measure(tools: Toolbox, folder: Path, count: int, *, dense: bool) -> float:
    print(f"{count:,} documents" + (", ten times as dense" if dense else ""))
    maker = Maker(tools, count, dense=dense)
    with Workspace.open(folder, write=True) as workspace:
        total = timed("save", save, workspace, documents(maker, count))
        total += timed("resolve", resolve, workspace, tools, print)
        from kg.pipeline.applying import Applied

        total += timed("graph", update_graph, workspace, tools, print, Applied(workspace))
    print(f"  {'total':12} {total:9.1f} s CPU; {size(folder):,.0f} MB on disk")
    with Workspace.open(folder, write=True) as workspace:
        save(workspace, iter([maker.extraction(count + 1)]))
        timed("one more", bring_up_to_date, workspace, tools, print)
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=[1_000, 10_000])
    parser.add_argument("--dense", action="store_true", help="keep the years of 10,000 documents whatever the number")
    arguments = parser.parse_args()
    tools = Toolbox()
    assert tools.knowledge.places
    assert tools.resolver
    last = 0.0
    for count in arguments.counts:
        folder = Path(tempfile.mkdtemp(prefix="scale-"))
        try:
            total = measure(tools, folder, count, dense=arguments.dense)
        finally:
            shutil.rmtree(folder)
        print(f"  {total / last:.1f} times the time before\n" if last else "")
        last = total


if __name__ == "__main__":
    main()
