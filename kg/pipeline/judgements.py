"""Why things are one: the fewest judgements that hold the accounts of each together, by people or rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.pipeline.applying import Applied
from kg.pipeline.targets import told_of
from kg.records import Record
from kg.resolution import EntityProfile, EventProfile, Judgement
from kg.workspace import Workspace
from kg.workspace.judgements import Tie

_RULES = "rules"


class Side(Record, frozen=True, kw_only=True):
    """One of two things that were compared, as its document tells of it."""

    iri: str
    thing: str
    words: str
    date: str | None
    place: str | None
    source: str


class Doubt(Record, frozen=True, kw_only=True):
    """What rules think of two things: made one (`same`) or not, how probable that is, and the reasons with weights."""

    kind: str
    same: bool
    score: float
    reasons: tuple[tuple[str, float], ...]
    decided: bool
    left: Side
    right: Side


def doubts(folder: str | Path, *, made: bool | None = None, kind: str | None = None, decided: bool = False,
           limit: int = -1) -> Iterator[Doubt]:
    """What rules compared, the most doubtful first; `decided` ones too, or only what no person has spoken of."""
    with Workspace.open(Path(folder)) as workspace:
        for one in workspace.judgements.doubtful(made=made, kind=kind, decided=decided, limit=limit):
            yield Doubt(kind=one.kind, same=one.made, score=one.score, reasons=one.reasons, decided=one.decided,
                        left=_side(workspace, one.left), right=_side(workspace, one.right))


def _side(workspace: Workspace, member: str) -> Side:
    (one,) = [one for one in workspace.reviews.members_of(member) if one.id == member]
    profile = workspace.members.profile(one.number)
    date = place = None
    if isinstance(profile, EventProfile):
        date = profile.earliest if profile.earliest == profile.latest else f"{profile.earliest} to {profile.latest}"
        place = ", ".join(dict.fromkeys(place.name for place in profile.places)) or None
    elif isinstance(profile, EntityProfile):
        date = ", ".join(profile.days) or None
    return Side(iri=one.id, thing=one.thing or one.id, words=told_of(workspace.extraction(one.document), one)[1],
                date=date, place=place, source=one.source)


def judgements_of(workspace: Workspace, thing: int, applied: Applied) -> tuple[Judgement, ...]:
    """The judgements that a thing rests on, by its number: one for each account that was joined to others."""
    return tuple(_judgement(tie, applied) for tie in spanning(workspace.judgements.ties(thing)))


def spanning(ties: Iterable[Tie]) -> Iterator[Tie]:
    """Of ties in the order of their strength, those that join what the ones before did not."""
    group: dict[str, set[str]] = {}
    for tie in ties:
        first, second = (group.setdefault(end, {end}) for end in (tie.left, tie.right))
        if first is not second:
            first |= second
            group.update(dict.fromkeys(second, first))
            yield tie


def _judgement(tie: Tie, applied: Applied) -> Judgement:
    review = applied.joined_by(tie.left, tie.right) if tie.score is None else None
    if review:
        return Judgement(left=tie.left, right=tie.right, same=True, score=None, by=review.by, time=review.time,
                         reasons=(review.reason,) if review.reason else ())
    return Judgement(left=tie.left, right=tie.right, same=True, score=tie.score, by=_RULES,
                     reasons=written(tie.reasons))


def written(reasons: Iterable[tuple[str, float]]) -> tuple[str, ...]:
    """Reasons with their weights (log-odds) in words, the weightiest first; what decides by itself has no weight."""
    ordered = sorted(reasons, key=lambda reason: (-abs(reason[1]), reason[0]))
    return tuple(f"{words} ({weight:+.1f})" if weight else words for words, weight in ordered)
