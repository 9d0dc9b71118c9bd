"""Commands that ask a graph: query, show, explain, info, export."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.accounts import print_accounts
from kg.cli.answers import Format, print_answer
from kg.cli.output import WORKSPACE, WorkspaceOption, heading, marked, note, table
from kg.cli.passages import passages
from kg.errors import KGError, QueryError

if TYPE_CHECKING:
    from kg.graph.reading import Evidence, Support, Thing
    from kg.graph.saved import SavedQuery
    from kg.graph.terms import Term

Name = Annotated[str, typer.Argument(metavar="NAME", help="A name (BLA), a prefixed name (group:bla) or an IRI.")]


def query(
    question: Annotated[str | None, typer.Argument(
        metavar="QUERY", help="SPARQL, a file of it, - for standard input, or the name of a saved query.")] = None,
    workspace: WorkspaceOption = WORKSPACE,
    parameters: Annotated[list[str] | None, typer.Option(
        "-p", "--param", metavar="NAME=VALUE", help="A parameter of the query; may be given several times.")] = None,
    form: Annotated[Format, typer.Option("--format", "-f", help="How the answer is printed.")] = Format.TABLE,
    listing: Annotated[bool, typer.Option("--list", help="List the saved queries and end.")] = False,
) -> None:
    """Ask the graph a question.

    Known prefixes (kg:, group:, event:, place:, rdfs: …) need no declaration.

    \b
    Examples:
      kg query --list
      kg query claimed-attacks -p group=group:bla
      kg query "SELECT ?event ?killed WHERE { ?event kg:killedMin ?killed } ORDER BY DESC(?killed)"
      kg query question.rq --format csv > answer.csv
    """
    from kg.graph.saved import saved_queries

    saved = saved_queries()
    if listing:
        _list_queries(list(saved.values()))
        return
    if question is None:
        raise typer.BadParameter("name a query, or list the saved ones with --list", param_hint="QUERY")
    from kg.pipeline import open_graph

    values = _pairs(parameters or [])
    with open_graph(workspace) as store:
        if question in saved:
            answer = saved[question].run(store, values)
        else:
            answer = store.query(_sparql(question), parameters={name: _term(value) for name, value in values.items()})
    print_answer(answer, form)


def show(name: Name, workspace: WorkspaceOption = WORKSPACE) -> None:
    """Show what the graph says of a group, person, place or event.

    \b
    Examples:
      kg show "Boko Haram"
      kg show group:bla
    """
    from kg.graph.accounts import accounts_of
    from kg.graph.reading import show as show_things
    from kg.pipeline import open_graph

    with open_graph(workspace) as store:
        things = show_things(store, name)
        told = [accounts_of(store, thing.iri) for thing in things]
    if not things:
        raise KGError(f"nothing is called {name!r}", where=workspace, mend="`kg query entities` may list the names")
    for thing, accounts in zip(things, told, strict=True):
        _print_thing(thing)
        print_accounts(accounts)
        print()


def explain(
    fact: Annotated[list[str], typer.Argument(
        metavar="FACT", help="An event or assertion, or the three parts of a fact: SUBJECT PREDICATE OBJECT.")],
    workspace: WorkspaceOption = WORKSPACE,
) -> None:
    """Show the sentences a fact rests on, and who says so.

    In each sentence the words that count are marked.

    \b
    Examples:
      kg explain event:7f3a91c2
      kg explain group:bla kg:claims event:7f3a91c2
    """
    from kg.graph.accounts import accounts_of
    from kg.graph.reading import explain as explain_fact
    from kg.graph.reading import find
    from kg.pipeline import open_graph
    from kg.workspace import Workspace

    if len(fact) not in (1, 3):
        raise typer.BadParameter("give one name, or a subject, a predicate and an object", param_hint="FACT")
    with open_graph(workspace) as store:
        supports = explain_fact(store, tuple(fact))
        told = [accounts_of(store, iri) for iri in (find(store, fact[0]) if len(fact) == 1 else ())]
    if not supports:
        raise KGError(f"no assertion behind {' '.join(fact)!r}", where=workspace, mend="`kg show NAME` prints facts")
    with Workspace.open(Path(workspace)) as opened:
        texts = {document.id: document.text for document in opened.documents()}
    for accounts in told:
        print_accounts(accounts)
    for alike in _alike(supports):
        _print_supports(alike, texts)


def info(
    workspace: WorkspaceOption = WORKSPACE,
    documents: Annotated[bool, typer.Option("--documents", help="List the documents.")] = False,
) -> None:
    """Show what a workspace holds."""
    from kg.graph.reading import info as graph_info
    from kg.pipeline import open_graph
    from kg.workspace import Workspace

    with Workspace.open(Path(workspace)) as opened:
        if documents:
            table(["id", "published", "source", "title"],
                  [[d.id[:12], d.published or "", d.source, d.title or ""] for d in opened.documents()])
            return
        counts = opened.counts()
    with open_graph(workspace) as store:
        held = graph_info(store)
    table([workspace, ""], [
        ["documents", str(counts.documents)], ["copies of documents", str(counts.copies)],
        ["events", str(held.events)], ["entities", str(held.entities)], ["facts", str(held.facts)],
        ["assertions", str(held.assertions)], ["triples", str(held.triples)],
    ])
    for title, rows in (("event type", held.types), ("predicate", held.predicates)):
        heading("")
        table([title, "number"], [[name, str(number)] for name, number in rows])
    if counts.pending:
        note(f"{counts.pending} documents are not in the graph yet: run `kg build` again")


def export(
    path: Annotated[str, typer.Argument(metavar="FILE", help="Where to write, or - for standard output (RDF only).")],
    workspace: WorkspaceOption = WORKSPACE,
    form: Annotated[str | None, typer.Option(
        "--format", "-f", help="The format, if the file's ending does not say it.")] = None,
) -> None:
    """Write the graph for another program.

    The ending of the file says the format: .ttl .nt .trig .jsonld .rdf for RDF, .gexf for Gephi, and others.

    \b
    Examples:
      kg export graph.ttl
      kg export network.gexf -w sahel
      kg export - --format ntriples | sort
    """
    from kg.cli.exporting import write
    from kg.pipeline import open_graph

    with open_graph(workspace) as store:
        write(store, path, form)
    if path != "-":
        note(f"wrote {path}")


def _list_queries(queries: list[SavedQuery]) -> None:
    table(["name", "question", "parameters"],
          [[one.name, one.title, " ".join(_parameter(p.name, p.default) for p in one.parameters)] for one in queries])
    note("Run one: kg query NAME -p parameter=value; parameters in brackets may be left out")


def _parameter(name: str, default: str | None) -> str:
    return f"[{name}={default}]" if default else f"[{name}]"


def _pairs(parameters: list[str]) -> dict[str, str]:
    pairs = {}
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals:
            raise typer.BadParameter(f"{name!r} has no value; write {name}=VALUE", param_hint="-p")
        pairs[name] = value
    return pairs


def _sparql(question: str) -> str:
    """The text of a query that has no name: itself, the contents of a file, or standard input."""
    if question == "-":
        return sys.stdin.read()
    if "{" in question or "\n" in question:
        return question
    try:
        return Path(question).read_text(encoding="utf-8")
    except OSError as error:
        mend = "list the saved ones with `kg query --list`; SPARQL goes between quotation marks"
        raise QueryError(f"no saved query and no file {question!r}", mend=mend) from error


def _term(value: str) -> Term:
    """A parameter of unsaved SPARQL: an IRI if it is written as one or has a known prefix, else a string."""
    from kg.graph.terms import Iri, Literal
    from kg.graph.vocabulary import expand

    full = expand(value.strip("<>"))
    return Iri(full) if full != value or full.startswith(("http://", "https://", "urn:")) else Literal(value)


def _print_thing(thing: Thing) -> None:
    from kg.graph.vocabulary import compact

    print(f"{thing.label}  {compact(thing.iri)}")
    print(f"  {', '.join(compact(kind) for kind in thing.types)}")
    if thing.names:
        print(f"  also called: {', '.join(thing.names)}")
    rows = [["<-" if one.inverse else "", one.predicate_label, one.value_label, compact(one.value), str(one.supports)]
            for one in thing.statements]
    if rows:
        table(["", "says", "of", "name in queries", "assertions"], rows)


def _alike(supports: Sequence[Support]) -> Iterable[list[Support]]:
    """The supports that say different things with the same words, together."""
    groups: dict[tuple[object, ...], list[Support]] = {}
    for one in supports:
        said = (one.evidence, one.status, one.speaker, one.confidence, one.rule, one.left_aside)
        groups.setdefault(said, []).append(one)
    return groups.values()


def _print_supports(supports: list[Support], texts: Mapping[str, str]) -> None:
    for one in supports:
        print(f"{one.subject} - {one.predicate} - {one.object}")
    first = supports[0]
    said = f", said by {first.speaker}" if first.speaker else ""
    sure = f", confidence {first.confidence:.2f}" if first.confidence is not None else ""
    rule = f", rule {first.rule}" if first.rule else ""
    print(f"  {first.status}{said}{sure}{rule}")
    if first.policy:
        print(f"  {first.policy}")
    for document in dict.fromkeys(place.document for place in first.evidence):
        places = [place for place in first.evidence if place.document == document]
        _print_evidence(places, texts.get(document.rpartition("/")[2], ""))
    for line in first.left_aside:
        print(f"  left aside: {line}")
    print()


def _print_evidence(places: list[Evidence], text: str) -> None:
    """The sentences of one document with the words that count marked; without its text, the words alone."""
    origin = f"{places[0].title + ', ' if places[0].title else ''}{places[0].source}"
    found = passages(text, [(place.start, place.end) for place in places]) if text else []
    for passage in found:
        print(f"  “{passage.written(text, marked)}”")
        print(f"    {origin}, characters {passage.start}-{passage.end}")
    for place in () if text else places:
        print(f"  “{' '.join(place.quote.split())}”")
        print(f"    {origin}, characters {place.start}-{place.end}")
