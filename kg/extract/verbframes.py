"""Reads the frames of verbs: what is done, by whom, to whom, with what."""

from __future__ import annotations

from kg.extract import grammar
from kg.extract.cards import Trigger, lemma
from kg.extract.frame import EVENT, OUTCOME, WEAPON, Frame, Scope
from kg.extract.ordinals import stands_alone
from kg.extract.syntax import Token
from kg.records import Kind

_DIRECT = {"at", "against", "on"}


class VerbFrames:
    """Reads the verbs of one document."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def read(self, verb: Token) -> Frame | None:
        """The frame a verb sets off, of an event, an outcome or a weapon; None if it tells of none."""
        found = next((row for row in self.scope.lexicon.verbs(verb) if self._fits(verb, row[0])), None)
        if found is None:
            return self._outcome_verb(verb) or self._weapon_verb(verb)
        trigger, event_class = found
        agents = grammar.agents(verb)
        patients = (grammar.prepositional(verb, "into") if trigger.into else []) or grammar.patients(verb)
        if trigger.patient == "victim" and not patients and self._suffered_in_heading(verb, agents):
            agents, patients = [], agents
        if trigger.weak and any(lemma(agent) in self.scope.words.wars for agent in agents):
            return None  # "a province hit by a rebellion"
        event_class = self.scope.class_by_agent(trigger, event_class, agents)
        frame = Frame(verb.i, verb.i, EVENT, "verb", f"{event_class.lower()}.{lemma(verb)}", event_class,
                      weak=trigger.weak and not any(self.scope.flies(t) for t in agents))
        agents = [self.scope.by_name(t) for t in agents]
        frame.add("weapon", [t for t in agents if self.scope.any_kind([t], (Kind.WEAPON,))])
        acting = [t for t in agents if t.i != verb.i and t.i not in frame.roles["weapon"]]
        if trigger.weak and trigger.patient == "target" and self.scope.any_kind(patients, (Kind.WEAPON,)):
            # "The bus hit a mine."
            frame.add("weapon", patients)
            frame.add("target", acting)
        else:
            frame.add(trigger.agent, acting)
            frame.add(trigger.patient, [t for t in patients if self._suffers(t, trigger)])
        self.scope.add_site(verb, trigger, frame)
        if trigger.with_:
            frame.add(trigger.with_, grammar.prepositional(verb, "with", "against", "between"))
        again = any(child.lower_ in self.scope.words.again for child in verb.children)
        frame.other = again or self._by_another(verb, trigger) or self.scope.set_beside(verb)
        self._verb_prepositions(verb, frame)
        if any(" " in phrase and phrase.split()[0] == lemma(verb) for phrase in trigger.words):
            # "Set fire to the hall", "laid siege to the town".
            frame.add("target", grammar.prepositional(verb, "to"))
        frame.void = self._tells_of_place(verb)
        frame.void |= frame.weak and verb.tag_ == "VBG" and verb.dep_ == "advcl" and not self._has_part(frame)
        return frame

    def _suffered_in_heading(self, verb: Token, subjects: list[Token]) -> bool:
        """Whether a participle of a heading is said of its subject: "Three People Beheaded in the North"."""
        bare = verb.tag_ in {"VBD", "VBN"} and not verb.sent[-1].is_punct
        return bare and bool(subjects) and all(self.scope.any_kind([t], (Kind.PEOPLE,)) for t in subjects)

    def _tells_of_place(self, verb: Token) -> bool:
        """Whether a clause only tells of the place of another event: "a strike in Goma, which rebels had overrun"."""
        place = verb.dep_ == "relcl" and (self.scope.any_kind([verb.head], (Kind.PLACE,)) or any(
            self.scope.any_kind([t], (Kind.PLACE,)) for t in verb.head.ancestors if t.dep_ == "pobj"))
        return place and any(self.scope.lexicon.noun(t) for t in verb.head.ancestors if t.pos_ == "NOUN")

    def _by_another(self, verb: Token, trigger: Trigger) -> bool:
        """Whether the subject is an ordinal that tells it from one before: "the second exploded"; not one of people
        who were counted ("the third was shot")."""
        if trigger.patient == "victim" and grammar.is_passive(verb):
            return False
        subject = grammar.grammatical_subject(verb)
        return subject is not None and subject.lower_ in self.scope.words.others and (
            stands_alone(subject, self.scope.words))

    def _has_part(self, frame: Frame) -> bool:
        """Whether any role of a frame is filled by a mention."""
        return any(self.scope.mentions.at(i) is not None for tokens in frame.roles.values() for i in tokens)

    def _suffers(self, noun: Token, trigger: Trigger) -> bool:
        """Whether an object is one it is done to: not a word of the trigger ("open fire"), for a weak one a mention."""
        own = any(lemma(noun) in phrase.split()[1:] or noun.lower_ in phrase.split()[1:] for phrase in trigger.words)
        measures = lemma(noun) in self.scope.words.partitives
        return not own and (not trigger.weak or measures or self.scope.mentions.at(noun.i) is not None)

    def _outcome_verb(self, verb: Token) -> Frame | None:
        if lemma(verb) not in self.scope.words.outcomes["verbs"] or self.scope.by_accident(verb):
            return None
        frame = Frame(verb.i, verb.i, OUTCOME, "verb", f"outcome.{lemma(verb)}", weak=True)
        if any(lemma(agent) in self.scope.words.wars for agent in grammar.agents(verb)) or self._sums_up(verb):
            return None
        intransitive = not grammar.is_passive(verb) and not any(c.dep_ in {"dobj", "obj"} for c in verb.children)
        agents = grammar.agents(verb)
        if intransitive:
            frame.add("victim", agents)
        else:
            frame.add("perpetrator", agents)
            frame.add("victim", grammar.patients(verb))
        self._verb_prepositions(verb, frame)
        return frame

    def _sums_up(self, verb: Token) -> bool:
        """Whether a present perfect sums up the years: "the violence has killed more than 2,300"."""
        perfect = any(c.dep_ == "aux" and c.tag_ in {"VBP", "VBZ"} and lemma(c) == "have" for c in verb.children)
        return perfect and any(lemma(agent) in self.scope.words.summed for agent in grammar.agents(verb))

    def _weapon_verb(self, verb: Token) -> Frame | None:
        """A verb whose subject is a weapon: "the bomb tore through the market"."""
        if lemma(verb) not in self.scope.words.light_verbs["happen"] or grammar.is_passive(verb):
            return None
        subject = grammar.grammatical_subject(verb)
        mention = self.scope.mentions.at(subject.i) if subject is not None else None
        if subject is None or mention is None or mention.kind is not Kind.WEAPON:
            return None
        frame = Frame(verb.i, mention.start, WEAPON, "verb", f"weapon.{lemma(verb)}", weak=True)
        frame.add("weapon", [subject])
        frame.add("target", grammar.patients(verb))
        return frame

    def _fits(self, verb: Token, trigger: Trigger) -> bool:
        """Whether the demands of a card line on the kinds of its roles are met."""
        if trigger.agent_kinds and not self.scope.any_kind(grammar.agents(verb), trigger.agent_kinds):
            return False
        if trigger.by_state and not self.scope.by_state(grammar.agents(verb)):
            return False
        patients = grammar.patients(verb)
        inside = [of for t in patients if self.scope.mentions.at(t.i) is None for of in grammar.prepositional(t, "of")]
        if trigger.patient_kinds and not self.scope.any_kind(
                patients + inside + grammar.prepositional(verb, "with", "against"), trigger.patient_kinds):
            return False
        return not ("weapon" in trigger.needs and not self.scope.any_kind(patients, (Kind.WEAPON,)))

    def _verb_prepositions(self, verb: Token, frame: Frame) -> None:
        for role in ("target", "weapon"):
            for noun in grammar.prepositional(verb, *self.scope.words.prepositions[role]):
                mention = self.scope.mentions.at(noun.i)
                weapon = mention is not None and mention.kind is Kind.WEAPON
                thing = mention is not None and mention.kind not in {Kind.TIME, Kind.COUNT, Kind.WEAPON}
                direct = frame.sort == EVENT and not frame.weak and noun.head.lower_ in _DIRECT and noun.pos_ == "NOUN"
                possible = lemma(noun) not in self.scope.words.not_targets and not self.scope.is_date(noun)
                aimed = (thing or direct) and possible
                if (role == "weapon" and weapon) or (role == "target" and aimed):
                    frame.add(role, [noun])
