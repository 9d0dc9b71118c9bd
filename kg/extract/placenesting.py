"""Tells which place mention lies in which: by a comma, by "of" and "in", by a possessive, or for want of better."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.extract.language import Parsed
from kg.extract.mentions import Found
from kg.extract.syntax import Span
from kg.placenames import PlaceIndex

_SENTENCES_BACK = 2
_NEAR = 12
_MOST = 0.8


def containers(parsed: Parsed, places: Sequence[Found], index: PlaceIndex) -> dict[int, Found]:
    """For the start token of a mention, the mention of the place it lies in, where the text says so.

    "Mach, Bolan", "the Shorkand area of Mach", "Bolan's Mach town", "the Banae district of the city". What is said
    of a place without a link holds for its other mentions; if nothing is, it lies in the one smallest known place
    short of a country that its sentence names, else in the one area that the sentences before it name, else in the
    country in which most of the document's places lie.
    """
    ordered = sorted(places, key=lambda place: place.start)
    found: dict[int, Found] = {}
    said: dict[str | None, Found] = {}
    for at, place in enumerate(ordered):
        outer = _said_container(parsed, place, ordered[at + 1:at + 3], index)
        if outer is None and at:
            outer = _possessor(parsed, place, ordered[at - 1], index) or _recalled(parsed, place, ordered[:at], index)
        if outer is not None:
            found[place.start] = outer
            said.setdefault(place.name, outer)
    for place in ordered:
        if place.link is None and place.start not in found:
            outer = said.get(place.name) or _smallest(parsed, place, ordered, index) or _area_before(
                parsed, place, ordered, index) or _country(ordered, index)
            if outer is not None:
                found[place.start] = outer
    return found


def _recalled(parsed: Parsed, place: Found, earlier: Sequence[Found], index: PlaceIndex) -> Found | None:
    """The last town meant by "of the city" right after a place without a link."""
    words = [token.lower_ for token in parsed.doc[place.end:place.end + 3]]
    if place.link is not None or words[:2] not in (["of", "the"], ["in", "the"]) or len(words) < 3:
        return None
    towns = (other for other in reversed(earlier) if other.link is not None and _level(other, index) == "locality")
    return next(towns, None) if words[2] in ("city", "town", "capital") else None


def _level(place: Found, index: PlaceIndex) -> str | None:
    known = index.get(place.link) if place.link else None
    return known.level if known else None


def leads_to(between: Span) -> bool:
    """Whether the words between two names say that the first lies in the second: ",", ", in", "of the town of"."""
    words = [token.lower_ for token in between]
    if not words or len(words) > 6 or between[0].sent.start != between[-1].sent.start:
        return False
    if words == [","]:
        return True
    if words[:2] in ([",", "in"], [",", "of"]):
        between, words = between[1:], words[1:]
    plain = [token for token in between if token.pos_ not in ("DET", "ADJ", "NOUN", "PUNCT")]
    return words[0] in ("of", "in") and all(token.lower_ in ("of", "in", "'s") for token in plain)


def _said_container(parsed: Parsed, place: Found, following: Sequence[Found], index: PlaceIndex) -> Found | None:
    """The next mention, if the words between say that the first lies in it and the gazetteer does not object.

    "in Pakistan's Kech district" puts it in the district.
    """
    if not following:
        return None
    outer, owned = following[0], following[1] if len(following) > 1 else None
    between = parsed.doc[place.end:outer.start]
    if not len(between) or not leads_to(between) or not _compatible(place, outer, index, said=len(between) > 1):
        return None
    owns = owned is not None and _possessor(parsed, owned, outer, index) is not None
    return owned if owned is not None and owns and _compatible(place, owned, index, said=True) else outer


def _possessor(parsed: Parsed, place: Found, previous: Found, index: PlaceIndex) -> Found | None:
    """The previous mention in "Balochistan's Kech district"."""
    between = parsed.doc[previous.end:place.start]
    if len(between) == 1 and between[0].lower_ in ("'s", "’s") and _compatible(place, previous, index, said=True):
        return previous
    return None


def _compatible(inner: Found, outer: Found, index: PlaceIndex, *, said: bool) -> bool:
    """Whether one place may lie in another: the gazetteer says so, or does not know the inner one."""
    if outer.link is None:
        return said and inner.link is None
    return inner.link is None or index.contains(outer.link, inner.link)


def _smallest(parsed: Parsed, place: Found, ordered: Sequence[Found], index: PlaceIndex) -> Found | None:
    """The smallest known place in the sentence of an unknown one: no other known place there lies in it.

    A town may hold what the text calls a quarter or an area, but no name that only a preposition shows to be a place.
    """
    number = parsed.sentence_index(place.start)
    described = place.rule == "place.grammar"
    known = [other for other in ordered if other.link and parsed.sentence_index(other.start) == number
             and _level(other, index) not in ("country", None if described else "locality")
             and (described or abs(other.start - place.start) <= _NEAR)
             and not (other.end < place.start and leads_to(parsed.doc[other.end:place.start]))]
    inmost = [other for other in known if not any(
        index.contains(other.link or "", inner.link or "") for inner in known if inner is not other)]
    if len({other.link for other in inmost}) != 1:
        return None
    return min(inmost, key=lambda other: (other.start < place.start, abs(other.start - place.start)))


def _area_before(parsed: Parsed, place: Found, ordered: Sequence[Found], index: PlaceIndex) -> Found | None:
    """The one smallest district or province that the nearest of the preceding sentences of the paragraph names."""
    number = parsed.sentence_index(place.start)
    for before in range(number - 1, max(-1, number - 1 - _SENTENCES_BACK), -1):
        sentence = parsed.sentences[before]
        if "\n" in parsed.text[sentence.start_char:parsed.doc[place.start].idx]:
            return None
        known = [other for other in ordered if other.link and sentence.start <= other.start < sentence.end
                 and _level(other, index) not in ("country", None)]
        if known:
            inmost = [other for other in known if _level(other, index) != "locality" and not any(
                index.contains(other.link or "", inner.link or "") for inner in known)]
            return inmost[-1] if len({other.link for other in inmost}) == 1 and len(inmost) == len(known) else None
    return None


def _country(ordered: Sequence[Found], index: PlaceIndex) -> Found | None:
    """The first mention of the country in which nearly all of the document's known places lie."""
    codes = {other.link: known.country for other in ordered if other.link and (known := index.get(other.link))}
    if not codes:
        return None
    code, count = Counter(codes.values()).most_common(1)[0]
    if code is None or count < _MOST * len(codes):
        return None
    return next((other for other in ordered if other.link and codes[other.link] == code
                 and _level(other, index) == "country"), None)
