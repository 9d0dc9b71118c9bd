"""What people decide is kept, applied at once and in every build, and can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kg.errors import KGError
from kg.ingest import Problem
from kg.pipeline import Toolbox, build, open_graph
from kg.pipeline.reviewing import Author, judge, listed, merge, split, take_in, undo, written_out
from kg.reviews import Verb

ONE = "A bomb exploded in Daruk on 4 May 2031, killing 12 people. The Harim Front claimed the attack."
TWO = "A bomb exploded in Daruk on 4 May 2031, killing 14 people, officials said."
THREE = "A bomb exploded in Velun on 4 May 2031, killing 3 people. The Sarin Front opposes the Harim Front."
FOUR = ("A bomb exploded in Karsan on 9 May 2031, killing 1 people. A bomb exploded in Tolma on 9 May 2031, killing 2 "
        "people.")
MIRA = Author("Mira", "read both")


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in (("one", ONE), ("two", TWO), ("three", THREE), ("four", FOUR)):
        (folder / f"{name}.txt").write_text(text)
    return folder


@pytest.fixture
def work(reports: Path, tmp_path: Path, tools: Toolbox) -> Path:
    build(tmp_path / "w", [str(reports)], tools=tools)
    return tmp_path / "w"


def dump(work: Path) -> list[str]:
    with open_graph(work) as store:
        return sorted(map(str, store.triples()))


def ask(work: Path, pattern: str) -> list[tuple[str, ...]]:
    with open_graph(work) as store:
        answer = store.query(f"SELECT DISTINCT ?a ?b WHERE {{ {pattern} }} ORDER BY ?a ?b")
    return [tuple(str(cell) for cell in row) for row in answer.rows]  # type: ignore[union-attr]


def events(work: Path) -> dict[str, str]:
    """The bombings by the names of their places."""
    return {place: event for event, place in ask(work, "?a a kg:Bombing ; kg:locatedIn/rdfs:label ?b")}


def assertion(work: Path, predicate: str, words: str) -> str:
    """The assertion of a document with that predicate whose evidence or object has the words."""
    rows = ask(work, f"?a rdf:predicate kg:{predicate} ; kg:status/rdfs:label ?b ; kg:evidence/oa:exact ?c ;"
                     f" prov:wasDerivedFrom/kg:sha256 ?d . FILTER(CONTAINS(?c, '{words}'))"
                     " FILTER(STR(?b) != 'consolidated')")
    return rows[0][0]


def killed(work: Path, event: str) -> tuple[int, int]:
    rows = ask(work, f"<{event}> kg:killedMin ?a ; kg:killedMax ?b")
    return int(rows[0][0]), int(rows[0][1])


def test_rules_join_what_they_think_one(work: Path) -> None:
    assert set(events(work)) == {"Daruk", "Velun", "Karsan", "Tolma"}
    assert killed(work, events(work)["Daruk"]) == (12, 14)


def test_a_merge_makes_one_of_two_and_undoing_it_leaves_no_trace(work: Path, tools: Toolbox) -> None:
    before, found = dump(work), events(work)
    outcome = merge(work, found["Daruk"], found["Velun"], MIRA, tools=tools)
    assert len({events(work)["Daruk"], events(work)["Velun"]}) == 1
    assert killed(work, events(work)["Daruk"]) == (3, 14)
    assert outcome.gone
    assert outcome.come
    undo(work, None, MIRA, tools=tools)
    assert dump(work) == before


def test_a_split_parts_the_named_document_and_can_be_taken_back(work: Path, reports: Path, tools: Toolbox) -> None:
    before, whole = dump(work), events(work)["Daruk"]
    split(work, whole, [str(reports / "two.txt")], MIRA, tools=tools)
    parted = ask(work, "?a a kg:Bombing ; kg:killedMax ?b")
    assert sorted(int(row[1]) for row in parted) == [1, 2, 3, 12, 14]
    undo(work, None, MIRA, tools=tools)
    assert dump(work) == before


@pytest.mark.parametrize(("verb", "predicate", "words", "value"), [
    (Verb.REJECT, "locatedIn", "Velun", None), (Verb.REJECT, "claimedBy", "Harim", None),
    (Verb.REJECT, "claims", "Harim", None), (Verb.REJECT, "killedMin", "14 people", None),
    (Verb.REJECT, "date", "Velun", None), (Verb.REJECT, "opposes", "opposes", None),
    (Verb.ACCEPT, "toll", "3 people", None), (Verb.REJECT, "type", "exploded", None),
    (Verb.CORRECT, "toll", "14 people", "12"), (Verb.CORRECT, "date", "Karsan", "2031-05-08"),
    (Verb.CORRECT, "date", "Velun", "2031-05"), (Verb.CORRECT, "locatedIn", "Velun", "Karsan"),
    (Verb.CORRECT, "locatedIn", "Velun", "place:geonames-1180729"), (Verb.CORRECT, "claimedBy", "Harim", "group:bla"),
    (Verb.CORRECT, "claims", "Harim", "Sarin Front"), (Verb.CORRECT, "opposes", "opposes", "group:bla"),
    (Verb.CORRECT, "type", "exploded", "Ambush"), (Verb.CORRECT, "countryCode", "Velun", "PK"),
])
def test_every_judgement_on_a_statement_changes_the_graph_and_its_undoing_restores_it(
        work: Path, tools: Toolbox, verb: Verb, predicate: str, words: str, value: str | None) -> None:
    before = dump(work)
    name = "rdf:type" if predicate == "type" else predicate
    node = assertion(work, predicate, words) if name == predicate else ask(
        work, "?a rdf:predicate rdf:type ; rdf:object kg:Bombing ; kg:status kg:Asserted")[0][0]
    judge(work, verb, [node], MIRA, value=value, tools=tools)
    now = dump(work)
    assert now != before
    assert ask(work, f"<{node}> kg:review ?a . ?a dcterms:creator ?b") != []
    assert no_fact_without_assertion(work)
    undo(work, None, MIRA, tools=tools)
    assert dump(work) == before


def no_fact_without_assertion(work: Path) -> bool:
    from kg.graph.saved import saved_queries

    with open_graph(work) as store:
        return saved_queries()["facts-without-assertion"].run(store, {}).rows == ()  # type: ignore[union-attr]


def test_merging_what_was_split_says_so_and_wins(work: Path, reports: Path, tools: Toolbox) -> None:
    whole = events(work)["Daruk"]
    split(work, whole, [], MIRA, tools=tools)
    one, other = (row[0] for row in ask(work, "?a a kg:Bombing ; kg:locatedIn/rdfs:label ?b . FILTER(?b = 'Daruk')"))
    outcome = merge(work, one, other, Author("Juno"), tools=tools)
    assert [remark for remark in outcome.remarks if "split" in remark and "Mira" in remark]
    assert killed(work, events(work)["Daruk"]) == (12, 14)


def test_a_later_judgement_on_a_statement_counts_in_place_of_an_earlier(work: Path, tools: Toolbox) -> None:
    node = assertion(work, "toll", "14 people")
    judge(work, Verb.REJECT, [node], MIRA, tools=tools)
    (outcome,) = judge(work, Verb.CORRECT, [node], Author("Juno"), value="13", tools=tools)
    assert "counts in its place" in outcome.remarks[0]
    assert killed(work, events(work)["Daruk"]) == (12, 13)


def test_what_a_review_put_there_can_be_corrected_again(work: Path, tools: Toolbox) -> None:
    judge(work, Verb.CORRECT, [assertion(work, "locatedIn", "Velun")], MIRA, value="Karsan", tools=tools)
    ((new, _),) = ask(work, "?a kg:status kg:Reviewed ; rdf:predicate kg:locatedIn ; prov:wasRevisionOf ?b")
    judge(work, Verb.CORRECT, [new], MIRA, value="Tolma", tools=tools)
    assert ask(work, "?a kg:status kg:Reviewed ; rdf:object/rdfs:label ?b")[0][1] == "Tolma"


def test_a_fact_of_three_parts_is_judged_in_every_document_that_says_it(work: Path, tools: Toolbox) -> None:
    whole = events(work)["Daruk"]
    done = judge(work, Verb.REJECT, [whole, "kg:locatedIn", "Daruk"], MIRA, tools=tools)
    assert len(done) == 2
    assert "Daruk" not in events(work)


def test_an_unknown_thing_may_be_a_known_one(work: Path, tools: Toolbox) -> None:
    before = dump(work)
    merge(work, "Harim Front", "group:bla", MIRA, tools=tools)
    assert ask(work, "group:bla kg:claims ?a . ?a kg:claimedBy ?b") != []
    assert ask(work, "?a dcterms:isReplacedBy group:bla ; prov:wasDerivedFrom ?b") != []
    assert len(ask(work, "group:bla rdfs:label ?a . BIND('' AS ?b)")) == 1
    undo(work, None, MIRA, tools=tools)
    assert dump(work) == before


def test_two_known_things_may_be_one(work: Path, tools: Toolbox, reports: Path) -> None:
    merge(work, "Harim Front", "group:bla", MIRA, tools=tools)
    judge(work, Verb.CORRECT, [assertion(work, "opposes", "opposes")], MIRA, value="group:iskp", tools=tools)
    before = dump(work)
    merge(work, "group:bla", "group:iskp", MIRA, tools=tools)
    assert ask(work, "?a kg:opposes group:iskp . BIND('' AS ?b)") == []
    assert ask(work, "?a kg:opposes group:bla . BIND('' AS ?b)") != []
    undo(work, None, MIRA, tools=tools)
    assert dump(work) == before


def test_what_was_said_to_be_a_known_thing_can_be_split_off_again(work: Path, tools: Toolbox, reports: Path) -> None:
    merge(work, "Harim Front", "group:bla", MIRA, tools=tools)
    split(work, "group:bla", [str(reports / "three.txt")], MIRA, tools=tools)
    assert ask(work, "?a kg:opposes ?thing . ?thing rdfs:label ?b")[0][1] == "Harim Front"
    assert ask(work, "group:bla kg:claims ?a . BIND('' AS ?b)") != []


@pytest.mark.parametrize(("one", "other", "message"), [
    ("Daruk", "Daruk", "one already"), ("Nobody", "Daruk", "nothing is called"), ("Daruk", "EVENT", "different kinds"),
])
def test_what_cannot_be_merged_is_refused_and_changes_nothing(work: Path, tools: Toolbox, one: str, other: str,
                                                              message: str) -> None:
    before = dump(work)
    with pytest.raises(KGError, match=message):
        merge(work, one, other.replace("EVENT", events(work)["Daruk"]), MIRA, tools=tools)
    assert dump(work) == before
    assert listed(work) == []


@pytest.mark.parametrize(("predicate", "words", "value", "message"), [
    ("locatedIn", "Velun", "group:bla", "takes facility, place"), ("date", "Velun", "Monday", "no date"),
    ("toll", "14 people", "some", "no number"), ("claimedBy", "Harim", "Velun", "takes"),
    ("locatedIn", "Velun", "Nowhere", "nothing is called"), ("countryCode", "Velun", "Pakistan", "no country code"),
])
def test_a_value_out_of_the_range_is_refused_and_changes_nothing(work: Path, tools: Toolbox, predicate: str, words: str,
                                                                 value: str, message: str) -> None:
    with pytest.raises(KGError, match=message):
        judge(work, Verb.CORRECT, [assertion(work, predicate, words)], MIRA, value=value, tools=tools)
    assert listed(work) == []


@pytest.mark.parametrize("kind", ["consolidated", "reference"])
def test_what_no_document_says_is_not_judged(work: Path, tools: Toolbox, kind: str) -> None:
    merge(work, "Harim Front", "group:bla", MIRA, tools=tools)
    node = ask(work, f"?a kg:status kg:{kind.title()} . BIND('' AS ?b)")[0][0]
    with pytest.raises(KGError, match="no single document"):
        judge(work, Verb.REJECT, [node], MIRA, tools=tools)


def decide_much(work: Path, reports: Path, tools: Toolbox) -> None:
    """A decision of every kind."""
    split(work, events(work)["Daruk"], [str(reports / "two.txt")], MIRA, tools=tools)
    merge(work, events(work)["Velun"], events(work)["Karsan"], MIRA, tools=tools)
    merge(work, "Harim Front", "group:bla", MIRA, tools=tools)
    judge(work, Verb.CORRECT, [assertion(work, "toll", "14 people")], MIRA, value="13", tools=tools)
    judge(work, Verb.REJECT, [assertion(work, "opposes", "opposes")], MIRA, tools=tools)
    judge(work, Verb.ACCEPT, [assertion(work, "locatedIn", "Tolma")], MIRA, tools=tools)
    judge(work, Verb.REJECT, [assertion(work, "locatedIn", "Karsan")], MIRA, tools=tools)
    undo(work, None, MIRA, tools=tools)


def take(work: Path, lines: Sequence[str], tools: Toolbox) -> tuple[int, list[Problem]]:
    problems: list[Problem] = []
    file = work.parent / "reviews.jsonl"
    file.write_text("\n".join(lines))
    return take_in(work, str(file), problems.append, tools=tools).new, problems


def test_a_workspace_made_anew_with_the_reviews_of_the_old_one_is_the_same(work: Path, reports: Path, tmp_path: Path,
                                                                         tools: Toolbox) -> None:
    decide_much(work, reports, tools)
    lines = list(written_out(work))
    build(tmp_path / "again", [str(reports)], tools=tools)
    assert take(tmp_path / "again", lines[::-1], tools) == (len(lines), [])
    assert set(dump(tmp_path / "again")) ^ set(dump(work)) == set()
    assert take(tmp_path / "again", lines, tools) == (0, [])
    assert list(written_out(tmp_path / "again")) == lines


def test_undoing_everything_returns_to_the_graph_as_it_was(work: Path, reports: Path, tools: Toolbox) -> None:
    before = dump(work)
    decide_much(work, reports, tools)
    for _ in range(6):
        undo(work, None, MIRA, tools=tools)
    assert dump(work) == before
    with pytest.raises(KGError, match="nothing to undo"):
        undo(work, None, MIRA, tools=tools)


def test_an_undoing_can_be_undone(work: Path, tools: Toolbox) -> None:
    merge(work, events(work)["Daruk"], events(work)["Velun"], MIRA, tools=tools)
    merged = dump(work)
    _, taken_back = undo(work, None, MIRA, tools=tools)
    undo(work, taken_back.review.id[:8], MIRA, tools=tools)
    assert dump(work) == merged


def test_reviews_taken_in_before_the_documents_wait_for_them(work: Path, reports: Path, tmp_path: Path, tools: Toolbox
                                                           ) -> None:
    decide_much(work, reports, tools)
    other = tmp_path / "other"
    build(other, [str(reports / "four.txt")], tools=tools)
    take(other, list(written_out(work)), tools)
    assert "waiting" in {one.standing for one in listed(other)}
    build(other, [str(reports)], tools=tools)
    assert {one.standing for one in listed(other)} == {"in force", "undone"}
    assert {row[1] for row in ask(other, "?a kg:status/rdfs:label ?b")} == {
        row[1] for row in ask(work, "?a kg:status/rdfs:label ?b")}


@pytest.mark.parametrize(("line", "message"), [
    ("{", "no review"), ('{"verb": "merge"}', "no review"), ("[]", "no review"),
    ('{"time": "2031-06-01", "by": "M", "verb": "merge", "groups": []}', "no zone"),
    ('{"time": "2031-06-01T10:00:00Z", "by": "M", "verb": "merge", "groups": [[{"what": "event"}]]}', "one side"),
    ('{"time": "2031-06-01T10:00:00Z", "by": "M", "verb": "undo", "undoes": "ffff"}', "nowhere"),
    ('{"id": "1", "time": "2031-06-01T10:00:00Z", "by": "M", "verb": "reject", "groups": [[{"what": "toll"}]]}',
     "changed after"),
])
def test_a_wrong_line_is_told_with_its_number_and_the_others_are_taken(work: Path, reports: Path, tools: Toolbox,
                                                                      line: str, message: str) -> None:
    good = '{"time": "2031-06-01T10:00:00Z", "by": "M", "verb": "reject", "groups": [[{"what": "toll"}]]}'
    new, problems = take(work, [good, line], tools)
    assert (new, [(problem.line, message in problem.reason) for problem in problems]) == (1, [(2, True)])


def test_reviews_are_never_changed_or_deleted(work: Path, tools: Toolbox) -> None:
    import sqlite3

    merge(work, events(work)["Daruk"], events(work)["Velun"], MIRA, tools=tools)
    with sqlite3.connect(work / "workspace.sqlite") as database:
        for change in ("DELETE FROM review", "UPDATE review SET time = ''"):
            with pytest.raises(sqlite3.DatabaseError, match="never"):
                database.execute(change)


RELINKED = {"one": "By our correspondent\n\n" + ONE, "three": "Update\n\n" + THREE}


def test_reviews_outlive_another_cleaning_and_another_extractor(work: Path, reports: Path, tools: Toolbox,
                                                               later_tools: Toolbox) -> None:
    merge(work, events(work)["Daruk"], events(work)["Velun"], MIRA, tools=tools)
    judge(work, Verb.CORRECT, [assertion(work, "toll", "3 people")], MIRA, value="5", tools=tools)
    judge(work, Verb.REJECT, [assertion(work, "claimedBy", "Harim")], MIRA, tools=tools)
    judge(work, Verb.REJECT, [assertion(work, "locatedIn", "Tolma")], MIRA, tools=tools)
    for name, text in RELINKED.items():
        (reports / f"{name}.txt").write_text(text)
    build(work, [str(reports)], tools=later_tools)
    assert [one.standing for one in listed(work)] == ["in force", "in force", "in force", "waiting"]
    assert len({events(work)["Daruk"], events(work)["Velun"]}) == 1
    assert ask(work, "?a kg:claimedBy ?b") == []
    assert ask(work, "?a kg:status kg:Rejected ; rdf:object group:bla ; kg:review/dcterms:creator ?b")[0][1] == "Mira"
    assert ask(work, "?a kg:status kg:Reviewed ; rdf:predicate kg:killedMin ; rdf:object ?b")[0][1] == "5"
    build(work, [str(reports)], tools=tools)
    assert {one.standing for one in listed(work)} == {"in force"}


def test_why_a_thing_is_one_stands_in_the_graph(work: Path, tools: Toolbox) -> None:
    found = events(work)
    rules = ask(work, f"?j kg:joinedIn <{found['Daruk']}> ; kg:score ?a ; dcterms:creator ?b")
    assert rules == [("0.9", "rules")]
    merge(work, found["Daruk"], found["Velun"], MIRA, tools=tools)
    people = ask(work, "?j a kg:Judgement ; dcterms:creator 'Mira' ; kg:reason ?a ; dcterms:created ?b")
    assert [row[0] for row in people] == ["read both"]
    assert len(ask(work, f"?a kg:joinedIn <{events(work)['Daruk']}> . BIND('' AS ?b)")) == 2
    split(work, events(work)["Daruk"], [], MIRA, tools=tools)
    assert ask(work, "?a kg:joinedIn ?b . ?b a kg:Bombing") == []


def test_a_joined_name_has_its_judgement_too(work: Path, tools: Toolbox) -> None:
    assert len(ask(work, "?a kg:joinedIn ?b . ?b rdfs:label 'Harim Front'")) == 1
    merge(work, "Harim Front", "group:bla", MIRA, tools=tools)
    assert len(ask(work, "?a kg:joinedIn group:bla ; kg:right ?b")) == 2


def test_a_reviewed_graph_is_valid_and_goes_with_its_documents(work: Path, reports: Path, tools: Toolbox) -> None:
    from kg.graph.validate import validate
    from kg.pipeline import remove

    decide_much(work, reports, tools)
    with open_graph(work) as store:
        assert validate(store, tools.settings.ontology).violations == ()
    assert no_fact_without_assertion(work)
    remove(work, [str(file) for file in reports.iterdir()], tools=tools)
    for kind in ("Assertion", "Review", "Judgement", "Document", "UnconfirmedEvent", "Toll"):
        assert ask(work, f"?a a kg:{kind} . BIND('' AS ?b)") == []
    assert ask(work, "?a dcterms:isReplacedBy ?b") == []
    assert len(listed(work)) == 8


def test_a_judgement_goes_with_its_review_even_if_rules_think_the_same(work: Path, tools: Toolbox) -> None:
    whole = events(work)["Daruk"]
    split(work, whole, [], MIRA, tools=tools)
    one, other = (row[0] for row in ask(work, "?a a kg:Bombing ; kg:locatedIn/rdfs:label ?b . FILTER(?b = 'Daruk')"))
    merge(work, one, other, Author("Juno"), tools=tools)
    (parted, _) = (row for row in listed(work) if row.standing == "in force")
    undo(work, parted.review.id, MIRA, tools=tools)
    assert ask(work, "?a kg:joinedIn ?thing ; dcterms:creator ?b . ?thing a kg:Bombing")[0][1] == "Juno"
    undo(work, None, MIRA, tools=tools)
    assert ask(work, "?a kg:joinedIn ?thing ; dcterms:creator ?b . ?thing a kg:Bombing")[0][1] == "rules"
