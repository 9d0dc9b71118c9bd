"""Mentions of known names: which row of the seeds a form names in this document, if any."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kg.extract.mentions import Found
from kg.extract.name_words import Identity, NameWords
from kg.extract.tokens import Tokens
from kg.extract.weaponsigns import goes_off, harms
from kg.gazetteer import Entry, Gazetteer, NameHit
from kg.records import Kind

NAMED_BODIES = frozenset({Kind.GROUP, Kind.FORCE, Kind.ORGANIZATION})
_EXPLOSIVE = "weapon:explosive"


@dataclass(slots=True)
class _Hit:
    """A known form in the text; `usual` is the one row that it means when nothing speaks for another."""

    start: int
    end: int
    form: str
    entries: list[Entry]
    unsure: bool
    usual: Entry | None


@dataclass(slots=True)
class Evidence:
    """What a document says about which of several bodies of one name it means.

    `countries` counts the countries it speaks of; `sure` the entries it names beyond doubt; `introduced` maps an
    acronym to the long form that the text itself gives it; `parents` are the bodies that the sure ones belong to;
    `conflict` whether its words tell of armed people.
    """

    countries: Counter[str]
    sure: Counter[str] = field(default_factory=Counter)
    introduced: Mapping[str, str] = field(default_factory=dict)
    parents: set[str] = field(default_factory=set)
    conflict: bool = False


def find_known(
    tokens: Tokens, gazetteer: Gazetteer, countries: Counter[str], introduced: Mapping[str, str], words: NameWords
) -> list[Found]:
    """The known names of the document, each with the one row it means; a form no row fits is left out."""
    hits = list(_hits(tokens, gazetteer, words))
    evidence = Evidence(countries, Counter(), introduced, conflict=_of_conflict(tokens, words))
    for hit in hits:
        if not hit.unsure:
            evidence.sure[hit.entries[0].id] += 1
            evidence.parents.update(entry.parent for entry in hit.entries[:1] if entry.parent)
    longer = _longer_forms(hits)
    found = []
    for hit in hits:
        entry = _choose(hit, longer, evidence, gazetteer, tokens, words)
        if entry is not None and not _of_another_country(hit, entry, tokens, words):
            found.append(_mention(hit, entry, tokens))
    return found


def _of_conflict(tokens: Tokens, words: NameWords) -> bool:
    """Whether more than one word of the document tells of armed people or their deeds."""
    cues = words.names.group_cues | words.names.armed_verbs | words.actors
    return sum(lemma in cues for lemma in tokens.lemma) > 1


def _hits(tokens: Tokens, gazetteer: Gazetteer, words: NameWords) -> Iterator[_Hit]:
    for hit in gazetteer.find(tokens.parsed.text):
        span = tokens.span(hit.start, hit.end)
        if span is None or _goes_on(tokens, span[1]):
            continue
        start, end = span
        owner_end = next((i for i in range(start + 1, end) if tokens.tag[i] == "POS" and i + 1 < end), None)
        if owner_end is not None and (owner := gazetteer.named(tokens.quote(start, owner_end))):
            # A table may hold "the ABC's Unit X" as one form: it names two bodies.
            yield _hit(gazetteer, (start, owner_end), tokens.quote(start, owner_end), list(owner))
            start = owner_end + 1
        if not _of_something(tokens, start, end, words):
            yield _hit(gazetteer, (start, end), hit.form, [gazetteer.entry(entry_id) for entry_id in hit.entries])


def _of_something(tokens: Tokens, start: int, end: int, words: NameWords) -> bool:
    """Whether a name of common words goes on with "of": "the Democratic Front" is not that of Boro."""
    common = end - start > 1 and tokens.lower[end - 1] in words.heads and tokens.lower[end:end + 1] == ["of"]
    after = end + 1 + (tokens.lower[end + 1:end + 2] == ["the"])
    return common and after < len(tokens) and tokens.capital(after)


def _hit(gazetteer: Gazetteer, span: tuple[int, int], form: str, entries: list[Entry]) -> _Hit:
    careful = gazetteer.needs_context(entries[0].id, form)
    unsure = len(entries) > 1 or careful or _short_acronym(form)
    return _Hit(*span, form, entries, unsure, None if careful else entries[0])


def _goes_on(tokens: Tokens, end: int) -> bool:
    """Whether hyphens tie more of a name to a form: the "Ansar" of "Ansar-ul-Haqq" is no name by itself."""
    ties = tokens.text[end:end + 3]
    return len(ties) == 3 and ties[0] == ties[2] == "-" and tokens.glued[end] and len(ties[1]) <= 3


def _short_acronym(form: str) -> bool:
    """Whether a form is an acronym of three signs or fewer, which bodies of several countries may share."""
    return form.isupper() and " " not in form and len(form) <= 3


def _longer_forms(hits: list[_Hit]) -> dict[str, list[Entry]]:
    """For each form the entries that longer forms of the document end in: "Pakistani Taliban" for "Taliban"."""
    longer: dict[str, list[Entry]] = {}
    forms = {hit.form for hit in hits}
    for hit in hits:
        pieces = hit.form.split()
        for i in range(1, len(pieces)):
            tail = " ".join(pieces[i:])
            if tail in forms:
                longer.setdefault(tail, []).extend(hit.entries)
    return longer


def _choose(
    hit: _Hit,
    longer: dict[str, list[Entry]],
    evidence: Evidence,
    gazetteer: Gazetteer,
    tokens: Tokens,
    words: NameWords,
) -> Entry | None:
    if hit.entries[0].kind is Kind.WEAPON:
        return hit.entries[0] if _is_weapon(hit, tokens, gazetteer, words) else None
    if hit.entries[0].kind not in NAMED_BODIES:
        return hit.entries[0]
    if hit.form in evidence.introduced and not _same_body(hit, evidence.introduced[hit.form], gazetteer):
        return None
    rivals = [entry for entry in longer.get(hit.form, []) if entry not in hit.entries]
    if not hit.unsure and not rivals:
        return hit.entries[0]
    scored = _ranked([*hit.entries, *rivals], evidence, words)
    best, _, entry = max(scored, key=lambda row: row[:2])
    if hit.usual is not None and entry.kind is Kind.GROUP and hit.usual.kind is Kind.FORCE:
        return entry if best > 0 and _of_militants(hit, entry, evidence, tokens, words) else hit.usual
    if not hit.unsure or best > 0 or hit.form in evidence.introduced:
        return entry
    if hit.usual is not None and not (_short_acronym(hit.form) and _elsewhere(hit.usual, evidence)):
        return hit.usual
    return entry if _cued(hit, tokens, words) else None


def _of_militants(hit: _Hit, entry: Entry, evidence: Evidence, tokens: Tokens, words: NameWords) -> bool:
    """Whether a name that a state's army and a group share means the group: by a word for militants right beside it.

    Or by the scene, where the document speaks of the group's countries and not of the army's.
    """
    near = range(max(0, hit.start - 3), min(len(tokens), hit.end + 4))
    cues = words.people.militant_modifiers | words.people.bare_group_nouns
    if any(tokens.lower[i] in cues or tokens.lemma[i] in cues for i in near):
        return True
    army = hit.usual.countries[:1] if hit.usual is not None else ()
    return not any(evidence.countries[code] for code in army) and any(evidence.countries[c] for c in entry.countries)


def _elsewhere(entry: Entry, evidence: Evidence) -> bool:
    """Whether a peaceful document speaks of countries; a row at home in one of them has scored before."""
    return bool(entry.countries) and bool(evidence.countries) and not evidence.conflict


def _of_another_country(hit: _Hit, entry: Entry, tokens: Tokens, words: NameWords) -> bool:
    """Whether a demonym before a name made of common words tells of another body ("Zambian Liberation Front")."""
    country = words.demonyms.get(tokens.lower[hit.start - 1]) if hit.start else None
    common = any(word in words.heads for word in tokens.lower[hit.start:hit.end])
    return country is not None and common and bool(entry.countries) and country not in entry.countries


def _is_weapon(hit: _Hit, tokens: Tokens, gazetteer: Gazetteer, words: NameWords) -> bool:
    """Whether a form is a thing and not a deed ("drone strike") or an everyday word ("technical")."""
    last = hit.end - 1
    thing = tokens.pos[last] in {"NOUN", "PROPN"} and tokens.lemma[last] not in words.facilities.deeds
    plain = hit.form.isupper() or not gazetteer.needs_context(hit.entries[0].id, hit.form)
    mine = hit.entries[0].parent == _EXPLOSIVE
    return thing and (plain or (mine and (goes_off(tokens, last, words) or harms(tokens, last, words))))


def _same_body(hit: _Hit, long_form: str, gazetteer: Gazetteer) -> bool:
    """Whether the long form that the text gives an acronym names one of the acronym's rows; keeps only those.

    A long form that no table has may be another wording of a row's name: most of its words must be the row's too.
    """
    meant = {entry.id for entry in gazetteer.named(long_form)}
    fitting = [e for e in hit.entries if e.id in meant or (not meant and _alike(long_form, e))]
    hit.entries = fitting or hit.entries
    return bool(fitting)


def _alike(long_form: str, entry: Entry) -> bool:
    wanted = {word for word in long_form.lower().split() if len(word) > 3}
    shared = (len(wanted & set(form.lower().split())) for form in entry.forms())
    return 2 * max(shared, default=0) > len(wanted)


def score_entry(entry: Entry, evidence: Evidence, weights: Identity) -> float:
    """How well a row fits the document: named in full elsewhere, at home in the countries it speaks of."""
    named = weights.named if evidence.sure[entry.id] else 0.0
    family = weights.family if entry.id in evidence.parents or (entry.parent and evidence.sure[entry.parent]) else 0.0
    total = sum(evidence.countries.values()) or 1
    # The first country of a row is where it is based: it counts fully, the others half.
    shares = [evidence.countries[country] / total / (1 if i == 0 else 2) for i, country in enumerate(entry.countries)]
    return named + family + weights.country * max(shares, default=0.0)


def _ranked(entries: list[Entry], evidence: Evidence, words: NameWords) -> list[tuple[float, int, Entry]]:
    weights = words.names.identity
    return [(score_entry(entry, evidence, weights), -rank, entry) for rank, entry in enumerate(entries)]


def _cued(hit: _Hit, tokens: Tokens, words: NameWords) -> bool:
    """Whether a word for an actor or its deed stands right by the form ("ABC rebels", "the ABC bombed")."""
    verb = tokens.head[hit.end - 1]
    if tokens.dep[hit.end - 1] in {"nsubj", "nsubjpass"} and tokens.lemma[verb] in words.names.armed_verbs:
        return True
    around = range(max(0, hit.start - 3), min(len(tokens), hit.end + 2))
    return any(tokens.lemma[i] in words.actors or tokens.lower[i] in words.names.group_cues for i in around)


def _mention(hit: _Hit, entry: Entry, tokens: Tokens) -> Found:
    head = tokens.root(hit.start, hit.end)
    described = entry.kind is Kind.WEAPON
    return Found(
        start=hit.start, end=hit.end, head=head, kind=entry.kind, rule="names.known",
        name=None if described else entry.name, link=entry.id, plural=tokens.tag[head] in {"NNS", "NNPS"},
    )


def known_name(gazetteer: Gazetteer, form: str, countries: Counter[str], words: NameWords) -> Entry | None:
    """The one body that a form names, by country where several do; None if nothing tells."""
    entries = [entry for entry in gazetteer.named(form) if entry.kind in NAMED_BODIES]
    if len(entries) < 2:
        return entries[0] if entries else None
    evidence = Evidence(countries)
    scored = _ranked(entries, evidence, words)
    best, _, entry = max(scored, key=lambda row: row[:2])
    return entry if best > 0 else None


__all__ = ["NAMED_BODIES", "Evidence", "NameHit", "find_known", "known_name", "score_entry"]
