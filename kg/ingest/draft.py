"""A document as a reader finds it, before its text is cleaned and its metadata checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path

import msgspec
import yaml
from dateutil import parser as dates

_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_WRITTEN = re.compile(r"[A-Za-z]{3}")
# Lines of a head that are no `key: value` are list items or nested values of other programs, and are passed over.
_HEAD = re.compile(r"---[ \t]*\r?\n((?:(?:[A-Za-z][\w-]*[ \t]*:|[ \t]+|-[ \t]|#).*\r?\n)+)---[ \t]*(?:\r?\n|$)\s*")
_BEGUN_HEAD = re.compile(r"---[ \t]*\r?\n(?:[^\n]*\n){0,5}?[ \t]*(?:published|source|title|publisher)\b", re.IGNORECASE)
_KEY = re.compile(r"^([A-Za-z][\w-]*)[ \t]*:(.*)$", re.MULTILINE)
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Raw text and metadata of one document; `where` and `line` say where it was found, `raw` are its own bytes.

    Without a `line` it is all there is in its file.
    """

    text: str
    raw: bytes
    source: str
    where: str
    line: int | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Fields:
    """The values of one row or one head, found under whatever names the file uses."""

    values: Mapping[str, object]
    names: Mapping[str, str] = field(default_factory=dict)

    def get(self, part: str) -> str | None:
        """The value of a part of a document ("text", "source" …), None if there is none."""
        value = self.values.get(self.names.get(part, ""))
        if value is None or isinstance(value, dict | list):
            return None
        return str(value).strip() or None


def named(columns: list[str]) -> dict[str, str]:
    """Which column holds which part of a document, by the table of known names."""
    plain = {re.sub(r"[\s_-]", "", column).lower(): column for column in reversed(columns)}
    found = {}
    for part, names in _known_names().items():
        column = next((plain[name] for name in names if name in plain), None)
        if column is not None:
            found[part] = column
    return found


def front_matter(text: str) -> tuple[Fields, str]:
    """The `key: value` lines between two `---` lines at the head of a text, and the text below them."""
    head = _HEAD.match(text)
    if head is None:
        return Fields({}), text
    values = {key: value.strip().strip("'\"") for key, value in _KEY.findall(head.group(1))}
    return Fields(values, named(list(values))), text[head.end():]


def broken_head(text: str) -> bool:
    """Whether a text that has no front matter begins as if it should have some."""
    return _BEGUN_HEAD.match(text) is not None


def iso_day(value: str) -> str | None:
    """The calendar day of a date or time stamp, None if it names none ("2016", "03/04/2016" and "soon" do not)."""
    found = _ISO_DAY.match(value.strip())
    try:
        if found:
            day = date(*(int(part) for part in found.groups()))
        elif re.fullmatch(r"\d{8}", value.strip()):
            day = datetime.strptime(value.strip(), "%Y%m%d").date()
        else:
            day = _written_day(value)
    except (ValueError, OverflowError):
        return None
    return day.isoformat() if day.year in _YEARS else None


def _written_day(value: str) -> date:
    """A day with its month in letters ("20 June 2016"); ValueError unless day, month and year all stand there."""
    if not _WRITTEN.search(value):
        raise ValueError(value)
    first, second = (dates.parse(value, default=default) for default in (datetime(2001, 1, 1), datetime(2002, 2, 2)))
    if first.date() != second.date():
        raise ValueError(value)
    return first.date()


@cache
def _known_names() -> dict[str, list[str]]:
    with Path(__file__).with_name("columns.yaml").open(encoding="utf-8") as file:
        return msgspec.convert(yaml.safe_load(file), dict[str, list[str]])
