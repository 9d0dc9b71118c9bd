"""Finds who speaks the words between quotation marks, within and across sentences."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.extract.grammar import grammatical_subject
from kg.extract.language import Parsed

_OPENING, _CLOSING, _EITHER = {"“", "«", "``"}, {"”", "»", "''"}, {'"'}
_REACH = 12  # tokens between a quotation mark and the verb of saying that belongs to it


def quoted_speech(parsed: Parsed, token: int, speech: frozenset[str]) -> Token | None:
    """The subject of the verb of saying beside the quotation that holds a token; None outside quotations.

    Quotations do not cross a line end. A quotation of fewer than four words is a quoted expression, not speech.
    """
    doc = parsed.doc
    first, last = _line(doc, token)
    marks = _quotation(doc, token, first, last)
    if marks is None or marks[1] - marks[0] < 5:
        return None
    after = range(marks[1] + 1, min(marks[1] + _REACH, last))
    before = range(marks[0] - 1, max(marks[0] - _REACH, first - 1), -1)
    for place in (*after, *before):
        verb = doc[place]
        if verb.lemma_ in speech and verb.pos_ == "VERB":
            return grammatical_subject(verb)
    return None


def _line(doc: Doc, token: int) -> tuple[int, int]:
    first = last = token
    while first > 0 and "\n" not in doc[first - 1].text_with_ws:
        first -= 1
    while last < len(doc) and "\n" not in doc[last].text_with_ws:
        last += 1
    return first, last


def _quotation(doc: Doc, token: int, first: int, last: int) -> tuple[int, int] | None:
    """The opening and closing mark around a token within its line."""
    opened: int | None = None
    for place in range(first, last):
        text = doc[place].text
        if text in _OPENING or (text in _EITHER and opened is None):
            opened = place
        elif opened is not None and (text in _CLOSING or text in _EITHER):
            if opened < token < place:
                return opened, place
            opened = None
        if place >= token and opened is None:
            return None
    return None
