"""Entities that no table knows: how a document speaks of them, and whether two documents speak of one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from kg.records import Kind
from kg.resolution import Comparison, EntityProfile, EntitySummary
from kg.resolve.entity_blocks import blocks, settled
from kg.resolve.entity_bodies import compare_bodies
from kg.resolve.entity_people import compare_people
from kg.resolve.entity_profiles import SITES, profiles
from kg.resolve.entity_sites import compare_sites
from kg.resolve.knowledge import ResolutionKnowledge

__all__ = ["blocks", "compare", "profiles", "settled", "summary"]


def compare(one: EntityProfile, other: EntityProfile, knowledge: ResolutionKnowledge) -> Comparison | None:
    """How probable it is that two entities are one, with reasons; None if they are of two kinds or names."""
    if one.kind != other.kind:
        return None
    first, second = sorted((one, other), key=lambda profile: profile.id)
    if one.kind == Kind.PERSON:
        return compare_people(first, second, knowledge)
    return (compare_sites if one.kind in SITES else compare_bodies)(first, second, knowledge)


def summary(iri: str, members: Sequence[EntityProfile]) -> EntitySummary:
    """The name that most documents give; of several the fullest, the one published first, the first by letters."""
    naming: defaultdict[str, set[str]] = defaultdict(set)
    first: dict[str, str] = {}
    for one in members:
        naming[one.name].add(one.document)
        first[one.name] = min(one.published or "9999", first.get(one.name, "9999"))
    kinds = Counter(one.kind for one in members)
    return EntitySummary(
        iri=iri, kind=min(kinds, key=lambda kind: (-kinds[kind], kind)),
        name=min(naming, key=lambda name: (-len(naming[name]), -len(name.split()), first[name], name)))
