"""Whether two places or facilities without ids are one."""

from __future__ import annotations

from collections.abc import Iterator

from kg.records import Kind
from kg.resolution import Comparison, EntityProfile
from kg.resolve.entity_features import companies, compared, compatible, same_occasion, share_area
from kg.resolve.entity_knowledge import weighing
from kg.resolve.knowledge import ResolutionKnowledge
from kg.resolve.naming import Likeness, Naming, Word, naming

_NAME = {Likeness.SAME: "same-name", Likeness.LISTED: "spelled", Likeness.CLOSE: "spelled",
         Likeness.FAR: "transliterated"}
_BELOW_PROVINCE = ("locality", "admin2")


def compare_sites(one: EntityProfile, other: EntityProfile, knowledge: ResolutionKnowledge) -> Comparison | None:
    """The probability that two places are one; None if their names do not correspond."""
    found = _names(one, other, naming(knowledge.gazetteer))
    if found is None:
        return None
    findings = [*found, *_around(one, other, knowledge), *companies(one, other)]
    if any(same_occasion(left, right) for left in one.parts for right in other.parts):
        findings.append("event")
    return compared(one, other, "place", findings)


def telling_words(profile: EntityProfile, names: Naming) -> tuple[Word, ...]:
    """The words of a place's name without those for its kind; a facility's kind is part of its name."""
    name, _ = names.place(profile.name)
    return name.words if profile.kind == Kind.FACILITY else name.telling


def _names(one: EntityProfile, other: EntityProfile, names: Naming) -> list[str] | None:
    far = all(profile.country is None or profile.country in names.transliterating for profile in (one, other))
    left, rest = telling_words(one, names), list(telling_words(other, names))
    if len(left) != len(rest):
        return None
    likenesses = []
    for word in left:
        likeness, place = max(((names.alike(word, mate, far=far), -i) for i, mate in enumerate(rest)),
                              default=(Likeness.NONE, 0))
        if not likeness:
            return None
        likenesses.append(likeness)
        del rest[-place]
    found = [_NAME[min(likenesses)]]
    rarities = [sum(map(names.rarity, telling_words(profile, names))) for profile in (one, other)]
    if min(rarities) < weighing().limits["telling"]:
        found.append("common-words")
    return [*found, *_kinds(one, other, names)]


def _kinds(one: EntityProfile, other: EntityProfile, names: Naming) -> Iterator[str]:
    (_, mine), (_, yours) = names.place(one.name), names.place(other.name)
    if mine and yours and not mine & yours:
        yield "other-kind"


def _around(one: EntityProfile, other: EntityProfile, knowledge: ResolutionKnowledge) -> Iterator[str]:
    """What contains both, the smallest that does."""
    if one.country and other.country and one.country != other.country:
        yield "other-country"
    if not one.within or not other.within:
        if share_area(one, other, knowledge):
            yield "area"
        return
    if not compatible(one.within, other.within):
        yield "apart"
        return
    levels = [place.level for link in one.within if link in other.within and (place := knowledge.places.get(link))]
    if any(level in _BELOW_PROVINCE for level in levels):
        yield "within"
    elif "admin1" in levels:
        yield "province"
    elif levels:
        yield "country"
