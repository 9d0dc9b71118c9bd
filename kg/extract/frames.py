"""Finds frames: what one clause or noun phrase says happened, with its roles, by interpreting the event cards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.extract import grammar
from kg.extract.cards import Lexicon, Trigger, lemma
from kg.extract.findings import Stance
from kg.extract.language import Parsed
from kg.extract.mentions import Mentions
from kg.records import Kind

EVENT, OUTCOME, ANAPHOR, WEAPON = "event", "outcome", "anaphor", "weapon"
_DIRECT = {"at", "against", "on"}
_NOUNS = {"NOUN", "PROPN"}
_ACTORS = {Kind.GROUP, Kind.FORCE, Kind.PERSON, Kind.PEOPLE, Kind.ORGANIZATION, Kind.PLACE}


@dataclass(slots=True)
class Frame:
    """A trigger with its roles: role name -> the head tokens of the fillers.

    `sort` is "event" (the trigger names a class), "outcome" (killed, died: the class is open), "anaphor" ("the
    incident") or "weapon" ("a bomb targeted"). `number` is 1, a stated number ("two attacks"), or 0 for an uncounted
    plural. `weak` frames need a sign of violence beside them.
    """

    trigger: int
    start: int
    sort: str
    form: str
    rule: str
    event_class: str | None = None
    weak: bool = False
    number: int = 1
    definite: bool = False
    indefinite: bool = False
    other: bool = False
    roles: dict[str, list[int]] = field(default_factory=dict)
    stance: Stance = field(default_factory=Stance)

    def add(self, role: str, tokens: list[Token]) -> None:
        """Add fillers to a role, each once."""
        if role == "none":
            return
        row = self.roles.setdefault(role, [])
        row += [token.i for token in tokens if token.i not in row]


class FrameFinder:
    """Reads the frames of a parsed document whose mentions are known."""

    def __init__(self, parsed: Parsed, mentions: Mentions, lexicon: Lexicon) -> None:
        self.parsed, self.mentions, self.lexicon = parsed, mentions, lexicon
        self.words = lexicon.incident

    def find(self) -> list[Frame]:
        """All frames in text order, one for each trigger token."""
        return [frame for token in self.parsed.doc if (frame := self._frame(token)) is not None]

    def _frame(self, token: Token) -> Frame | None:
        if token.pos_ in {"VERB", "AUX"}:
            frame = self._verb_frame(token)
        elif token.pos_ in _NOUNS or (token.pos_ == "ADJ" and token.dep_ in {"pobj", "dobj", "nsubj", "ROOT"}):
            frame = self._noun_frame(token)
        else:
            return None
        if frame is None or self._other_field(token, frame):
            return None
        return frame

    # ---- verbs -------------------------------------------------------------------------------------------------------
    def _verb_frame(self, verb: Token) -> Frame | None:
        found = next((row for row in self.lexicon.verbs(verb) if self._fits(verb, row[0])), None)
        if found is None:
            return self._outcome_verb(verb) or self._weapon_verb(verb)
        trigger, event_class = found
        agents, patients = grammar.agents(verb), grammar.patients(verb)
        event_class = self._class_by_agent(trigger, event_class, agents)
        frame = Frame(verb.i, verb.i, EVENT, "verb", f"{event_class.lower()}.{lemma(verb)}", event_class,
                      weak=trigger.weak)
        agents = [self._by_name(t) for t in agents]
        frame.add("weapon", [t for t in agents if self._any_kind([t], (Kind.WEAPON,))])
        frame.add(trigger.agent, [t for t in agents if t.i != verb.i and t.i not in frame.roles["weapon"]])
        frame.add(trigger.patient, [t for t in patients if self._suffers(t, trigger)])
        self._site(verb, trigger, frame)
        if trigger.with_:
            frame.add(trigger.with_, grammar.prepositional(verb, "with", "against", "between"))
        frame.other = any(child.lower_ in self.words.again for child in verb.children) or self._set_beside(verb)
        self._verb_prepositions(verb, frame)
        if any(" " in phrase and phrase.split()[0] == lemma(verb) for phrase in trigger.words):
            # "Set fire to the hall", "laid siege to the town".
            frame.add("target", grammar.prepositional(verb, "to"))
        return frame

    def _site(self, word: Token, trigger: Trigger, frame: Frame) -> None:
        """The building or vehicle where it happens, for kinds of attack that are aimed at their site."""
        if trigger.site:
            near = grammar.prepositional(word, *self.words.prepositions["place"])
            near += [of for noun in near if lemma(noun) in self.words.partitives
                     for of in grammar.prepositional(noun, "of")]
            frame.add(trigger.site, [t for t in near if self._any_kind([t], (Kind.FACILITY, Kind.PROJECT, Kind.THING))])

    def _suffers(self, noun: Token, trigger: Trigger) -> bool:
        """Whether an object is one it is done to: not a word of the trigger ("open fire"), for a weak one a mention."""
        own = any(lemma(noun) in phrase.split()[1:] or noun.lower_ in phrase.split()[1:] for phrase in trigger.words)
        return not own and (not trigger.weak or self.mentions.at(noun.i) is not None)

    def _outcome_verb(self, verb: Token) -> Frame | None:
        if lemma(verb) not in self.words.outcomes["verbs"] or self._by_accident(verb):
            return None
        frame = Frame(verb.i, verb.i, OUTCOME, "verb", f"outcome.{lemma(verb)}", weak=True)
        if any(lemma(agent) in self.words.wars for agent in grammar.agents(verb)):
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

    def _by_accident(self, word: Token) -> bool:
        """Whether what hangs on an outcome word names a cause that is nobody's act ("killed in a crash")."""
        below = {lemma(t) for t in word.subtree if t.pos_ in {"NOUN", "VERB"}}
        return bool(below & self.words.other_fields["causes"])

    def _weapon_verb(self, verb: Token) -> Frame | None:
        """A verb whose subject is a weapon: "the bomb tore through the market"."""
        if lemma(verb) not in self.words.light_verbs["happen"] or grammar.is_passive(verb):
            return None
        subject = grammar.grammatical_subject(verb)
        mention = self.mentions.at(subject.i) if subject is not None else None
        if subject is None or mention is None or mention.kind is not Kind.WEAPON:
            return None
        frame = Frame(verb.i, mention.start, WEAPON, "verb", f"weapon.{lemma(verb)}", weak=True)
        frame.add("weapon", [subject])
        frame.add("target", grammar.patients(verb))
        return frame

    def _fits(self, verb: Token, trigger: Trigger) -> bool:
        """Whether the demands of a card line on the kinds of its roles are met."""
        if trigger.agent_kinds and not self._any_kind(grammar.agents(verb), trigger.agent_kinds):
            return False
        patients = grammar.patients(verb)
        if trigger.patient_kinds and not self._any_kind(patients + grammar.prepositional(verb, "with", "against"),
                                                        trigger.patient_kinds):
            return False
        return not ("weapon" in trigger.needs and not self._any_kind(patients, (Kind.WEAPON,)))

    def _any_kind(self, tokens: list[Token], kinds: tuple[str, ...]) -> bool:
        found = (self.mentions.at(token.i) for token in tokens)
        return any(m is not None and m.kind in kinds for m in found)

    def _class_by_agent(self, trigger: Trigger, event_class: str, agents: list[Token]) -> str:
        if trigger.by_force:
            flown = (name for name, words in self.words.craft.items() for t in agents if lemma(t) in words)
            by_craft = next(flown, None)
            if by_craft is not None:
                return by_craft
        kinds = {m.kind for token in agents if (m := self.mentions.at(token.i)) is not None}
        if trigger.by_force and (Kind.FORCE in kinds or Kind.PLACE in kinds) and Kind.GROUP not in kinds:
            return trigger.by_force
        if trigger.by_group and Kind.GROUP in kinds:
            return trigger.by_group
        return event_class

    def _verb_prepositions(self, verb: Token, frame: Frame) -> None:
        for role in ("target", "weapon"):
            for noun in grammar.prepositional(verb, *self.words.prepositions[role]):
                mention = self.mentions.at(noun.i)
                weapon = mention is not None and mention.kind is Kind.WEAPON
                thing = mention is not None and mention.kind not in {Kind.TIME, Kind.COUNT, Kind.WEAPON}
                direct = frame.sort == EVENT and not frame.weak and noun.head.lower_ in _DIRECT and noun.pos_ == "NOUN"
                aimed = (thing or direct) and not self._is_date(noun) and lemma(noun) not in self.words.not_targets
                if (role == "weapon" and weapon) or (role == "target" and aimed):
                    frame.add(role, [noun])

    def _is_date(self, noun: Token) -> bool:
        return noun.ent_type_ in {"DATE", "TIME", "QUANTITY", "MONEY", "PERCENT"}

    # ---- nouns -------------------------------------------------------------------------------------------------------
    def _noun_frame(self, noun: Token) -> Frame | None:
        if noun.dep_ in {"compound", "amod", "nmod"} and not self._heads_event(noun):
            return None
        found = self.lexicon.noun(noun)
        if found is None:
            return self._open_noun(noun)
        trigger, event_class, start = found
        agents = self._noun_agents(noun)
        states = [c for c in noun.lefts if c.dep_ in {"compound", "poss", "amod"} and self._is_country(c)]
        event_class = self._class_by_agent(trigger, event_class, agents or states)
        frame = Frame(noun.i, start, EVENT, "noun", f"{event_class.lower()}.{lemma(noun)}", event_class,
                      weak=trigger.weak)
        self._fill_noun(noun, frame, trigger, agents)
        self._site(noun, trigger, frame)
        return frame

    def _open_noun(self, noun: Token) -> Frame | None:
        name = lemma(noun)
        listed = self._copular(noun, name)
        if listed is not None:
            return listed
        sort = OUTCOME if name in self.words.outcomes["nouns"] else ANAPHOR if name in self.words.anaphors else None
        if sort is None or (sort == OUTCOME and self._by_accident(noun)):
            return None
        frame = Frame(noun.i, noun.i, sort, "noun", f"{sort}.{name}", weak=True)
        if sort == OUTCOME:
            frame.add("victim", grammar.prepositional(noun, "of") + grammar.possessors(noun))
            frame.add("perpetrator", grammar.prepositional(noun, "by"))
        self._set_number(noun, frame)
        return frame

    def _copular(self, noun: Token, name: str) -> Frame | None:
        """"The target was a patrol", "among the dead were two officers", "the victims include a judge"."""
        role = "target" if name in self.words.target_nouns else "victim" if name in self.words.victim_lists else None
        verb = noun.head.head if noun.dep_ == "pobj" else noun.head
        if role is None or lemma(verb) not in self.words.listing_verbs:
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
        owners = [owner for owner in grammar.possessors(noun) if self._acts(owner)]
        by_phrase = [t for t in grammar.prepositional(noun, "by") if not t.text[0].isdigit()]
        return [self._by_name(t) for t in owners + modifiers + by_phrase + self._light_subjects(noun)]

    def _by_name(self, token: Token) -> Token:
        """The name set beside a description ("the gang's chief, N. N."), if there is one."""
        inner = grammar.prepositional(token, "of") if lemma(token) in self.words.partitives else []
        token = inner[0] if inner and self.mentions.at(token.i) is None else token
        mention = self.mentions.at(token.i)
        if mention is not None and mention.name is None:
            for beside in grammar.appositions(token):
                named = self.mentions.at(beside.i)
                if named is not None and named.name is not None and named.kind in _ACTORS:
                    return beside
        return token

    def _is_country(self, token: Token) -> bool:
        """Whether a word names a country: a "U.S. drone strike" is by the state."""
        mention = self.mentions.at(token.i)
        return mention is not None and mention.rule == "place.country"

    def _acts(self, token: Token) -> bool:
        mention = self.mentions.at(token.i)
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
        return frozenset(name for phrase in self.words.light_verbs["doer"]
                         if (parts := phrase.split())[0] == name and set(parts[1:]) <= particles)

    def _fill_noun(self, noun: Token, frame: Frame, trigger: Trigger, agents: list[Token]) -> None:
        actor = trigger.agent if trigger.between is None else trigger.between
        frame.add(actor, agents)
        if trigger.between:
            frame.add(trigger.between, grammar.prepositional(noun, "between", "among", "with", "against", "involving"))
        else:
            role = "victim" if trigger.patient == "victim" else "target"
            frame.add(role, [t for t in grammar.prepositional(noun, *self.words.prepositions["target"])
                             if not self._is_date(t) and lemma(t) not in self.words.not_targets])
            if trigger.patient == "victim" or event_patient(frame):
                frame.add("victim", grammar.prepositional(noun, "of"))
            frame.add(role, self._participle_targets(noun))
            self._sufferers(noun, frame, role)
        means = grammar.prepositional(noun, *self.words.prepositions["weapon"])
        frame.add("weapon", [t for t in means if self._any_kind([t], (Kind.WEAPON,))])
        self._set_number(noun, frame)

    def _participle_targets(self, noun: Token) -> list[Token]:
        """"a blast targeting a bus", "an attack that hit the base"."""
        clauses = (c for c in noun.rights if c.dep_ in {"acl", "relcl"} and c.pos_ == "VERB")
        verbs = [c for c in clauses if not grammar.is_passive(c)]
        if noun.dep_ == "nsubj" and noun.head.pos_ == "VERB" and not grammar.is_passive(noun.head):
            verbs.append(noun.head)
        hits = self.words.light_verbs["happen"] | {"target"}
        return [t for verb in verbs if lemma(verb) in hits and lemma(verb) not in self.words.outcomes["verbs"]
                for t in grammar.patients(verb) if not self._is_date(t)]

    def _sufferers(self, noun: Token, frame: Frame, role: str) -> None:
        """"the convoy came under attack", "the base suffered a bombing", "the mosque was hit by a blast"."""
        verb = noun.head.head if noun.dep_ == "pobj" else noun.head
        if verb.pos_ != "VERB":
            return
        if noun.dep_ == "pobj" and noun.head.dep_ == "agent" and lemma(verb) in self.words.light_verbs["happen"]:
            frame.add(role, grammar.patients(verb))
        elif noun.dep_ in {"dobj", "pobj"} and any(p.split()[0] == lemma(verb)
                                                   for p in self.words.light_verbs["sufferer"]):
            frame.add(role, grammar.agents(verb))

    def _set_number(self, noun: Token, frame: Frame) -> None:
        lefts = [child for child in noun.lefts if child.i < noun.i]
        determiners = {child.lower_ for child in lefts if child.dep_ in {"det", "predet", "poss"}}
        frame.definite = bool(determiners & self.words.same) or any(c.dep_ == "poss" for c in lefts)
        frame.indefinite = bool(determiners & {"a", "an"})
        frame.other = any(child.lower_ in self.words.others for child in lefts) or self._set_beside(noun)
        plural = noun.tag_ in {"NNS", "NNPS"}
        stated = [int(c.text) if c.text.isdigit() else self.words.numbers.get(c.lower_, 0) for c in lefts]
        frame.number = max(stated, default=0) if plural else 1

    def _set_beside(self, word: Token) -> bool:
        """Whether a word above sets it beside another event: "in revenge for the raid", "follows an attack on"."""
        for above in word.ancestors:
            if next(self.lexicon.verbs(above), None) or self.lexicon.noun(above):
                return False
            if {lemma(above), above.lower_} & self.words.links_to_another:
                return True
        return False

    # ---- other fields of life ----------------------------------------------------------------------------------------
    def _other_field(self, token: Token, frame: Frame) -> bool:
        """Whether the words around a trigger show that it speaks of something else ("heart attack")."""
        fields = self.words.other_fields
        before_it = token.doc[max(token.i - 2, token.sent.start):token.i + 1].text.lower()
        if any(before_it.endswith(phrase) for phrase in fields["phrases"]):
            return True
        before = {lemma(c) for c in token.lefts if c.dep_ in {"compound", "amod", "nmod", "npadvmod"}}
        before |= {lemma(token.doc[i]) for i in range(max(token.i - 3, token.sent.start), token.i)
                   if token.doc[i].head == token}
        if frame.form == "noun" and before & fields["modifiers"]:
            return True
        if frame.form == "verb":
            subject = grammar.grammatical_subject(token)
            if subject is not None and lemma(subject) in fields["subjects"]:
                return True
            if any({lemma(c) for c in agent.lefts} & fields["modifiers"] for agent in grammar.agents(token)):
                return True
            objects = [child for child in token.children if child.dep_ in {"dobj", "nsubjpass"}]
            return any(lemma(o) in fields["objects"] and self.mentions.at(o.i) is None for o in objects)
        aimed_at = grammar.prepositional(token, *self.words.prepositions["target"])
        return any(lemma(t) in fields["subjects"] for t in grammar.prepositional(token, "by")) or any(
            lemma(t) in fields["objects"] and self.mentions.at(t.i) is None for t in aimed_at)


def event_patient(frame: Frame) -> bool:
    """Whether "of" after the noun names the one it is done to ("the kidnapping of the engineers")."""
    return not frame.roles.get("target")
