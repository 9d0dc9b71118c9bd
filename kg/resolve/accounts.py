"""What several accounts of one event come to: the range and best estimate of each toll, the date, what is disputed."""

from __future__ import annotations

from collections.abc import Sequence

from kg.resolution import EventProfile, EventSummary
from kg.resolve.knowledge import ResolutionKnowledge


def summary(iri: str, accounts: Sequence[EventProfile], knowledge: ResolutionKnowledge) -> EventSummary:
    """What the accounts of one event come to."""
    first = min(accounts, key=lambda account: (account.published or "9999", account.id))
    return EventSummary(
        iri=iri, members=tuple(account.id for account in accounts),
        documents=tuple(sorted({account.document for account in accounts})),
        main=tuple(sorted({account.document for account in accounts if account.salience == "main"})),
        sources=len(accounts), type=first.type, status=first.status, salience=first.salience,
        country=first.country, earliest=first.earliest, latest=first.latest, precision=first.precision,
        evidence=tuple((account.document, span) for account in accounts for span in account.evidence),
        confidence=max(account.confidence for account in accounts))
