"""One report of two attacks, from text to answers: what the text says is in the graph, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.graph.terms import Table
from kg.pipeline import Toolbox, build, open_graph

REPORT = """Eleven soldiers died in two separate bombings in Pakistan\u2019s Balochistan province that were claimed by
the Baloch Liberation Army (BLA), a group that fights for an independent Balochistan.

The first bombing was carried out by the BLA\u2019s Majeed Brigade in the Goranj area of Mach. The fighters used a
remote-controlled improvised explosive device (IED) to target an army convoy. The blast killed nine soldiers. Among the
dead were two officers, Major Asad Rind and Captain Bilal Magsi.

In a separate incident, BLA fighters struck again in Kech district. The target was a Bomb Disposal Squad of the
Pakistan Army. The IED went off at about 9:15 am, killing two soldiers.

Azad Baloch, a spokesman for the BLA, said in a statement that the attacks would go on. The BLA opposes the
China-Pakistan Economic Corridor (CPEC), which crosses the province.
"""
Ask = Callable[[str], set[tuple[str, ...]]]


@pytest.fixture(scope="module")
def ask(toolbox: Toolbox, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Asks the graph of the report; the attacks that sum up others are `?whole`."""
    folder = tmp_path_factory.mktemp("story")
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    report = build(folder / "workspace", [str(folder / "report.txt")], tools=toolbox)
    assert report.problems == ()

    def ask(question: str) -> set[tuple[str, ...]]:
        with open_graph(folder / "workspace") as store:
            answer = store.query(question)
        assert isinstance(answer, Table)
        return {tuple("" if cell is None else str(cell).rpartition("militant-kg/")[2] for cell in row)
                for row in answer.rows}

    return ask


ATTACK = "?attack a/rdfs:subClassOf* kg:Attack . FILTER NOT EXISTS { ?part kg:partOf ?attack }"


def test_two_attacks_are_told_apart_with_their_tolls(ask: Ask) -> None:
    assert ask(f"SELECT ?low ?high {{ {ATTACK} ?attack kg:killedMin ?low ; kg:killedMax ?high }}") == {
        ("9", "9"), ("2", "2")}
    assert len(ask(f"SELECT ?attack {{ {ATTACK} }}")) == 2


def test_a_sum_over_both_is_no_third_attack_beside_them(ask: Ask) -> None:
    assert ask("SELECT ?n { ?part kg:partOf ?whole . ?whole kg:killedMin ?n }") <= {("11",)}
    assert ask("SELECT ?low { ?toll kg:min ?low ; kg:outcome 'killed' . ?attack kg:toll ?toll . FILTER(?low = 11)"
               " FILTER NOT EXISTS { ?part kg:partOf ?attack } }") == set()


def test_the_group_claims_both_attacks(ask: Ask) -> None:
    assert ask(f"SELECT DISTINCT ?group ?low {{ ?group kg:claims ?attack . {ATTACK} ?attack kg:killedMin ?low }}") == {
        ("group/bla", "9"), ("group/bla", "2")}


def test_the_first_is_attributed_to_a_unit_of_the_group(ask: Ask) -> None:
    assert ("group/majeed-brigade", "group/bla") in ask(
        "SELECT ?unit ?group { ?attack kg:killedMin 9 ; kg:attributedTo ?unit . ?unit kg:subgroupOf ?group }")


@pytest.mark.parametrize(("killed", "district"), [("9", "Kachhi District"), ("2", "Kech District")])
def test_each_attack_lies_in_its_district_and_the_districts_in_the_province(
    killed: str, district: str, ask: Ask,
) -> None:
    found = {label for (label,) in ask(
        f"SELECT ?label {{ ?attack kg:killedMin {killed} ; kg:locatedIn+/rdfs:label ?label }}")}
    assert {district, "Balochistan", "Pakistan"} <= found
    assert not {"Kachhi District", "Kech District"} - {district} & found


def test_the_targets_and_weapons_are_those_of_each_attack(ask: Ask) -> None:
    targets = dict(ask(f"SELECT ?low ?label {{ {ATTACK} ?attack kg:killedMin ?low ; kg:target/rdfs:label ?label }}"))
    assert "convoy" in targets["9"]
    assert "Bomb Disposal" in targets["2"]
    assert ask(f"SELECT ?low ?weapon {{ {ATTACK} ?attack kg:killedMin ?low ; kg:weapon ?weapon }}") == {
        ("9", "weapon/ied-remote"), ("2", "weapon/ied")}


def test_the_named_officers_are_victims_of_the_first(ask: Ask) -> None:
    assert ask("SELECT ?low ?name { ?attack kg:killedMin ?low ; kg:victim/rdfs:label ?name }") == {
        ("9", "Asad Rind"), ("9", "Bilal Magsi")}


def test_the_relations_are_those_the_text_states(ask: Ask) -> None:
    assert ("group/bla", "project/cpec") in ask("SELECT ?group ?project { ?group kg:opposes ?project }")
    assert ask("SELECT ?name ?group { ?who kg:spokespersonFor ?group ; rdfs:label ?name }") == {
        ("Azad Baloch", "group/bla")}


def test_what_the_text_does_not_say_is_not_there(ask: Ask) -> None:
    assert ask("SELECT ?when { ?event kg:date|kg:earliest|kg:latest ?when }") == set()
    assert ask("SELECT ?event { ?event kg:injuredMin ?any }") == set()
    assert ask("SELECT ?who { ?who kg:opposes group:bla }") == set()


def test_every_statement_leads_to_its_words(ask: Ask) -> None:
    quotes = {quote for (quote,) in ask(
        "SELECT ?quote { ?a rdf:predicate kg:opposes ; rdf:object project:cpec ; kg:evidence/oa:exact ?quote }")}
    assert quotes
    assert all(quote in REPORT and "CPEC" in quote for quote in quotes)
