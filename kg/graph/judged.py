"""What a document asserts after people looked at it: what they took away stays, what they put there is marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph import vocabulary as v
from kg.graph.assertion import Assertion
from kg.graph.iris import document_iri, review_iri
from kg.graph.nodes import Node
from kg.records import Extraction
from kg.reviews import Review, Verb

REJECTED, CORRECTED, REVIEWED = "rejected", "corrected", "reviewed"
_DATE_TIME = NamedNode(v.XSD + "dateTime")


@dataclass(frozen=True, slots=True)
class Amendment:
    """A review and the extraction as it is from then on.

    `without` is the extraction without what an accepted part says; nothing else changes by accepting.
    """

    review: Review
    after: Extraction
    without: Extraction | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """An assertion with the status that it is written with, the review that decided, and what it takes the place of.

    `stated` is the status that a rejected or corrected assertion had by its document.
    """

    assertion: Assertion
    status: str
    stated: str | None = None
    review: Review | None = None
    revises: str | None = None


def judged(said: Mapping[str, Assertion], amendments: Sequence[Amendment], say: Callable[[Extraction], Mapping[str,
           Assertion]], supports_fact: Callable[[str], bool]) -> dict[str, Judged]:
    """The assertions of a document by IRI, after each amendment in turn; `say` gives those of an extraction."""
    found = {iri: Judged(assertion, assertion.status) for iri, assertion in said.items()}
    now: Mapping[str, Assertion] = said
    for amendment in amendments:
        review = amendment.review
        if amendment.without is not None:
            for iri in lost_of(now, say(amendment.without)):
                found[iri] = replace(found[iri], review=review)
            continue
        after = say(amendment.after)
        lost, new = lost_of(now, after), lost_of(after, now)
        for iri in lost:
            del found[iri]
        found |= _taken_away(lost, said, review)
        for iri in new:
            original = _replaced(after[iri], lost, said)
            found[iri] = (Judged(said[iri], said[iri].status) if iri in said
                          else _put_there(after[iri], review, original, said, supports_fact))
        now = {iri: assertion for iri, assertion in now.items() if iri not in lost} | {iri: after[iri] for iri in new}
    return found


def lost_of(before: Mapping[str, Assertion], after: Mapping[str, Assertion]) -> list[str]:
    """The assertions that are not there afterwards; one that only rests on other words of the text is."""
    at_hand = {_content(assertion) for iri, assertion in after.items() if iri not in before}
    return [iri for iri, assertion in before.items() if iri not in after and _content(assertion) not in at_hand]


def _content(assertion: Assertion) -> tuple[str | None, ...]:
    speaker = assertion.speaker.key if isinstance(assertion.speaker, Node) else assertion.speaker
    return (assertion.subject.key, assertion.predicate, assertion.object.key, assertion.status, speaker,
            assertion.attribution)


def _taken_away(lost: Sequence[str], said: Mapping[str, Assertion], review: Review) -> dict[str, Judged]:
    status = CORRECTED if review.verb is Verb.CORRECT else REJECTED
    return {iri: Judged(said[iri], status, stated=said[iri].status, review=review) for iri in lost if iri in said}


def _replaced(assertion: Assertion, lost: Sequence[str], said: Mapping[str, Assertion]) -> str | None:
    """Of what was taken away, the assertion on the same thing by the same predicate, to or from it."""
    ends = {assertion.subject.key, assertion.object.key}
    return next((iri for iri in lost if iri in said and said[iri].predicate == assertion.predicate
                 and ends & {said[iri].subject.key, said[iri].object.key}), None)


def _put_there(assertion: Assertion, review: Review, original: str | None, said: Mapping[str, Assertion],
               supports_fact: Callable[[str], bool]) -> Judged:
    """An assertion of the reviewer, on the evidence of the one that it takes the place of."""
    anchors = said[original].anchors if original else assertion.anchors
    own = replace(assertion, anchors=anchors, rule=None, confidence=None, speaker=None)
    return Judged(own, REVIEWED if supports_fact(assertion.status) else assertion.status, review=review,
                  revises=original)


def review_statements(review: Review, document_id: str) -> Iterator[Triple]:
    """A review as the assertions of one document point to it."""
    node = NamedNode(review_iri(review.id))
    yield Triple(node, v.TYPE, v.kg("Review"))
    yield Triple(node, v.LABEL, Literal(f"{review.verb} by {review.by}" + (f": {review.reason}" if review.reason
                                                                           else "")))
    yield Triple(node, v.kg("decision"), Literal(review.verb))
    yield from decided_by(node, review.by, review.time, review.reason)
    yield Triple(node, v.DERIVED_FROM, NamedNode(document_iri(document_id)))


def decided_by(node: NamedNode, by: str, time: str | None, *reasons: str | None) -> Iterator[Triple]:
    """Who decided, when (of people only) and why."""
    yield Triple(node, NamedNode(v.DCTERMS + "creator"), Literal(by))
    if time:
        yield Triple(node, NamedNode(v.DCTERMS + "created"), Literal(time, datatype=_DATE_TIME))
    yield from (Triple(node, v.kg("reason"), Literal(reason)) for reason in reasons if reason)
