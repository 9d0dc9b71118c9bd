"""Scores one document: what is right, wrong, missed and neither, for events, relations and groups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.evaluate.alignment import align
from kg.evaluate.case import Case, Expected, Told
from kg.evaluate.gold import GoldRelation, OptionalItem
from kg.evaluate.slots import SlotResult, compare_slots
from kg.records import Relation


@dataclass(frozen=True, kw_only=True)
class EventPair:
    """A labelled event found: how well its class fits, whether it counts as a militant attack, and its slots.

    `false_militant` says that it was told as a militant attack and is none.
    """

    gold: Expected
    told: Told
    type_credit: float
    militant: bool
    false_militant: bool
    slots: tuple[SlotResult, ...]


@dataclass(frozen=True, kw_only=True)
class Events:
    """The events of a document; `neutral` ones are neither right nor wrong."""

    pairs: tuple[EventPair, ...]
    missed: tuple[Expected, ...]
    false: tuple[Told, ...]
    neutral: tuple[Told, ...]
    slots: tuple[SlotResult, ...]


@dataclass(frozen=True, kw_only=True)
class Relations:
    """The relations of a document; `right` are extracted ones, `found` labelled ones.

    The `extra` ones are labelled without being complete, so that none can be false.
    """

    found: tuple[GoldRelation, ...]
    missed: tuple[GoldRelation, ...]
    right: tuple[Relation, ...]
    false: tuple[Relation, ...]
    neutral: tuple[Relation, ...]
    extra_found: tuple[GoldRelation, ...]
    extra_missed: tuple[GoldRelation, ...]


@dataclass(frozen=True, kw_only=True)
class Groups:
    """The groups of a document: labelled names, and ids of extracted entities.

    `merged` entities bear the names of two groups, `split` groups are several entities.
    """

    found: tuple[str, ...]
    missed: tuple[str, ...]
    told: tuple[str, ...]
    false: tuple[str, ...]
    merged: tuple[str, ...]
    split: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Result:
    """Everything that the comparison of one document found."""

    case: Case
    events: Events
    relations: Relations
    groups: Groups


def score(case: Case) -> Result:
    """Compare one document."""
    return Result(case=case, events=score_events(case), relations=score_relations(case), groups=score_groups(case))


def score_events(case: Case) -> Events:
    """Pair the events and compare each pair."""
    pairs = tuple(_pair(case, gold, told) for gold, told in align(case))
    partner = {pair.told.event.id: pair.gold for pair in pairs}
    found = {pair.gold.gold.id for pair in pairs}
    missed = tuple(gold for gold in case.expected if gold.gold.id not in found)
    rest = [told for told in case.told if told.event.id not in partner]
    neutral = tuple(told for told in rest if _is_optional(case, told) or _is_part_or_whole(case, told, partner))
    false = tuple(told for told in rest if told not in neutral)
    wording = case.vocabulary.wording
    slots = [slot for pair in pairs for slot in pair.slots]
    slots += [slot for gold in missed for slot in compare_slots(gold, None, wording)]
    slots += [slot for told in false for slot in compare_slots(None, told, wording)]
    return Events(pairs=pairs, missed=missed, false=false, neutral=neutral, slots=tuple(slots))


def score_relations(case: Case) -> Relations:
    """Find the labelled relations among the extracted ones."""
    labels, rows = case.gold.labels, case.relations
    complete = [row for row in rows if case.vocabulary.predicate(row.predicate)]
    right = tuple(row for row in complete if any(_states(case, row, want) for want in labels.relations))
    others = [row for row in complete if row not in right]
    options = [item for item in labels.optional_items if item.kind == "relation"]
    neutral = tuple(row for row in others if any(_states(case, row, one) for one in _stated_by(options)))
    found = _found(case, labels.relations, rows)
    extra = _found(case, labels.extra_relations, rows)
    return Relations(
        found=found, missed=tuple(want for want in labels.relations if want not in found),
        right=right, neutral=neutral, false=tuple(row for row in others if row not in neutral),
        extra_found=extra, extra_missed=tuple(want for want in labels.extra_relations if want not in extra))


def score_groups(case: Case) -> Groups:
    """Find the labelled groups among the extracted ones."""
    named, keys = case.named_groups, case.group_keys
    found = [name for name in keys if name in named.values()]
    own = {name: {key for key in forms if sum(key in others for others in keys.values()) == 1}
           for name, forms in keys.items()}
    key = case.vocabulary.wording.group_key
    merged = [entity for entity in named
              if sum(bool(set(map(key, case.forms(entity))) & forms) for forms in own.values()) > 1]
    return Groups(found=tuple(found), missed=tuple(name for name in keys if name not in found), told=tuple(named),
                  false=tuple(entity for entity, name in named.items() if not name), merged=tuple(merged),
                  split=tuple(name for name in found if list(named.values()).count(name) > 1))


def _pair(case: Case, gold: Expected, told: Told) -> EventPair:
    label, vocabulary = gold.gold, case.vocabulary
    credit = vocabulary.type_credit(label.types, told.event.type)
    militant = label.is_militant_attack
    false = told.attack and not militant and not vocabulary.has_attack_type(label.types)
    return EventPair(gold=gold, told=told, type_credit=credit, militant=militant and (told.attack or credit > 0),
                     false_militant=false, slots=compare_slots(gold, told, vocabulary.wording))


def _is_optional(case: Case, told: Told) -> bool:
    """Whether the labels leave it open if this event is told."""
    return any(item.kind == "event" and _is_about(case, told, item) for item in case.gold.labels.optional_items)


def _is_about(case: Case, told: Told, item: OptionalItem) -> bool:
    vocabulary, kind = case.vocabulary, told.event.type
    sentences = [vocabulary.wording.words(case.gold.quote(one)) for one in item.evidence]
    said = told.triggers or told.evidence
    if not item.anywhere and not any(vocabulary.wording.about(a, b) for a in said for b in sentences):
        return False
    if not item.types:
        return True
    open_type = any(map(vocabulary.is_open, item.types))
    return vocabulary.compatible(item.types, False, kind) and not (told.attack and open_type)


def _is_part_or_whole(case: Case, told: Told, partner: dict[str, Expected]) -> bool:
    """Whether it is a part of a found event told in the same sentences, or the whole of two found ones."""
    wording = case.vocabulary.wording
    whole = partner.get(told.event.part_of or "")
    said = told.triggers or told.evidence
    if whole and any(wording.about(a, b) for a in said for b in whole.evidence):
        return True
    return sum(other.event.part_of == told.event.id and other.event.id in partner for other in case.told) > 1


def _found(case: Case, wanted: Iterable[GoldRelation], rows: Iterable[Relation]) -> tuple[GoldRelation, ...]:
    rows = tuple(rows)
    return tuple(want for want in wanted if any(_states(case, row, want) for row in rows))


def _stated_by(items: Iterable[OptionalItem]) -> list[GoldRelation]:
    return [GoldRelation(subject=item.subject, predicate=item.predicate, object=one)
            for item in items for one in item.objects]


def _states(case: Case, row: Relation, want: GoldRelation) -> bool:
    """Whether an extracted relation says what the label says."""
    vocabulary = case.vocabulary
    stated = vocabulary.predicate(row.predicate) or vocabulary.extra_predicate(row.predicate)
    if stated != want.predicate:
        return False
    if _names(case, row.subject, want.subject) and _names(case, row.object, want.object):
        return True
    groups = want.subject in case.group_keys and want.object in case.group_keys
    either = vocabulary.file.either_order | (vocabulary.file.either_order_between_groups if groups else set())
    return stated in either and _names(case, row.object, want.subject) and _names(case, row.subject, want.object)


def _names(case: Case, reference: str, wanted: str) -> bool:
    forms = case.forms(reference)
    if wanted in case.group_keys:
        return case.group(forms) == wanted
    return any(case.vocabulary.wording.same(wanted, form) for form in forms)
