"""Finds what became of how many people: killed, injured, kidnapped, missing, arrested, with honest bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from kg.extract import outcome_nouns, outcome_verbs
from kg.extract.count_parts import is_sum, parts
from kg.extract.count_words import CountWords, Use, load_count_words
from kg.extract.findings import Toll
from kg.extract.grammar import agents
from kg.extract.language import Parsed
from kg.extract.outcome_hits import Hit
from kg.extract.syntax import Doc, Token

__all__ = ["CountWords", "find_tolls", "load_count_words"]

READERS: dict[str, Callable[[Token, Use, CountWords], Iterator[Hit]]] = {
    "affected": outcome_verbs.read_affected,
    "subject": outcome_verbs.read_subject,
    "state": outcome_verbs.read_state,
    "fatal": outcome_verbs.read_fatal,
    "fatal_end": outcome_verbs.read_fatal_end,
    "act": outcome_nouns.read_act,
    "counted": outcome_nouns.read_counted,
    "casualties": outcome_nouns.read_casualties,
    "taken": outcome_nouns.read_taken,
    "lives": outcome_nouns.read_lives,
    "wounds": outcome_nouns.read_wounds,
    "toll": outcome_nouns.read_toll,
}


def find_tolls(parsed: Parsed, words: CountWords) -> list[Toll]:
    """The casualty counts of a document in text order.

    What is negated, planned or merely possible gives none, save for a stated nobody (0); an outcome shared by two
    verbs with one count ("killed or wounded 20") gives none.
    """
    hits = [hit for trigger in _triggers(parsed.doc, words) for hit in _read(trigger, words)]
    hits = outlived(settled(hits, parsed.doc), parsed.doc, words)
    hits += list(parts(parsed.doc, hits, words))
    tolls = (_toll(hit, parsed.doc, words) for hit in _with_people(hits, parsed.doc))
    return sorted(tolls, key=lambda toll: (toll.start, toll.trigger))


def _triggers(doc: Doc, words: CountWords) -> Iterator[Token]:
    return (token for token in doc.tokens if token.lemma_ in words.uses or token.lower_ in words.uses)


def _read(trigger: Token, words: CountWords) -> Iterator[Hit]:
    lemma = trigger.lemma_.lower()
    uses = words.uses.get(lemma, ()) + (words.uses.get(trigger.lower_, ()) if trigger.lower_ != lemma else ())
    if uses and _of_a_war(trigger, words):
        return
    for use in uses:
        if use.beside and not _beside(trigger, use.beside):
            continue
        hits = READERS[use.reader](trigger, use, words)
        if use.outcome == "injured" and _to_death(trigger, words):
            hits = (replace(hit, outcome="killed", weak=False) for hit in hits)
        yield from hits


def _of_a_war(trigger: Token, words: CountWords) -> bool:
    """"… hit by a rebellion which has claimed 5,500 lives": the sum of a war of which something else is told."""
    verb = trigger.head if trigger.pos_ == "NOUN" and trigger.head.pos_ == "VERB" else trigger
    doers = agents(verb) if verb.dep_ == "relcl" else []
    return any(doer.lemma_.lower() in words.lists["wars"] for doer in doers)


def _to_death(trigger: Token, words: CountWords) -> bool:
    """Whether the words after a wounding verb make it fatal: "shot dead", "hacked to death"."""
    after = trigger.doc[trigger.i + 1:trigger.i + 3]
    return any(token.lower_ in words.lists["fatal_states"] for token in after)


def _beside(trigger: Token, wanted: frozenset[str]) -> bool:
    """Whether one of the words depends on the trigger, as particle or inside a prepositional phrase."""
    for child in trigger.rights:
        if child.lower_ in wanted:
            return True
        if child.dep_ in {"prep", "agent"} and any(inner.lower_ in wanted for inner in child.subtree):
            return True
    return False


def settled(hits: list[Hit], doc: Doc) -> list[Hit]:
    """One hit per people and outcome; death outweighs wounds; one count for two outcomes at once gives none."""
    by_head: dict[int, list[Hit]] = {}
    for hit in hits:
        by_head.setdefault(hit.counted.head, []).append(hit)
    kept: list[Hit] = []
    for found in by_head.values():
        strong = [hit for hit in found if not hit.weak] or found
        if len({hit.outcome for hit in strong}) > 1 and strong[0].counted.max != 0:
            strong = _decided(strong, doc)
        seen: dict[str, Hit] = {}
        for hit in strong:
            seen.setdefault(hit.outcome, hit)
        kept += seen.values()
    return kept


def outlived(hits: list[Hit], doc: Doc, words: CountWords) -> list[Hit]:
    """Leave out the wounds of those whose death the text tells elsewhere: "A boy was shot … The boy died"."""
    killed = [hit for hit in hits if hit.outcome == "killed"]
    one = [doc[hit.counted.head] for hit in killed if hit.counted.max == 1]
    several = [doc[hit.counted.head] for hit in killed if hit.counted.max != 1]

    def survived(hit: Hit) -> bool:
        head, uncounted = doc[hit.counted.head], hit.counted.min is None and hit.counted.max is None
        dead = one if hit.counted.max == 1 else several if hit.weak and uncounted else []
        return hit.outcome != "injured" or not _is_one_of(head, hit.weak, dead, words)

    return [hit for hit in hits if survived(hit)]


def _is_one_of(head: Token, weak: bool, dead: list[Token], words: CountWords) -> bool:
    known = head.lower_ in words.people.pronouns | words.people.reflexives or (
        weak and any(child.lower_ in words.lists["definite"] for child in head.children))
    for other in dead:
        if other.sent == head.sent and not known:
            continue
        if known or (other.lower_ == head.lower_ and (weak or head.pos_ == "PROPN")):
            return True
    return False


def _decided(hits: list[Hit], doc: Doc) -> list[Hit]:
    """Of several outcomes of the same people: none if one count is shared, else the death of the one person.

    Who is kidnapped and killed is both.
    """
    triggers = [doc[hit.trigger] for hit in hits]
    taken = any(hit.outcome == "kidnapped" for hit in hits)
    for first in triggers:
        for second in triggers:
            if second.dep_ == "conj" and second.head == first and hits[0].counted.max != 1 and not taken:
                return []
    if taken:
        return hits
    killed = [hit for hit in hits if hit.outcome == "killed"]
    return killed or hits


def _with_people(hits: list[Hit], doc: Doc) -> Iterator[Hit]:
    """Bare numbers and "others" take the words for their people from the count before them in the sentence."""
    last: Hit | None = None
    for hit in sorted(hits, key=lambda h: h.counted.start):
        number = doc[hit.counted.head]
        bare = hit.counted.who is None and not hit.total and hit.counted.side != "perpetrators" and (
            number.like_num or number.pos_ in {"DET", "ADJ", "PRON"} or hit.counted.approximate)
        known = last is not None and doc[last.counted.head].sent == number.sent and hit.counted.max != 0
        if bare and known and last is not None:
            side = last.counted.side if hit.counted.side == "unknown" else hit.counted.side
            hit = replace(hit, counted=replace(hit.counted, who=last.counted.who, side=side))
        elif bare and hit.counted.side == "unknown":
            hit = replace(hit, counted=replace(hit.counted, side="victims"))
        last = hit
        yield hit


def _toll(hit: Hit, doc: Doc, words: CountWords) -> Toll:
    people = hit.counted
    return Toll(start=people.start, end=people.end, head=people.head, trigger=hit.trigger, outcome=hit.outcome,
                min=people.min, max=people.max, approximate=people.approximate, who=people.who, side=people.side,
                subset=hit.subset, weak=hit.weak, total=hit.total or is_sum(doc[hit.trigger], words) or (
                    doc[hit.trigger].head.pos_ == "VERB" and doc[hit.trigger].dep_ in {"oprd", "acomp", "ccomp", "dobj"}
                    and is_sum(doc[hit.trigger].head, words)))
