"""Reads a folder of hand-made labels; the format is described in `tests/gold/README.md`."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec

from kg.errors import KGError
from kg.records import Record

T = TypeVar("T")

_CANONICAL = "groups_canonical.json"


class GoldError(KGError):
    """Labels or predictions that cannot be used."""


class Count(Record, frozen=True, kw_only=True):
    """A labelled number of people; None is an open bound, both None a number the text leaves vague."""

    min: int | None
    max: int | None
    text: str | None = None

    @property
    def vague(self) -> bool:
        """Whether the text gives no number."""
        return self.min is None and self.max is None


class GoldGroup(Record, frozen=True, kw_only=True):
    """A group by its canonical name, with its forms in the text."""

    name: str
    mentions: tuple[str, ...] = ()


class GoldEvent(Record, frozen=True, kw_only=True):
    """One incident; `evidence` are sentences, or character offsets into the text file."""

    id: str
    type: str
    alt_types: tuple[str, ...] = ()
    is_militant_attack: bool
    salience: str = "main"
    date: str | None = None
    alt_dates: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    country: str | None = None
    claimed_by: tuple[str, ...] = ()
    attributed_to: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    victims_named: tuple[str, ...] = ()
    killed: Count | None = None
    injured: Count | None = None
    attackers_killed: Count | None = None
    kidnapped: Count | None = None
    evidence: tuple[str | tuple[int, int], ...] = ()
    optional_values: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    any_one: tuple[str, ...] = ()

    @property
    def types(self) -> tuple[str, ...]:
        """The label type and those that are as good."""
        return (self.type, *self.alt_types)

    @property
    def dates(self) -> tuple[str, ...]:
        """The dates that are right."""
        return tuple(date for date in (self.date, *self.alt_dates) if date)


class GoldRelation(Record, frozen=True, kw_only=True):
    """A stated relation; its ends are canonical names of groups or words of the text."""

    subject: str
    predicate: str
    object: str
    evidence: str | tuple[int, int] | None = None


class OptionalItem(Record, frozen=True, kw_only=True):
    """An event (by its sentences, or `anywhere`) or a relation that is neither rewarded nor punished."""

    kind: str
    evidence: tuple[str | tuple[int, int], ...] = ()
    anywhere: bool = False
    types: tuple[str, ...] = ()
    subject: str = ""
    predicate: str = ""
    objects: tuple[str, ...] = ()


class Labels(Record, frozen=True, kw_only=True):
    """One label file."""

    id: str = ""
    text_file: str | None = None
    published: str | None = None
    groups: tuple[GoldGroup, ...] = ()
    events: tuple[GoldEvent, ...]
    relations: tuple[GoldRelation, ...] = ()
    extra_relations: tuple[GoldRelation, ...] = ()
    optional_items: tuple[OptionalItem, ...] = ()


class GoldDocument(Record, frozen=True, kw_only=True):
    """Labels with the file and the words of their text; `forms` are further forms of its groups seen elsewhere."""

    id: str
    file: str
    text: str
    labels: Labels
    forms: dict[str, tuple[str, ...]]

    def quote(self, evidence: str | tuple[int, int] | None) -> str:
        """The words of an evidence, however it is given."""
        if evidence is None:
            return ""
        return evidence if isinstance(evidence, str) else self.text[evidence[0]:evidence[1]]


def read_gold(folder: Path) -> tuple[GoldDocument, ...]:
    """All label files of a folder in the order of their names; raises GoldError naming the file at fault."""
    if not folder.is_dir():
        raise GoldError("no such folder", where=str(folder), mend="name a folder of label files")
    canonical = _canonical(folder / _CANONICAL)
    files = [file for file in sorted(folder.glob("*.json")) if file.name != _CANONICAL]
    found = tuple(_document(file, canonical) for file in files if _has_labels(file))
    if not found:
        raise GoldError("no label files here", where=str(folder), mend="tests/gold/README.md describes their form")
    return found


def _canonical(file: Path) -> dict[str, tuple[str, ...]]:
    if not file.is_file():
        return {}
    return _decoded(file, dict[str, tuple[str, ...]])


def _has_labels(file: Path) -> bool:
    return "events" in _decoded(file, dict[str, msgspec.Raw])


def _document(file: Path, canonical: dict[str, tuple[str, ...]]) -> GoldDocument:
    labels = _decoded(file, Labels)
    text = file.parent / labels.text_file if labels.text_file else file.with_suffix(".txt")
    try:
        words = text.read_text(encoding="utf-8")
    except OSError as error:
        raise GoldError(f"its text {text} cannot be read", where=str(file), mend="put the text beside it") from error
    forms = {group.name: canonical.get(group.name, ()) for group in labels.groups}
    return GoldDocument(id=file.stem, file=str(text), text=words, labels=labels, forms=forms)


def _decoded(file: Path, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(file.read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError) as error:
        raise GoldError(str(error), where=str(file), mend="mend the label file") from error
