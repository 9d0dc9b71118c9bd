"""Finds names of places that no gazetteer has, by the words around them: "the Tarkhel area", "at Damra"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from kg.extract.placegrammar import Reader
from kg.extract.placeruns import LONGEST, names_a_place, run_of_names
from kg.extract.placespans import leads_to_place
from kg.extract.placewords import Candidate
from kg.extract.syntax import Token
from kg.placenames import PlaceIndex

_PARTICLE_LENGTH = 3
_OWNING = ("'s", "’s", "'", "’")
_OTHERS = {"ORG", "NORP", "DATE", "EVENT"}


def unknown_places(reader: Reader, index: PlaceIndex, known: Sequence[Candidate]) -> list[Candidate]:
    """Names beside a word for a kind, then names that a preposition places, then other mentions of all these.

    A name with a word for its kind has the sign "kind"; one that only a preposition places has "locative".
    """
    found: list[Candidate] = []
    readings = (_of_a_kind(reader, index), _of_kinds(reader, index), _apposed(reader), _natural(reader))
    for name in chain(*readings, _settled(reader), _located(reader), _attacked(reader, known)):
        # "In the Colombian department of Cauca": an adjective is no name.
        adjective = name.end == name.start + 1 and index.country_of(reader.texts[name.start]) is not None
        if not adjective and not _overlaps(name, [*known, *found]):
            found.append(name)
    found += [name for name in _recurring(reader, found) if not _overlaps(name, [*known, *found])]
    return found


def _of_a_kind(reader: Reader, index: PlaceIndex) -> Iterator[Candidate]:
    """Names that a word for a kind shows to be places: "the Tarkhel area", "the village of Shin Gul"."""
    words = reader.words
    for at, text in enumerate(reader.texts):
        kind = text.lower()
        if kind not in words.telling_kinds and kind not in words.telling_before:
            continue
        start = run_of_names(reader, at, -1, kind_at=at)
        if start < at and kind in words.telling_kinds and _opens_well(reader, start, at):
            start = _widened(reader, start)
            yield _named(reader, index, start, at, kind, (start, at + 1))
        elif kind in words.telling_kinds and (last := _beside(reader, at)):
            yield _named(reader, index, at + 2, last, kind, (at + 2, last))
        elif reader.lower(at + 1) == "of" and text.islower():
            first = at + 2 + (reader.lower(at + 2) == "the")
            last = _stretch(reader, first, said=True)
            if last > first and not _goes_on(reader, last):
                yield _named(reader, index, first, last, kind, (first, last))


def _beside(reader: Reader, at: int) -> int:
    """The end of the name set beside a word for a kind, "a nearby town, Damra, "; 0 if there is none."""
    if not reader.texts[at].islower() or reader.lower(at + 1) != ",":
        return 0
    last = _stretch(reader, at + 2)
    apposed = last > at + 2 and reader.doc[last - 1].dep_ == "appos" and reader.doc[last - 1].head.i == at
    return last if apposed and _plain(reader, at + 2, last, said=True) else 0


def _widened(reader: Reader, start: int) -> int:
    """The start of a name with its compass word ("West Wollega") and with what hyphens tie to it ("Dasht-e-Barchi")."""
    while start > 1 and reader.texts[start - 1] == "-" and not reader.doc[start - 1].whitespace_:
        start -= 2
    while start < len(reader.doc) and not reader.texts[start][0].isupper():
        start += 1
    before = reader.texts[start - 1] if start else ""
    return start - 1 if before.istitle() and before.lower() in reader.words.compass else start


def _opens_well(reader: Reader, start: int, at: int) -> bool:
    """Whether a run before a kind is a name: not just a sentence's first word; before a capitalised kind, placed."""
    if reader.doc[start].is_sent_start or reader.lower(start - 1) in ("a", "an"):
        return False
    if reader.texts[at].islower():
        return True
    placed = reader.lower(reader.before(start)) in reader.words.locative
    return placed and reader.lower(at) in reader.words.title_kinds and not _goes_on(reader, at + 1)


def _of_kinds(reader: Reader, index: PlaceIndex) -> Iterator[Candidate]:
    """The names after a plural kind: "the villages of Alwa, Beyra and Kunsh"."""
    for at, text in enumerate(reader.texts):
        kind = reader.words.plural_kinds.get(text)
        if kind is None or reader.lower(at + 1) != "of":
            continue
        first = at + 2
        while (last := run_of_names(reader, first - 1, 1) + 1) > first:
            yield _named(reader, index, first, last, kind, (first, last))
            first = last
            while reader.lower(first) in (",", "and", "or"):
                first += 1
            if first == last:
                break


def _apposed(reader: Reader) -> Iterator[Candidate]:
    """Names that an apposition calls a place: "Damra, a dusty market town on the road to …"."""
    for at, text in enumerate(reader.texts):
        if text != "," or not (reader.apposed_kind(at) or reader.measured(at)):
            continue
        start = run_of_names(reader, at, -1)
        named = start < at and reader.texts[at - 1] not in reader.surnames
        if named and reader.lower(start) not in reader.words.never:
            if start > 1 and reader.texts[start - 1] == "-" and reader.texts[start - 2] in reader.words.articles:
                start -= 2
            yield Candidate(start, at, (), frozenset(), start, at, ["kind"])


def _settled(reader: Reader) -> Iterator[Candidate]:
    """Names after what only a place has: "residents of Damra", "the outskirts of Umm Kesht", "north of Bir Tal"."""
    for at, text in enumerate(reader.texts):
        if text in ("of", "from") and reader.texts[at - 1] in reader.words.settling:
            last = _stretch(reader, at + 1)
            if last > at + 1 and _plain(reader, at + 1, last):
                yield Candidate(at + 1, last, (), frozenset(), at + 1, last, ["locative"])


def _located(reader: Reader) -> Iterator[Candidate]:
    """Names that follow a preposition of place and have no better reading: "at Damra", "near Umm Kesht"."""
    for at in range(len(reader.texts)):
        if not leads_to_place(reader.doc, at, reader.words):
            continue
        first = at + 1 + sum(1 for _ in _compass(reader, at + 1))
        last = _stretch(reader, first)
        if last > first and _reads_as_place(reader, reader.doc[at], first, last):
            yield Candidate(first, last, (), frozenset(), first, last, ["locative"])


def _natural(reader: Reader) -> Iterator[Candidate]:
    """Waters and lands with an article: "in the Indian Ocean", "on the Sarda River"."""
    for at, text in enumerate(reader.texts):
        if at and text.istitle() and text.lower() in reader.words.natural_heads:
            start = at
            while start and at - start < LONGEST and _is_title(reader, start - 1):
                start -= 1
            if start < at and reader.lower(start - 1) == "the" and not _goes_on(reader, at + 1):
                yield Candidate(start, at + 1, (), frozenset(), start, at + 1, ["kind"])


def _attacked(reader: Reader, known: Sequence[Candidate]) -> Iterator[Candidate]:
    """Names that an attack is on where the text goes on to place them: "the attack on Damra, in the Kesht valley"."""
    starts = {name.start for name in known}
    for at, text in enumerate(reader.texts[:-1]):
        if text != "on" or reader.doc[at].head.lemma_ not in reader.words.onslaughts:
            continue
        last = _stretch(reader, at + 1)
        if last == at + 1 or reader.lower(last) != "," or reader.label(at + 1, last) in _OTHERS:
            continue
        if (reader.lower(last + 1) in reader.words.locative or last + 1 in starts) and _plain(reader, at + 1, last):
            yield Candidate(at + 1, last, (), frozenset(), at + 1, last, ["locative"])


def _compass(reader: Reader, at: int) -> Iterator[int]:
    while reader.lower(at) in reader.words.compass and reader.texts[at].islower():
        yield at
        at += 1


def _stretch(reader: Reader, first: int, *, said: bool = False) -> int:
    """The end of a run of names from a token, over hyphens and articles: "Ramlet al-Beyda", "Umm el Qasr".

    Where the text has `said` that a place's name follows, the tagger's part of speech does not matter.
    """
    end = first
    while end < len(reader.doc) and end - first < 2 * LONGEST:
        named = names_a_place(reader, reader.doc[end], said=said) and (said or reader.doc[end].pos_ != "ADJ")
        if not named and not (end + 1 < len(reader.doc) and _ties(reader, end, first)):
            break
        end += 1
    while end > first and not reader.texts[end - 1][0].isupper():
        end -= 1
    return end


def _ties(reader: Reader, at: int, first: int) -> bool:
    """Whether a hyphen or a small article leads on to more of a name."""
    token, following = reader.doc[at], reader.doc[at + 1]
    if token.text == "-":
        return not token.whitespace_ and (following.text[0].isupper() or len(following) <= _PARTICLE_LENGTH)
    article = token.is_lower and token.is_alpha and len(token) <= _PARTICLE_LENGTH
    tied = following.text == "-" or token.text in reader.words.articles
    return article and tied and (at > first or following.text == "-") and token.text not in ("of", "in", "and")


def _reads_as_place(reader: Reader, preposition: Token, first: int, last: int) -> bool:
    """Whether nothing speaks against a name after a preposition being a place."""
    aims = preposition.head.lemma_ in reader.words.aiming_verbs and preposition.head.tag_ != "VBN"
    if preposition.lower_ == "at" and aims:
        return False
    return _plain(reader, first, last) and _label_allows(reader, preposition, first, last)


def _plain(reader: Reader, first: int, last: int, *, said: bool = False) -> bool:
    """Whether the words of a name are those of no body, building or other thing, nor, unless the text has `said` that
    it is a place's, of a person."""
    words, tokens = reader.words, reader.doc[first:last]
    capitals = [token for token in tokens if token.text[0].isupper()]
    if any(token.lower_ in words.never or token.lower_ in words.no_places or token.is_upper for token in capitals):
        return False
    if reader.lower(last - 1) in words.facility_heads or reader.lower(last - 1) in words.place_tails:
        return False
    if reader.doc[last - 1].tag_ == "NNPS" or _goes_on(reader, last) or reader.lower(last) in _OWNING:
        return False
    return reader.lower(first) not in words.titles and (said or capitals[-1].text not in reader.surnames)


def _label_allows(reader: Reader, preposition: Token, first: int, last: int) -> bool:
    """Not for peoples, dates and works; a one-word "organisation" may be a place where nobody works or invests."""
    labels = {reader.label(at, at + 1) for at in range(first, last)}
    if labels & {"NORP", "DATE", "TIME", "EVENT", "LANGUAGE", "LAW", "PRODUCT", "WORK_OF_ART"}:
        return False
    if "ORG" in labels:
        staff = preposition.head.lemma_.lower() in reader.words.staff_words
        beside = preposition.lower_ in reader.words.beside
        one_word = all(not token.whitespace_ for token in reader.doc[first:last - 1])
        return beside or (one_word and not staff)
    return True


def _goes_on(reader: Reader, end: int) -> bool:
    """Whether a name is only the first part of a longer one, or qualifies the noun after it."""
    if end >= len(reader.doc) or reader.doc[end].is_sent_start:
        return False
    token = reader.doc[end]
    joined = token.text in "-–/" and not reader.doc[end - 1].whitespace_
    qualifies = token.pos_ in ("NOUN", "PROPN") and reader.doc[end - 1].head.i >= end
    return joined or qualifies or token.text == "&" or (token.text[0].isupper() and token.is_alpha)


def _recurring(reader: Reader, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Other mentions of the unknown names, in the same letters."""
    texts: dict[str, list[Candidate]] = {}
    for name in found:
        texts.setdefault(reader.texts[name.start], []).append(name)
    for at, text in enumerate(reader.texts):
        for name in texts.get(text, ()):
            end = at + name.end - name.start
            same = at != name.start and reader.texts[at:end] == reader.texts[name.start:name.end]
            if same and _stands_alone(reader, at, end):
                yield Candidate(at, end, name.ids, name.levels, at, end, list(name.signs))
                break


def _stands_alone(reader: Reader, start: int, end: int) -> bool:
    """Whether no further name touches a name, and its words are no person's or body's."""
    before = reader.doc[start - 1] if start else None
    after = reader.doc[end] if end < len(reader.doc) else None
    touches = (before is not None and names_a_place(reader, before) and not reader.doc[start].is_sent_start) or (
        after is not None and names_a_place(reader, after) and not after.is_sent_start)
    titled = before is not None and before.lower_.rstrip(".") in reader.words.titles
    hyphened = any(token is not None and token.text == "-" for token in (before, after))
    touches = touches or _qualifies_building(reader, end)
    return not touches and not titled and not hyphened and reader.texts[end - 1] not in reader.surnames


def names_somewhere(reader: Reader, name: Candidate) -> bool:
    """Whether a gazetteer name of which no bearer is likely here still names a place that the gazetteer lacks."""
    if reader.words.locating_alone.isdisjoint(name.signs) or reader.lower(name.end - 1) in reader.words.facility_heads:
        return False
    if not reader.words.naming.isdisjoint(name.signs):
        return True
    return reader.lower(name.start - 1) != "the" and not _qualifies_building(reader, name.end)


def _qualifies_building(reader: Reader, end: int) -> bool:
    """Whether a word for a building or body soon follows a name: "the Mandra police station"."""
    return any(reader.lower(at) in reader.words.facility_heads and all(
        reader.doc[one].pos_ in ("NOUN", "PROPN", "ADJ") for one in range(end, at)) for at in range(end, end + 3))


def _named(
    reader: Reader, index: PlaceIndex, start: int, end: int, kind: str, span: tuple[int, int]
) -> Candidate:
    ids = tuple(place.id for place in index.named(reader.parsed.quote(start, end)))
    return Candidate(start, end, ids, frozenset(reader.words.kinds[kind]), *span, ["kind"])


def _is_title(reader: Reader, at: int) -> bool:
    return reader.texts[at].istitle() and reader.doc[at].is_alpha


def _overlaps(name: Candidate, known: Sequence[Candidate]) -> bool:
    return any(name.start < other.kind_end and other.kind_start < name.kind_end for other in known)
