"""How things are printed: data to standard output, progress and notes to standard error."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from kg.ingest import Problem

FAILED, MISUSED, SOME_FAILED, CHECK_FAILED = 1, 2, 3, 4

_PAPER = 120
_LEAST_COLUMN, _WORD = 9, 32

WorkspaceOption = Annotated[str, typer.Option(
    "-w", "--workspace", metavar="FOLDER", envvar="KG_WORKSPACE", help="The folder that holds your work.")]
WORKSPACE = "workspace"


def set_up_log(verbose: bool) -> None:
    """Send the notes of the package, and warnings, to standard error."""
    logging.basicConfig(format="kg: %(message)s", level=logging.WARNING, handlers=[_Notes()])
    logging.getLogger("kg").setLevel(logging.DEBUG if verbose else logging.WARNING)
    # The one thing that takes long and happens only once: a person should know what is being waited for.
    logging.getLogger("kg.placefiles").setLevel(logging.DEBUG if verbose else logging.INFO)
    # Libraries that read web pages and dates complain about every odd page; the problem report says what matters.
    for chatty in ("trafilatura", "htmldate", "justext", "readability"):
        logging.getLogger(chatty).setLevel(logging.CRITICAL)


class _Notes(logging.Handler):
    """Writes to standard error as it is at the moment, so that a running count is not written over."""

    def emit(self, record: logging.LogRecord) -> None:
        note(self.format(record))


def note(text: str) -> None:
    """A line for the person at the terminal."""
    print(text, file=sys.stderr)


def count(number: int, what: str) -> str:
    """A number of things: "1 document", "2 documents"."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def marked(words: str) -> str:
    """Words that stand out: bold on a terminal, between asterisks elsewhere."""
    return typer.style(words, bold=True) if sys.stdout.isatty() else f"**{words}**"


def heading(text: str) -> None:
    """A heading between parts of a printed report."""
    print(f"\n{text}")


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, wrap: bool = False) -> None:
    """A table: wrapped to the window on a terminal; elsewhere plain and unwrapped, or with `wrap` of 120 columns.

    Where a window is too narrow for the columns, each row becomes a block of lines.
    """
    if not sys.stdout.isatty() and not wrap:
        _plain(columns, rows)
        return
    from rich.console import Console

    console = Console(markup=False, highlight=False, width=None if sys.stdout.isatty() else _PAPER)
    whole = [_unbroken(name, [row[column] for row in rows]) for column, name in enumerate(columns)]
    if sum((one or _LEAST_COLUMN) + 2 for one in whole) > console.width:
        _blocks(columns, rows)
    else:
        _framed(console, columns, rows, whole)


def _unbroken(name: str, cells: Sequence[str]) -> int | None:
    """The width of a column of single words (names for queries, days, numbers), which stay copyable if not broken."""
    words = [name, *cells]
    if all(len(word) <= _WORD and (word == name or " " not in word) for word in words):
        return max(map(len, words))
    return None


def _plain(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.cells import cell_len

    flat = [[" ".join(cell.split()) for cell in row] for row in [columns, *rows]]
    widths = [max(cell_len(row[column]) for row in flat) for column in range(len(columns))]
    lines = [[cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)] for row in flat]
    if any(columns):
        lines.insert(1, ["-" * width for width in widths])
    for line in lines:
        print("  ".join(line).rstrip())


def _framed(console: Console, columns: Sequence[str], rows: Sequence[Sequence[str]],
            whole: Sequence[int | None]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    framed = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for name, width in zip(columns, whole, strict=True):
        framed.add_column(name, overflow="fold", no_wrap=width is not None, min_width=width)
    for row in rows:
        framed.add_row(*row)
    console.print(framed)


def _blocks(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    widest = max(map(len, columns))
    for row in rows:
        for name, cell in zip(columns, row, strict=True):
            if cell:
                print(f"{name:{widest}}  {' '.join(cell.split())}")
        print()


@contextmanager
def progress(what: str) -> Iterator[Callable[[str], None]]:
    """A running count on standard error, if that is a terminal; call the yielded function once per document."""
    if not sys.stderr.isatty() or (sys.stdout.isatty() and what == "extract"):
        yield lambda name: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} documents"), TimeElapsedColumn(),
               TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda name: bar.update(task, advance=1, description=name[-60:])


class Problems:
    """Prints problems as they come and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, problem: Problem) -> None:
        """Print one problem."""
        self.count += 1
        note(f"kg: {problem}")

    def end(self) -> None:
        """Leave with code 3 if there were any."""
        if self.count:
            note(f"kg: {count(self.count, 'problem')}; everything else was done")
            raise typer.Exit(SOME_FAILED)
