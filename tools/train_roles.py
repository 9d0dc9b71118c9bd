"""Fits `kg/extract/lang/en/roles.tsv`, the weights that decide who did it and to whom, to labelled reports.

    python tools/train_roles.py [LABELLED.jsonl …] [--write]

`tests/gold` is always used. Each line of a LABELLED file is a report: {"id", "text", "published", "doers",
"sufferers"}, the last two lists of lists of strings, each inner list the ways in which one doer or sufferer of any
event is named.
A mention is a doer or sufferer if its words fit one; one that fits both, or an armed target that a LABELLED file leaves
out, teaches nothing. Without --write the tool fits on nine tenths of the reports and shows how it does on the others.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.extract.drafts import Draft
from kg.extract.extractor import Extractor
from kg.extract.linking import Reading
from kg.extract.name_words import NameWords
from kg.extract.rolefeatures import AGENT, NONE, PATIENT, Candidate, RoleFeatures
from kg.extract.rolemodel import FILE
from kg.records import Document, Extraction, Kind
from kg.settings import Settings

OWN = Path(__file__).resolve().parent.parent / "tests" / "gold"
TARGET = Settings().language_data / FILE
ROLES = (NONE, AGENT, PATIENT)
# The slots of tests/gold that name them.
DOERS, SUFFERERS = ("claimed_by", "attributed_to", "perpetrators_text"), ("targets", "victims_named")
# Each report of tests/gold counts as several, because it is of the kind that the project is for.
OWN_WEIGHT = 4.0
# Of 1, 3 and 6 the one with the smallest loss on reports left out; features seen less often are left out.
PENALTY, LEAST_SEEN, LEAST_WEIGHT = 6.0, 5, 0.05
STEPS, RATE = 400, 0.05
# Set so that precision of doers and targets rises on the project's own reports: more is added below these, less right.
LIMITS = {"add agent": 0.5, "add thing": 0.75, "add people": 0.75, "add person": 0.8, "keep": 0.25}
NAMED = {Kind.GROUP, Kind.FORCE, Kind.PERSON, Kind.ORGANIZATION}
Matrix = NDArray[np.float64]

HEADER = """\
# Weights of the features (kg/extract/rolefeatures.py) of a mention beside an event: for agent, for patient, both
# against neither. Written by tools/train_roles.py, never by hand. The first lines are limits: the least probability at
# which a doer or a sufferer (thing, people, named person) is added, and the one below which what the rules gave is
# taken back.
# Fitted to {rows} mentions of {reports} reports ({own} of them in tests/gold).
"""


class Labels(NamedTuple):
    """How the doers and sufferers of one report are named."""

    doers: list[list[str]]
    sufferers: list[list[str]]
    own: bool


class Sample(NamedTuple):
    """A mention with its features and its role; `weight` is how much it counts."""

    report: str
    features: tuple[str, ...]
    role: int
    weight: float


@dataclass
class Recorder:
    """Stands in for the role model and keeps what it would have been asked."""

    names: NameWords
    rows: list[Candidate]
    reading: Reading | None = None

    def revise(self, drafts: list[Draft], reading: Reading) -> None:
        """Keep the candidates, change nothing."""
        self.rows, self.reading = list(RoleFeatures(reading, self.names).candidates(drafts)), reading


def own_reports() -> Iterator[tuple[Document, Labels]]:
    """The reports of tests/gold with the names of their doers and sufferers."""
    for path in sorted(OWN.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if "events" not in gold:
            continue
        text = (path.parent / gold.get("text_file", f"{path.stem}.txt")).read_text(encoding="utf-8")
        text = text.split("\n---\n", 1)[1] if text.startswith("---\n") else text
        names = {group["name"]: group["mentions"] for group in gold.get("groups", [])}
        told = [part for event in gold["events"] for part in (event, event.get("optional_values", {}))]
        doers = [[who, *names.get(who, [])] for part in told for slot in DOERS for who in part.get(slot) or []]
        sufferers = [[who] for part in told for slot in SUFFERERS for who in part.get(slot) or []]
        yield Document(id=gold["id"], source=gold["id"], published=gold.get("published"), text=text), Labels(
            doers, sufferers, own=True)


def other_reports(paths: Iterable[str]) -> Iterator[tuple[Document, Labels]]:
    """The reports of the LABELLED files that have any doer or sufferer."""
    for path in paths:
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["doers"] or row["sufferers"]:
                document = Document(id=row["id"], source=row["id"], published=row.get("published"), text=row["text"])
                yield document, Labels(row["doers"], row["sufferers"], own=False)


def samples(reports: Iterable[tuple[Document, Labels]]) -> Iterator[Sample]:
    """The mentions beside events of the attack family; events none of whose mentions are labelled are passed over."""
    extractor = Extractor(Settings())
    recorder = Recorder(extractor.name_words, [])
    extractor.roles = recorder
    for document, labels in reports:
        recorder.rows = []
        extraction = next(extractor.extract([document]))
        if recorder.reading is not None:
            yield from _of_report(document.id, recorder.rows, recorder.reading, extraction, labels)


def _of_report(report: str, rows: Sequence[Candidate], reading: Reading, extraction: Extraction,
               labels: Labels) -> Iterator[Sample]:
    told = {anchor.start for event in extraction.events for anchor in event.triggers}
    for draft in {id(row.draft): row.draft for row in rows}.values():
        own = [row for row in rows if row.draft is draft]
        kept = any(reading.parsed.doc[frame.start].idx in told for i in draft.incidents for frame in i.frames)
        if not kept or draft.family not in {None, reading.families.attack}:
            continue
        roles = [_role(row, reading, labels) for row in own]
        if any(roles):
            yield from (Sample(report, row.features, role, OWN_WEIGHT if labels.own else 1.0)
                        for row, role in zip(own, roles, strict=True) if role is not None)


def _role(row: Candidate, reading: Reading, labels: Labels) -> int | None:
    words = [reading.parsed.quote(row.found.start, row.found.end)]
    chain = [reading.parsed.quote(m.start, m.end) for m in reading.mentions if m.referent is row.found.referent]
    kind = row.found.kind
    doer = _fits(words + (chain if kind in NAMED else []), labels.doers)
    sufferer = _fits(words + (chain if kind is Kind.PERSON else []), labels.sufferers)
    if doer and sufferer:
        return None
    unsure = not labels.own and row.rule == PATIENT and not doer and not sufferer
    armed = kind is Kind.FORCE or "kind trooper" in row.features
    return None if unsure and armed else 1 if doer else 2 if sufferer else 0


def _fits(words: Sequence[str], named: Sequence[Sequence[str]]) -> bool:
    return any(_same(_plain(a), _plain(b)) for a in words for forms in named for b in forms)


def _plain(words: str) -> str:
    return " ".join(w for w in re.sub(r"[^\w\s]", "", words.lower()).split() if w not in {"a", "an", "the"})


def _same(a: str, b: str) -> bool:
    """Whether two phrases have one head, or one stands in the other."""
    if not a or not b:
        return False
    heads = [re.split(r"\b(?:of|in|at|from|who|which|that|with|for|on|by|and)\b", x)[0].split()[-1:] for x in (a, b)]
    return heads[0] == heads[1] != [] or f" {a} " in f" {b} " or f" {b} " in f" {a} "


def fit(rows: Sequence[Sample]) -> tuple[dict[str, int], Matrix]:
    """A penalised log-linear model by full-batch Adam from zero: the same rows, the same weights."""
    seen = Counter(name for row in rows for name in set(row.features))
    index = {name: n for n, name in enumerate(sorted(name for name in seen if seen[name] >= LEAST_SEEN))}
    table = np.zeros((len(rows), len(index) + 1))
    table[:, -1] = 1.0
    for n, row in enumerate(rows):
        table[n, [index[name] for name in row.features if name in index]] = 1.0
    wanted = np.eye(len(ROLES))[[row.role for row in rows]]
    counts = np.array([row.weight for row in rows])[:, None]
    weights = np.zeros((table.shape[1], len(ROLES)))
    mean, spread = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        slope = table.T @ ((_shares(table @ weights) - wanted) * counts) + PENALTY * weights
        slope[-1] -= PENALTY * weights[-1]
        mean, spread = 0.9 * mean + 0.1 * slope, 0.999 * spread + 0.001 * slope**2
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
    return index, weights - weights[:, :1]


def _shares(sums: Matrix) -> Matrix:
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _report(rows: Sequence[Sample], index: dict[str, int], weights: Matrix) -> None:
    sums = np.array([weights[-1] + sum((weights[index[f]] for f in row.features if f in index), np.zeros(len(ROLES)))
                     for row in rows])
    given, right = sums.argmax(axis=1), np.array([row.role for row in rows])
    for n, role in enumerate(ROLES[1:], 1):
        hit = int(((given == n) & (right == n)).sum())
        precision, recall = hit / max(1, (given == n).sum()), hit / max(1, (right == n).sum())
        sys.stdout.write(f"{role:8s} precision {precision:.2f} recall {recall:.2f}\n")


def main(arguments: Sequence[str]) -> None:
    """Fit and show, or fit on all and write."""
    reports = [*own_reports(), *other_reports(a for a in arguments if not a.startswith("--"))]
    rows = list(samples(reports))
    if "--write" not in arguments:
        names = sorted({row.report for row in rows})
        left = set(names[::10])
        index, weights = fit([row for row in rows if row.report not in left])
        _report([row for row in rows if row.report in left], index, weights)
        return
    index, weights = fit(rows)
    lines = [f"{name}\t{value}" for name, value in LIMITS.items()]
    lines.append(f"base\t{weights[-1, 1]:.2f}\t{weights[-1, 2]:.2f}")
    lines += [f"{name}\t{weights[n, 1]:.2f}\t{weights[n, 2]:.2f}" for name, n in index.items()
              if np.abs(weights[n, 1:]).max() >= LEAST_WEIGHT]
    own = sum(labels.own for _, labels in reports)
    header = HEADER.format(rows=len(rows), reports=len(reports), own=own)
    TARGET.write_text(header + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
