"""Reads runs of words that may be the name of a place that no gazetteer has."""

from __future__ import annotations

from kg.extract.placegrammar import Reader
from kg.extract.syntax import Token

LONGEST = 4  # words of a name


def run_of_names(reader: Reader, at: int, step: int, *, kind_at: int = -1) -> int:
    """The last token of the run of names that begins beside a token, going left (-1) or right (1).

    The recogniser takes "the Rimal quarter" for a date: before a kind in the same phrase its label does not count.
    """
    edge = at
    dated = kind_at >= 0 and reader.doc[kind_at].ent_type_ == "DATE"
    while abs(edge - at) < LONGEST and 0 <= edge + step < len(reader.doc):
        if not _may_go_on(reader, edge, edge + step, kind_at, dated=dated):
            break
        edge += step
    return edge


def _may_go_on(reader: Reader, edge: int, at: int, kind_at: int, *, dated: bool) -> bool:
    """Whether a run takes in a token: part of a name, or the compass word in "Sur East county"."""
    quarter = edge == kind_at and reader.texts[at].istitle() and reader.lower(at) in reader.words.compass
    return at - quarter >= 0 and names_a_place(reader, reader.doc[at - quarter], dated=dated)


def names_a_place(reader: Reader, token: Token, *, dated: bool = False, said: bool = False) -> bool:
    """Whether a word may be part of an unknown place's name."""
    words = reader.words
    named = token.text[0].isupper() and token.is_alpha and (said or token.pos_ in ("PROPN", "X", "ADJ", "NOUN"))
    if not reader.upper_case and len(token) > 1 and token.text[1].isupper():
        return False
    barred = words.no_names | words.compass | words.titles | words.organisation_heads
    if dated and named and token.ent_type_ == "DATE":
        return token.lower_ not in barred and token.lower_ not in words.never
    return named and token.lower_ not in barred and token.ent_type_ not in ("NORP", "DATE", "TIME", "ORDINAL")
