"""Compares an extracted event with its labelled counterpart, slot by slot; either may be missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.evaluate.case import Expected, Told
from kg.evaluate.credit import count_credit, date_credit, place_credit
from kg.evaluate.gold import Count
from kg.evaluate.wording import Wording
from kg.records import Casualties

Equal = Callable[[str, str], bool]

_UNHURT_SIDES = ("victims", "unknown")
_ALL_SIDES = (*_UNHURT_SIDES, "perpetrators")
_LISTS = ("claimed_by", "attributed_to", "denied_by", "targets", "weapons")
_GROUP_LISTS = frozenset({"claimed_by", "attributed_to", "denied_by"})

# The slots whose F1 is averaged, in the order of reports; those after them are measured beside it, because few labels
# have them.
SLOTS = ("date", "place", "country", *_LISTS, "killed", "injured", "victims_named")
MORE_SLOTS = ("attackers_killed", "kidnapped")


@dataclass(frozen=True, kw_only=True)
class SlotResult:
    """What one slot holds on both sides, in words, and how much of it is right.

    `right`, `told` and `gold` are amounts: 0 or 1, but for the slots with several values.
    """

    slot: str
    right: float
    told: float
    gold: float
    gold_words: str
    told_words: str

    @property
    def perfect(self) -> bool:
        """Whether nothing is missing and nothing is wrong."""
        return self.right >= max(self.told, self.gold)


def compare_slots(gold: Expected | None, told: Told | None, wording: Wording) -> tuple[SlotResult, ...]:
    """All slots of a pair of events; without a counterpart everything is missed or false."""
    compared = [_date(gold, told), _place(gold, told, wording), _country(gold, told)]
    compared += [_list(slot, gold, told, wording) for slot in _LISTS]
    compared += [_count("killed", gold, told), _count("injured", gold, told)]
    compared.append(_list("victims_named", gold, told, wording))
    return (*compared, *(_count(slot, gold, told) for slot in MORE_SLOTS))


def tolls_for(slot: str, told: Told, *, attack: bool) -> tuple[Casualties, ...]:
    """The extracted counts that answer a slot; the killed of what is no attack are those of all sides."""
    if slot == "attackers_killed":
        return told.tolls("killed", "perpetrators") if attack else ()
    return told.tolls(slot, *(_UNHURT_SIDES if attack else _ALL_SIDES))


def gold_count(slot: str, gold: Expected) -> Count | None:
    """The label of a count."""
    counts = {"killed": gold.gold.killed, "injured": gold.gold.injured, "kidnapped": gold.gold.kidnapped,
              "attackers_killed": gold.gold.attackers_killed}
    return counts[slot]


def _date(gold: Expected | None, told: Told | None) -> SlotResult:
    dates = gold.gold.dates if gold else ()
    when = told.event.date if told else None
    words = f"{when.earliest}/{when.latest} ({when.text})" if when else ""
    return SlotResult(slot="date", right=date_credit(dates, when), told=when is not None, gold=bool(dates),
                      gold_words=" or ".join(dates), told_words=words)


def _place(gold: Expected | None, told: Told | None, wording: Wording) -> SlotResult:
    wanted, given = _values(gold, "place"), _values(told, "place")
    return SlotResult(slot="place", right=place_credit(wanted, given, wording), told=bool(given), gold=bool(wanted),
                      gold_words=", ".join(wanted), told_words=", ".join(given))


def _country(gold: Expected | None, told: Told | None) -> SlotResult:
    wanted, given = gold.country if gold else None, told.event.country if told else None
    return SlotResult(slot="country", right=bool(wanted) and wanted == given, told=bool(given), gold=bool(wanted),
                      gold_words=wanted or "", told_words=given or "")


def _count(slot: str, gold: Expected | None, told: Told | None) -> SlotResult:
    count = gold_count(slot, gold) if gold else None
    attack = gold.gold.is_militant_attack if gold else slot != "attackers_killed" or bool(told and told.attack)
    rows = tolls_for(slot, told, attack=attack) if told else ()
    result = SlotResult(slot=slot, right=count_credit(count, rows) if count else 0.0, told=bool(rows),
                        gold=count is not None, gold_words=(count.text or "none") if count else "",
                        told_words=" | ".join(row.text for row in rows))
    vague = count is not None and count.vague
    return _nothing_to_compare(result) if vague else result


def _nothing_to_compare(result: SlotResult) -> SlotResult:
    """The same for a gold value of no number ("some were killed")."""
    return SlotResult(slot=result.slot, right=0, told=0, gold=0, gold_words=result.gold_words,
                      told_words=result.told_words)


def _list(slot: str, gold: Expected | None, told: Told | None, wording: Wording) -> SlotResult:
    wanted, given = _values(gold, slot), _values(told, slot)
    optional = gold.gold.optional_values.get(slot, ()) if gold else ()
    claimed = _values(gold, "claimed_by") if slot == "attributed_to" else ()
    equal = _identical if slot in _GROUP_LISTS else wording.same
    found = [one for one in wanted if _among(one, given, equal)]
    false = [one for one in given if not _among(one, (*wanted, *optional, *claimed), equal)]
    needed = [one for one in wanted if one in found or one not in optional]
    if gold and slot in gold.gold.any_one:
        needed = found or list(wanted[:1])
    return SlotResult(slot=slot, right=len(found), told=len(found) + len(false), gold=len(needed),
                      gold_words=", ".join(wanted), told_words=", ".join(given))


def _values(side: Expected | Told | None, slot: str) -> tuple[str, ...]:
    return side.values[slot] if side else ()


def _among(one: str, others: Sequence[str], equal: Equal) -> bool:
    return any(equal(one, other) for other in others)


def _identical(one: str, other: str) -> bool:
    return one == other
