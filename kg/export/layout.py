"""Places nodes on a plane, always in the same way: each connected part by itself, the parts packed side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import cos, hypot, pi, sin, sqrt

import networkx as nx

Point = tuple[float, float]

# Forces between all pairs of nodes cost their square; beyond this a part is drawn as rings around its centre.
_LARGEST_BY_FORCES = 450
_SPACING = 60.0
_SEED = 11


def layout(nodes: Iterable[str], edges: Iterable[tuple[str, str]]) -> dict[str, Point]:
    """A position for each node, about 60 units from its neighbours; linear in the size of large graphs."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(nodes))
    graph.add_edges_from(sorted({(min(pair), max(pair)) for pair in edges if pair[0] != pair[1]}))
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part[0]))
    return _packed([_part(graph, part) for part in parts])


def _part(graph: nx.Graph[str], part: Sequence[str]) -> dict[str, Point]:
    if len(part) == 1:
        return {part[0]: (0.0, 0.0)}
    if len(part) > _LARGEST_BY_FORCES:
        return _rings(graph, part)
    one: nx.Graph[str] = nx.Graph()
    one.add_nodes_from(part)
    one.add_edges_from(sorted((min(pair), max(pair)) for pair in graph.edges(part)))
    # Starting from the rings leaves fewer edges crossed than starting from chance.
    start = {node: (x / 500, y / 500) for node, (x, y) in _rings(one, part).items()}
    found = nx.spring_layout(one, pos=start, k=1.6 / sqrt(len(part)), iterations=300, seed=_SEED, method="force")
    near = sorted(hypot(found[a][0] - found[b][0], found[a][1] - found[b][1]) for a, b in one.edges)[one.size() // 2]
    scale = _SPACING / max(near, 1e-6)
    return _apart({node: (float(x) * scale, float(y) * scale) for node, (x, y) in found.items()})


def _apart(positions: dict[str, Point], *, rounds: int = 60) -> dict[str, Point]:
    """Push nodes that lie on each other to at least half the spacing, a little in each round."""
    least, names = _SPACING / 2, list(positions)
    for _ in range(rounds):
        moved = False
        for i, one in enumerate(names):
            for other in names[i + 1:]:
                (ax, ay), (bx, by) = positions[one], positions[other]
                distance = hypot(bx - ax, by - ay)
                if distance < least:
                    moved = True
                    dx, dy = ((bx - ax) / distance, (by - ay) / distance) if distance > 1e-9 else (cos(i), sin(i))
                    dx, dy = dx * (least - distance) / 2, dy * (least - distance) / 2
                    positions[one], positions[other] = (ax - dx, ay - dy), (bx + dx, by + dy)
        if not moved:
            break
    return positions


def _rings(graph: nx.Graph[str], part: Sequence[str]) -> dict[str, Point]:
    """A tree around the node with most neighbours: a ring per step, each branch in a sector as wide as its leaves."""
    centre = max(part, key=lambda node: (graph.degree(node), node))
    children: dict[str, list[str]] = {node: [] for node in part}
    depth = {centre: 0}
    for parent, child in nx.bfs_edges(graph, centre, sort_neighbors=sorted):
        children[parent].append(child)
        depth[child] = depth[parent] + 1
    leaves: dict[str, int] = {}
    for node in reversed(depth):
        leaves[node] = sum(leaves[child] for child in children[node]) or 1
    radius = _radii(depth)
    return dict(_sectors(centre, children, leaves, depth, radius))


def _radii(depth: Mapping[str, int]) -> list[float]:
    """The radius of each ring, wide enough for the nodes on it."""
    counts = [0] * (max(depth.values()) + 1)
    for ring in depth.values():
        counts[ring] += 1
    radii = [0.0]
    for count in counts[1:]:
        radii.append(max(radii[-1] + _SPACING, count * _SPACING / 2 / (2 * pi)))
    return radii


def _sectors(centre: str, children: Mapping[str, Sequence[str]], leaves: Mapping[str, int], depth: Mapping[str, int],
             radius: Sequence[float]) -> Iterator[tuple[str, Point]]:
    todo = [(centre, 0.0, 2 * pi)]
    while todo:
        node, start, width = todo.pop()
        angle = start + width / 2
        yield node, (radius[depth[node]] * cos(angle), radius[depth[node]] * sin(angle))
        for child in children[node]:
            share = width * leaves[child] / leaves[node]
            todo.append((child, start, share))
            start += share


def _packed(parts: Sequence[Mapping[str, Point]]) -> dict[str, Point]:
    """Parts in rows of about equal width, the largest first; the whole about as wide as high and around the origin."""
    boxes = [_box(part) for part in parts]
    width = max([1.25 * sqrt(sum(w * h for *_, w, h in boxes)), *(w for *_, w, _ in boxes)], default=0.0)
    found: dict[str, Point] = {}
    left = top = height = 0.0
    for part, (low_x, low_y, w, h) in zip(parts, boxes, strict=True):
        if left + w > width * 1.001:
            left, top, height = 0.0, top + height, 0.0
        for node, (x, y) in part.items():
            found[node] = (left + x - low_x, -(top + y - low_y))
        left, height = left + w, max(height, h)
    return {node: (round(x - width / 2, 2), round(y + (top + height) / 2, 2)) for node, (x, y) in found.items()}


def _box(part: Mapping[str, Point]) -> tuple[float, float, float, float]:
    """Left, bottom, width and height of a part with a margin around it."""
    xs, ys = [x for x, _ in part.values()], [y for _, y in part.values()]
    margin = _SPACING * 0.6
    return min(xs) - margin, min(ys) - margin, max(xs) - min(xs) + 2 * margin, max(ys) - min(ys) + 2 * margin
