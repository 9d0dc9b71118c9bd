"""The stance words of a language and the examples that prove them, read from `stance.yaml`."""

from __future__ import annotations

import msgspec
import yaml

from kg.errors import KnowledgeError
from kg.settings import Settings


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence and what must be read in it: the status of `trigger`, and the words for its speaker."""

    text: str
    trigger: str
    status: str = "asserted"
    speaker: str | None = None


class Class(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that act alike on what they govern or modify; `over` lists the ways of governing they act through.

    `effect` is the status given, `passive` the one given by the passive, `unrealised` the one given when the word
    itself is an infinitive, a gerund or under a modal. Only classes with `definite` act on definite nouns, which are
    presupposed ("they planned the attack"). `only` limits the class to verbs or nouns below it; a class that `reverses`
    acts only on what was already presented as said ("rejected the claim that"). Its `bare` words act only without an
    article ("in case of attack", not "in a case of").
    """

    words: frozenset[str]
    over: frozenset[str] = frozenset()
    effect: str | None = None
    passive: str | None = None
    unrealised: str | None = None
    speaks: bool = False
    definite: bool = False
    only: str | None = None
    transparent: bool = False
    reverses: bool = False
    bare: frozenset[str] = frozenset()
    examples: tuple[Example, ...] = ()


class Modal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Modal verbs: the status they give to a bare infinitive, a perfect one, and what a speaker says of itself."""

    words: frozenset[str]
    bare: str | None
    perfect: str | None
    self: str | None = None
    examples: tuple[Example, ...] = ()


class StanceWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The stance words of a language, by class."""

    governors: dict[str, Class]
    modifiers: dict[str, Class]
    modals: dict[str, Modal]
    markers: dict[str, Class]
    negators: frozenset[str]
    negative_determiners: frozenset[str]
    negative_prepositions: frozenset[str]
    definite_determiners: frozenset[str]
    source_prepositions: frozenset[str]
    question_words: frozenset[str]
    examples: tuple[Example, ...] = ()


def load_stance_words(settings: Settings) -> StanceWords:
    """Read `stance.yaml`; raises KnowledgeError that names the file and the place at fault."""
    path = settings.language_data / "stance.yaml"
    try:
        return msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), StanceWords)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise KnowledgeError(str(error), where=str(path), mend="see the fields in kg.extract.stance_words") from error
