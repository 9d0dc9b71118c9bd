"""Whether what several documents speak of is one thing: entities and events across documents.

Everything here is a function of records alone: which members may be compared (`blocks`), how probable it is that two
are one (`compare`), what hangs together (`cells`) and which of that is one (`cluster`), and what their accounts come
to (`summary`). Nothing depends on the order in which documents came or on what else a workspace holds, so that a
workspace that grew document by document is the same as one that was made in one go.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from kg.records import Extraction
from kg.resolution import (
    Comparison,
    EntityProfile,
    EntitySummary,
    EventProfile,
    EventSummary,
    Pair,
    Profile,
    ReportProfile,
    StorySummary,
)
from kg.resolve import accounts, clustering, entities, events, reports
from kg.resolve.cells import STEPS, Around, Cell, Node, cells
from kg.resolve.knowledge import ResolutionKnowledge

__all__ = ["STEPS", "Around", "Cell", "Node", "ResolutionKnowledge", "Resolver", "Resolves"]


class Resolves(Protocol):
    """What the pipeline asks of a resolver."""

    def profiles(self, extraction: Extraction, names: Mapping[str, str]) -> tuple[Profile, ...]:
        """The members of one document; `names` maps local ids of events and entities, and "story", to their IRIs."""

    def blocks(self, profile: Profile) -> frozenset[str]:
        """The keys of a member; only members that share a key are compared."""

    def settled(self, profile: Profile) -> str | None:
        """A key that leaves no doubt: members that share it are one without being compared. None for most."""

    def compare(self, one: Profile, other: Profile) -> Comparison | None:
        """How probable it is that two members are one, whichever comes first; None if that is out of the question."""

    def cells(self, seeds: Iterable[Node], around: Around) -> list[Cell]:
        """What some members are to be clustered with; `around` tells what ties members to others."""

    def cluster(self, members: Sequence[str], scores: Mapping[Pair, float], *, together: Collection[Pair],
                apart: Collection[Pair]) -> tuple[tuple[str, ...], ...]:
        """The things that the members of a cell are; pairs hold member ids in alphabetical order."""

    def summary(self, iri: str, accounts: Sequence[EventProfile]) -> EventSummary:
        """What the accounts of one event come to."""

    def entity(self, iri: str, members: Sequence[EntityProfile]) -> EntitySummary:
        """What an entity is called and of what kind it is."""

    def story(self, iri: str, members: Sequence[ReportProfile], events_of_story: Sequence[tuple[str, EventProfile]]
              ) -> StorySummary:
        """What a story is about; its events are the accounts in its documents, with the IRIs of what they tell of."""


class Resolver:
    """Resolves events and entities with the knowledge given; see `Resolves`."""

    def __init__(self, knowledge: ResolutionKnowledge) -> None:
        self._knowledge = knowledge

    def profiles(self, extraction: Extraction, names: Mapping[str, str]) -> tuple[Profile, ...]:
        """The members of one document: its story, its events, and its entities that no table knows."""
        report = reports.profile(extraction, names, self._knowledge)
        return (report, *events.profiles(extraction, names, report, self._knowledge),
                *entities.profiles(extraction, names, self._knowledge))

    def blocks(self, profile: Profile) -> frozenset[str]:
        """The keys of a member, the same whatever else there is."""
        if isinstance(profile, EventProfile):
            return events.blocks(profile, self._knowledge)
        if isinstance(profile, ReportProfile):
            return reports.blocks(profile, self._knowledge)
        return entities.blocks(profile, self._knowledge)

    def settled(self, profile: Profile) -> str | None:
        """A key that leaves no doubt; only entities may have one."""
        return entities.settled(profile, self._knowledge) if isinstance(profile, EntityProfile) else None

    def compare(self, one: Profile, other: Profile) -> Comparison | None:
        """How probable it is that two members are one, with reasons; symmetric."""
        if one.document == other.document:
            return None
        first, second = sorted((one, other), key=lambda profile: profile.id)
        if isinstance(first, EventProfile) and isinstance(second, EventProfile):
            return events.compare(first, second, self._knowledge)
        if isinstance(first, EntityProfile) and isinstance(second, EntityProfile):
            return entities.compare(first, second, self._knowledge)
        if isinstance(first, ReportProfile) and isinstance(second, ReportProfile):
            return reports.compare(first, second, self._knowledge)
        return None

    def cells(self, seeds: Iterable[Node], around: Around) -> list[Cell]:
        """What some members are to be clustered with."""
        return cells(seeds, around)

    def cluster(self, members: Sequence[str], scores: Mapping[Pair, float], *, together: Collection[Pair],
                apart: Collection[Pair]) -> tuple[tuple[str, ...], ...]:
        """The things that the members of a cell are."""
        return clustering.cluster(members, scores, together=together, apart=apart)

    def summary(self, iri: str, accounts_of_event: Sequence[EventProfile]) -> EventSummary:
        """What the accounts of one event come to."""
        return accounts.summary(iri, accounts_of_event, self._knowledge)

    def entity(self, iri: str, members: Sequence[EntityProfile]) -> EntitySummary:
        """What an entity is called and of what kind it is."""
        return entities.summary(iri, members)

    def story(self, iri: str, members: Sequence[ReportProfile], events_of_story: Sequence[tuple[str, EventProfile]]
              ) -> StorySummary:
        """What a story is about."""
        return accounts.story(iri, members, events_of_story)
