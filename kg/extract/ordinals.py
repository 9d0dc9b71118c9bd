"""Reads "the first" and "the other" as one of the bombs or attacks that were counted just before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.cards import IncidentWords
from kg.extract.frame import EVENT, Frame
from kg.extract.language import Parsed
from kg.extract.mentions import Found, Mentions
from kg.extract.syntax import Token
from kg.records import Kind

_REACH = 3  # sentences back to what was counted
_SUBJECTS = {"nsubj", "nsubjpass"}


def stands_alone(token: Token, words: IncidentWords) -> bool:
    """Whether an ordinal is a subject by itself: "the second hit a church", not "the second bomb"."""
    return token.lower_ in words.ordinals and token.dep_ in _SUBJECTS and token.pos_ in {"ADJ", "NOUN", "PRON", "NUM"}


def with_ordinals(parsed: Parsed, mentions: Mentions, words: IncidentWords) -> Mentions:
    """The mentions and, for each ordinal that means one of several weapons, a mention of it."""
    counted = [m for m in mentions if m.kind is Kind.WEAPON and m.plural and _is_counted(parsed.doc[m.head], words)]
    return Mentions([*mentions, *_weapons(parsed, mentions, counted, words)]) if counted else mentions


def _weapons(parsed: Parsed, mentions: Mentions, counted: Sequence[Found], words: IncidentWords) -> Iterator[Found]:
    for token in parsed.doc:
        if stands_alone(token, words) and mentions.at(token.i) is None:
            near = [m for m in counted if m.start < token.i and _near(parsed, m.start, token.i)]
            if near:
                yield replace(near[-1], start=token.i, end=token.i + 1, head=token.i, rule="ordinal", plural=False)


def ordinal_frame(token: Token, frames: Sequence[Frame], parsed: Parsed, words: IncidentWords) -> Frame | None:
    """The frame of an ordinal that means one of several attacks told before; None if it means none."""
    if not stands_alone(token, words):
        return None
    counted = [f for f in frames if f.sort == EVENT and f.form == "noun" and f.number > 1
               and _near(parsed, f.trigger, token.i)]
    if not counted:
        return None
    whole = counted[-1]
    return Frame(token.i, token.i, EVENT, "noun", whole.rule, whole.event_class, weak=whole.weak,
                 other=token.lower_ in words.others)


def _is_counted(noun: Token, words: IncidentWords) -> bool:
    return any(child.lower_ in words.numbers or (child.text.isdigit() and int(child.text) > 1) for child in noun.lefts)


def _near(parsed: Parsed, before: int, token: int) -> bool:
    return parsed.sentence_index(token) - parsed.sentence_index(before) <= _REACH
