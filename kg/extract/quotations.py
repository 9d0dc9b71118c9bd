"""Finds who speaks the words between quotation marks, within and across sentences."""

from __future__ import annotations

from kg.extract.grammar import grammatical_subject
from kg.extract.language import Parsed
from kg.extract.syntax import Token
from kg.extract.tokens import Tokens

_OPENING, _CLOSING, _EITHER = {"“", "«", "``"}, {"”", "»", "''"}, {'"'}
_REACH = 12  # tokens between a quotation mark and the verb of saying that belongs to it


def quoted_speech(parsed: Parsed, token: int, speech: frozenset[str]) -> Token | None:
    """The subject of the verb of saying beside the quotation that holds a token; None outside quotations.

    Quotations do not cross a line end. A quotation of fewer than four words is a quoted expression, not speech.
    """
    doc, words = parsed.doc, Tokens.of(parsed).text
    first, last = _line(words, token)
    marks = _quotation(words, token, first, last)
    if marks is None or marks[1] - marks[0] < 5:
        return None
    after = range(marks[1] + 1, min(marks[1] + _REACH, last))
    before = range(marks[0] - 1, max(marks[0] - _REACH, first - 1), -1)
    for place in (*after, *before):
        verb = doc[place]
        if verb.lemma_ in speech and verb.pos_ == "VERB":
            return grammatical_subject(verb)
    return None


def in_quotation(parsed: Parsed, token: int) -> bool:
    """Whether a token stands between quotation marks of its line."""
    words = Tokens.of(parsed).text
    return _quotation(words, token, *_line(words, token)) is not None


def _line(words: list[str], token: int) -> tuple[int, int]:
    first = last = token
    while first > 0 and "\n" not in words[first - 1]:
        first -= 1
    while last < len(words) and "\n" not in words[last]:
        last += 1
    return first, last


def _quotation(words: list[str], token: int, first: int, last: int) -> tuple[int, int] | None:
    """The opening and closing mark around a token within its line."""
    opened: int | None = None
    for place in range(first, last):
        text = words[place]
        if text in _OPENING or (text in _EITHER and opened is None):
            opened = place
        elif opened is not None and (text in _CLOSING or text in _EITHER):
            if opened < token < place:
                return opened, place
            opened = None
        if place >= token and opened is None:
            return None
    return None
