"""Hands out the ids of a document's mentions and entities and keeps their records."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.language import Parsed
from kg.extract.mentions import Found, Referent
from kg.records import Entity, Kind, Mention, Span


class Ledger:
    """Records of mentions and entities, made on first use, in the order of the text once `finish` is called."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self._mentions: dict[tuple[int, int, Kind], Mention] = {}
        self._entities: dict[int, Entity] = {}
        self._kept: list[Referent] = []

    def mention(self, found: Found) -> str:
        """The id of a mention."""
        key = (found.start, found.end, found.kind)
        if key not in self._mentions:
            start, end = self.offsets(found.start, found.end)
            entity = self.entity(found.referent) if found.referent is not None else None
            self._mentions[key] = Mention(id=f"m{len(self._mentions) + 1}", start=start, end=end, kind=found.kind,
                                          text=self.parsed.document.text[start:end], entity=entity)
        return self._mentions[key].id

    def plain(self, start: int, end: int, kind: Kind) -> str:
        """The id of a mention that refers to no entity: a time, a count, an event word, a thing."""
        return self.mention(Found(start=start, end=end, head=start, kind=kind, rule="plain"))

    def entity(self, referent: Referent) -> str:
        """The id of an entity."""
        if id(referent) not in self._entities:
            number = len(self._entities) + 1
            self._kept.append(referent)
            self._entities[id(referent)] = Entity(id=f"x{number}", kind=referent.kind, name=referent.name,
                                                  aliases=tuple(referent.aliases), link=referent.link)
        return self._entities[id(referent)].id

    def thing(self, start: int, end: int) -> str:
        """The id of an entity of kind thing for the words between two tokens ("independence from Pakistan")."""
        words = self.parsed.quote(start, end)
        found = Found(start=start, end=end, head=start, kind=Kind.THING, rule="thing",
                      referent=Referent(kind=Kind.THING, name=words, named=False))
        key = (start, end, Kind.THING)
        known = self._mentions.get(key)
        if known is not None and known.entity is not None:
            return known.entity
        self.mention(found)
        return str(self._mentions[key].entity)

    def offsets(self, start: int, end: int) -> tuple[int, int]:
        """Character offsets of a run of tokens, white space at the ends left out."""
        tokens = self.parsed.tokens
        while end - 1 > start and tokens[end - 1].is_space:
            end -= 1
        first, last = tokens[start], tokens[end - 1]
        return first.idx, last.idx + len(last)

    def sentence(self, token: int) -> Span:
        """The span of the sentence that holds a token."""
        span = self.parsed.sentences[self.parsed.sentence_index(token)]
        start, end = self.offsets(span.start, span.end)
        return Span(start=start, end=end)

    def mentions(self) -> tuple[Mention, ...]:
        """All mentions in text order."""
        return tuple(sorted(self._mentions.values(), key=lambda m: (m.start, m.end)))

    def entities(self) -> Iterable[Entity]:
        """All entities in the order of their ids."""
        return self._entities.values()
