"""What stands right beside a name in the text: age, and what its bearer is said to be."""

from __future__ import annotations

import re

from kg.resolve.entity_knowledge import Roles
from kg.spellings import fold

_BEFORE, _AFTER = 70, 90
_LONGEST_ROLE = 3
_CUT_BEFORE = re.compile(r"^.*(?:[a-z)\"”’][.!?;:]\s|\n|[;:—–(])", re.DOTALL)
_CUT_AFTER = re.compile(r"[.;:!?](?=\s|$)|\n|[—–]")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def surroundings(text: str, start: int, end: int) -> tuple[str, str]:
    """The words before and after a name within its sentence, by punctuation alone."""
    before = _CUT_BEFORE.sub("", text[max(0, start - _BEFORE):start])
    return before, _CUT_AFTER.split(text[end:end + _AFTER], maxsplit=1)[0]


def age(before: str, after: str, roles: Roles) -> int | None:
    """The age given beside a name."""
    found = [match for pattern in roles.age_after if (match := pattern.match(after))]
    found += [match for pattern in roles.age_before if (match := pattern.search(before))]
    return int(found[0].group(1)) if found else None


def role_classes(before: str, after: str, roles: Roles) -> set[str]:
    """The classes of what a name's bearer is said to be by titles and appositions."""
    return {role for role in (_preceding(before, roles), _following(after, roles)) if role}


def _preceding(before: str, roles: Roles) -> str | None:
    """ "police inspector X" and "its founder, X"."""
    words = [fold(word).lower() for word in _WORD.findall(before)]
    if not before.rstrip().endswith(","):
        return _last(words, roles)
    phrase = _words_of(before.rstrip().rstrip(",").split(",")[-1])
    return _first(phrase, roles) if phrase and phrase[0] in roles.openers else None


def _following(after: str, roles: Roles) -> str | None:
    """ "X, a former bus driver", "X, 34, who leads", "X, spokesman for"."""
    pieces = after.split(",")
    if pieces[0].strip():
        return None
    for piece in pieces[1:3]:
        phrase = _words_of(piece)
        if phrase and not phrase[0].isdigit():
            return _first(phrase, roles)
    return None


def _words_of(piece: str) -> list[str]:
    return [fold(word).lower().replace("  ", " ") for word in _WORD.findall(piece)]


def _last(words: list[str], roles: Roles) -> str | None:
    """The longest role that ends the words."""
    for width in range(_LONGEST_ROLE, 0, -1):
        if len(words) >= width and (role := roles.of_phrase.get(" ".join(words[-width:]))):
            return role
    return None


def _first(words: list[str], roles: Roles) -> str | None:
    """The role that heads an apposition; none if the phrase is a clause of its own ("X, the inspector said, …")."""
    limit = next((i for i, word in enumerate(words) if i and word in roles.closers | roles.speech), len(words))
    if words[limit:limit + 1] and words[limit] in roles.speech:
        return None
    head = words[:limit]
    for i in range(len(head), 0, -1):
        if role := _last(head[:i], roles):
            return role
    return None
