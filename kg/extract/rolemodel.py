"""Weighs who did it and to whom it was done: what the rules give is kept, added to or taken back by learned weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp
from pathlib import Path
from typing import Protocol

from kg.errors import KnowledgeError
from kg.extract.drafts import HAPPENED, Draft
from kg.extract.linking import Reading, frames_of
from kg.extract.name_words import NameWords
from kg.extract.rolefeatures import AGENT, DOING, NONE, PATIENT, SUFFERING, Candidate, RoleFeatures
from kg.records import Kind
from kg.settings import Settings

FILE = "roles.tsv"
_THINGS = {Kind.FACILITY, Kind.PROJECT, Kind.THING}
_WEIGHTS = 2  # a line of weights has one for agent and one for patient; a limit has one value


class RoleReviser(Protocol):
    """Something that revises the roles of assembled events in place."""

    def revise(self, drafts: list[Draft], reading: Reading) -> None:
        """Revise the doers and sufferers of the events of one document."""


@dataclass(frozen=True, slots=True)
class RoleModel:
    """Log-linear weights of features for the roles agent and patient against none (`roles.tsv`)."""

    weights: Mapping[str, tuple[float, float]]
    names: NameWords
    limits: Mapping[str, float]

    def shares(self, features: Iterable[str]) -> dict[str, float]:
        """How probable each role is."""
        rows = [self.weights[name] for name in ("base", *features) if name in self.weights]
        powers = {NONE: 1.0, AGENT: exp(sum(a for a, _ in rows)), PATIENT: exp(sum(p for _, p in rows))}
        total = sum(powers.values())
        return {role: power / total for role, power in powers.items()}

    def revise(self, drafts: list[Draft], reading: Reading) -> None:
        """Add what is probable and take back what is improbable, at events of the attack family."""
        for row in list(RoleFeatures(reading, self.names).candidates(drafts)):
            if row.draft.family in {None, reading.families.attack}:
                self._settle(row, self.shares(row.features))

    def _settle(self, row: Candidate, shares: Mapping[str, float]) -> None:
        limits = self.limits
        if row.rule == NONE:
            role = max((AGENT, PATIENT), key=lambda r: shares[r])
            rash = row.elsewhere if role == PATIENT else _rash(row)
            if shares[role] >= limits[_limit(role, row.found.kind)] and not row.counted and not rash:
                _give(row, role)
        elif shares[row.rule] < limits["keep"]:
            _take(row)


def _rash(row: Candidate) -> bool:
    """Whether weights alone may not name this doer: only a group, of what happened, and where no other doer is read."""
    named = row.found.name is not None
    return named and not (row.found.kind is Kind.GROUP and row.lone and row.frame.stance.status in HAPPENED)


def _limit(role: str, kind: Kind) -> str:
    if role == AGENT:
        return "add agent"
    return "add person" if kind is Kind.PERSON else "add thing" if kind in _THINGS else "add people"


def _give(row: Candidate, role: str) -> None:
    if role == AGENT:
        row.frame.weighed.append(row.found.head)
        return
    found = row.found
    fillers = row.draft.victims if found.of_person else row.draft.targets
    if all(f.referent is not found.referent for f in fillers):
        fillers.append(found)


def _take(row: Candidate) -> None:
    inside = range(row.found.start, row.found.end)
    if row.rule == PATIENT:
        row.draft.targets[:] = [t for t in row.draft.targets if t is not row.found]
        row.draft.victims[:] = [v for v in row.draft.victims if v is not row.found]
    for frame in frames_of(row.draft):
        for role in DOING if row.rule == AGENT else SUFFERING:
            if role in frame.roles:
                frame.roles[role] = [i for i in frame.roles[role] if i not in inside]


def load_role_model(settings: Settings, names: NameWords) -> RoleModel:
    """Read the weights; raises KnowledgeError naming the file and the line at fault."""
    path: Path = settings.language_data / FILE
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise KnowledgeError("cannot be read", where=str(path), mend="reinstall the package") from error
    rows = [_row(line, number, path) for number, line in enumerate(lines, 1) if not line.startswith("#")]
    return RoleModel(weights={name: (v[0], v[1]) for name, v in rows if len(v) == _WEIGHTS}, names=names,
                     limits={name: v[0] for name, v in rows if len(v) == 1})


def _row(line: str, number: int, path: Path) -> tuple[str, list[float]]:
    name, *values = line.split("\t")
    try:
        return name, [float(value) for value in values]
    except ValueError as error:
        raise KnowledgeError(f"line {number}: {error}", where=str(path), mend="run tools/train_roles.py") from error
