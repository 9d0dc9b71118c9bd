"""Decides the class of an event from its triggers and from the signs in its words, actors, weapons and targets."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kg.extract.cards import IncidentWords, lemma
from kg.extract.mentions import Found
from kg.extract.syntax import Token
from kg.ontology import Ontology

Parents = Callable[[str], tuple[str, ...]]


def most_specific(classes: Iterable[str], ontology: Ontology) -> str | None:
    """The class furthest from the root; of equally deep ones the one named most often, then first."""
    names = list(classes)
    if not names:
        return None
    return max(dict.fromkeys(names), key=lambda name: (len(ontology.ancestors(name)), names.count(name)))


class MannerReader:
    """Looks up the signs of manner (`incidents.yaml`, `signs`)."""

    def __init__(self, words: IncidentWords, weapon_lineage: Parents) -> None:
        self._modifiers = {word: name for name, row in words.signs["modifiers"].items() for word in row}
        self._actors = {word: name for name, row in words.signs["actors"].items() for word in row}
        self._weapons = {link: name for name, row in words.signs["weapons"].items() for link in row}
        self._targets = {word: name for name, row in words.signs["targets"].items() for word in row}
        self._lineage = weapon_lineage

    def of_trigger(self, trigger: Token) -> list[str]:
        """Classes that the modifiers of a trigger noun point to ("suicide car bomb attack")."""
        found = []
        for child in trigger.subtree:
            if child.i < trigger.i and child.dep_ in {"compound", "amod", "nmod", "npadvmod"}:
                name = self._modifiers.get(lemma(child))
                if name is not None:
                    found.append(name)
        return found

    def of_actor(self, head: Token) -> list[str]:
        """Classes that the description of an actor points to ("suicide bomber", "gunmen")."""
        phrase = " ".join([lemma(c) for c in head.lefts if c.dep_ in {"compound", "amod"}] + [lemma(head)])
        for words in (phrase, " ".join(phrase.split()[-2:]), lemma(head), head.lower_):
            if words in self._actors:
                return [self._actors[words]]
        return [self._modifiers[word] for word in phrase.split() if word in self._modifiers]

    def of_weapon(self, weapon: Found, head: Token) -> list[str]:
        """The class that a weapon, or what it is a kind of, points to."""
        named = [self._modifiers[lemma(c)] for c in head.lefts if lemma(c) in self._modifiers]
        for link in (weapon.link, *self._lineage(weapon.link)) if weapon.link else ():
            if link in self._weapons:
                return [*named, self._weapons[link]]
        return named
