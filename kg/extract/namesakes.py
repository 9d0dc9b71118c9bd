"""Unlinks places that are mere namesakes: in a country of which nothing else in the document speaks.

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
    """Unlink lesser places that bear the name only as another of theirs, where all evidence is for other countries.

    `theatres` are the countries of each group and force that the document names.
    """
    places = [m for m in mentions if m.kind is Kind.PLACE and m.link]
    known = {m.link: place for m in places if m.link and (place := index.get(m.link)) is not None}
    nations = demonyms(parsed, Tokens.of(parsed).text, places, index)
    spoken = set(nations) | {code for codes in theatres for code in codes}
    for mention in places:
        place = known.get(mention.link or "")
        if place is None or place.country is None or not _is_lesser(place, mention, parsed, index, words):
            continue
        others = {other.country for other in known.values() if other.id != place.id} | spoken
        if others - {None} and place.country not in others:
            mention.link, mention.name = None, parsed.quote(mention.start, mention.end)


def _is_lesser(place: Place, mention: Found, parsed: Parsed, index: PlaceIndex, words: PlaceWords) -> bool:
    """Whether a town or district, no great city, that is not chiefly called so."""
    said = index.bare_key(parsed.quote(mention.start, mention.end))
    own = any(index.bare_key(name) == said for name in place.name.split(" / "))
    return place.level in {"locality", "admin2"} and not own and place.population < words.resolution["great"]
