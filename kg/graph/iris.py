"""The IRIs of resources: made from content, so that equal content has an equal name and no node is blank."""

from __future__ import annotations

from urllib.parse import quote, unquote

from kg.graph.vocabulary import GEONAMES, RESOURCE
from kg.records import content_hash

_GEONAMES_PLACE = "geonames-"


def document_iri(document_id: str) -> str:
    """A document by the SHA-256 of its cleaned text."""
    return f"{RESOURCE}document/{document_id}"


def span_iri(document_id: str, start: int, end: int) -> str:
    """A place in a document's text, by character offsets (RFC 5147)."""
    return f"{RESOURCE}document/{document_id}#char={start},{end}"


def linked_iri(link: str) -> str:
    """The resource of a link: a seed row (`group:bla`, `…/group/bla`) or place (`geonames:7`, `…/place/geonames-7`)."""
    scheme, _, name = link.partition(":")
    if scheme == "geonames":
        return f"{RESOURCE}place/{_GEONAMES_PLACE}{quote(name, safe='')}"
    return f"{RESOURCE}{quote(scheme, safe='')}/{quote(name, safe='')}"


def record_iri(link: str) -> str:
    """The gazetteer's record of a linked thing, the source of what is known of it from outside the documents."""
    scheme, _, name = link.partition(":")
    if scheme == "geonames":
        return f"{GEONAMES}{quote(name, safe='')}/"
    return f"{RESOURCE}seed/{quote(scheme, safe='')}/{quote(name, safe='')}"


def local_iri(kind: str, key: str) -> str:
    """A resource known from one document alone, by the hash of what the document says of it."""
    return f"{RESOURCE}{kind}/{key}"


def assertion_iri(*content: str | int | None) -> str:
    """An assertion by all it says: document, subject, predicate, object, status, speaker and anchors."""
    return assertion_prefix() + content_hash("assertion", *content)


def assertion_prefix() -> str:
    """With what the IRIs of all assertions begin."""
    return f"{RESOURCE}assertion/"


def consolidated_iri(subject: str, predicate: str, value: str) -> str:
    """What all accounts of a thing come to: by the statement alone."""
    return f"{RESOURCE}assertion/{content_hash('consolidated', subject, predicate, value)}"


def dispute_iri(event: str, aspect: str, reason: str) -> str:
    """A point on which accounts of an event exclude each other."""
    return f"{RESOURCE}dispute/{content_hash('dispute', event, aspect, reason)}"


def review_iri(review_id: str) -> str:
    """What a person decided."""
    return f"{RESOURCE}review/{review_id}"


def judgement_iri(left: str, right: str) -> str:
    """A decision that two members are one."""
    return f"{RESOURCE}judgement/{content_hash('judgement', left, right)}"


def link_of(iri: str) -> str | None:
    """The link that an IRI may have been made from; None if no link leads to such an IRI."""
    scheme, slash, name = iri.removeprefix(RESOURCE).partition("/")
    if not iri.startswith(RESOURCE) or not slash:
        return None
    if scheme == "place" and name.startswith(_GEONAMES_PLACE):
        return f"geonames:{unquote(name.removeprefix(_GEONAMES_PLACE))}"
    return f"{unquote(scheme)}:{unquote(name)}"
