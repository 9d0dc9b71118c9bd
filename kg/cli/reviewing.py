"""Commands with which people correct a graph: merges, merge, split, accept, reject, correct, undo, reviews."""

from __future__ import annotations

import getpass
import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.output import WORKSPACE, Problems, WorkspaceOption, count, note, table

if TYPE_CHECKING:
    from kg.pipeline.judgements import Doubt, Side
    from kg.pipeline.reviewing import Author, Outcome

By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who decides; your login name if left out.")]
Reason = Annotated[str | None, typer.Option("--reason", metavar="WORDS", help="Why it is decided so.")]
Named = Annotated[str, typer.Argument(metavar="NAME", help="An event, entity or story: event:7f3a91c2, a name.")]
Fact = Annotated[list[str], typer.Argument(
    metavar="ASSERTION", help="An assertion (assertion:91c2…), or SUBJECT PREDICATE OBJECT for all that say so.")]
_MOST_LINES = 20


class Listing(StrEnum):
    """How a listing is printed."""

    TEXT = "text"
    JSONL = "jsonl"


def merges(
    workspace: WorkspaceOption = WORKSPACE,
    made: Annotated[bool | None, typer.Option("--made/--not-made", help="Only what rules joined, or kept apart.")]
    = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="event, story, person, group …")] = None,
    every: Annotated[bool, typer.Option("--all", help="All of them, and those that somebody decided.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many.")] = 20,
    form: Annotated[Listing, typer.Option("--format", "-f", help="How they are printed.")] = Listing.TEXT,
) -> None:
    """List what rules took for one thing or for two, the doubtful first.

    \b
    Examples:
      kg merges --kind event
      kg merges --made --limit 5
      kg merges --all --format jsonl > merges.jsonl
    """
    from kg.pipeline.judgements import doubts
    from kg.records import public

    for one in doubts(workspace, made=made, kind=kind, decided=every, limit=-1 if every else limit):
        if form is Listing.JSONL:
            print(json.dumps(public(one), ensure_ascii=False))
        else:
            _print_doubt(one)


def merge(one: Named, other: Named, workspace: WorkspaceOption = WORKSPACE, by: By = None, reason: Reason = None
          ) -> None:
    """Make two things one.

    What the tables know gives its name to the other; else the older name stays, and the other leads there.

    \b
    Examples:
      kg merge event:7f3a91c2 event:0b44d0e1 --reason "same bridge, same night"
      kg merge "Tehreek Example" group:bla --by Mira
    """
    from kg.pipeline.reviewing import merge as merge_things

    _print_outcome(merge_things(workspace, one, other, _author(by, reason)))


def split(
    name: Named,
    documents: Annotated[list[str] | None, typer.Argument(
        metavar="DOCUMENT...", help="Ids or sources of documents whose accounts are of something else.")] = None,
    workspace: WorkspaceOption = WORKSPACE, by: By = None, reason: Reason = None,
) -> None:
    """Part what was taken for one thing.

    The accounts of the documents are kept apart from the others; without documents, all from each other.

    \b
    Examples:
      kg split event:7f3a91c2 reports/second.txt
      kg split event:7f3a91c2
    """
    from kg.pipeline.reviewing import split as split_thing

    _print_outcome(split_thing(workspace, name, documents or [], _author(by, reason)))


def accept(assertion: Fact, workspace: WorkspaceOption = WORKSPACE, by: By = None, reason: Reason = None) -> None:
    """Mark what documents say as looked at and found right.

    \b
    Examples:
      kg accept assertion:91c2d35e
    """
    from kg.reviews import Verb

    _judge(Verb.ACCEPT, assertion, None, workspace, _author(by, reason))


def reject(assertion: Fact, workspace: WorkspaceOption = WORKSPACE, by: By = None, reason: Reason = None) -> None:
    """Take from the facts what was read wrongly.

    The assertion stays, marked as rejected.

    An event whose class is rejected is none, with all that the document says of it.

    \b
    Examples:
      kg reject assertion:91c2d35e --reason "the street, not the man"
      kg reject group:bla kg:claims event:7f3a91c2
    """
    from kg.reviews import Verb

    _judge(Verb.REJECT, assertion, None, workspace, _author(by, reason))


def correct(
    assertion: Fact,
    workspace: WorkspaceOption = WORKSPACE,
    value: Annotated[str, typer.Option(
        "--to", metavar="VALUE", help="A thing, a class, a date (2016-06-19, 2016-06), a number (12, 12-14, 12-).")]
    = "",
    by: By = None, reason: Reason = None,
) -> None:
    """Put another value in the place of one that was read wrongly.

    What was read stays, marked as corrected; the new statement is yours and rests on the same words.

    \b
    Examples:
      kg correct assertion:91c2d35e --to 14
      kg correct event:7f3a91c2 kg:date 2016-06-19 --to 2016-06-18
      kg correct assertion:0b44d0e1 --to place:geonames-1180729 --by Mira
    """
    from kg.reviews import Verb

    if not value:
        raise typer.BadParameter("say what it should be with --to VALUE", param_hint="--to")
    _judge(Verb.CORRECT, assertion, value, workspace, _author(by, reason))


def undo(
    review: Annotated[str | None, typer.Argument(
        metavar="REVIEW", help="The id of a review, or its beginning; the last one if left out.")] = None,
    workspace: WorkspaceOption = WORKSPACE, by: By = None, reason: Reason = None,
) -> None:
    """Take back a decision; it stays in the list, marked as undone.

    \b
    Examples:
      kg undo
      kg undo 5d0c1a77
    """
    from kg.pipeline.reviewing import undo as undo_review
    from kg.reviews import described

    taken_back, outcome = undo_review(workspace, review, _author(by, reason))
    print(f"undid the {described(taken_back)}")
    _print_outcome(outcome)


def reviews(
    workspace: WorkspaceOption = WORKSPACE,
    export: Annotated[str | None, typer.Option("--export", metavar="FILE", help="Write them out as JSON Lines.")]
    = None,
    taken: Annotated[str | None, typer.Option("--import", metavar="FILE", help="Take in what was written out.")]
    = None,
    form: Annotated[Listing, typer.Option("--format", "-f", help="How they are printed.")] = Listing.TEXT,
) -> None:
    """List what people decided, write it out, or take it in.

    A review waits while no document says what it is about. Taking in the same file twice changes nothing.

    \b
    Examples:
      kg reviews
      kg reviews --export reviews.jsonl
      kg reviews --import reviews.jsonl -w again
    """
    from kg.pipeline.reviewing import listed, take_in, written_out

    if export is not None:
        lines = list(written_out(workspace))
        Path(export).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        note(f"wrote {count(len(lines), 'review')} to {export}")
    elif taken is not None:
        problems = Problems()
        done = take_in(workspace, taken, problems)
        print(f"{count(done.new, 'new review')}, {done.known} known already")
        problems.end()
    elif form is Listing.JSONL:
        for line in written_out(workspace):
            print(line)
    else:
        rows = [[one.review.id[:8], one.review.time[:16].replace("T", " "), one.review.by, one.standing, one.about,
                 one.review.reason or ""] for one in listed(workspace)]
        table(["id", "time (UTC)", "by", "standing", "decision", "reason"], rows)


def _author(by: str | None, reason: str | None) -> Author:
    from kg.pipeline.reviewing import Author

    try:
        return Author(by or getpass.getuser(), reason)
    except (KeyError, OSError) as error:
        raise typer.BadParameter("your login name is not known; give --by NAME", param_hint="--by") from error


def _judge(verb: str, assertion: list[str], value: str | None, workspace: str, author: Author) -> None:
    from kg.pipeline.reviewing import judge
    from kg.reviews import Verb

    for outcome in judge(workspace, Verb(verb), assertion, author, value=value):
        _print_outcome(outcome)


def _print_outcome(outcome: Outcome) -> None:
    """What was decided and what that changed."""
    for remark in outcome.remarks:
        note(f"kg: {remark}")
    print(f"review {outcome.review.id[:8]}: {outcome.about}")
    lines = [f"- {' '.join(fact)}" for fact in outcome.gone] + [f"+ {' '.join(fact)}" for fact in outcome.come]
    for line in lines[:_MOST_LINES]:
        print(f"  {line}")
    if len(lines) > _MOST_LINES:
        print(f"  … {count(len(lines) - _MOST_LINES, 'more change')}")
    if not lines:
        print("  no fact changed")


def _print_doubt(one: Doubt) -> None:
    verdict = "one" if one.same else "two"
    print(f"{one.kind}: taken for {verdict}, {one.score:.2f} that they are one" + (", decided" if one.decided else ""))
    for side in (one.left, one.right):
        _print_side(side)
    reasons = sorted(one.reasons, key=lambda reason: -abs(reason[1]))
    print(f"  {'; '.join(f'{words} {weight:+.1f}' for words, weight in reasons)}\n")


def _print_side(side: Side) -> None:
    from kg.graph.vocabulary import compact

    print(f"  “{side.words}”")
    print(f"    {', '.join(filter(None, (side.date, side.place, side.source)))}  {compact(side.iri)}")
