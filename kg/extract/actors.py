"""Writes who did it, who claims it, who denies it and who is accused, each with status, speaker and evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from kg.extract import grammar
from kg.extract.agency import Agency, Represents
from kg.extract.cards import lemma
from kg.extract.claim_aims import DEED
from kg.extract.claims import Claim
from kg.extract.drafts import HAPPENED, Draft
from kg.extract.findings import Stance
from kg.extract.frames import EVENT, Frame
from kg.extract.incident import Incident
from kg.extract.language import Parsed
from kg.extract.ledger import Ledger
from kg.extract.linking import Reading, frames_of
from kg.extract.mentions import Found, Referent
from kg.extract.relations import FoundRelation
from kg.extract.syntax import Token
from kg.records import Actor, Kind

_PERPETRATING = ("perpetrator", "operator", "participant")
_SPEAKING = {Kind.GROUP, Kind.FORCE, Kind.PERSON, Kind.ORGANIZATION}
_SUFFERING = ("victim", "target", "arrested")
_OWN = {"claimed", "denied"}
_OTHERS = {Kind.FORCE, Kind.PEOPLE, Kind.ORGANIZATION}
_NEAR = 2  # sentences within which "both" and "those" find the events they mean


class ActorWriter:
    """Writes the actors of the events of one document; `represents` tells whose claims are a group's."""

    def __init__(self, reading: Reading, ledger: Ledger, stance_of: Callable[[int], Stance], *,
                 represents: Represents | None = None) -> None:
        self.reading, self.ledger, self.stance_of = reading, ledger, stance_of
        self.words = reading.lexicon.claims
        self.agency = Agency(reading.parsed, reading.mentions, self.words, represents)
        self.accusing = {p.split()[0] for line in self.words.verbs if line.accused == "object" for p in line.words}

    def write(self, draft: Draft) -> Iterable[Actor]:
        """The actors of one event: doers as the frames tell them, claimants and accused as the claims do."""
        rows: dict[tuple[str, str, str | None], Actor] = {}
        for actor in [*self._claimants(draft), *self._doers(draft)]:
            rows.setdefault((actor.entity, actor.status, actor.speaker), actor)
        known = {actor.entity for actor in rows.values()}
        for actor in (a for a in self._weighed(draft) if a.entity not in known):
            rows.setdefault((actor.entity, actor.status, actor.speaker), actor)
        return rows.values()

    # ---- doers -------------------------------------------------------------------------------------------------------
    def _doers(self, draft: Draft) -> Iterable[Actor]:
        suffered = self._sufferers(draft)
        for frame in frames_of(draft):
            passive = {i for role in _SUFFERING for i in frame.roles.get(role, [])}
            for role in _PERPETRATING:
                for token in (t for t in frame.roles.get(role, []) if t not in passive):
                    actor = self._doer(draft, frame, role, self.reading.parsed.doc[token], suffered)
                    if actor is not None:
                        yield actor

    def _weighed(self, draft: Draft) -> Iterable[Actor]:
        """Doers that the learned weights found where no rule tells of them; one that has a name is only suspected."""
        suffered = self._sufferers(draft)
        for frame in (f for f in frames_of(draft) if not f.other):
            for token in frame.weighed:
                actor = self._doer(draft, frame, "perpetrator", self.reading.parsed.doc[token], suffered)
                found = self.reading.mentions.at(token)
                state = found is not None and found.kind is Kind.FORCE and draft.family == self.reading.families.attack
                if actor is not None and found is not None and actor.status not in _OWN and not state and not (
                        self._claims(token) or id(found.referent) in suffered):
                    plain = found.referent is None or not found.referent.named
                    status = actor.status if plain else "suspected"
                    sure = self.words.confidence["weighed" if plain else "weighed_group"]
                    yield msgspec.structs.replace(actor, status=status, rule="weighed.perpetrator", confidence=sure)

    def _claims(self, token: int) -> bool:
        """Whether somebody stands as the agent of a verb of claiming, which tells of what by itself."""
        word = self.reading.parsed.doc[token]
        verb = word.head.head if word.dep_ == "pobj" else word.head
        heads = {p.split()[0] for line in self.words.verbs if line.status in _OWN for p in line.words}
        return lemma(verb) in heads and word.dep_ in {"pobj", "nsubj"}

    def _doer(self, draft: Draft, frame: Frame, role: str, token: Token, suffered: set[int]) -> Actor | None:
        governor = self._governor(frame, token)
        if self._controlled(governor):
            return None
        stance = self._stance(frame, governor, token)
        found = self.agency.actor(token, stance.speaker)
        harmed = found is not None and found.kind is not Kind.GROUP and id(found.referent) in suffered
        if found is None or harmed or self._defends(draft, frame, found):
            return None
        status = self._status(draft, found, stance)
        if status == "claimed" and found.kind is Kind.FORCE:
            status = "attributed"  # A force's account of what it did is its own word, no claim of responsibility.
        distant = status == "denied" and found.kind is Kind.PERSON and token.head != governor
        if status in _OWN and (found.kind not in _SPEAKING or distant):
            return None
        if status is None or (status not in _OWN and self._claim_tells(draft, frame, governor, found)):
            return None
        status = "suspected" if status in {"stated", "attributed"} and self.agency.doubted(token) else status
        part = "claimant" if status in _OWN else "perpetrator" if role == "perpetrator" else "participant"
        group = self._followed(found, token) if status in _OWN else None
        return Actor(entity=self.ledger.entity(group) if group is not None else self._entity(found), role=part,
                     status=status, speaker=None if status == "stated" else self.speaker(stance),
                     evidence=self.ledger.sentence(frame.trigger), rule=f"{frame.rule}.{role}",
                     confidence=self.words.confidence["participant" if part == "participant" else "doer"])

    def _followed(self, found: Found, token: Token) -> Referent | None:
        """The group of a commander who tells what "his men" or "we" did."""
        himself = self.reading.mentions.at(token.i)
        return self.agency.represented(found, "claimed") if himself is None or himself.kind is not Kind.PERSON else None

    def _claim_tells(self, draft: Draft, frame: Frame, governor: Token, found: Found) -> bool:
        """Whether a claim about this very clause says it of this doer: "admitted killing", "accused of killing"."""
        doc = self.reading.parsed.doc
        claims = [c for i in draft.incidents for c in i.claims if frame.trigger in c.about
                  and (frame.form == "verb" or doc[c.trigger].is_ancestor(governor))]
        return any((m := self.agency.voice(doc[t], c.stance.speaker)) is not None and m.referent is found.referent
                   for c in claims for t in c.actors)

    def _governor(self, frame: Frame, token: Token) -> Token:
        """The word that says that the doer did it: the trigger, or the verb between ("carried out an attack")."""
        trigger = self.reading.parsed.doc[frame.trigger]
        if frame.form != "noun" or token == trigger:
            return trigger
        clause = grammar.clause_head(token)
        if trigger.is_ancestor(token):
            return clause if trigger.is_ancestor(clause) else trigger
        above = grammar.clause_head(trigger)
        return above if above.pos_ in {"VERB", "AUX"} else trigger

    def _controlled(self, verb: Token) -> bool:
        """Whether a borrowed subject is the accuser's, not the doer's ("he accused them of attacking")."""
        if verb.dep_ != "pcomp":
            return False
        host = next((t for t in verb.head.ancestors if t.pos_ == "VERB"), verb)
        return lemma(host) in self.accusing and not grammar.is_passive(host)

    def _stance(self, frame: Frame, governor: Token, token: Token) -> Stance:
        """The stance of the doing: that of the verb between where it says more than that of the trigger."""
        if governor.i == frame.trigger:
            return frame.stance
        stance = self.stance_of(governor.i)
        if stance.status == "asserted" and frame.stance.status != "asserted":
            return frame.stance
        return stance if stance.speaker or stance.speaker_span or stance.status != "asserted" else frame.stance

    def _defends(self, draft: Draft, frame: Frame, found: Found) -> bool:
        """Whether those who are no group act in what others began: troops that kill attackers perpetrate no attack."""
        own_act = frame.sort == EVENT and self.reading.family(frame.event_class) == draft.family
        return not own_act and (found.kind in _OTHERS if draft.family == self.reading.families.attack else (
            found.kind is Kind.PEOPLE and draft.family is None))

    def _sufferers(self, draft: Draft) -> set[int]:
        """The `id`s of the referents to whom something is done in any telling of the event."""
        tokens = (i for f in frames_of(draft) for role in _SUFFERING for i in f.roles.get(role, []))
        found = [*draft.victims, *draft.targets, *(m for i in tokens if (m := self.reading.mentions.at(i)) is not None)]
        return {id(m.referent) for m in found if m.referent is not None}

    def _status(self, draft: Draft, found: Found, stance: Stance) -> str | None:
        cue = self.reading.parsed.doc[stance.cue] if stance.cue is not None else None
        status = self.agency.status(found, stance, cue)
        if status is None and draft.status not in HAPPENED and stance.status != "denied":
            return "stated"
        return status

    # ---- claimants and accused ---------------------------------------------------------------------------------------
    def _claimants(self, draft: Draft) -> Iterable[Actor]:
        for claim in (c for i in draft.incidents for c in i.claims):
            for token in claim.actors:
                yield from self._claimant(draft, claim, self.reading.parsed.doc[token])

    def _claimant(self, draft: Draft, claim: Claim, token: Token) -> Iterable[Actor]:
        spoken = self.agency.voice if claim.status in _OWN else self.agency.actor
        found = spoken(token, claim.stance.speaker)
        if found is None or found.referent is None:
            return
        cue = self.reading.parsed.doc[claim.stance.cue] if claim.stance.cue is not None else None
        status = self._deed_status(found, claim.stance, cue) if claim.status == DEED else claim.status
        if status is None or (status in _OWN and found.kind not in _SPEAKING):
            return
        if status == "claimed" and found.kind is Kind.FORCE and draft.family == self.reading.families.operation:
            status = "attributed"
        family = DEED if claim.status == DEED else status
        certainty = self.words.confidence[family] * (1.0 if claim.about else self.words.confidence["context"])
        entity, speaker = self._sides(claim, found, token, status)
        speaker = entity if claim.status == "claimed" and speaker is None else speaker
        yield Actor(entity=entity, role="claimant" if status in _OWN else "perpetrator", status=status,
                    speaker=speaker, evidence=self.ledger.sentence(claim.trigger), rule=claim.rule,
                    confidence=round(certainty, 2))

    def _deed_status(self, found: Found, stance: Stance, cue: Token | None) -> str | None:
        """As for a doer; one who "may be behind" what has happened is suspected of it."""
        if stance.status == "hypothetical" and cue is not None and cue.tag_ == "MD":
            return "suspected" if cue.lower_ in self.words.doubts else None
        return self.agency.status(found, stance, cue)

    def _sides(self, claim: Claim, found: Found, token: Token, status: str) -> tuple[str, str | None]:
        """The entity of the actor and the speaker: a spokesman speaks for his group, an accuser for himself."""
        entity = self._entity(found)
        if status in _OWN:
            group = self.agency.represented(found, status)
            own = self.reading.mentions.at(token.i)
            speaker = self._entity(own) if own is not None and own.kind is Kind.PERSON and own.referent else entity
            return (self.ledger.entity(group) if group is not None else entity), speaker
        if claim.speaker is not None:
            return entity, self._speaker_at(claim.speaker)
        return entity, self.speaker(claim.stance)

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

    def _speaker_at(self, token: int) -> str | None:
        found = self.reading.mentions.at(token)
        if found is not None and found.referent is not None:
            return self._entity(found)
        if found is None:
            start, end = grammar.noun_phrase(self.reading.parsed.doc[token])
            return self.reading.parsed.quote(start, end)
        return None


def settle_claims(drafts: Sequence[Draft], reading: Reading) -> None:
    """Let go of claims whose event was not read, and give one to "both" to the events told just before.

    A claim that names no event means the last one; if its paragraph speaks of other things before it, that one is
    another, unread event.
    """
    if len(drafts) > 1:
        for draft in drafts:
            for incident in [i for i in draft.incidents if not i.frames and _strays(draft, i, reading.parsed)]:
                incident.claims = [c for c in incident.claims if c.about]
    for draft in drafts:
        for incident in [i for i in draft.incidents if any(c.number != 1 and not c.about for c in i.claims)]:
            _spread(draft, incident, [d for d in drafts if d.family == reading.families.attack])


def _spread(home: Draft, incident: Incident, drafts: Sequence[Draft]) -> None:
    """Give the claims to several events to as many as were told last before them, whatever they were tied to."""
    claims = [c for c in incident.claims if c.number != 1 and not c.about]
    told = [(max(before), place) for place, d in enumerate(drafts) if (
        before := [i.sentence for i in d.incidents if i.frames and 0 < incident.sentence - i.sentence <= _NEAR])]
    wanted = max(c.number for c in claims) or len(told)
    meant = [drafts[place] for _, place in sorted(told, reverse=True)[:wanted]]
    for other in (d for d in meant if d is not home):
        if not any(c in i.claims for i in other.incidents for c in claims):
            other.incidents.append(Incident(incident.sentence, claims=list(claims)))
    if wanted and len(meant) == wanted and all(d is not home for d in meant):
        incident.claims = [c for c in incident.claims if c not in claims]


def _strays(draft: Draft, incident: Incident, parsed: Parsed) -> bool:
    """Whether the paragraph before a claim's sentence tells nothing of the event it was tied to."""
    text, starts = parsed.document.text, [s[0].idx for s in parsed.sentences]
    begin = text.rfind("\n", 0, starts[incident.sentence]) + 1
    before = [n for n in range(incident.sentence) if starts[n] >= begin]
    told = {i.sentence for i in draft.incidents if i is not incident}
    return bool(before) and not told & {*before, incident.sentence}


def representatives(stated: Iterable[FoundRelation]) -> Represents:
    """For which group a person speaks, by the `id` of the person's referent, with the relation that says so."""
    rows: dict[int, tuple[str, Referent]] = {}
    for relation in stated:
        person, group = relation.subject, relation.object
        real = relation.status in HAPPENED and person.kind is Kind.PERSON and person.referent is not None
        if real and isinstance(group, Found) and group.kind is Kind.GROUP and group.referent is not None:
            rows.setdefault(id(person.referent), (relation.predicate, group.referent))
    return rows
