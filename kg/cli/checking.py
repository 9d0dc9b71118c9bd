"""Commands that check: validate the graph, examine the installation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from kg.cli.output import CHECK_FAILED, WORKSPACE, WorkspaceOption, note, table

if TYPE_CHECKING:
    from kg.graph.validate import Note

_MOST_NOTES = 20


def validate(workspace: WorkspaceOption = WORKSPACE) -> None:
    """Check the graph against the ontology's rules.

    Ends with code 4, and a list of what is wrong and where, if a rule is broken. Events on which accounts exclude
    each other are listed on standard error: that is what the sources say, not an error of the graph. A warning marks
    documents whose own sums do not fit.
    """
    from kg.graph.validate import validate as validate_graph
    from kg.graph.vocabulary import compact
    from kg.pipeline import open_graph
    from kg.settings import Settings

    with open_graph(workspace) as store:
        report = validate_graph(store, Settings().ontology)
    _print_notes(report.notes)
    if report.conforms:
        print(f"{report.triples} triples checked: every rule is kept")
        return
    rows = [[compact(found.node), compact(found.path or ""), compact(found.value or ""), found.message]
            for found in report.violations]
    table(["thing", "property", "value", "what is wrong"], rows)
    print(f"{report.triples} triples checked: {len(rows)} rules broken")
    raise typer.Exit(CHECK_FAILED)


def _print_notes(notes: Sequence[Note]) -> None:
    for one in notes[:_MOST_NOTES]:
        note(f"{'warning' if one.warning else 'note'}: {one.label}: {one.reason}")
    if len(notes) > _MOST_NOTES:
        note(f"… and {len(notes) - _MOST_NOTES} more: kg query contested-events")


def doctor(workspace: WorkspaceOption = WORKSPACE) -> None:
    """Check the installation, and say what to do.

    Looks at Python, packages, language model, seeds, places, ontology, cache and workspace; ends with code 4 if
    something is not well.
    """
    from kg.cli.examination import examine
    from kg.settings import Settings

    findings = examine(Settings(), workspace)
    table(["", "what", "found", "to do"],
          [["ok" if one.ok else "NO", one.what, one.found, one.mend] for one in findings])
    if not all(one.ok for one in findings):
        raise typer.Exit(CHECK_FAILED)
