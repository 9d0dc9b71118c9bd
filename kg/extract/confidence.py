"""How sure an event is: reasons that a person can read, each with a weight that was fitted to labelled reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import exp

import msgspec
import yaml

from kg.errors import KnowledgeError
from kg.extract.drafts import HAPPENED, Draft
from kg.extract.frames import ANAPHOR, EVENT, OUTCOME, Frame
from kg.extract.linking import Reading, frames_of
from kg.extract.mentions import Found
from kg.records import Kind
from kg.settings import Settings

FILE = "confidence.yaml"
# No sum of reasons makes an event surer or less sure than some hundred labelled events can bear out.
LEAST, MOST = 0.03, 0.97
_ACTIVE = ("perpetrator", "participant", "operator")
_TOWN = "locality"


class ConfidenceWeights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The numbers of `confidence.yaml`: `base` and `reasons` in log-odds, `values` the precision of kinds of values."""

    base: float
    reasons: dict[str, float]
    values: dict[str, float]


@dataclass(frozen=True, slots=True)
class Case:
    """An event with what its reasons look at; `foreign` tells that its document has more words of another field than of
    conflict.
    """

    draft: Draft
    reading: Reading
    event_class: str
    foreign: bool = False

    @property
    def frames(self) -> list[Frame]:
        """The frames of the event in text order."""
        return frames_of(self.draft)

    @property
    def told(self) -> list[Frame]:
        """The frames that tell of it, without those that refer back to it."""
        return [frame for frame in self.frames if frame.sort != ANAPHOR]

    @property
    def strong(self) -> list[Frame]:
        """The frames whose words have no everyday meaning."""
        return [frame for frame in self.frames if frame.sort == EVENT and not frame.weak]

    def dated(self, *, day: bool) -> bool:
        """Whether its date is known, and as a day or only more widely."""
        when = self.draft.when
        return when is not None and when.earliest is not None and (when.precision == "day") is day

    def in_town(self) -> bool:
        """Whether one of its places is a town, or too small for the index of places."""
        known = (self.reading.places.get(place.link) if place.link else None for place in self.draft.places)
        return any(place is None or place.level == _TOWN for place in known)

    def actors(self, *kinds: Kind) -> list[Found]:
        """Those in its active parts that are of some kinds."""
        found = (self.reading.mentions.at(t) for f in self.frames for part in _ACTIVE for t in f.roles.get(part, []))
        return [mention for mention in found if mention is not None and mention.kind in kinds]

    def all_told(self, holds: Callable[[Frame], bool]) -> bool:
        """Whether something holds of every frame that tells of it, one at least."""
        return bool(self.told) and all(map(holds, self.told))

    def mostly(self, holds: Callable[[Frame], bool]) -> bool:
        """Whether something holds of at least half of the frames that tell of it."""
        return bool(self.told) and 2 * sum(map(holds, self.told)) >= len(self.told)

    def relative(self, frame: Frame) -> bool:
        """Whether a trigger stands in a clause that describes somebody or something."""
        trigger = self.reading.parsed.doc[frame.trigger]
        return any(token.dep_ in {"relcl", "acl"} for token in (trigger, *trigger.ancestors))

    def in_phrase(self, frame: Frame) -> bool:
        """Whether a trigger is a noun after a preposition."""
        return frame.form == "noun" and self.reading.parsed.doc[frame.trigger].dep_ == "pobj"


def _reported(frame: Frame) -> bool:
    return frame.stance.speaker is not None or frame.stance.speaker_span is not None


# What may speak for an event and what against it; the weight of each stands in `confidence.yaml`.
FOR: dict[str, Callable[[Case], bool]] = {
    "several strong triggers": lambda c: len(c.strong) > 1,
    "a strong verb": lambda c: any(frame.form == "verb" for frame in c.strong),
    "an outcome": lambda c: any(frame.sort == OUTCOME for frame in c.frames),
    "a day": lambda c: c.dated(day=True),
    "a wider date": lambda c: c.dated(day=False),
    "a place": lambda c: bool(c.draft.places),
    "a town or smaller place": Case.in_town,
    "a count of nobody": lambda c: any(toll.max == 0 for toll in c.draft.tolls),
    "a target": lambda c: bool(c.draft.targets),
    "a named victim": lambda c: bool(c.draft.victims),
    "a named group acts": lambda c: any(actor.name for actor in c.actors(Kind.GROUP)),
    "an armed actor": lambda c: bool(c.actors(Kind.GROUP, Kind.FORCE)),
    "a claim or accusation": lambda c: any(incident.claims for incident in c.draft.incidents),
    "a group named in the report": lambda c: any(m.kind is Kind.GROUP and m.name for m in c.reading.mentions),
}
AGAINST: dict[str, Callable[[Case], bool]] = {
    "no trigger but an outcome": lambda c: not any(frame.sort == EVENT for frame in c.frames),
    "only as something known": lambda c: c.all_told(lambda frame: frame.definite),
    "mostly with an indefinite article": lambda c: c.mostly(lambda frame: frame.indefinite),
    "set apart from another": lambda c: any(incident.other for incident in c.draft.incidents),
    "part of a whole": lambda c: c.draft.whole is not None,
    "mostly alleged": lambda c: c.mostly(lambda frame: frame.stance.status == "alleged"),
    "partly unreal": lambda c: any(frame.stance.status not in HAPPENED for frame in c.told),
    "somebody says so": lambda c: any(map(_reported, c.told)),
    "only in a relative clause": lambda c: c.all_told(c.relative),
    "only as noun in a phrase": lambda c: c.all_told(c.in_phrase),
    "words of another field": lambda c: c.foreign,
}


def reasons(case: Case) -> tuple[str, ...]:
    """The names of the reasons that hold, in the order of the tables, and the top class of the event."""
    found = [name for name, holds in (FOR | AGAINST).items() if holds(case)]
    return (*found, f"told as {case.reading.family(case.event_class)}")


def confidence(names: Iterable[str], weights: ConfidenceWeights) -> float:
    """The probability that the summed weights of the reasons stand for; a reason without weight counts nothing."""
    odds = weights.base + sum(weights.reasons.get(name, 0.0) for name in names)
    return round(min(MOST, max(LEAST, 1 / (1 + exp(-odds)))), 2)


def load_confidence(settings: Settings) -> ConfidenceWeights:
    """Read the weights; raises KnowledgeError naming the file and the field at fault."""
    path = settings.language_data / FILE
    try:
        return msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), ConfidenceWeights)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise KnowledgeError(f"unreadable: {error}", where=str(path), mend="mend the field it names") from error
