"""The words by which reports are compared."""

from __future__ import annotations

import pytest

from kg.resolve.words import likeness, most_telling, rarity, sketch, weights, words

STORY = ("Gunmen on motorcycles attacked a fuel convoy near the village of Tindawa on Tuesday, killing four drivers "
         "and setting nine tankers alight, the haulage union said. The union called for army escorts on the road.")


@pytest.mark.parametrize(("text", "expected"), [
    ("The army’s convoy", ["the", "army", "convoy"]),
    ("Pul-e Khumrī, 12 May", ["pul", "e", "khumri", "12", "may"]),
    ("", []),
])
def test_words_are_folded_and_bare(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(("rarer", "commoner"), [
    ("tindawa", "village"), ("haulage", "police"), ("motorcycles", "said"), ("tankers", "attack"),
])
def test_rarity_orders_words(rarer, commoner):
    assert rarity(rarer) > rarity(commoner)


def test_words_that_tell_nothing_have_no_weight():
    assert "the" not in weights("The army said the convoy had left")


def test_only_the_most_telling_words_are_kept():
    many = {f"w{number}": number / 100 for number in range(100)}
    assert len(most_telling(many)) == 40
    assert "w99" in most_telling(many)
    assert "w1" not in most_telling(many)


@pytest.mark.parametrize(("other", "low", "high"), [
    (STORY, 1.0, 1.0),
    ("WIRE - " + STORY + " Read more in tomorrow's paper.", 0.6, 0.99),
    ("Four fuel truck drivers died when attackers burnt a convoy at Tindawa, a union said on Wednesday.", 0.0, 0.1),
    ("", 0.0, 0.0),
])
def test_copies_are_known_by_their_runs_of_words(other, low, high):
    assert low <= likeness(sketch(STORY), sketch(other)) <= high
