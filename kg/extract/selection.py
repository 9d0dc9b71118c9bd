"""Keeps the drafts that are events: specific enough to point at, and told of by more than one weak word."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract import grammar
from kg.extract.cards import lemma
from kg.extract.drafts import BACKGROUND_AFTER_DAYS, Draft
from kg.extract.eventrecords import event_class
from kg.extract.frames import EVENT
from kg.extract.linking import Reading, frames_of
from kg.extract.manner import MannerReader
from kg.records import Kind


def select(drafts: Sequence[Draft], reading: Reading, manner: MannerReader, *, theatre: bool) -> dict[int, str]:
    """The class of each draft that is kept, by `id(draft)`; `theatre`: the document's words tell of a conflict."""
    theatre = theatre or any(m.kind is Kind.GROUP for m in reading.mentions)
    kept: dict[int, str] = {}
    for draft in drafts:
        name = event_class(draft, reading, manner)
        if name is not None and _specific(draft) and _grounded(draft, reading, theatre=theatre):
            kept[id(draft)] = name
    return kept


def _specific(draft: Draft) -> bool:
    """Whether the text says when, where, to whom or with what result, at least one of them."""
    counted = any(toll.min is not None or toll.max is not None for toll in draft.tolls)
    timed = any(incident.times for incident in draft.incidents)
    return bool(timed or draft.places or counted or draft.victims or draft.targets)


def _grounded(draft: Draft, reading: Reading, *, theatre: bool) -> bool:
    """Whether something beside a weak trigger speaks of violence: an actor, a weapon, a toll in a theatre of war."""
    frames = frames_of(draft)
    if draft.family == reading.families.civil and (theatre or _attended(draft, reading)):
        return True
    if draft.family not in {None, reading.families.attack} and any(f.sort == EVENT and not f.weak for f in frames):
        return theatre or _armed(draft, reading)
    strong = any(f.sort == EVENT and not f.weak for f in frames)
    harmed = any(t.outcome in {"killed", "injured", "kidnapped"} and (t.min or t.max) for t in draft.tolls)
    armed = _armed(draft, reading)
    named_kind = any(f.event_class not in {None, *reading.families.vague} for f in frames if not f.weak)
    if strong:
        located = any(place.kind is Kind.PLACE or place.name for place in draft.places)
        sited = located and any(t.kind in {Kind.FACILITY, Kind.FORCE} for t in draft.targets)
        sited |= located and _hit_people(draft, reading)
        return armed or theatre or harmed or sited or (named_kind and (harmed_or_aimed(draft) or bool(draft.places)))
    return armed or (theatre and (harmed or bool(draft.victims))) or _of_office(draft, reading)


def _hit_people(draft: Draft, reading: Reading) -> bool:
    """Whether people are said to suffer what is no mere "attack", which may be one of words."""
    found = (reading.mentions.at(i) for f in frames_of(draft) if f.event_class not in {None, reading.families.attack}
             for role in ("victim", "target") for i in f.roles.get(role, []))
    return any(m is not None and m.kind in {Kind.PERSON, Kind.PEOPLE} for m in found)


def _of_office(draft: Draft, reading: Reading) -> bool:
    """Whether the one whose murder is told holds an office or has a voice: "the murder of the judge"."""
    doc, persons = reading.parsed.doc, reading.lexicon.incident.hostile["persons"]
    suffering = (doc[i] for f in frames_of(draft) if f.event_class not in {None, *reading.families.vague}
                 for i in f.roles.get("victim", []))
    return any(lemma(t) in persons for token in suffering for t in (token, *token.lefts, *grammar.appositions(token)))


def _attended(draft: Draft, reading: Reading) -> bool:
    """Whether people are said to take part, at a place or a time."""
    found = (reading.mentions.at(t) for f in frames_of(draft) for t in f.roles.get("participant", []))
    return any(m is not None for m in found) and bool(draft.when or draft.places)


def harmed_or_aimed(draft: Draft) -> bool:
    """Whether somebody or something is said to have suffered it."""
    return bool(draft.tolls or draft.victims or draft.targets)


def _armed(draft: Draft, reading: Reading) -> bool:
    words, doc = reading.lexicon.incident.hostile, reading.parsed.doc
    modifiers = (child for f in frames_of(draft) if f.form == "noun" for child in doc[f.trigger].lefts)
    if draft.weapons or any(lemma(child) in words["doers"] for child in modifiers):
        return True
    if any(lemma(doc[target.head]) in words["targets"] for target in draft.targets):
        return True
    if any(lemma(doc[toll.head].head) in words["deaths"] for toll in draft.tolls):
        return True
    roles = ("perpetrator", "participant", "operator")
    found = (reading.mentions.at(t) for f in frames_of(draft) for r in roles for t in f.roles.get(r, []))
    return any(m is not None and m.kind in {Kind.GROUP, Kind.FORCE} for m in found) or any(
        i.claims for i in draft.incidents)


def mark_background(drafts: Sequence[Draft], reading: Reading) -> None:
    """Older events, told for comparison, are background: dated well before the main one, or set apart by the words.

    A protest or an accord makes no attack older.
    """
    civil = reading.families.civil
    violent = [d for d in drafts if d.family != civil] or drafts
    dated = [d.when.latest for d in violent if d.when is not None and d.when.latest is not None]
    if not drafts:
        return
    first = drafts[0]
    latest = max(dated, default=None)
    for draft in drafts:
        when = draft.when
        if draft is first and (when is None or when.latest == latest):
            continue
        if when is not None and when.latest is not None and latest is not None:
            draft.background = (latest - when.latest).days > BACKGROUND_AFTER_DAYS
        elif any(i.other for i in draft.incidents) and draft.whole is None:
            draft.background = draft.last_sentence > len(reading.parsed.sentences) // 2
