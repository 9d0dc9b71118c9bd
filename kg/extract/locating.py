"""Tells whether a place says where something happened, and which words only place or date the trial of a deed."""

from __future__ import annotations

from collections.abc import Collection

from kg.extract import grammar
from kg.extract.cards import IncidentWords, lemma
from kg.extract.mentions import Found, Mentions
from kg.extract.syntax import Token
from kg.placenames import Place, PlaceIndex
from kg.records import Kind

# "A citizen of Chad", "the president of Peru": such a place is whose one is, not where something happens.
_BELONGING = {Kind.PERSON, Kind.PEOPLE, Kind.FORCE, Kind.GROUP, Kind.ORGANIZATION}
_LOCATIVE_BLOCK = {"from", "with", "against", "between", "into", "to", "by", "about", "than", "like", "as"}
_REACH_OF_MEASURE = 8  # tokens from a number to the place it is counted from


def locates(head: Token, place: Found, mentions: Mentions, words: IncidentWords) -> bool:
    """Whether a place says where something happened, and not where an actor is from or a speaker sits."""
    if place.kind is Kind.FACILITY:
        return head.dep_ == "pobj" and head.head.lower_ in words.prepositions["place"]
    if _measured_from(head, place, mentions, words):
        return False
    node = head
    while node.dep_ in {"conj", "appos", "compound", "nmod"} and node.head != node:
        if place.rule == "place.country" and node.dep_ in {"compound", "nmod"} and _is_of(node.head, mentions):
            return False  # "13 U.S. troops"
        node = node.head
    return not (_acts(node, place, words) or _joined(head) or _belongs(node, mentions)) and _leads_to_deed(
        node, head, mentions, words)


def _measured_from(head: Token, place: Found, mentions: Mentions, words: IncidentWords) -> bool:
    """Whether a place only says where another before it lies: "Dil, some 30 km (19 miles) south of the capital"."""
    first = head.sent.start
    before = head.doc.tokens[max(first, place.start - _REACH_OF_MEASURE):place.start]
    unit = next((t.i for t in before if lemma(t) in words.distances), place.start)
    leads = any(t.lower_ in {"of", "from"} for t in before if t.i > unit)
    return leads and not any(t.pos_ == "VERB" for t in before if t.i > unit) and any(
        other.start < unit for other in mentions.within(first, place.start, Kind.PLACE))


def only_tells_whose(head: Token, place: Found, mentions: Mentions, words: IncidentWords, index: PlaceIndex,
                     nouns: Collection[int]) -> bool:
    """Whether a country qualifies or acts, or a town only sent the report; `nouns` are the event nouns around."""
    known = index.get(place.link) if place.link else None
    if known is None:
        return False
    dateline = place.rule == "place.dateline" and _elsewhere(known, mentions, index)
    return dateline or (known.level == "country" and _qualifies_or_acts(head, mentions, words, nouns))


def _elsewhere(office: Place, mentions: Mentions, index: PlaceIndex) -> bool:
    """Whether a text sent from a town names another place of that country, in which it does not lie."""
    placed = [m for m in mentions if m.kind is Kind.PLACE and m.rule != "place.dateline"]
    named = {m.link for m in placed if m.link is not None}
    others = [place for link in named if (place := index.get(link)) is not None and place.level != "country"]
    return office.id not in named and any(
        other.country == office.country and other.id not in office.within for other in others)


def _qualifies_or_acts(country: Token, mentions: Mentions, words: IncidentWords, nouns: Collection[int]) -> bool:
    """Whether a country says whose something is ("two French embassies", "the Kenya border") or what a state does;
    not in "the Kenya attack", "Kenya suffered"."""
    above = country.head
    if country.dep_ in {"compound", "nmod"} and above.i > country.i and above.pos_ == "NOUN":
        found = mentions.at(above.i)
        return above.i not in nouns and (found is None or found.kind is not Kind.WEAPON)
    suffers = {phrase.split()[0] for phrase in words.light_verbs["sufferer"]}
    return country.dep_ == "nsubj" and above.pos_ == "VERB" and lemma(above) not in suffers


def _acts(node: Token, place: Found, words: IncidentWords) -> bool:
    """Whether a place stands for its government, which speaks or is spoken to."""
    if node.dep_ in {"nsubj", "nsubjpass"} and place.rule == "place.metonym":
        return True
    return node.dep_ in {"dobj", "nsubj"} and lemma(node.head) in words.talking and node.head.pos_ == "VERB"


def _joined(head: Token) -> bool:
    """Whether a hyphen ties the name to what follows: "a Quetta-bound train"."""
    after = head.i + 1
    return after < len(head.doc) and head.doc[after].text == "-" and not head.whitespace_


def _is_of(noun: Token, mentions: Mentions) -> bool:
    """Whether a noun means people or bodies: a country before them is theirs."""
    found = mentions.at(noun.i)
    return found is not None and found.kind in _BELONGING


def _belongs(node: Token, mentions: Mentions) -> bool:
    holder = mentions.at(node.head.i) if node.dep_ == "poss" else None
    return holder is not None and holder.kind in _BELONGING


def _leads_to_deed(node: Token, head: Token, mentions: Mentions, words: IncidentWords) -> bool:
    """Whether nothing between a place and its clause makes it somebody's origin, a border or a speaker's seat."""
    while node.dep_ == "pobj" and node.head.lower_ == "of" and node.head.head.pos_ in {"NOUN", "PROPN"}:
        node = node.head.head
        owner = mentions.at(node.i)
        if (owner is not None and owner.kind in _BELONGING) or _borders(node, words):
            return False
    if node.dep_ == "pobj" and node.head.lower_ in _LOCATIVE_BLOCK:
        return False
    while node.head != node and node.pos_ not in {"VERB", "AUX"}:
        if node.dep_ == "nsubj" and node.i != head.i and _speaks(node.head):
            return False
        node = node.head
    return True


def _borders(noun: Token, words: IncidentWords) -> bool:
    """Whether a noun means what lies beside a place told of before: "its neighbouring provinces of X"."""
    own = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in noun.lefts)
    return own and any(c.lower_ in words.bordering for c in noun.lefts)


def _speaks(verb: Token) -> bool:
    return any(child.dep_ == "ccomp" for child in verb.children) or verb.dep_ == "parataxis"


def found_later(head: Token, trigger: Token, words: IncidentWords) -> bool:
    """Whether a day is that on which the dead were found: "on Saturday troops recovered the bodies of men killed"."""
    verb = grammar.clause_head(head)
    below = [t for t in trigger.ancestors if verb.is_ancestor(t)]
    return lemma(verb) in words.finding and verb.is_ancestor(trigger) and not trigger.is_ancestor(head) and any(
        lemma(t) in words.remains for t in (trigger, *below))


def judged(head: Token, trigger: Token, words: IncidentWords) -> bool:
    """Whether a time or place belongs to the trial: "sentenced on Friday in Bilbao for bombing a hall"."""
    verb = grammar.clause_head(head)
    return lemma(verb) in words.judging and verb != trigger and verb.is_ancestor(trigger) and not (
        trigger.is_ancestor(head) or trigger.dep_ in {"nsubj", "nsubjpass"})
