"""Which of the members that may be one thing are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.clustering import cluster

LETTERS = "abcdef"
CASES = [
    ("nothing is joined without a pair", "ab", {}, [], [], ["a", "b"]),
    ("a probable pair is joined", "ab", {"ab": 0.9}, [], [], ["ab"]),
    ("an improbable pair is not", "ab", {"ab": 0.4}, [], [], ["a", "b"]),
    ("a chain holds if the ends are alike too", "abc", {"ab": 0.9, "bc": 0.9, "ac": 0.6}, [], [], ["abc"]),
    ("a chain breaks at its weaker link if the ends are unlike", "abc", {"ab": 0.9, "bc": 0.6, "ac": 0.03}, [], [],
     ["ab", "c"]),
    ("what must stay apart does, however alike", "ab", {"ab": 0.99}, [], ["ab"], ["a", "b"]),
    ("what must stay apart is not joined through a third", "abc", {"ab": 0.9, "bc": 0.8}, [], ["ac"], ["ab", "c"]),
    ("what a person joined is one, however unlike", "ab", {"ab": 0.02}, ["ab"], [], ["ab"]),
    ("what a person joined takes others along", "abc", {"ab": 0.1, "bc": 0.95, "ac": 0.95}, ["ab"], [], ["abc"]),
    ("an uncompared pair counts as unlike", "abcd", {"ab": 0.9, "cd": 0.9, "bc": 0.7}, [], [], ["ab", "cd"]),
]


def pairs(names):
    return [(name[0], name[1]) for name in names]


@pytest.mark.parametrize(("why", "members", "scores", "together", "apart", "expected"), CASES,
                         ids=[case[0] for case in CASES])
def test_clusters(why, members, scores, together, apart, expected):
    scored = {(name[0], name[1]): score for name, score in scores.items()}
    found = cluster(list(members), scored, together=pairs(together), apart=pairs(apart))
    assert ["".join(group) for group in found] == expected, why


ALL_PAIRS = [(a, b) for a in LETTERS for b in LETTERS if a < b]


@given(st.dictionaries(st.sampled_from(ALL_PAIRS), st.floats(0, 1)), st.sets(st.sampled_from(ALL_PAIRS)), st.randoms())
def test_the_order_of_members_and_pairs_does_not_matter(scores, apart, random):
    shuffled, items = list(LETTERS), list(scores.items())
    random.shuffle(shuffled)
    random.shuffle(items)
    assert (cluster(shuffled, dict(items), together=(), apart=apart)
            == cluster(LETTERS, scores, together=(), apart=apart))


@given(st.dictionaries(st.sampled_from(ALL_PAIRS), st.floats(0, 1)), st.sets(st.sampled_from(ALL_PAIRS)))
def test_every_member_is_in_one_cluster_and_what_must_stay_apart_in_two(scores, apart):
    found = cluster(LETTERS, scores, together=(), apart=apart)
    assert sorted(member for group in found for member in group) == list(LETTERS)
    assert not any({a, b} <= set(group) for group in found for a, b in apart)
