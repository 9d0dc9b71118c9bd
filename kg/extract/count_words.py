"""The words by which outcomes are counted, read from `counts.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from kg.errors import KnowledgeError
from kg.extract.counted_people import PeopleWords, people_words
from kg.extract.reality import RealityWords, reality_words
from kg.settings import Settings

_BY_OUTCOME = {"verbs": "affected", "own_verbs": "subject", "states": "state", "acts": "act", "counted": "counted",
               "victims": "taken"}

_PLAIN = {"lives": "lives", "casualties": "casualties", "fatal": "fatal", "fatal_end": "fatal_end", "tolls": "toll",
          "wounds": "wounds"}

_LISTS = ("state_verbs", "state_givers", "presumed", "victim_takers", "toll_prepositions", "toll_stops", "life_takers",
          "life_losers", "wound_bearers", "wound_carriers", "wound_prepositions", "wounded_prepositions",
          "fatal_adjectives", "fatal_end_verbs", "including", "among",
          "partitives", "campaigns", "wars", "attacks", "running", "sums", "collected",
          "own_particle_verbs",
          "places", "ambiguous_states", "fatal_states", "definite", "number_nouns", "stretches", "fatal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One way in which a word states an outcome: which reader finds the counted people, and how strong it is.

    A weak use gives way to another outcome of the same people ("was shot and died").
    """

    reader: str
    outcome: str
    weak: bool = False
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class CountWords:
    """What `counts.yaml` says: the uses of each trigger by lemma, and word lists by name."""

    uses: Mapping[str, tuple[Use, ...]]
    lists: Mapping[str, frozenset[str]]
    toll_outcomes: Mapping[str, str]
    people: PeopleWords
    reality: RealityWords


def load_count_words(settings: Settings) -> CountWords:
    """Read the count words of a language; raises KnowledgeError if the file is broken."""
    path = settings.language_data / "counts.yaml"
    try:
        return _compiled(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, KeyError, AttributeError, TypeError, ValueError, yaml.YAMLError) as error:
        mend = "see the comments in the file"
        raise KnowledgeError(f"cannot be used: {error!r}", where=str(path), mend=mend) from error


def _compiled(data: Mapping[str, Any]) -> CountWords:
    uses: dict[str, list[Use]] = {}
    for section, reader in _BY_OUTCOME.items():
        for outcome, lemmas in data[section].items():
            for lemma in lemmas:
                uses.setdefault(lemma, []).append(Use(reader=reader, outcome=outcome))
    for outcome, lemmas in data["weak_verbs"].items():
        for lemma in lemmas:
            uses.setdefault(lemma, []).append(Use(reader="affected", outcome=outcome, weak=True))
    for outcome, verbs in data["particle_verbs"].items():
        for lemma, particle in verbs.items():
            reader = "subject" if lemma in data["own_particle_verbs"] else "affected"
            uses.setdefault(lemma, []).append(Use(reader=reader, outcome=outcome, beside=frozenset({particle})))
    for lemma in data["hit_verbs"]:
        uses.setdefault(lemma, []).append(
            Use(reader="affected", outcome="injured", weak=True, beside=frozenset(data["hit_words"])))
    for section, reader in _PLAIN.items():
        for lemma in data[section]:
            uses.setdefault(lemma, []).append(Use(reader=reader, outcome="killed"))
    return CountWords(
        uses={lemma: tuple(found) for lemma, found in uses.items()},
        lists={name: frozenset(data[name]) for name in _LISTS},
        toll_outcomes=dict(data["toll_outcomes"]), people=people_words(data), reality=reality_words(data),
    )
