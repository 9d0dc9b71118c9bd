"""What several accounts of one event come to: the range and best estimate of each toll, the date, what is disputed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.records import Span
from kg.resolution import (
    Dispute,
    Estimation,
    EventProfile,
    EventSummary,
    ReportProfile,
    StorySummary,
    TollAccount,
)
from kg.resolve.knowledge import ResolutionKnowledge

_HAPPENED = ("asserted", "alleged")


def summary(iri: str, accounts: Sequence[EventProfile], knowledge: ResolutionKnowledge) -> EventSummary:
    """What the accounts of one event come to."""
    first = min(accounts, key=lambda account: (account.published or "9999", account.id))
    return EventSummary(
        iri=iri, members=tuple(account.id for account in accounts),
        documents=tuple(sorted({account.document for account in accounts})),
        main=tuple(sorted({account.document for account in accounts if account.salience == "main"})),
        sources=len(accounts), type=first.type, status=first.status, salience=first.salience,
        country=first.country, earliest=first.earliest, latest=first.latest, precision=first.precision,
        date_spans=((first.document, first.date_span),) if first.date_span else (),
        places=tuple(place.name for place in first.places), tolls=tuple(_tolls(accounts, knowledge)),
        disputes=tuple(_disputes(accounts)),
        evidence=tuple((account.document, span) for account in accounts for span in account.evidence),
        confidence=max(account.confidence for account in accounts))


def story(iri: str, reports: Sequence[ReportProfile], events: Sequence[tuple[str, EventProfile]]) -> StorySummary:
    """What a story is about: the event that most of its documents report as their news, if they report one.

    `events` are the accounts in these documents, each with the IRI of its event.
    """
    votes: dict[str, set[str]] = defaultdict(set)
    sure: dict[str, float] = defaultdict(float)
    for event, account in events:
        if account.salience == "main" and account.status in _HAPPENED and not account.part:
            votes[event].add(account.document)
            sure[event] = max(sure[event], account.confidence)
    first = min(reports, key=lambda report: (report.published or "9999", report.id))
    return StorySummary(iri=iri, documents=tuple(sorted({report.document for report in reports})), label=first.title,
                        event=min(votes, key=lambda name: (-len(votes[name]), -sure[name], name), default=None))


def _tolls(accounts: Sequence[EventProfile], knowledge: ResolutionKnowledge) -> Iterator[Estimation]:
    table = knowledge.ontology.toll_properties
    found: dict[str, list[tuple[str, TollAccount]]] = defaultdict(list)
    for account in accounts:
        for toll in account.tolls:
            if (toll.outcome, toll.side, "min") in table:
                found[table[toll.outcome, toll.side, "min"]].append((account.document, toll))
    for tolls in found.values():
        lows, highs = [toll.min for _, toll in tolls], [toll.max for _, toll in tolls]
        low = min((n for n in lows if n is not None), default=None)
        high = None if None in highs else max(n for n in highs if n is not None)
        spans: tuple[tuple[str, Span], ...] = tuple((name, span) for name, toll in tolls for span in toll.spans)
        yield Estimation(outcome=tolls[0][1].outcome, side=tolls[0][1].side, low=low, best=low, high=high,
                         accounts=len(tolls), spans=spans)


def _disputes(accounts: Sequence[EventProfile]) -> Iterator[Dispute]:
    told = [(account.document, actor) for account in accounts for actor in account.actors]
    denying = {actor.link or actor.name for _, actor in told if actor.status == "denied"}
    named = {actor.link or actor.name for _, actor in told if actor.status != "denied"}
    for who in sorted(denying & named):
        spans = tuple((document, actor.span) for document, actor in told if (actor.link or actor.name) == who)
        yield Dispute(aspect="perpetrator", reason="one who is named denies it", spans=spans)
