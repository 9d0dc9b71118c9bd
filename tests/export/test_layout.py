"""Positions are the same each time, and nodes keep apart."""

from __future__ import annotations

from math import hypot

import pytest

from kg.export.layout import layout

_STAR = [("hub", f"leaf{i}") for i in range(30)]
_LARGE = [(f"n{i // 3}", f"n{i}") for i in range(1, 900)]
_PARTS = [("a", "b"), ("c", "d"), ("e", "f")]


@pytest.mark.parametrize("edges", [_STAR, _LARGE, _PARTS, [("a", "a")], []])
def test_the_same_graph_has_the_same_layout_whatever_the_order(edges: list[tuple[str, str]]) -> None:
    nodes = {end for edge in edges for end in edge} | {"alone"}
    turned = [(b, a) for a, b in reversed(edges)]
    assert layout(nodes, edges) == layout(sorted(nodes, reverse=True), turned)


@pytest.mark.parametrize("edges", [_STAR, _LARGE, _PARTS])
def test_nodes_do_not_lie_on_each_other(edges: list[tuple[str, str]]) -> None:
    places = list(layout({end for edge in edges for end in edge}, edges).values())
    assert min(hypot(a[0] - b[0], a[1] - b[1]) for i, a in enumerate(places) for b in places[:i]) > 5


def test_neighbours_are_closer_than_strangers() -> None:
    places = layout(["a", "b", "c", "d", "e"], [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")])
    near, far = (hypot(places["a"][0] - places[n][0], places["a"][1] - places[n][1]) for n in ("b", "e"))
    assert near * 2 < far


def test_a_graph_without_nodes_has_no_positions() -> None:
    assert layout([], []) == {}
