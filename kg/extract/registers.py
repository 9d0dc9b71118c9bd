"""Tells paragraphs of sport, business, wildlife and other fields, which borrow the words of war, from reports of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
import yaml

from kg.errors import KnowledgeError
from kg.extract.language import Parsed
from kg.settings import Settings

FILE = "registers.yaml"


class RegisterFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of `registers.yaml`."""

    paragraph: int
    document: int
    overriding: tuple[str, ...]
    decisive: frozenset[str]
    fields: dict[str, tuple[str, ...]]
    conflict: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Registers:
    """The words, compiled for text in small letters: one pattern for each field and one for the conflict."""

    words: RegisterFile
    fields: dict[str, re.Pattern[str]]
    conflict: re.Pattern[str]


def load_registers(settings: Settings) -> Registers:
    """Read and compile the registers; raises KnowledgeError naming the file and the field at fault."""
    path = settings.language_data / FILE
    try:
        words = msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), RegisterFile)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise KnowledgeError(f"unreadable: {error}", where=str(path), mend="mend the field it names") from error
    return Registers(words, {name: _pattern(row) for name, row in words.fields.items()}, _pattern(words.conflict))


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"\b({listed})(?:s|es|ed|ing)?\b")


def foreign_spans(parsed: Parsed, registers: Registers) -> list[tuple[int, int]]:
    """The character spans of the paragraphs that tell of another field than conflict."""
    text, found = parsed.document.text, _Words.of(parsed, registers)
    whole = found.counts(0, len(text))
    most = max(whole.values(), default=0)
    foreign_document = most >= registers.words.document and found.conflicting(0, len(text)) < max(3, most // 2)
    least = registers.words.paragraph
    foreign_document |= found.decided(0, len(text), registers.words.decisive) > least > found.conflicting(0, len(text))
    foreign_document |= any(whole[name] >= registers.words.document - 2 for name in registers.words.overriding)
    spans = []
    begin = 0
    for line in text.splitlines(keepends=True):
        end = begin + len(line)
        if foreign_document or _foreign(found, begin, end, registers):
            spans.append((begin, end))
        begin = end
    return spans


def theatre(parsed: Parsed, registers: Registers) -> bool:
    """Whether a document speaks of a conflict at all: two different words of it."""
    return _Words.of(parsed, registers).conflicting(0, len(parsed.document.text)) >= 2


def mostly_foreign(parsed: Parsed, registers: Registers) -> bool:
    """Whether a document has several words of some other field, and more different ones than of conflict."""
    found, end = _Words.of(parsed, registers), len(parsed.document.text)
    most = max(found.counts(0, end).values(), default=0)
    return most > max(registers.words.paragraph, found.conflicting(0, end))


def _foreign(found: _Words, begin: int, end: int, registers: Registers) -> bool:
    most = max(found.counts(begin, end).values(), default=0)
    most = max(most, registers.words.paragraph * (found.decided(begin, end, registers.words.decisive) > 0))
    return most >= registers.words.paragraph and found.conflicting(begin, end) < max(2, most - 1)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of each field and of the conflict in a document, with where they begin; searched for once."""

    fields: dict[str, list[tuple[int, str]]]
    conflict: list[tuple[int, str]]

    @staticmethod
    def of(parsed: Parsed, registers: Registers) -> _Words:
        known = parsed.notes.get(_Words)
        if not isinstance(known, _Words):
            fields = {name: _found(pattern, parsed.lower) for name, pattern in registers.fields.items()}
            known = parsed.notes[_Words] = _Words(fields, _found(registers.conflict, parsed.lower))
        return known

    def counts(self, begin: int, end: int) -> dict[str, int]:
        """How many different words of each field begin between two offsets."""
        return {name: _different(row, begin, end) for name, row in self.fields.items()}

    def decided(self, begin: int, end: int, decisive: frozenset[str]) -> int:
        """How often words that leave no doubt of their field begin between two offsets."""
        return sum(begin <= at < end and word in decisive for row in self.fields.values() for at, word in row)

    def conflicting(self, begin: int, end: int) -> int:
        """How many different words of the conflict begin between two offsets."""
        return _different(self.conflict, begin, end)


def _found(pattern: re.Pattern[str], text: str) -> list[tuple[int, str]]:
    return [(match.start(), match.group(1)) for match in pattern.finditer(text)]


def _different(found: list[tuple[int, str]], begin: int, end: int) -> int:
    return len({word for at, word in found if begin <= at < end}) if found else 0
