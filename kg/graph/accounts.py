"""Several accounts of one event, read from the graph side by side."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from kg.graph.store import GraphStore
from kg.graph.terms import Iri, Table
from kg.graph.vocabulary import DISPUTE, LABEL, REPLACED_BY, compact
from kg.records import Record

_QUERY = Path(__file__).resolve().parent / "reading_queries" / "accounts.rq"


class Account(Record, frozen=True):
    """What one document says of an event: pairs of a property's label and its values in words, with the first quote.

    What the document does not assert bears its status in brackets.
    """

    source: str
    publisher: str | None
    published: str | None
    values: tuple[tuple[str, str], ...]
    quote: str


class Accounts(Record, frozen=True):
    """All accounts of an event in order of publication, the points they dispute, and the names it once had."""

    accounts: tuple[Account, ...]
    disputes: tuple[str, ...]
    merged: tuple[str, ...]


def accounts_of(store: GraphStore, iri: str) -> Accounts:
    """The accounts of an event; none for anything else."""
    answer = store.query(_QUERY.read_text(encoding="utf-8"), parameters={"event": Iri(iri)})
    assert isinstance(answer, Table)
    groups = groupby(answer.records(), lambda row: (row["source"], row["publisher"], row["published"]))
    found = tuple(_account(source or "", publisher, published, list(rows))
                  for (source, publisher, published), rows in groups)
    points = [str(point) for _, _, point in store.triples(Iri(iri), Iri(DISPUTE.value))]
    reasons = (str(label) for point in points for _, _, label in store.triples(Iri(point), Iri(LABEL.value)))
    merged = (compact(str(old)) for old, _, _ in store.triples(None, Iri(REPLACED_BY.value), Iri(iri)))
    return Accounts(accounts=found, disputes=tuple(sorted(reasons)), merged=tuple(sorted(merged)))


def _account(source: str, publisher: str | None, published: str | None, rows: list[dict[str, str | None]]) -> Account:
    told: dict[str, dict[str, None]] = {}
    for row in rows:
        asserted = row["status"] in (None, "asserted")
        said = row["said"] or ""
        told.setdefault(row["label"] or "", {})[said if asserted else f"{said} ({row['status']})"] = None
    first = min(rows, key=lambda row: (row["label"] != "is", int(row["start"] or 0), -len(row["quote"] or "")))
    return Account(source=source, publisher=publisher, published=published, quote=first["quote"] or "",
                   values=tuple((label, ", ".join(values)) for label, values in sorted(told.items())))
