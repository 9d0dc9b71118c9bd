"""Whether confidence means what it says: of the assertions given 0.8, about 80 % are right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.evaluate.case import Case, Expected, claims, denies, is_perpetrator
from kg.evaluate.results import Result
from kg.evaluate.valuation import value_credit
from kg.records import Actor

KINDS = ("events", "values", "actors", "relations")
_EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, kw_only=True)
class Judged:
    """An assertion with the confidence it was given, and how far the labels agree with it: 1, 0 or in between."""

    kind: str
    rule: str
    confidence: float
    right: float


@dataclass(frozen=True, kw_only=True)
class Bin:
    """The assertions whose confidence is at least `low` and below `high`; `mean` is their mean confidence."""

    low: float
    high: float
    count: int
    mean: float
    right: float


def judged(results: Sequence[Result]) -> tuple[Judged, ...]:
    """Every assertion that the labels decide.

    An event is right if a labelled one was found for it whose type its class fits, at least loosely. A value of a slot
    is right as far as its credit goes. An actor is right if the label of that event names it in that part. Values and
    actors of an event that did not happen are wrong. A relation is right if it is labelled. What the labels leave open
    is not judged, nor are values and actors that came without a confidence (the public form of an extraction has none).
    """
    return tuple(one for result in results for part in (_events, _values, _actors, _relations) for one in part(result))


def bins(assertions: Sequence[Judged]) -> tuple[Bin, ...]:
    """The reliability table: a row for each interval of confidence that holds an assertion."""
    tops = (*_EDGES[1:], 1.0)
    found = []
    for low, high in zip(_EDGES, tops, strict=True):
        inside = [one for one in assertions if low <= one.confidence and (one.confidence < high or high == tops[-1])]
        if inside:
            mean = sum(one.confidence for one in inside) / len(inside)
            right = sum(one.right for one in inside) / len(inside)
            found.append(Bin(low=low, high=high, count=len(inside), mean=mean, right=right))
    return tuple(found)


def calibration_error(assertions: Sequence[Judged]) -> float:
    """The mean distance between confidence and share of right ones over the bins, weighted by their size (ECE)."""
    off = sum(row.count * abs(row.mean - row.right) for row in bins(assertions))
    return off / len(assertions) if assertions else 0.0


def share_right(assertions: Sequence[Judged], least: float) -> tuple[int, float]:
    """How many assertions have at least that confidence, and the share of them that is right (1 if there is none)."""
    sure = [one.right for one in assertions if one.confidence >= least]
    return len(sure), sum(sure) / len(sure) if sure else 1.0


def _events(result: Result) -> Iterator[Judged]:
    for pair in result.events.pairs:
        event = pair.told.event
        yield Judged(kind="events", rule=_first(event.rules), confidence=event.confidence, right=pair.type_credit > 0)
    for told in result.events.false:
        event = told.event
        yield Judged(kind="events", rule=_first(event.rules), confidence=event.confidence, right=False)


def _values(result: Result) -> Iterator[Judged]:
    found = [(pair.gold, pair.told) for pair in result.events.pairs]
    for gold, told in (*found, *((None, told) for told in result.events.false)):
        for estimate in told.event.estimates:
            right = value_credit(result.case, gold, told, estimate)
            if right is not None:
                yield Judged(kind="values", rule=estimate.rule, confidence=estimate.confidence, right=right)


def _actors(result: Result) -> Iterator[Judged]:
    case, found = result.case, [(pair.gold, pair.told) for pair in result.events.pairs]
    for gold, told in (*found, *((None, told) for told in result.events.false)):
        for actor in told.event.actors:
            right = _actor_right(case, gold, actor)
            if right is not None and (actor.rule or actor.confidence):
                yield Judged(kind="actors", rule=actor.rule, confidence=actor.confidence, right=right)


def _actor_right(case: Case, gold: Expected | None, actor: Actor) -> bool | None:
    """None if the labels leave it open, or the actor is no named group that did or denied it."""
    name = case.actor_group(actor)
    if name is None or not (is_perpetrator(actor) or denies(actor)):
        return None
    if gold is None:
        return False
    slot = "claimed_by" if claims(actor) else "denied_by" if denies(actor) else "attributed_to"
    if name in gold.values[slot]:
        return True
    open_values = gold.gold.optional_values.get(slot, ())
    claimed = gold.values["claimed_by"] if slot == "attributed_to" else ()
    return None if name in (*open_values, *claimed) else False


def _relations(result: Result) -> Iterator[Judged]:
    for rows, right in ((result.relations.right, True), (result.relations.false, False)):
        for row in rows:
            yield Judged(kind="relations", rule=row.rule, confidence=row.confidence, right=right)


def _first(rules: Sequence[str]) -> str:
    return rules[0] if rules else ""
