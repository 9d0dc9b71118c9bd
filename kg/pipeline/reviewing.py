"""What people decide: keeps it, brings the graph up to date at once, and tells what that changed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec import json

from kg.errors import KGError, WorkspaceError
from kg.ingest import OnProblem, Problem
from kg.pipeline import bring_up_to_date, open_graph
from kg.pipeline.amending import amend
from kg.pipeline.applying import Applied
from kg.pipeline.decisions import Decision
from kg.pipeline.reviewfiles import read_reviews
from kg.pipeline.statements import Statement, Statements
from kg.pipeline.targets import Target, Targets
from kg.pipeline.toolbox import Toolbox
from kg.reviews import NewValue, Reference, Review, Verb, described, in_force, in_words, sealed, undoing
from kg.workspace import Workspace

if TYPE_CHECKING:
    from kg.graph.store import GraphStore

log = logging.getLogger(__name__)

Fact = tuple[str, str, str]
Groups = tuple[tuple[Reference, ...], ...]


class Outcome(NamedTuple):
    """What a command did: its review, remarks on what it overrides, and the facts that went and came."""

    review: Review
    remarks: tuple[str, ...]
    gone: tuple[Fact, ...]
    come: tuple[Fact, ...]

    @property
    def about(self) -> str:
        """What was decided, in words."""
        return in_words(self.review)


class Listed(NamedTuple):
    """A review with its standing: in force, undone, or waiting for what it is about."""

    review: Review
    standing: str
    waiting: tuple[Reference, ...]

    @property
    def about(self) -> str:
        """What was decided, in words; of a waiting review, what it waits for."""
        missing = ", ".join(f"“{one.words}”" for one in self.waiting)
        return in_words(self.review) + (f" (waits for {missing})" if missing else "")


class Imported(NamedTuple):
    """What an import did: how many reviews were new and how many were known."""

    new: int
    known: int


class Author(NamedTuple):
    """Who decides, and why."""

    by: str
    reason: str | None = None


def merge(folder: str | Path, one: str, other: str, author: Author, *, tools: Toolbox | None = None) -> Outcome:
    """Make two things one; what a table knows gives its name, else the older."""
    def decide(desk: _Desk) -> Review:
        first, second = desk.targets.thing(one), desk.targets.thing(other)
        if first.iri == second.iri:
            raise KGError(f"{one!r} and {other!r} are one already", where=str(folder))
        if first.kind != second.kind:
            raise KGError(f"{one!r} and {other!r} are things of different kinds", mend="merge events with events, and"
                          " stories with stories")
        return desk.review(Verb.MERGE, author, (desk.targets.references(first), desk.targets.references(second)))
    return _decide(folder, decide, tools)


def split(folder: str | Path, name: str, documents: Sequence[str], author: Author, *,
          tools: Toolbox | None = None) -> Outcome:
    """Keep the accounts of some documents apart from the others of a thing; without documents, all from each other."""
    def decide(desk: _Desk) -> Review:
        target = desk.targets.thing(name)
        groups = _split(desk, target, _ids(desk.workspace, documents))
        if len(groups) < 2:
            raise KGError(f"{name!r} is not told of by several of these documents", where=str(folder),
                          mend="`kg merges --all` shows what makes it up")
        return desk.review(Verb.SPLIT, author, groups)
    return _decide(folder, decide, tools)


def judge(folder: str | Path, verb: Verb, words: Sequence[str], author: Author, *, value: str | None = None,
          tools: Toolbox | None = None) -> list[Outcome]:
    """Accept, reject or correct what documents say: an assertion, or all that say a fact of three parts."""
    tools = tools or Toolbox()
    with open_graph(folder) as store, Workspace.open(Path(folder)) as workspace:
        statements = Statements(workspace, store, tools, Applied(workspace))
        # One review for what one document says in one place, however many assertions follow from it.
        assertions = {(one.extraction.document.id, one.parts): one.iri for one in statements.named(words)}
    done: list[Outcome] = []
    for iri in assertions.values():
        def decide(desk: _Desk, iri: str = iri) -> Review:
            (statement,) = desk.statements.named([iri])
            return desk.review(verb, author, *_on_statement(desk, statement, value))
        done.append(_decide(folder, decide, tools))
    return done


def undo(folder: str | Path, review: str | None, author: Author, *, tools: Toolbox | None = None
         ) -> tuple[Review, Outcome]:
    """Take back a review, named by its id or the beginning of it; the last one that is in force without a name.

    Gives it and what taking it back changed.
    """
    taken_back: list[Review] = []

    def decide(desk: _Desk) -> Review:
        every = desk.workspace.reviews.all()
        found = [one for one in every if review and one.id.startswith(review)] if review else in_force(every)[-1:]
        if len(found) != 1:
            raise KGError(f"no one review {review!r}" if review else "nothing to undo", where=str(folder),
                          mend="`kg reviews` lists them")
        if any(one.undoes == found[0].id for one in undoing(every)):
            raise KGError(f"{found[0].id} is undone already", where=str(folder), mend="undo the undoing, if need be")
        taken_back.extend(found)
        return desk.review(Verb.UNDO, author, found[0].groups, undoes=found[0].id)
    outcome = _decide(folder, decide, tools)
    return taken_back[0], outcome


def listed(folder: str | Path) -> list[Listed]:
    """Every review of a workspace, oldest first."""
    with Workspace.open(Path(folder)) as workspace:
        every, applied = workspace.reviews.all(), Applied(workspace)
        force = {review.id for review in applied.reviews} | {review.id for review in undoing(every)}
        found = []
        for review in every:
            waits = applied.waiting(review) if review.id in force and review.verb is not Verb.UNDO else ()
            found.append(Listed(review, "waiting" if waits else "in force" if review.id in force else "undone", waits))
        return found


def take_in(folder: str | Path, file: str, on_problem: OnProblem, *, tools: Toolbox | None = None) -> Imported:
    """Take in reviews that were written out elsewhere; a line that is wrong is told, the others are taken."""
    Workspace.open(Path(folder)).close()
    with Workspace.open(Path(folder), write=True) as workspace:
        there = {review.id for review in workspace.reviews.all()}
        read = list(read_reviews(Path(file), there, on_problem))
        with workspace.transaction():
            new = sum(workspace.reviews.add(review) for review in read)
        bring_up_to_date(workspace, tools or Toolbox(), on_problem)
    return Imported(new, len(read) - new)


def written_out(folder: str | Path) -> Iterator[str]:
    """Every review as one line of JSON, oldest first."""
    with Workspace.open(Path(folder)) as workspace:
        for review in workspace.reviews.all():
            yield json.encode(review).decode()


class _Desk:
    """What a decision is made with."""

    def __init__(self, workspace: Workspace, store: GraphStore, tools: Toolbox, applied: Applied) -> None:
        self.workspace, self.applied = workspace, applied
        self.targets = Targets(workspace, store, tools, applied)
        self.statements = Statements(workspace, store, tools, applied)

    def review(self, verb: Verb, author: Author, groups: Groups, value: NewValue | None = None,
               undoes: str | None = None) -> Review:
        """A review of this moment, later than every other."""
        now = datetime.now(UTC)
        every = self.workspace.reviews.all()
        if every:
            now = max(now, datetime.fromisoformat(every[-1].time) + timedelta(microseconds=1))
        return sealed(Review(time=now.isoformat(timespec="microseconds"), by=author.by, verb=verb,
                             reason=author.reason, groups=groups, value=value, undoes=undoes))


def _decide(folder: str | Path, decide: Callable[[_Desk], Review], tools: Toolbox | None) -> Outcome:
    """Make a decision, keep it, bring the graph up to date and say what changed."""
    tools = tools or Toolbox()
    Workspace.open(Path(folder)).close()
    with Workspace.open(Path(folder), write=True) as workspace:
        bring_up_to_date(workspace, tools, _told)
        applied = Applied(workspace)
        with open_graph(folder) as before:
            review = decide(_Desk(workspace, before, tools, applied))
            remarks, touched = tuple(_remarks(applied, review)), set(_touched(workspace, applied, review))
            with workspace.transaction():
                workspace.reviews.add(review)
            bring_up_to_date(workspace, tools, _told)
            touched |= set(_touched(workspace, Applied(workspace), review))
            with open_graph(folder) as after:
                old, new = (set(_facts(store, touched)) for store in (before, after))
    return Outcome(review, remarks, tuple(sorted(old - new)), tuple(sorted(new - old)))


def _told(problem: Problem) -> None:
    log.warning("%s", problem)


def _split(desk: _Desk, target: Target, documents: set[str]) -> Groups:
    """The groups that are to be apart: the accounts of some documents and the rest, or each account by itself."""
    if not documents:
        return tuple((desk.targets.reference(member),) for member in target.members)
    known = tuple(one for one in desk.targets.references(target) if one.iri)
    parted = tuple(desk.targets.reference(one) for one in target.members if one.document in documents)
    rest = tuple(desk.targets.reference(one) for one in target.members if one.document not in documents) + known
    return tuple(group for group in (parted, rest) if group)


def _ids(workspace: Workspace, names: Sequence[str]) -> set[str]:
    found = set()
    for name in names:
        documents = workspace.find(name)
        if not documents:
            raise WorkspaceError(f"no document {name!r}", where=str(workspace.folder),
                                 mend="name a document by its id or source; `kg info --documents` lists them")
        found |= {document.id for document in documents}
    return found


def _on_statement(desk: _Desk, statement: Statement, text: str | None) -> tuple[Groups, NewValue | None]:
    """What a review of a statement is about and what it is to say, tried out before anything is kept."""
    about = desk.statements.references(statement)
    value, others = desk.statements.value(statement, text) if text is not None else (None, ())
    if text is not None and len(statement.parts) > 1:
        words = ", ".join(part.words for part in statement.parts)
        raise KGError(f"this rests on several counts: {words}", mend="correct one of them, by its kg:toll")
    for part in statement.parts:
        amend(desk.applied.renamed(statement.extraction), part, value)
    return ((about, others) if others else (about,)), value


def _remarks(applied: Applied, review: Review) -> Iterator[str]:
    """Which earlier decisions a review overrides or repeats."""
    if review.verb in (Verb.MERGE, Verb.SPLIT):
        now = applied.decision(review)
        for earlier in applied.reviews:
            if earlier.verb in (Verb.MERGE, Verb.SPLIT) and earlier.verb is not review.verb and _contradicts(
                    now, applied.decision(earlier)):
                yield f"this overrides the {described(earlier)}"
    elif review.verb is not Verb.UNDO:
        keys = {key for reference in review.groups[0] for key in reference.keys}
        for earlier in applied.reviews:
            if earlier.verb not in (Verb.MERGE, Verb.SPLIT) and any(
                    keys & set(reference.keys) for reference in earlier.groups[0]):
                yield f"this comes after the {described(earlier)}, and counts in its place"


def _contradicts(one: Decision, other: Decision) -> bool:
    """Whether of a merge and a split the one joins what the other parts."""
    joined, parted = (one, other) if one.same else (other, one)
    names = {name for group in joined.groups for name in group}
    return sum(not names.isdisjoint(group) for group in parted.groups) > 1


def _touched(workspace: Workspace, applied: Applied, review: Review) -> Iterator[str]:
    """The things whose facts a review may change."""
    for reference in review.references:
        if reference.iri:
            yield reference.iri
            yield applied.aliases.get(reference.iri, reference.iri)
        documents = workspace.reviews.document_of(reference.document or "", reference.source)
        for document in documents if reference.document else ():
            for member in workspace.reviews.members_in(document):
                yield member.thing or member.id
                yield member.id


def _facts(store: GraphStore, things: Iterable[str]) -> Iterator[Fact]:
    """What the graph says of some things, in short names, and the facts in which others speak of them."""
    from kg.graph.terms import Iri
    from kg.graph.vocabulary import DERIVED_FROM, TYPE, compact, kg

    of_facts = {str(s) for s, _, _ in store.triples(predicate=Iri(TYPE.value), object=Iri(kg("FactProperty").value))}
    for thing in things:
        others = (row for row in store.triples(object=Iri(thing)) if str(row[1]) in of_facts)
        for row in (*store.triples(Iri(thing)), *others):
            if str(row[1]) != DERIVED_FROM.value:
                subject, predicate, value = (compact(str(term)) for term in row)
                yield subject, predicate, value
