"""The seed tables are complete, consistent and refuse broken rows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.errors import KnowledgeError
from kg.gazetteer import Gazetteer, load_gazetteer
from kg.records import Kind
from kg.seedfiles import TABLES, Entry, read_entries
from kg.settings import Settings
from kg.spellings import read_spellings

HEADER = "id,name,aliases,acronyms,countries,kind,category,parent,affiliate,codes,context,source"
ROW = "abc,Alpha Front,,AFX,PK,,armed_group,,,,,test"


@pytest.fixture(scope="session")
def entries() -> tuple[Entry, ...]:
    return read_entries(Settings().seeds)


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load_gazetteer(Settings())


@pytest.mark.parametrize(
    ("kinds", "floor"),
    [((Kind.GROUP,), 900), ((Kind.FORCE,), 600), ((Kind.PROJECT, Kind.FACILITY), 140), ((Kind.WEAPON,), 65)],
)
def test_each_table_holds_at_least_what_it_held(
    entries: tuple[Entry, ...], kinds: tuple[Kind, ...], floor: int,
) -> None:
    assert sum(entry.kind in kinds for entry in entries) >= floor


@pytest.mark.parametrize("entry_id", ["group:bla", "group:bla-stos", "project:cpec"])
def test_the_ids_that_users_rely_on_exist(gazetteer: Gazetteer, entry_id: str) -> None:
    assert gazetteer.entry(entry_id).id == entry_id


def test_every_row_names_its_source_and_category(entries: tuple[Entry, ...]) -> None:
    assert [entry.id for entry in entries if not entry.source or not re.fullmatch("[a-z_]+", entry.category)] == []


def test_ids_are_slugs_of_their_kind(entries: tuple[Entry, ...]) -> None:
    assert [e.id for e in entries if not re.fullmatch(f"{e.kind.value}:[a-z0-9]+(-[a-z0-9]+)*", e.id)] == []


def test_countries_are_two_letter_codes(entries: tuple[Entry, ...]) -> None:
    assert [e.id for e in entries if not all(re.fullmatch("[A-Z]{2}", code) for code in e.countries)] == []


def test_codes_name_their_scheme(entries: tuple[Entry, ...]) -> None:
    scheme = re.compile(r"wikidata:Q\d+|ucdp:\d+|gtd:.+|acled:.+")
    assert [e.id for e in entries if not all(scheme.fullmatch(code) for code in e.codes)] == []


def test_every_weapon_descends_from_weapon(gazetteer: Gazetteer) -> None:
    roots = [entry.id for entry in gazetteer.entries(Kind.WEAPON) if entry.parent is None]
    assert roots == ["weapon:weapon"]


def test_no_form_names_two_entries_unless_marked(gazetteer: Gazetteer, entries: tuple[Entry, ...]) -> None:
    unmarked: dict[str, set[str]] = {}
    spellings = read_spellings(Settings().seeds / "variants.yaml")
    for entry in entries:
        for written, form in spellings.forms(entry):
            if written not in entry.context and not spellings.everyday(form):
                unmarked.setdefault(form.cased, set()).add(entry.id)
    assert {form: ids for form, ids in unmarked.items() if len(ids) > 1} == {}


def test_no_group_has_a_form_of_fewer_than_two_letters_or_of_common_words_only(entries: tuple[Entry, ...]) -> None:
    bare = {"army", "front", "movement", "militants", "rebels", "the army", "police", "military", "government", "group"}
    short = [(e.id, form) for e in entries if e.kind is not Kind.WEAPON for form in e.forms() if len(form) < 2]
    common = [(e.id, form) for e in entries for form in e.forms() if form.lower() in bare]
    assert short == []
    assert common == []


def test_every_name_finds_its_own_entry(gazetteer: Gazetteer, entries: tuple[Entry, ...]) -> None:
    lost = [e.id for e in entries if e.id not in {named.id for named in gazetteer.named(e.name)}]
    assert lost == []


def _tables(folder: Path, *rows: str, header: str = HEADER) -> Path:
    for table in TABLES:
        (folder / table.file).write_text(HEADER + "\n", encoding="utf-8")
    (folder / "groups.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return folder


BROKEN = [
    # rows, what the error says, the line it names
    ([ROW, ROW], "id 'abc' is taken", 3),
    (["abc,,,,PK,,armed_group,,,,,test"], "empty name", 2),
    (["abc,Alpha Front,,,PK,,armed_group,,,,,"], "empty source", 2),
    (["abc,Alpha Front,,,PK,,,,,,,test"], "empty category", 2),
    (["abc,Alpha Front,,,PK,,armed_group,xyz,,,,test"], "parent 'xyz' is unknown", 2),
    (["abc,Alpha Front,,,PK,,armed_group,,xyz,,,test"], "affiliate 'xyz' is unknown", 2),
    (["abc,Alpha Front,,,PK,,armed_group,abc,,,,test"], "its own ancestor", 2),
    (["abc,Alpha Front,,,PK,weapon,armed_group,,,,,test"], "kind 'weapon'", 2),
    (["abc,Alpha Front,,,PK,,armed_group,,,,Beta,test"], "context 'Beta' is no form", 2),
    ([ROW, "abd,Beta Front,PK"], "another length", 3),
    ([ROW + ",more"], "another length", 2),
]


@pytest.mark.parametrize(("rows", "problem", "line"), BROKEN)
def test_a_broken_row_is_refused_with_its_place_and_the_mend(
    tmp_path: Path, rows: list[str], problem: str, line: int,
) -> None:
    with pytest.raises(KnowledgeError, match=re.escape(problem)) as caught:
        read_entries(_tables(tmp_path, *rows))
    assert caught.value.where == f"{tmp_path / 'groups.csv'}, line {line}"
    assert caught.value.mend


def test_a_missing_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no column source"):
        read_entries(_tables(tmp_path, header=HEADER.removesuffix(",source")))


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="the table is missing"):
        read_entries(tmp_path)


def test_a_whole_table_is_read(tmp_path: Path) -> None:
    (entry,) = read_entries(_tables(tmp_path, "abc,Alpha Front,A Front|Alfa Front,AFX,PK|AF,,unit,,,ucdp:7,AFX,test"))
    assert entry == Entry(
        id="group:abc", kind=Kind.GROUP, name="Alpha Front", aliases=("A Front", "Alfa Front"), acronyms=("AFX",),
        countries=("PK", "AF"), category="unit", codes=("ucdp:7",), context=("AFX",), source="test",
    )
    assert (entry.code("ucdp"), entry.code("wikidata")) == ("7", None)


def test_a_list_of_another_shape_is_refused(tmp_path: Path) -> None:
    (tmp_path / "variants.yaml").write_text("spellings: [[a, b]]\nlinker: {}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError):
        read_spellings(tmp_path / "variants.yaml")
