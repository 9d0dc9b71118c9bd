"""Scores whether an incident tells of an event told before: the reasons for and against, weighed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from kg.extract import grammar
from kg.extract.cards import lemma
from kg.extract.clauses import is_anterior, is_definite
from kg.extract.drafts import HAPPENED, UNREAL, Draft, dates_apart, identity, resolved_time
from kg.extract.findings import Time, Toll
from kg.extract.frame import ANAPHOR, SEVERAL, WEAPON
from kg.extract.frames import EVENT, OUTCOME, Frame
from kg.extract.generic import runs_on
from kg.extract.incident import Incident, is_response
from kg.extract.reading import Reading, frames_of
from kg.extract.whereabouts import Whereabouts
from kg.records import Kind

__all__ = ["Linker", "Reading", "frames_of"]
# Of how many events told before one more telling may still be; the first one always may.
REACH = 40
# Counts up to here are too common to tell two tellings of one event.
FEW = 2
_SUFFERERS = (Kind.PEOPLE, Kind.PERSON, Kind.THING)
_OLD = 10  # days before the day of writing from which on a date is not that of the news


class Linker:
    """Finds the event that an incident belongs to among those told so far."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.weights = reading.lexicon.incident.linking
        self.where = Whereabouts(reading.parsed, reading.mentions, reading.places, reading.lexicon.incident)

    def best(self, incident: Incident, drafts: Sequence[Draft], last: Draft | None) -> Draft | None:
        """The event with the highest score at or above the threshold; None when the incident opens a new one."""
        other = incident.other and bool(incident.told)
        limit = self.weights["anaphor_threshold" if not incident.told else "other_threshold" if other else "threshold"]
        scored = [(score, n) for n, draft in enumerate(drafts)
                  if (n == 0 or draft is last or len(drafts) - n <= REACH)
                  and (score := self.score(incident, draft, last, main=n == 0)) is not None and score >= limit]
        return drafts[max(scored)[1]] if scored else None

    def score(self, incident: Incident, draft: Draft, last: Draft | None, *, main: bool = False) -> float | None:
        """The summed weights, or None when the two exclude each other; `main`: the document is about this event."""
        reasons = self.reasons(incident, draft, last, main=main)
        return None if reasons is None else sum(weight for _, weight in reasons)

    def reasons(self, incident: Incident, draft: Draft, last: Draft | None, *,
                main: bool = False) -> list[tuple[str, float]] | None:
        """Each reason with its weight; None when a reason excludes the pair."""
        if self._excluded(incident, draft, last):
            return None
        names = [*self._time_reasons(incident, draft, last), *self._place_reasons(incident, draft),
                 *self._content_reasons(incident, draft), *self._wording_reasons(incident, draft),
                 *self._course_reasons(incident, draft, main=main)]
        names += ["new_doers"] * ("other_toll" in names and self._fresh(incident))
        names += ["last_event"] * (draft is last) + ["main_event"] * (main and draft.number == 1)
        taken_up = "definite" in names and "other_toll" not in names
        older = main and not taken_up and self._older(resolved_time(incident.times, last), draft)
        names += ["older_date"] * older
        gap = incident.sentence - draft.last_sentence
        rows = [(name, self.weights[name]) for name in names]
        return [*rows, ("distance", self.weights["distance"] * min(gap, 20))]

    # ---- exclusions -------------------------------------------------------------------------------------------------
    def _excluded(self, incident: Incident, draft: Draft, last: Draft | None) -> bool:
        here, there = self.reading.item(incident.sentence), self.reading.item(draft.incidents[0].sentence)
        if here is not None and there is not None and here != there:
            return True
        families = {self.reading.family(f.event_class) for f in incident.frames if f.event_class is not None}
        attack = self.reading.families.attack
        if not families and (incident.times or incident.places) and self._by_group(incident.frames):
            families = {attack}
        if not families and any(f.sort == OUTCOME for f in incident.told) and (
                set(draft.classes) and set(draft.classes) <= self.reading.families.harmless):
            return True
        family = draft.family or (attack if self._by_group(frames_of(draft)) else None)
        strange = bool(families) and family is not None and family not in families
        if strange and families | {family} != {attack, self.reading.families.fight} and not (
                family == attack and self._responds(incident, draft, last)):
            return True
        if draft.status not in HAPPENED | {"denied"} and any(f.stance.status in HAPPENED for f in incident.told):
            return True
        if incident.apart or (incident.other and draft is last) or any(o in draft.incidents for o in incident.opposed):
            return True
        if draft.status in HAPPENED and incident.told and all(
                f.stance.status in UNREAL and not f.definite for f in incident.told):
            return True
        numbers = {f.number for f in incident.told if f.form == "noun" and f.sort == EVENT} - {0}
        if numbers and max(numbers) > 1 and draft.number != max(numbers) and SEVERAL not in {draft.number, *numbers}:
            return True
        acts = [f for f in incident.told if f.sort in {EVENT, WEAPON}]
        one_act = any(f.sort == EVENT for f in acts) and all(self._single(f) for f in acts)
        one_act |= any(f.sort == ANAPHOR and self._one_of_several(f) for f in incident.frames)
        if draft.number > 1 and one_act:
            return True
        if any(f.form == "verb" and runs_on(self.reading.parsed.doc[f.trigger], self.reading.lexicon.incident)
               for f in incident.told):
            # "Has blown up towers since March": a run of other events.
            return True
        if draft is last and any(f.sort == EVENT for f in incident.told) and any(
                t.basis == "anaphoric" and t.shift for t in incident.times):
            # "Two weeks later, …": counted from the event told last.
            return True
        when = resolved_time(incident.times, last)
        return dates_apart(when, draft.when or draft.assumed) is True or self.where.apart(incident.places, draft.places)

    def _by_group(self, frames: Sequence[Frame]) -> bool:
        """Whether deaths or wounds are told as the deed of a group, without a word for the event."""
        return any(f.sort == OUTCOME and f.form == "verb" and any(
            (m := self.reading.mentions.at(i)) is not None and m.kind is Kind.GROUP
            for i in f.roles.get("perpetrator", [])) for f in frames)

    def _single(self, frame: Frame) -> bool:
        """Whether a trigger tells of one act: not "two bombs exploded"."""
        if frame.form != "verb":
            return frame.number == 1
        subject = grammar.grammatical_subject(self.reading.parsed.doc[frame.trigger])
        masses = self.reading.lexicon.incident.masses
        if subject is None or subject.tag_ not in {"NNS", "NNPS"} or subject.lower_ in masses:
            return True
        found = self.reading.mentions.at(subject.i)
        bombers = self.reading.lexicon.incident.signs["actors"]["Bombing"]
        return not (found is not None and found.kind is Kind.WEAPON) and lemma(subject) not in bombers

    def _one_of_several(self, frame: Frame) -> bool:
        """Whether a noun means one of the events that were counted: "in the first incident"."""
        noun = self.reading.parsed.doc[frame.trigger]
        return frame.form == "noun" and frame.number == 1 and any(
            child.lower_ in self.reading.lexicon.incident.ordinals for child in noun.lefts)

    def _responds(self, incident: Incident, draft: Draft, last: Draft | None) -> bool:
        """Whether an incident tells how a force answered the attack just told: no time or place of its own."""
        of = self.reading.families
        here = draft is last and not incident.times and not incident.places
        return here and all(is_response(f, of) for f in incident.frames if f.event_class is not None)

    # ---- reasons ----------------------------------------------------------------------------------------------------
    def _time_reasons(self, incident: Incident, draft: Draft, last: Draft | None) -> Iterator[str]:
        when = resolved_time(incident.times, last)
        agree = dates_apart(when, draft.when)
        if agree is False and when is not None and draft.when is not None:
            if when.basis == "anaphoric" and self._opens(when):
                yield "sequel"
            elif when.precision == draft.when.precision == "day":
                yield "same_date"
        elif agree is None and when is not None:
            yield "own_date"

    def _opens(self, when: Time) -> bool:
        """Whether a sentence begins with a time that leads on from what was told: "hours later", "the same day"."""
        parsed, leading = self.reading.parsed, self.reading.lexicon.incident.leading
        first = parsed.sentences[parsed.sentence_index(when.start)].start
        return when.start - first < 2 and any(token.lower_ in leading for token in parsed.tokens[when.start:when.end])

    def _older(self, when: Time | None, draft: Draft) -> bool:
        """Whether something is dated long before a report whose own event is told as news, without a date."""
        written = self.reading.parsed.document.published
        if when is None or when.latest is None or written is None or any(i.times for i in draft.incidents):
            return False
        known = all(frame.definite for frame in draft.incidents[0].told)
        return not known and (date.fromisoformat(written[:10]) - when.latest).days > _OLD

    def _place_reasons(self, incident: Incident, draft: Draft) -> Iterator[str]:
        sites = {identity(p) for p in draft.places if p.kind is Kind.FACILITY}
        if any(identity(p) in sites for p in incident.places):
            yield "same_site"
        relation = self.where.compare(incident.places, draft.places)
        if relation is not None:
            yield f"{relation}_place"
        elif any(place.kind is Kind.PLACE for place in incident.places):
            yield "own_place"

    def _content_reasons(self, incident: Incident, draft: Draft) -> Iterator[str]:
        yield from self._toll_reasons(incident.tolls, draft.tolls)
        yield from self._target_reasons(incident, draft)
        yield from ["same_sufferers"] * self._takes_up_sufferers(incident, draft)
        victims = {m.name for f in incident.frames for i in f.roles.get("victim", [])
                   if (m := self.reading.mentions.at(i)) is not None and m.kind is Kind.PERSON and m.name}
        known = {v.name for v in draft.victims if v.name}
        if victims and known:
            yield "same_victim" if victims & known else "other_victim"
        actors, before = self._groups(incident.frames), self._groups(f for i in draft.incidents for f in i.frames)
        if actors and before:
            yield "same_actor" if actors & before else "other_actor"

    def _takes_up_sufferers(self, incident: Incident, draft: Draft) -> bool:
        """Whether a sentence goes on about those who suffered before: "the soldiers were on duty when a blast …"."""
        doc, mentions = self.reading.parsed.doc, self.reading.mentions
        hurt = [m for t in draft.tolls if (m := mentions.at(t.head)) is not None] + draft.targets + draft.victims
        known = {id(m.referent) for m in hurt if m.referent is not None and m.kind in _SUFFERERS}
        sentence = self.reading.parsed.sentences[incident.sentence]
        return any(id(m.referent) in known and (m.name or is_definite(doc[m.head]))
                   for m in mentions.within(sentence.start, sentence.end, *_SUFFERERS))

    def _target_reasons(self, incident: Incident, draft: Draft) -> Iterator[str]:
        new = [i for f in incident.frames for i in f.roles.get("target", [])]
        heads = {self._head(i) for i in new} & {self._head(t.head) for t in draft.targets}
        if not heads:
            return
        names = [self._names(i) for i in new if self._head(i) in heads]
        known = [self._names(t.head) for t in draft.targets if self._head(t.head) in heads]
        told_apart = all(a and b and not a & b for a in names for b in known)
        yield "other_target" if told_apart else "same_target"

    def _names(self, token: int) -> set[str]:
        """The names that go with a target ("the Santo Rey farm")."""
        word = self.reading.parsed.doc[token]
        return {t.text for t in word.lefts if t.pos_ == "PROPN"} | ({word.text} if word.pos_ == "PROPN" else set())

    def _toll_reasons(self, new: Sequence[Toll], old: Sequence[Toll]) -> Iterator[str]:
        pairs = [(a, b) for a in new for b in old if a.outcome == b.outcome and not a.subset and not b.subset
                 and a.side == b.side and a.min is not None and b.min is not None]
        equal = max((a.min for a, b in pairs if a.min == b.min and a.min is not None), default=None)
        if equal is not None:
            yield "same_toll" if equal > FEW else "same_small_toll"
        elif pairs:
            yield "other_toll"

    def _groups(self, frames: Iterable[Frame]) -> set[object]:
        return {identity(m) for f in frames for i in f.roles.get("perpetrator", [])
                if (m := self.reading.mentions.at(i)) is not None and m.kind is Kind.GROUP and m.name}

    def _wording_reasons(self, incident: Incident, draft: Draft) -> Iterator[str]:
        nouns = [f for f in incident.frames if f.form == "noun"]
        events = [f for f in incident.frames if f.sort == EVENT]
        if any(f.definite and self._may_mean(f, draft) for f in nouns):
            yield "definite"
        elif any(f.indefinite for f in nouns) and all(f.form == "noun" for f in events):
            yield "indefinite"
        elif not events and not self._fresh(incident):
            yield "open_trigger"
        known = any(self._known_doer(i) for f in incident.told for i in f.roles.get("perpetrator", []))
        if known:
            yield "known_doers"
        classes = {f.event_class for f in incident.frames if f.event_class is not None}
        if classes & set(draft.classes):
            yield "same_class"
        elif classes and draft.classes:
            is_a = self.reading.ontology.is_a
            across = {self.reading.family(c) for c in classes} != {draft.family}
            related = across or any(is_a(a, b) or is_a(b, a) for a in classes for b in draft.classes)
            if related or not known:
                yield "finer_class" if related else "other_manner"
        if self.reading.paragraph(incident.sentence) == self.reading.paragraph(draft.last_sentence):
            yield "same_paragraph"

    def _may_mean(self, frame: Frame, draft: Draft) -> bool:
        """Whether a definite noun can take up an event of these classes: "the abduction" is no bombing."""
        vague, is_a = set(self.reading.families.vague), self.reading.ontology.is_a
        own, known = frame.event_class, set(draft.classes)
        if own is None or own in vague or not known or known & vague or self.reading.family(own) != draft.family:
            return True
        return any(is_a(own, c) or is_a(c, own) for c in known)

    def _course_reasons(self, incident: Incident, draft: Draft, *, main: bool) -> Iterator[str]:
        """How the report goes on: back to an aside, to what had happened before, to something else."""
        doc = self.reading.parsed.doc
        told = incident.told
        if told and all(f.form == "verb" and is_anterior(doc[f.trigger]) for f in told):
            yield "anterior"
        if draft.aside and not main and self.reading.paragraph(incident.sentence) != self.reading.paragraph(
                draft.last_sentence) and not incident.times and not incident.places:
            yield "left_aside"
        opening = next((t for t in self.reading.parsed.sentences[incident.sentence] if not t.is_space), None)
        if opening is not None and opening.lower_ in self.reading.lexicon.incident.turns:
            yield "turn"

    def _fresh(self, incident: Incident) -> bool:
        """Whether those who did it or what they used are told as new: "a mine killed two", "gunmen shot a judge"."""
        doc, mentions = self.reading.parsed.doc, self.reading.mentions
        doers = [(doc[i], mentions.at(i)) for f in incident.told for r in ("perpetrator", "weapon")
                 for i in f.roles.get(r, [])]
        return any(m is not None and (m.kind is Kind.WEAPON or (m.kind is Kind.GROUP and not m.name))
                   and not is_definite(t) for t, m in doers)

    def _known_doer(self, token: int) -> bool:
        """Whether doers are spoken of as known from what was told: "the attackers"."""
        word, found = self.reading.parsed.doc[token], self.reading.mentions.at(token)
        if word.tag_ == "PRP":
            return True
        if found is None or found.name:
            return False
        noun = self.reading.parsed.doc[found.head]
        return is_definite(noun) and lemma(noun) in self.reading.lexicon.incident.doers

    def _head(self, token: int) -> str:
        return lemma(self.reading.parsed.doc[token])
