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
    fields: dict[str, tuple[str, ...]]
    conflict: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Registers:
    """The words, compiled: one pattern for each field and one for the conflict."""

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
    return re.compile(rf"\b({listed})(?:s|es|ed|ing)?\b", re.IGNORECASE)


def foreign_spans(parsed: Parsed, registers: Registers) -> list[tuple[int, int]]:
    """The character spans of the paragraphs that tell of another field than conflict."""
    text = parsed.document.text
    whole = _counts(text, registers)
    foreign_document = max(whole.values(), default=0) >= registers.words.document and \
        _different(registers.conflict, text) < max(3, max(whole.values(), default=0) // 2)
    foreign_document |= any(whole[name] >= registers.words.document - 2 for name in registers.words.overriding)
    spans = []
    begin = 0
    for line in text.splitlines(keepends=True):
        end = begin + len(line)
        if foreign_document or _foreign(line, registers):
            spans.append((begin, end))
        begin = end
    return spans


def theatre(parsed: Parsed, registers: Registers) -> bool:
    """Whether a document speaks of a conflict at all: two different words of it."""
    return _different(registers.conflict, parsed.document.text) >= 2


def mostly_foreign(parsed: Parsed, registers: Registers) -> bool:
    """Whether a document has several words of some other field, and more different ones than of conflict."""
    text = parsed.document.text
    most = max(_counts(text, registers).values(), default=0)
    return most > max(registers.words.paragraph, _different(registers.conflict, text))


def _foreign(paragraph: str, registers: Registers) -> bool:
    most = max(_counts(paragraph, registers).values(), default=0)
    return most >= registers.words.paragraph and _different(registers.conflict, paragraph) < max(2, most - 1)


def _counts(text: str, registers: Registers) -> dict[str, int]:
    return {name: _different(pattern, text) for name, pattern in registers.fields.items()}


def _different(pattern: re.Pattern[str], text: str) -> int:
    return len({match.group(1).lower() for match in pattern.finditer(text)})
