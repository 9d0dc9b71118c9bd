"""Fits the weights by which reports and events of several documents are told to be one, and writes them.

    python tools/calibrate_merging.py [--incidents INCIDENTS.jsonl] [SET...]

Writes `kg/resolve/weights.yaml`. A SET is a folder with `reports/` and `gold.json` as in `tests/merging` (those
there are taken if none is named). INCIDENTS are reports grouped by what they are about, one incident a line:
`{"incident_id", "docs": [{"id", "title", "content", "dct"}]}`, as the public Gun Violence Archive collections have
them; they give most of the weights of `story` and little of those of `event`.

The fit is a logistic regression drawn towards the weights expected before any data was seen; a weight that the data
would turn round becomes nought. Prints what left-out incidents and attacks (a fifth at a time) say of it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import msgspec
import numpy as np
import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "merging"))
import pairwise

from kg.graph.nodes import Nodes
from kg.ingest import read_documents
from kg.pipeline.toolbox import Toolbox
from kg.records import Document, Event, Extraction
from kg.resolution import EventProfile, Profile, ReportProfile
from kg.resolve import Resolver
from kg.resolve.eventfeatures import event_features
from kg.resolve.features import Features, report_features
from kg.resolve.scoring import WEIGHTS, Model, models

FOLDS = 5
# How much a pair counts: of the sets those of one attack and of two, and those of the incident reports. Two attacks
# count more: in a war many more of them are alike than in any set, and a wrong merger costs more than a missing one.
SAME, OTHER, INCIDENTS = 0.6, 3.0, 0.05
# How much a pair of the sets' reports counts beside one of incident reports, of which there are three times as many.
STORIES = 0.3
# How strongly weights are drawn to what was expected.
PULL = {"story": 1.0, "event": 1.0}
SETS = [Path(__file__).resolve().parent.parent / "tests" / "merging" / name
        for name in (".", "second", "lookalikes", "short")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A member and what it is about."""

    profile: Profile
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Two members with their features, what each is about, and how much the example counts."""

    features: Features
    labels: tuple[str, str]
    counts: float

    @property
    def same(self) -> bool:
        """Whether both are about one thing."""
        return self.labels[0] == self.labels[1]


class Reader:
    """Reads, extracts and profiles documents, and pairs those of their members that resolution would compare."""

    def __init__(self, tools: Toolbox) -> None:
        self.settings = tools.settings
        self._tools = tools
        self._resolver: Resolver = tools.resolver

    def profiles(self, documents: Iterable[Document]) -> Iterator[tuple[Extraction, Nodes, tuple[Profile, ...]]]:
        """What each document asserts, with the IRIs and profiles of its members."""
        for document in documents:
            extraction = next(iter(self._tools.extractor.extract([document])))
            nodes = Nodes(extraction)
            names = {key: node.iri for key, node in nodes.events.items()}
            names |= {key: named.node.iri for key, named in nodes.entities.items()} | {"story": f"story/{document.id}"}
            yield extraction, nodes, self._resolver.profiles(extraction, names)

    def pairs(self, members: Sequence[Labelled]) -> Iterator[tuple[Labelled, Labelled]]:
        """The members of different documents that share a key."""
        blocks: dict[str, list[int]] = {}
        for number, member in enumerate(members):
            for key in self._resolver.blocks(member.profile):
                blocks.setdefault(key, []).append(number)
        together = {pair for numbers in blocks.values() for pair in combinations(numbers, 2)}
        for one, other in sorted(together):
            if members[one].profile.document != members[other].profile.document:
                yield members[one], members[other]

    def examples(self, pairs: Iterable[tuple[Labelled, Labelled]], same: float, other: float) -> Iterator[Example]:
        """Pairs of members as examples, with how much one of one thing counts and how much one of two."""
        for one, two in pairs:
            yield Example(features=self._features(one.profile, two.profile), labels=(one.label, two.label),
                          counts=same if one.label == two.label else other)

    def _features(self, one: Profile, other: Profile) -> Features:
        if isinstance(one, EventProfile) and isinstance(other, EventProfile):
            return event_features(one, other, self._tools.knowledge.ontology)
        if isinstance(one, ReportProfile) and isinstance(other, ReportProfile):
            return report_features(one, other)
        raise TypeError(f"no features of {type(one).__name__} and {type(other).__name__}")


def incident_members(path: Path, reader: Reader) -> tuple[list[Labelled], list[Labelled]]:
    """The stories of incident reports and, where a report has one, its foremost event."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    label = {doc["id"]: row["incident_id"] for row in rows for doc in row["docs"]}
    documents = [_document(doc) for row in rows for doc in row["docs"]]
    stories, events = [], []
    for extraction, nodes, profiles in reader.profiles(documents):
        about = f"incident {label[extraction.document.id]}"
        foremost = min(extraction.events, key=_prominence, default=None)
        for profile in profiles:
            if isinstance(profile, ReportProfile):
                stories.append(Labelled(profile=profile, label=about))
            elif foremost and profile.id == nodes.events[foremost.id].iri:
                events.append(Labelled(profile=profile, label=about))
    return stories, events


def _document(doc: Mapping[str, str]) -> Document:
    return Document(id=doc["id"], source=doc["id"], published=doc["dct"], text=f"{doc['title']}\n\n{doc['content']}")


def _prominence(event: Event) -> tuple[bool, int]:
    """Main events first, those with most told of them before the others."""
    told = len(event.casualties) + len(event.actors) + len(event.places) + bool(event.date)
    return event.salience != "main", -told


def set_members(folder: Path, reader: Reader) -> tuple[list[Labelled], list[Labelled]]:
    """The stories of a labelled set's reports that tell of one attack, and the events that they all tell of."""
    gold, texts = pairwise.read_set(folder)
    documents = read_documents([str(folder / "reports")], settings=reader.settings, on_problem=print)
    found: dict[str, Profile] = {}
    predicted, stories = [], {}
    for extraction, nodes, profiles in reader.profiles(documents):
        found |= {profile.id: profile for profile in profiles}
        stories[Path(extraction.document.source).stem] = profiles[0].id
        predicted += [_predicted(extraction, event, nodes.events[event.id].iri) for event in extraction.events]
    tellings = pairwise.find_tellings(gold, texts)
    matches = pairwise.match_tellings(tellings, predicted)
    labels: dict[str, set[str]] = {}
    for telling, event in matches.items():
        labels.setdefault(event.event, set()).add(telling.attack)
    told: dict[str, set[str]] = {}
    for telling in tellings:
        told.setdefault(telling.report, set()).add(telling.attack)
    return _single(folder, found, {stories[report]: attacks for report, attacks in told.items()}
                   ), _single(folder, found, labels)


def _single(folder: Path, found: Mapping[str, Profile], attacks: Mapping[str, set[str]]) -> list[Labelled]:
    """The members that are about one attack."""
    return [Labelled(profile=found[member], label=f"{folder.name} {next(iter(told))}")
            for member, told in attacks.items() if len(told) == 1]


def _predicted(extraction: Extraction, event: Event, iri: str) -> pairwise.PredictedEvent:
    return pairwise.PredictedEvent(
        report=Path(extraction.document.source).stem, event=iri, cluster=iri,
        triggers=tuple((a.start, a.end) for a in event.triggers),
        evidence=tuple((a.start, a.end) for a in event.evidence))


class Fit:
    """A logistic regression with expected weights whose signs no weight may leave."""

    def __init__(self, model: Model, pull: float) -> None:
        self.names = list(model.features)
        self._expected = np.array([0.0, *(weight.expected for weight in model.features.values())])
        self._pull = np.array([1e-4, *[pull] * len(self.names)])
        self._held = np.array([False, *(weight.held for weight in model.features.values())])

    def matrix(self, examples: Sequence[Example]) -> np.ndarray:
        """The features of examples, a column of ones before them."""
        unknown = {name for example in examples for name in example.features} - set(self.names)
        if unknown:
            raise SystemExit(f"weights.yaml lacks {', '.join(sorted(unknown))}")
        rows = [[1.0, *(example.features.get(name, 0.0) for name in self.names)] for example in examples]
        return np.array(rows)

    def weights(self, examples: Sequence[Example]) -> np.ndarray:
        """The base and the weights."""
        x, y = self.matrix(examples), np.array([example.same for example in examples], dtype=float)
        counts = np.array([example.counts for example in examples])
        free = ~self._held
        weights = self._expected.copy()
        weights[0] = -3.0
        while True:
            self._descend(weights, free, x, y, counts)
            turned = free & (weights * self._expected < 0)
            if not turned.any():
                return weights
            weights[turned] = 0.0
            free &= ~turned

    def _descend(self, weights: np.ndarray, free: np.ndarray, x: np.ndarray, y: np.ndarray, counts: np.ndarray) -> None:
        for _ in range(100):
            p = 1 / (1 + np.exp(-x @ weights))
            slope = x.T @ (counts * (p - y)) + self._pull * (weights - self._expected)
            curve = (x * (counts * p * (1 - p))[:, None]).T @ x + np.diag(self._pull)
            step = np.linalg.solve(curve[np.ix_(free, free)], slope[free])
            weights[free] -= step * min(1.0, 1 / np.abs(step).max())
            if np.abs(step).max() < 1e-6:
                return


def left_out(fit: Fit, examples: Sequence[Example]) -> np.ndarray:
    """The probability of each example by weights fitted without what it is about."""
    about = sorted({label for example in examples for label in example.labels})
    fold = {label: number % FOLDS for number, label in enumerate(about)}
    x, p = fit.matrix(examples), np.zeros(len(examples))
    for turn in range(FOLDS):
        out = np.array([turn in (fold[a], fold[b]) for a, b in (example.labels for example in examples)])
        weights = fit.weights([example for example, gone in zip(examples, out, strict=True) if not gone])
        p[out] = 1 / (1 + np.exp(-x[out] @ weights))
    return p


def report(kind: str, examples: Sequence[Example], p: np.ndarray) -> None:
    """Print precision and recall of pairs at one half, and how true the probabilities are."""
    same = np.array([example.same for example in examples])
    said = p >= 0.5
    right = int((said & same).sum())
    print(f"{kind}: {len(examples)} pairs, {int(same.sum())} of one thing; left out: precision "
          f"{right / max(1, int(said.sum())):.3f}, recall {right / max(1, int(same.sum())):.3f}")
    for low in np.arange(0, 1, 0.1):
        bin_ = (p >= low) & (p < low + 0.1)
        if bin_.any():
            print(f"  {low:.1f}-{low + 0.1:.1f}: {int(bin_.sum()):5d} pairs, {same[bin_].mean():.2f} of one thing")


def write(fitted: Mapping[str, tuple[list[str], np.ndarray]]) -> None:
    """Write the weights into the file, its heading and the words for the features kept."""
    old = WEIGHTS.read_text(encoding="utf-8")
    lines = [line for line in old.splitlines() if line.startswith("#")]
    for kind, (names, weights) in fitted.items():
        lines += [f"{kind}:", f"  base: {weights[0]:.2f}", "  features:"]
        for name, weight in zip(names, weights[1:], strict=True):
            row = models()[kind].features[name]
            given = f"weight: {weight + 0:.2f}, expected: {row.expected:g}{', held: true' if row.held else ''}"
            lines.append(f'    {name}: {{{given}, says: "{row.says}"}}')
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    msgspec.convert(yaml.safe_load(WEIGHTS.read_text(encoding="utf-8")), dict[str, Model])


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--incidents", type=Path)
    parser.add_argument("sets", nargs="*", type=Path, default=[folder for folder in SETS if folder.is_dir()])
    given = parser.parse_args()
    reader = Reader(Toolbox())
    stories, events = incident_members(given.incidents, reader) if given.incidents else ([], [])
    counts = {"story": (STORIES, STORIES), "event": (SAME, OTHER)}
    examples = {"story": list(reader.examples(reader.pairs(stories), 1.0, 1.0)),
                "event": list(reader.examples(reader.pairs(events), INCIDENTS, INCIDENTS))}
    for folder in given.sets:
        for kind, members in zip(examples, set_members(folder, reader), strict=True):
            pairs = (pair for pair in combinations(members, 2) if len({one.profile.document for one in pair}) > 1)
            examples[kind] += reader.examples(pairs, *counts[kind])
    fitted = {}
    for kind, rows in examples.items():
        fit = Fit(models()[kind], PULL[kind])
        if not rows:
            model = models()[kind]
            fitted[kind] = fit.names, np.array([model.base, *(weight.weight for weight in model.features.values())])
            continue
        p = left_out(fit, rows)
        report(kind, rows, p)
        own = [number for number, row in enumerate(rows) if row.counts in counts[kind]]
        if own:
            report(f"{kind}, reports of the sets", [rows[number] for number in own], p[own])
        fitted[kind] = (fit.names, fit.weights(rows))
    write(fitted)


if __name__ == "__main__":
    main()
