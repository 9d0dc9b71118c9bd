"""Gives words their part of speech as spaCy's attribute ruler does, but asks its patterns once for each kind of word.

The ruler tries some 180 patterns on every word, at a tenth of the cost of the parse. What they say follows from tag,
dependency and form of the word alone, where most forms are all one to them; a handful speak of two words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, cast

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from spacy.tokens._retokenize import set_token_attrs

_NAME, _FACTORY = "attribute_ruler", "remembering_attribute_ruler"
_ASKED: list[int | str] = ["LOWER", "TAG", "DEP", "IS_SPACE"]
_OPERATORS = frozenset({"IN", "NOT_IN", "REGEX"})

Pattern = list[dict[str, Any]]


class RememberingRuler(AttributeRuler):
    """An attribute ruler that keeps in mind what its patterns say of a kind of word."""

    def take_over(self, ruler: AttributeRuler) -> None:
        """Go by the patterns of another ruler from now on."""
        self.clear()
        self.add_patterns(ruler.patterns)
        patterns = _patterns(ruler)
        self._longer = Matcher(self.vocab)
        self._longer.add(_NAME, [pattern for pattern in patterns if len(pattern) > 1])
        self._forms = re.compile("|".join(f"(?:{form})" for form in _forms(patterns)))
        self._kinds: dict[tuple[int, ...], dict[int, int]] = {}
        self._form_of: dict[int, int] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the attributes of the words of a Doc."""
        if not len(doc) or self._longer(doc, allow_missing=True):
            return super().__call__(doc)
        lower, *others = doc.to_array(_ASKED).T.tolist()
        kinds = zip(map(self._form, lower), *others, strict=True)
        said = [self._kinds.get(kind) or self._ask(doc, i, kind) for i, kind in enumerate(kinds)]
        for token, attributes in zip(doc, said, strict=True):
            set_token_attrs(token, attributes)
        return doc

    def _form(self, lower: int) -> int:
        """The form of a word if a pattern speaks of it, else 0."""
        known = self._form_of.get(lower)
        if known is None:
            spoken_of = self._forms.search(self.vocab.strings[lower])
            known = self._form_of[lower] = lower if spoken_of else 0
        return known

    def _ask(self, doc: Doc, i: int, kind: tuple[int, ...]) -> dict[int, int]:
        """What the patterns say of a word; of those that speak of one attribute the last counts."""
        matches = self.matcher(doc[i:i + 1], allow_missing=True)
        numbers = sorted(int(self.vocab.strings[match]) for match, _, _ in matches)
        self._kinds[kind] = said = {key: value for number in numbers for key, value in self.attrs[number].items()}
        return said


def remember(nlp: Language) -> None:
    """Let the attribute ruler of a pipeline remember its answers, if it is spaCy's own and its patterns allow it."""
    ruler = nlp.get_pipe(_NAME) if nlp.has_pipe(_NAME) else None
    if type(ruler) is AttributeRuler and all(map(_simple, _patterns(ruler))):
        Language.factory(_FACTORY, func=_made)
        made = nlp.replace_pipe(_NAME, _FACTORY)
        if isinstance(made, RememberingRuler):
            made.take_over(ruler)


def _made(nlp: Language, name: str) -> RememberingRuler:
    return RememberingRuler(nlp.vocab, name)


def _patterns(ruler: AttributeRuler) -> list[Pattern]:
    return [pattern for row in cast("list[dict[str, Any]]", ruler.patterns) for pattern in row["patterns"]]


def _simple(pattern: Pattern) -> bool:
    """Whether a pattern asks for nothing but what makes up a kind of word."""
    return all(word.keys() <= set(_ASKED) and (isinstance(form, str) or form.keys() <= _OPERATORS)
               for word in pattern for form in [word.get("LOWER", "")])


def _forms(patterns: Iterable[Pattern]) -> Iterator[str]:
    """Regular expressions of the forms that patterns speak of."""
    for form in (word["LOWER"] for pattern in patterns for word in pattern if "LOWER" in word):
        conditions = {"IN": [form]} if isinstance(form, str) else form
        for operator, words in conditions.items():
            yield from [str(words)] if operator == "REGEX" else (rf"\A{re.escape(word)}\Z" for word in words)
