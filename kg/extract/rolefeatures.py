"""What speaks for a mention as doer or sufferer of an event told in its sentence: the features of the role model.

Features are names of grammar and of the project's own word lists; no word of a text becomes a feature, so that what was
learned in one region's reports holds for another's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extract import grammar
from kg.extract.cards import lemma
from kg.extract.drafts import Draft
from kg.extract.findings import Toll
from kg.extract.frames import ANAPHOR, Frame
from kg.extract.incident import Incident
from kg.extract.linking import Reading, frames_of
from kg.extract.mentions import Found
from kg.extract.name_words import NameWords
from kg.extract.syntax import Token
from kg.records import Kind

AGENT, PATIENT, NONE = "agent", "patient", "none"
DOING, SUFFERING = ("perpetrator", "participant", "operator"), ("target", "victim", "arrested")
CANDIDATES = (Kind.GROUP, Kind.FORCE, Kind.PERSON, Kind.PEOPLE, Kind.ORGANIZATION, Kind.FACILITY, Kind.PROJECT,
              Kind.THING)
_TRANSPARENT = {"conj", "appos", "nmod", "compound"}
_OWNING = {"pobj", "prep", "poss"}
_BODIES = {Kind.GROUP, Kind.FORCE, Kind.ORGANIZATION}
_UNSETTLED = {"nobody", "described"}
_STEPS = 4
_NEAR, _FAR = 4, 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention beside an event, the frame nearest to it, the role that the rules give it, whether it is
    counted among the dead or wounded, and its features.

    `lone` tells that the rules found no doer in its sentence and nobody who is named or claims the event anywhere,
    `elsewhere` that it suffers another event told in the sentence.
    """

    draft: Draft
    frame: Frame
    found: Found
    rule: str
    counted: bool
    features: tuple[str, ...]
    lone: bool
    elsewhere: bool


class RoleFeatures:
    """Reads the candidates of one document's events."""

    def __init__(self, reading: Reading, words: NameWords) -> None:
        self.reading, self.names, self.words = reading, words, reading.lexicon.incident
        self.doc = reading.parsed.tokens
        self.given: dict[int, dict[str, int]] = {}

    def candidates(self, drafts: list[Draft]) -> Iterator[Candidate]:
        """Each mention in a sentence of an event, once for each incident told there."""
        self.given = self._given(drafts)
        triggers = [f for draft in drafts for f in frames_of(draft)]
        for draft in drafts:
            for incident in draft.incidents:
                if incident.frames:
                    yield from self._of_incident(draft, incident, triggers)

    def _of_incident(self, draft: Draft, incident: Incident, triggers: list[Frame]) -> Iterator[Candidate]:
        sentence = self.reading.parsed.sentences[incident.sentence]
        others = [f for f in triggers if sentence.start <= f.trigger < sentence.end
                  and all(f is not own for own in incident.frames)]
        told = any(f.roles.get(role) for f in incident.frames for role in DOING)
        found = [m for m in self.reading.mentions.within(sentence.start, sentence.end, *CANDIDATES) if self._stands(m)]
        made = [t for t in draft.targets if t.rule == "phrase" and sentence.start <= t.head < sentence.end]
        for mention in [*found, *made]:
            frame = self._nearest(mention, incident)
            rule = self._rule(mention, incident, draft)
            if self._outright(mention, incident) or (rule == NONE and self._comments(mention, frame)):
                continue
            counted = any(mention.start <= t.head < mention.end for t in incident.tolls)
            features = tuple(self._features(mention, frame, incident, draft, rule, {f.trigger for f in others}))
            lone = not told and self._settled(mention, draft) in _UNSETTLED
            yield Candidate(draft, frame, mention, rule, counted, features, lone, _suffers(mention, others))

    def _stands(self, found: Found) -> bool:
        """Whether a mention stands for itself: not in "rebel-held", "a member of the Front", "soft targets"."""
        head = self.doc[found.head]
        after = self.doc[found.end] if found.end < len(self.doc) else head
        part = after.text == "-" and not self.doc[found.end - 1].whitespace_
        return not part and lemma(head) not in self.words.target_nouns and not self._of_person(found)

    def _outright(self, found: Found, incident: Incident) -> bool:
        """Whether the text itself says what a mention is: "the target was a squad", "among the dead were two"."""
        return any(f.sort == ANAPHOR and i == found.head for f in incident.frames for role in SUFFERING
                   for i in f.roles.get(role, ()))

    def _comments(self, found: Found, frame: Frame) -> bool:
        """Whether a mention is the subject of a verb about a known event that does not do it: "praised the attack"."""
        event, head = self.doc[frame.trigger], self.doc[found.head]
        verb = event.head.head if event.dep_ == "pobj" else event.head
        if frame.form != "noun" or not frame.definite or verb.pos_ != "VERB" or verb == event:
            return False
        subject = grammar.grammatical_subject(verb)
        names = {lemma(verb), lemma(verb.head)} if verb.dep_ == "conj" else {lemma(verb)}
        light = {phrase.split()[0] for phrases in self.words.light_verbs.values() for phrase in phrases}
        return subject is not None and head in grammar.conjuncts(subject) and not names & light

    def _of_person(self, found: Found) -> bool:
        """Whether a body is only told to be that of a person who stands in the sentence as well."""
        node = self.doc[found.head]
        while found.kind in _BODIES and node.dep_ in _TRANSPARENT | _OWNING and node.head != node:
            node = node.head
            above = self.reading.mentions.at(node.i)
            if above is not None and above is not found and above.kind in {Kind.PERSON, Kind.PEOPLE}:
                return True
        return False

    def _nearest(self, found: Found, incident: Incident) -> Frame:
        head = self.doc[found.head]
        return min(incident.frames, key=lambda f: (f.sort == ANAPHOR, grammar.path_length(head, self.doc[f.trigger]),
                                                   abs(f.trigger - head.i)))

    def _given(self, drafts: list[Draft]) -> dict[int, dict[str, int]]:
        """How often the rules take a referent for a doer and for a sufferer, by its `id`."""
        rows: dict[int, dict[str, int]] = {}
        for frame in (f for draft in drafts for f in frames_of(draft)):
            for role, tokens in frame.roles.items():
                side = AGENT if role in DOING else PATIENT if role in SUFFERING else None
                for found in (self.reading.mentions.at(i) for i in tokens):
                    if side is not None and found is not None and found.referent is not None:
                        row = rows.setdefault(id(found.referent), {AGENT: 0, PATIENT: 0})
                        row[side] += 1
        return rows

    def _rule(self, found: Found, incident: Incident, draft: Draft) -> str:
        """The role that the rules give a mention in this incident."""
        inside = range(found.start, found.end)
        for roles, side in ((DOING, AGENT), (SUFFERING, PATIENT)):
            if any(i in inside for f in incident.frames for role in roles for i in f.roles.get(role, ())):
                return side
        return PATIENT if found in draft.targets or found in draft.victims else NONE

    # ---- features ---------------------------------------------------------------------------------------------------
    def _features(self, found: Found, frame: Frame, incident: Incident, draft: Draft, rule: str,
                  others: set[int]) -> Iterator[str]:
        head, trigger = self.doc[found.head], self.doc[frame.trigger]
        kind = self.kind(found)
        path = self._path(trigger, head)
        shape = f"{frame.form}{'.passive' if frame.form == 'verb' and grammar.is_passive(trigger) else ''}"
        governs = self._governed(head)
        yield from (f"kind {kind}", f"word {self._word(head)}", f"rule {rule} {frame.sort}")
        yield from (f"rule {rule} {kind}", f"rule {rule} {shape} {frame.weak}")
        yield from (f"path {shape} {path}", f"path {shape} {path} {kind}", f"path {frame.sort} {path}")
        yield f"length {min(grammar.path_length(trigger, head), 8)}"
        yield from (f"governed {governs}", f"governed {governs} {kind}")
        yield from (f"class {frame.event_class} {kind}", f"status {frame.stance.status}")
        yield f"named {found.name is not None}"
        yield f"before {head.i < trigger.i} {self._distance(head, trigger)} {kind}"
        yield f"determiner {self._determiner(head)} {kind}"
        yield from self._known(found, rule)
        yield from self._beside(found, frame, incident, draft, others)

    def kind(self, found: Found) -> str:
        """The kind of a mention; people who bear arms for a state and things that move are told apart."""
        word = lemma(self.doc[found.head])
        if found.kind is Kind.PEOPLE and word in self.words.force_members:
            return "trooper"
        if found.kind is Kind.PEOPLE and found.name is None and self.doc[found.head].pos_ == "PRON":
            return "pronoun"
        return f"{found.kind}{'.named' if found.name else ''}"

    def _word(self, head: Token) -> str:
        """The word list that a noun stands in."""
        people, word = self.names.people, lemma(head)
        lists = (("individual", people.individual_actors), ("collective", people.collective_actors),
                 ("man", people.men), ("title", people.titles), ("trooper", self.words.force_members),
                 ("building", self.names.buildings), ("site", self.names.facilities.facilities),
                 ("thing", self.names.facilities.things), ("force", people.force_nouns), ("people", people.people))
        name = next((name for name, row in lists if word in row or head.lower_ in row), "other")
        armed = {c.lower_ for c in head.lefts} & (people.armed_modifiers | people.militant_modifiers)
        return f"{name}{'.armed' if armed else ''}"

    def _path(self, trigger: Token, head: Token) -> str:
        """The dependency labels from trigger to mention: up the tree, then down, lists and appositions passed over."""
        chain = [trigger, *trigger.ancestors]
        down: list[str] = []
        node = head
        while node not in chain:
            down.append(_label(node))
            if node.head == node:
                return "far"
            node = node.head
        up = [_label(t) for t in chain[:chain.index(node)]]
        steps = [f"^{s}" for s in up if s not in _TRANSPARENT] + [s for s in reversed(down) if s not in _TRANSPARENT]
        return "/".join(steps) if len(steps) <= _STEPS else f"{steps[0]}/…/{steps[-1]}"

    def _governed(self, head: Token) -> str:
        """What the mention is to the nearest verb above it, and what sort of verb that is."""
        node = head
        while node.dep_ in _TRANSPARENT and node.head != node:
            node = node.head
        function, verb = _label(node), node.head
        if node.dep_ == "pobj":
            function, verb = _label(node.head), node.head.head
        if verb.pos_ in {"VERB", "AUX"}:
            return f"{function}:{self._sort(verb)}"
        return f"{function}:{'event' if self.reading.lexicon.noun(verb) else verb.pos_}"

    def _sort(self, verb: Token) -> str:
        name, light = lemma(verb), self.words.light_verbs
        if next(self.reading.lexicon.verbs(verb), None) is not None:
            return "event"
        if name in self.words.outcomes["verbs"]:
            return "outcome"
        for sort, phrases in light.items():
            if any(phrase.split()[0] == name for phrase in phrases):
                return sort
        return "says" if any(c.dep_ == "ccomp" for c in verb.children) else "be" if name == "be" else "other"

    def _determiner(self, head: Token) -> str:
        words = {c.lower_ for c in head.lefts if c.dep_ in {"det", "poss", "nummod"} or c.pos_ == "NUM"}
        if any(c.dep_ == "nummod" or c.pos_ == "NUM" for c in head.lefts):
            return "number"
        return "indefinite" if words & {"a", "an", "another"} else "definite" if words else "none"

    def _distance(self, head: Token, trigger: Token) -> str:
        gap = abs(head.i - trigger.i)
        return "near" if gap <= _NEAR else "middle" if gap <= _FAR else "far"

    def _known(self, found: Found, rule: str) -> Iterator[str]:
        """What the rules take the same referent for elsewhere."""
        row = self.given.get(id(found.referent), {AGENT: 0, PATIENT: 0})
        for side in (AGENT, PATIENT):
            yield f"elsewhere {side} {min(row[side] - (rule == side), 2)}"

    def _settled(self, found: Found, draft: Draft) -> str:
        """Whom the event has for a doer already: the same one, another that is named, a claimant, nobody."""
        doers = [m for f in frames_of(draft) for r in DOING for i in f.roles.get(r, ())
                 if (m := self.reading.mentions.at(i)) is not None and m is not found]
        claimants = [m for i in draft.incidents for c in i.claims for t in c.actors
                     if (m := self.reading.mentions.at(t)) is not None]
        if any(m.referent is not None and m.referent is found.referent for m in [*doers, *claimants]):
            return "same"
        return "claimed" if claimants else "named" if any(m.name for m in doers) else "described" if doers else "nobody"

    def _beside(self, found: Found, frame: Frame, incident: Incident, draft: Draft,
                others: set[int]) -> Iterator[str]:
        """What stands in the same sentence: counts, other doers, other events, the speaker."""
        head, kind = self.doc[found.head], self.kind(found)
        toll = next((t for t in incident.tolls if found.start <= t.head < found.end), None)
        yield f"toll {_toll(toll)}"
        roles = {side for roles, side in ((DOING, AGENT), (SUFFERING, PATIENT))
                 for f in incident.frames for r in roles if f.roles.get(r)}
        yield f"filled {AGENT in roles} {PATIENT in roles} {kind}"
        speaker = frame.stance.speaker
        yield f"settled {self._settled(found, draft)} {kind}"
        yield f"bare {found.end - found.start == 1} {kind}"
        yield f"speaks {speaker is not None and speaker.referent is not None and speaker.referent is found.referent}"
        own = grammar.path_length(head, self.doc[frame.trigger])
        yield f"nearer {any(grammar.path_length(head, self.doc[t]) < own for t in others)}"


def _suffers(found: Found, frames: Iterable[Frame]) -> bool:
    return any(found.start <= i < found.end for f in frames for role in SUFFERING for i in f.roles.get(role, ()))


def _label(token: Token) -> str:
    return f"{token.dep_}.{token.lower_}" if token.dep_ in {"prep", "agent"} else token.dep_


def _toll(toll: Toll | None) -> str:
    return "none" if toll is None else f"{toll.outcome} {toll.side}"
