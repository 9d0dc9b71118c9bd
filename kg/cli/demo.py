"""The command that builds a graph of the sample reports and shows what is in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.accounts import print_accounts
from kg.cli.answers import readable
from kg.cli.output import Problems, heading, progress, table

if TYPE_CHECKING:
    from kg.graph.saved import SavedQuery
    from kg.graph.store import GraphStore
    from kg.graph.terms import Table

_QUESTIONS = ("claimed-attacks", "contested-events", "contested-attributions", "rival-tolls", "relations-of-group",
              "unclaimed-attacks")
_ROWS = 8
Cells = dict[str, str | None]


def demo(
    folder: Annotated[Path, typer.Option("--folder", metavar="FOLDER", help="Where to put everything.")] = Path("demo"),
) -> None:
    """Build and show a graph of the sample reports.

    Everything goes into ./demo: the workspace, and the graph as files for other programs.
    """
    from kg.graph.saved import saved_queries
    from kg.pipeline import Toolbox, build, open_graph

    tools, problems, workspace = Toolbox(), Problems(), folder / "workspace"
    with progress("build") as step:
        report = build(workspace, [str(tools.settings.seeds / "reports")], on_problem=problems, tools=tools,
                       on_document=lambda document: step(document.source))
    print(f"{report.documents} documents read ({report.new} new, {report.unchanged} known already)")
    saved = saved_queries()
    with open_graph(workspace) as store:
        _print_events(store, saved["events"])
        for name in _QUESTIONS:
            _print_question(store, saved[name], str(workspace))
        _print_merged(store, saved["events"])
        _print_files(store, folder)
    print(f"\nGo on: kg query --list, kg show NAME -w {workspace}, kg explain EVENT -w {workspace}")
    print(f"Correct it: kg merges -w {workspace}, kg split EVENT, kg reject ASSERTION, kg undo (docs/reviews.md)")
    problems.end()


def _print_events(store: GraphStore, events: SavedQuery) -> None:
    rows = [row for row in _table(store, events).records() if row["salience"] == "main"]
    heading(f"{len(rows)} events the documents report (older ones they look back to are left out here)")
    table(["date", "type", "place", "claimed by", "accused", "killed", "injured", "sources"],
          [[row["date"] or "", row["type"] or "", _where(row), row["claimedBy"] or "", _accused(row),
            _range(row, "killed"), _range(row, "injured"), row["sources"] or ""] for row in rows], wrap=True)


def _print_merged(store: GraphStore, events: SavedQuery) -> None:
    """The accounts, side by side, of an event that several reports tell of and that has exact counts."""
    from kg.graph.accounts import accounts_of
    from kg.graph.vocabulary import compact

    told = [row for row in _table(store, events).records() if int(row["sources"] or 0) > 1 and row["killedMax"]]
    if told:
        row = max(told, key=lambda one: (one["contested"] == "true", one["injuredMax"] is not None, one["event"] or ""))
        heading(f"One event in several reports: {row['type']}, {row['place']}, {row['date']}; {_range(row, 'killed')} "
                f"killed, {_range(row, 'injured')} injured ({compact(row['event'] or '')})")
        print_accounts(accounts_of(store, row["event"] or ""))


def _where(row: Cells) -> str:
    place, country = row["place"] or "", row["countryName"] or row["country"] or ""
    return place if country and country in place else ", ".join(part for part in (place, country) if part)


def _accused(row: Cells) -> str:
    """Those whom others name, and those who deny it."""
    return "; ".join(part for part in (row["accused"], row["denied"] and f"denied by {row['denied']}") if part)


def _range(row: Cells, outcome: str) -> str:
    """A count as "12", "13 (12-14)", "12 or more" or "up to 14", the best estimate first; empty if nothing is said."""
    low, best, high = row[f"{outcome}Min"], row[f"{outcome}Best"], row[f"{outcome}Max"]
    if low and high:
        return low if low == high else f"{best} ({low}-{high})" if best else f"{low}-{high}"
    return f"{low} or more" if low else f"up to {high}" if high else ""


def _print_question(store: GraphStore, question: SavedQuery, workspace: str) -> None:
    answer = _table(store, question)
    if not answer.rows:
        return
    shown = _in_words(answer)
    heading(f"{question.title} (kg query {question.name} -w {workspace})")
    table([answer.columns[column] for column in shown],
          [[readable(row[column]) for column in shown] for row in answer.rows[:_ROWS]], wrap=True)
    if len(answer.rows) > _ROWS:
        print(f"… and {len(answer.rows) - _ROWS} more")


def _in_words(answer: Table) -> list[int]:
    """The columns that hold words and numbers; the IRIs beside them say the same to programs."""
    from kg.graph.terms import Iri

    return [column for column in range(len(answer.columns))
            if not any(isinstance(row[column], Iri) for row in answer.rows)]


def _table(store: GraphStore, question: SavedQuery) -> Table:
    from kg.graph.terms import Table

    answer = question.run(store)
    return answer if isinstance(answer, Table) else Table(columns=(), rows=())


def _print_files(store: GraphStore, folder: Path) -> None:
    from kg.cli.exporting import exporters, write

    files = {"turtle": folder / "graph.ttl"}
    if "gexf" in exporters():
        files["gexf"] = folder / "graph.gexf"
    heading("Files")
    for form, file in files.items():
        write(store, str(file), form)
        print(f"{form:8}{file}")
