"""Commands that read documents: extract, build, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.output import WORKSPACE, Problems, WorkspaceOption, count, note, progress

if TYPE_CHECKING:
    from kg.pipeline import BuildReport

_FORMATS = "Files, folders, patterns or - for standard input; .txt .md .html .jsonl .csv."
Paths = Annotated[list[str], typer.Argument(metavar="PATH...", help=_FORMATS)]
Published = Annotated[str | None, typer.Option(
    "--published", metavar="DAY", help="Publication day (YYYY-MM-DD) of documents that name none.")]


def extract(paths: Paths, published: Published = None) -> None:
    """Print what each document asserts, as JSON Lines.

    One object per document: mentions, entities, events and relations, each with its place in the text.

    \b
    Examples:
      kg extract report.txt --published 2016-06-20
      kg extract reports/ > extractions.jsonl
      curl -s https://example.org/report.txt | kg extract -
    """
    from kg.pipeline import extract as extract_documents
    from kg.records import public_json

    day, problems = _day(published), Problems()
    with progress("extract") as step:
        for extraction in extract_documents(paths, published=day, on_problem=problems):
            print(public_json(extraction), flush=True)
            step(extraction.document.source)
    problems.end()


def build(
    paths: Annotated[list[str] | None, typer.Argument(metavar="[PATH...]", help=_FORMATS)] = None,
    workspace: WorkspaceOption = WORKSPACE,
    published: Published = None,
    everything: Annotated[bool, typer.Option(
        "--all", help="Also read again what an older version of the program or its tables read.")] = False,
    jobs: Annotated[int | None, typer.Option(
        "-j", "--jobs", metavar="N", min=1, help="Processes that read; as many as pay, if not given.")] = None,
    wait: Annotated[bool, typer.Option("--wait", help="Wait while another build uses the workspace.")] = False,
    keep_versions: Annotated[bool, typer.Option(
        "--keep-versions", help="Keep what a changed file said before, as a document of its own.")] = False,
) -> None:
    """Read documents into a workspace and its graph.

    Documents that are there already are passed over, so the same command can be given again after new files came.
    Without PATH what is there is brought up to date with the program and its tables.
    A text or page that was changed takes the place of its old version.
    Plain text may begin with lines like `published: 2016-06-20`, `source:`, `title:` and `publisher:` between two
    lines of three hyphens; JSON Lines and CSV have fields of these names.

    \b
    Examples:
      kg build reports/
      kg build "news/2016-*.jsonl" -w sahel
      kg build page.html notes.txt --published 2016-06-20
      kg build -w sahel
    """
    from kg.pipeline import build as build_graph

    day, problems = _day(published), Problems()
    with progress("build") as step:
        report = build_graph(workspace, paths or (), published=day, on_problem=problems,
                             on_document=lambda document: step(document.source), keep_versions=keep_versions,
                             everything=everything, jobs=jobs, wait=wait)
    _print_report(report, workspace)
    problems.end()


def _print_report(report: BuildReport, workspace: str) -> None:
    replaced = f", {report.replaced} replaced by a newer version" if report.replaced else ""
    print(f"{count(report.documents, 'document')} read: {report.new} new, {report.unchanged} known already{replaced}")
    print(f"{workspace} now holds {count(report.events, 'reported event')} and "
          f"{count(report.relations, 'reported relation')}")
    if report.new:
        note(f"Ask it something: kg query --list, or kg info -w {workspace}")


def remove(
    documents: Annotated[list[str], typer.Argument(
        metavar="DOCUMENT...", help="Id, beginning of an id, or source of a document.")],
    workspace: WorkspaceOption = WORKSPACE,
) -> None:
    """Withdraw documents and what only they say.

    A fact that another document supports as well stays.

    \b
    Examples:
      kg remove reports/old.txt
      kg remove 4f2a91c07b -w sahel
    """
    from kg.pipeline import remove as remove_documents

    for document in remove_documents(workspace, documents):
        print(f"removed {document.source} ({document.id[:12]})")


def _day(value: str | None) -> str | None:
    from kg.ingest.draft import iso_day

    day = value and iso_day(value)
    if value and not day:
        raise typer.BadParameter(f"{value!r} is no day; write YYYY-MM-DD", param_hint="--published")
    return day
