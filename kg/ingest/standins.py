"""Repairs apostrophes, quotation marks and dashes that arrived as one wrong character, by what stands around them.

A text whose UTF-8 was read in another encoding and then lost bytes shows one and the same letter for ’, “, ” and —
("Kenyaโs"). No decoding brings them back; their places in the sentence do.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

import msgspec
import yaml

LOST = "\ufffd"
_PARAGRAPH = re.compile(r"(\n[ \t]*\n)")
_SURE = "\ufdd0"  # a noncharacter that marks a sure stand-in while a text is being repaired
_WORD_BEFORE = re.compile(r"[^\W_]+$")
_WORD_AFTER = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"(?:://|www\.)\S*$")
_CLOSERS = ".,!?;:…)]%"
_OPENERS = "([{/-–—“‘\""


class Trust(Enum):
    """How sure it is that a character stands in for a mark."""

    SURE = "sure"
    LOST = "lost"  # U+FFFD, in a text whose other U+FFFD fit marks
    ACCENTS = "accents"  # U+FFFD, in a text that lost accented letters as well
    DOUBTFUL = "doubtful"


class Tables(msgspec.Struct, frozen=True):
    """The language data of the repair, as `standins.yaml` holds it."""

    contractions: frozenset[str]
    elisions: frozenset[str]
    function_words: frozenset[str]
    doubtful: str
    lead_bytes: str
    last_bytes: dict[str, str]
    lookalike_scripts: tuple[str, ...]


@cache
def tables() -> Tables:
    """The language data, read once."""
    with Path(__file__).with_name("standins.yaml").open(encoding="utf-8") as file:
        return msgspec.convert(yaml.safe_load(file), Tables)


@dataclass(frozen=True, slots=True)
class Place:
    """A stand-in's surroundings: the nearest other characters and the words that touch it ("" at a line's edge)."""

    before: str
    after: str
    word_before: str
    word_after: str
    in_address: bool
    opened: int
    closed_later: bool

    @property
    def inside_word(self) -> bool:
        """Whether letters or digits touch it on both sides."""
        return bool(self.word_before and self.word_after)


def repair(text: str) -> str:
    """The text with its stand-ins replaced by the marks they stand for; a text without any comes back unchanged."""
    text = _decode_leads(text)
    sure = {char for char in set(text) if _odd_letter(char) and _trusted(text, char)}
    for char in sorted(sure):
        text = _isolated(char).sub(lambda run: _SURE * len(run.group()), text)
    if _SURE in text:
        text = _resolve(text, _SURE, Trust.SURE)
    if LOST in text:
        trust = Trust.ACCENTS if _accents_lost(text) else Trust.LOST
        text = _resolve(_possessives_of_known_words(text), LOST, trust)
    for char in tables().doubtful:
        if char in text and _trusted(text, char):
            text = _resolve(text, char, Trust.DOUBTFUL)
    return text


def _decode_leads(text: str) -> str:
    """Decode lead byte, "€", last byte; without its last byte the pair is a sure stand-in."""
    if "€" not in text:
        return text
    last = tables().last_bytes
    pattern = re.compile(f"[{tables().lead_bytes}]€([{''.join(last)}{LOST}]?)")
    return pattern.sub(lambda found: last.get(found.group(1), _SURE), text)


def _possessives_of_known_words(text: str) -> str:
    """Give "Peru�s" its apostrophe if the text has "Peru" elsewhere: the only proof where accents were lost as well."""
    def possessive(found: re.Match[str]) -> str:
        alone = re.search(rf"\b{found.group(1)}\b(?!{LOST})", text)
        return f"{found.group(1)}’s" if alone else found.group()
    return re.sub(rf"\b([A-Za-z]+){LOST}s\b", possessive, text)


def _accents_lost(text: str) -> bool:
    """Whether U+FFFD also stands inside words, as it does where accented letters were lost."""
    if re.search(rf"\b[A-Za-z]{LOST}[a-z]{{2}}", text):
        return True
    endings = re.findall(rf"[A-Za-z]{LOST}([a-z]{{1,2}})\b", text)
    return any(ending not in tables().contractions | tables().function_words for ending in endings)


def _odd_letter(char: str) -> bool:
    """Whether a character is a letter of a script other than Latin (U+0250 and below is Latin or a common sign)."""
    if char < "\u0370" or unicodedata.category(char) not in {"Lo", "Ll", "Lu"}:
        return False
    name = unicodedata.name(char, "")
    return not name.startswith(("LATIN", "CJK", "HIRAGANA", "KATAKANA", "HANGUL"))


def _isolated(char: str) -> re.Pattern[str]:
    """The character where no other letter or sign of a script beyond Latin touches it: true words have more letters."""
    beyond = "\u0300-\u1dff\u2c00-\ud7ff\uf900-\ufaff\ufb1d-\ufdcf\ufe70-\ufefc"
    return re.compile(f"(?<![{beyond}]){re.escape(char)}{{1,2}}(?![{beyond}])")


def _trusted(text: str, char: str) -> bool:
    """Whether a character stands at least once where only an apostrophe or a pair of quotation marks can."""
    mark = re.escape(char)
    endings = "|".join(sorted(tables().contractions))
    if re.search(rf"[A-Za-z]{mark}(?:{endings})(?![\w=/&])", text):
        return True
    if char in tables().doubtful:
        return False
    if re.search(rf"(?:^|[\s(]){mark}{{1,2}}[A-Za-z][^{mark}\n]*[A-Za-z.,!?]{mark}(?=$|[\s.,;:)])", text, re.MULTILINE):
        return True
    lookalike = unicodedata.name(char, "").startswith(tables().lookalike_scripts)
    return not lookalike and re.search(rf"[a-z]{{2}}{mark}[A-Za-z]{{2}}", text) is not None


def _resolve(text: str, mark: str, trust: Trust) -> str:
    return "".join(_resolve_paragraph(piece, mark, trust) for piece in _PARAGRAPH.split(text))


def _resolve_paragraph(text: str, mark: str, trust: Trust) -> str:
    """Replace the marks of one paragraph from left to right, counting the quotations that are open."""
    pieces = text.split(mark)
    done, opened = [pieces[0]], 0
    for index, piece in enumerate(pieces[1:], start=1):
        rest = mark.join(pieces[index:index + 3])
        place = _place("".join(done[-2:]) if len(done) > 1 else done[0], rest, mark, opened)
        sign = _sign(place, trust) or mark
        opened = max(0, opened + {"“": 1, "”": -1}.get(sign, 0))
        done += [sign, piece]
    return "".join(done)


def _place(before: str, after: str, mark: str, opened: int) -> Place:
    near, far = before[-1:], after.lstrip(mark)[:1]
    word_before, word_after = _WORD_BEFORE.search(before[-40:]), _WORD_AFTER.match(after[:40])
    return Place(
        before="" if near == "\n" else near,
        after="" if far == "\n" else far,
        word_before=word_before.group() if word_before else "",
        word_after=word_after.group() if word_after else "",
        in_address=_ADDRESS.search(before[-200:]) is not None,
        opened=opened,
        closed_later=_closed_later(after, mark),
    )


def _closed_later(after: str, mark: str) -> bool:
    """Whether the next other stand-in of the paragraph closes a quotation, rather than opening one."""
    place = re.search(rf"(.){re.escape(mark)}(.|$)", after, re.DOTALL)
    return bool(place) and not place.group(1).isspace() and not place.group(2).isalnum()  # type: ignore[union-attr]


def _sign(place: Place, trust: Trust) -> str | None:
    """The mark that belongs in a place, or None where there is no telling."""
    if place.in_address:
        return None
    if place.inside_word:
        return _inside_word(place, trust)
    if _edge(place.before) and _edge(place.after):
        return None if trust is not Trust.SURE else "—" if place.before else "•"
    if (_edge(place.before) or place.before in _OPENERS) and not _edge(place.after):
        return _opening(place, trust)
    if _edge(place.after) or place.after in _CLOSERS or place.after in "-–—\"”’":
        return _closing(place, trust)
    if place.before in _CLOSERS and place.word_after and trust is Trust.SURE:
        return "”" if place.opened else "“"
    return None


def _edge(char: str) -> bool:
    return not char or char.isspace()


def _inside_word(place: Place, trust: Trust) -> str | None:
    """An apostrophe or a dash."""
    before, after = place.word_before, place.word_after
    known = tables()
    if trust is Trust.ACCENTS:
        return None
    if after in known.contractions or (after.lower() in known.contractions and before.isupper() and len(before) > 1):
        return "’"
    if trust is Trust.DOUBTFUL:
        return None
    if before in known.elisions and after[0].isupper():
        return "’"
    if before[-1].isdigit() and after[0].isdigit():
        return "–"
    joined = before.lower() in known.function_words or after in known.function_words
    if trust is Trust.LOST:
        return "—" if joined or (before[-1].islower() and after[0].isupper() and len(after) > 1) else None
    if before.istitle() and 2 <= len(before) <= 3 and after.islower() and not joined:
        return "’"
    return "—"


def _opening(place: Place, trust: Trust) -> str | None:
    if re.fullmatch(r"\d0s", place.word_after):
        return "’"
    if trust is Trust.SURE or (place.closed_later and (trust is Trust.LOST or place.after.isupper())):
        return "“"
    return None


def _closing(place: Place, trust: Trust) -> str | None:
    """A closing quotation mark, or the apostrophe of a plural possessive ("the soldiers’ post")."""
    possessive = place.word_before.lower().endswith("s") and place.after == " "
    if possessive and trust in (Trust.SURE, Trust.LOST) and (not place.opened or place.closed_later):
        return "’"
    if place.opened or trust is Trust.SURE:
        return "”"
    return "”" if trust in (Trust.LOST, Trust.ACCENTS) and place.before in ".,!" else None
