"""Tolls over all accounts of an event: the lowest, the best and the highest count.

As in UCDP's georeferenced data, `low` and `high` are the lowest and highest count of any source and `best` is the most
reliable one; as in ACLED's, a later and better count replaces an earlier one and doubt is settled downwards:

- A source counts once, with its last word; copies of a report and reports of one publisher are one source.
- A group that counts its enemy's dead is heard only where nobody else counts.
- A bare floor ("at least four") is no rival of a count that reaches it, nor is one person told of without a toll.
- `best` comes from those who report the event as news of its time, if there are any: recollections and anniversaries
  do not overrule them. While a toll may still grow, the reports of its last days supersede those before them.
- Among these, the number most sources give; then what most gave at any time; then the one told last; then the lower.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kg.records import Span
from kg.resolution import Estimation, EventProfile, TollAccount
from kg.resolve.policy import policy
from kg.resolve.sources import Source, contemporaneous, day_of

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """A toll as one source tells it last; `news` says that it was told as news of its time."""

    account: EventProfile
    toll: TollAccount
    news: bool

    @property
    def day(self) -> date | None:
        """When it was told."""
        return day_of(self.account)

    @property
    def words(self) -> str:
        """The count in words: "12", "12 to 14", "at least 12", "at most 14"."""
        low, high = self.toll.min, self.toll.max
        if low is None:
            return "?" if high is None else f"at most {high}"
        return f"{low}" if low == high else f"{low} to {high}" if high is not None else f"at least {low}"

    @property
    def floor(self) -> int | None:
        """The number that it does not go beyond for certain, if it sets a lower bound only."""
        return self.toll.best if self.toll.max is None or self.toll.best == 1 else None


def estimations(sources: Sequence[Source]) -> Iterator[Estimation]:
    """A toll per outcome and side that any source tells."""
    for (outcome, side), figures in last_words(sources).items():
        rivals = rival_figures(figures)
        low, high = _range(rivals)
        best = _best(rivals)
        _, current = votes_for_best(rivals)
        yield Estimation(outcome=outcome, side=side, low=low, best=best, high=high, accounts=len(figures),
                         low_spans=_spans(one for one in rivals if one.toll.min == low),
                         best_spans=_spans(one for one in current if one.toll.best == best),
                         high_spans=_spans(one for one in rivals if one.toll.max == high))


def _spans(figures: Iterable[Figure]) -> tuple[tuple[str, Span], ...]:
    return tuple((figure.account.document, span) for figure in figures for span in figure.toll.spans)


def last_words(sources: Sequence[Source]) -> dict[Key, list[Figure]]:
    """The last figure of each source, news before recollection, by outcome and side."""
    news = {account.id for account in contemporaneous([account for source in sources for account in source])}
    found: dict[Key, list[Figure]] = defaultdict(list)
    for source in sources:
        told: dict[Key, Figure] = {}
        for account in sorted(source, key=lambda one: one.id in news):
            for toll in account.tolls:
                if toll.best is not None or toll.max is not None:
                    told[toll.outcome, toll.side] = Figure(account, toll, account.id in news)
        for key, figure in told.items():
            found[key].append(figure)
    return {key: [figure for figure in figures if not figure.toll.partisan] or figures
            for key, figures in sorted(found.items())}


def rival_figures(figures: Sequence[Figure]) -> Sequence[Figure]:
    """The figures without the floors that a count of another source reaches."""
    counts = [figure.toll.max for figure in figures if figure.floor is None and figure.toll.max is not None]
    top = max(counts, default=0)
    return [figure for figure in figures if figure.floor is None or figure.floor > top] or figures


def _range(figures: Sequence[Figure]) -> tuple[int | None, int | None]:
    lows = [figure.toll.min for figure in figures if figure.toll.min is not None]
    highs = [figure.toll.max for figure in figures]
    return min(lows, default=None), None if None in highs else max(n for n in highs if n is not None)


def votes_for_best(figures: Sequence[Figure]) -> tuple[Sequence[Figure], Sequence[Figure]]:
    """The figures told as news, or all if none was, and those of them among which the best is chosen."""
    news = [figure for figure in figures if figure.news] or figures
    return news, _current(news)


def _best(figures: Sequence[Figure]) -> int | None:
    told, current = map(_votes, votes_for_best(figures))
    return min(current, key=lambda number: (-len(current[number]), -len(told[number]), -_last(current[number]), number),
               default=None)


def _votes(figures: Sequence[Figure]) -> dict[int, list[Figure]]:
    votes: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.toll.best is not None:
            votes[figure.toll.best].append(figure)
    return votes


def _current(figures: Sequence[Figure]) -> Sequence[Figure]:
    """The figures that are not superseded: those of the last days of the time in which a toll may grow, and later."""
    days = [figure.day for figure in figures if figure.day]
    if not days:
        return figures
    end = min(days) + timedelta(policy().growing)
    start = max(day for day in days if day <= end) - timedelta(policy().current - 1)
    current = [figure for figure in figures if figure.day and figure.day >= start]
    exact = [figure for figure in current if not figure.toll.approximate]
    return exact or current


def _last(figures: Sequence[Figure]) -> int:
    return max(figure.day.toordinal() if figure.day else 0 for figure in figures)
