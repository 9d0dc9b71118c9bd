"""The keys by which likely matches of an entity are found: the name, and what must agree beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from kg.records import Kind
from kg.resolution import EntityProfile
from kg.resolve.entity_bodies import short, written_out
from kg.resolve.entity_features import is_small
from kg.resolve.entity_knowledge import weighing
from kg.resolve.entity_people import full_names
from kg.resolve.entity_profiles import SITES
from kg.resolve.entity_sites import telling_words
from kg.resolve.knowledge import ResolutionKnowledge
from kg.resolve.naming import Naming, Word, is_acronym, naming

# Reports of one event give days so far apart; a month's end may lie between.
_SLACK = 2


def blocks(profile: EntityProfile, knowledge: ResolutionKnowledge) -> frozenset[str]:
    """A key for each thing that may agree beside the name; of a rare name, the name itself."""
    names = naming(knowledge.gazetteer)
    if profile.kind == Kind.PERSON:
        return frozenset(_of_person(profile, names))
    if profile.kind in SITES:
        word = _joined(telling_words(profile, names))
        return frozenset(f"{profile.kind}|{word}|{around}" for around in _around(profile))
    return frozenset(_of_body(profile, names))


def settled(profile: EntityProfile, knowledge: ResolutionKnowledge) -> str | None:
    """A key that leaves no doubt: members that share it are one thing without being compared, so that what is named in
    thousands of documents costs no millions of comparisons. None for most people and for what has no country or place.
    """
    names = naming(knowledge.gazetteer)
    if profile.kind == Kind.PERSON:
        mark = _held(profile, names)
        words = tuple(names.person(profile.name).words)
        return f"person|{_listed(words)}|{mark}" if mark and len(words) > 1 else None
    if profile.kind in SITES:
        near = next((link for link in profile.within[:1] if is_small(link, knowledge)), None)
        sorts = " ".join(sorted(names.place(profile.name)[1]))
        return f"{profile.kind}|{_listed(telling_words(profile, names))}|{sorts}|{near}" if near else None
    return _settled_body(profile, names, knowledge)


def _held(profile: EntityProfile, names: Naming) -> str | None:
    """The office that a person holds in a body, or in a country if few bear the name; None if there are several."""
    offices = weighing().identifying
    held = {f"{predicate} {end}" for predicate, end in profile.ties if offices.get(predicate) == "office"}
    rarity = sum(map(names.rarity, names.person(profile.name).words))
    if not profile.ties and profile.country and rarity >= weighing().limits["usual"]:
        held = {f"{office} {profile.country}" for office in profile.offices if len(profile.roles) == 1}
    return held.pop() if len(held) == 1 else None


def _settled_body(profile: EntityProfile, names: Naming, knowledge: ResolutionKnowledge) -> str | None:
    name = names.body(profile.name)
    key = f"{profile.kind}|{_listed(name.words)}"
    if profile.parents or is_acronym(profile.name) or not name.telling:
        return f"{key}|{profile.parents[0]}" if len(profile.parents) == 1 and not is_acronym(profile.name) else None
    everyday = sum(map(names.rarity, name.telling)) < weighing().limits["telling"]
    if profile.kind == Kind.GROUP or not everyday:
        return f"{key}|{profile.country}" if profile.country else None
    towns = [link for link in profile.areas if is_small(link, knowledge)]
    return f"{key}|{towns[0]}" if towns else None


def _listed(words: tuple[Word, ...]) -> str:
    return " ".join(word.listed for word in words)


def _of_person(profile: EntityProfile, names: Naming) -> Iterator[str]:
    limits = weighing().limits
    for name in full_names(profile, names):
        for pair in combinations(name.words, 2):
            key = _joined(pair)
            rarity = sum(map(names.rarity, pair))
            if rarity >= limits["rare"]:
                yield f"person|{key}"
                continue
            yield from (f"person|{key}|{mark}" for mark in _marks(profile))
            if rarity >= limits["usual"]:
                yield from (f"person|{key}|{span}" for span in _spans(profile))
        for word in name.words if len(name.words) == 1 else (name.words[0], name.words[-1]):
            yield from (f"name|{word.far}|{mark}" for mark in _firm_marks(profile))


def _of_body(profile: EntityProfile, names: Naming) -> Iterator[str]:
    known = [_joined(name.words) for name in written_out(profile, names)]
    for word in (*known, *sorted(short(profile))):
        yield from (f"{profile.kind}|{word}|{mark}" for mark in (*_firm_marks(profile), *_country(profile)))


def _joined(words: tuple[Word, ...]) -> str:
    return " ".join(sorted(word.far for word in words))


def _country(profile: EntityProfile) -> tuple[str, ...]:
    return (profile.country,) if profile.country else ()


def _marks(profile: EntityProfile) -> Iterator[str]:
    """All that can agree on two bearers of a name that many bear."""
    yield from _firm_marks(profile)
    yield from profile.areas
    yield from profile.company
    yield from (f"{role} {profile.country}" for role in profile.roles)
    if profile.age is not None:
        yield f"age {profile.age}"
        born = int(profile.published[:4]) - profile.age if profile.published else 0
        yield from (f"born {born + shift}" for shift in (0, 1) if born)


def _spans(profile: EntityProfile) -> Iterator[str]:
    """The few days around, such that two within the limit share one."""
    limit = int(weighing().limits["same_days"])
    for day in {profile.published, *profile.days} - {None}:
        number = date.fromisoformat(str(day)).toordinal()
        yield from {f"days {(number + shift) // (2 * limit)}" for shift in (0, limit)}


def _firm_marks(profile: EntityProfile) -> Iterator[str]:
    """What little else is like: ties, and parts in events."""
    yield from (end for _, end in profile.ties)
    yield from profile.parents
    for part in profile.parts:
        if part.first and part.first == part.last:
            day = date.fromisoformat(part.first)
            months = {str(day + timedelta(shift))[:7] for shift in (-_SLACK, _SLACK)}
            yield from (f"{month} {link}" for month in sorted(months) for link in part.area[:2])


def _around(profile: EntityProfile) -> tuple[str, ...]:
    return (*profile.within[-3:], *profile.areas, *_country(profile))
