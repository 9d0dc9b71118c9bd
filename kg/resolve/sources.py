"""Which accounts of an event come from one source, and which of them only recall it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from kg.resolution import EventProfile
from kg.resolve.policy import policy
from kg.resolve.words import likeness

# Two sketches that are alike enough share one of their smallest hashes, but for one pair in a thousand or so.
_SIGNS = 8
Source = tuple[EventProfile, ...]


def sources(accounts: Sequence[EventProfile]) -> tuple[Source, ...]:
    """The accounts by independent source, each in the order of publication.

    Copies of one report, the reports of one publisher and the accounts of one document are one source.
    """
    row = sorted(accounts, key=in_order)
    leader = list(range(len(row)))

    def find(place: int) -> int:
        while leader[place] != place:
            place = leader[place]
        return place

    seen: dict[str | int, list[int]] = {}
    for place, account in enumerate(row):
        for sign in _signs(account):
            same = isinstance(sign, str)
            for other in seen.setdefault(sign, [])[:1 if same else None]:
                if find(other) != find(place) and (same or _copies(row[other], account)):
                    leader[find(place)] = find(other)
            seen[sign].append(place)
    found: dict[int, list[EventProfile]] = {}
    for place, account in enumerate(row):
        found.setdefault(find(place), []).append(account)
    return tuple(tuple(group) for group in found.values())


def _signs(account: EventProfile) -> Iterable[str | int]:
    """What accounts of one source share: document, publisher, or perhaps a hash of their texts."""
    names = [f"document {account.document}"] + ([f"publisher {account.publisher}"] if account.publisher else [])
    return [*names, *sorted(account.sketch)[:_SIGNS]]


def _copies(one: EventProfile, other: EventProfile) -> bool:
    return likeness(one.sketch, other.sketch) >= policy().copy


def in_order(account: EventProfile) -> tuple[str, str]:
    """A key for the order of publication; undated accounts come last."""
    return account.published or "9999", account.id


def teller(account: EventProfile) -> str:
    """Who gives an account and when, in words."""
    return ", ".join(filter(None, (account.publisher or "a report", account.published)))


def contemporaneous(accounts: Sequence[EventProfile]) -> list[EventProfile]:
    """The accounts that report the event as news of its time; all of them if none does."""
    first = min(filter(None, map(day_of, accounts)), default=None)
    return [account for account in accounts if not _recalls(account, first)] or list(accounts)


def _recalls(account: EventProfile, first: date | None) -> bool:
    if account.salience != "main":
        return True
    day = day_of(account)
    return bool(first and day and (day - first).days > policy().recalled)


def day_of(account: EventProfile) -> date | None:
    """The day of publication, None where it is not known."""
    try:
        return date.fromisoformat(account.published) if account.published else None
    except ValueError:
        return None
