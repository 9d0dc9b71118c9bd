"""Reads the grammar around a name for signs that it is a place: prepositions, words for kinds, labels, titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import msgspec
from spacy.tokens import Doc, Token

from kg.extract.language import Parsed

# "KABUL, June 20 (Agency) -" or "Kabul (Agency) —" after the name at the start of a paragraph.
_DATELINE = re.compile(r"\s*(,[^.\n]{1,40}?)?\s*(\([^)\n]{2,30}\))?\s*(---?|—|–|-|:)\s")
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})


class PlaceWords(msgspec.Struct, frozen=True, dict=True, forbid_unknown_fields=True):
    """The words, weights and lists of `places.yaml`; each field is explained there."""

    kinds: dict[str, tuple[str, ...]]
    named_kinds: frozenset[str]
    title_kinds: frozenset[str]
    telling_kinds: frozenset[str]
    telling_before: frozenset[str]
    no_names: frozenset[str]
    articles: frozenset[str]
    compass: frozenset[str]
    locative: frozenset[str]
    half_locative: frozenset[str]
    organisation_heads: frozenset[str]
    titles: frozenset[str]
    peoples: frozenset[str]
    natives: frozenset[str]
    streets: frozenset[str]
    parties: frozenset[str]
    hyphen_tails: frozenset[str]
    place_tails: frozenset[str]
    facility_heads: frozenset[str]
    no_places: frozenset[str]
    aiming_verbs: frozenset[str]
    institutions: frozenset[str]
    attributed: frozenset[str]
    speech_verbs: frozenset[str]
    object_verbs: frozenset[str]
    locating: frozenset[str]
    guarded: frozenset[str]
    never: frozenset[str]
    abbreviations: dict[str, str]
    abbreviation_country: str
    hints: frozenset[str]
    no_hints: frozenset[str]
    evidence: dict[str, float]
    resolution: dict[str, float]

    @cached_property
    def plural_kinds(self) -> dict[str, str]:
        """From the plural of a kind to the kind: "districts", "counties"."""
        return {(kind[:-1] + "ies" if kind.endswith("y") and kind != "valley" else kind + "s"): kind
                for kind in self.kinds if not kind.endswith("s")}


@dataclass(slots=True)
class Candidate:
    """A name that may be a place: tokens `start` to `end`, the places so called, and what the grammar says.

    `levels` are the levels a word for its kind allows (empty: any); `kind_end` and `kind_start` include that word.
    `known_levels` are the levels of the places so called. `signs` are the weights that spoke for or against it.
    """

    start: int
    end: int
    ids: tuple[str, ...]
    levels: frozenset[str] = frozenset()
    kind_start: int = -1
    kind_end: int = -1
    signs: list[str] = field(default_factory=list)
    rule: str = ""
    container: int = -1
    known_levels: frozenset[str] = frozenset()

    def hints(self, words: PlaceWords) -> bool:
        """Whether a name that is no place of its own still tells where the document is."""
        return not words.hints.isdisjoint(self.signs) and words.no_hints.isdisjoint(self.signs)

    @property
    def head(self) -> int:
        """The last token of the name."""
        return self.end - 1


class Reader:
    """Answers questions about the words around a name in one document."""

    def __init__(self, parsed: Parsed, words: PlaceWords) -> None:
        self.parsed, self.doc, self.words = parsed, parsed.doc, words
        self.texts = [token.text for token in self.doc]
        offsets = [int(offset) for offset in self.doc.to_array("IDX")]
        self.starts = {offset: token for token, offset in enumerate(offsets)}
        self.ends = {offset + len(text): token + 1
                     for token, (offset, text) in enumerate(zip(offsets, self.texts, strict=True))}
        self.upper_case = parsed.text.isupper()
        self.surnames = frozenset(_surnames(self.doc))

    def lower(self, token: int) -> str:
        """A token in lower case, "" outside the document."""
        return self.texts[token].lower().rstrip(".") if 0 <= token < len(self.texts) else ""

    def before(self, start: int) -> int:
        """The token before a name, past determiners and compass words."""
        at = start - 1
        while at >= 0 and (self._is_determiner(self.doc[at]) or self.lower(at) in self.words.compass):
            at -= 1
        return at

    def kind_after(self, end: int, levels: frozenset[str] = frozenset()) -> str | None:
        """The word for a kind of place right after a name, if it belongs to it; `levels` are those of its bearers."""
        word = self.lower(end)
        if word not in self.words.kinds or not self._same_sentence(end - 1, end):
            return None
        # "Kabul Province" is a place, but "Alaska State Troopers" and "the State Department" belong to bodies.
        goes_on = end + 1 < len(self.doc) and self._is_name(self.doc[end + 1])
        if not self.doc[end].is_title:
            return word
        fits = word in self.words.title_kinds and not levels.isdisjoint(self.words.kinds[word])
        return word if not goes_on and (fits or self.doc[end].ent_type_ in _PLACE_LABELS) else None

    def kind_of(self, start: int) -> str | None:
        """The kind in "the district of" or "the capital" before a name; "the Tarkhel area of" is no case."""
        linked = self.lower(start - 1) == "of"
        at = start - 2 if linked else start - 1
        word = self.lower(at)
        if word not in self.words.kinds:
            return None
        owned = at > 0 and self._is_name(self.doc[at - 1]) and not self.doc[at].is_sent_start
        if owned and (linked or self.doc[at - 1].ent_type_ != "NORP"):
            return None
        return word if linked or word != "state" else None

    def in_dateline(self, start: int, end: int) -> bool:
        """Whether a name opens a paragraph, or shouted a sentence, as the place a report was sent from."""
        token, last, text = self.doc[start], self.doc[end - 1], self.parsed.text
        if not token.is_sent_start:
            return False
        ends = _DATELINE.match(text, last.idx + len(last)) is not None
        opens = token.idx == 0 or text[:token.idx].rstrip(" ").endswith("\n")
        shouted = token.is_upper and len(token) > 2 and not self.upper_case
        goes_on = end < len(self.doc) and (self.doc[end].is_title or self.doc[end].text in ",:(-–—")
        return (opens and ends) or (shouted and (ends or goes_on))

    def signs(self, name: Candidate) -> list[str]:
        """The names of the weights that the words in and around a name earn it."""
        dateline = self.in_dateline(name.start, name.end)
        around = [*self._before(name), *self._after(name)]
        found = ["dateline"] if dateline else [*around, *self._labels(name)]
        head = self.doc[name.head]
        if head.dep_ == "nsubj" and head.head.lemma_ in self.words.speech_verbs:
            found.append("speaker")
        elif head.dep_ in ("dobj", "obj") and head.head.lemma_ in self.words.object_verbs:
            found.append("object")
        inner = self._word_signs if name.end - name.start == 1 else self._phrase_signs
        return [*found, *inner(name, found)]

    def _phrase_signs(self, name: Candidate, found: list[str]) -> Iterator[str]:
        words = [self.lower(token) for token in range(name.start, name.end)]
        yield "several_words"
        if words[-1] in self.words.named_kinds:
            yield "typed"
        common = all(word in self.words.never or word in self.words.kinds for word in words)
        if common and "place_label" not in found:
            yield "never"

    def _word_signs(self, name: Candidate, found: list[str]) -> Iterator[str]:
        word, token = self.lower(name.start), self.doc[name.start]
        dateline = "dateline" in found
        short = token.text.replace(".", "")
        if word in self.words.never and not short.isupper():
            yield "never"
        elif word in self.words.guarded:
            yield "guarded_located" if dateline or not self.words.locating.isdisjoint(found) else "guarded"
        if short.isupper() and len(short) < 6 and not dateline and not self.upper_case:
            yield "acronym"
        if token.is_sent_start and not dateline:
            yield "sentence_start"
        if token.pos_ not in ("PROPN", "X") and not dateline:
            yield "not_a_name"

    def _before(self, name: Candidate) -> Iterator[str]:
        at = self.before(name.start)
        word = self.lower(at)
        if self.lower(name.start - 1) in self.words.compass:
            yield "compass"
        if self.kind_of(name.start):
            yield "kind"
        elif word in ("of", "from") and self._has_native(at - 1):
            yield "origin"
        elif word in self.words.locative or (word == "of" and self.lower(at - 1) in self.words.kinds):
            yield "locative"
        elif word in self.words.half_locative:
            yield "half_locative"
        if word == "of" and self.lower(at - 1) in self.words.organisation_heads and self.doc[at - 1].text[0].isupper():
            yield "organisation_head"
        if name.start and not self.doc[name.start - 1].is_sent_end:
            yield from self._neighbour_before(self.doc[name.start - 1])

    def _has_native(self, at: int) -> bool:
        """Whether the words up to a token name people by where they live: "Ana Diaz", "Ann Li, 41," or "residents"."""
        if at < 1:
            return False
        if self.texts[at] == "," and self.doc[at - 1].like_num:
            return True
        several = self.doc[at].ent_type_ == "PERSON" and self.doc[at].ent_iob_ == "I"
        return several or self.lower(at) in self.words.natives

    def _addressed(self, at: int) -> bool:
        """Whether a street stands before the comma at a token: "1200 Pine St., Salem"."""
        return self.texts[at] == "," and at > 1 and self.lower(at - 1) in self.words.streets and (
            self.doc[at - 2].text[0].isupper())

    def _neighbour_before(self, token: Token) -> Iterator[str]:
        word = self.lower(token.i)
        if self._addressed(token.i):
            yield "comma"
        if token.text == "-" and token.i and self.texts[token.i - 1] in self.words.parties:
            yield "origin"
            return
        hyphened = token.text in "-–" and token.i and not token.whitespace_ and self._is_name(self.doc[token.i - 1])
        if word in self.words.titles:
            yield "title"
        elif hyphened or (self._is_name(token) and word not in self.words.compass and word not in self.words.kinds):
            yield "joined_before"

    def _after(self, name: Candidate) -> Iterator[str]:
        if name.end >= len(self.doc) or self.doc[name.end].is_sent_start:
            return
        following, word = self.doc[name.end], self.lower(name.end)
        hyphened = following.text in "-–" and not following.whitespace_
        if word in ("'s", "’s") and self._owns_place(name.end + 1):
            yield "owner"
        elif self.kind_after(name.end, name.known_levels):
            yield "kind"
        elif hyphened and self.lower(name.end + 1) in self.words.hyphen_tails:
            yield "based"
        elif word in self.words.peoples:
            yield "people_after"
        elif word in self.words.attributed and following.is_lower:
            yield "attributed"
        elif word in self.words.institutions and following.is_title:
            yield "institution"
        elif word in self.words.organisation_heads and following.text[0].isupper():
            yield "organisation_head"
        elif hyphened or (self._is_name(following) and word not in self.words.place_tails
                          and not self.in_dateline(name.start, name.end)):
            yield "joined_after"

    def _owns_place(self, at: int) -> bool:
        """Whether a word for a kind closes the phrase that begins at a token: "Aleppo's" + "Salaheddine district"."""
        return any(self.lower(token) in self.words.telling_kinds for token in range(at + 1, at + 4)
                   if token < len(self.doc) and all(self._is_name(self.doc[one]) for one in range(at, token)))

    def _labels(self, name: Candidate) -> Iterator[str]:
        last = self.doc[name.end - 1]
        label = next((token.ent_type_ for token in self.doc[name.start:name.end] if token.ent_type_), "")
        goes_on = name.end < len(self.doc) and self.doc[name.end].ent_iob_ == "I" and self.lower(name.end) != "'s"
        inside = goes_on or self.doc[name.start].ent_iob_ == "I"
        if label in _PLACE_LABELS:
            yield "place_label"
        elif label == "PERSON":
            yield "inside_person" if inside else "person_label"
        elif label == "ORG":
            yield "inside_organisation" if inside else "organisation_label"
        elif label == "NORP":
            yield "people_label"
        elif label in ("DATE", "TIME"):
            yield "date_label"
        if name.end - name.start == 1 and last.text in self.surnames:
            yield "known_person"

    def _is_name(self, token: Token) -> bool:
        return token.text[0].isupper() and token.pos_ in ("PROPN", "X", "NOUN", "ADJ") and token.is_alpha

    def _is_determiner(self, token: Token) -> bool:
        return token.lower_ in ("the", "a", "an") or token.tag_ == "PRP$"

    def _same_sentence(self, one: int, other: int) -> bool:
        return self.parsed.sentence_index(one) == self.parsed.sentence_index(other)


def _surnames(doc: Doc) -> Iterator[str]:
    """The last words of the persons named with a given name."""
    for entity in doc.ents:
        if entity.label_ == "PERSON" and len(entity) > 1:
            yield entity[-1].text if entity[-1].text != "'s" else entity[-2].text
