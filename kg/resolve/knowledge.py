"""What resolution needs to know of the world."""

from __future__ import annotations

from dataclasses import dataclass

from kg.gazetteer import Gazetteer
from kg.ontology import Ontology
from kg.placenames import PlaceIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionKnowledge:
    """Classes and statuses, names and places."""

    ontology: Ontology
    gazetteer: Gazetteer
    places: PlaceIndex
