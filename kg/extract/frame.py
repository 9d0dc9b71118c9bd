"""What a frame is, and what the readers of verbs and nouns share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.extract import grammar
from kg.extract.cards import Lexicon, Trigger, lemma
from kg.extract.findings import Stance
from kg.extract.mentions import Found, Mentions
from kg.extract.syntax import Token
from kg.records import Kind

EVENT, OUTCOME, ANAPHOR, WEAPON = "event", "outcome", "anaphor", "weapon"
SEVERAL = 99  # events that are told as several and not counted
_ACTORS = {Kind.GROUP, Kind.FORCE, Kind.PERSON, Kind.PEOPLE, Kind.ORGANIZATION, Kind.PLACE}


@dataclass(slots=True, eq=False)
class Frame:
    """A trigger with its roles: role name -> the head tokens of the fillers.

    `sort` is "event" (the trigger names a class), "outcome" (killed, died: the class is open), "anaphor" ("the
    incident") or "weapon" ("a bomb targeted"). `number` is 1, a stated number ("two attacks"), `SEVERAL` for "separate
    attacks", or 0 for another uncounted plural. `weak` frames need a sign of violence beside them; a `void` one only
    keeps the places of its clause from other events and tells of none. `by_force` is the class when the words beside
    show a state force to be the doer. `weighed` are further doers, found by the learned weights alone.
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
    void: bool = False
    by_force: str | None = None
    roles: dict[str, list[int]] = field(default_factory=dict)
    weighed: list[int] = field(default_factory=list)
    stance: Stance = field(default_factory=Stance)

    def add(self, role: str, tokens: list[Token]) -> None:
        """Add fillers to a role, each once."""
        if role == "none":
            return
        row = self.roles.setdefault(role, [])
        row += [token.i for token in tokens if token.i not in row]


class Scope:
    """The mentions and the words of one document, with the questions that verbs and nouns both ask of them."""

    def __init__(self, mentions: Mentions, lexicon: Lexicon) -> None:
        self.mentions, self.lexicon = mentions, lexicon
        self.words = lexicon.incident

    def any_kind(self, tokens: list[Token], kinds: tuple[str, ...]) -> bool:
        """Whether a token of these is in a mention of one of the kinds."""
        found = (self.mentions.at(token.i) for token in tokens)
        return any(m is not None and m.kind in kinds for m in found)

    def class_by_agent(self, trigger: Trigger, event_class: str, agents: list[Token]) -> str:
        """The class a trigger points to when this agent is behind it: a force, a craft or a group."""
        if trigger.by_force:
            flown = (name for name, words in self.words.craft.items() for t in agents if lemma(t) in words)
            by_craft = next(flown, None)
            if by_craft is not None:
                return by_craft
        kinds = {self.kind(m, token) for token in agents if (m := self.mentions.at(token.i)) is not None}
        if trigger.by_force and (Kind.FORCE in kinds or Kind.PLACE in kinds) and Kind.GROUP not in kinds:
            return trigger.by_force
        if trigger.by_group and Kind.GROUP in kinds:
            return trigger.by_group
        return event_class

    def kind(self, found: Found, token: Token) -> Kind:
        """What a mention is as a doer: soldiers and policemen act as their force."""
        member = found.kind is Kind.PEOPLE and lemma(token) in self.words.force_members
        return Kind.FORCE if member else found.kind

    def by_state(self, agents: Iterable[Token]) -> bool:
        """Whether a force, its members or others who act for a state are among those who do it."""
        for token in agents:
            found = self.mentions.at(token.i)
            force = found is not None and self.kind(found, token) is Kind.FORCE
            if force or (lemma(token) in self.words.state_agents and (found is None or found.kind is not Kind.GROUP)):
                return True
        return False

    def flies(self, token: Token) -> bool:
        """Whether a noun is a craft that acts for a state: a warplane, a gunship."""
        return any(lemma(token) in words for words in self.words.craft.values())

    def add_site(self, word: Token, trigger: Trigger, frame: Frame) -> None:
        """The building or vehicle where it happens, for kinds of attack that are aimed at their site."""
        if trigger.site:
            near = grammar.prepositional(word, *self.words.prepositions["place"])
            near += [of for noun in near if lemma(noun) in self.words.partitives
                     for of in grammar.prepositional(noun, "of")]
            frame.add(trigger.site, [t for t in near if self.any_kind([t], (Kind.FACILITY, Kind.PROJECT, Kind.THING))])

    def by_name(self, token: Token) -> Token:
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

    def by_accident(self, word: Token) -> bool:
        """Whether what hangs on an outcome word names a cause that is nobody's act ("killed in a crash")."""
        below = {lemma(t) for t in word.subtree if t.pos_ in {"NOUN", "VERB"}}
        return bool(below & self.words.other_fields["causes"])

    def set_beside(self, word: Token) -> bool:
        """Whether a word above sets it beside another event: "in revenge for the raid", "follows an attack on"."""
        links = self.words.links_to_another
        if word.dep_ == "pobj" and word.head.i > 0 and lemma(word.doc[word.head.i - 1]) in links:
            return True
        for above in word.ancestors:
            if above.dep_ == "prep" and lemma(above.head) in self.words.outcomes["verbs"]:
                return False  # "Four were killed following an attack": by it.
            if {lemma(above), above.lower_} & links:
                return word.dep_ != "nsubj" or word.head != above
            if next(self.lexicon.verbs(above), None) or self.lexicon.noun(above):
                return False
        return False

    def is_date(self, noun: Token) -> bool:
        """Whether a noun is a date, a time or a measure."""
        return noun.ent_type_ in {"DATE", "TIME", "QUANTITY", "MONEY", "PERCENT"}
