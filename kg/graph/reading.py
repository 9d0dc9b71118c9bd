"""What the graph says of a thing, in words, and what every fact rests on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from kg.errors import QueryError
from kg.graph.store import GraphStore
from kg.graph.terms import Iri, Literal, Table, Term
from kg.graph.vocabulary import LABEL, LEFT_ASIDE, REPLACED_BY, TYPE, compact, expand
from kg.records import Record

_FOLDER = Path(__file__).resolve().parent / "reading_queries"
_FIND, _NAMES, _STATEMENTS, _SUPPORTS_OF_NODE = "find", "names", "statements", "supports"
_COUNTS, _TYPES, _PREDICATES = "counts", "types", "predicates"


class Evidence(Record, frozen=True):
    """A quoted place in a document."""

    document: str
    source: str
    title: str | None
    start: int
    end: int
    quote: str


class Support(Record, frozen=True):
    """One assertion: its triple in words, how it is said, by whom, and where.

    What was drawn from all accounts of an event has the policy in a sentence, and the accounts it was not drawn from.
    """

    assertion: str
    subject: str
    predicate: str
    object: str
    status: str
    speaker: str | None
    rule: str | None
    confidence: float | None
    policy: str | None
    left_aside: tuple[str, ...]
    evidence: tuple[Evidence, ...]


class Statement(Record, frozen=True):
    """A fact about a thing: the label of the predicate and of the other end; `inverse` if the thing is its object."""

    predicate: str
    predicate_label: str
    value: str
    value_label: str
    inverse: bool
    supports: int


class Thing(Record, frozen=True):
    """An entity or event with its names, types and facts."""

    iri: str
    label: str
    types: tuple[str, ...]
    names: tuple[str, ...]
    statements: tuple[Statement, ...]


class Info(Record, frozen=True):
    """How much the graph holds; `types` and `predicates` count events by type and facts by predicate."""

    triples: int
    documents: int
    entities: int
    events: int
    facts: int
    assertions: int
    types: tuple[tuple[str, int], ...]
    predicates: tuple[tuple[str, int], ...]


def find(store: GraphStore, name: str) -> tuple[str, ...]:
    """The IRIs of the things called `name` (a label, another name, a prefixed name or an IRI), best first.

    Names are compared without regard to case; things named in more documents come first. The name that a thing had
    before it was merged leads to what it is now.
    """
    iri = expand(name.removeprefix("<").removesuffix(">"))
    if "://" in iri and any(True for _ in store.triples(subject=Iri(iri))):
        return (next((str(now) for _, _, now in store.triples(Iri(iri), Iri(REPLACED_BY.value))), iri),)
    return tuple(row[0] for row in _rows(store, _FIND, name=Literal(name.strip().lower())) if row[0])


def show(store: GraphStore, name: str) -> tuple[Thing, ...]:
    """The things called `name` and the facts about them; empty if there is none."""
    return tuple(_thing(store, iri) for iri in find(store, name))


def explain(store: GraphStore, fact: tuple[str, ...]) -> tuple[Support, ...]:
    """Every assertion behind a fact (subject, predicate, object), an assertion or all that is said of a thing.

    Ends may be written as names, prefixed names or IRIs, an object also as a literal's words. Raises QueryError for
    another number of parts.
    """
    if len(fact) == 1:
        iris = find(store, fact[0])
        found = [row for iri in iris for row in _rows(store, _SUPPORTS_OF_NODE, node=Iri(iri), end=None)]
    elif len(fact) == 3:
        found = [row for subject in find(store, fact[0]) for row in _about(store, subject, fact[1], fact[2])]
    else:
        raise QueryError(f"a fact has three parts, not {len(fact)}", mend="give subject, predicate and object")
    return tuple(_supports(store, found))


def info(store: GraphStore) -> Info:
    """Counts of what the graph holds."""
    (documents, entities, events, assertions), = ([int(cell or 0) for cell in row] for row in _rows(store, _COUNTS))
    types = tuple((name or "", int(number or 0)) for name, number in _rows(store, _TYPES))
    predicates = tuple((name or "", int(number or 0)) for name, number in _rows(store, _PREDICATES))
    facts = sum(number for _, number in predicates) + sum(number for _, number in types)
    return Info(triples=len(store), documents=documents, entities=entities, events=events, facts=facts,
                assertions=assertions, types=types, predicates=predicates)


_Row = tuple[str | None, ...]


def _rows(store: GraphStore, query: str, **parameters: Term | None) -> list[_Row]:
    answer = store.query(_text(query), parameters=parameters)
    assert isinstance(answer, Table)
    return [tuple(None if cell is None else str(cell) for cell in row) for row in answer.rows]


@lru_cache
def _text(name: str) -> str:
    return (_FOLDER / f"{name}.rq").read_text(encoding="utf-8")


def _thing(store: GraphStore, iri: str) -> Thing:
    names = [row[0] for row in _rows(store, _NAMES, thing=Iri(iri)) if row[0]]
    label = next((str(o) for _, _, o in store.triples(Iri(iri), Iri(LABEL.value))), compact(iri))
    types = sorted(str(o) for _, _, o in store.triples(Iri(iri), Iri(TYPE.value)))
    statements = (_statement(row) for row in _rows(store, _STATEMENTS, thing=Iri(iri)))
    return Thing(iri=iri, label=label, types=tuple(types), names=tuple(n for n in names if n != label),
                 statements=tuple(statements))


def _statement(row: _Row) -> Statement:
    predicate, label, value, value_label, inverse, supports = row
    return Statement(predicate=predicate or "", predicate_label=label or compact(predicate or ""), value=value or "",
                     value_label=value_label or value or "", inverse=inverse == "true", supports=int(supports or 0))


def _about(store: GraphStore, subject: str, predicate: str, obj: str) -> list[_Row]:
    """The evidence rows of the assertions on a subject, of those whose predicate and object are written so."""
    names, ends = {expand(predicate), predicate.casefold()}, find(store, obj)
    rows = [row for end in (map(Iri, ends) if ends else (None,))
            for row in _rows(store, _SUPPORTS_OF_NODE, node=Iri(subject), end=end)]
    return [row for row in rows if row[_OBJECT] in {obj, expand(obj), *ends}
            and (row[_PREDICATE] in names or (row[_PREDICATE_LABEL] or "").casefold() in names)]


# Where things stand in a row of the query `_SUPPORTS_OF_NODE`.
_PREDICATE, _PREDICATE_LABEL, _OBJECT = 3, 4, 5


def _supports(store: GraphStore, rows: list[_Row]) -> Iterator[Support]:
    by_assertion: dict[str, list[_Row]] = {}
    for row in rows:
        by_assertion.setdefault(row[0] or "", []).append(row)
    for iri, group in by_assertion.items():
        ends, (status, speaker, rule, sure, policy) = group[0][1:7], group[0][7:12]
        names = [label or compact(end or "") for end, label in zip(ends[::2], ends[1::2], strict=True)]
        yield Support(
            assertion=iri, subject=names[0], predicate=names[1], object=names[2],
            status=status or "", speaker=speaker, rule=rule, confidence=float(sure) if sure else None,
            policy=policy, left_aside=_left_aside(store, iri),
            evidence=tuple(dict.fromkeys(_evidence(row[-6:]) for row in group)))


def _left_aside(store: GraphStore, assertion: str) -> tuple[str, ...]:
    return tuple(sorted(str(line) for _, _, line in store.triples(Iri(assertion), Iri(LEFT_ASIDE.value))))


def _evidence(row: _Row) -> Evidence:
    document, source, title, start, end, quote = row
    return Evidence(document=document or "", source=source or document or "", title=title, start=int(start or 0),
                    end=int(end or 0), quote=quote or "")
