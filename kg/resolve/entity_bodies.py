"""Whether two groups, forces, units, organizations or projects of two documents are one."""

from __future__ import annotations

from collections.abc import Iterator

from kg.records import Kind
from kg.resolution import Comparison, EntityProfile
from kg.resolve.entity_features import companies, compared, disjoint, same_part, settings
from kg.resolve.entity_knowledge import weighing
from kg.resolve.knowledge import ResolutionKnowledge
from kg.resolve.naming import BodyName, Likeness, Naming, Word, is_acronym, naming

# What the weakest pair of words makes of two names.
_NAME = {Likeness.SAME: "same-name", Likeness.CLOSE: "spelled", Likeness.FAR: "transliterated",
         Likeness.LISTED: "translated"}


def compare_bodies(one: EntityProfile, other: EntityProfile, knowledge: ResolutionKnowledge) -> Comparison | None:
    """The probability that two bodies are one; None if neither names nor acronyms correspond."""
    names = naming(knowledge.gazetteer)
    found = _names(one, other, names)
    if found is None:
        return None
    findings = [*found, *settings(one, other, knowledge), *companies(one, other), *_ties(one, other, knowledge)]
    if any(same_part(left, right, knowledge) for left in one.parts for right in other.parts):
        findings.append("event")
    return compared(one, other, "body", findings)


def _names(one: EntityProfile, other: EntityProfile, names: Naming) -> list[str] | None:
    """What the names and acronyms come to."""
    far = all(profile.country is None or profile.country in names.transliterating for profile in (one, other))
    left, right = written_out(one, names), written_out(other, names)
    matches = [found for mine in left for yours in right if (found := _match(mine, yours, names, far=far))]
    if matches:
        best = min(matches, key=lambda found: (len(found), found))
        # The groups of a country bear different names, even if made of everyday words; its towns' police do not.
        return [name for name in best if name != "common-words"] if one.kind == Kind.GROUP else best
    if not short(one) & short(other):
        return None
    return ["acronym", "other-name"] if left and right else ["acronym"]


def written_out(profile: EntityProfile, names: Naming) -> list[BodyName]:
    """The names of a body that are no acronyms."""
    return [names.body(name) for name in (profile.name, *profile.aliases) if not is_acronym(name)]


def short(profile: EntityProfile) -> set[str]:
    """The acronyms of a body."""
    return {name.replace(".", "") for name in (profile.name, *profile.aliases) if is_acronym(name)}


def _match(left: BodyName, right: BodyName, names: Naming, *, far: bool) -> list[str] | None:
    """The findings on two names whose words all correspond, in whatever order."""
    if len(left.words) != len(right.words):
        return None
    rest = list(right.words)
    weakest, shortest = Likeness.SAME, len("".join(word.far for word in left.words))
    for word in left.words:
        likeness, place = max(((names.alike(word, mate, far=far), -i) for i, mate in enumerate(rest)),
                              default=(Likeness.NONE, 0))
        if not likeness:
            return None
        del rest[-place]
        weakest = min(weakest, _degree(likeness, word, right.words, names), key=_WEAKNESS.index)
        shortest = min(shortest, len(word.far)) if likeness is Likeness.FAR else shortest
    if not left.telling or not right.telling:
        return ["unit-name"]
    common = min(sum(map(names.rarity, name.telling)) for name in (left, right)) < weighing().limits["telling"]
    short_word = weakest is Likeness.FAR and shortest < weighing().limits["long_word"]
    return [_NAME[weakest], *["short-word"] * short_word, *["common-words"] * common]


_WEAKNESS = (Likeness.FAR, Likeness.LISTED, Likeness.CLOSE, Likeness.SAME)


def _degree(likeness: Likeness, word: Word, mates: tuple[Word, ...], names: Naming) -> Likeness:
    """A listed word is a spelling if the rules make them alike too, else a translation."""
    if likeness is Likeness.LISTED and any(names.spelled_alike(word, mate) for mate in mates):
        return Likeness.CLOSE
    return likeness


def _ties(one: EntityProfile, other: EntityProfile, knowledge: ResolutionKnowledge) -> Iterator[str]:
    if set(one.parents) & set(other.parents):
        yield "parent"
    elif disjoint(one.parents, other.parents, knowledge):
        yield "other-parent"
    if {end for _, end in one.ties} & {end for _, end in other.ties} - {*one.parents, *other.parents}:
        yield "tie"
