"""Gives up places that are mere namesakes, in a country of which nothing else speaks, for those of the scene.

Placement chooses before the groups and forces of the document are known; where these act speaks, too.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kg.extract.countries import demonyms
from kg.extract.language import Parsed
from kg.extract.mentions import Found
from kg.extract.placewords import PlaceWords
from kg.extract.tokens import Tokens
from kg.placenames import Place, PlaceIndex
from kg.records import Kind


def forget_namesakes(parsed: Parsed, mentions: Sequence[Found], index: PlaceIndex, words: PlaceWords,
                     theatres: Sequence[Collection[str]]) -> None:
    """Link places for whose country nothing speaks to namesakes in countries that the document speaks of.

    Where there is none, lesser places that bear the name only as another of theirs lose their link.

    `theatres` are the countries of each group and force that the document names.
    """
    places = [m for m in mentions if m.kind is Kind.PLACE and m.link]
    known = {m.link: place for m in places if m.link and (place := index.get(m.link)) is not None}
    nations = demonyms(parsed, Tokens.of(parsed).text, places, index)
    spoken = set(nations) | {code for codes in theatres for code in codes}
    for mention in places:
        place = known.get(mention.link or "")
        if place is None or place.country is None:
            continue
        others = {other.country for other in known.values() if other.id != place.id} | spoken
        if not others - {None} or place.country in others:
            continue
        if (better := _at_home(place, mention, parsed, index, words, others)) is not None:
            mention.link, mention.name = better.id, better.name
        elif _is_lesser(place, mention, parsed, index, words):
            mention.link, mention.name = None, parsed.quote(mention.start, mention.end)


def _at_home(place: Place, mention: Found, parsed: Parsed, index: PlaceIndex, words: PlaceWords,
             others: Collection[str | None]) -> Place | None:
    """The place of the same name in a country that the document speaks of; none for a great city or a capital."""
    great = place.level in {"country", "region"} or place.population >= words.resolution["great"]
    if great or index.country_of(place.name) == place.country:
        return None
    namesakes = [other for other in index.named(parsed.quote(mention.start, mention.end)) if other.country in others]
    known = [other for other in namesakes if other.population * words.resolution["renown"] >= place.population]
    return max(known, key=lambda other: other.population, default=None)


def _is_lesser(place: Place, mention: Found, parsed: Parsed, index: PlaceIndex, words: PlaceWords) -> bool:
    """Whether a town or district, no great city, that is not chiefly called so."""
    said = index.bare_key(parsed.quote(mention.start, mention.end))
    own = any(index.bare_key(name) == said for name in place.name.split(" / "))
    return place.level in {"locality", "admin2"} and not own and place.population < words.resolution["great"]
