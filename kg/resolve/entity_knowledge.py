"""What is known of people's roles, and what each finding about two entities weighs."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from pathlib import Path

import msgspec

from kg.resolve.datafiles import read_knowledge

_FOLDER = Path(__file__).parent


class Weight(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a finding weighs (log-odds) and says in words.

    `agrees` is how much it counts towards the agreements that a name `needs` beside it; one that `excludes` settles
    that two are not one thing.
    """

    weight: float
    says: str
    agrees: int = 0
    needs: int = 0
    excludes: bool = False


class Scale(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The findings for entities of some kinds; `bias` is the log-odds before any finding."""

    bias: float
    findings: dict[str, Weight]


class Weighing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The contents of `entity_weights.yaml`; `limits` are the numbers that tell findings apart."""

    limits: dict[str, float]
    identifying: dict[str, str]
    scales: dict[str, Scale]


class Roles(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """The contents of `entity_roles.yaml`."""

    walks: dict[str, list[str]]
    walk_of_kind: dict[str, str]
    compatible: list[list[str]]
    classes: dict[str, list[str]]
    offices: frozenset[str]
    ages: list[str]
    ages_before: list[str]
    openers: frozenset[str]
    closers: frozenset[str]
    speech: frozenset[str]

    @cached_property
    def of_phrase(self) -> dict[str, str]:
        """The class of each word or phrase for a role."""
        return {phrase: name for name, phrases in self.classes.items() for phrase in phrases}

    @cached_property
    def walk_of(self) -> dict[str, str]:
        """The walk of life of each class."""
        return {name: walk for walk, names in self.walks.items() for name in names}

    @cached_property
    def may_be_both(self) -> frozenset[frozenset[str]]:
        """The pairs of walks of life that go together."""
        return frozenset(map(frozenset, self.compatible))

    @cached_property
    def age_after(self) -> list[re.Pattern[str]]:
        """The patterns of ages after a name."""
        return [re.compile(pattern) for pattern in self.ages]

    @cached_property
    def age_before(self) -> list[re.Pattern[str]]:
        """The patterns of ages before a name."""
        return [re.compile(pattern) for pattern in self.ages_before]


@lru_cache(maxsize=1)
def roles() -> Roles:
    """What people are said to be."""
    return read_knowledge(_FOLDER / "entity_roles.yaml", Roles)


@lru_cache(maxsize=1)
def weighing() -> Weighing:
    """What findings weigh."""
    return read_knowledge(_FOLDER / "entity_weights.yaml", Weighing)
