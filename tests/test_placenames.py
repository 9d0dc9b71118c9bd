"""The place index: names in all spellings, what contains what, which names stand in a text, and the cache."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg import placefiles
from kg.errors import KnowledgeError
from kg.placefiles import compiled
from kg.placeforms import PlaceForms, fold, load_place_forms
from kg.placenames import PlaceIndex, load_places
from kg.placesources import read_rows
from kg.settings import Settings


@pytest.fixture(scope="module")
def settings() -> Settings:
    return Settings()


@pytest.fixture(scope="module")
def index(settings: Settings) -> PlaceIndex:
    return load_places(settings)


@pytest.fixture(scope="module")
def forms(settings: Settings) -> PlaceForms:
    return load_place_forms(settings.seeds / "placeforms.yaml")


@pytest.mark.parametrize(("name", "place_id"), [
    ("Bolan", "geonames:1175527"),
    ("Bolan district", "geonames:1175527"),
    ("Kachhi", "geonames:1175527"),
    ("Kech", "geonames:1163052"),
    ("Mach", "geonames:1171757"),
    ("Machh", "geonames:1171757"),
    ("Kolpur", "place:kolpur"),
    ("Quetta", "geonames:1167528"),
    ("Al Fallujah", "geonames:99454"),
    ("al-Fallujah", "geonames:99454"),
    ("Sana'a", "geonames:71137"),
    ("Lower Shabelle", "geonames:51966"),
    ("Hodeidah", "geonames:79415"),
    ("U.S.", "geonames:6252001"),
    ("Britain", "geonames:2635167"),
    ("DRC", "geonames:203312"),
    ("County Armagh", "place:county-armagh"),
    ("Catatumbo", "place:catatumbo"),
])
def test_a_name_leads_to_its_place_first(index: PlaceIndex, name: str, place_id: str) -> None:
    assert index.named(name)[0].id == place_id


@pytest.mark.parametrize("name", ["Shorkand", "Zzyzzyvale", "", "Baloch people", "Of Mice and Men", "Tarkhel Bala Gul"])
def test_a_name_no_gazetteer_has_stays_unknown(index: PlaceIndex, name: str) -> None:
    assert index.named(name) == ()


@pytest.mark.parametrize(("one", "other"), [
    ("St. Louis", "Saint Louis"),
    ("Medellin", "Medellín"),
    ("Deir ez Zor", "Deir ez-Zor"),
    ("City of York", "York"),
    ("Fort Worth", "Ft. Worth"),
])
def test_spellings_of_one_name_share_a_place(index: PlaceIndex, one: str, other: str) -> None:
    assert {place.id for place in index.named(one)} & {place.id for place in index.named(other)}


def test_a_place_knows_what_contains_it_up_to_its_country(index: PlaceIndex) -> None:
    mach = index.named("Mach")[0]
    assert mach.within == ("geonames:1175527", "geonames:1183606", "geonames:1168579")
    assert mach.country == "PK"
    assert mach.level == "locality"


@pytest.mark.parametrize(("outer", "inner", "holds"), [
    ("geonames:1175527", "geonames:1171757", True),
    ("geonames:1168579", "geonames:1171757", True),
    ("geonames:1171757", "geonames:1175527", False),
    ("geonames:1163052", "geonames:1171757", False),
    ("geonames:1171757", "geonames:1171757", False),
    ("geonames:1168579", "place:kolpur", True),
    ("geonames:1168579", "place:nowhere", False),
])
def test_containment_follows_the_administrative_tree(index: PlaceIndex, outer: str, inner: str, holds: bool) -> None:
    assert index.contains(outer, inner) is holds


def test_a_district_without_coordinates_of_its_own_has_the_mean_of_its_towns(index: PlaceIndex) -> None:
    district = index.get("geonames:7419051")
    assert district is not None
    assert district.lat == pytest.approx(34.2, abs=0.4)
    assert district.population > 0


@pytest.mark.parametrize("place_id", ["geonames:0", "geonames:x", "place:nowhere", "group:bla", ""])
def test_an_unknown_id_gives_nothing(index: PlaceIndex, place_id: str) -> None:
    assert index.get(place_id) is None


@pytest.mark.parametrize(("text", "names"), [
    ("Clashes spread from Mach to Deir ez-Zor.", ["Mach", "Deir ez-Zor"]),
    ("He flew to New York City, then to St. Louis.", ["New York City", "St. Louis"]),
    ("The U.S. envoy left Sana'a.", ["U.S.", "Sana'a"]),
    ("nothing in lower case: quetta, kabul", []),
    ("Quettas and Kabulistan are no names.", []),
    ("", []),
])
def test_names_are_found_whole_and_capitalised(index: PlaceIndex, text: str, names: list[str]) -> None:
    found = [text[hit.start:hit.end] for hit in index.find(text)]
    assert [name for name in found if name in names] == names
    assert not {"quetta", "kabul", "Quettas", "Kabulistan"} & set(found)


@pytest.mark.parametrize(("word", "country"), [
    ("Pakistani", "PK"), ("Nepalese", "NP"), ("Salvadoran", "SV"), ("South Sudanese", "SS"), ("Kabul", "AF"),
    ("Islamabad", "PK"), ("Peru", "PE"), ("Irish", "IE"), ("Congolese", "CD"), ("Nigerien", "NE"),
    ("Baloch", None), ("Kurdish", None), ("Quetta", None), ("militant", None), ("", None),
])
def test_demonyms_countries_and_capitals_point_to_a_country(index: PlaceIndex, word: str, country: str | None) -> None:
    assert index.country_of(word) == country


def test_a_demonym_names_no_place(index: PlaceIndex) -> None:
    assert "IE" not in {place.country for place in index.named("Irish")}


@pytest.mark.parametrize(("name", "folded"), [
    ("Cañón del Micay", "canon del micay"), ("Şırnak", "sirnak"), ("Sana’a", "sanaa"), ("Al-Hol", "al hol"),
    ("Łódź", "lodz"), ("", ""),
])
def test_folding_leaves_plain_letters(name: str, folded: str) -> None:
    assert fold(name) == folded


@pytest.mark.parametrize(("name", "bare"), [
    ("kech district", "kech"), ("city of york", "york"), ("district", "district"), ("new york", "new york"),
])
def test_the_word_for_the_kind_is_left_out(forms: PlaceForms, name: str, bare: str) -> None:
    assert forms.bare(name) == bare


def test_every_seed_place_is_in_the_index_with_its_names(settings: Settings, index: PlaceIndex) -> None:
    for row in read_rows(settings.seeds / "places.csv"):
        place = index.get(row["id"])
        assert place is not None, row["id"]
        assert row["source"], row["id"]
        for name in filter(None, [row["name"], *row["other_names"].split("|")]):
            assert row["id"] in {one.id for one in index.named(name)}, (row["id"], name)


def test_a_damaged_cache_is_compiled_anew(
    settings: Settings, index: PlaceIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = compiled(settings)
    monkeypatch.setattr(placefiles, "compile_places", lambda seeds: whole)
    fresh = replace(settings, cache=tmp_path)
    assert compiled(fresh) == whole
    (file,) = tmp_path.iterdir()
    good = file.read_bytes()
    file.write_bytes(good[:1000])
    assert compiled(fresh) == whole
    assert file.read_bytes() == good


def test_other_seeds_make_another_cache_file(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = compiled(settings)
    monkeypatch.setattr(placefiles, "compile_places", lambda seeds: whole)
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for name in ("places.csv", "placeforms.yaml", "demonyms.csv"):
        (seeds / name).write_bytes((settings.seeds / name).read_bytes())
    cache = tmp_path / "cache"
    compiled(replace(settings, cache=cache, seeds=seeds))
    (seeds / "demonyms.csv").write_text("country,words,source\n")
    compiled(replace(settings, cache=cache, seeds=seeds))
    assert len(list(cache.iterdir())) == 2


def test_missing_seeds_are_named(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"places\.csv"):
        compiled(replace(settings, cache=tmp_path, seeds=tmp_path))


def test_an_unwritable_cache_gives_way_to_a_temporary_folder_of_the_users_own(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, made = compiled(settings), []
    monkeypatch.setattr(placefiles, "compile_places", lambda seeds: made.append(seeds) or whole)
    monkeypatch.setattr(placefiles, "spare_cache", lambda: tmp_path / "spare")
    (tmp_path / "file").write_text("in the way of a folder")
    barred = replace(settings, cache=tmp_path / "file" / "cache")
    assert compiled(barred) == compiled(barred) == whole
    assert len(made) == 1


def test_a_temporary_folder_of_another_user_is_not_read(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, made = compiled(settings), []
    monkeypatch.setattr(placefiles, "compile_places", lambda seeds: made.append(seeds) or whole)
    monkeypatch.setattr(placefiles, "spare_cache", lambda: tmp_path / "spare")
    monkeypatch.setattr(placefiles, "_own", lambda folder: False)
    (tmp_path / "file").write_text("in the way of a folder")
    barred = replace(settings, cache=tmp_path / "file" / "cache")
    assert compiled(barred) == compiled(barred) == whole
    assert len(made) == 2
