"""The command that measures: evaluate."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kg.cli.output import CHECK_FAILED, Problems, heading, note, progress, table
from kg.errors import KGError

if TYPE_CHECKING:
    from kg.evaluate.floors import Floors
    from kg.evaluate.gold import GoldDocument
    from kg.evaluate.results import Result
    from kg.evaluate.summary import Summary
    from kg.evaluate.vocabulary import Vocabulary
    from kg.records import Extraction

Gold = Annotated[Path, typer.Argument(metavar="GOLD", help="Folder of label files with their texts.")]
Predictions = Annotated[str | None, typer.Argument(
    metavar="PREDICTIONS", help="What `kg extract` printed, or - for standard input; without it the texts of GOLD "
    "are extracted now.")]
Form = Annotated[Literal["table", "json"], typer.Option("--format", metavar="table|json", help="How to print.")]
ErrorFile = Annotated[Path | None, typer.Option(
    "--errors", metavar="FILE", help="Write every mistake with its sentence and rule: .md or .html.")]
FloorFile = Annotated[Path | None, typer.Option(
    "--floors", metavar="FILE", help="End with code 4 if a figure is below its floor in this file.")]
PinFile = Annotated[Path | None, typer.Option(
    "--pin", metavar="FILE", help="Write the floors of this file anew, a little under the figures of now.")]
Lower = Annotated[bool, typer.Option("--lower", help="Let --pin lower floors as well.")]
Reliability = Annotated[bool, typer.Option(
    "--reliability", help="Print only whether confidence means what it says.")]


def evaluate(
    gold: Gold, predictions: Predictions = None, form: Form = "table", errors: ErrorFile = None,
    floors: FloorFile = None, pin: PinFile = None, lower: Lower = False, reliability: Reliability = False,
) -> None:
    """Measure extractions against hand-made labels.

    Prints precision, recall and F1 of events, their slots, relations and groups, and how often assertions of each
    confidence are right. The label files are described in tests/gold/README.md, the rules in docs/quality.md.

    \b
    Examples:
      kg evaluate tests/gold
      kg evaluate tests/gold extractions.jsonl --errors mistakes.html
      kg evaluate tests/gold --floors tests/gold/floors.toml
      kg evaluate tests/gold --pin tests/gold/floors.toml
    """
    from kg.evaluate import evaluate as compare
    from kg.evaluate.floors import read_floors
    from kg.evaluate.gold import read_gold
    from kg.evaluate.summary import summarise

    _check_ending(errors)
    limits = read_floors(floors) if floors else None
    documents, problems = read_gold(gold), Problems()
    found = _read(predictions) if predictions else _extracted(documents, problems)
    results = compare(documents, found, _vocabulary())
    summary = summarise(results)
    _print(summary, form, reliability)
    if errors:
        _write_errors(errors, results, summary)
    if pin:
        limits = _pin(summary, pin, lower=lower)
    if limits and not _keeps(summary, limits):
        raise typer.Exit(CHECK_FAILED)
    for document in documents:
        if predictions and document.id not in found:
            problems.count += 1
            note(f"kg: {document.id}: no prediction; counted as if nothing had been found")
    problems.end()


def _vocabulary() -> Vocabulary:
    from kg.evaluate.vocabulary import load_vocabulary
    from kg.ontology import load_ontology
    from kg.placenames import load_places
    from kg.settings import Settings

    settings = Settings()
    return load_vocabulary(load_ontology(settings), load_places(settings).country_of)


def _read(predictions: str) -> Mapping[str, Extraction]:
    from kg.evaluate.predictions import read_predictions

    if predictions == "-":
        return read_predictions(sys.stdin, source="-")
    try:
        with Path(predictions).open(encoding="utf-8") as lines:
            return read_predictions(lines, source=predictions)
    except OSError as error:
        raise KGError(error.strerror or str(error), where=predictions, mend="give what `kg extract` printed") from error


def _extracted(documents: Sequence[GoldDocument], problems: Problems) -> Mapping[str, Extraction]:
    from kg.evaluate.predictions import extract_gold
    from kg.pipeline import Toolbox, extract

    tools = Toolbox()
    with progress("evaluate") as step:
        def extract_file(file: str, published: str | None) -> Iterator[Extraction]:
            step(file)
            return extract([file], published=published, tools=tools, on_problem=problems)
        return extract_gold(documents, extract_file)


def _print(summary: Summary, form: str, reliability: bool) -> None:
    from kg.evaluate.summary import RELIABILITY_COLUMNS, TALLY_COLUMNS

    if form == "json":
        print(json.dumps(summary.as_json(), indent=1, ensure_ascii=False))
        return
    if not reliability:
        table(TALLY_COLUMNS, summary.tally_rows())
        heading("How often assertions of a confidence are right")
    table(RELIABILITY_COLUMNS, summary.reliability_rows())
    if not reliability:
        heading(f"In {summary.figures.documents} documents")
        for line in summary.notes():
            print(f"  {line}")


def _check_ending(errors: Path | None) -> None:
    if errors and errors.suffix.lower() not in (".md", ".html"):
        raise typer.BadParameter(f"{errors} should end in .md or .html", param_hint="--errors")


def _write_errors(file: Path, results: Sequence[Result], summary: Summary) -> None:
    from kg.evaluate.blocks import markdown, web_page
    from kg.evaluate.report import error_report

    render = web_page if file.suffix.lower() == ".html" else markdown
    try:
        file.write_text(render(error_report(results, summary)), encoding="utf-8")
    except OSError as error:
        raise KGError(error.strerror or str(error), where=str(file), mend="name a file that can be written") from error
    note(f"Mistakes written to {file}")


def _pin(summary: Summary, file: Path, *, lower: bool) -> Floors:
    """Write the floors anew."""
    from kg.evaluate.floors import pinned, read_floors, write_floors

    before = read_floors(file) if file.exists() else None
    limits = pinned(summary, before, lower=lower)
    write_floors(limits, file)
    note(f"Floors written to {file}")
    return limits


def _keeps(summary: Summary, limits: Floors) -> bool:
    """Name every figure on the wrong side of its limit; whether there is none."""
    from kg.evaluate.floors import breaches

    broken = breaches(summary, limits)
    for breach in broken:
        note(f"kg: {breach}")
    return not broken
