"""Writes who did it, who claims it, who denies it and who is accused, each with status, speaker and evidence."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.claims import Claim
from kg.extract.drafts import Draft
from kg.extract.findings import Stance
from kg.extract.frames import Frame
from kg.extract.ledger import Ledger
from kg.extract.linking import Reading, frames_of
from kg.extract.mentions import Found
from kg.records import Actor, Kind

_PERPETRATING = ("perpetrator", "operator", "participant")


class ActorWriter:
    """Writes the actors of the events of one document."""

    def __init__(self, reading: Reading, ledger: Ledger) -> None:
        self.reading, self.ledger = reading, ledger

    def write(self, draft: Draft) -> Iterable[Actor]:
        """The actors of one event: doers as the frames tell them, claimants and accused as the claims do."""
        rows: dict[tuple[str, str, str, str | None], Actor] = {}
        for actor in [*self._doers(draft), *self._claimants(draft)]:
            rows.setdefault((actor.entity, actor.role, actor.status, actor.speaker), actor)
        return rows.values()

    def _doers(self, draft: Draft) -> Iterable[Actor]:
        for frame in frames_of(draft):
            for role in _PERPETRATING:
                for token in frame.roles.get(role, []):
                    found = self.reading.mentions.at(token)
                    if found is not None and found.referent is not None and self._can_act(found):
                        yield self._doer(frame, role, found)

    def _can_act(self, found: Found) -> bool:
        return found.kind in {Kind.GROUP, Kind.FORCE, Kind.PERSON, Kind.PEOPLE, Kind.ORGANIZATION, Kind.PLACE}

    def _doer(self, frame: Frame, role: str, found: Found) -> Actor:
        stance = frame.stance
        speaker = self.speaker(stance)
        status = "stated"
        if stance.status == "alleged":
            status = "suspected" if speaker is None else "attributed"
        elif stance.status == "denied":
            status = "denied"
        elif stance.speaker is not None and stance.speaker.referent is found.referent:
            status = "claimed"
        elif speaker is not None:
            status = "attributed"
        return Actor(entity=self._entity(found), role="perpetrator" if role == "perpetrator" else "participant",
                     status=status, speaker=speaker, evidence=self.ledger.sentence(frame.trigger),
                     rule=f"{frame.rule}.{role}", confidence=0.8)

    def _claimants(self, draft: Draft) -> Iterable[Actor]:
        for claim in (c for i in draft.incidents for c in i.claims):
            for token in claim.actors:
                found = self.reading.mentions.at(token)
                if found is not None and found.referent is not None:
                    yield self._claimant(claim, found)

    def _claimant(self, claim: Claim, found: Found) -> Actor:
        own = claim.status in {"claimed", "denied"}
        speaker = self._entity(found) if own else self._speaker_at(claim.speaker)
        return Actor(entity=self._entity(found), role="claimant" if own else "perpetrator", status=claim.status,
                     speaker=speaker, evidence=self.ledger.sentence(claim.trigger), rule=claim.rule, confidence=0.85)

    def _entity(self, found: Found) -> str:
        self.ledger.mention(found)
        if found.referent is None:
            raise ValueError("a mention without referent cannot act")
        return self.ledger.entity(found.referent)

    def speaker(self, stance: Stance) -> str | None:
        """The entity id or the words of who says it; None for the narrator."""
        if stance.speaker is not None and stance.speaker.referent is not None:
            return self._entity(stance.speaker)
        if stance.speaker_span is not None:
            start, end = self.ledger.offsets(*stance.speaker_span)
            return self.reading.parsed.document.text[start:end]
        return None

    def _speaker_at(self, token: int | None) -> str | None:
        if token is None:
            return None
        found = self.reading.mentions.at(token)
        if found is not None and found.referent is not None:
            return self._entity(found)
        return self.reading.parsed.doc[token].text
