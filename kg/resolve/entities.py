"""Entities that no table knows: how a document speaks of them, and whether two documents speak of one."""

from __future__ import annotations

from collections.abc import Mapping

from kg.records import Extraction
from kg.resolution import Comparison, EntityProfile
from kg.resolve.knowledge import ResolutionKnowledge


def profiles(extraction: Extraction, names: Mapping[str, str], knowledge: ResolutionKnowledge
             ) -> tuple[EntityProfile, ...]:
    """The unlinked entities of a document."""
    return ()


def blocks(profile: EntityProfile, knowledge: ResolutionKnowledge) -> frozenset[str]:
    """The keys by which likely matches are found."""
    return frozenset()


def compare(one: EntityProfile, other: EntityProfile, knowledge: ResolutionKnowledge) -> Comparison | None:
    """How probable it is that two entities are one."""
    return None
