"""Names of bodies that no table holds: capitalised words around a head word, sorted by the evidence for their kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.mentions import Found, Mentions
from kg.extract.name_words import NameWords
from kg.extract.tokens import Tokens
from kg.records import Kind

_APOSTROPHES = {"'", "’", "'s", "’s"}
_DASHES = {"-", "–"}
_QUOTES = {'"', "“", "”", "'", "‘", "’", "_"}


@dataclass(frozen=True, slots=True)
class NameRun:
    """A run of capitalised words at tokens `start` to `end` with its head word at `core`, None for a prefix name."""

    start: int
    end: int
    core: int | None


def find_new_names(tokens: Tokens, known: Mentions, words: NameWords) -> list[Found]:
    """Names built like those of groups, forces and organisations, each of the kind its words and context speak for."""
    runs = [name for run in capital_runs(tokens, known, words) for name in name_spans(tokens, run, words)]
    scores: dict[str, dict[Kind, float]] = {}
    for run in runs:
        total = scores.setdefault(_key(tokens, run), dict.fromkeys((Kind.GROUP, Kind.FORCE, Kind.ORGANIZATION), 0.0))
        for kind, score in kind_scores(tokens, run, known, words).items():
            total[kind] = max(total[kind], score)
    return [_mention(tokens, run, _decide(scores[_key(tokens, run)], words), words) for run in runs]


def kind_of_run(tokens: Tokens, run: NameRun, known: Mentions, words: NameWords) -> Kind:
    """The kind of body that a name and its context speak for."""
    return _decide(kind_scores(tokens, run, known, words), words)


def _key(tokens: Tokens, run: NameRun) -> str:
    return tokens.quote(run.start, run.end).casefold()


def _mention(tokens: Tokens, run: NameRun, kind: Kind, words: NameWords) -> Found:
    head = tokens.root(run.start, run.end)
    if kind is Kind.ORGANIZATION and tokens.lower[run.end - 1] in words.buildings:
        kind = Kind.FACILITY
    return Found(run.start, run.end, head, kind, "names.grammar", name=tokens.quote(run.start, run.end))


def _decide(scores: dict[Kind, float], words: NameWords) -> Kind:
    best = max(scores, key=lambda kind: scores[kind])
    return best if scores[best] >= words.names.weights.threshold else Kind.ORGANIZATION


def capital_runs(tokens: Tokens, known: Mentions, words: NameWords) -> Iterator[tuple[int, int]]:
    """The longest stretches of capitalised words, joined by particles and the small words that names may hold."""
    i = 0
    while i < len(tokens):
        end = _run_end(tokens, i, known, words)
        if end > i:
            yield i, end
        i = max(end, i + 1)


def _run_end(tokens: Tokens, start: int, known: Mentions, words: NameWords) -> int:
    if tokens.heading[start] or not _may_begin(tokens, start, words):
        return start
    end = start + 1
    while (step := _next_piece(tokens, end, words)) > end and not _body_at(known, step - 1):
        end = step
    return end


def _body_at(known: Mentions, i: int) -> bool:
    found = known.at(i)
    return found is not None and found.kind is not Kind.PLACE


def _may_begin(tokens: Tokens, i: int, words: NameWords) -> bool:
    if not tokens.capital(i):
        return _ordinal(tokens.lower[i])
    if tokens.lower[i] in words.names.not_initial:
        return False
    return tokens.pos[i] in {"NOUN", "PROPN", "ADJ", "VERB", "X"} or not tokens.starts_sentence(i)


def _ordinal(word: str) -> bool:
    return word[:1].isdigit() and word.lstrip("0123456789") in {"st", "nd", "rd", "th"}


def _next_piece(tokens: Tokens, i: int, words: NameWords) -> int:
    """The end of the next piece of a run that has come to token `i`; `i` itself if the run ends there."""
    j = i
    while j < len(tokens) and j - i < 4 and tokens.sentence[j] == tokens.sentence[i - 1]:
        if tokens.text[j] in _DASHES and (tokens.glued[j] or tokens.text[j] == "–"):
            j += 1
        elif tokens.text[j] in _APOSTROPHES:
            if tokens.lower[j - 1] not in words.names.inner_possessors:
                return i
            j += 1
        elif tokens.capital(j) or (tokens.text[j].isdigit() and tokens.glued[j]):
            return j + 1
        elif _joins(tokens, j, words):
            j += 1
        else:
            return i
    return i


def _joins(tokens: Tokens, i: int, words: NameWords) -> bool:
    """Whether a word in lower case may stand inside a name: "of", "for the", the "e-" of "Lashkar-e-Noor"."""
    particle = tokens.lower[i] in words.names.particles and i + 1 < len(tokens) and tokens.text[i + 1] == "-"
    return particle or tokens.lower[i] in words.names.connectors


def name_spans(tokens: Tokens, run: tuple[int, int], words: NameWords) -> Iterator[NameRun]:
    """The names within a run: up to its head word, with the complement that the head word takes."""
    start, end = run
    while start < end and (tokens.lower[start] in words.names.not_initial or tokens.pos[start] == "DET"):
        start += 1
    start = _after_people(tokens, start, end, words)
    cores = [i for i in range(start, end) if tokens.lower[i] in words.heads and tokens.capital(i)]
    if not cores:
        if start < end and _prefixed(tokens, start, end, words):
            yield NameRun(start, end, None)
        return
    core = _core(tokens, cores, words)
    start = _after_owner(tokens, start, core)
    stop = _complement_end(tokens, core, end, cores, words)
    if stop - start > 1 and not (core == start and stop == core + 1):
        yield NameRun(start, stop, core)
    if end - stop > 2:
        rest = next((i for i in range(stop, end) if tokens.capital(i)), end)
        yield from name_spans(tokens, (rest, end), words)


def _after_people(tokens: Tokens, start: int, end: int, words: NameWords) -> int:
    """A run's start without the people of the body at the head of a sentence ("Militants of …")."""
    linked = start + 2 < end and tokens.lower[start + 1] in words.names.connectors
    if linked and tokens.lemma[start] in words.actors:
        return next((i for i in range(start + 1, end) if tokens.capital(i)), end)
    return start


def _after_owner(tokens: Tokens, start: int, core: int) -> int:
    """A name's own start when a noun with "of the" stands before it ("Friends of the Red Front" is about the front)."""
    inner = [i for i in range(start + 1, core - 1) if tokens.lower[i] == "the"]
    return inner[-1] + 1 if inner else start


def _core(tokens: Tokens, cores: list[int], words: NameWords) -> int:
    """The last of the head words that follow one another without a word like "of" between them."""
    core = cores[0]
    for candidate in cores[1:]:
        if any(tokens.lower[i] in words.names.connectors for i in range(core + 1, candidate)):
            break
        core = candidate
    return core


def _complement_end(tokens: Tokens, core: int, end: int, cores: list[int], words: NameWords) -> int:
    """Where a name ends whose head word is `core`: right there, or after "of …", "for the … of …"."""
    following = core + 1
    if following >= end or tokens.lower[following] not in words.names.complements:
        return following
    purpose = tokens.lower[following] in words.names.purpose_links
    modifiers = words.names.strong_group_modifiers
    owner = next((i for i in cores if i > following and tokens.lower[i] not in modifiers), None)
    return end if purpose or owner is None else following


def _prefixed(tokens: Tokens, start: int, end: int, words: NameWords) -> bool:
    """Whether a run is a name after the pattern Lashkar-e-X, Ansar al-X, and not one of the known parties."""
    if tokens.lower[start] not in words.names.group_prefixes or end - start < 2:
        return False
    name = tokens.quote(start, end).lower()
    return not any(name.startswith(other) for other in words.names.prefix_not_group)


def kind_scores(tokens: Tokens, run: NameRun, known: Mentions, words: NameWords) -> dict[Kind, float]:
    """The weight of the evidence for each kind, from the words of the name and those around it."""
    group, force, organization = _name_evidence(tokens, run, known, words)
    weights = words.names.weights
    near = _around(tokens, run, words.names.cue_window)
    group += weights.group_cue * min(3, len(near & words.names.group_cues))
    force += weights.force_cue * min(3, len(near & words.names.force_cues))
    organization += weights.organization_cue * len(near & words.names.organization_cues)
    owner = owner_kind(tokens, run, known)
    group += weights.owner if owner is Kind.GROUP else 0
    force += weights.owner if owner is Kind.FORCE else 0
    return {Kind.GROUP: group, Kind.FORCE: force, Kind.ORGANIZATION: organization}


def _name_evidence(tokens: Tokens, run: NameRun, known: Mentions, words: NameWords) -> tuple[float, float, float]:
    names, weights = words.names, words.names.weights
    inside = tokens.lower[run.start:run.end]
    group = weights.prefix if run.core is None else 0.0
    group += weights.strong_modifier if names.strong_group_modifiers & set(inside) else 0
    group += weights.modifier if names.group_modifiers & set(inside) else 0
    force, organization = 0.0, 0.0
    if run.core is not None:
        core = tokens.lower[run.core]
        group += weights.group_head * (core in names.group_heads) + weights.armed_head * (core in names.armed_heads)
        force += weights.force_head * (core in names.force_heads)
        organization += weights.organization_head * (core in names.organization_heads)
        first = known.at(run.start)
        state = inside[0] in words.demonyms or inside[0] in names.state_words or (
            first is not None and first.kind is Kind.PLACE and first.end >= run.core)
        force += weights.strong_force_head * (core in names.strong_force_heads)
        force += weights.state * (state and core in names.force_heads)
        force += weights.force_modifier * min(2, len(names.force_modifiers & set(inside)))
        force += weights.part_of_army * (core in names.force_heads and _of_state(tokens, run, words))
    return group, force, organization


def _of_state(tokens: Tokens, run: NameRun, words: NameWords) -> bool:
    """Whether a name is built as armies name themselves and their parts: "Fourth Army", "National Army"."""
    names, inside = words.names, tokens.lower[run.start:run.end]
    numbered = _ordinal(inside[0]) or inside[0] in names.unit_ordinals
    plain = all(word in names.plain_force_words or word in names.force_heads for word in inside)
    return numbered or plain or not names.task_words.isdisjoint(inside)


def _around(tokens: Tokens, run: NameRun, window: int) -> set[str]:
    """The words near a name in its sentence."""
    sentence = tokens.parsed.sentences[tokens.sentence[run.start]]
    first, last = max(sentence.start, run.start - window), min(sentence.end, run.end + window)
    return set(tokens.lower[first:run.start]) | set(tokens.lower[run.end:last])


def owner_kind(tokens: Tokens, run: NameRun, known: Mentions) -> Kind | None:
    """The kind of the body a unit belongs to: "the X's Y Squad", "the Y Squad of the X"."""
    if run.start > 1 and tokens.text[run.start - 1] in _APOSTROPHES:
        owner = known.at(run.start - 2)
    else:
        after = run.end + 1 if run.end + 1 < len(tokens) and tokens.lower[run.end] == "of" else None
        if after is not None and tokens.lower[after] == "the":
            after += 1
        owner = known.at(after) if after is not None and after < len(tokens) else None
    return owner.kind if owner is not None else None
