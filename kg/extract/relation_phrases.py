"""How far a phrase or a clause reaches around its head."""

from __future__ import annotations

from kg.extract.syntax import Token

_INSIDE_PHRASE = {"det", "amod", "compound", "nmod", "poss", "case", "prep", "pobj", "nummod", "npadvmod", "punct",
                  "advmod", "aux", "auxpass", "dobj", "oprd", "neg", "attr", "acomp", "pcomp", "quantmod", "prt",
                  "predet", "xcomp", "cc", "conj"}


def phrase(head: Token) -> tuple[int, int]:
    """The tokens of a phrase without relative clauses, appositions and what follows a comma."""
    start, end = head.i, head.i + 1
    for child in head.children:
        if child.dep_ in _INSIDE_PHRASE and not (child.i > head.i and _after_comma(head, child)):
            first, last = phrase(child)
            if child.dep_ != "punct":
                start, end = min(start, first), max(end, last)
    return start, end


def with_complement(span: tuple[int, int], head: Token, prepositions: frozenset[str]) -> tuple[int, int]:
    """A phrase with the complement right after it that the parse hangs on the verb: "demand freedom from …"."""
    for child in head.head.rights:
        if child.i == span[1] and child.dep_ == "prep" and child.lower_ in prepositions:
            return span[0], phrase(child)[1]
    return span


def clause(verb: Token) -> tuple[int, int]:
    """The tokens of a subordinate clause with its conjunction, up to a comma or a second verb."""
    end = verb.i + 1
    for child in verb.rights:
        if child.dep_ in {"conj", "cc", "punct", "advcl", "parataxis"} or _comma_between(verb, child):
            break
        end = max(end, child.right_edge.i + 1)
    return verb.left_edge.i, end


def _comma_between(head: Token, child: Token) -> bool:
    return any(head.doc[i].text in {",", ";", ":", "—", "("} for i in range(head.i + 1, child.i))


def _after_comma(head: Token, child: Token) -> bool:
    return _comma_between(head, child) or child.dep_ in {"cc", "conj"}
