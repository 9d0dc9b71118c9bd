"""Which earlier mention a definite phrase or a pronoun means: near, in subject position, fitting in number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from kg.extract.mentions import Found
from kg.extract.name_words import Salience
from kg.extract.tokens import Tokens
from kg.records import Kind

_SUBJECTS = {"nsubj", "nsubjpass", "agent"}
# Tags of the subjects that "they" and "it" may mean: "many", "traders"; "the embassy", "nobody" for both.
_SEVERAL = {"NNS", "NNPS", "JJ"}
_ONE = {"NN", "NNP"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An earlier mention with how much it stands out at the place in question."""

    mention: Found
    score: float


def is_subject(tokens: Tokens, mention: Found) -> bool:
    """Whether a mention is who acts or is spoken of: a subject, or the "by" of a passive."""
    i = mention.head
    while tokens.dep[i] == "conj" and tokens.head[i] < i:
        i = tokens.head[i]
    return tokens.dep[i] in _SUBJECTS or (tokens.dep[i] == "pobj" and tokens.dep[tokens.head[i]] == "agent")


def is_owner(tokens: Tokens, mention: Found) -> bool:
    """Whether a mention only qualifies something else ("the ABC's unit", "ABC leader")."""
    return tokens.dep[mention.head] in {"poss", "compound", "nmod", "amod"}


def candidates(
    tokens: Tokens, earlier: Iterable[Found], at: Found, reach: int, weights: Salience
) -> Iterator[Candidate]:
    """The earlier mentions within `reach` sentences, scored by nearness and by their place in the sentence."""
    here = tokens.sentence[at.start]
    for mention in earlier:
        distance = here - tokens.sentence[mention.start]
        inside = at.head > mention.head >= tokens.parsed.doc[at.head].left_edge.i
        if mention.end <= at.start and distance <= reach and not inside and not _same_clause(tokens, mention, at):
            # Of equals the later one stands out: a share too small to outweigh anything else.
            later = mention.start / (len(tokens) * 100)
            yield Candidate(mention, weights.near / (1 + distance) + _role(tokens, mention, weights) + later)


def _same_clause(tokens: Tokens, mention: Found, at: Found) -> bool:
    """Whether a mention is the subject of the verb whose object a phrase is: no rebels "warn the rebels"."""
    governor = tokens.head[at.head]
    if tokens.dep[at.head] == "pobj":
        governor = tokens.head[governor]
    acts = tokens.dep[mention.head] in {"nsubj", "nsubjpass"}
    return acts and tokens.head[mention.head] == governor and tokens.pos[governor] in {"VERB", "AUX"} and (
        tokens.dep[at.head] in {"dobj", "pobj", "dative"})


def _role(tokens: Tokens, mention: Found, weights: Salience) -> float:
    if is_subject(tokens, mention):
        return weights.subject
    if is_owner(tokens, mention) and tokens.dep[tokens.head[mention.head]] in _SUBJECTS:
        return weights.subject_owner
    return weights.owner if is_owner(tokens, mention) else weights.other


def most_salient(
    tokens: Tokens, earlier: Iterable[Found], at: Found, reach: int, weights: Salience
) -> Found | None:
    """The candidate that stands out most; None if there is none."""
    scored = list(candidates(tokens, earlier, at, reach, weights))
    return max(scored, key=lambda c: c.score).mention if scored else None


def clear_subject(
    tokens: Tokens, earlier: list[Found], at: Found, fits: Callable[[Found], bool], *, plural: bool
) -> Found | None:
    """What a pronoun means: the subject of its own or the last sentence, when just one fits in sort and number.

    A pronoun that is an object itself is seldom the subject of its own sentence: only the last one is asked then.
    """
    objective = tokens.dep[at.head] not in _SUBJECTS
    here = tokens.sentence[at.start]
    near = list(takewhile(lambda m: tokens.sentence[m.start] >= here - 1, reversed(earlier)))[::-1]
    for distance in (0, 1):
        subjects = [m for m in near if m.end <= at.start and tokens.sentence[m.start] == here - distance
                    and fits(m) and (m.plural is plural or m.name is not None) and is_subject(tokens, m)]
        if distance and _spoken_for(tokens, at, near, fits, plural=plural):
            return None
        distinct = {id(m.referent) for m in subjects}
        if len(distinct) == 1 and not (objective and distance == 0):
            return subjects[-1]
        if distinct:
            return None
    return None


def _spoken_for(tokens: Tokens, at: Found, near: list[Found], fits: Callable[[Found], bool], *, plural: bool) -> bool:
    """Whether a pronoun's own sentence offers before it something else that it may mean."""
    first = tokens.parsed.sentences[tokens.sentence[at.start]].start
    if plural and any(m.start >= first and m.end <= at.start and m.plural and m.name is None and fits(m) for m in near):
        return True
    if at.kind is Kind.PERSON:
        return False
    tags = _SEVERAL if plural else _ONE
    return any(tokens.dep[i] in {"nsubj", "nsubjpass"} and (
        tokens.tag[i] in tags or (tokens.pos[i] == "PRON" and tokens.tag[i] == "NN")) for i in range(first, at.start))
