"""How far a mention reaches: a group's name and the noun for its people, a weapon and its bracketed acronym."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.acronyms import is_acronym
from kg.extract.mentions import Found, Mentions
from kg.extract.name_words import NameWords
from kg.extract.tokens import Tokens
from kg.gazetteer import Gazetteer
from kg.records import Kind

_LONGEST_ORGANIZATION = 8


def stretch_group(tokens: Tokens, mention: Found, bodies: Mentions, gazetteer: Gazetteer, words: NameWords) -> None:
    """Let a group's mention take in the noun for its people ("ABC militants") and a "former" that makes it another."""
    if mention.kind is not Kind.GROUP:
        return
    end = mention.end
    if _people_follow(tokens, mention, bodies, words):
        mention.end, mention.head, mention.plural = end + 1, end, tokens.tag[end] == "NNS"
    begin = _former_start(tokens, mention, words)
    if begin is None or bodies.at(begin) is not None:
        return
    known = tokens.quote(mention.start, end)
    forms = [form.format(known) for form in words.names.former_forms]
    rows = [row for form in forms for row in gazetteer.named(form) if row.kind is Kind.GROUP]
    mention.start = begin
    mention.name, mention.link = (rows[0].name, rows[0].id) if rows else (words.names.former_name.format(known), None)
    mention.rule = "names.former"


def _people_follow(tokens: Tokens, mention: Found, bodies: Mentions, words: NameWords) -> bool:
    end = mention.end
    if end >= len(tokens) or bodies.at(end) is not None or tokens.sentence[end] != tokens.sentence[mention.start]:
        return False
    noun = tokens.pos[end] in {"NOUN", "PROPN"} and not tokens.capital(end)
    return noun and tokens.lemma[end] in words.name_followers


def _former_start(tokens: Tokens, mention: Found, words: NameWords) -> int | None:
    """Where "former" or "ex-" before a name begins, when the mention is of people (not "the former ABC leader")."""
    before = mention.start - 1
    if before > 0 and tokens.text[before] == "-":
        before -= 1
    people = mention.head >= 0 and mention.plural
    return before if before >= 0 and people and tokens.lower[before] in words.names.former_words else None


def cover_brackets(tokens: Tokens, found: list[Found]) -> None:
    """Let a device's mention take in its own bracketed acronym: "improvised explosive device (IED)"."""
    by_start = {m.start: m for m in found}
    for mention in [m for m in found if m.kind is Kind.WEAPON]:
        at = mention.end + 1
        if at + 1 < len(tokens) and tokens.text[mention.end] == "(" and tokens.text[at + 1] == ")":
            inner = by_start.get(at)
            if is_acronym(tokens.text[at]) and (inner is None or inner.kind is Kind.WEAPON):
                if inner is not None:
                    found.remove(inner)
                mention.end = at + 2


def find_organizations(tokens: Tokens, named: Mentions, words: NameWords) -> list[Found]:
    """What the recogniser calls an organisation and nothing better explains."""
    found = []
    kinds = {m.name: m.kind for m in named}
    people = {tuple(tokens.text[m.start + i:m.end]) for m in named if m.kind is Kind.PERSON
              for i in range(m.end - m.start)}
    for entity in tokens.parsed.doc.ents:
        start, end = _bare(tokens, entity.start, entity.end)
        if entity.label_ != "ORG" or start >= end or end - start > _LONGEST_ORGANIZATION or tokens.heading[start]:
            continue
        if any(named.at(i) is not None for i in range(start, end)) or not tokens.capital(start):
            continue
        titled = end < len(tokens) and tokens.lower[end] in words.people.titles and tokens.capital(end)
        other = titled or tokens.lower[start] in words.demonyms or tokens.lower[start] in words.names.not_organizations
        other = other or tokens.lower[start] in words.people.titles or tokens.pos[start] == "VERB"
        other = other or tokens.lower[end - 1] in words.people.force_nouns or _of_a_place(tokens, start, end, words)
        other = other or tuple(tokens.text[start:end]) in people
        if end - start == 1 and not (is_acronym(tokens.text[start]) or _beside_speech(tokens, start, words)):
            continue
        if tokens.pos[end - 1] in {"PROPN", "NOUN"} and not other:
            kind = Kind.FACILITY if tokens.lower[end - 1] in words.buildings else Kind.ORGANIZATION
            head, name = tokens.root(start, end), tokens.quote(start, end)
            found.append(Found(start, end, head, kinds.get(name, kind), "names.recognised", name=name))
    return found


def _of_a_place(tokens: Tokens, start: int, end: int, words: NameWords) -> bool:
    """Whether the first or last word is that of a street or another spot ("Via Rossi", "Mill Road")."""
    places = words.names.spot_words
    return tokens.lower[start] in places or tokens.lower[end - 1] in places


def _beside_speech(tokens: Tokens, i: int, words: NameWords) -> bool:
    """Whether a word stands for who speaks or is told ("Meridian reported", "told Meridian")."""
    verb = tokens.lemma[tokens.head[i]]
    return tokens.dep[i] in {"nsubj", "dobj", "dative"} and verb in words.names.speech_verbs


def _said_of_group(tokens: Tokens, verb: int, words: NameWords) -> bool:
    """Whether a predicate is one of groups: "attacked", "was behind", "is responsible for"."""
    if tokens.lemma[verb] != "be":
        return tokens.lemma[verb] in words.names.agent_verbs
    return any(tokens.lower[i] in words.names.group_predicates for i in tokens.children(verb))


def _bare(tokens: Tokens, start: int, end: int) -> tuple[int, int]:
    while start < end and (tokens.pos[start] == "DET" or not tokens.text[start][:1].isalnum()):
        start += 1
    while end > start and (tokens.tag[end - 1] == "POS" or not tokens.text[end - 1][-1:].isalnum()):
        end -= 1
    return start, end


def name_facilities(tokens: Tokens, described: list[Found], words: NameWords) -> list[Found]:
    """Give the described facilities whose modifiers are proper names those as their name."""
    for mention in described:
        modifiers = range(mention.start, mention.head)
        proper = [i for i in modifiers if tokens.capital(i) and tokens.lower[i] not in words.demonyms]
        if mention.kind is Kind.FACILITY and proper and not tokens.starts_sentence(proper[0]):
            mention.name = tokens.quote(mention.start, mention.end)
    return described


def find_pronouns(tokens: Tokens, named: Mentions, words: NameWords) -> Iterator[Found]:
    """Personal pronouns as candidates; their kind and what they stand for are for coreference to say."""
    people = words.people
    for i, word in enumerate(tokens.lower):
        if tokens.tag[i] != "PRP" or named.at(i) is not None:
            continue
        if word in people.pronouns_person:
            yield Found(i, i + 1, i, Kind.PERSON, "names.pronoun")
        elif word in people.pronouns_plural and tokens.dep[i] in {"nsubj", "nsubjpass"}:
            yield Found(i, i + 1, i, Kind.GROUP, "names.pronoun", plural=True)
        elif word in people.pronouns_thing and tokens.dep[i] == "nsubj" and _said_of_group(
                tokens, tokens.head[i], words):
            yield Found(i, i + 1, i, Kind.GROUP, "names.pronoun")
