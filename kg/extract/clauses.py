"""How words of a sentence stand to an event: in its clause or another, known or new, with what between them."""

from __future__ import annotations

from collections.abc import Collection

from kg.extract import grammar
from kg.extract.syntax import Token


def in_other_clause(head: Token, trigger: Token) -> bool:
    """Whether a word stands in a clause with a subject of its own below the clause of the trigger, apart from it."""
    if _beside_description(head, trigger):
        return True
    verb, own = grammar.clause_head(head), grammar.clause_head(trigger)
    if trigger.pos_ == "VERB":
        own = trigger
    if verb in (own, trigger) or verb.is_ancestor(trigger) or head.is_ancestor(trigger):
        return False
    if verb.dep_ == "relcl" and verb.head != trigger and verb.head.ent_type_ not in {"", "DATE", "TIME"}:
        # "The rebels, who are based in Sur, …": where somebody is at home.
        return True
    if in_earlier_clause(head, trigger):
        return True
    has_subject = any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.children)
    return own.is_ancestor(verb) and has_subject and not trigger.is_ancestor(verb)


def beside_place(head: Token, trigger: Token) -> bool:
    """Whether a day stands in what is told of a place: "a strike in Goma, the city that rebels overran in April"."""
    verb = grammar.clause_head(head)
    noun = trigger.pos_ in {"NOUN", "PROPN"} and verb.dep_ == "relcl" and verb.head != trigger
    own = any(c.dep_ == "nsubj" and c.tag_ not in {"WDT", "WP"} for c in verb.children)
    return noun and own and trigger.is_ancestor(verb)


def in_earlier_clause(head: Token, trigger: Token) -> bool:
    """Whether a word stands in a clause below the trigger that tells what had happened before to something else.

    "The bombing of a hall that had been opened on Monday"; parsers hang such clauses on any noun before.
    """
    verb = grammar.clause_head(head)
    return verb.dep_ == "relcl" and verb not in (head, trigger, trigger.head) and verb.head != trigger and (
        trigger.is_ancestor(verb) and is_anterior(verb))


def _beside_description(head: Token, trigger: Token) -> bool:
    """Whether a trigger only describes the subject of a word's clause: "Li, whose son was shot, lives in".

    So do participles: "men wounded in an attack were flown to Sur".
    """
    clause = next((t for t in (trigger, *trigger.ancestors) if t.dep_ == "relcl" or (
        t.dep_ == "acl" and t.tag_ == "VBN")), None)
    if clause is None or grammar.clause_head(clause.head).i < clause.i:
        return False
    return head != clause.head and not clause.head.is_ancestor(head)


def described(word: Token, nouns: Collection[int]) -> int | None:
    """Which of some nouns a relative clause with a word in it is about, by what stands nearest before its pronoun.

    Parsers hang "in attacks that left nine dead" on any noun before.
    """
    for clause in (word, *word.ancestors):
        pronoun = next((t for c in clause.lefts for t in c.subtree if t.tag_ in {"WDT", "WP", "WRB"}), None)
        if pronoun is not None and clause.pos_ in {"VERB", "AUX"}:
            break
    else:
        return None
    begin = next((t.head.i for t in (clause, *clause.ancestors) if t.dep_ == "relcl"), pronoun.i)
    nearest = max((i for i in nouns if begin <= i < pronoun.i), default=None)
    verbs = nearest is not None and any(t.pos_ == "VERB" for t in word.doc[nearest:pronoun.i])
    return None if verbs else nearest


def is_anterior(verb: Token) -> bool:
    """Whether the narrator tells what had happened before: a past perfect outside reported speech, or what it followed.

    "Police had sealed the road", "they had come after gunmen shot a judge".
    """
    node = verb
    while node.dep_ == "conj" and not any(c.dep_ in {"aux", "nsubj", "nsubjpass"} for c in node.children):
        node = node.head
    had = any(c.dep_ == "aux" and c.lower_ in {"had", "'d"} for c in node.children)
    if not had and node.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "after" for c in node.children):
        return is_anterior(node.head)
    return had and not any(t.dep_ in {"ccomp", "parataxis"} for t in (node, *node.ancestors))


def beside_relative(head: Token, trigger: Token) -> bool:
    """Whether one of two words stands in a relative clause, or one with "since", that is beside the other's clause.

    "Men who had killed two were arrested on Monday", "those who came on Friday told of a raid", "they marked on Friday
    five years since a bomb …"; not in a cleft sentence ("it was on Monday that …").
    """
    own = trigger if trigger.pos_ == "VERB" else grammar.clause_head(trigger)
    verb = grammar.clause_head(head)
    if verb == own or verb.lemma_ == "be" or own.is_ancestor(verb):
        return False
    below = [own] if verb.is_ancestor(own) else [own, verb]
    path = [node for node in (*below, *between(own, verb)) if not (node.is_ancestor(own) and node.is_ancestor(verb))]
    since = any("since" in {node.lower_, *(c.lower_ for c in node.lefts if c.dep_ == "mark")} for node in path)
    return since or any(node.dep_ == "relcl" and node.head.pos_ != "VERB" for node in path)


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


def holds(word: Token, inner: Token) -> bool:
    """Whether a word is another or stands above it in the parse."""
    return word == inner or word.is_ancestor(inner)
