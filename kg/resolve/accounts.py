"""What several accounts of one event come to. Nothing here overwrites what the single documents say.

- Status: asserted if any account asserts the event, else alleged if any alleges it. What is summed up comes from the
  accounts of that status: an allegation adds nothing to an event that others assert.
- Class: the finest class that most sources' accounts lead to: a source speaks for its class and for every finer one.
- Date: the narrowest interval that agrees with most sources, reports of the time before recollections.
- Country and places: what most sources give. Salience: main if it is anybody's news.
- Tolls: `kg.resolve.estimates`. What excludes each other: `kg.resolve.disputes`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from kg.records import Span
from kg.resolution import Estimation, EventProfile, EventSummary, ReportProfile, StorySummary
from kg.resolve import asides
from kg.resolve.disputes import disputes, when
from kg.resolve.estimates import estimations
from kg.resolve.knowledge import ResolutionKnowledge
from kg.resolve.sources import Source, contemporaneous, in_order, sources

# Statuses in the order in which they decide; an event of none of these has that of most of its accounts.
_HAPPENED = ("asserted", "alleged")
Spans = tuple[tuple[str, Span], ...]
Dates = tuple[str, str, str]
Lines = tuple[str, ...]
Value = Callable[[EventProfile], str | None]


def summary(iri: str, accounts: Sequence[EventProfile], knowledge: ResolutionKnowledge) -> EventSummary:
    """What the accounts of one event come to; the order in which they are given does not matter."""
    row = sorted(accounts, key=in_order)
    status = _status(row)
    groups = sources([account for account in row if account.status == status])
    telling = [account for group in groups for account in group]
    dates = _date(groups)
    earliest, latest, precision = dates or (None, None, None)
    country = _most(groups, lambda account: account.country)
    kind = _type(groups, knowledge)
    return EventSummary(
        iri=iri, members=tuple(sorted(account.id for account in row)),
        documents=tuple(sorted({account.document for account in row})),
        main=tuple(sorted({account.document for account in row if account.salience == "main"})),
        sources=len(groups), type=kind, status=status,
        salience="main" if any(account.salience == "main" for account in telling) else "background",
        country=country, country_spans=_first_words([account for account in telling if account.country == country]),
        earliest=earliest, latest=latest, precision=precision, date_spans=_date_spans(telling, dates),
        aside={"type": _other_types(telling, kind, knowledge), "date": _other_dates(telling, dates),
               "country": _other_countries(telling, country)},
        places=_places(groups), tolls=tuple(_tolls(groups)), disputes=tuple(disputes(groups)),
        evidence=_first_words(telling), confidence=max(account.confidence for account in telling))


def story(iri: str, reports: Sequence[ReportProfile], events: Sequence[tuple[str, EventProfile]]) -> StorySummary:
    """What a story is about: the event that most of its documents report as their news, if they report one.

    `events` are the accounts in these documents, each with the IRI of its event. Of several events the surest is taken,
    then the one with the first account by id: which IRI it has depends on what came first.
    """
    news: dict[str, list[EventProfile]] = defaultdict(list)
    for event, account in events:
        if account.salience == "main" and account.status in _HAPPENED and not account.part:
            news[event].append(account)

    def rank(event: str) -> tuple[int, float, str]:
        told = news[event]
        return (-len({one.document for one in told}), -max(one.confidence for one in told), min(one.id for one in told))
    first = min(reports, key=lambda report: (report.published or "9999", report.id))
    return StorySummary(iri=iri, documents=tuple(sorted({report.document for report in reports})), label=first.title,
                        event=min(news, key=rank, default=None))


def _status(accounts: Sequence[EventProfile]) -> str:
    found = Counter(account.status for account in accounts)
    return next((status for status in _HAPPENED if found[status]), max(sorted(found), key=lambda name: found[name]))


def _type(groups: Sequence[Source], knowledge: ResolutionKnowledge) -> str:
    """The class with most sources that name it or one above it; then the one most name; then the finest."""
    classes = knowledge.ontology.event_classes
    said = [{account.type for account in group} for group in groups]

    def rank(name: str) -> tuple[int, int, int, str]:
        above = {name, *(knowledge.ontology.ancestors(name) if name in classes else ())}
        return -sum(bool(one & above) for one in said), -sum(name in one for one in said), -len(above), name
    return min({name for one in said for name in one}, key=rank)


def _other_types(accounts: Sequence[EventProfile], kind: str, knowledge: ResolutionKnowledge) -> Lines:
    classes = knowledge.ontology.event_classes
    above = {kind, *(knowledge.ontology.ancestors(kind) if kind in classes else ())}
    other = [(knowledge.ontology.label(one.type), one) for one in accounts if one.type not in above]
    coarser = [(knowledge.ontology.label(one.type), one) for one in accounts if one.type in above - {kind}]
    return (*asides.others(other, "outvoted"), *asides.others(coarser, "coarser"))


def _other_dates(accounts: Sequence[EventProfile], dates: Dates | None) -> Lines:
    found = [(when(account), account, one) for account in accounts if (one := _dates(account)) and dates]
    other = [(words, account) for words, account, one in found if dates and not _agree(dates, one)]
    coarser = [(words, account) for words, account, one in found if dates and one != dates and _agree(dates, one)]
    return (*asides.others(other, "outvoted"), *asides.others(coarser, "coarser"))


def _other_countries(accounts: Sequence[EventProfile], country: str | None) -> Lines:
    return asides.others([(one.country, one) for one in accounts if one.country and one.country != country], "outvoted")


def _tolls(groups: Sequence[Source]) -> Iterator[Estimation]:
    for toll in estimations(groups):
        key = toll.outcome, toll.side
        yield replace(toll, aside=asides.from_range(groups, key), best_aside=asides.from_best(groups, key, toll.best))


def _date(groups: Sequence[Source]) -> Dates | None:
    """The dates that agree with most sources; of several the narrowest, the most usual, the first told."""
    dated = [account for group in groups for account in group if _dates(account)]
    news = {account.id for account in contemporaneous(dated)} if dated else set()
    heard = [{dates: None for account in group if account.id in news and (dates := _dates(account))}
             for group in groups]
    told = Counter(dates for group in heard for dates in group)

    def rank(dates: Dates) -> tuple[int, int, int]:
        return -sum(any(_agree(dates, other) for other in group) for group in heard), _days(dates), -told[dates]
    return min(told, key=rank, default=None)


def _dates(account: EventProfile) -> Dates | None:
    if not account.earliest or not account.latest or not account.precision:
        return None
    return account.earliest, account.latest, account.precision


def _days(dates: Dates) -> int:
    return (date.fromisoformat(dates[1]) - date.fromisoformat(dates[0])).days


def _agree(one: Dates, other: Dates) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _date_spans(accounts: Sequence[EventProfile], dates: Dates | None) -> Spans:
    """Where the texts give this date; else the first words of those who do."""
    giving = [account for account in accounts if dates and _dates(account) == dates]
    return tuple((account.document, account.date_span) for account in giving if account.date_span
                 ) or _first_words(giving)


def _most(groups: Sequence[Source], value: Value) -> str | None:
    """The value that most sources give; of several the one told first."""
    told: Counter[str] = Counter()
    for group in groups:
        told.update(tuple(dict.fromkeys(filter(None, map(value, contemporaneous(group))))))
    return max(told, key=lambda name: told[name], default=None)


def _places(groups: Sequence[Source]) -> tuple[str, ...]:
    """The names of the places that most sources agree on, the smallest first, as one of them gives them."""
    accounts = [account for account in contemporaneous([one for group in groups for one in group]) if account.places]
    told = Counter(place.link or place.name for account in accounts for place in account.places)

    def rank(account: EventProfile) -> tuple[int, int, tuple[str, str]]:
        nearest = account.places[0]
        return -told[nearest.link or nearest.name], -len(nearest.within), in_order(account)
    chosen = min(accounts, key=rank, default=None)
    return tuple(dict.fromkeys(place.name for place in chosen.places)) if chosen else ()


def _first_words(accounts: Iterable[EventProfile]) -> Spans:
    """The first words of each account; all of its evidence where there is but one."""
    row = list(accounts)
    if len(row) == 1:
        return tuple((row[0].document, span) for span in row[0].evidence)
    return tuple((account.document, min(account.evidence, key=lambda span: span.start))
                 for account in row if account.evidence)
