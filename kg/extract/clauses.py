"""How words of a sentence stand to an event: in its clause or another, known or new, with what between them."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract import grammar


def in_other_clause(head: Token, trigger: Token) -> bool:
    """Whether a word stands in a clause with a subject of its own below the clause of the trigger, apart from it."""
    verb, own = grammar.clause_head(head), grammar.clause_head(trigger)
    if trigger.pos_ == "VERB":
        own = trigger
    if verb in (own, trigger) or verb.is_ancestor(trigger) or head.is_ancestor(trigger):
        return False
    if verb.dep_ == "relcl" and verb.head != trigger and verb.head.ent_type_ not in {"", "DATE", "TIME"}:
        # "The rebels, who are based in Sur, …": where somebody is at home.
        return True
    has_subject = any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.children)
    return own.is_ancestor(verb) and has_subject and not trigger.is_ancestor(verb)


def is_definite(noun: Token) -> bool:
    """Whether a noun speaks of something known: "the blast", "the market bombing"."""
    return any(child.dep_ == "det" and child.tag_ == "DT" and child.lower_ not in {"a", "an", "another"}
               for child in noun.lefts)


def between(a: Token, b: Token) -> list[Token]:
    """The tokens on the path between two tokens of a parse, with the heads' case words, without the two themselves."""
    chain = [a, *a.ancestors]
    other = [b, *b.ancestors]
    common = next((t for t in chain if t in other), None)
    path = chain[:chain.index(common) + 1] + other[:other.index(common)] if common is not None else []
    return [t for t in path if t not in (a, b)]
