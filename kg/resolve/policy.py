"""The words and numbers by which accounts are summed up."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from kg.records import Record
from kg.resolve.datafiles import read_knowledge

_FILE = Path(__file__).with_name("accounts.yaml")


class Policy(Record, frozen=True, kw_only=True):
    """The contents of `accounts.yaml`; `growing`, `current` and `recalled` are days, `far` kilometres."""

    told_before: frozenset[str]
    copy: float
    growing: int
    current: int
    recalled: int
    far: float
    how_many: dict[str, int]
    bloodless: frozenset[str]
    aside: dict[str, str]


@lru_cache(maxsize=1)
def policy() -> Policy:
    """The policy; KnowledgeError if the file has another shape."""
    return read_knowledge(_FILE, Policy)
