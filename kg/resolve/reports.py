"""Whole reports: what they are about, and whether two of them tell the same story."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.records import Extraction, Kind
from kg.resolution import Comparison, ReportProfile
from kg.resolve.knowledge import ResolutionKnowledge
from kg.resolve.places import place_accounts
from kg.resolve.words import likeness, sketch, weights
from kg.spellings import fold

_NUMBER = re.compile(r"(?<![\w.,])\d[\d,.:]*(?:-\w+-\w+)?\w?")


def profile(extraction: Extraction, names: Mapping[str, str], knowledge: ResolutionKnowledge) -> ReportProfile:
    """A document as a report."""
    document = extraction.document
    mentioned = [mention.entity for mention in extraction.mentions]
    people = [e for e in extraction.entities if e.kind == Kind.PERSON and len(e.name.split()) > 1]
    places = [e for e in extraction.entities if e.kind == Kind.PLACE and e.id in mentioned]
    dates = [e.date for e in extraction.events if e.date and e.salience == "main"]
    return ReportProfile(
        id=names["story"], document=document.id, title=document.title, published=document.published,
        publisher=document.publisher,
        first=min((date.earliest for date in dates), default=None),
        last=max((date.latest for date in dates), default=None),
        words=weights(f"{document.title or ''}\n{document.text}"),
        names=tuple(sorted({fold(entity.name).lower() for entity in people})),
        numbers=tuple(sorted(set(_NUMBER.findall(document.text)))),
        places=place_accounts(places, knowledge), sketch=sketch(document.text))


def blocks(report: ReportProfile) -> frozenset[str]:
    """The keys of a report."""
    return frozenset({f"story|{name}" for name in report.names})


def compare(one: ReportProfile, other: ReportProfile, knowledge: ResolutionKnowledge) -> Comparison | None:
    """How probable it is that two reports tell one story."""
    alike = likeness(one.sketch, other.sketch)
    score = 0.95 if alike > 0.5 else 0.05
    return Comparison(left=one.id, right=other.id, score=score, reasons=(("shared runs of words", alike),))


