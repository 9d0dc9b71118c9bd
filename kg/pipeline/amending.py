"""What an extraction comes to after a person rejected or corrected a part of it.

The extraction as it was read is kept; a graph is made from both, so that what was taken away stays visible.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date

from msgspec.structs import replace

from kg.errors import KGError
from kg.pipeline import parts as p
from kg.pipeline.parts import Part
from kg.records import Actor, Anchor, Casualties, Entity, Event, Extraction, Mention, Span, content_hash
from kg.reviews import NewValue

_DATES = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_RANGE = re.compile(r"(\d*)\s*[-–]\s*(\d*)|(\d+)")
_REPLACED = {p.CLASS: "type", p.SALIENCE: "salience", p.TIME: "time_of_day", p.COUNTRY: "country"}
_LISTED = {p.PLACE: "places", p.TARGET: "targets", p.WEAPON: "weapons"}


def touch(extraction: Extraction, part: Part) -> Extraction:
    """The extraction without a part and nothing but it, by which one sees what rests on the part."""
    return amend(extraction, part, NewValue(text="") if part.slot in (p.CLASS, p.SALIENCE) else None)


def amend(extraction: Extraction, part: Part, value: NewValue | None) -> Extraction:
    """The extraction with another value in the place of a part, or without it.

    Without its class an event is none: it goes, and all that was said of it. Raises KGError for a value that cannot
    stand there.
    """
    if part.slot == p.RELATION:
        return _relation(extraction, part, value)
    if part.slot == p.NAME:
        return _name(extraction, part, value)
    if part.slot == p.CLASS and value is None:
        return _without(extraction, part.owner)
    event = next(event for event in extraction.events if event.id == part.owner)
    if part.slot in (*_LISTED, p.VICTIM, p.ACTOR) and value:
        mention, extraction = _taken_in(extraction, part, event, value)
    else:
        mention = None
    changed = _SLOTS[part.slot](event, part, value, mention)
    return replace(extraction, events=tuple(changed if one.id == event.id else one for one in extraction.events))


def _without(extraction: Extraction, event: str) -> Extraction:
    rest = [one for one in extraction.events if one.id != event]
    kept = tuple(replace(one, part_of=None) if one.part_of == event else one for one in rest)
    return replace(extraction, events=kept)


def _relation(extraction: Extraction, part: Part, value: NewValue | None) -> Extraction:
    relation = next(one for one in extraction.relations if one.id == part.owner)
    if value is None:
        return replace(extraction, relations=tuple(one for one in extraction.relations if one.id != part.owner))
    entity, extraction = _entity(extraction, value)
    changed = replace(relation, object=entity.id)
    return replace(extraction,
                   relations=tuple(changed if one.id == part.owner else one for one in extraction.relations))


def _name(extraction: Extraction, part: Part, value: NewValue | None) -> Extraction:
    owner = next(entity for entity in extraction.entities if entity.id == part.owner)
    if value is not None or part.value == owner.name:
        raise KGError("what a text calls a thing cannot be changed",
                      mend="correct the statements that speak of the wrong thing, or merge the two that are one")
    changed = replace(owner, aliases=tuple(alias for alias in owner.aliases if alias != part.value))
    return replace(extraction, entities=tuple(changed if one.id == owner.id else one for one in extraction.entities))


def _known(extraction: Extraction, value: NewValue) -> Entity | None:
    """The entity of the document that a value names."""
    for entity in extraction.entities:
        if entity.link == value.link and (value.link is not None or entity.name == value.text):
            return entity
    return None


def _entity(extraction: Extraction, value: NewValue) -> tuple[Entity, Extraction]:
    """The entity that a value names, taken into the extraction if its document does not speak of it."""
    entity = _known(extraction, value)
    if entity is not None:
        return entity, extraction
    if value.kind is None:
        raise KGError(f"{value.text!r} is nothing that could stand there", mend="name a thing of the graph")
    name = content_hash("named by a person", value.link or value.text)
    entity = Entity(id=f"by-{name}", kind=value.kind, name=value.text, link=value.link)
    return entity, replace(extraction, entities=(*extraction.entities, entity))


def _taken_in(extraction: Extraction, part: Part, event: Event, value: NewValue) -> tuple[Mention, Extraction]:
    """The entity that a value names by a mention of it; one that has none is mentioned where the old value stands."""
    known = _known(extraction, value)
    for mention in extraction.mentions:
        if known and mention.entity == known.id:
            return mention, extraction
    entity, extraction = _entity(extraction, value)
    here = _place(extraction, part, event)
    mention = Mention(id=f"at-{entity.id}", start=here.start, end=here.end, entity=entity.id, kind=entity.kind,
                      text=extraction.document.text[here.start:here.end])
    return mention, replace(extraction, mentions=(*extraction.mentions, mention))


def _place(extraction: Extraction, part: Part, event: Event) -> Span:
    """Where the value of a part stands in the text."""
    said: list[Mention | Span | Anchor] = [one for one in extraction.mentions if part.value in (one.id, one.entity)]
    if part.slot == p.ACTOR:
        said = [event.actors[int(part.value)].evidence]
    found = next(iter([*said, *event.triggers, *event.evidence]))
    return Span(start=found.start, end=found.end)


Mend = Callable[[Event, Part, NewValue | None, Mention | None], Event]


def _single(event: Event, part: Part, value: NewValue | None, mention: Mention | None) -> Event:
    if value is None and part.slot == p.SALIENCE:
        raise KGError("how prominent an event is cannot be rejected", mend="correct it to main or background")
    return replace(event, **{_REPLACED[part.slot]: value and value.text})


def _whole(event: Event, part: Part, value: NewValue | None, mention: Mention | None) -> Event:
    if value is not None:
        raise KGError("of what an event is a part cannot be corrected", mend="reject it")
    return replace(event, part_of=None)


def _date(event: Event, part: Part, value: NewValue | None, mention: Mention | None) -> Event:
    if value is None or event.date is None:
        return replace(event, date=None)
    first, last, precision = days(value.text)
    return replace(event, date=replace(event.date, earliest=first, latest=last, precision=precision))


def _listed(event: Event, part: Part, value: NewValue | None, mention: Mention | None) -> Event:
    slot = _LISTED[part.slot]
    return replace(event, **{slot: _swapped(getattr(event, slot), part.value, mention.id if mention else None)})


def _victim(event: Event, part: Part, value: NewValue | None, mention: Mention | None) -> Event:
    return replace(event, victims=_swapped(event.victims, part.value, mention.entity if mention else None))


def _actor(event: Event, part: Part, value: NewValue | None, mention: Mention | None) -> Event:
    number = int(part.value)
    new: tuple[Actor, ...] = ()
    if mention and mention.entity:
        new = (replace(event.actors[number], entity=mention.entity),)
    return replace(event, actors=event.actors[:number] + new + event.actors[number + 1:])


def _toll(event: Event, part: Part, value: NewValue | None, mention: Mention | None) -> Event:
    def counted(count: Casualties) -> Casualties:
        assert value is not None
        low, high = bounds(value.text)
        return replace(count, min=low, max=high, approximate=False)
    counts = (one for one in event.casualties if value or one.key != part.value)
    return replace(event, casualties=tuple(counted(one) if one.key == part.value else one for one in counts))


_SLOTS: dict[str, Mend] = {
    p.CLASS: _single, p.SALIENCE: _single, p.TIME: _single, p.COUNTRY: _single, p.WHOLE: _whole, p.DATE: _date,
    p.PLACE: _listed, p.TARGET: _listed, p.WEAPON: _listed, p.VICTIM: _victim, p.ACTOR: _actor, p.TOLL: _toll,
}


def _swapped(ids: tuple[str, ...], old: str, new: str | None) -> tuple[str, ...]:
    """Another id in the place of one, each id once; none in its place if there is no other."""
    found = (new if one == old else one for one in ids)
    return tuple(dict.fromkeys(one for one in found if one is not None))


def days(text: str) -> tuple[str, str, str]:
    """First day, last day and precision of a date as people write it in ISO 8601: a day, a month, a year.

    Two dates with "/" between them are a range. Raises KGError for anything else.
    """
    first, between, last = text.partition("/")
    try:
        begin, end = _date_bounds(first), _date_bounds(last if between else first)
        if begin[0] > end[1]:
            raise ValueError
    except ValueError:
        mend = "write a day (2016-06-19), a month (2016-06), a year (2016) or two of these with / between"
        raise KGError(f"{text!r} is no date", mend=mend) from None
    return begin[0], end[1], "range" if between else begin[2]


def _date_bounds(text: str) -> tuple[str, str, str]:
    found = _DATES.fullmatch(text.strip())
    if found is None:
        raise ValueError
    year, month, day = (int(one) if one else None for one in found.groups())
    assert year is not None
    first = date(year, month or 1, day or 1)
    if day:
        return first.isoformat(), first.isoformat(), "day"
    last = date(year, month or 12, calendar.monthrange(year, month or 12)[1])
    return first.isoformat(), last.isoformat(), "month" if month else "year"


def bounds(text: str) -> tuple[int | None, int | None]:
    """The lowest and highest number of people as written: 12, 12-14, 12- (at least), -14 (at most).

    Raises KGError for anything else.
    """
    found = _RANGE.fullmatch(text.strip())
    low, high = ((found[3], found[3]) if found[3] else (found[1], found[2])) if found else ("", "")
    if not (low or high) or (low and high and int(low) > int(high)):
        mend = "write 12, 12-14, 12- for at least twelve, or -14 for at most fourteen"
        raise KGError(f"{text!r} is no number of people", mend=mend)
    return int(low) if low else None, int(high) if high else None
