"""The words of `places.yaml`, and a name that may be a place with what the grammar says of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import msgspec


class PlaceWords(msgspec.Struct, frozen=True, dict=True, forbid_unknown_fields=True):
    """The words, weights and lists of `places.yaml`; each field is explained there."""

    kinds: dict[str, tuple[str, ...]]
    named_kinds: frozenset[str]
    title_kinds: frozenset[str]
    telling_kinds: frozenset[str]
    telling_before: frozenset[str]
    no_names: frozenset[str]
    articles: frozenset[str]
    compass: frozenset[str]
    locative: frozenset[str]
    half_locative: frozenset[str]
    spanning: frozenset[str]
    happenings: frozenset[str]
    settling: frozenset[str]
    onslaughts: frozenset[str]
    distances: frozenset[str]
    beside: frozenset[str]
    organisation_heads: frozenset[str]
    titles: frozenset[str]
    peoples: frozenset[str]
    natives: frozenset[str]
    streets: frozenset[str]
    parties: frozenset[str]
    hyphen_tails: frozenset[str]
    place_tails: frozenset[str]
    facility_heads: frozenset[str]
    natural_heads: frozenset[str]
    no_places: frozenset[str]
    aiming_verbs: frozenset[str]
    staff_words: frozenset[str]
    institutions: frozenset[str]
    attributed: frozenset[str]
    speech_verbs: frozenset[str]
    object_verbs: frozenset[str]
    locating: frozenset[str]
    sure_contexts: frozenset[str]
    locating_alone: frozenset[str]
    naming: frozenset[str]
    guarded: frozenset[str]
    never: frozenset[str]
    abbreviations: dict[str, str]
    abbreviation_country: str
    hints: frozenset[str]
    no_hints: frozenset[str]
    evidence: dict[str, float]
    resolution: dict[str, float]

    @cached_property
    def placing(self) -> frozenset[str]:
        """The prepositions that names of bodies and persons do not take in."""
        return (self.locative | self.half_locative) - {"of"}

    @cached_property
    def plural_kinds(self) -> dict[str, str]:
        """From the plural of a kind to the kind: "districts", "counties"."""
        return {(kind[:-1] + "ies" if kind.endswith("y") and kind != "valley" else kind + "s"): kind
                for kind in self.kinds if not kind.endswith("s")}


@dataclass(slots=True)
class Candidate:
    """A name that may be a place: tokens `start` to `end`, the places so called, and what the grammar says.

    `levels` are the levels a word for its kind allows (empty: any); `kind_end` and `kind_start` include that word.
    `known_levels` are the levels of the places so called. `signs` are the weights that spoke for or against it.
    """

    start: int
    end: int
    ids: tuple[str, ...]
    levels: frozenset[str] = frozenset()
    kind_start: int = -1
    kind_end: int = -1
    signs: list[str] = field(default_factory=list)
    rule: str = ""
    container: int = -1
    known_levels: frozenset[str] = frozenset()

    def hints(self, words: PlaceWords) -> bool:
        """Whether a name that is no place of its own still tells where the document is."""
        return not words.hints.isdisjoint(self.signs) and words.no_hints.isdisjoint(self.signs)

    @property
    def head(self) -> int:
        """The last token of the name."""
        return self.end - 1
