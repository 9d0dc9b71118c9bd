"""Scores how well events of many reports were brought together, pair by pair of labelled tellings.

Plain Python over plain values, so that it can judge any system. README.md says what a telling is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

Span = tuple[int, int]
Gold = Mapping[str, Any]  # gold.json as it is


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedEvent:
    """An event that a system found in one report, and the cluster it was put in.

    Spans are half-open character offsets into the text below the front matter. An event without a cluster of its own
    is given its own id as one; clusters are compared as strings over all reports.
    """

    report: str
    event: str
    cluster: str
    triggers: tuple[Span, ...] = ()
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One attack in one report: where its words, its main sentence and its further sentences stand."""

    attack: str
    report: str
    trigger: Span
    sentence: Span
    also: tuple[Span, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.attack}@{self.report}"


Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairwiseScore:
    """Counts of pairs and the pairs themselves, as `attack@report` names, for reading.

    `unfound` are tellings that no event of their report overlaps: each is alone, and its pairs are missed.
    `missed_apart` are the missed pairs whose two tellings were both found.
    """

    precision: float
    recall: float
    f1: float
    cubed_precision: float
    cubed_recall: float
    pairs_right: int
    pairs_predicted: int
    pairs_gold: int
    tellings: int
    unfound: tuple[str, ...]
    false_pairs: tuple[Pair, ...]
    missed_pairs: tuple[Pair, ...]
    missed_apart: tuple[Pair, ...]


def read_set(folder: Path) -> tuple[Gold, dict[str, str]]:
    """The labels of a set and the text of each of its reports, below the front matter."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    texts = {path.stem: body(path.read_text(encoding="utf-8")) for path in sorted((folder / "reports").glob("*.txt"))}
    return gold, texts


def body(text: str) -> str:
    """The text below the front matter, which is where all offsets and occurrences are counted."""
    _, _, below = text.partition("---\n")[2].partition("---\n")
    return below


def find_tellings(gold: Gold, texts: Mapping[str, str]) -> list[Telling]:
    """Every labelled telling with its places; raises ValueError where the words do not stand as labelled."""
    return [
        _find_telling(attack, report, label, texts[report])
        for attack, entry in gold["attacks"].items()
        for report, label in entry["reports"].items()
    ]


def _find_telling(attack: str, report: str, label: Mapping[str, Any], text: str) -> Telling:
    where = f"{attack}@{report}"
    trigger, sentence = _find_label(label, text, where)
    also = tuple(_find_label(part, text, where)[1] for part in label.get("also", ()))
    return Telling(attack=attack, report=report, trigger=trigger, sentence=sentence, also=also)


def _find_label(label: Mapping[str, Any], text: str, where: str) -> tuple[Span, Span]:
    sentence = _find_words(label["sentence"], None, text, where)
    trigger = _find_words(label["trigger"], label.get("occurrence"), text, where)
    if _overlap(trigger, sentence) < trigger[1] - trigger[0]:
        raise ValueError(f"{where}: the trigger {label['trigger']!r} does not stand in its sentence")
    return trigger, sentence


def _find_words(words: str, occurrence: int | None, text: str, where: str) -> Span:
    starts = [at for at in range(len(text)) if text.startswith(words, at)]
    if occurrence is None and len(starts) != 1:
        raise ValueError(f"{where}: {words!r} stands {len(starts)} times in the report, not once")
    if occurrence is not None and not 1 <= occurrence <= len(starts):
        raise ValueError(f"{where}: {words!r} stands {len(starts)} times, occurrence {occurrence} is asked for")
    start = starts[(occurrence or 1) - 1]
    return start, start + len(words)


def match_tellings(tellings: Iterable[Telling], events: Iterable[PredictedEvent]) -> dict[Telling, PredictedEvent]:
    """The event of its own report that each telling belongs to; tellings that nothing overlaps are left out.

    One event may serve several tellings: a system that takes twin attacks for one is to be charged with a false pair.
    """
    by_report: dict[str, list[PredictedEvent]] = {}
    for event in events:
        by_report.setdefault(event.report, []).append(event)
    matched = {}
    for telling in tellings:
        fitting = [event for event in by_report.get(telling.report, ()) if _touches(telling, event)]
        if fitting:
            matched[telling] = max(fitting, key=lambda event: _fit(telling, event))
    return matched


def _touches(telling: Telling, event: PredictedEvent) -> bool:
    covered = _union(event.triggers + event.evidence)
    return any(_overlap(span, place) for span in covered for place in (telling.sentence, *telling.also))


def _fit(telling: Telling, event: PredictedEvent) -> tuple[bool, bool, int, int, int, str]:
    # The labelled words themselves speak loudest: twins may share a sentence. Then the sentence, then the further
    # sentences; of two events that cover the same, the one that covers less besides. The id makes it repeatable.
    covered = _union(event.triggers + event.evidence)
    main = sum(_overlap(span, telling.sentence) for span in covered)
    further = sum(_overlap(span, place) for span in covered for place in telling.also)
    besides = sum(end - start for start, end in covered) - main - further
    return (
        any(_overlap(span, telling.trigger) for span in event.triggers),
        any(_overlap(span, telling.sentence) for span in event.triggers),
        main,
        further,
        -besides,
        event.event,
    )


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _union(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def score_pairs(gold: Gold, texts: Mapping[str, str], events: Iterable[PredictedEvent]) -> PairwiseScore:
    """Pairwise precision and recall over the labelled tellings, and the B-cubed figures beside them.

    A pair is two tellings of one attack (gold) or in one cluster (predicted). With no predicted pair the precision is
    1, with no gold pair the recall is. B-cubed weighs each telling alike, so that one attack with many reports does
    not decide the figure.
    """
    tellings = find_tellings(gold, texts)
    matched = match_tellings(tellings, events)
    cluster = {telling: (True, matched[telling].cluster) if telling in matched else (False, telling.name)
               for telling in tellings}
    predicted = {pair for pair in combinations(tellings, 2) if cluster[pair[0]] == cluster[pair[1]]}
    wanted = {pair for pair in combinations(tellings, 2) if pair[0].attack == pair[1].attack}
    right = predicted & wanted
    precision = len(right) / len(predicted) if predicted else 1.0
    recall = len(right) / len(wanted) if wanted else 1.0
    cubed_precision, cubed_recall = _cubed(tellings, cluster)
    missed = wanted - predicted
    return PairwiseScore(
        precision=precision,
        recall=recall,
        f1=2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        cubed_precision=cubed_precision,
        cubed_recall=cubed_recall,
        pairs_right=len(right),
        pairs_predicted=len(predicted),
        pairs_gold=len(wanted),
        tellings=len(tellings),
        unfound=tuple(sorted(telling.name for telling in tellings if telling not in matched)),
        false_pairs=_names(predicted - wanted),
        missed_pairs=_names(missed),
        missed_apart=_names(pair for pair in missed if pair[0] in matched and pair[1] in matched),
    )


def _cubed(tellings: Sequence[Telling], cluster: Mapping[Telling, tuple[bool, str]]) -> tuple[float, float]:
    precision = recall = 0.0
    for telling in tellings:
        same_cluster = {other for other in tellings if cluster[other] == cluster[telling]}
        same_attack = {other for other in tellings if other.attack == telling.attack}
        both = len(same_cluster & same_attack)
        precision += both / len(same_cluster)
        recall += both / len(same_attack)
    return precision / (len(tellings) or 1), recall / (len(tellings) or 1)


def _names(pairs: Iterable[tuple[Telling, Telling]]) -> tuple[Pair, ...]:
    return tuple(sorted((one.name, other.name) for one, other in pairs))


def find_clashes(tellings: Iterable[Telling]) -> list[Pair]:
    """Pairs of labels of one report whose trigger words overlap, which no labelling may have."""
    ordered = sorted(tellings, key=lambda telling: (telling.report, telling.trigger))
    return [(one.name, other.name) for one, other in pairwise(ordered)
            if one.report == other.report and _overlap(one.trigger, other.trigger)]
