"""Persons by name: after a title, by the statistical recogniser, and by a later part of a name already seen."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.mentions import Found, Mentions
from kg.extract.name_words import NameWords
from kg.extract.person_signs import may_be_person, shown_spans
from kg.extract.tokens import Tokens
from kg.records import Kind

_LONGEST_NAME = 6
# Rules that tell a place by its grammar, as surely as a table does.
_PLACE_RULES = frozenset({"place.grammar", "place.located"})


def find_persons(tokens: Tokens, taken: Mentions, words: NameWords) -> list[Found]:
    """Persons named in full, then the later mentions by surname or first name alone.

    `taken` are the mentions that no person's name may cut: groups, forces, organisations. A place may be beaten.
    """
    full = [*_titled(tokens, taken, words), *_recognised(tokens, taken, words), *_shown(tokens, taken, words)]
    longer = {word for m in full if m.end - m.start > 1 for word in tokens.text[m.start:m.end]}
    found = {(m.start, m.end): m for m in full if m.end - m.start > 1 or tokens.text[m.start] not in longer}
    _share_longest(tokens, list(found.values()))
    short = _short_names(tokens, list(found.values()), taken, words)
    return [*found.values(), *short]


def _titled(tokens: Tokens, taken: Mentions, words: NameWords) -> Iterator[Found]:
    for i in range(1, len(tokens)):
        before = i - 1
        if tokens.text[before] == "." and before and not tokens.capital(before - 1):
            before -= 1
        if tokens.lower[before] not in words.people.titles or _is_title(tokens, i, words) or tokens.heading[i]:
            continue
        end = name_end(tokens, i, taken, words)
        if not may_be_person(tokens, i, end, words) or _part_of_facility(tokens, end, words):
            continue
        strict = tokens.lower[before] in words.people.strict_titles
        if end - i >= (1 if strict and tokens.pos[i] == "PROPN" else 2):
            yield _person(tokens, i, end, "persons.title")


def _is_title(tokens: Tokens, i: int, words: NameWords) -> bool:
    return tokens.lower[i] in words.people.titles


def name_end(tokens: Tokens, start: int, taken: Mentions, words: NameWords) -> int:
    """Where a personal name that begins at a token ends; the token itself if none begins there."""
    end = start
    while end < len(tokens) and end - start < _LONGEST_NAME and tokens.sentence[end] == tokens.sentence[start]:
        blocked = _blocked(taken, end) or tokens.lower[end] in words.demonyms or _is_title(tokens, end, words)
        if not blocked and _name_word(tokens, end):
            end += 1
        elif end > start and not blocked and _particle_goes_on(tokens, end, words):
            end += 2
        else:
            break
    while end > start and not tokens.capital(end - 1):
        end -= 1
    return end


def _name_word(tokens: Tokens, i: int) -> bool:
    word = tokens.text[i]
    initial = len(word) == 2 and word[1] == "."
    return word[:1].isupper() and tokens.pos[i] in {"PROPN", "NOUN", "ADJ", "X"} and (
        initial or (word.replace("'", "").replace("’", "").isalpha() and not (word.isupper() and len(word) < 5)))


def _particle_goes_on(tokens: Tokens, i: int, words: NameWords) -> bool:
    """Whether a particle, hyphen or both lead on to another capitalised part ("bin", "-", "al-")."""
    if i + 1 >= len(tokens):
        return False
    joined = tokens.text[i] == "-" or tokens.lower[i] in words.people.name_particles
    return joined and (tokens.capital(i + 1) or (tokens.text[i + 1] == "-" and tokens.glued[i + 1]))


def _recognised(tokens: Tokens, taken: Mentions, words: NameWords) -> Iterator[Found]:
    """What the recogniser calls a person, if it looks like a name of two words or a speaker's."""
    for entity in tokens.parsed.doc.ents:
        if entity.label_ != "PERSON" or tokens.heading[entity.start]:
            continue
        start, end = _trimmed(tokens, entity.start, entity.end, words)
        if start >= end or any(_blocked(taken, i) for i in range(start, end)):
            continue
        placed = _known_place(taken, start, end) or _located(tokens, start, end, words)
        if placed or not may_be_person(tokens, start, end, words):
            continue
        if any(tokens.tag[i] == "POS" for i in range(start, end)):
            continue
        count = sum(tokens.capital(i) for i in range(start, end))
        if any(tokens.text[i].isalpha() and not tokens.capital(i) and tokens.lower[i] not in words.people.name_particles
               for i in range(start, end)):
            continue
        plural = tokens.tag[end - 1] == "NNPS"
        if not plural and not _part_of_facility(tokens, end, words) and (count >= 2 or _speaks(tokens, start, words)):
            yield _person(tokens, start, end, "persons.recognised")


def _shown(tokens: Tokens, taken: Mentions, words: NameWords) -> Iterator[Found]:
    """Whom the text shows to be a person, there and wherever the same words stand."""
    spans = [span for span in shown_spans(tokens, lambda i: name_end(tokens, i, taken, words), words)
             if not _known_place(taken, *span)]
    for start, end in spans:
        for i in tokens.same_words(start, end):
            until = i + end - start
            if not tokens.heading[i] and not any(_blocked(taken, j) for j in range(i, until)):
                yield _person(tokens, i, until, "persons.shown")


def _located(tokens: Tokens, start: int, end: int, words: NameWords) -> bool:
    """Whether a name stands as a place does ("in", "near" before it), which no title or sign says of a person."""
    head = tokens.root(start, end)
    while tokens.dep[head] == "conj" and tokens.head[head] < head:
        head = tokens.head[head]
    return tokens.dep[head] == "pobj" and tokens.lower[tokens.head[head]] in words.names.locatives


def _known_place(taken: Mentions, start: int, end: int) -> bool:
    place, last = taken.at(start), taken.at(end - 1)
    if place is not None and place.end >= end and (place.link is not None or place.rule in _PLACE_RULES):
        return True
    return last is not None and last.end == end and last.rule in _PLACE_RULES


def _part_of_facility(tokens: Tokens, end: int, words: NameWords) -> bool:
    """Whether the words only name a building ("the Blue Heron restaurant")."""
    above = tokens.head[end - 1]
    if tokens.lower[end - 1] in words.buildings:
        return True
    return above >= end and tokens.dep[end - 1] == "compound" and tokens.lemma[above] in words.facilities.facilities


def _trimmed(tokens: Tokens, start: int, end: int, words: NameWords) -> tuple[int, int]:
    while start < end and (_is_title(tokens, start, words) or tokens.pos[start] in {"DET", "ADP", "SCONJ", "NUM"}
                           or tokens.text[start] == "." or tokens.lower[start] in words.names.locatives):
        start += 1
    while start > 0 and _joins_left(tokens, start, words):
        start -= 1
    while end > start and (not tokens.text[end - 1][:1].isalnum() or tokens.tag[end - 1] == "POS"):
        end -= 1
    return start, end


def _joins_left(tokens: Tokens, start: int, words: NameWords) -> bool:
    """Whether the word before belongs to the name too: the recogniser often drops a first name."""
    before = start - 1
    return (tokens.pos[before] == "PROPN" and tokens.dep[before] == "compound" and tokens.head[before] >= start
            and _name_word(tokens, before) and not _is_title(tokens, before, words)
            and tokens.lower[before] not in words.demonyms and tokens.lower[before] not in words.heads)


def _speaks(tokens: Tokens, i: int, words: NameWords) -> bool:
    return tokens.dep[i] == "nsubj" and tokens.lemma[tokens.head[i]] in words.names.speech_verbs


def _blocked(taken: Mentions, i: int) -> bool:
    found = taken.at(i)
    return found is not None and found.kind is not Kind.PLACE


def _person(tokens: Tokens, start: int, end: int, rule: str) -> Found:
    return Found(start, end, tokens.root(start, end), Kind.PERSON, rule, name=tokens.quote(start, end))


def _share_longest(tokens: Tokens, full: list[Found]) -> None:
    """Let "Ana Ruiz" be "Ana Ruiz Soto" where the text has just one such longer name."""
    parts = {m.name: set((m.name or "").split()) for m in full}
    for mention in full:
        own = parts[mention.name]
        longer = {name for name, words in parts.items() if own < words}
        if len(own) > 1 and len(longer) == 1:
            mention.name = longer.pop()


def _short_names(tokens: Tokens, full: list[Found], taken: Mentions, words: NameWords) -> Iterator[Found]:
    """Single words that are part of the name of a person named in full before."""
    covered = {i for m in full for i in range(m.start, m.end)}
    parts = _name_parts(tokens, full, words)
    for i, word in enumerate(tokens.text):
        owner = parts.get(word)
        if owner is None or i in covered or i < owner.end or tokens.heading[i] or _blocked(taken, i):
            continue
        beside = range(max(0, i - 1), min(len(tokens), i + 2))
        lonely = not any(tokens.capital(j) and j != i and tokens.pos[j] == "PROPN" and j not in covered
                         and not _is_title(tokens, j, words) for j in beside)
        located = i > 0 and taken.at(i) is not None and tokens.lower[i - 1] in words.names.locatives
        qualifies = tokens.dep[i] in {"compound", "amod", "nmod"} and tokens.head[i] > i
        if lonely and not located and not qualifies and tokens.pos[i] in {"PROPN", "NOUN", "ADJ"}:
            yield Found(i, i + 1, i, Kind.PERSON, "persons.short", name=owner.name)


def _name_parts(tokens: Tokens, full: list[Found], words: NameWords) -> dict[str, Found]:
    """Each word that may stand for a person: the last of the name, or another one that nobody else has."""
    parts: dict[str, Found] = {}
    counts: dict[str, set[str]] = {}
    for person in sorted(full, key=lambda m: m.start):
        span = range(person.start, person.end)
        own = [tokens.text[i] for i in span if tokens.text[i].isalpha() and tokens.capital(i)]
        for word in own if len(own) > 1 else []:
            if word.lower() not in words.people.name_particles and len(word) > 2:
                counts.setdefault(word, set()).add(person.name or "")
                parts.setdefault(word, person)
    return {word: owner for word, owner in parts.items() if len(counts[word]) == 1 or _latest_only(counts[word])}


def _latest_only(names: set[str]) -> bool:
    """Whether all names are forms of one: the longest holds the words of the others."""
    longest = set(max(names, key=len).split())
    return all(set(name.split()) <= longest for name in names)
