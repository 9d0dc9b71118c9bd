"""Reads the seed tables of names (groups, forces, projects, weapons) into validated records."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KnowledgeError
from kg.records import Kind, Record

_COLUMNS = ("id", "name", "aliases", "acronyms", "countries", "kind", "category", "parent", "affiliate", "codes",
            "context", "source")


class Entry(Record, frozen=True, kw_only=True):
    """A row of a seed table: something in the world with the names that news texts give it.

    `id` is "<kind>:<slug>". `parent` and `affiliates` are ids too: a parent is what the thing is a unit, wing,
    faction or (a weapon) a sort of; an affiliate an ally or a wider network. `context` lists those of its forms that
    name it only where the text gives further reason. `codes` are identifiers elsewhere, such as "ucdp:287".
    """

    id: str
    kind: Kind
    name: str
    aliases: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    category: str
    parent: str | None = None
    affiliates: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    source: str

    def forms(self) -> tuple[str, ...]:
        """Every form as the table has it: name, aliases, acronyms."""
        return (self.name, *self.aliases, *self.acronyms)

    def code(self, scheme: str) -> str | None:
        """The identifier in another scheme ("wikidata", "ucdp", "gtd", "acled"), without the scheme's name."""
        prefix = f"{scheme}:"
        return next((code.removeprefix(prefix) for code in self.codes if code.startswith(prefix)), None)


@dataclass(frozen=True, slots=True)
class _Table:
    """A seed file and the kinds its rows may have; the first is that of a row whose cell is empty."""

    file: str
    kinds: tuple[Kind, ...]


TABLES = (
    _Table("groups.csv", (Kind.GROUP, Kind.ORGANIZATION)),
    _Table("forces.csv", (Kind.FORCE, Kind.ORGANIZATION)),
    _Table("projects.csv", (Kind.PROJECT, Kind.FACILITY)),
    _Table("weapons.csv", (Kind.WEAPON,)),
)


def read_entries(folder: Path) -> tuple[Entry, ...]:
    """The rows of every table in order; raises KnowledgeError naming file, line and mend at the first broken row."""
    seen: dict[str, str] = {}
    entries: list[Entry] = []
    for table in TABLES:
        entries += _read_table(folder / table.file, table.kinds, seen)
    return tuple(entries)


def _read_table(path: Path, kinds: tuple[Kind, ...], seen: dict[str, str]) -> list[Entry]:
    rows = list(_rows(path))
    ids = {row["id"]: f"{row['kind'] or kinds[0].value}:{row['id']}" for _, row in rows}
    entries = []
    for where, row in rows:
        _check_row(row, where, kinds, ids, seen)
        entries.append(_entry(row, ids))
        seen[ids[row["id"]]] = where
    _check_parents({entry.id: entry.parent for entry in entries}, seen)
    return entries


def _rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Rows with their place, "<file>, line <n>"; raises KnowledgeError where the table's shape is broken."""
    if not path.is_file():
        raise KnowledgeError("the table is missing", where=str(path), mend="restore it or point `seeds` elsewhere")
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, restkey="", restval=None)
        missing = sorted(set(_COLUMNS) - set(reader.fieldnames or ()))
        if missing:
            mend = f"the columns are {','.join(_COLUMNS)}"
            raise KnowledgeError(f"no column {', '.join(missing)}", where=f"{path}, line 1", mend=mend)
        for row in reader:
            where = f"{path}, line {reader.line_num}"
            if None in row.values() or "" in row:
                raise KnowledgeError("a row of another length than the header", where=where, mend="quote its commas")
            yield where, {column: value.strip() for column, value in row.items()}


def _check_row(
    row: dict[str, str], where: str, kinds: tuple[Kind, ...], ids: dict[str, str], seen: dict[str, str],
) -> None:
    """Raise KnowledgeError if a cell that must be filled is empty, an id is taken or a reference leads nowhere."""
    for column in ("id", "name", "category", "source"):
        if not row[column]:
            raise KnowledgeError(f"empty {column}", where=where, mend=f"every row has a {column}")
    if row["kind"] and row["kind"] not in kinds:
        allowed = ", ".join(kind.value for kind in kinds)
        raise KnowledgeError(f"kind {row['kind']!r}", where=where, mend=f"write one of {allowed}, or nothing")
    full = ids[row["id"]]
    if full in seen:
        raise KnowledgeError(f"id {row['id']!r} is taken by {seen[full]}", where=where, mend="give it an id of its own")
    for column in ("parent", "affiliate"):
        for reference in _cell(row[column]):
            if reference not in ids:
                mend = "write the id of a row in this file"
                raise KnowledgeError(f"{column} {reference!r} is unknown", where=where, mend=mend)
    stray = set(_cell(row["context"])) - set(_forms(row))
    if stray:
        mend = "list a name, alias or acronym of the row"
        raise KnowledgeError(f"context {min(stray)!r} is no form of the row", where=where, mend=mend)


def _check_parents(parents: dict[str, str | None], seen: dict[str, str]) -> None:
    """Raise KnowledgeError if a row is, through its parents, its own ancestor."""
    for entry_id in parents:
        path = {entry_id}
        above = parents[entry_id]
        while above is not None:
            if above in path:
                mend = "parents must form a tree"
                raise KnowledgeError(f"{entry_id!r} is its own ancestor", where=seen[entry_id], mend=mend)
            path.add(above)
            above = parents[above]


def _entry(row: dict[str, str], ids: dict[str, str]) -> Entry:
    full = ids[row["id"]]
    return Entry(
        id=full,
        kind=Kind(full.split(":", 1)[0]),
        name=row["name"],
        aliases=_cell(row["aliases"]),
        acronyms=_cell(row["acronyms"]),
        countries=_cell(row["countries"]),
        category=row["category"],
        parent=ids[row["parent"]] if row["parent"] else None,
        affiliates=tuple(ids[reference] for reference in _cell(row["affiliate"])),
        codes=_cell(row["codes"]),
        context=_cell(row["context"]),
        source=row["source"],
    )


def _forms(row: dict[str, str]) -> tuple[str, ...]:
    return (row["name"], *_cell(row["aliases"]), *_cell(row["acronyms"]))


def _cell(value: str) -> tuple[str, ...]:
    """The values of a cell, which are separated by a bar."""
    return tuple(part for part in map(str.strip, value.split("|")) if part)
