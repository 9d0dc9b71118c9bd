"""The program `kg` with its commands."""

from __future__ import annotations

from typing import Annotated

import typer
from typer.core import TyperGroup

from kg.cli import asking, checking, demo, evaluating, making, output, reviewing
from kg.errors import KGError

EPILOG = """\b
Begin with:
  kg doctor                      is everything here?
  kg demo                        a graph of the sample reports, in ./demo
  kg build reports/ -w mine      a graph of your own reports
  kg query --list -w mine        questions that can be asked by name

\b
Exit codes: 0 all well, 1 failed, 2 called wrongly, 3 some documents could not
be used (named on standard error), 4 a check found problems."""


class _Commands(TyperGroup):
    """Commands whose errors are told in one line."""

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]  # typer's Context is click's
        try:
            return super().invoke(ctx)
        except KGError as error:
            output.note(f"kg: {error}")
            raise typer.Exit(output.FAILED) from error


app = typer.Typer(
    cls=_Commands,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EPILOG,
)


def _version(wanted: bool) -> None:
    if wanted:
        from kg import __version__

        print(f"militant-kg {__version__}")
        raise typer.Exit


@app.callback()
def program(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")]
    = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Tell on standard error what is being done.")] = False,
) -> None:
    """Turn news text about militant groups and attacks into a knowledge graph.

    Every fact in it can be traced to the sentence that says it.
    """
    output.set_up_log(verbose)


for _command in (
    making.extract, making.build, making.remove,
    asking.query, asking.show, asking.explain, asking.info, asking.export,
    reviewing.merges, reviewing.merge, reviewing.split, reviewing.accept, reviewing.reject, reviewing.correct,
    reviewing.undo, reviewing.reviews,
    checking.validate, checking.doctor, evaluating.evaluate,
    demo.demo,
):
    app.command()(_command)
