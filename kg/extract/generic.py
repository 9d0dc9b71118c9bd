"""Tells statements of habit, of running totals and of uncounted events from those of one event."""

from __future__ import annotations

from kg.extract import grammar
from kg.extract.cards import IncidentWords, lemma
from kg.extract.frames import ANAPHOR, OUTCOME, Frame
from kg.extract.incident import Incident
from kg.extract.syntax import Span, Token


def is_empty(frame: Frame, sentence: Span, words: IncidentWords) -> bool:
    """Whether a word for an event told before stands without anything that would point to one ("campaign poster").

    So do deaths that sum up the years: "has been blamed since for the deaths of 1,200".
    """
    token = sentence.doc[frame.trigger]
    clause = grammar.clause_head(token)
    if frame.sort == OUTCOME and frame.form == "noun" and runs_on(clause, words):
        return True
    if frame.sort == ANAPHOR and lemma(token) in words.summed and grammar.is_perfect(clause):
        return True  # "The violence has claimed 6,000 lives."
    marked = frame.definite or frame.other or frame.indefinite or token.dep_ == "pobj"
    return frame.sort == ANAPHOR and not marked


def is_generic(frame: Frame, sentence: Span, whole: Incident, words: IncidentWords, *, dated: bool) -> bool:
    """Whether a frame speaks of a habit, a kind or an uncounted run of events; `dated`: its paragraph names the day."""
    token = sentence.doc[frame.trigger]
    exact = dated or any(t.precision in {"day", "week", "range", "month"} for t in whole.times)
    counted = any(toll.min or toll.max for toll in whole.tolls)
    if sums_up(frame, token, words):
        return True
    if frame.form == "noun" and token.dep_ == "acl" and frame.event_class == words.families.fight:
        return True  # "the coalition fighting in the north"
    if frame.form == "noun":
        of = token.head if token.dep_ == "pobj" and token.head.lower_ == "of" else None
        if of is not None and lemma(of.head) in words.collectives:
            return not (exact and counted)
        if runs_on(grammar.clause_head(token), words) and not frame.definite and not exact:
            return True
        held = grammar.clause_head(token)
        if _bare(whole) and not counted and whole.tolls and held.tag_ == "VBN" and any(
                c.dep_ == "auxpass" and c.tag_ in {"VBZ", "VBP"} for c in held.children):
            return True  # "It is blamed for the killing of hundreds of soldiers."
        usual = any(lemma(c) in words.habits for c in token.lefts)
        return (frame.number == 0 or usual) and not exact and not counted
    summed = grammar.is_perfect(token) and not counted and _bare(whole)
    if frame.sort == OUTCOME and (summed or runs_on(token, words)):
        return True
    if frame.event_class == words.families.fight and ((token.tag_ == "VBG" and token.dep_ == "pcomp" and _bare(whole))
                                                      or runs_on(token, words)):
        return True  # "a unit assigned to fighting the rebels", "has been fighting them since 2015"
    habitual = any(lemma(c) in words.habits for c in token.children) or lemma(token.head) in words.habits
    habitual |= token.dep_ == "xcomp" and token.head.lower_ == "used" and not grammar.patients(token.head)
    verb = token.head if token.tag_ == "VBG" and token.dep_ in {"xcomp", "pcomp"} else token
    present = verb.tag_ in {"VBZ", "VBP"} and sentence.text.rstrip().endswith((".", "!", "?", '."', ".”"))
    return (habitual or present) and not exact and not counted


def sums_up(frame: Frame, noun: Token, words: IncidentWords) -> bool:
    """"… where groups have carried out several attacks": not one of them is an attack told."""
    return frame.form == "noun" and frame.number != 1 and not frame.definite and noun.tag_ == "NNS" and any(
        lemma(c) in words.collectives for c in noun.lefts) and grammar.is_perfect(grammar.clause_head(noun))


def _bare(whole: Incident) -> bool:
    """Whether neither time nor place is told: "have killed several rebels" only sums up what has been going on."""
    return not whole.times and not whole.places


def runs_on(verb: Token, words: IncidentWords) -> bool:
    """Whether a verb gives a running total: "have been killed since", "a total of nine have been killed"."""
    clauses = [verb, *(c for c in verb.children if c.dep_ == "advcl")]
    return grammar.is_perfect(verb) and any(c.lower_ in words.cumulative for clause in clauses for c in clause.children)
