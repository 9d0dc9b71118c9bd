"""The records of resolution: how things of single documents are compared, judged the same, and summed up.

A *member* is an event or an unlinked entity as one document speaks of it, or the document's story as a whole; its id is
the IRI that it has on account of this document alone. A *thing* (event, entity, story) is what one or more members were
found to be; its IRI is that of its oldest member.
"""

from __future__ import annotations

from msgspec import field

from kg.records import Record, Span

Pair = tuple[str, str]


class TollAccount(Record, frozen=True, kw_only=True):
    """How many people of one side one document says suffered one outcome, its parts added up; None is an open bound.

    `best` is the number that the document itself stands for, `spans` are the places of its text that say so. `partisan`
    says that only armed groups count so.
    """

    outcome: str
    side: str
    min: int | None
    best: int | None = None
    max: int | None
    approximate: bool = False
    partisan: bool = False
    spans: tuple[Span, ...] = ()


class PlaceAccount(Record, frozen=True, kw_only=True):
    """A place as a document names it: `within` are the links of what contains it, nearest first.

    `lat` and `lon` are degrees (WGS84), None where the gazetteer has none; `level` is one of the gazetteer's; `spelled`
    is the name in a form in which transliterations are equal, without words such as "district". `also` are the links
    of what else bears the name in the same province, as a town's district does.
    """

    name: str
    link: str | None = None
    level: str | None = None
    within: tuple[str, ...] = ()
    facility: bool = False
    spelled: str = ""
    also: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None


class ActorAccount(Record, frozen=True, kw_only=True):
    """Who did it, by one document; `status` as in extractions, `above` are the links of what the actor is a unit of."""

    entity: str
    name: str
    kind: str
    link: str | None = None
    above: tuple[str, ...] = ()
    role: str
    status: str
    speaker: str | None = None
    span: Span


class ReportProfile(Record, frozen=True, kw_only=True):
    """All of a document that decides whether it reports the same story as another.

    `words` are its content words and `lead` those of its beginning, folded, with weights by their rarity in English;
    `names` folded pairs of capitalised words, `numbers` ages, addresses and the like with their kind, `countries` those
    it names most (ISO 3166 codes), `first` and `last` the ISO days that the story may have happened on, `sketch` a
    fixed-size sample of the text's shingles, by which copies of one report are known.
    """

    id: str
    document: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    first: str | None = None
    last: str | None = None
    words: dict[str, float] = field(default_factory=dict)
    lead: dict[str, float] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    places: tuple[PlaceAccount, ...] = ()
    countries: tuple[str, ...] = ()
    sketch: tuple[int, ...] = ()


class EventProfile(Record, frozen=True, kw_only=True):
    """All of one document's event that decides about its identity and goes into the sum of accounts.

    `earliest` and `latest` are ISO days or None; `date_span` points into the document's text. `parts` are the tolls of
    the events that the document counts in this one, `stated_parts` how many it says there are. `words` are the content
    words of what is told of the event, folded, with weights by their rarity in English; `story` the most telling ones
    of the whole document, `lead`, `names` and `numbers` the report's, `around` its first towns, `countries` those that
    it may have happened in (ISO 3166 codes), `sketch` that of the text, by which copies are known.
    `alone` says that the report is about no other event.
    """

    id: str
    document: str
    key: str
    type: str
    status: str
    salience: str
    alone: bool = True
    part: bool = False
    total: bool = False
    published: str | None = None
    publisher: str | None = None
    earliest: str | None = None
    latest: str | None = None
    precision: str | None = None
    date_span: Span | None = None
    country: str | None = None
    countries: tuple[str, ...] = ()
    places: tuple[PlaceAccount, ...] = ()
    actors: tuple[ActorAccount, ...] = ()
    targets: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    victims: tuple[str, ...] = ()
    tolls: tuple[TollAccount, ...] = ()
    parts: tuple[tuple[TollAccount, ...], ...] = ()
    stated_parts: int | None = None
    words: dict[str, float] = field(default_factory=dict)
    story: dict[str, float] = field(default_factory=dict)
    lead: dict[str, float] = field(default_factory=dict)
    around: tuple[PlaceAccount, ...] = ()
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    sketch: tuple[int, ...] = ()
    evidence: tuple[Span, ...] = ()
    confidence: float = 0.0


class Part(Record, frozen=True, kw_only=True):
    """What an entity is in an event: "victim", "place", "target" or an actor's role; `killed` if it died there.

    `first` and `last` are ISO days, `area` the links of the smallest known place and of what contains it, nearest
    first.
    """

    role: str
    first: str | None = None
    last: str | None = None
    area: tuple[str, ...] = ()
    killed: bool = False


class EntityProfile(Record, frozen=True, kw_only=True):
    """All of one document's unlinked, named entity that decides about its identity.

    `parents` are the links or name keys of what it is a unit of, `within` the links of the smallest known place around
    a place or facility and of what contains that. `roles` are classes of rank and office, `offices` those of them that
    one person holds at a time, `ties` relations with the links or name keys of their other ends. `areas` are the links
    of the places below countries where the document sets it, `company` the name keys of the people named beside it,
    `days` those of the events it is part of, else the publication's.
    """

    id: str
    document: str
    key: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    age: int | None = None
    ties: tuple[tuple[str, str], ...] = ()
    parts: tuple[Part, ...] = ()
    country: str | None = None
    areas: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    published: str | None = None
    days: tuple[str, ...] = ()


Profile = EventProfile | EntityProfile | ReportProfile


class Comparison(Record, frozen=True, kw_only=True):
    """How probable it is that two members are one thing, with the reasons in words and their weights (log-odds)."""

    left: str
    right: str
    score: float
    reasons: tuple[tuple[str, float], ...] = ()


class Judgement(Record, frozen=True, kw_only=True):
    """A decision that two members are (`same`) or are not one thing; `by` is "rules" or the person who decided.

    People's decisions have a `time` (ISO 8601) and no score.
    """

    left: str
    right: str
    same: bool
    score: float | None
    reasons: tuple[str, ...] = ()
    by: str = "rules"
    time: str | None = None


class Estimation(Record, frozen=True, kw_only=True):
    """A toll over all accounts of an event: bounds and the best estimate; None is an open bound or no estimate.

    `accounts` counts the independent sources; the spans are (document id, span) of what each number was drawn from,
    `aside` and `best_aside` tell in words which counts the bounds and the best were not drawn from, and why.
    """

    outcome: str
    side: str
    low: int | None
    best: int | None
    high: int | None
    accounts: int
    low_spans: tuple[tuple[str, Span], ...] = ()
    best_spans: tuple[tuple[str, Span], ...] = ()
    high_spans: tuple[tuple[str, Span], ...] = ()
    aside: tuple[str, ...] = ()
    best_aside: tuple[str, ...] = ()


class Dispute(Record, frozen=True, kw_only=True):
    """Accounts that exclude each other: `aspect` is date, place, perpetrator, arithmetic or an outcome of tolls."""

    aspect: str
    reason: str
    spans: tuple[tuple[str, Span], ...] = ()


class EventSummary(Record, frozen=True, kw_only=True):
    """What all accounts of an event come to; nothing in it overwrites what the single documents say.

    `iri` is the event's, `members` those of the single documents' accounts, `documents` theirs, `sources` the number
    of independent ones (copies of one report count once). `aside` tells in words which accounts a value ("type",
    "country", "date") was not drawn from, and why.
    """

    iri: str
    members: tuple[str, ...]
    documents: tuple[str, ...]
    main: tuple[str, ...]
    sources: int
    type: str
    status: str
    salience: str
    country: str | None = None
    country_spans: tuple[tuple[str, Span], ...] = ()
    earliest: str | None = None
    latest: str | None = None
    precision: str | None = None
    date_spans: tuple[tuple[str, Span], ...] = ()
    aside: dict[str, tuple[str, ...]] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    tolls: tuple[Estimation, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    evidence: tuple[tuple[str, Span], ...] = ()
    confidence: float = 0.0


class EntitySummary(Record, frozen=True, kw_only=True):
    """What a thing that no table knows is called, and of what kind it is, by all documents that name it."""

    iri: str
    name: str
    kind: str


class StorySummary(Record, frozen=True, kw_only=True):
    """The documents that tell one story, and the event it is about, if one was read from them."""

    iri: str
    documents: tuple[str, ...]
    label: str | None = None
    event: str | None = None
