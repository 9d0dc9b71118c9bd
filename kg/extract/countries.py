"""Tells which country a document is about, from its places and its words for nations."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from kg.extract.language import Parsed
from kg.extract.mentions import Found
from kg.extract.placewords import Candidate, PlaceWords
from kg.extract.syntax import Token
from kg.extract.tokens import Tokens
from kg.placenames import Place, PlaceIndex


def document_country(
    parsed: Parsed, places: Sequence[Found], index: PlaceIndex, words: PlaceWords,
    theatres: Iterable[Collection[str]] = (),
) -> str | None:
    """The country that a document's events lie in, as far as its places and demonyms tell; None when unsure.

    Towns and districts say where things happen; countries and demonyms may only name who takes part. Each name
    counts once, louder if repeated or in the title; a dateline abroad hardly counts. `theatres` are the countries of
    each group and force named: one that acts in a single country speaks for it.
    """
    signs = ("place", "country", "demonym", "speaker", "title", "actor")
    weight = {sign: words.resolution[f"lean_{sign}"] for sign in signs}
    title = parsed.sentences[0].end if parsed.sentences else 0
    known = {place.country for found in places if found.rule != "place.dateline"
             and (place := index.get(found.link or "")) is not None}
    heard: dict[tuple[str, str], float] = defaultdict(float)
    for found in places:
        place = index.get(found.link) if found.link else None
        if place is None or place.country is None:
            continue
        located = found.rule.removeprefix("place.").replace("-", "_") in words.locating
        takes_part = found.rule == "place.metonym" or (place.level == "country" and not located)
        # "TUNIS (AP) - A raid in southern Libya": where the reporter sits, if nothing else speaks of that country.
        takes_part |= found.rule == "place.dateline" and bool(known) and place.country not in known
        sign = "speaker" if takes_part else "country" if place.level == "country" else "place"
        heard[place.country, place.id] += weight[sign] ** 2 * (weight["title"] if found.end <= title else 1)
    nations = demonyms(parsed, Tokens.of(parsed).text, places, index)
    for code, count in nations.items():
        heard[code, ""] += weight["demonym"] ** 2 * count
    for number, codes in enumerate(theatres):
        if len(codes) == 1:
            heard[next(iter(codes)), str(number)] += weight["actor"] ** 2
    countries: dict[str, float] = defaultdict(float)
    for (code, _), loudness in heard.items():
        countries[code] += math.sqrt(loudness)
    return _leader(countries, words.resolution)


def _leader(countries: Mapping[str, float], weights: Mapping[str, float]) -> str | None:
    """The country clearly ahead of all others, if enough is said of it."""
    ranked = sorted(countries.items(), key=lambda row: (-row[1], row[0]))
    if not ranked or ranked[0][1] < weights["lean_enough"]:
        return None
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] >= weights["lean_ahead"] * ranked[1][1] else None


def said_country(head: Token, index: PlaceIndex) -> str | None:
    """The country that an adjective beside a place, or beside the word for its kind, gives: "the Thai village of X"."""
    nouns = [head]
    if head.dep_ == "pobj" and head.head.lower_ == "of":
        nouns.append(head.head.head)
    words = (child for noun in nouns for child in noun.lefts if child.dep_ in {"amod", "compound", "nmod"})
    return next((code for word in words if word.text[0].isupper() and (code := index.country_of(word.text))), None)


def home_of(
    places: Iterable[tuple[Candidate, Place]], nations: Mapping[str, int], index: PlaceIndex,
    weights: Mapping[str, float]
) -> str | None:
    """The country that the places while they are being told apart speak of, clearly before all others."""
    heard: dict[str, float] = defaultdict(float)
    for place, dateline in {(place, "dateline" in name.signs) for name, place in places}:
        whole = place.level == "country" or index.country_of(place.name) == place.country
        lesser = place.level != "admin1" and place.population < weights["foreign_support"]
        sign = "title" if dateline else "country" if whole else "speaker" if lesser else "place"
        heard[place.country or ""] += weights[f"lean_{sign}"]
    for code, count in nations.items():
        heard[code] += weights["lean_demonym"] * math.sqrt(count)
    ranked = sorted(heard.items(), key=lambda row: (-row[1], row[0]))
    clear = len(ranked) > 1 and ranked[0][1] >= weights["lean_ahead"] * ranked[1][1]
    return (ranked[0][0] or None) if clear else None


def demonyms(
    parsed: Parsed, texts: Sequence[str], names: Iterable[Candidate | Found], index: PlaceIndex
) -> Counter[str]:
    """How often demonyms and adjectives of each country stand in the text, outside the names of places."""
    taken = {token for name in names for token in range(name.start, name.end)}
    found: Counter[str] = Counter()
    for token, word in enumerate(texts):
        if not word[0].isupper() or token in taken or _of_a_person(parsed.tokens[token], index):
            continue
        following = texts[token + 1] if token + 1 < len(texts) else ""
        pair = index.country_of(f"{word} {following}") if following[:1].isupper() else None
        code = pair or index.country_of(word)
        if code:
            found[code] += 1
    return found


def _of_a_person(token: Token, index: PlaceIndex) -> bool:
    """Whether a word is part of a person's name; recognisers take rare adjectives for one ("the Nigerien army")."""
    if token.ent_type_ != "PERSON":
        return False
    alone = token.ent_iob_ == "B" and token.i + 1 < len(token.doc) and token.doc[token.i + 1].ent_iob_ != "I"
    describes = token.dep_ in {"amod", "compound", "nmod"} and token.nbor().pos_ == "NOUN" if alone else False
    return not describes or any(place.level == "country" for place in index.named(token.text))
