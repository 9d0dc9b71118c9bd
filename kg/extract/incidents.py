"""Groups the frames of one sentence into incidents and gives each its times, places, tolls and weapons."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from kg.extract import grammar
from kg.extract.cards import IncidentWords, lemma
from kg.extract.clauses import beside_place, beside_relative, described, in_earlier_clause, in_other_clause
from kg.extract.contrast import Contrast
from kg.extract.distances import leads_to, turned_round
from kg.extract.findings import Time, Toll
from kg.extract.frames import ANAPHOR, EVENT, OUTCOME, Frame
from kg.extract.generic import is_empty, is_generic
from kg.extract.incident import Incident
from kg.extract.locating import found_later, judged, locates, only_tells_whose
from kg.extract.mentions import Found, Mentions
from kg.extract.syntax import Span, Token
from kg.ontology import Ontology
from kg.placenames import PlaceIndex
from kg.records import Kind

# The roles that the second half of a gapped sentence shares with the first.
_SHARED = {"perpetrator", "participant", "operator", "weapon"}
# "IMPHAL: ", "KARACHI – ": where a report was sent from.
_HEADS_LINE = {"place.dateline", "place.heading"}
_REACH_OF_PARTICIPLE = 8  # tokens


class SentenceReader:
    """Makes the incidents of one sentence from everything found in it."""

    def __init__(self, doc_words: IncidentWords, ontology: Ontology, mentions: Mentions, places: PlaceIndex) -> None:
        self.words, self.ontology, self.mentions, self.places = doc_words, ontology, mentions, places
        self.contrast = Contrast(doc_words, ontology)
        self.dated = False  # whether the paragraph has named the day of what it tells
        self.onward: list[int] = []  # where "a day after" turns the sentence to what came before

    def read(self, sentence: Span, number: int, frames: Sequence[Frame], times: Iterable[Time],
             tolls: Iterable[Toll]) -> list[Incident]:
        """The incidents of a sentence in text order; every time, place, toll and weapon goes to the nearest."""
        frames = [frame for frame in frames if not is_empty(frame, sentence, self.words)]
        if not frames:
            return []
        holders = [Incident(number, [frame]) for frame in frames]
        nouns = [frame.trigger for frame in frames if frame.form == "noun" and frame.sort == EVENT]
        self.contrast = Contrast(self.words, self.ontology, nouns)
        times = [turned_round(time, frames, sentence.doc, self.words.sequence) for time in times]
        self.onward = [time.start for time in times if time.onward]
        for time in times:
            self._attach(sentence.doc[time.start:time.end].root, time, holders, "times")
        for place in self._located(sentence, nouns):
            self._attach(sentence.doc[place.head], place, holders, "places")
        for toll in tolls:
            self._attach(sentence.doc[toll.trigger], toll, holders, "tolls")
        triggers = {frame.trigger for frame in frames}
        for weapon in self.mentions.within(sentence.start, sentence.end, Kind.WEAPON):
            if self._only_names(sentence.doc[weapon.head], weapon, triggers):
                continue
            self._attach(sentence.doc[weapon.head], weapon, holders, "weapons")
        for holder in holders:
            verb = sentence.doc[holder.frames[0].trigger]
            if self._died_later(verb):
                inside = grammar.clause_head
                holder.times = [t for t in holder.times if inside(sentence.doc[t.start:t.end].root) != verb]
                holder.places = [p for p in holder.places if inside(sentence.doc[p.head]) != verb]
        incidents = self._grouped(holders, sentence)
        self._open_another(incidents, sentence)
        return incidents

    def _located(self, sentence: Span, nouns: Collection[int]) -> list[Found]:
        """The places where something happens; where the report was sent from is none beside others."""
        here = [place for place in self.mentions.within(sentence.start, sentence.end, Kind.PLACE, Kind.FACILITY)
                if locates(head := sentence.doc[place.head], place, self.mentions, self.words)
                and not only_tells_whose(head, place, self.mentions, self.words, self.places, nouns)]
        return [p for p in here if p.rule not in _HEADS_LINE] or here

    def _died_later(self, verb: Token) -> bool:
        """Whether somebody hurt or counted before dies, which is no time and place of it: "a fourth guard died"."""
        words = self.words.settings
        if verb.pos_ != "VERB" or lemma(verb) not in words["succumb"]:
            return False
        subject = grammar.grammatical_subject(verb)
        later = subject is not None and any(c.lower_ in self.words.ordinals for c in subject.children)
        below = [t for c in verb.children if c.dep_ in {"nsubj", "prep", "dative"} for t in c.subtree]
        return later or any(lemma(t) in words["hurt"] for t in below)

    def _open_another(self, incidents: Sequence[Incident], sentence: Span) -> None:
        """"Separately, …", "Also in Dil, …": what follows is another event than the one before."""
        opening = [t for t in sentence[:6] if not t.is_space and not t.is_punct][:2]
        first = opening[0].lower_ if opening else ""
        if first in self.words.again or (first in self.words.besides and opening[-1].pos_ == "ADP"):
            for frame in (f for i in incidents for f in i.told if not f.definite):
                frame.other = True

    def _only_names(self, head: Token, weapon: Found, triggers: Collection[int]) -> bool:
        """Whether a weapon says of what kind something else is ("gun positions") or is only taken away."""
        outer = head.head
        known = self.mentions.at(outer.i)
        if head.dep_ in {"dobj", "nsubjpass"} and lemma(outer) in self.words.looting:
            return True  # "They stole weapons."
        if outer.lower_ == "with" and self.words.leaving & {lemma(outer.head), lemma(outer.head.head)}:
            return True  # "They made off with weapons."
        return (head.dep_ in {"compound", "nmod"} and outer.i >= weapon.end and outer.i not in triggers
                and outer.pos_ == "NOUN" and outer.dep_ in {"dobj", "pobj", "nsubj", "nsubjpass", "conj"}
                and (known is None or known.kind is not Kind.WEAPON) and not self._heads_trigger(outer, triggers))

    def _heads_trigger(self, noun: Token, triggers: Collection[int]) -> bool:
        """Whether a noun has an event in it or is known as somebody or something ("bomb attack suspects")."""
        return any(c.i in triggers for c in noun.children) or self.mentions.at(noun.i) is not None

    # ---- attaching --------------------------------------------------------------------------------------------------
    def _attach(self, head: Token, item: Time | Found | Toll, holders: list[Incident], slot: str) -> None:
        doc = head.doc
        if isinstance(item, Time):
            dated = any(token.text[:1].isdigit() for token in doc[item.start:item.end])
            if self._dates_the_report(head, holders) or self._dates_a_thing(head, holders, dated=dated):
                return
            holders = [h for h in holders if not beside_relative(head, doc[h.frames[0].trigger])
                       and not found_later(head, doc[h.frames[0].trigger], self.words)
                       and not beside_place(head, doc[h.frames[0].trigger])
                       and not (item.onward and not leads_to(item, h.frames[0].trigger, doc))]
        if isinstance(item, Time | Found):
            holders = [h for h in holders if not any(head.i < at < h.frames[0].trigger for at in self.onward)
                       and not in_other_clause(head, doc[h.frames[0].trigger])
                       and not beside_relative(head, doc[h.frames[0].trigger])
                       and not judged(head, doc[h.frames[0].trigger], self.words)
                       and not self._merely_named(head, h.frames[0], doc[h.frames[0].trigger])]
        if isinstance(item, Toll):
            holders = [h for h in holders if not in_earlier_clause(head, doc[h.frames[0].trigger])]
        about = described(head, self.contrast.nouns) if isinstance(item, Toll) else None
        holders = [h for h in holders if h.frames[0].trigger == about] or holders
        if not holders:
            return
        best = min(holders, key=lambda h: (grammar.path_length(head, doc[h.frames[0].trigger]),
                                           abs(head.i - h.frames[0].trigger)))
        getattr(best, slot).append(item)

    def _merely_named(self, head: Token, frame: Frame, trigger: Token) -> bool:
        """Whether an event is only spoken of in a clause: "police in Paris arrested a man over the attack"."""
        topic = trigger.dep_ == "pobj" and trigger.head.lower_ in self.words.prepositions["topic"]
        if frame.form != "noun" or not (frame.definite or topic) or trigger.is_ancestor(head):
            return False
        verb = grammar.clause_head(head)
        if trigger.i < head.i < verb.i and any(trigger in child.subtree for child in verb.lefts):
            return False  # "The toll of the raid on a camp near Sur rose."
        light = {phrase.split()[0] for phrases in self.words.light_verbs.values() for phrase in phrases}
        carries = lemma(verb) in light or lemma(verb) in self.words.outcomes["verbs"] or verb.pos_ == "AUX"
        return verb.pos_ == "VERB" and not carries

    def _dates_the_report(self, head: Token, holders: list[Incident]) -> bool:
        """Whether a time belongs to the saying, not to what is said ("police said on Friday that …")."""
        verb = grammar.clause_head(head)
        doc = head.doc
        triggers = {h.frames[0].trigger for h in holders}
        if self._after_saying(head):
            return True
        if verb.i in triggers:
            return False
        if verb.dep_ == "parataxis" and not any(verb.is_ancestor(doc[t]) for t in triggers):
            return True
        said = [c for c in verb.children if c.dep_ in {"ccomp", "parataxis"} and verb.pos_ != "AUX"]
        return any(doc[t].is_ancestor(verb) or clause.i == t or clause.is_ancestor(doc[t])
                   for clause in said for t in triggers)

    def _dates_a_thing(self, head: Token, holders: list[Incident], *, dated: bool) -> bool:
        """Whether a time stands in a participle that describes something else: "a process begun on 3 May".

        Far behind one it rather belongs to the clause around: "in a hall used by followers of the party on Friday".
        """
        triggers = {h.frames[0].trigger for h in holders}
        if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.pos_ in {"NOUN", "PROPN"}:
            # "The accord of 2002": the year of something else.
            owner = head.head.head
            return owner.ent_type_ not in {"DATE", "TIME"} and owner.i not in triggers and not any(
                t.i in triggers for t in owner.subtree)
        since = next((t for t in head.ancestors if t.dep_ == "prep" and t.lower_ in self.words.cumulative), None)
        if since is not None and head.head != since and since.head.pos_ == "NOUN" and since.head.i in triggers:
            return True  # "the fifth attack since the ban a month ago"
        if dated and head.dep_ in {"compound", "nmod", "nummod"} and head.head.pos_ in {"NOUN", "PROPN"} and (
                head.head.ent_type_ not in {"DATE", "TIME"}):
            return head.head.i not in triggers  # "since the March 1 election"
        verb = grammar.clause_head(head)
        if head.i - verb.i > _REACH_OF_PARTICIPLE:
            return False
        return verb.dep_ == "acl" and verb.tag_ == "VBN" and not triggers & {verb.i, verb.head.i} and not any(
            verb.is_ancestor(head.doc[t]) for t in triggers)

    def _after_saying(self, head: Token) -> bool:
        """Whether a time stands right after a verb of saying, though the parser gives it to what is said."""
        first = head.head if head.dep_ == "pobj" else head
        before = head.doc[first.left_edge.i - 1] if first.left_edge.i > first.sent.start else first
        clause = next((t for t in (first, *first.ancestors) if t.dep_ == "ccomp" and t.head == before), None)
        return clause is not None and before.pos_ == "VERB"

    # ---- grouping ---------------------------------------------------------------------------------------------------
    def _grouped(self, holders: list[Incident], sentence: Span) -> list[Incident]:
        """Join the holders whose frames tell of one event."""
        holders = [holder for holder in holders if not holder.frames[0].void]
        groups = [[holder] for holder in holders if holder.frames[0].sort == EVENT or holder.frames[0].sort == "weapon"]
        merged: list[list[Incident]] = []
        for group in groups:
            home = next((g for g in merged if all(self.contrast.one_event(x, group[0], sentence.doc) for x in g)), None)
            if home is None:
                merged.append(group)
            else:
                home += group
        loose = [h for h in holders if h.frames[0].sort in {OUTCOME, ANAPHOR}]
        for holder in loose:
            self._place_loose(holder, merged, sentence)
        joined = [self._join(group, sentence) for group in merged]
        for incident in joined:
            incident.opposed = [other for other in joined
                                if other is not incident and self.contrast.opposed(incident, other, sentence.doc)]
        return [part for incident in joined for part in self._split(incident, sentence)]

    def _split(self, incident: Incident, sentence: Span) -> list[Incident]:
        """"Killed 15 in an attack in Aden and seven in Sanaa": a count with a place of its own is another event."""
        doc = sentence.doc
        apart = [(t, found) for t in incident.tolls[1:] if (found := self._own_places(doc[t.head], incident))
                 and any(t.outcome == other.outcome for other in incident.tolls if other is not t)]
        if not apart or incident.generic:
            return [incident]
        parts = [incident]
        for toll, places in apart:
            incident.tolls = [t for t in incident.tolls if t is not toll]
            incident.places = [p for p in incident.places if p not in places]
            times = [t for t in incident.times if t.start > toll.start] or incident.times
            frames = [replace(f, other=True, roles={k: v for k, v in f.roles.items() if k in _SHARED})
                      for f in incident.frames if f.sort != ANAPHOR]
            parts.append(Incident(incident.sentence, frames, times, places, [toll], apart=True))
        return parts

    def _own_places(self, count: Token, incident: Incident) -> list[Found]:
        """The places that hang on a bare number of a gapped clause."""
        if count.pos_ != "NUM" or count.dep_ != "conj":
            return []
        inside = {t.i for t in count.subtree}
        return [p for p in incident.places if p.head in inside]

    def _place_loose(self, holder: Incident, merged: list[list[Incident]], sentence: Span) -> None:
        """Give an outcome ("killed") or an anaphor ("the incident") to the nearest event of the sentence."""
        doc, trigger = sentence.doc, holder.frames[0].trigger
        near = [(not doc[trigger].is_ancestor(doc[h.frames[0].trigger]),
                 grammar.path_length(doc[trigger], doc[h.frames[0].trigger]), n)
                for n, group in enumerate(merged) for h in group
                if not self.contrast.compares(doc[trigger], doc[h.frames[0].trigger])
                and not self.contrast.apart(holder, h, doc)
                and not self._tells_of_filler(holder, doc[h.frames[0].trigger])
                and not self._of_others(holder, doc[h.frames[0].trigger])]
        if near:
            merged[min(near)[-1]].append(holder)
        else:
            merged.append([holder])

    def _tells_of_filler(self, holder: Incident, trigger: Token) -> bool:
        """"The target was a squad which was conducting an operation": the operation is told of the squad."""
        frame = holder.frames[0]
        return frame.sort == ANAPHOR and any(trigger.doc[i].is_ancestor(trigger)
                                             for tokens in frame.roles.values() for i in tokens)

    def _of_others(self, holder: Incident, trigger: Token) -> bool:
        """"Three were shot as police sought a man who had been abducted": the abduction is told of somebody else."""
        outcome = trigger.doc[holder.frames[0].trigger]
        clause = next((t for t in (trigger, *trigger.ancestors) if t.dep_ == "relcl"), None)
        if clause is None or outcome.pos_ != "VERB" or clause == outcome or clause.is_ancestor(outcome):
            return False
        noun = clause.head
        concerned = {i for tokens in holder.frames[0].roles.values() for i in tokens}
        known = self.mentions.at(noun.i)
        person = known is not None and known.kind in {Kind.PEOPLE, Kind.PERSON, Kind.GROUP, Kind.FORCE}
        return person and noun.i not in concerned and not any(noun.doc[i] in noun.subtree for i in concerned)

    def _join(self, group: list[Incident], sentence: Span) -> Incident:
        whole = Incident(group[0].sentence)
        for part in sorted(group, key=lambda h: h.frames[0].trigger):
            for slot in ("frames", "times", "places", "tolls", "weapons"):
                getattr(whole, slot).extend(getattr(part, slot))
        self._let_force_act(whole)
        whole.generic = bool(whole.told) and all(
            is_generic(frame, sentence, whole, self.words, dated=self.dated) for frame in whole.told)
        return whole

    def _let_force_act(self, incident: Incident) -> None:
        """"Police killed two in a raid": what a vague noun means when only a force acts in its sentence."""
        doers = [m for f in incident.frames for i in f.roles.get("perpetrator", [])
                 if (m := self.mentions.at(i)) is not None]
        if doers and all(m.kind is Kind.FORCE for m in doers):
            for frame in incident.frames:
                frame.event_class = frame.by_force or frame.event_class
