"""Where accounts of one event exclude each other, with the reason in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from kg.records import Span
from kg.resolution import ActorAccount, Dispute, EventProfile, PlaceAccount
from kg.resolve.arithmetic import misfits
from kg.resolve.estimates import Figure, last_words, rival_figures
from kg.resolve.places import distance_km
from kg.resolve.policy import policy
from kg.resolve.sources import Source, contemporaneous, teller
from kg.resolve.words import words
from kg.spellings import fold

_DENIED = "denied"
_PARTICIPANT = "participant"
_BODIES = ("group", "force")
_TOWN = "locality"
Told = tuple[EventProfile, ActorAccount]


def disputes(sources: Sequence[Source]) -> Iterator[Dispute]:
    """The points on which the accounts exclude each other; what only one recalls long after is no side in them."""
    news = contemporaneous([account for source in sources for account in source])
    yield from _dates(news)
    yield from _places(news)
    yield from _tolls(sources)
    yield from misfits(account for source in sources for account in source)
    yield from _denials(news)
    yield from _rivals(news)


def _dates(accounts: Sequence[EventProfile]) -> Iterator[Dispute]:
    """Days that exclude each other, where both texts give a day in words of their own."""
    dated = [account for account in accounts if account.date_span and account.earliest and account.latest]
    latest = max((account.earliest or "" for account in dated), default="")
    if any((account.latest or "") < latest for account in dated):
        told = [(when(account), account) for account in dated]
        yield Dispute(aspect="date", reason=f"the dates exclude each other: {_sides(told)}",
                      spans=tuple((account.document, account.date_span) for account in dated if account.date_span))


def when(account: EventProfile) -> str:
    """The days of an account in words."""
    same = account.earliest == account.latest
    return f"{account.earliest}" if same else f"{account.earliest} to {account.latest}"


def _places(accounts: Sequence[EventProfile]) -> Iterator[Dispute]:
    """Towns so far from each other that one event cannot have been in both."""
    towns = [(places, account) for account in accounts if (places := _towns(account))]
    told = [(one, account) for one, account in towns if any(_are_apart(one, other) for other, _ in towns)]
    if told:
        sides = _sides((" and ".join(place.name for place in places), account) for places, account in told)
        spans = ((account.document, span) for _, account in told for span in account.evidence[:1])
        yield Dispute(aspect="place", reason=f"the places are too far apart to be one: {sides}", spans=tuple(spans))


def _towns(account: EventProfile) -> list[PlaceAccount]:
    """The towns of an account whose position is known; none if it names another place that may be the one.

    A town outside the district or province that the account names is a namesake, and no witness.
    """
    towns = [place for place in account.places if place.level == _TOWN and place.lat is not None]
    around = {place.link for place in account.places if place not in towns}
    return towns if all(around <= {*town.within} for town in towns) else []


def _are_apart(one: Sequence[PlaceAccount], other: Sequence[PlaceAccount]) -> bool:
    return min(distance_km(left, right) or 0.0 for left in one for right in other) > policy().far


def _tolls(sources: Sequence[Source]) -> Iterator[Dispute]:
    """Counts that exclude each other and that no growth from day to day explains."""
    for (outcome, side), figures in last_words(sources).items():
        rivals = [figure for figure in rival_figures([figure for figure in figures if figure.news])
                  if not figure.toll.approximate]
        start = min((figure.day for figure in rivals if figure.day), default=None)
        at_odds = [one for one in rivals if any(_exclude(one, other, start) for other in rivals)]
        if at_odds:
            told = [(figure.words, figure.account) for figure in at_odds]
            of = "" if side != "perpetrators" else "attackers "
            yield Dispute(aspect=outcome, reason=f"the counts of {of}{outcome} exclude each other: {_sides(told)}",
                          spans=tuple((one.account.document, span) for one in at_odds for span in one.toll.spans))


def _exclude(one: Figure, other: Figure, start: date | None) -> bool:
    """Whether two counts can neither both be right nor follow each other as a toll grows from day to day."""
    low, high = sorted((one, other), key=lambda figure: figure.toll.best or 0)
    if low.floor is not None or low.toll.max is None or high.toll.min is None or low.toll.max >= high.toll.min:
        return False
    if low.day is None or high.day is None or start is None:
        return True
    return low.day >= high.day or (low.day - start).days > policy().growing


def _denials(accounts: Sequence[EventProfile]) -> Iterator[Dispute]:
    """Those who are named, or claim, and deny."""
    told = _actors(accounts)
    named = {_key(actor) for _, actor in told if actor.status != _DENIED and actor.role != _PARTICIPANT}
    for key in sorted({_key(actor) for _, actor in told if actor.status == _DENIED} & named):
        rows = [row for row in told if _key(row[1]) == key]
        ways = sorted({actor.status for _, actor in rows} - {_DENIED})
        reason = f"{rows[0][1].name} denies it but is named as {', '.join(ways)}"
        yield Dispute(aspect="perpetrator", reason=reason, spans=_spans(rows))


def _rivals(accounts: Sequence[EventProfile]) -> Iterator[Dispute]:
    """Several named bodies claim the event or are blamed for it, and none is part of another or acts with it."""
    told = [(account, actor) for account, actor in _actors(accounts) if _is_side(actor)]
    families: list[list[Told]] = []
    for row in told:
        kin = [family for family in families if any(_are_one_side(row, other) for other in family)]
        families = [family for family in families if family not in kin]
        families.append([row, *(other for family in kin for other in family)])
    if len(families) > 1:
        reason = f"different authors are named: {'; '.join(sorted(map(_side, families)))}"
        yield Dispute(aspect="perpetrator", reason=reason, spans=_spans(told))


def _is_side(actor: ActorAccount) -> bool:
    """Whether somebody is a named body that is said to have done it; "gunmen" may be anybody's."""
    named = any(letter.isupper() for letter in actor.name)
    return named and actor.kind in _BODIES and actor.status != _DENIED and actor.role != _PARTICIPANT


def _are_one_side(one: Told, other: Told) -> bool:
    """The same body, one a part of the other or of a third that both are of, or two named in one breath."""
    first, second = one[1], other[1]
    lines = {_key(first), *first.above}, {_key(second), *second.above}
    if lines[0] & lines[1]:
        return True
    if one[0].document == other[0].document and first.span == second.span and first.status == second.status:
        return True
    known = first.link and second.link
    return not known and bool(set(words(first.name)) & set(words(second.name)))


def _actors(accounts: Iterable[EventProfile]) -> list[Told]:
    return [(account, actor) for account in accounts for actor in account.actors]


def _key(actor: ActorAccount) -> str:
    return actor.link or fold(actor.name).lower()


def _side(family: Sequence[Told]) -> str:
    """The names of one side and how they are known."""
    names, ways = ({actor.name for _, actor in family}, {actor.status for _, actor in family})
    return f"{' or '.join(sorted(names))} ({', '.join(sorted(ways))})"


def _spans(rows: Iterable[Told]) -> tuple[tuple[str, Span], ...]:
    return tuple(dict.fromkeys((account.document, actor.span) for account, actor in rows))


def _sides(told: Iterable[tuple[str, EventProfile]]) -> str:
    """What is told, each with those who tell it."""
    by_value: dict[str, dict[str, None]] = defaultdict(dict)
    for value, account in told:
        by_value[value][teller(account)] = None
    return "; ".join(f"{value} ({' and '.join(tellers)})" for value, tellers in sorted(by_value.items()))
