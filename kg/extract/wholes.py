"""Hangs the events of a document on the total that counts them: "two separate attacks killed nine"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.extract.drafts import Draft, dates_apart
from kg.extract.frames import EVENT, OUTCOME
from kg.extract.incident import Incident
from kg.extract.mentions import Found
from kg.extract.whereabouts import Whereabouts
from kg.records import Kind

Paragraph = Callable[[int], int]


def join_wholes(drafts: Sequence[Draft], where: Whereabouts, paragraph: Paragraph) -> None:
    """Hang the parts on a stated total and let them share its claims and date."""
    for place, whole in enumerate(drafts):
        if whole.number < 2:
            continue
        later = [d for d in drafts[place + 1:] if _may_be_part(d, whole, where) and (not d.aside or whole.aside)]
        for part in later[:whole.number]:
            part.whole = whole
            part.when = part.when or whole.when
            part.background = part.background or whole.background
            claims = [c for i in whole.incidents for c in i.claims]
            places = _shared_places(part, whole, paragraph)
            if claims or places:
                sentence = whole.incidents[0].sentence
                part.incidents.append(Incident(sentence, claims=claims, places=places))


def _shared_places(part: Draft, whole: Draft, paragraph: Paragraph) -> list[Found]:
    """Where a total lies, so must a part of it that is told in the same paragraph without a place."""
    near = paragraph(part.incidents[0].sentence) == paragraph(whole.incidents[0].sentence)
    placed = any(place.kind is Kind.PLACE for place in part.places)
    return [] if placed or not near else [p for p in whole.places if p.kind is Kind.PLACE]


def _may_be_part(draft: Draft, whole: Draft, where: Whereabouts) -> bool:
    kin = draft.family == whole.family or None in {draft.family, whole.family}
    return (draft.number == 1 and draft.whole is None and kin
            and dates_apart(draft.when, whole.when) is not True
            and not where.apart(draft.places, whole.places)
            and any(f.sort in {EVENT, OUTCOME} for i in draft.incidents for f in i.frames))
