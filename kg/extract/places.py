"""Finds the names of places in a document, tells which places they are, and which mention lies in which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from kg.errors import KnowledgeError
from kg.extract.language import Parsed
from kg.extract.mentions import Found, without_overlaps
from kg.extract.placegrammar import Reader
from kg.extract.placement import Placement
from kg.extract.placenesting import containers, leads_to
from kg.extract.placewords import Candidate, PlaceWords
from kg.extract.syntax import Span
from kg.extract.unknownplaces import names_somewhere, unknown_places
from kg.placenames import Place, PlaceIndex
from kg.records import Kind
from kg.settings import Settings

__all__ = ["PlaceWords", "containers", "find_places", "load_place_words"]


def load_place_words(settings: Settings) -> PlaceWords:
    """Read `places.yaml`; raises KnowledgeError if it is missing or has another shape."""
    path = settings.language_data / "places.yaml"
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=PlaceWords)
    except (OSError, msgspec.DecodeError) as error:
        raise KnowledgeError(str(error), where=str(path), mend="restore the file or correct the field named") from error


def find_places(parsed: Parsed, index: PlaceIndex, words: PlaceWords) -> list[Found]:
    """The place names of a document, each with the gazetteer's place if it has one.

    A mention is the name with the word for its kind ("Kech district"), without determiner and compass word. `link` is
    a GeoNames or seed id; a name no gazetteer has is found by its grammar alone and has no link.
    """
    reader = Reader(parsed, words)
    hits = list(_gazetted(reader, index))
    _share_heads(reader, hits)
    beside = _beside(reader, hits, index)
    short = _abbreviated(reader, index, hits)
    beside |= {inner.start for inner in hits for outer in short
               if inner.kind_end == outer.start - 1 and _may_nest(inner, outer, index)}
    taken = {name.start for name in short}
    known = [*_accepted(reader, [name for name in hits if name.start not in taken], index, beside), *short]
    unknown = unknown_places(reader, index, known)
    names = sorted(known + unknown, key=lambda name: name.start)
    for name in names:
        name.container = _container(reader, name, names)
    starts = {name.start for name in names}
    hints = [name for name in hits if name.start not in starts and name.hints(words)]
    chosen = Placement(parsed, reader.texts, [*names, *hints], index, words).run()
    found = [_found(reader, name, chosen.get(name.start)) for name in names
             if name.start in chosen or not name.ids or names_somewhere(reader, name)]
    return list(without_overlaps(found))


def _gazetted(reader: Reader, index: PlaceIndex) -> Iterator[Candidate]:
    """The gazetteer's names in the text, on whole tokens, with the article that goes with them."""
    for hit in index.find(reader.parsed.text):
        start, end = reader.starts.get(hit.start), reader.ends.get(hit.end)
        if start is None or end is None:
            continue
        start, end, ids = *(start, end), hit.ids
        if end - start > 1 and reader.doc[end - 1].tag_ == "POS":
            # "Peru's" is no "Perus".
            end -= 1
            ids = tuple(place.id for place in index.named(reader.parsed.quote(start, end)))
            if not ids:
                continue
        start, ids = _with_article(reader, index, start, end, ids)
        name = Candidate(start, end, ids)
        name.known_levels = frozenset(place.level for one in ids if (place := index.get(one)) is not None)
        _read_kind(reader, name)
        yield name


def _with_article(
    reader: Reader, index: PlaceIndex, start: int, end: int, ids: tuple[str, ...]
) -> tuple[int, tuple[str, ...]]:
    """Start and places of "al-Hasakah" for the gazetteer's "Hasakah", of "el Salvador" where it matched "Salvador"."""
    if start and reader.texts[start - 1] in reader.words.articles:
        longer = index.named(reader.parsed.quote(start - 1, end))
        return (start - 1, tuple(place.id for place in longer)) if longer else (start, ids)
    if start < 2 or reader.doc[start - 1].text not in "-–" or reader.doc[start - 1].whitespace_:
        return start, ids
    article = reader.doc[start - 2]
    return (start - 2 if article.is_lower and len(article) < 4 and not article.whitespace_ else start), ids


def _read_kind(reader: Reader, name: Candidate) -> None:
    """Note the word for its kind that stands after a name ("Kech district") or before it ("the district of Kech")."""
    name.kind_start, name.kind_end = name.start, name.end
    last = reader.lower(name.end - 1)
    after, before = reader.kind_after(name.end, name.known_levels), reader.kind_of(name.start)
    if after:
        if after in reader.words.named_kinds:
            name.kind_end = name.end + 1
        name.levels = frozenset(reader.words.kinds[after])
    elif before:
        name.levels = frozenset(reader.words.kinds[before])
        if reader.doc[name.start - 1].is_title and before in reader.words.named_kinds:
            name.kind_start = name.start - 1
    elif name.end - name.start > 1 and last in reader.words.named_kinds:
        name.levels = frozenset(reader.words.kinds[last])


def _beside(reader: Reader, hits: Sequence[Candidate], index: PlaceIndex) -> set[int]:
    """The starts of names that stand before or after a comma in "Mach, Bolan", where one may lie in the other."""
    found: set[int] = set()
    for inner, outer in pairwise(hits):
        between = reader.doc[inner.kind_end:outer.start]
        if len(between) == 1 and between[0].text == "," and _may_nest(inner, outer, index):
            found |= {inner.start, outer.start}
    return found


def _may_nest(inner: Candidate, outer: Candidate, index: PlaceIndex) -> bool:
    around = set(outer.ids)
    return any(around.intersection(place.within) for one in inner.ids if (place := index.get(one)) is not None)


def _accepted(reader: Reader, hits: Sequence[Candidate], index: PlaceIndex, beside: set[int]) -> list[Candidate]:
    """The gazetteer names whose signs add up to a place; a name accepted once helps its other mentions."""
    accepted: list[Candidate] = []
    ends = {name.end for name in hits}
    for name in hits:
        surface = reader.parsed.quote(name.start, name.end)
        name.signs += [*reader.signs(name), *_prominence(name, surface, index)]
        name.signs += ["comma"] if name.start in beside else []
        if "joined_before" in name.signs and "kind" in name.signs and name.start not in ends and (
                reader.doc[name.start - 1].dep_ == "compound"):
            name.signs.remove("kind")  # "The Shah Mardan area" is not that of Mardan.
        if "country" in name.signs and "acronym" in name.signs:
            name.signs.remove("acronym")
        if accepted and _lists(reader.doc[accepted[-1].kind_end:name.start]):
            name.signs.append("listed")
        if _weight(reader, name) >= reader.words.evidence["threshold"]:
            accepted.append(name)
    _list_backwards(reader, hits, accepted)
    surfaces = {reader.parsed.quote(name.start, name.end).lower() for name in accepted}
    starts = {name.start for name in accepted}
    for name in hits:
        if name.start not in starts and reader.parsed.quote(name.start, name.end).lower() in surfaces:
            name.signs.append("recurs")
            if _weight(reader, name) >= reader.words.evidence["threshold"]:
                accepted.append(name)
    return accepted


def _list_backwards(reader: Reader, hits: Sequence[Candidate], accepted: list[Candidate]) -> None:
    """Accept names that a comma or "and" joins to an accepted one after them."""
    starts = {name.start for name in accepted}
    for name, following in pairwise(hits[::-1]):
        name, following = following, name
        if name.start in starts or following.start not in starts or "listed" in following.signs:
            continue
        if _lists(reader.doc[name.kind_end:following.start]):
            name.signs.append("listed")
            if _weight(reader, name) >= reader.words.evidence["threshold"]:
                accepted.append(name)
                starts.add(name.start)


def _lists(between: Span) -> bool:
    """Whether only commas and "and" stand between two names."""
    return 0 < len(between) < 3 and all(token.lower_ in (",", "and", "or", "&") for token in between)


def _weight(reader: Reader, name: Candidate) -> float:
    """What a name's signs add up to; a preposition does not count for a name that goes on beyond the match."""
    signs = name.signs
    if "joined_before" in signs or "joined_after" in signs:
        signs = [sign for sign in signs if sign not in ("locative", "half_locative", "listed")]
    return sum(reader.words.evidence[sign] for sign in signs)


def _prominence(name: Candidate, surface: str, index: PlaceIndex) -> Iterator[str]:
    """How well known the best bearer of a name is."""
    best = index.get(name.ids[0])
    if best is None:
        return
    if best.level == "country":
        yield "country"
        if index.key(best.name) == index.key(surface):
            yield "country_name"
    elif best.level in ("admin1", "region") or index.country_of(best.name) == best.country:
        yield "capital"
    elif best.population >= 100_000:
        yield "large"
    elif best.population < 1000:
        yield "unknown_size"
    if len(name.ids) <= 3 and best.population >= 20_000:
        yield "singular"


def _abbreviated(reader: Reader, index: PlaceIndex, hits: Sequence[Candidate]) -> list[Candidate]:
    """State names cut short after a town: "Mobile, Ala."; without the full stop only after a town of that state."""
    towns = {name.kind_end: name for name in hits}
    found: list[Candidate] = []
    for at, text in enumerate(reader.texts):
        full = reader.words.abbreviations.get(text.replace(".", ""))
        if full is None or at < 2 or reader.texts[at - 1] != "," or not reader.texts[at - 2][0].isupper():
            continue
        states = (place for place in index.named(full) if place.country == reader.words.abbreviation_country)
        ids = tuple(place.id for place in states if place.level == "admin1")[:1]
        town = towns.get(at - 1)
        state = Candidate(at, at + 1, ids, signs=["comma"], kind_start=at, kind_end=at + 1)
        if "." in text or (town is not None and _may_nest(town, state, index)):
            found.append(state)
    return found


def _share_heads(reader: Reader, names: Sequence[Candidate]) -> None:
    """Give all of several names before a plural kind its levels: "the Bolan, Kalat and Kech districts"."""
    ends = {name.end: name for name in names}
    for at, text in enumerate(reader.texts):
        kind = reader.words.plural_kinds.get(text.lower())
        if kind is None:
            continue
        listed: list[Candidate] = []
        while (name := ends.get(at)) is not None:
            listed.append(name)
            at = name.start
            while at and reader.lower(at - 1) in (",", "and", "or"):
                at -= 1
        for name in listed if len(listed) > 1 else ():
            name.levels = frozenset(reader.words.kinds[kind])
            name.signs.append("kind")


def _container(reader: Reader, name: Candidate, names: Sequence[Candidate]) -> int:
    """The start of the name that the text puts this one in by a comma or "of"/"in", -1 if none does."""
    end = max(name.end, name.kind_end)
    following = next((other for other in names if other.start >= end), None)
    if following is None or not leads_to(reader.doc[end:following.start]):
        return -1
    return following.start


def _found(reader: Reader, name: Candidate, place: Place | None) -> Found:
    doc = reader.doc
    if place is None:
        text = reader.parsed.quote(name.start, name.end)
        rule = "place.located" if reader.words.naming.isdisjoint(name.signs) else "place.grammar"
        return Found(name.kind_start, name.kind_end, name.head, Kind.PLACE, rule, text)
    verb = doc[name.head].head
    speaks = doc[name.head].dep_ == "nsubj" and verb.lemma_ in reader.words.speech_verbs
    rule = "place.metonym" if speaks and name.kind_end == name.end else f"place.{_strongest(reader, name)}"
    return Found(name.kind_start, name.kind_end, name.head, Kind.PLACE, rule, place.name, place.id)


def _strongest(reader: Reader, name: Candidate) -> str:
    return max(name.signs, key=lambda sign: reader.words.evidence[sign], default="name").replace("_", "-")
