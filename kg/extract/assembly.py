"""Assembles the incidents of a document's sentences into its events, told apart or brought together with reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from kg.extract import grammar
from kg.extract.cards import lemma
from kg.extract.claimdays import owns_date, without_claim_days
from kg.extract.claims import Claim
from kg.extract.clauses import is_anterior
from kg.extract.drafts import BACKGROUND_AFTER_DAYS, HAPPENED, Draft, dates_apart, resolved_time
from kg.extract.fillers import Fillers
from kg.extract.findings import Time, Toll
from kg.extract.frames import ANAPHOR, OUTCOME, Frame
from kg.extract.identities import IdentityReader
from kg.extract.incident import Incident
from kg.extract.incidents import SentenceReader
from kg.extract.linking import Linker, Reading
from kg.extract.retellings import take_total
from kg.extract.setting import SettingReader, place_item
from kg.extract.wholes import join_wholes
from kg.records import Kind

# What is told as fact once outweighs what is denied, planned or supposed elsewhere of the same event.
_WEIGHT = {"asserted": 5, "alleged": 4, "denied": 3, "planned": 2, "threatened": 1, "hypothetical": 0}
Item = TypeVar("Item", Frame, Time, Toll, Claim)


class Assembler:
    """Reads a document front to back and keeps the events told so far."""

    def __init__(self, reading: Reading, fillers: Fillers) -> None:
        self.reading, self.fillers = reading, fillers
        self.linker = Linker(reading)
        self.reader = SentenceReader(reading.lexicon.incident, reading.ontology, reading.mentions, reading.places)
        self.settings = SettingReader(reading.parsed, reading.mentions, reading.lexicon.incident)
        self.identities = IdentityReader(reading.mentions, reading.lexicon.incident)
        self._violent = {reading.families.attack, reading.families.fight}
        self.drafts: list[Draft] = []
        self.last: Draft | None = None
        self.scene: tuple[int, Time] | None = None
        self.times: dict[int, list[Time]] = {}

    def assemble(self, frames: Sequence[Frame], times: Sequence[Time], tolls: Sequence[Toll],
                 claims: Sequence[Claim]) -> list[Draft]:
        """All events in the order of their first sentence, wholes joined to their parts."""
        by_frame, by_time = self._by_sentence(frames), self._by_sentence(times)
        self.times = by_time
        by_toll, by_claim = self._by_sentence(tolls), self._by_sentence(claims)
        for number, sentence in enumerate(self.reading.parsed.sentences):
            if self.reading.heading(number) or sentence[0].idx in self.reading.parsed.heads:
                self.last = None
            told = by_frame.get(number, [])
            dates = without_claim_days(by_time.get(number, []), by_claim.get(number, []), told, sentence.doc)
            self.reader.dated = self.scene is not None and self.scene[0] == self.reading.paragraph(number)
            incidents = self.reader.read(sentence, number, told, dates, by_toll.get(number, []))
            self._set_scene(incidents, by_time.get(number, []), number)
            self._share_claims(incidents, by_claim.get(number, []), number)
            self._share_dates(incidents)
            for incident in sorted(incidents, key=lambda i: not all(f.definite for f in i.told)):
                self._take(incident)
            if not incidents:
                self._set_place(number, by_time.get(number, []))
                take_total(self.reading, self.last, number, by_toll.get(number, []))
            self._name_victims(number)
        join_wholes(self.drafts, self.linker.where, self.reading.paragraph)
        return self.drafts

    def _set_scene(self, incidents: list[Incident], times: list[Time], number: int) -> None:
        """A dated sentence that tells of no event dates what the rest of its paragraph narrates."""
        paragraph = self.reading.paragraph(number)
        days = [t for t in times if t.precision == "day" and t.basis != "anaphoric"]
        if days and not incidents:
            self.scene = (paragraph, days[0])
        if self.scene is not None and self.scene[0] == paragraph:
            for incident in incidents:
                if incident.told and not incident.times:
                    incident.times = [self.scene[1]]
        place_item(incidents, number, self.linker)

    def _set_place(self, number: int, times: list[Time]) -> None:
        """Let a sentence without an event say where and when the last one was, as far as it does not contradict."""
        draft, sentence = self.last, self.reading.parsed.sentences[number]
        if draft is None or not self._may_be_attack(draft):
            return
        scene = self.settings.read(sentence, number, draft, times)
        if scene is not None and not self.linker.where.apart([p for p in scene.places if p.link], draft.places) and (
                dates_apart(resolved_time(scene.times, None), draft.when) is not True):
            self._absorb(draft, scene)

    def _name_victims(self, number: int) -> None:
        """Let a sentence name the victims of the event it tells of, or of the one told last."""
        told = (d for d in self.drafts[::-1] if any(i.sentence == number and i.told for i in d.incidents))
        draft = next((d for d in (*told, self.last) if d is not None and d.family in {None, *self._violent}), None)
        if draft is not None:
            self.identities.name_victims(draft, self.reading.parsed.sentences[number], number)

    def _by_sentence(self, items: Iterable[Item]) -> dict[int, list[Item]]:
        rows: dict[int, list[Item]] = {}
        for item in items:
            token = item.start if isinstance(item, Time | Toll) else item.trigger
            rows.setdefault(self.reading.parsed.sentence_index(token), []).append(item)
        return rows

    # ---- claims and dates shared within a sentence ------------------------------------------------------------------
    def _share_claims(self, incidents: list[Incident], claims: list[Claim], sentence: int) -> None:
        """Give each claim to the incidents its words are about, else to the sentence's, else to the last event."""
        for claim in claims:
            homes = [i for i in incidents if any(f.trigger in claim.about for f in i.frames)]
            if not homes and not claim.about:
                homes = [i for i in incidents if not i.generic][:1]
            for home in homes:
                home.claims.append(claim)
                said = self.reading.parsed.doc[claim.trigger].pos_ != "AUX"
                if said and all(f.definite and f.form == "noun" for f in home.told):
                    # "Claimed the attack on 29 March": the day of the claim as likely as that of the attack.
                    home.times = [t for t in home.times if owns_date(t, home.told, self.reading.parsed.doc)]
            context = self._in_mind()
            if not homes and not claim.about and context is not None:
                context.incidents.append(Incident(sentence, claims=[claim]))

    def _in_mind(self) -> Draft | None:
        """The attack told last, of which a sentence without an event of its own must speak."""
        attacks = [d for d in self.drafts if d.family in {None, self.reading.families.attack}]
        if self.last is not None and self.last in attacks:
            return self.last
        return max(attacks, key=lambda d: d.last_sentence, default=self.last)

    def _share_dates(self, incidents: list[Incident]) -> None:
        """A date at the head of a sentence holds for all that the sentence tells side by side."""
        dated = [i for i in incidents if i.times]
        if len(dated) == 1 and len(incidents) > 1:
            others = [i for i in incidents if not i.times and not i.generic and i.told]
            doc = self.reading.parsed.doc
            for incident in others:
                verb = doc[incident.frames[0].trigger]
                if verb.dep_ == "conj" and verb.head == doc[dated[0].frames[0].trigger]:
                    incident.times += dated[0].times

    # ---- taking in --------------------------------------------------------------------------------------------------
    def _take(self, incident: Incident) -> None:
        known = all(f.form == "noun" and f.definite for f in incident.told)
        if incident.generic and not known:
            return
        if self._plural_anaphor(incident):
            self._distribute(incident)
            return
        home = self.linker.best(incident, self.drafts, self.last)
        if home is None:
            placed = bool(incident.times or incident.places) or self._names_victim(incident)
            if not incident.told or incident.generic or (self.drafts and self._goes_back(incident) and not placed):
                # "His brother had been killed": another event, with nothing to know it by.
                return
            incident.times = incident.times or self._time_of_claim(incident)
            home = Draft(assumed=self._narrated_time(incident))
            self.drafts.append(home)
        self._absorb(home, incident)
        if not self._aside(incident) and not self._beside_violence(home):
            self.last = home

    def _narrated_time(self, incident: Incident) -> Time | None:
        """When what opens without a date must have happened: as what was told before it, if the story goes on."""
        back = incident.other or self._goes_back(incident)
        return None if back or self.last is None else self.last.when or self.last.assumed

    def _time_of_claim(self, incident: Incident) -> list[Time]:
        """The month or year in which an event not told before is claimed: groups claim what they have just done."""
        doc = self.reading.parsed.doc
        claims = {p for line in self.reading.lexicon.claims.verbs if line.status == "claimed" for p in line.words}
        said = [doc[f.trigger].head for f in incident.told if f.form == "noun" and lemma(doc[f.trigger].head) in claims]
        return [time for time in self.times.get(incident.sentence, []) if time.precision in {"month", "year"} and any(
            (verb := grammar.clause_head(doc[time.start:time.end].root)) == claim or verb.is_ancestor(claim)
            for claim in said)]

    def _goes_back(self, incident: Incident) -> bool:
        """Whether it tells of what had happened before."""
        doc = self.reading.parsed.doc
        return any(f.form == "verb" and is_anterior(doc[f.trigger]) for f in incident.told)

    def _names_victim(self, incident: Incident) -> bool:
        """Whether it tells by name whom it struck."""
        struck = (self.reading.mentions.at(i) for f in incident.told for i in f.roles.get("victim", []))
        return any(m is not None and m.kind is Kind.PERSON and m.name for m in struck)

    def _aside(self, incident: Incident) -> bool:
        """Whether all that is told stands in relative clauses about somebody or something, beside the story."""
        doc = self.reading.parsed.doc
        triggers = {f.trigger for f in incident.frames}
        return bool(incident.told) and all(
            any(t.dep_ == "relcl" and t.head.i not in triggers for t in (doc[f.trigger], *doc[f.trigger].ancestors))
            for f in incident.told)

    def _beside_violence(self, draft: Draft) -> bool:
        """Whether a protest or an accord is told amid the story of an attack, which goes on after it."""
        violent = (None, self.reading.families.operation, *self._violent)
        return draft.family not in violent and self.last is not None and self.last.family in violent

    def _plural_anaphor(self, incident: Incident) -> bool:
        """"Both those attacks", "these killings": events told before, taken together."""
        return bool(incident.claims) and bool(incident.frames) and not incident.tolls and all(
            f.form == "noun" and f.definite and f.number != 1 for f in incident.frames) and not any(
            d.number > 1 and d.number == incident.frames[0].number for d in self.drafts)

    def _distribute(self, incident: Incident) -> None:
        count = max(f.number for f in incident.frames) or 2
        paragraph = self.reading.paragraph
        stated = max(f.number for f in incident.frames) > 1
        here = [d for d in self.drafts if d.family == self.reading.families.attack and (
            stated or not d.aside or paragraph(d.last_sentence) == paragraph(incident.sentence))]
        for draft in here[-count:]:
            told = Incident(incident.sentence, claims=incident.claims)
            draft.incidents.append(told)
            for other in incident.opposed:
                other.opposed.append(told)

    def _absorb(self, draft: Draft, incident: Incident) -> None:
        draft.incidents.append(incident)
        for frame in incident.frames:
            if frame.event_class is not None:
                if frame.stance.status == "asserted" or not draft.classes:
                    draft.classes.append(frame.event_class)
                family = self.reading.family(frame.event_class)
                draft.family = family if draft.family in {None, self.reading.families.fight} else draft.family
            if frame.form == "noun" and draft.number == 1 and len(draft.incidents) == 1 and not frame.definite:
                draft.number = max(frame.number, 1)
            for role in ("target", "victim", "arrested"):
                for token in self._with_appositions(frame.roles.get(role, [])):
                    told_by_outcome = frame.sort == OUTCOME or (role == "victim" and frame.sort == ANAPHOR)
                    self._take_patient(draft, token, only_named=told_by_outcome and self._may_be_attack(draft))
            for token in self.identities.after_colon(self.reading.parsed.doc, frame):
                self._take_patient(draft, token, only_named=True)
        if draft.when is None or (incident.times and draft.when.precision != "day"):
            draft.when = resolved_time(incident.times, self.last) or draft.when
        draft.aside = self._is_older(draft)
        if incident.told:
            told = self._status(incident)
            first = len(draft.incidents) == 1
            draft.status = told if first or _WEIGHT[told] > _WEIGHT[draft.status] else draft.status

    def _is_older(self, draft: Draft) -> bool:
        """Whether an event is dated well before another told so far."""
        when = draft.when
        if when is None or when.latest is None or draft is self.drafts[0]:
            return False
        return any((d.when.earliest - when.latest).days > BACKGROUND_AFTER_DAYS for d in self.drafts
                   if d.when is not None and d.when.earliest is not None)

    def _with_appositions(self, tokens: list[int]) -> list[int]:
        """The tokens and the names set beside them ("two officers, X and Y")."""
        doc = self.reading.parsed.doc
        listing = self.reading.lexicon.incident.listing_prepositions
        beside = [t.i for token in tokens for a in grammar.appositions(doc[token]) for t in grammar.conjuncts(a)]
        beside += [t.i for token in tokens for t in grammar.prepositional(doc[token], *listing)]
        beside = [t for t in beside if self.reading.mentions.at(t) is not None]
        return tokens + [t for t in beside if t not in tokens]

    def _take_patient(self, draft: Draft, token: int, *, only_named: bool) -> None:
        """A named person is a victim; others are targets, unless only the outcome of an event is told of them."""
        found = self.fillers.at(token)
        if found is None:
            return
        words = self.reading.lexicon.incident
        if found.kind in {Kind.PLACE, Kind.WEAPON} or lemma(self.reading.parsed.doc[found.head]) in words.not_targets:
            return
        row = draft.victims if found.of_person else draft.targets
        if found not in row and not (only_named and row is draft.targets):
            row.append(found)

    def _may_be_attack(self, draft: Draft) -> bool:
        return draft.family in {None, self.reading.families.attack}

    def _status(self, incident: Incident) -> str:
        stances = [frame.stance.status for frame in incident.told
                   if frame.sort != OUTCOME or frame.roles.get("perpetrator")]
        return next((s for s in stances if s in HAPPENED), stances[0] if stances else "asserted")
