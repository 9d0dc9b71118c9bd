"""Mends what the parser often makes of two constructions of news: closing attributions and clauses with "when".

"…, killing four people, police and a witness said": between two commas it takes the list of speakers for more of the
list before, so that the dead do the saying. "… crossed a stream in the Oru district when it was hit": it describes the
district by the clause, which tells what happened to the subject.
"""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Doc, Token

_IN_PHRASE = {"NOUN", "PROPN", "ADJ", "DET", "CCONJ", "NUM", "ADP", "PART", "PRON"}
_IN_NAME = {"(", ")", "-"}  # "Inter-Services Public Relations (ISPR) said"
_LISTED = {"conj", "appos"}
_FINITE = {"VBD", "VBZ", "VBP"}
_PAST = {"VBD", "VBN"}
_OWN_CLAUSE = {"nsubj", "nsubjpass", "aux", "auxpass", "mark", "advmod"}
_SPLIT = 5  # tokens between "were" and its participle


def mend_attributions(doc: Doc, speech: Collection[str]) -> None:
    """Hang the speakers of a closing attribution on its verb, and what they say above or beside it."""
    for verb in doc:
        if verb.tag_ in _FINITE and verb.lemma_ in speech and (speaker := _speaker(verb)) is not None:
            _mend(verb, speaker)


def mend_when_clauses(doc: Doc) -> None:
    """Hang a clause with "when" on the verb before it instead of a name or a noun before a comma."""
    for clause in doc:
        if clause.dep_ == "relcl" and _opens_with_when(clause) and clause.head.ent_type_ not in {"DATE", "TIME"}:
            noun = clause.head
            comma = doc[clause.left_edge.i - 1].text == ","
            verb = _clause_above(noun)
            if (comma or noun.pos_ == "PROPN") and verb.pos_ in {"VERB", "AUX"} and verb != clause:
                clause.head, clause.dep_ = verb, "advcl"


def mend_split_passives(doc: Doc) -> None:
    """Join an auxiliary and its participle that the day stands between: "four men were on Monday shot dead"."""
    for verb in doc:
        be = verb.head
        near = verb.dep_ == "advcl" and be.lemma_ == "be" and be.i < verb.i <= be.i + _SPLIT
        if not near or verb.tag_ not in _PAST or any(c.dep_ in _OWN_CLAUSE for c in verb.children):
            continue
        between = doc[be.i + 1:verb.i]
        subject = next((c for c in be.lefts if c.dep_ == "nsubj"), None)
        if subject is None or any(t.pos_ in {"VERB", "PUNCT", "SCONJ"} for t in between):
            continue
        verb.head, verb.dep_, verb.tag_ = (verb if be.head == be else be.head), be.dep_, "VBN"
        for child in [c for c in be.children if c != verb]:
            child.head = verb
        subject.dep_, be.head, be.dep_ = "nsubjpass", verb, "auxpass"


def _clause_above(noun: Token) -> Token:
    node = noun
    while node.head != node and (node.pos_ not in {"VERB", "AUX"} or node.dep_ in {"aux", "auxpass", "amod"}):
        node = node.head
    return node


def _opens_with_when(clause: Token) -> bool:
    first = clause.left_edge
    return first.lower_ == "when" and first.head == clause and first.dep_ == "advmod"


def _speaker(verb: Token) -> Token | None:
    """The head of a noun phrase that fills the room between a comma and the verb and was torn from the verb."""
    first = verb.i
    while first > verb.sent.start and (verb.doc[first - 1].pos_ in _IN_PHRASE or verb.doc[first - 1].text in _IN_NAME):
        first -= 1
    phrase = verb.doc[first:verb.i]
    if not len(phrase) or first == verb.sent.start or verb.doc[first - 1].text != ",":
        return None
    if phrase[0].pos_ in {"ADP", "CCONJ"} or phrase[-1].pos_ in {"ADP", "CCONJ"}:
        return None
    heads = [token for token in phrase if not first <= token.head.i < verb.i and token.text not in _IN_NAME]
    torn = len(heads) == 1 and heads[0].dep_ in _LISTED and heads[0].head.i < first
    return heads[0] if torn else None


def _mend(verb: Token, speaker: Token) -> None:
    subjects = [child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}]
    beside = verb.dep_ in {"conj", "advcl"} and not any(child.dep_ == "mark" for child in verb.children)
    if not subjects and (beside or any(child.dep_ == "ccomp" for child in verb.lefts)):
        verb.dep_ = "parataxis" if beside else verb.dep_
    elif len(subjects) == 1 and (doer := _verb_before(subjects[0])) is not None and subjects[0].is_ancestor(speaker):
        subjects[0].head, subjects[0].dep_ = doer, "dobj"
    else:
        return
    speaker.head, speaker.dep_ = verb, "nsubj"


def _verb_before(noun: Token) -> Token | None:
    """The active verb directly before a noun phrase that has no object yet."""
    start = noun.left_edge.i
    verb = noun.doc[start - 1] if start > noun.sent.start else None
    if verb is None or verb.pos_ != "VERB" or verb.tag_ == "VBN" or any(c.dep_ == "dobj" for c in verb.children):
        return None
    return verb
