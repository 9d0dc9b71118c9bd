"""Which accounts a sum of accounts leaves aside, and why, in words that `accounts.yaml` gives.

One line per account: what it says, who says it, why it did not count. Nothing is left aside in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.resolution import EventProfile
from kg.resolve.estimates import Figure, Key, last_words, rival_figures, votes_for_best
from kg.resolve.policy import policy
from kg.resolve.sources import Source, teller

Lines = tuple[str, ...]


def from_range(sources: Sequence[Source], key: Key) -> Lines:
    """The counts that neither the lowest nor the highest count was drawn from."""
    return _lines(_before_range(sources, key))


def from_best(sources: Sequence[Source], key: Key, best: int | None) -> Lines:
    """The counts that the best estimate was not drawn from."""
    return _lines([*_before_range(sources, key), *_before_best(sources, key, best)])


def others(accounts: Iterable[tuple[str, EventProfile]], why: str) -> Lines:
    """Accounts with another value, each with its value in words; `why` is a key of the policy's reasons."""
    return _lines((value, account, why) for value, account in accounts)


def _before_range(sources: Sequence[Source], key: Key) -> Iterator[tuple[str, EventProfile, str]]:
    """Boasts, what a source said before its last word, and floors."""
    heard = last_words(sources).get(key, [])
    rivals = {figure.account.id for figure in rival_figures(heard)}
    last = {figure.account.id: figure for figure in heard}
    final = {account.id: last[one.id].words for source in sources for one in source if one.id in last
             for account in source}
    for account in (account for source in sources for account in source):
        for toll in account.tolls:
            words = Figure(account, toll, news=True).words
            if (toll.outcome, toll.side) != key or account.id in rivals or words == "?":
                continue
            if account.id in last:
                yield words, account, "floor"
            elif toll.partisan and account.id not in final:
                yield words, account, "boast"
            elif words != final.get(account.id):
                yield words, account, "corrected"


def _before_best(sources: Sequence[Source], key: Key, best: int | None) -> Iterator[tuple[str, EventProfile, str]]:
    rivals = rival_figures(last_words(sources).get(key, []))
    news, current = votes_for_best(rivals)
    for figure in rivals:
        if figure in current:
            if figure.toll.best != best:
                yield figure.words, figure.account, "outvoted"
        elif figure not in news:
            yield figure.words, figure.account, "recalled"
        elif figure.day is None:
            yield figure.words, figure.account, "undated"
        else:
            yield figure.words, figure.account, "round" if figure.toll.approximate else "superseded"


def _lines(left: Iterable[tuple[str, EventProfile, str]]) -> Lines:
    return tuple(dict.fromkeys(f"{value} ({teller(account)}): {policy().aside[why]}" for value, account, why in left))
