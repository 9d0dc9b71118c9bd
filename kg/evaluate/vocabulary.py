"""What the labels' words mean in the terms of the ontology."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kg.evaluate.wording import Wording
from kg.ontology import Ontology

_LABELS = Path(__file__).with_name("labels.yaml")
# Credit for a class one step up or down the hierarchy from the right one, and for one further off.
_ONE_STEP, _MORE_STEPS = 0.75, 0.5


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    types: dict[str, tuple[str, ...]]
    attack: str
    apart: tuple[tuple[str, str], ...]
    predicates: dict[str, frozenset[str]]
    extra_predicates: dict[str, frozenset[str]]
    either_order: frozenset[str]
    either_order_between_groups: frozenset[str]
    not_happened: frozenset[str]
    denied: frozenset[str]
    passed_over: frozenset[str]
    following: frozenset[str]
    generic: frozenset[str]
    lost: str


@dataclass(frozen=True)
class Vocabulary:
    """Compares label types with event classes, and says which predicates and statuses count.

    `country_code` gives the code of a country's name, or None.
    """

    file: _File
    wording: Wording
    ontology: Ontology
    country_code: Callable[[str], str | None]

    def is_attack(self, event_class: str) -> bool:
        """Whether a class is one of militant attacks."""
        return self.file.attack in self._lineage(event_class)

    def has_attack_type(self, types: tuple[str, ...]) -> bool:
        """Whether one of the label types is one of attacks."""
        return any(self.is_attack(name) for name in self._classes(types))

    def is_open(self, label_type: str) -> bool:
        """Whether a label type has no class of its own."""
        return not self.file.types.get(label_type)

    def type_credit(self, types: tuple[str, ...], event_class: str) -> float:
        """How well a class fits the label types: 1 exactly, 0.75 one step away in the hierarchy, 0.5 more, else 0."""
        if self.is_open(types[0]):
            return 1.0
        return max((self._steps_credit(name, event_class) for name in self._classes(types)), default=0.0)

    def compatible(self, types: tuple[str, ...], militant: bool, event_class: str) -> bool:
        """Whether an event of these label types may be told as this class at all."""
        wanted = [*self._classes(types), *([self.file.attack] if militant else [])]
        top = self._lineage(event_class)[-1]
        return self.is_open(types[0]) or any(
            self._lineage(name)[-1] == top and not self._apart(name, event_class) for name in wanted)

    def country(self, name: str | None) -> str | None:
        """The code of a labelled country; the name itself if it is not known."""
        return (self.country_code(name) or name) if name else None

    def predicate(self, name: str) -> str | None:
        """The label predicate that a predicate of the ontology states, among those labelled completely."""
        return next((label for label, stated in self.file.predicates.items() if name in stated), None)

    def extra_predicate(self, name: str) -> str | None:
        """The same among the predicates that are labelled without being complete."""
        return next((label for label, stated in self.file.extra_predicates.items() if name in stated), None)

    def _classes(self, types: tuple[str, ...]) -> list[str]:
        return [name for label in types for name in self.file.types.get(label, ())]

    def _lineage(self, name: str) -> tuple[str, ...]:
        return (name, *(self.ontology.ancestors(name) if name in self.ontology.event_classes else ()))

    def _steps_credit(self, right: str, given: str) -> float:
        above_right, above_given = self._lineage(right), self._lineage(given)
        if given in above_right:
            steps = above_right.index(given)
        elif right in above_given:
            steps = above_given.index(right)
        else:
            return 0.0
        return (1.0, _ONE_STEP, _MORE_STEPS)[min(steps, 2)]

    def _apart(self, one: str, other: str) -> bool:
        return any({a, b} == {one, other} for a, b in self.file.apart)


def load_vocabulary(ontology: Ontology, country_code: Callable[[str], str | None]) -> Vocabulary:
    """Read the words of the labels; `country_code` turns the name of a country into its code."""
    file = msgspec.yaml.decode(_LABELS.read_bytes(), type=_File)
    wording = Wording(file.passed_over, file.following, file.generic, file.lost)
    return Vocabulary(file, wording, ontology, country_code)
