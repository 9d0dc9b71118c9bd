"""What documents speak of is the same whichever way they came."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import pytest

from kg.graph.nodes import local_names
from kg.pipeline import Toolbox
from kg.pipeline.naming import Cluster, name_clusters
from kg.pipeline.resolving import Decisions, resolve
from kg.records import Anchor, Document, Event, Extraction
from kg.resolution import Comparison, EventProfile, EventSummary, Pair, Profile, ReportProfile, StorySummary
from kg.resolve.cells import MOST, Around, Cell, Node, cells
from kg.resolve.clustering import cluster
from kg.workspace import Member, Workspace


class NumberResolver:
    """Takes events for points on a line: the nearer two are, the likelier they are one."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most

    def profiles(self, extraction: Extraction, names: Mapping[str, str]) -> tuple[Profile, ...]:
        return tuple(EventProfile(id=names[event.id], document=extraction.document.id, key="k", type="Attack",
                                  status="asserted", salience="main", confidence=float(event.triggers[0].text))
                     for event in extraction.events)

    def blocks(self, profile: Profile) -> frozenset[str]:
        assert isinstance(profile, EventProfile)
        return frozenset(str(int(profile.confidence) // 10 + shift) for shift in (0, 1))

    def settled(self, profile: Profile) -> str | None:
        assert isinstance(profile, EventProfile)
        return "round" if profile.confidence in (30, 60, 80) else None

    def compare(self, one: Profile, other: Profile) -> Comparison | None:
        assert isinstance(one, EventProfile)
        assert isinstance(other, EventProfile)
        score = 1 - abs(one.confidence - other.confidence) / 8
        return Comparison(left=one.id, right=other.id, score=score) if score > 0 else None

    def cells(self, seeds: Iterable[Node], around: Around) -> list[Cell]:
        return cells(seeds, around, most=self.most)

    def cluster(self, members: Sequence[str], scores: Mapping[Pair, float], *, together: Collection[Pair],
                apart: Collection[Pair]) -> tuple[tuple[str, ...], ...]:
        return cluster(members, scores, together=together, apart=apart)

    def story(self, iri: str, members: Sequence[ReportProfile], events_of_story: Sequence[tuple[str, EventProfile]]
              ) -> StorySummary:
        raise NotImplementedError

    def summary(self, iri: str, accounts: Sequence[EventProfile]) -> EventSummary:
        raise NotImplementedError


class NumberToolbox(Toolbox):
    """Nothing but a resolver, whose cells have so many members."""

    def __init__(self, version: str = "1", most: int = MOST) -> None:
        super().__init__()
        self.__dict__.update(resolver=NumberResolver(most), resolution_version=version)


TOOLS = NumberToolbox()
NONE = Decisions()


def document(number: int, points: Sequence[int]) -> Extraction:
    """A document with an event for each point."""
    text = " ".join(map(str, points))
    anchors, start = [], 0
    for word in text.split():
        anchors.append(Anchor(start=start, end=start + len(word), text=word))
        start += len(word) + 1
    return Extraction(
        document=Document(id=f"{number:064d}", source=f"{number}.txt", text=text),
        events=tuple(Event(id=f"e{turn}", type="Attack", status="asserted", triggers=(anchor,))
                     for turn, anchor in enumerate(anchors)))


def documents(seed: int, count: int = 40) -> list[Extraction]:
    chance = random.Random(seed)
    return [document(number, chance.sample(range(90), chance.randint(0, 3))) for number in range(count)]


def told(problem: object) -> None:
    raise AssertionError(problem)


def partition(workspace: Workspace) -> set[frozenset[str]]:
    """Which members are one."""
    things: dict[str, set[str]] = {}
    for extraction in workspace.extractions():
        found = workspace.things.resolved(extraction.document.id)
        for name in local_names(extraction).values():
            if not name.endswith("story") and "/event/" in name:
                things.setdefault(found.get(name, name), set()).add(name)
    return {frozenset(members) for members in things.values()}


def built(folder: Path, extractions: Sequence[Extraction], *, at_once: int, decisions: Decisions = NONE,
          tools: Toolbox = TOOLS) -> set[frozenset[str]]:
    with Workspace.open(folder, write=True) as workspace:
        for start in range(0, len(extractions), at_once):
            for extraction in extractions[start:start + at_once]:
                workspace.save(extraction, "v")
            resolve(workspace, tools, told, lambda _: decisions)
        return partition(workspace)


@pytest.mark.parametrize("most", [MOST, 12, 6, 3])
@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_documents_decides_nothing(seed: int, most: int, tmp_path: Path) -> None:
    extractions, tools = documents(7), NumberToolbox(most=most)
    whole = built(tmp_path / "whole", extractions, at_once=len(extractions), tools=tools)
    assert any(len(members) > 2 for members in whole)
    random.Random(seed).shuffle(extractions)
    assert built(tmp_path / "parts", extractions, at_once=(seed % 4) * 5 + 1, tools=tools) == whole


@pytest.mark.parametrize("most", [MOST, 12, 6, 3])
@pytest.mark.parametrize("seed", range(4))
def test_what_was_removed_leaves_no_trace(seed: int, most: int, tmp_path: Path) -> None:
    extractions, tools = documents(seed), NumberToolbox(most=most)
    chance = random.Random(seed)
    gone = {extraction.document.id for extraction in chance.sample(extractions, 15)}
    kept = [extraction for extraction in extractions if extraction.document.id not in gone]
    expected = built(tmp_path / "never", kept, at_once=100, tools=tools)
    built(tmp_path / "removed", extractions, at_once=7, tools=tools)
    with Workspace.open(tmp_path / "removed", write=True) as workspace:
        for name in gone:
            workspace.withdraw(name)
        resolve(workspace, tools, told)
        workspace.drop_withdrawn()
        assert partition(workspace) == expected
        for extraction in extractions:
            if extraction.document.id in gone:
                workspace.save(extraction, "v")
        resolve(workspace, tools, told)
        assert partition(workspace) == built(tmp_path / "all", extractions, at_once=100, tools=tools)


@pytest.mark.parametrize("most", [12, 3])
@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_decisions_decides_nothing(seed: int, most: int, tmp_path: Path) -> None:
    """What people say before, between and after documents comes to the same."""
    extractions, tools, chance = documents(11), NumberToolbox(most=most), random.Random(seed)
    names = [name for extraction in extractions for key, name in local_names(extraction).items() if key != "story"]
    pairs = [pair(*chance.sample(names, 2)) for _ in range(12)]
    decisions = Decisions(together=frozenset(pairs[:6]), apart=frozenset(pairs[6:]) - frozenset(pairs[:6]))
    whole = built(tmp_path / "whole", extractions, at_once=len(extractions), decisions=decisions, tools=tools)
    with Workspace.open(tmp_path / "late", write=True) as workspace:
        for extraction in extractions:
            workspace.save(extraction, "v")
        resolve(workspace, tools, told, lambda _: Decisions(together=frozenset(pairs[3:9])))
        resolve(workspace, tools, told, lambda _: decisions)
        assert partition(workspace) == whole
    chance.shuffle(extractions)
    assert built(tmp_path / "parts", extractions, at_once=9, decisions=decisions, tools=tools) == whole


def test_another_resolver_looks_at_everything_anew_and_names_stay(tmp_path: Path) -> None:
    whole = built(tmp_path, documents(3), at_once=4)
    with Workspace.open(tmp_path, write=True) as workspace:
        names = [workspace.things.resolved(e.document.id) for e in workspace.extractions()]
        resolve(workspace, NumberToolbox("2"), told)
        assert partition(workspace) == whole
        assert [workspace.things.resolved(e.document.id) for e in workspace.extractions()] == names


def test_a_document_that_says_something_else_is_resolved_anew(tmp_path: Path) -> None:
    built(tmp_path, [document(1, [10]), document(2, [11]), document(3, [12])], at_once=1)
    with Workspace.open(tmp_path, write=True) as workspace:
        workspace.in_graph.mark_all(but=())
        assert len(partition(workspace)) == 1
        changed = document(2, [60])
        workspace.save(Extraction(document=document(2, [11]).document, events=changed.events), "v")
        resolve(workspace, TOOLS, told)
        assert sorted(len(members) for members in partition(workspace)) == [1, 2]
        assert [position for position, _ in workspace.in_graph.pending()] == [2]


def test_only_documents_whose_things_changed_await_the_graph(tmp_path: Path) -> None:
    with Workspace.open(tmp_path, write=True) as workspace:
        for number, points in ((1, [10]), (2, [40]), (3, [12]), (4, [70])):
            workspace.save(document(number, points), "v")
            resolve(workspace, TOOLS, told)
            if number == 2:
                workspace.in_graph.mark_all(but=())
                workspace.things.mark_all_summed_up(but=())
        assert [position for position, _ in workspace.in_graph.pending()] == [3, 4]
        assert len(workspace.things.pending()) == 2


def test_members_of_a_settled_key_are_one_without_being_compared(tmp_path: Path) -> None:
    points = [30, 60, 30, 80, 60]
    extractions = [document(number, [point]) for number, point in enumerate(points)]
    assert built(tmp_path, extractions, at_once=2) == {frozenset(local_names(e)["e0"] for e in extractions)}
    with Workspace.open(tmp_path) as workspace:
        things = workspace.things.resolved(extractions[1].document.id)
        [(thing, _)] = [row for row in workspace.things.pending() if row[1] in things.values()]
        ties = workspace.judgements.ties(thing)
        assert [tie.score for tie in ties] == [1.0] * 4
        assert workspace.judgements.doubtful(made=None, kind=None, decided=True, limit=-1) == []


@pytest.mark.parametrize("at_once", [1, 3, 10])
def test_people_part_what_is_settled(at_once: int, tmp_path: Path) -> None:
    """The member that was put apart most leaves; one that people put to another takes that along."""
    extractions = [document(number, [point]) for number, point in enumerate([30, 60, 80, 60, 10])]
    a, b, c, d, e = (local_names(extraction)["e0"] for extraction in extractions)
    decisions = Decisions(apart=frozenset({pair(a, b), pair(a, c)}))
    assert built(tmp_path / "1", extractions, at_once=at_once, decisions=decisions) == {
        frozenset({a}), frozenset({b, c, d}), frozenset({e})}
    decisions = Decisions(apart=frozenset({pair(e, b), pair(e, c)}), together=frozenset({pair(a, e)}))
    assert built(tmp_path / "2", extractions, at_once=at_once, decisions=decisions) == {
        frozenset({a, e}), frozenset({b, c, d})}


def test_two_of_one_document_are_not_one_though_settled(tmp_path: Path) -> None:
    extractions = [document(0, [30, 60]), document(1, [80]), document(2, [30])]
    found = built(tmp_path, extractions, at_once=2)
    one, other = local_names(extractions[0])["e0"], local_names(extractions[0])["e1"]
    assert sorted(len(members) for members in found) == [1, 3]
    assert not any({one, other} <= members for members in found)


def test_what_thousands_name_is_not_compared(tmp_path: Path) -> None:
    extractions = [document(number, [60]) for number in range(1_500)]
    assert len(built(tmp_path, extractions, at_once=1_000)) == 1
    with Workspace.open(tmp_path) as workspace:
        assert workspace.judgements.doubtful(made=None, kind=None, decided=True, limit=-1) == []


def pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def test_people_join_and_part_what_rules_would_not(tmp_path: Path) -> None:
    extractions = [document(1, [10]), document(2, [11]), document(3, [50])]
    one, two, three = (local_names(extraction)["e0"] for extraction in extractions)
    decisions = Decisions(together=frozenset({pair(two, three)}), apart=frozenset({pair(one, two)}))
    assert built(tmp_path, extractions, at_once=1, decisions=decisions) == {frozenset({one}), frozenset({two, three})}
    with Workspace.open(tmp_path, write=True) as workspace:
        resolve(workspace, TOOLS, told)
        assert partition(workspace) == {frozenset({one, two}), frozenset({three})}


def test_a_member_put_to_a_linked_thing_takes_its_iri_and_gives_it_back(tmp_path: Path) -> None:
    extractions = [document(1, [10]), document(2, [11]), document(3, [50])]
    one, two, three = (local_names(extraction)["e0"] for extraction in extractions)
    linked = "https://example.org/group/x"
    built(tmp_path, extractions, at_once=1, decisions=Decisions(together=frozenset({pair(one, linked)})))
    with Workspace.open(tmp_path, write=True) as workspace:
        found = [workspace.things.resolved(extraction.document.id) for extraction in extractions]
        assert found == [{one: linked}, {two: linked}, {three: three}]
        both = Decisions(together=frozenset({pair(one, linked), pair(three, linked)}))
        resolve(workspace, TOOLS, told, lambda _: both)
        assert workspace.things.resolved(extractions[2].document.id) == {three: linked}
        resolve(workspace, TOOLS, told)
        assert partition(workspace) == {frozenset({one, two}), frozenset({three})}
        assert all(linked not in workspace.things.resolved(e.document.id).values() for e in extractions)


def member(name: str, *, thing: int | None = None, document: int = 1) -> Member:
    return Member(0, name, document, "event", thing)


@pytest.mark.parametrize(("clusters", "things", "expected"), [
    ([["a", "b"]], {}, ["a"]),
    ([["b", "a1"]], {1: "a"}, [1]),
    ([["a1", "b2"]], {1: "a", 2: "b"}, [1]),
    ([["a1"], ["b1", "c1"]], {1: "a"}, [1, "b"]),
    ([["b1"], ["c1", "d1"]], {1: "a"}, ["b", 1]),
    ([["b1"], ["c1"]], {1: "a"}, [1, "c"]),
    ([["a"], ["b1", "c1"]], {1: "a"}, [1, "b"]),
    ([["a1", "c2"], ["b2", "d1"]], {1: "a", 2: "b"}, [1, 2]),
    ([["a1", "c2"]], {1: "a", 2: "b"}, [2]),
    ([["c1", "d2"]], {1: "a", 2: "b"}, [1]),
])
def test_clusters_go_on_as_the_things_that_are_theirs(
    clusters: list[list[str]], things: dict[int, str], expected: list[int | str],
) -> None:
    given = [Cluster([member(name[0], thing=int(name[1:]) if name[1:] else None) for name in names])
             for names in clusters]
    assert name_clusters(given, things) == expected
