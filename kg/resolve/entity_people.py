"""Whether two people of two documents are one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.resolution import Comparison, EntityProfile
from kg.resolve.entity_features import companies, compared, days_between, disjoint, same_occasion, same_part, settings
from kg.resolve.entity_knowledge import roles, weighing
from kg.resolve.knowledge import ResolutionKnowledge
from kg.resolve.naming import Likeness, Naming, PersonName, Word, naming

_BORNE_BY_FEW = {"rare-name", "usual-name"}
_OPPOSITES = {"victim", "perpetrator"}


class _Match(NamedTuple):
    """How two names of persons correspond: the words in common, and the findings on the rest."""

    words: tuple[tuple[Word, Word], ...]
    findings: tuple[str, ...]


def compare_people(one: EntityProfile, other: EntityProfile, knowledge: ResolutionKnowledge) -> Comparison | None:
    """The probability that two persons are one; None if their names do not correspond."""
    names = naming(knowledge.gazetteer)
    match = _best_match(one, other, names)
    if match is None:
        return None
    borne = _rarity(match, names)
    findings = [borne, *match.findings, *settings(one, other, knowledge), *companies(one, other),
                *_ages(one, other), *_roles(one, other), *_ties(one, other, knowledge), *_parts(one, other, knowledge)]
    # Of a name that many bear, there is another bearer in the news on any day.
    return compared(one, other, "person", [name for name in findings if name != "days" or borne in _BORNE_BY_FEW])


def full_names(profile: EntityProfile, names: Naming) -> list[PersonName]:
    """The names of a person with more than one part; the only part where there is none."""
    read = [names.person(name) for name in (profile.name, *profile.aliases)]
    return [name for name in read if len(name.words) + len(name.initials) > 1] or read[:1]


def _best_match(one: EntityProfile, other: EntityProfile, names: Naming) -> _Match | None:
    far = all(profile.country is None or profile.country in names.transliterating for profile in (one, other))
    matches = [match for left in full_names(one, names) for right in full_names(other, names)
               if (match := _match(left, right, names, far=far))]
    return min(matches, key=lambda match: (len(match.findings), -len(match.words)), default=None)


def _match(left: PersonName, right: PersonName, names: Naming, *, far: bool) -> _Match | None:
    """Pair the words of two names; no match if both have a word of their own."""
    pairs: list[tuple[int, int, Likeness]] = []
    for i, word in enumerate(left.words):
        free = [(names.alike(word, mate, far=far), -j) for j, mate in enumerate(right.words)
                if j not in {pair[1] for pair in pairs}]
        likeness, place = max(free, default=(Likeness.NONE, 0))
        if likeness:
            pairs.append((i, -place, likeness))
    mine = [word.plain for i, word in enumerate(left.words) if i not in {pair[0] for pair in pairs}]
    yours = [word.plain for j, word in enumerate(right.words) if j not in {pair[1] for pair in pairs}]
    initials = _initials(mine, yours, left, right)
    likenesses = {pair[2] for pair in pairs}
    if initials is None or not pairs or likenesses == {Likeness.FAR}:
        return None
    findings = [*initials, *_spelling(likenesses), *_generations(left, right)]
    if [pair[1] for pair in pairs] != sorted(pair[1] for pair in pairs):
        findings.append("reordered")
    return _Match(tuple((left.words[i], right.words[j]) for i, j, _ in pairs), tuple(findings))


def _initials(mine: list[str], yours: list[str], left: PersonName, right: PersonName) -> list[str] | None:
    """What the words without a counterpart come to; None if they part the names."""
    used = False
    for words, initials in ((mine, right.initials), (yours, left.initials)):
        for initial in initials:
            hit = next((word for word in words if word.startswith(initial)), None)
            if hit:
                words.remove(hit)
                used = True
    if (mine and yours) or (left.initials and right.initials and not set(left.initials) & set(right.initials)):
        return None
    return ["initial"] * used + ["partial"] * bool(mine or yours)


def _spelling(likenesses: set[Likeness]) -> list[str]:
    if Likeness.FAR in likenesses:
        return ["transliterated"]
    return ["spelled"] if likenesses & {Likeness.CLOSE, Likeness.LISTED} else []


def _generations(left: PersonName, right: PersonName) -> list[str]:
    if left.generation == right.generation:
        return []
    return ["other-generation" if left.generation and right.generation else "generation"]


def _rarity(match: _Match, names: Naming) -> str:
    """How many may bear the name, by the rarity of its words in common."""
    limits = weighing().limits
    if len(match.words) == 1 and "initial" not in match.findings:
        return "single-name"
    rarity = sum(min(map(names.rarity, pair)) for pair in match.words)
    return "rare-name" if rarity >= limits["rare"] else "usual-name" if rarity >= limits["usual"] else "common-name"


def _ages(one: EntityProfile, other: EntityProfile) -> Iterator[str]:
    """Ages agree if they differ by as many years as the reports, give or take a birthday, or not at all."""
    if one.age is None or other.age is None:
        return
    passed = int(one.published[:4]) - int(other.published[:4]) if one.published and other.published else 0
    apart = abs(one.age - other.age - passed)
    if apart <= 1 or one.age == other.age:
        yield "age"
    else:
        yield "other-age" if apart <= weighing().limits["misreported_years"] else "far-age"


def _roles(one: EntityProfile, other: EntityProfile) -> Iterator[str]:
    shared = set(one.roles) & set(other.roles)
    if shared & set(one.offices) and one.country and one.country == other.country and not _leads(one, other):
        yield "office"
    elif shared:
        yield "role"
    elif not _one_life(one, other):
        yield "other-role"


def _leads(one: EntityProfile, other: EntityProfile) -> bool:
    """Whether it is said whose leaders both are: then the ties decide."""
    return bool(one.ties and other.ties)


def _one_life(one: EntityProfile, other: EntityProfile) -> bool:
    """Whether some role here and some role there may be of one person."""
    known = roles()
    mine, yours = (_walks(profile) for profile in (one, other))
    return not mine or not yours or any(
        left == right or frozenset((left, right)) in known.may_be_both for left in mine for right in yours)


def _walks(profile: EntityProfile) -> set[str]:
    """The walks of life of a person, by what it is called and by the groups and forces it belongs to."""
    known = roles()
    belongs = {known.walk_of_kind.get(end.partition(":")[0]) for _, end in profile.ties}
    return {known.walk_of[role] for role in profile.roles} | {walk for walk in belongs if walk}


def _ties(one: EntityProfile, other: EntityProfile, knowledge: ResolutionKnowledge) -> Iterator[str]:
    """The same group; "another group" only where both hold or have a place in one each."""
    mine, yours = ({end for _, end in profile.ties} for profile in (one, other))
    kinds = weighing().identifying
    if any(kinds.get(predicate) == "office" for predicate, _ in set(one.ties) & set(other.ties)):
        yield "held-office"
    elif mine & yours:
        yield "tie"
    elif disjoint(mine, yours, knowledge):
        yield "other-tie"


def _parts(one: EntityProfile, other: EntityProfile, knowledge: ResolutionKnowledge) -> Iterator[str]:
    pairs = [(left, right) for left in one.parts for right in other.parts]
    if any(same_part(left, right, knowledge) for left, right in pairs):
        yield "event"
        return
    if any({left.role, right.role} == _OPPOSITES and same_occasion(left, right) for left, right in pairs):
        yield "opposite"
    limits = weighing().limits
    deaths = [[part.first for part in profile.parts if part.killed and part.first and part.first == part.last]
              for profile in (one, other)]
    apart = days_between(*deaths)
    if apart is not None and apart > limits["death_days"]:
        yield "died-apart"
    elif pairs and not (one.ties or other.ties or one.offices or other.offices):
        between = days_between(one.days, other.days)
        if between is not None and between > limits["far_days"]:
            yield "other-event"
