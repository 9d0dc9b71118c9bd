"""The records that pass between rooms, their ids and their JSON form.

Every anchor is a pair of character offsets into `Document.text` (Python string indices, end exclusive). Nothing here
imports a heavy library, so that every room and the command line may use it.
"""

from __future__ import annotations

import hashlib
import json
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

import msgspec

Json = dict[str, Any]
Row = TypeVar("Row", "Mention", "Entity")
R = TypeVar("R", bound="Record")


class Kind(StrEnum):
    """What a mention or an entity is."""

    GROUP = "group"
    FORCE = "force"
    PERSON = "person"
    PEOPLE = "people"
    PLACE = "place"
    FACILITY = "facility"
    PROJECT = "project"
    WEAPON = "weapon"
    ORGANIZATION = "organization"
    TIME = "time"
    COUNT = "count"
    EVENT = "event"
    THING = "thing"


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the records: immutable, keyword-only, compared by value.

    Fields named in `internal` are kept in the workspace and left out of the public JSON.
    """

    internal: ClassVar[tuple[str, ...]] = ()


class Span(Record, frozen=True, kw_only=True):
    """A place in a document's text without its words."""

    start: int
    end: int


class Anchor(Record, frozen=True, kw_only=True):
    """A place in a document's text together with its words: `document.text[start:end] == text`."""

    start: int
    end: int
    text: str


class Document(Record, frozen=True, kw_only=True):
    """A source text with its metadata; `text` is the cleaned text and never changes after ingest.

    `id` is the SHA-256 of the cleaned text, `raw_sha256` that of the bytes as found, `cleaner` the version of the
    cleaning that led from one to the other. `published` is an ISO day. `origin` is the full path of the file whose only
    document this is: what is read from there later is a new version of it.
    """

    internal: ClassVar[tuple[str, ...]] = ("raw_sha256", "cleaner", "origin")

    id: str
    source: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = "en"
    text: str
    raw_sha256: str = ""
    cleaner: str = ""
    origin: str | None = None


class Mention(Record, frozen=True, kw_only=True):
    """A span that names or describes something; `entity` is the id of the entity it refers to, if it refers."""

    id: str
    start: int
    end: int
    text: str
    entity: str | None = None
    kind: Kind


class Entity(Record, frozen=True, kw_only=True):
    """Something in the world as one document speaks of it; `link` is a seed row's id, `geonames:<id>`, or None."""

    id: str
    kind: Kind
    name: str
    aliases: tuple[str, ...] = ()
    link: str | None = None


class When(Record, frozen=True, kw_only=True):
    """The date of an event as precisely as the text gives it; `start`/`end` anchor `text`, if it stands in the text."""

    internal: ClassVar[tuple[str, ...]] = ("start", "end")

    earliest: str
    latest: str
    precision: str
    text: str
    start: int | None = None
    end: int | None = None


class Actor(Record, frozen=True, kw_only=True):
    """What an entity has to do with an event, how that is known and who says so.

    `speaker` is an entity id, or the words of the text, or None (the narrator).
    """

    internal: ClassVar[tuple[str, ...]] = ("rule", "confidence")

    entity: str
    role: str
    status: str
    speaker: str | None = None
    evidence: Span
    rule: str = ""
    confidence: float = 0.0


class Casualties(Record, frozen=True, kw_only=True):
    """A count of people killed, injured, kidnapped, missing or arrested; None is an open bound."""

    outcome: str
    side: str
    min: int | None
    max: int | None
    approximate: bool = False
    who: str | None = None
    start: int
    end: int
    text: str
    speaker: str | None = None

    @property
    def key(self) -> str:
        """What tells a count from the others of its event."""
        return f"{self.outcome}@{self.start}"


class Estimate(Record, frozen=True, kw_only=True):
    """How probable it is that an event has a value in a slot; `rule` is the kind of value that the number stands for.

    `value` is the id of the mention or entity that fills the slot, `Casualties.key` for a count, empty where a slot has
    one value only.
    """

    slot: str
    value: str = ""
    rule: str
    confidence: float


class Event(Record, frozen=True, kw_only=True):
    """An occurrence as one document asserts it.

    `places`, `targets` and `weapons` hold mention ids, `victims` entity ids. `reasons` are those that its confidence
    was summed from, `estimates` tell how sure each of its values is.
    """

    internal: ClassVar[tuple[str, ...]] = ("reasons", "estimates")

    id: str
    type: str
    status: str
    triggers: tuple[Anchor, ...] = ()
    date: When | None = None
    time_of_day: str | None = None
    places: tuple[str, ...] = ()
    country: str | None = None
    actors: tuple[Actor, ...] = ()
    targets: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    victims: tuple[str, ...] = ()
    casualties: tuple[Casualties, ...] = ()
    part_of: str | None = None
    salience: str = "main"
    evidence: tuple[Span, ...] = ()
    rules: tuple[str, ...] = ()
    confidence: float = 0.0
    reasons: tuple[str, ...] = ()
    estimates: tuple[Estimate, ...] = ()

    def sure_of(self, slot: str, value: str = "") -> float:
        """The confidence of a value of a slot; that of the event where none was estimated."""
        return next((e.confidence for e in self.estimates if (e.slot, e.value) == (slot, value)), self.confidence)


class Relation(Record, frozen=True, kw_only=True):
    """A relation between two entities as one document asserts it."""

    id: str
    subject: str
    predicate: str
    object: str
    status: str
    speaker: str | None = None
    evidence: Span
    rule: str
    confidence: float = 0.0


class Extraction(Record, frozen=True, kw_only=True):
    """Everything one document asserts; ids are local to the document."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    relations: tuple[Relation, ...] = ()

    def mention(self, mention_id: str) -> Mention:
        """The mention of that id; KeyError if there is none."""
        return _by_id(self.mentions, mention_id)

    def entity(self, entity_id: str) -> Entity:
        """The entity of that id; KeyError if there is none."""
        return _by_id(self.entities, entity_id)

    def quote(self, span: Span | Anchor | Casualties) -> str:
        """The words of the text at a span."""
        return self.document.text[span.start:span.end]


def _by_id(rows: tuple[Row, ...], wanted: str) -> Row:
    for row in rows:
        if row.id == wanted:
            return row
    raise KeyError(wanted)


def content_hash(*parts: str | int | float | None) -> str:
    """Sixteen hexadecimal digits of the SHA-256 of the parts as a JSON array; equal parts, equal hash."""
    payload = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(payload.encode()).hexdigest()[:16]


def public(record: Any) -> Any:
    """A record as plain JSON values in the order of its fields, without the fields kept for the workspace only."""
    if isinstance(record, Record):
        names = [f for f in record.__struct_fields__ if f not in record.internal]
        return {name: public(getattr(record, name)) for name in names}
    if isinstance(record, tuple | list):
        return [public(item) for item in record]
    return record


def public_json(extraction: Extraction) -> str:
    """One line of JSON in the public form of an extraction."""
    return json.dumps(public(extraction), ensure_ascii=False)


def encode(record: Record) -> bytes:
    """The complete JSON of a record, internal fields included; `decode` reads it back."""
    return msgspec.json.encode(record)


def decode(data: bytes | str, kind: type[R]) -> R:
    """Read back what `encode` wrote; raises msgspec.ValidationError on another shape."""
    return msgspec.json.decode(data, type=kind)
