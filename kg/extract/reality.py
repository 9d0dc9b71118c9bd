"""Whether a stated outcome came about: not negated, not merely possible, planned or attempted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.extract.syntax import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class RealityWords:
    """The words that leave an outcome open."""

    helpers: frozenset[str]
    heads: frozenset[str]
    markers: frozenset[str]
    modifiers: frozenset[str]
    nouns: frozenset[str]
    real_heads: frozenset[str]
    light: frozenset[str]
    other: frozenset[str]


def reality_words(data: Mapping[str, Any]) -> RealityWords:
    """The words of a parsed `counts.yaml` that leave an outcome open."""
    return RealityWords(
        helpers=frozenset(data["unreal_helpers"]), heads=frozenset(data["unreal_heads"]),
        markers=frozenset(data["unreal_markers"]), modifiers=frozenset(data["unreal_modifiers"]),
        nouns=frozenset(data["unreal_nouns"]), real_heads=frozenset(data["real_heads"]),
        light=frozenset(data["light_verbs"]), other=frozenset(data["other"]),
    )


def is_real(trigger: Token, words: RealityWords, *, nobody: bool = False) -> bool:
    """Whether the text states that what the trigger means came about.

    With `nobody`, the negation is in the count ("no one was hurt") and the clause itself must still be plain.
    """
    if trigger.pos_ in {"NOUN", "PROPN"}:
        return _noun_is_real(trigger, words, nobody)
    return _verb_is_real(trigger, words)


def _noun_is_real(noun: Token, words: RealityWords, nobody: bool) -> bool:
    for child in noun.children:
        if child.lower_ in words.modifiers or (not nobody and child.dep_ == "det" and child.lemma_.lower() == "no"):
            return False
        if nobody and child.lower_ in words.other:
            return False
    if noun.dep_ == "compound":
        return False
    head = noun.head
    if noun.dep_ == "pobj" and head.head.lemma_.lower() in words.nouns:
        return False
    if noun.dep_ in {"dobj", "nsubj", "nsubjpass", "attr"} and head.pos_ in {"VERB", "AUX"}:
        lemma = head.lemma_.lower()
        return lemma not in words.heads and (lemma not in words.light or _verb_is_real(head, words))
    return True


def _verb_is_real(verb: Token, words: RealityWords) -> bool:
    if _left_open(verb, words) or _only_asked(verb, words):
        return False
    head = verb.head
    if verb.dep_ == "conj" and head.pos_ in {"VERB", "AUX"}:
        own_subject = any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.children)
        return own_subject or verb.tag_ not in {"VB", "VBN"} or _verb_is_real(head, words)
    infinitive = any(child.tag_ == "TO" for child in verb.children)
    if verb.dep_ in {"xcomp", "ccomp", "pcomp", "acl", "advcl", "oprd", "acomp"}:
        if infinitive and verb.dep_ != "ccomp":
            return head.lemma_.lower() in words.real_heads and _verb_is_real(head, words)
        if verb.dep_ == "pcomp":
            return head.head.lemma_.lower() not in words.heads | words.nouns
        if verb.dep_ in {"oprd", "acomp"} and head.pos_ in {"VERB", "AUX"}:
            return _verb_is_real(head, words)
        return head.pos_ in {"NOUN", "PROPN", "NUM"} or head.lemma_.lower() not in words.heads
    return True


def _only_asked(verb: Token, words: RealityWords) -> bool:
    """Whether a relative clause hangs in one that asks: "to see if there were rebels who died"."""
    above = next((t for t in verb.ancestors if t.pos_ in {"VERB", "AUX"}), verb) if verb.dep_ == "relcl" else verb
    return above != verb and _left_open(above, words) and _says_existence(above)


def _says_existence(verb: Token) -> bool:
    """Whether a clause only says that there is something."""
    return verb.lemma_ == "be" and any(c.dep_ == "expl" for c in verb.children)


def _left_open(verb: Token, words: RealityWords) -> bool:
    for child in verb.children:
        if child.dep_ == "neg" or (child.dep_ in {"aux", "auxpass"} and child.lower_ in words.helpers):
            return True
        if child.dep_ in {"mark", "advmod"} and child.lower_ in words.markers and child.i < verb.i:
            return True
    return False
