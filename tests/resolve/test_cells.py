"""In which cells members are clustered."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.resolve.cells import cells

STEPS = (0.5, 0.7, 0.9)
CASES = [
    ("what is tied to nothing is a cell of its own", {}, "a", 3, ["a"]),
    ("what hangs together is a cell", {"ab": 0.5, "bc": 0.6}, "a", 3, ["abc"]),
    ("what is hardly one does not hang together", {"ab": 0.4}, "a", 3, ["a"]),
    ("too much is parted where it hangs together least", {"ab": 0.8, "bc": 0.6, "cd": 0.8}, "ad", 3, ["ab", "cd"]),
    ("parts are parted until they are small", {"ab": 0.95, "bc": 0.8, "cd": 0.95, "de": 0.6}, "ae", 2, ["ab", "e"]),
    ("what is all alike stays together, however many", {"ab": 0.95, "bc": 0.95, "cd": 0.95}, "a", 2, ["abcd"]),
    ("cells are those of the seeds alone", {"ab": 0.9, "cd": 0.9}, "c", 3, ["cd"]),
]


def around(scores, asked=None):
    def ties(nodes):
        if asked is not None:
            asked.update(nodes)
        for (one, other), score in scores.items():
            if one in nodes or other in nodes:
                yield one, other, score
    return ties


def found(scores, seeds, most, asked=None):
    return sorted("".join(sorted(cell.nodes)) for cell in cells(seeds, around(scores, asked), steps=STEPS, most=most))


@pytest.mark.parametrize(("why", "scores", "seeds", "most", "expected"), CASES, ids=[case[0] for case in CASES])
def test_cells(why, scores, seeds, most, expected):
    assert found(scores, seeds, most) == expected, why


LETTERS = "abcdefgh"
PAIRS = st.dictionaries(st.sampled_from([a + b for a in LETTERS for b in LETTERS if a < b]), st.floats(0, 1))


@settings(deadline=None)
@given(PAIRS, st.sets(st.sampled_from(LETTERS), min_size=1), st.integers(1, 8))
def test_a_member_is_in_the_same_cell_whoever_asks(scores, seeds, most):
    whole = found(scores, LETTERS, most)
    assert sorted("".join(whole)) == list(LETTERS)
    assert found(scores, seeds, most) == [cell for cell in whole if seeds & set(cell)]


def test_little_is_asked_of_what_hangs_together_without_end():
    """Of a chain of a thousand members one can tell in which cell the first is without going to its end."""
    names = [f"{number:04}" for number in range(1_000)]
    scores = {(one, other): 0.95 if number % 4 else 0.6
              for number, (one, other) in enumerate(pairwise(names), start=1)}
    asked = set()
    assert found(scores, names[:1], 5, asked) == ["".join(names[:4])]
    assert len(asked) < 12
