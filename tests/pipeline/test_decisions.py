"""Of what people decided, later decisions win over earlier ones, whichever way they contradict."""

from __future__ import annotations

import pytest

from kg.pipeline.decisions import Decision, settle

A, B, C, D = "a", "b", "c", "d"


def joined(*groups: str) -> Decision:
    return Decision(True, tuple(tuple(group) for group in groups))


def parted(*groups: str) -> Decision:
    return Decision(False, tuple(tuple(group) for group in groups))


@pytest.mark.parametrize(("decisions", "together", "apart"), [
    ([], "", ""),
    ([joined(A, B)], "ab", ""),
    ([joined("ab", "cd")], "ab ac ad", ""),
    ([parted(A, B)], "", "ab"),
    ([parted("a", "bc")], "", "ab ac"),
    ([parted(A, B, C)], "", "ab ac bc"),
    # One against one: the later wins.
    ([joined(A, B), parted(A, B)], "", "ab"),
    ([parted(A, B), joined(A, B)], "ab", ""),
    ([joined(A, B), parted(A, B), joined(A, B)], "ab", ""),
    # A split takes only what it names out of an earlier merge.
    ([joined("ab", "cd"), parted("d", "abc")], "ab ac", "ad bd cd"),
    ([joined("ab", "cd"), parted("a", "bcd")], "bc bd", "ab ac ad"),
    # By way of a third: the earlier two are fine each, together with the last one the first cannot stay.
    ([joined(A, B), joined(B, C), parted(A, C)], "bc", "ac"),
    # What is joined later drags along all that stays joined.
    ([parted(A, C), joined(A, B), joined(B, C)], "ab bc", ""),
    # Decisions on other things leave one another alone.
    ([joined(A, B), parted(C, D)], "ab", "cd"),
    # The order in which the two sides are named means nothing.
    ([joined(B, A), parted(D, C)], "ab", "cd"),
    # A thing is never apart from itself.
    ([parted("a", "ab")], "", "ab"),
])
def test_later_decisions_win(decisions: list[Decision], together: str, apart: str) -> None:
    settled = settle(decisions)
    assert {"".join(pair) for pair, same in settled.items() if same} == set(together.split())
    assert {"".join(pair) for pair, same in settled.items() if not same} == set(apart.split())
