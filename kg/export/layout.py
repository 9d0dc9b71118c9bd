"""Places nodes on a plane, always in the same way: each connected part by itself, the parts packed side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from math import cos, hypot, pi, sin

import networkx as nx
import numpy as np

Point = tuple[float, float]
Cell = tuple[int, int]

# Forces between all pairs of nodes cost their square; beyond this a part is drawn as rings around its centre.
_LARGEST_BY_FORCES = 450
_SPACING = 60.0
_ROUNDS = 120
_TINY = 1e-9


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
    return _apart(_by_stress(one, part))


def _by_stress(graph: nx.Graph[str], part: Sequence[str]) -> dict[str, Point]:
    """Positions whose distances come close to the lengths of shortest paths.

    Stress majorization (Gansner, Koren and North 2004) by Guttman transforms, from the rings, so that nothing is left
    to chance. Edges at nodes with many neighbours are longer, to leave room for these.
    """
    for one, other in graph.edges:
        graph[one][other]["length"] = 1 + 0.07 * max(graph.degree(one), graph.degree(other))
    paths = dict(nx.all_pairs_dijkstra_path_length(graph, weight="length"))
    wanted = np.array([[paths[one][other] for other in part] for one in part])
    weights = np.divide(1, wanted**2, out=np.zeros_like(wanted), where=wanted > 0)
    inverse = np.linalg.pinv(np.diag(weights.sum(axis=1)) - weights, hermitian=True)
    rings = _rings(graph, part)
    found = np.array([rings[node] for node in part]) / _SPACING
    for _ in range(_ROUNDS):
        distances = np.linalg.norm(found[:, None] - found[None], axis=-1)
        ratio = np.divide(weights * wanted, distances, out=np.zeros_like(wanted), where=distances > _TINY)
        found = inverse @ ((np.diag(ratio.sum(axis=1)) - ratio) @ found)
    return {node: (float(x) * _SPACING, float(y) * _SPACING) for node, (x, y) in zip(part, found, strict=True)}


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
    rings: dict[int, list[tuple[float, str]]] = {}
    for node, angle in _sectors(centre, children, leaves):
        rings.setdefault(depth[node], []).append((angle, node))
    return {node: point for turn, radius in enumerate(_radii(depth))
            for node, point in _ring(radius, sorted(rings[turn]))}


def _radii(depth: Mapping[str, int]) -> list[float]:
    """The radius of each ring, wide enough for the nodes on it."""
    counts = [0] * (max(depth.values()) + 1)
    for ring in depth.values():
        counts[ring] += 1
    radii = [0.0]
    for width in counts[1:]:
        radii.append(max(radii[-1] + _SPACING, width * _SPACING / 2 / (2 * pi)))
    return radii


def _ring(radius: float, nodes: Sequence[tuple[float, str]]) -> Iterator[tuple[str, Point]]:
    """Nodes on a ring at the angles they ask for, or as near as leaves a third of the spacing between them."""
    gap = _SPACING / 3 / max(radius, _SPACING / 2)
    angles = [angle for angle, _ in nodes]
    for i in range(1, len(angles)):
        angles[i] = max(angles[i], angles[i - 1] + gap)
    limit = angles[0] + 2 * pi
    for i in range(len(angles) - 1, 0, -1):
        angles[i] = limit = min(angles[i], limit - gap)
    for angle, (_, node) in zip(angles, nodes, strict=True):
        yield node, (radius * cos(angle), radius * sin(angle))


def _sectors(centre: str, children: Mapping[str, Sequence[str]],
             leaves: Mapping[str, int]) -> Iterator[tuple[str, float]]:
    """The angle at the middle of each node's sector."""
    todo = [(centre, 0.0, 2 * pi)]
    while todo:
        node, start, width = todo.pop()
        yield node, start + width / 2
        for child in children[node]:
            share = width * leaves[child] / leaves[node]
            todo.append((child, start, share))
            start += share


def _packed(parts: Iterable[Mapping[str, Point]]) -> dict[str, Point]:
    """Each part where it fits nearest to the middle, the largest first, on a grid as wide as the spacing."""
    taken: set[Cell] = set()
    reached: dict[frozenset[Cell], int] = {}
    found: dict[str, Point] = {}
    for part in parts:
        cells, middle = _cells(part)
        # Room only gets less, so equal shapes go on searching where the last one found a place.
        first = reached.get(cells, 0)
        turn, (right, up) = next((turn, cell) for turn, cell in _spiral(first) if _fits(cells, cell, taken))
        reached[cells] = turn
        taken.update((x + right, y + up) for x, y in cells)
        for node, (x, y) in part.items():
            found[node] = (round(x - middle[0] + right * _SPACING, 2), round(y - middle[1] + up * _SPACING, 2))
    return found


def _cells(part: Mapping[str, Point]) -> tuple[frozenset[Cell], Point]:
    """The cells of the grid that a part covers with a margin, around its middle, and where that is."""
    xs, ys = [x for x, _ in part.values()], [y for _, y in part.values()]
    middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    own = {(round((x - middle[0]) / _SPACING), round((y - middle[1]) / _SPACING)) for x, y in part.values()}
    margin = (-1, 0, 1) if len(part) > 1 else (0, 1)
    return frozenset((x + right, y + up) for x, y in own for right in margin for up in margin), middle


def _fits(cells: frozenset[Cell], at: Cell, taken: set[Cell]) -> bool:
    return not any((x + at[0], y + at[1]) in taken for x, y in cells)


def _spiral(first: int) -> Iterator[tuple[int, Cell]]:
    """The cells around the middle, square by square, each square with its number; from that square on."""
    for ring in count(first):
        edge = {cell for i in range(-ring, ring + 1) for cell in ((i, -ring), (i, ring), (-ring, i), (ring, i))}
        yield from ((ring, cell) for cell in sorted(edge, key=lambda cell: (hypot(*cell), cell)))
