"""The statements of documents that people mean, what they rest on, and what may stand in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import KGError
from kg.pipeline.amending import bounds, days, touch
from kg.pipeline.applying import Applied
from kg.pipeline.parts import (
    ACTOR,
    CLASS,
    COUNTRY,
    DATE,
    NAME,
    PLACE,
    RELATION,
    SALIENCE,
    TARGET,
    TIME,
    TOLL,
    VICTIM,
    WEAPON,
    Part,
    parts,
)
from kg.pipeline.targets import SHORT, Targets
from kg.pipeline.toolbox import Toolbox
from kg.records import Extraction, Kind
from kg.reviews import NewValue, Reference
from kg.workspace import Workspace

if TYPE_CHECKING:
    from kg.graph.assertion import Assertion
    from kg.graph.store import GraphStore

_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_COUNTRY = re.compile(r"[A-Z]{2}")
_SALIENCE = ("main", "background")
_THINGS = (PLACE, TARGET, WEAPON, VICTIM, ACTOR, RELATION)


class Statement(NamedTuple):
    """An assertion of a document and the parts of its extraction that it rests on."""

    iri: str
    extraction: Extraction
    parts: tuple[Part, ...]
    predicate: str


class Statements:
    """Looks up statements in a workspace and its graph."""

    def __init__(self, workspace: Workspace, store: GraphStore, tools: Toolbox, applied: Applied) -> None:
        self._workspace, self._store, self._tools, self._applied = workspace, store, tools, applied
        self._targets = Targets(workspace, store, tools, applied)

    def named(self, words: Sequence[str]) -> list[Statement]:
        """The statements of documents that an assertion, or a fact of three parts, stands for.

        Raises KGError for what no document says itself.
        """
        found = [self._statement(iri) for iri in self._assertions(words)]
        if not found:
            raise KGError(f"no assertion {' '.join(words)!r}", where=str(self._workspace.folder),
                          mend="`kg explain` names the assertions behind a fact")
        return found

    def _assertions(self, words: Sequence[str]) -> Iterator[str]:
        from kg.graph.reading import explain
        from kg.graph.terms import Iri
        from kg.graph.vocabulary import SUBJECT, expand

        if len(words) == 3:
            supports = explain(self._store, tuple(words))
            of_documents = [one.assertion for one in supports if self._documents(one.assertion)]
            yield from of_documents or [one.assertion for one in supports]
        elif len(words) == 1:
            iri = expand(words[0].strip().removeprefix("<").removesuffix(">"))
            if any(True for _ in self._store.triples(Iri(iri), Iri(SUBJECT.value))):
                yield iri
            else:
                yield from self._begun(iri.rpartition("/")[2])
        else:
            raise KGError(f"{len(words)} words name no statement",
                          mend="give an assertion, or the subject, predicate and object of a fact")

    def _begun(self, short: str) -> list[str]:
        from kg.graph.iris import assertion_prefix
        from kg.graph.terms import Table

        if not SHORT.fullmatch(short):
            return []
        answer = self._store.query("SELECT ?one WHERE { ?one a kg:Assertion"
                                   f" FILTER(STRSTARTS(STR(?one), '{assertion_prefix()}{short}')) }} LIMIT 3")
        assert isinstance(answer, Table)
        found = [str(row[0]) for row in answer.rows]
        if len(found) > 1:
            raise KGError(f"{short!r} begins several assertions", mend="write more of it")
        return found

    def _documents(self, assertion: str) -> list[str]:
        """The ids of the documents that make an assertion; none for one of the tables or of all accounts together."""
        from kg.graph.iris import document_iri
        from kg.graph.terms import Iri
        from kg.graph.vocabulary import CONSOLIDATED, DERIVED_FROM, STATUS

        if any(str(o) == CONSOLIDATED.value for _, _, o in self._store.triples(Iri(assertion), Iri(STATUS.value))):
            return []
        prefix = document_iri("")
        sources = (str(o) for _, _, o in self._store.triples(Iri(assertion), Iri(DERIVED_FROM.value)))
        return [one.removeprefix(prefix) for one in sources if one.startswith(prefix)]

    def _statement(self, iri: str) -> Statement:
        from kg.graph.vocabulary import compact

        documents = self._documents(iri)
        if not documents:
            raise KGError(f"{compact(iri)} is said by no single document", mend="judge the assertions of documents"
                          " that it rests on: `kg explain` shows them; what tables hold is changed in the tables")
        extraction = self._workspace.extraction(documents[0])
        found, predicate = self._parts_behind(extraction, iri)
        if not found:
            raise KGError(f"{compact(iri)} follows from other statements", mend="judge those it follows from")
        return Statement(iri, extraction, found, predicate)

    def _parts_behind(self, extraction: Extraction, iri: str) -> tuple[tuple[Part, ...], str]:
        """The parts without which a document would not say so, and the predicate; those on which least else hangs."""
        from kg.graph.judged import lost_of
        from kg.graph.rdf import said

        now = self._applied.renamed(extraction)
        base = said(now, self._tools.knowledge)
        if iri not in base:
            return self._parts_reviewed(extraction, iri), ""
        resting: list[tuple[int, Part]] = []
        for part in parts(now):
            if part.slot != NAME:
                lost = lost_of(base, said(touch(now, part), self._tools.knowledge))
                resting += [(len(lost), part)] if iri in lost else []
        least = min((number for number, _ in resting), default=0)
        return tuple(part for number, part in resting if number == least), _predicate(base, iri)

    def _parts_reviewed(self, extraction: Extraction, iri: str) -> tuple[Part, ...]:
        """The parts behind an assertion that an earlier review made."""
        from kg.graph.terms import Iri
        from kg.graph.vocabulary import REVISION_OF

        for _, _, original in self._store.triples(Iri(iri), Iri(REVISION_OF.value)):
            return self._parts_behind(extraction, str(original))[0]
        return ()

    def references(self, statement: Statement) -> tuple[Reference, ...]:
        """How a review names the parts that a statement rests on."""
        document, there = statement.extraction.document, parts(statement.extraction)
        found = []
        for part in statement.parts:
            alike = [one for one in there if part.keys[0] in one.keys]
            same = next(one for one in alike if (one.owner, one.slot, one.value) == (part.owner, part.slot, part.value))
            found.append(Reference(what=part.slot, words=part.words, keys=part.keys, document=document.id,
                                   source=document.source, turn=alike.index(same)))
        return tuple(found)

    def value(self, statement: Statement, text: str) -> tuple[NewValue, tuple[Reference, ...]]:
        """What a person wants a statement to say, with the accounts of a thing that no table knows.

        Raises KGError for what cannot stand there.
        """
        slot = statement.parts[0].slot
        if slot in _THINGS:
            return self._thing_value(statement, text)
        ontology = self._tools.knowledge.ontology
        if slot == CLASS:
            names = {name for name, row in ontology.event_classes.items()
                     if text.removeprefix("kg:").casefold() in (name.casefold(), row.label.casefold())}
            if not names:
                raise KGError(f"{text!r} is no class of events", mend="the classes stand in ontology/README.md")
            return NewValue(text=names.pop()), ()
        _CHECKS.get(slot, _fixed)(text.strip())
        return NewValue(text=text.strip()), ()

    def _thing_value(self, statement: Statement, text: str) -> tuple[NewValue, tuple[Reference, ...]]:
        from kg.graph.iris import link_of

        target, knowledge = self._targets.thing(text), self._tools.knowledge
        link = link_of(target.iri) or ""
        place, entry = knowledge.place(link), knowledge.entry(link)
        if place or entry:
            kind = Kind.PLACE if place else Kind(str(entry and entry.kind))
            known = NewValue(text=place.name if place else entry.name if entry else "", kind=kind, link=link)
            return self._in_range(statement, known), ()
        if target.kind != "entity" or not target.members:
            raise KGError(f"{text!r} is no thing that could stand there", mend="name a group, person or place")
        kind = Kind(target.members[0].kind)
        here = [one for one in target.members if one.document == statement.extraction.document.id]
        references = tuple(map(self._targets.reference, here or target.members))
        return self._in_range(statement, NewValue(text=references[0].words, kind=kind)), () if here else references

    def _in_range(self, statement: Statement, value: NewValue) -> NewValue:
        allowed = self._tools.knowledge.ontology.ranges.get(statement.predicate)
        if allowed is not None and value.kind not in allowed:
            raise KGError(f"{value.text!r} is a {value.kind}; {statement.predicate} takes {', '.join(sorted(allowed))}",
                          mend="name a thing of such a kind")
        return value


def _predicate(said: dict[str, Assertion], iri: str) -> str:
    """The local name of an assertion's predicate, from event to actor for both directions."""
    from kg.graph.vocabulary import KG

    assertion = said[iri]
    for other in said.values():
        if (other.subject.key, other.object.key) == (assertion.object.key, assertion.subject.key):
            pair = sorted((assertion, other), key=lambda one: "/event/" not in one.subject.iri)
            return pair[0].predicate.removeprefix(KG)
    return assertion.predicate.removeprefix(KG)


def _checked(text: str, form: re.Pattern[str], what: str, example: str) -> None:
    if not form.fullmatch(text):
        raise KGError(f"{text!r} is no {what}", mend=f"write it like {example}")


def _salience(text: str) -> None:
    if text not in _SALIENCE:
        raise KGError(f"{text!r} is not how prominent an event is", mend=f"write {' or '.join(_SALIENCE)}")


def _fixed(text: str) -> None:
    raise KGError("this statement cannot be corrected", mend="reject it")


_CHECKS: dict[str, Callable[[str], object]] = {
    DATE: days, TOLL: bounds, SALIENCE: _salience,
    TIME: lambda text: _checked(text, _CLOCK, "time of day", "14:40"),
    COUNTRY: lambda text: _checked(text, _COUNTRY, "country code", "PK"),
}
