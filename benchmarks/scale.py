"""What so many documents cost: makes up reports, keeps, resolves and writes them, adds one more, and asks.

`benchmarks/reports.py` makes the reports. With ten times the documents come ten times the years, as they do for those
who collect them, or with `--dense` so many times the documents a day. Extraction is left out; it costs the same for
each document (`benchmarks/speed.py`). Prints how well the truth was found, too: B-cubed precision and recall of events.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from reports import REPORTS_A_DAY, Made, Maker

from kg.graph.nodes import local_names
from kg.pipeline import Toolbox, bring_up_to_date, open_graph
from kg.pipeline.applying import Applied
from kg.pipeline.graphing import update_graph
from kg.pipeline.judgements import doubts
from kg.pipeline.resolving import resolve
from kg.workspace import Workspace

QUERY = "SELECT ?group (COUNT(?attack) AS ?attacks) { ?group kg:claims ?attack } GROUP BY ?group"


def timed(what: str, work: object, *arguments: object) -> float:
    """Do it and print its seconds of processor time and the most memory so far."""
    begin, clock = time.process_time(), time.monotonic()
    work(*arguments)  # type: ignore[operator]
    used, memory = time.process_time() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {what:12} {used:9.1f} s CPU {time.monotonic() - clock:9.1f} s {memory:8.0f} MB", flush=True)
    return used


def save(workspace: Workspace, made: Iterable[Made]) -> None:
    with workspace.batches() as step:
        for one in made:
            workspace.save(one.extraction, "made")
            step()


def found(workspace: Workspace, made: Iterable[Made]) -> str:
    """How well the events of the reports were brought together."""
    of: dict[str, tuple[str, str]] = {}
    for one in made:
        things, names = workspace.things.resolved(one.extraction.document.id), local_names(one.extraction)
        of.update((names[event], (things.get(names[event], names[event]), attack))
                  for event, attack in one.truth.items())
    things, attacks, both = Counter(t for t, _ in of.values()), Counter(a for _, a in of.values()), Counter(of.values())
    precision = sum(number ** 2 / things[thing] for (thing, _), number in both.items()) / len(of)
    recall = sum(number ** 2 / attacks[attack] for (_, attack), number in both.items()) / len(of)
    return f"{len(attacks):,} attacks in {len(of):,} events: B-cubed {100 * precision:.1f} / {100 * recall:.1f}"


def size(folder: Path) -> float:
    """Megabytes on disk; hard links count once."""
    files = {(state.st_dev, state.st_ino): state.st_size for state in (f.stat() for f in folder.rglob("*"))}
    return sum(files.values()) / 1e6


def measure(tools: Toolbox, folder: Path, count: int, dense: int) -> float:
    """Do all there is to do with so many documents and one more, which is of the midst of the time."""
    print(f"{count:,} documents" + (f", {dense} times as dense" if dense > 1 else ""))
    maker = Maker(tools, a_day=REPORTS_A_DAY * dense)
    with Workspace.open(folder, write=True) as workspace:
        total = timed("save", save, workspace, kept(maker, count))
        total += timed("resolve", resolve, workspace, tools, print)
        total += timed("graph", update_graph, workspace, tools, print, Applied(workspace))
    print(f"  {'total':12} {total:9.1f} s CPU; {size(folder):,.0f} MB on disk", flush=True)
    with Workspace.open(folder, write=True) as workspace:
        save(workspace, [left_out(maker, count)])
        timed("one more", bring_up_to_date, workspace, tools, print)
        print("  " + found(workspace, kept(maker, count)))
    timed("merges", lambda: list(doubts(folder, limit=20)))
    timed("query", lambda: open_graph(folder).query(QUERY))
    return total


def left_out(maker: Maker, count: int) -> Made:
    week = count // (14 * maker.a_day)
    made = maker.week(week)
    return made[len(made) // 2]


def kept(maker: Maker, count: int) -> Iterable[Made]:
    out = left_out(maker, count).extraction.document.id
    return (one for one in maker.reports(count + 1) if one.extraction.document.id != out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=[1_000, 10_000])
    parser.add_argument("--dense", type=int, default=1, help="so many times the documents a day")
    arguments = parser.parse_args()
    tools = Toolbox()
    assert tools.knowledge.places
    assert tools.resolver
    last = 0.0
    for count in arguments.counts:
        folder = Path(tempfile.mkdtemp(prefix="scale-"))
        try:
            total = measure(tools, folder, count, arguments.dense)
        finally:
            shutil.rmtree(folder)
        print(f"  {total / last:.1f} times the time before\n" if last else "")
        last = total


if __name__ == "__main__":
    main()
