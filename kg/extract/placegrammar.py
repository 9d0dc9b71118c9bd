"""Reads the grammar around a name for signs that it is a place: prepositions, words for kinds, labels, titles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.language import Parsed
from kg.extract.placespans import spans, tells_where
from kg.extract.placewords import Candidate, PlaceWords
from kg.extract.syntax import Doc, Token

# "KABUL, June 20 (Agency) -" or "Kabul (Agency) —" after the name at the start of a paragraph.
_DATELINE = re.compile(r"\s*(,[^.\n]{1,40}?)?\s*(\([^)\n]{2,30}\))?\s*((---?|–|-|:)\s|—)")
# What may stand before a name that heads a paragraph: "4. ", "(b) ", "- ".
_NUMBERED = re.compile(r"[\s#*•-]*(\(?\w{1,2}[.)]\s*)?")
_AFTER_NAMES = frozenset(",:()–—")
_BULLETS = frozenset("-–*•·")
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})


class Reader:
    """Answers questions about the words around a name in one document."""

    def __init__(self, parsed: Parsed, words: PlaceWords) -> None:
        self.parsed, self.doc, self.words = parsed, parsed.doc, words
        self.texts = [token.text for token in parsed.tokens]
        self.starts = {token.idx: token.i for token in parsed.tokens}
        self.ends = {token.idx + len(token.text): token.i + 1 for token in parsed.tokens}
        self.upper_case = parsed.text.isupper()
        self.surnames = frozenset(_surnames(self.doc, words.locative))

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

    def measured(self, comma: int) -> bool:
        """Whether an apposition after a comma gives a distance: ", about 90 kilometres east of Gao"."""
        following = (at for at in range(comma + 1, min(comma + 5, len(self.doc))) if self.doc[at].like_num)
        number = next(following, None)
        if self.texts[comma] != "," or number is None or self.lower(number + 1) not in self.words.distances:
            return False
        return not {self.lower(at) for at in range(number + 2, number + 6)}.isdisjoint(("from", "of", "away"))

    def label(self, start: int, end: int) -> str:
        """The recogniser's label of a name; none where its entity takes in a preposition before or after the name."""
        for token in self.doc[start:end]:
            if token.ent_type_:
                break
        else:
            return ""
        left, right = token.i, token.i + 1
        while left and self.doc[left].ent_iob_ == "I":
            left -= 1
        while right < len(self.doc) and self.doc[right].ent_iob_ == "I":
            right += 1
        outside = [*self.texts[left:start], *self.texts[end:right]]
        return "" if any(word in self.words.placing for word in outside) else token.ent_type_

    def apposed_kind(self, comma: int) -> str | None:
        """The kind in an apposition after a comma: ", a mainly Hazara town"."""
        if self.lower(comma + 1) not in ("a", "an", "the"):
            return None
        for at in range(comma + 2, min(comma + 6, len(self.doc))):
            if self.texts[at] in self.words.telling_kinds and self.doc[at].dep_ in ("appos", "conj", "nsubj", "ROOT"):
                return self.texts[at]
            if self.doc[at].pos_ not in ("ADJ", "NOUN", "ADV", "PROPN", "VERB") and self.texts[at] != "-":
                return None
        return None

    def in_dateline(self, start: int, end: int) -> bool:
        """Whether a name opens a paragraph, or shouted a sentence, as the place a report was sent from."""
        token, last, text = self.doc[start], self.doc[end - 1], self.parsed.text
        if start and self.texts[start - 1] in _BULLETS and self.doc[start - 1].idx in self.parsed.heads:
            token = self.doc[start - 1]
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
        if self._is_heading(name) or self._heads_item(name):
            return ["heading", *(["several_words"] if name.end - name.start > 1 else [])]
        around = [*self._before(name), *self._after(name)]
        found = ["dateline"] if dateline else [*around, *self._labels(name)]
        head = self.doc[name.head]
        if head.dep_ == "nsubj" and head.head.lemma_ in self.words.speech_verbs:
            found.append("speaker")
        elif head.dep_ in ("dobj", "obj") and head.head.lemma_ in self.words.object_verbs:
            found.append("object")
        inner = self._word_signs if name.end - name.start == 1 else self._phrase_signs
        return [*found, *inner(name, found)]

    def _is_heading(self, name: Candidate) -> bool:
        """Whether a name is all there is between a line's beginning and its first stop: "3. Mach:"."""
        text, first, last = self.parsed.text, self.doc[name.start], self.doc[name.kind_end - 1]
        if not (name.start == 0 or first.is_sent_start or self.texts[name.start - 1] in ".)"):
            return False
        line = text[text.rfind("\n", 0, first.idx) + 1:first.idx]
        after = text[last.idx + len(last):last.idx + len(last) + 2]
        closed = after[:1] in (".", ":", "\n") and after[1:] in ("", " ", "\n")
        return closed and _NUMBERED.fullmatch(line) is not None and (bool(line) or after[0] != ".")

    def _heads_item(self, name: Candidate) -> bool:
        """Whether an area is named in the head of a list's item: "- 9 March, Sindh:"; a small town needs more."""
        at = self.doc[name.start].idx
        line = self.parsed.text.rfind("\n", 0, at) + 1
        ends = name.kind_end < len(self.doc) and self.texts[name.kind_end] in _AFTER_NAMES
        ends &= self.lower(name.start) not in self.words.never
        return ends and at < self.parsed.heads.get(line, line) and not name.known_levels <= {"locality"}

    def _phrase_signs(self, name: Candidate, found: list[str]) -> Iterator[str]:
        words = [self.lower(token) for token in range(name.start, name.end)]
        yield "several_words"
        if words[-1] in self.words.named_kinds:
            yield "typed"
        if words[-1] in self.words.streets:
            yield "never"
        common = all(word in self.words.never or word in self.words.kinds for word in words)
        if common and "place_label" not in found:
            yield "never"

    def _word_signs(self, name: Candidate, found: list[str]) -> Iterator[str]:
        word, token = self.lower(name.start), self.doc[name.start]
        dateline = "dateline" in found
        short = token.text.replace(".", "")
        common = word in self.words.kinds and self.lower(name.end) == "of"
        if common or (word in self.words.never and not short.isupper()):
            yield "never"
        elif word in self.words.guarded:
            yield "guarded_located" if dateline or not self.words.locating.isdisjoint(found) else "guarded"
        if short.isupper() and len(short) < 6 and not dateline and not self.upper_case:
            yield "acronym"
        if self.words.sure_contexts.isdisjoint(found):
            yield from (["sentence_start"] if token.is_sent_start else [])
            yield from (["not_a_name"] if token.pos_ not in ("PROPN", "X") else [])

    def _before(self, name: Candidate) -> Iterator[str]:
        at = self.before(name.start)
        word = self.lower(at)
        if self.lower(name.start - 1) in self.words.compass:
            yield "compass"
        if self.kind_of(name.start):
            yield "called"
        elif word in ("of", "from", "to") and self._has_native(at - 1):
            yield "origin"
        elif word in self.words.locative or (word == "of" and self.lower(at - 1) in self.words.kinds):
            yield "locative"
        elif word in self.words.half_locative:
            yield "locative" if spans(self.doc, at, self.words) else "half_locative"
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
        article = word in self.words.articles and self.lower(name.end + 1) == "-" and not following.whitespace_
        if word == "," and (self.apposed_kind(name.end) or self.measured(name.end)):
            yield "apposed"
        elif word in ("'s", "’s") and self._owns_place(name.end + 1):
            yield "owner"
        elif self.kind_after(name.end, name.known_levels):
            yield "kind"
        elif hyphened and self.lower(name.end + 1) in self.words.hyphen_tails:
            yield "based"
        elif word in self.words.peoples:
            yield "people_after"
        elif (word in self.words.attributed and following.is_lower) or (
                tells_where(self.doc, name.end, self.words)):
            yield "attributed"
        elif word in self.words.institutions and following.is_title:
            yield "institution"
        elif word in self.words.organisation_heads and following.text[0].isupper():
            yield "organisation_head"
        elif hyphened or article or (self._is_name(following) and word not in self.words.place_tails
                          and not self.in_dateline(name.start, name.end)):
            yield "joined_after"

    def _owns_place(self, at: int) -> bool:
        """Whether a word for a kind closes the phrase that begins at a token: "Aleppo's" + "Salaheddine district"."""
        return any(self.lower(token) in self.words.telling_kinds for token in range(at + 1, at + 4)
                   if token < len(self.doc) and all(self._is_name(self.doc[one]) for one in range(at, token)))

    def _labels(self, name: Candidate) -> Iterator[str]:
        last = self.doc[name.end - 1]
        label = self.label(name.start, name.end)
        goes_on = name.end < len(self.doc) and self.doc[name.end].ent_iob_ == "I" and self.lower(name.end) != "'s"
        inside = goes_on or self.doc[name.start].ent_iob_ == "I"
        if label in _PLACE_LABELS:
            yield "place_label"
        elif label == "PERSON":
            yield "inside_person" if inside else "person_label"
        elif label == "ORG":
            yield "inside_organisation" if inside else "organisation_label"
        elif label == "NORP" and not self._stands_in(name):
            yield "people_label"
        elif label in ("DATE", "TIME"):
            yield "date_label"
        if name.end - name.start == 1 and last.text in self.surnames:
            yield "known_person"

    def _stands_in(self, name: Candidate) -> bool:
        """Whether a name alone is what "in" or "near" leads to: a people would have a noun after it."""
        alone = name.end >= len(self.doc) or self.doc[name.end].pos_ not in ("NOUN", "PROPN", "ADJ")
        return alone and self.lower(name.start - 1) in self.words.locative

    def _is_name(self, token: Token) -> bool:
        return token.text[0].isupper() and token.pos_ in ("PROPN", "X", "NOUN", "ADJ") and token.is_alpha

    def _is_determiner(self, token: Token) -> bool:
        return token.lower_ in ("the", "a", "an") or token.tag_ == "PRP$"

    def _same_sentence(self, one: int, other: int) -> bool:
        return self.parsed.sentence_index(one) == self.parsed.sentence_index(other)


def _surnames(doc: Doc, locative: frozenset[str]) -> Iterator[str]:
    """The last words of the persons named with a given name; a "person" that one can be in or near is none."""
    for entity in doc.ents:
        placed = entity.start and doc[entity.start - 1].lower_ in locative
        if entity.label_ == "PERSON" and len(entity) > 1 and not placed:
            yield entity[-1].text if entity[-1].text != "'s" else entity[-2].text
