"""Tells the items of a list: lines headed by a place, a day or both ("- Sur, 9 March: two killed …")."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WORD = r"(?:[A-Z][\w'’.-]*|\d{1,4}(?:st|nd|rd|th)?|of|and|the|al|el|de|la|du)"
_HEAD = re.compile(
    rf"(?:[-*•–·] *)?{_WORD}(?:(?:,? | ?[-–—/] ?| ?\(){_WORD}\)?){{0,11}}(?::| [-–—]) +(?=\S)"
    # "5 July. Sur. Two killed …"
    r"|(?:[-*•–·] +)?\d{1,2} [A-Z][a-z]{2,8}\. [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?\. +(?=[A-Z])")
_LONGEST = 70
_SPEAKS = re.compile(r"[A-Z][a-z]+:")


def item_heads(text: str) -> dict[int, int]:
    """Where the heads of the items begin and end, if the text has several of them.

    The head of a single line is a dateline or a speaker and no head of an item.
    """
    found = dict(_heads(text))
    return found if len({text[start:end] for start, end in found.items()}) > 1 else {}


def _heads(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for line in text.splitlines(keepends=True):
        head = _HEAD.match(line)
        if head is not None and head.end() <= _LONGEST and not _SPEAKS.fullmatch(head.group().strip()):
            yield begin, begin + head.end()
        begin += len(line)
