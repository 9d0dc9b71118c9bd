"""Whether what one document counts in the parts of an event fits what it counts for the whole.

A part is an event that the document itself counts in ("two bombings", then each). Only exact counts are held against
each other: a boast, a round number and an open bound leave room. Parts that come to less than the whole speak against
it only if the text says how many parts there are and tells of as many.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.resolution import Dispute, EventProfile, TollAccount
from kg.resolve.sources import teller


def misfits(accounts: Iterable[EventProfile]) -> Iterator[Dispute]:
    """The tolls of events that their parts, as the same documents tell them, contradict."""
    for account in accounts:
        for whole in account.tolls:
            told = [toll for part in account.parts for toll in part if _alike(toll, whole)]
            if len(told) > 1 and not any(toll.approximate for toll in (whole, *told)):
                yield from _misfit(account, whole, told)


def _alike(toll: TollAccount, whole: TollAccount) -> bool:
    return (toll.outcome, toll.side, toll.partisan) == (whole.outcome, whole.side, whole.partisan)


def _misfit(account: EventProfile, whole: TollAccount, told: Sequence[TollAccount]) -> Iterator[Dispute]:
    low = sum(toll.min or 0 for toll in told)
    high = sum(toll.max for toll in told if toll.max is not None)
    closed = all(toll.max is not None for toll in told)
    if whole.max is not None and low > whole.max:
        yield _dispute(account, whole, told, f"make {_at_least(low, closed)}, more than the {whole.max}")
    elif len(told) == account.stated_parts and closed and whole.min is not None and high < whole.min:
        yield _dispute(account, whole, told, f"make {high}, less than the {whole.min}")


def _at_least(number: int, closed: bool) -> str:
    return f"{number}" if closed else f"at least {number}"


def _dispute(account: EventProfile, whole: TollAccount, told: Sequence[TollAccount], sum_of: str) -> Dispute:
    parts = " and ".join(str(toll.best if toll.best is not None else toll.min or toll.max) for toll in told)
    of = "attackers " if whole.side == "perpetrators" else ""
    spans = (*whole.spans, *(span for toll in told for span in toll.spans))
    return Dispute(aspect="arithmetic", spans=tuple((account.document, span) for span in dict.fromkeys(spans)),
                   reason=f"the parts do not fit the whole: {parts} {of}{whole.outcome} {sum_of} of the whole "
                          f"({teller(account)})")
