"""Finds what a document names and describes: groups, forces, persons, organisations, people, targets, weapons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from kg.extract.acronyms import Introduction, bound_acronyms, find_introductions
from kg.extract.claimants import find_claimants
from kg.extract.coreference import without_unclear_pronouns
from kg.extract.descriptions import find_descriptions
from kg.extract.gazetted import find_known
from kg.extract.language import Parsed
from kg.extract.mentions import Found, Mentions, without_overlaps
from kg.extract.name_grammar import NameRun, find_new_names, kind_of_run
from kg.extract.name_spans import (
    cover_brackets,
    find_organizations,
    find_pronouns,
    name_facilities,
    stretch_group,
)
from kg.extract.name_words import NameWords, load_name_words
from kg.extract.persons import find_persons
from kg.extract.provinces import find_factions, find_provinces
from kg.extract.tokens import Tokens
from kg.extract.units import find_apposed_groups, find_short_names, find_units
from kg.gazetteer import Gazetteer
from kg.records import Kind

__all__ = ["NameWords", "find_mentions", "load_name_words"]


def find_mentions(
    parsed: Parsed,
    gazetteer: Gazetteer,
    places: list[Found],
    words: NameWords,
    countries: Mapping[str, int] | None = None,
) -> Mentions:
    """All mentions of a document, the given places among them, without overlaps.

    The name of a body beats a place within it, a person's full name beats a town. `countries` may tell how often the
    document speaks of each country (ISO codes), beyond what its demonyms show. Pronouns are mentions (rule
    "names.pronoun") only where what they stand for is clear.
    """
    tokens = Tokens.of(parsed)
    # "Chinese-made rifles" speak of no scene in China.
    spoken = Counter(words.demonyms[word] for word, after in zip(tokens.lower, [*tokens.text[1:], ""], strict=True)
                     if word in words.demonyms and after != "-")
    spoken.update(words.countries[place.link] for place in places if place.link in words.countries)
    spoken.update(countries or {})
    bodies, known = _bodies(tokens, gazetteer, places, spoken, words)
    persons = find_persons(tokens, Mentions([*bodies, *places]), words)
    named = _layered(bodies, persons, known, places)
    named = _layered(named, _everywhere(tokens, find_claimants(tokens, named, words)))
    named = _layered(named, find_organizations(tokens, named, words))
    weapons = [m for m in known if m.kind is Kind.WEAPON]
    described = find_descriptions(tokens, _without_weapons(named), words)
    described = _linked_weapons(described, weapons)
    found = [*_layered(_without_weapons(named), name_facilities(tokens, described, words), weapons)]
    cover_brackets(tokens, found)
    found += find_pronouns(tokens, Mentions(found), words)
    return without_unclear_pronouns(parsed, Mentions(found), words)


def _bodies(
    tokens: Tokens, gazetteer: Gazetteer, places: list[Found], countries: Counter[str], words: NameWords
) -> tuple[Mentions, list[Found]]:
    """The named groups, forces and organisations; and all known names, of whatever kind."""
    introductions = find_introductions(tokens)
    introduced = {it.form: tokens.quote(it.start, it.end) for it in introductions}
    known = [m for m in find_known(tokens, gazetteer, countries, introduced, words) if not (
        _qualifies(tokens, m, words) or _surname(tokens, m, words))]
    given = [m for m in known if m.kind is not Kind.WEAPON]
    sure = _layered(find_provinces(tokens, given, gazetteer, countries, words), given)
    new = _not_places(find_new_names(tokens, _layered(sure, places), words), places)
    bodies = _layered(sure, _beside(new, sure, tokens, words))
    place_ends = {place.end for place in places}
    arms = Mentions(m for m in known if m.kind is Kind.WEAPON)
    unnamed = [it for it in introductions if it.end not in place_ends and arms.at(it.at) is arms.at(it.end - 1) is None]
    bodies = _layered(bodies, _spelled(tokens, unnamed, bodies, words))
    _known_by_acronym(introductions, bodies)
    bodies = _layered(bodies, find_factions(tokens, bodies, gazetteer, countries, words))
    bodies = _layered(find_units(tokens, bodies, words), bodies)
    bodies = _layered(bodies, _everywhere(tokens, find_apposed_groups(tokens, bodies, words)))
    bodies = _layered(_later_acronyms(tokens, bodies, words), bodies)
    bodies = _layered(bodies, find_short_names(tokens, bodies, words))
    for mention in bodies:
        stretch_group(tokens, mention, bodies, gazetteer, words)
    return Mentions(bodies), known


def _not_places(new: list[Found], places: list[Found]) -> list[Found]:
    """New names less those that are a place's, word for word ("West Bank"); an armed body yields to known places."""
    linked = {(place.start, place.end): place.link is not None for place in places}
    return [name for name in new if (name.start, name.end) not in linked or (
        name.kind in {Kind.GROUP, Kind.FORCE} and not linked[name.start, name.end])]


def _qualifies(tokens: Tokens, mention: Found, words: NameWords) -> bool:
    """Whether a force written as a common noun only qualifies what follows ("a Pakistani military convoy")."""
    last = mention.end - 1
    above = tokens.head[last]
    while tokens.dep[above] in {"compound", "amod", "nmod"} and tokens.head[above] > above:
        above = tokens.head[above]
    lower = mention.kind is Kind.FORCE and not tokens.capital(last)
    return lower and above >= mention.end and tokens.lemma[above] in words.described_nouns and (
        tokens.lemma[above] not in words.people.roles | words.people.war_machines)


def _surname(tokens: Tokens, mention: Found, words: NameWords) -> bool:
    """Whether a group's name is the end of a person's ("Abdul al-Houthi")."""
    i = mention.start
    joined = i > 2 and tokens.text[i - 1] == "-" and tokens.glued[i] and tokens.glued[i - 1]
    joined = joined and tokens.lower[i - 2] in words.people.name_particles
    return joined and mention.kind is Kind.GROUP and tokens.capital(i - 3) and (
        tokens.pos[i - 3] == "PROPN")


def _beside(new: list[Found], known: Mentions, tokens: Tokens, words: NameWords) -> list[Found]:
    """New names cut back to what stands beside the known names they contain; a mere adjective is not kept."""
    kept = []
    for name in new:
        inner = [m for m in known if m.start < name.end and name.start < m.end]
        if not inner:
            kept.append(name)
            continue
        last = inner[-1]
        rest = tokens.lower[last.end:name.end]
        if len(rest) > 1 and words.heads & set(rest) and tokens.capital(last.end):
            name.start, name.head = last.end, tokens.root(last.end, name.end)
            name.name = tokens.quote(name.start, name.end)
            kept.append(name)
    return kept


def _spelled(
    tokens: Tokens, introductions: list[Introduction], bodies: Mentions, words: NameWords
) -> list[Found]:
    """Long forms that an acronym spells and no other rule found."""
    found = []
    for it in introductions:
        inside = [m for i in range(it.start, it.end) if (m := bodies.at(i)) is not None]
        short = bodies.at(it.at)
        if inside:
            continue
        run = NameRun(it.start, it.end, it.end - 1)
        kind = short.kind if short is not None else kind_of_run(tokens, run, bodies, words)
        name = short.name if short is not None else tokens.quote(it.start, it.end)
        head = tokens.root(it.start, it.end)
        link = short.link if short is not None else None
        found.append(Found(it.start, it.end, head, kind, "names.spelled", name=name, link=link))
    return found


def _known_by_acronym(introductions: list[Introduction], bodies: Mentions) -> None:
    """Give a long form that has but a plural more than the known acronym's row that row ("Reserve Police Forces")."""
    for it in introductions:
        long_form, short = bodies.at(it.start), bodies.at(it.at)
        if long_form is None or short is None or long_form.link is not None or short.link is None:
            continue
        if _singular(long_form.name or "") == _singular(short.name or ""):
            long_form.name, long_form.kind, long_form.link = short.name, short.kind, short.link


def _singular(name: str) -> list[str]:
    return [word.rstrip("s") for word in name.casefold().split()]


def _later_acronyms(tokens: Tokens, bodies: Mentions, words: NameWords) -> list[Found]:
    """Every occurrence of an acronym that the text binds to a named body."""
    meanings: dict[str, Found] = {}
    for it in bound_acronyms(tokens, bodies, words):
        long_form = bodies.at(it.start)
        if long_form is not None and long_form.name != it.form:
            meanings.setdefault(it.form, long_form)
    if not meanings:
        return []
    return [
        Found(i, end, end - 1, meaning.kind, "names.acronym", name=meaning.name, link=meaning.link)
        for i in range(len(tokens)) for end in (i + 1, i + 3)
        if (meaning := meanings.get("".join(tokens.text[i:end]))) is not None
    ]


def _everywhere(tokens: Tokens, names: Iterable[Found]) -> list[Found]:
    """The names and all other places where the same words stand."""
    found = list(names)
    for name in list(found):
        found += [Found(i, i + name.end - name.start, i + name.head - name.start, name.kind, name.rule, name=name.name)
                  for i in tokens.same_words(name.start, name.end) if i != name.start]
    return found


def _layered(*layers: Iterable[Found]) -> Mentions:
    """The mentions of all layers; one of a later layer gives way to those of earlier ones that it overlaps."""
    kept: list[Found] = []
    taken: set[int] = set()
    for layer in layers:
        kept += [m for m in without_overlaps(layer) if taken.isdisjoint(range(m.start, m.end))]
        taken.update(i for m in kept for i in range(m.start, m.end))
    return Mentions(kept)


def _without_weapons(mentions: Mentions) -> Mentions:
    return Mentions(m for m in mentions if m.kind is not Kind.WEAPON)


def _linked_weapons(described: list[Found], weapons: list[Found]) -> list[Found]:
    """Give a described weapon the row of the known weapon that it ends in."""
    for mention in described:
        for weapon in weapons:
            if mention.kind is Kind.WEAPON and mention.start <= weapon.start < weapon.end == mention.end:
                mention.link = weapon.link
    return described
