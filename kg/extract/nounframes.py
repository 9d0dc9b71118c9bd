"""Reads the frames of nouns: "an attack by X on Y", "the target was", "the dead include"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract import grammar
from kg.extract.cards import Trigger, lemma
from kg.extract.frame import ANAPHOR, EVENT, OUTCOME, SEVERAL, Frame, Scope
from kg.extract.syntax import Token
from kg.records import Kind

_DURING = {"in", "during"}


class NounFrames:
    """Reads the nouns of one document."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def read(self, noun: Token) -> Frame | None:
        """The frame a noun sets off, of an event, an outcome or an anaphor; None if it tells of none."""
        if noun.dep_ in {"compound", "amod", "nmod"} and not self._heads_event(noun):
            return None
        found = self.scope.lexicon.noun(noun)
        if found is None:
            return self._open_noun(noun)
        trigger, event_class, start = found
        if trigger.made and self._only_spoken_of(noun):
            return None
        agents = self._noun_agents(noun) or self._killers(noun, trigger)
        if trigger.agent_kinds and not self.scope.any_kind(agents, trigger.agent_kinds) and not self._of_state(noun):
            return None
        states = [c for c in noun.lefts if c.dep_ in {"compound", "poss", "amod"} and self._is_country(c)]
        event_class = self.scope.class_by_agent(trigger, event_class, agents or states)
        if trigger.weak and trigger.by_force and not agents and self._of_state(noun):
            event_class = trigger.by_force
        frame = Frame(noun.i, start, EVENT, "noun", f"{event_class.lower()}.{lemma(noun)}", event_class,
                      weak=trigger.weak, by_force=trigger.by_force if trigger.weak else None)
        self._fill_noun(noun, frame, trigger, agents)
        self.scope.add_site(noun, trigger, frame)
        return frame

    def _open_noun(self, noun: Token) -> Frame | None:
        name = lemma(noun)
        listed = self._copular(noun, name)
        if listed is not None:
            return listed
        words = self.scope.words
        sort = OUTCOME if name in words.outcomes["nouns"] else ANAPHOR if name in words.anaphors else None
        if sort is None or (sort == OUTCOME and self.scope.by_accident(noun)):
            return None
        frame = Frame(noun.i, noun.i, sort, "noun", f"{sort}.{name}", weak=True)
        if sort == OUTCOME:
            frame.add("victim", grammar.prepositional(noun, "of") + grammar.possessors(noun))
            frame.add("perpetrator", grammar.prepositional(noun, "by"))
        self._set_number(noun, frame)
        return frame

    def _copular(self, noun: Token, name: str) -> Frame | None:
        """"The target was a patrol", "among the dead were two officers", "the victims include a judge"."""
        words = self.scope.words
        role = "target" if name in words.target_nouns else "victim" if name in words.victim_lists else None
        verb = noun.head.head if noun.dep_ == "pobj" else noun.head
        if role is None or lemma(verb) not in words.listing_verbs:
            return None
        frame = Frame(noun.i, noun.i, ANAPHOR, "noun", f"{ANAPHOR}.{name}", weak=True, definite=True)
        sides = [c for c in verb.children if c.dep_ in {"nsubj", "attr", "dobj"} and c != noun]
        frame.add(role, [t for side in sides if noun not in side.subtree for t in grammar.conjuncts(side)])
        return frame if frame.roles.get(role) else None

    def _heads_event(self, noun: Token) -> bool:
        """Whether a modifier noun is itself the event ("the Darnel bombing suspects" is not, "attack in X" is)."""
        return noun.dep_ == "nmod" and any(child.dep_ == "prep" for child in noun.children)

    def _noun_agents(self, noun: Token) -> list[Token]:
        modifiers = [c for c in noun.lefts if c.dep_ in {"compound", "amod", "nmod"} and self._acts(c)]
        modifiers = [c for c in modifiers if not (self._is_force(c) and self._laid_to_others(noun))]
        owners = [owner for owner in grammar.possessors(noun) if self._acts(owner)]
        by_phrase = [t for t in grammar.prepositional(noun, "by") if not t.text[0].isdigit()]
        return [self.scope.by_name(t) for t in owners + modifiers + by_phrase + self._light_subjects(noun)]

    def _only_spoken_of(self, noun: Token) -> bool:
        """Whether an agreement is broken or merely mentioned: "monitors of the truce", "a ceasefire broke down"."""
        verb = noun.head.head if noun.dep_ == "pobj" else noun.head
        name = lemma(verb) if verb.pos_ == "VERB" else ""
        known = any(c.lower_ in self.scope.words.same for c in noun.lefts if c.dep_ == "det")
        return name in self.scope.words.breaking or (known and name not in self.scope.words.making)

    def _is_force(self, token: Token) -> bool:
        mention = self.scope.mentions.at(token.i)
        return mention is not None and mention.kind is Kind.FORCE

    def _laid_to_others(self, noun: Token) -> bool:
        """Whether somebody is blamed for it: in "Tigers blamed for navy attack" the navy was attacked."""
        verb = noun.head.head if noun.dep_ == "pobj" else noun.head
        accusing = {p.split()[0] for line in self.scope.lexicon.claims.verbs if line.accused for p in line.words}
        light = self.scope.words.light_verbs["doer"]
        return noun.dep_ == "pobj" and verb.pos_ == "VERB" and lemma(verb) in accusing - light

    def _of_state(self, noun: Token) -> bool:
        """Whether an adjective gives a vague deed to a state: "a military raid", "a government offensive"."""
        return any(c.lower_ in self.scope.words.of_state for c in noun.lefts if c.dep_ in {"amod", "compound", "nmod"})

    def _killers(self, noun: Token, trigger: Trigger) -> list[Token]:
        """The force that kills in what a vague noun names: "troops killed six in a raid" means their raid."""
        verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ in _DURING else noun
        if not (trigger.by_force and trigger.weak) or lemma(verb) not in self.scope.words.outcomes["verbs"]:
            return []
        doers = grammar.agents(verb)
        return doers if self.scope.by_state(doers) else []

    def _is_country(self, token: Token) -> bool:
        """Whether a word names a country: a "U.S. drone strike" is by the state."""
        mention = self.scope.mentions.at(token.i)
        return mention is not None and mention.rule == "place.country"

    def _acts(self, token: Token) -> bool:
        mention = self.scope.mentions.at(token.i)
        return mention is not None and mention.kind in {Kind.GROUP, Kind.FORCE}

    def _light_subjects(self, noun: Token) -> list[Token]:
        """Who carries it out: "launched an attack", "the attack was carried out by", "bombing carried out by"."""
        found: list[Token] = []
        for verb in self._governing_verbs(noun):
            if lemma(verb) in self._doers(verb):
                found += [t for t in grammar.agents(verb) if t.i != noun.i]
        return found

    def _governing_verbs(self, noun: Token) -> Iterator[Token]:
        if noun.dep_ in {"dobj", "nsubjpass", "nsubj"} and noun.head.pos_ == "VERB":
            yield noun.head
        elif noun.dep_ == "conj" and noun.head.dep_ in {"dobj", "nsubjpass"} and noun.head.head.pos_ == "VERB":
            yield noun.head.head
        for child in noun.rights:
            if child.dep_ in {"acl", "relcl"} and child.pos_ == "VERB":
                yield child

    def _doers(self, verb: Token) -> frozenset[str]:
        """The light verbs, by their first word; those of two words only with their particle."""
        name = lemma(verb)
        particles = {c.lower_ for c in verb.children if c.dep_ in {"prt", "advmod", "prep"}}
        return frozenset(name for phrase in self.scope.words.light_verbs["doer"]
                         if (parts := phrase.split())[0] == name and set(parts[1:]) <= particles)

    def _fill_noun(self, noun: Token, frame: Frame, trigger: Trigger, agents: list[Token]) -> None:
        actor = trigger.agent if trigger.between is None else trigger.between
        frame.add(actor, agents)
        if trigger.between:
            frame.add(trigger.between, grammar.prepositional(noun, "between", "among", "with", "against", "involving"))
        else:
            role = "victim" if trigger.patient == "victim" else "target"
            frame.add(role, [t for t in grammar.prepositional(noun, *self.scope.words.prepositions["target"])
                             if not self.scope.is_date(t) and lemma(t) not in self.scope.words.not_targets])
            if trigger.patient == "victim" or event_patient(frame):
                frame.add("victim", grammar.prepositional(noun, "of"))
            frame.add(role, self._participle_targets(noun))
            self._sufferers(noun, frame, role)
        means = grammar.prepositional(noun, *self.scope.words.prepositions["weapon"])
        frame.add("weapon", [t for t in means if self.scope.any_kind([t], (Kind.WEAPON,))])
        self._set_number(noun, frame)

    def _participle_targets(self, noun: Token) -> list[Token]:
        """"a blast targeting a bus", "an attack that hit the base"."""
        clauses = (c for c in noun.rights if c.dep_ in {"acl", "relcl"} and c.pos_ == "VERB")
        verbs = [c for c in clauses if not grammar.is_passive(c)]
        if noun.dep_ == "nsubj" and noun.head.pos_ == "VERB" and not grammar.is_passive(noun.head):
            verbs.append(noun.head)
        hits = self.scope.words.light_verbs["happen"] | {"target"}
        return [t for verb in verbs if lemma(verb) in hits and lemma(verb) not in self.scope.words.outcomes["verbs"]
                for t in grammar.patients(verb) if not self.scope.is_date(t)]

    def _sufferers(self, noun: Token, frame: Frame, role: str) -> None:
        """"the convoy came under attack", "the base suffered a bombing", "the mosque was hit by a blast"."""
        verb = noun.head.head if noun.dep_ == "pobj" else noun.head
        if verb.pos_ != "VERB":
            return
        if noun.dep_ == "pobj" and noun.head.dep_ == "agent" and lemma(verb) in self.scope.words.light_verbs["happen"]:
            frame.add(role, grammar.patients(verb))
        elif noun.dep_ in {"dobj", "pobj"} and any(p.split()[0] == lemma(verb)
                                                   for p in self.scope.words.light_verbs["sufferer"]):
            frame.add(role, grammar.agents(verb))

    def _set_number(self, noun: Token, frame: Frame) -> None:
        lefts = [child for child in noun.lefts if child.i < noun.i]
        determiners = {child.lower_ for child in lefts if child.dep_ in {"det", "predet", "poss"}}
        frame.definite = bool(determiners & self.scope.words.same) or any(c.dep_ == "poss" for c in lefts)
        frame.indefinite = bool(determiners & {"a", "an"})
        if noun.dep_ in {"oprd", "dobj", "attr"} and lemma(noun.head) in self.scope.words.naming and any(
                c.dep_ == "dobj" and c.tag_ == "WP" for c in noun.head.children):
            frame.definite, frame.indefinite = True, False  # "condemned what it called a cowardly attack"
        frame.other = any(child.lower_ in self.scope.words.others for child in lefts) or (
            not frame.definite and self.scope.set_beside(noun))
        if noun.dep_ == "attr" and noun.tag_ == "NN" and any(
                c.dep_ == "nsubj" and c.tag_ == "PRP" for c in noun.head.children):
            frame.definite, frame.other = True, False  # "It was the fifth attack since May": the one just told
        plural = noun.tag_ in {"NNS", "NNPS"}
        stated = [int(c.text) if c.text.isdigit() else self.scope.words.numbers.get(c.lower_, 0) for c in lefts]
        frame.number = (max(stated, default=0) or self._several(noun)) if plural else 1

    def _several(self, noun: Token) -> int:
        """`SEVERAL` for "separate attacks" and "attacks in A and B … respectively", else 0."""
        words = self.scope.words.several
        before = noun.doc[noun.left_edge.i:noun.i]
        if noun.dep_ == "pobj" and noun.head.i == noun.sent.start:
            return 0  # "In separate clashes, …": apart from what was told before.
        return SEVERAL if any(t.lower_ in words and (t.pos_ == "ADV" or t in before) for t in noun.sent) else 0


def event_patient(frame: Frame) -> bool:
    """Whether "of" after the noun names the one it is done to ("the kidnapping of the engineers")."""
    return not frame.roles.get("target")
