"""What one sentence tells of one event."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.cards import Families
from kg.extract.claims import Claim
from kg.extract.findings import Time, Toll
from kg.extract.frames import ANAPHOR, Frame
from kg.extract.mentions import Found


@dataclass(slots=True, eq=False)
class Incident:
    """What one sentence tells of one event; `opposed` are those of the sentence that its words set it apart from."""

    sentence: int
    frames: list[Frame] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    places: list[Found] = field(default_factory=list)
    tolls: list[Toll] = field(default_factory=list)
    weapons: list[Found] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    generic: bool = False
    apart: bool = False
    opposed: list[Incident] = field(default_factory=list)

    @property
    def told(self) -> list[Frame]:
        """The frames that tell of an event by themselves."""
        return [frame for frame in self.frames if frame.sort != ANAPHOR]

    @property
    def other(self) -> bool:
        """Whether the words say that it is another event than the one before."""
        return any(frame.other for frame in self.frames)


def is_response(frame: Frame, families: Families) -> bool:
    """Whether a state force shoots or kills militants: told within an attack, it is a part of it."""
    return frame.form == "verb" and frame.event_class == families.operation
