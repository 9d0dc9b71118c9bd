"""What the graph needs to know of the world: the ontology, places and seed rows, passed in by the caller."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kg.ontology import Ontology


class PlaceRecord(Protocol):
    """A place of the gazetteer; `within` are ids, nearest first, ending at the country."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def level(self) -> str: ...  # noqa: D102
    @property
    def country(self) -> str | None: ...  # noqa: D102
    @property
    def within(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def lat(self) -> float | None: ...  # noqa: D102
    @property
    def lon(self) -> float | None: ...  # noqa: D102


class Places(Protocol):
    """The gazetteer of places."""

    def get(self, place_id: str) -> PlaceRecord | None:
        """The place of that id, if there is one."""


class SeedEntry(Protocol):
    """A row of a seed table."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def aliases(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def acronyms(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def parent(self) -> str | None: ...  # noqa: D102


class Seeds(Protocol):
    """The gazetteer of groups, forces, projects and weapons."""

    def entry(self, entry_id: str) -> SeedEntry:
        """The row of that id; KeyError if there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """The knowledge that turns an extraction into a graph; without places or seeds, links stay bare IRIs."""

    ontology: Ontology
    places: Places | None = None
    seeds: Seeds | None = None

    def place(self, link: str) -> PlaceRecord | None:
        """The gazetteer's place of a link, if it has one."""
        return self.places.get(link) if self.places else None

    def entry(self, link: str) -> SeedEntry | None:
        """The seed row of a link, if there is one."""
        try:
            return self.seeds.entry(link) if self.seeds else None
        except KeyError:
            return None
