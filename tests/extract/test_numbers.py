"""Numbers: phrases of digits and words become honest bounds, and look-alikes become nothing."""

from __future__ import annotations

import pytest
import yaml

from kg.extract.numbers import NumberWords, number_words, read_number
from kg.settings import Settings


@pytest.fixture(scope="module")
def words() -> NumberWords:
    path = Settings().language_data / "counts.yaml"
    return number_words(yaml.safe_load(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(("phrase", "low", "high", "approximate"), [
    ("12 soldiers", 12, 12, False),
    ("1,250 villagers", 1250, 1250, False),
    ("twenty - two farmers", 22, 22, False),
    ("two hundred and five farmers", 205, 205, False),
    ("a dozen monks", 12, 12, False),
    ("half a dozen monks", 6, 6, False),
    ("two dozen monks", 24, 24, False),
    ("a couple of monks", 2, 2, False),
    ("at least nine guards", 9, None, False),
    ("more than 40 guards", 40, None, False),
    ("up to 30 guards", None, 30, False),
    ("as many as 30 guards", None, 30, False),
    ("between 10 and 15 guards", 10, 15, False),
    ("12 or 14 guards", 12, 14, False),
    ("10 - 15 guards", 10, 15, False),
    ("12 or more guards", 12, None, False),
    ("some 40 guards", 40, 40, True),
    ("about two thousand guards", 2000, 2000, True),
    ("dozens of guards", None, None, True),
    ("several guards", None, None, True),
])
def test_number_phrase_gives_its_bounds(
        words: NumberWords, phrase: str, low: int | None, high: int | None, approximate: bool) -> None:
    amount = read_number(phrase.split(), words)
    assert amount is not None
    assert (amount.min, amount.max, amount.approximate) == (low, high, approximate)


@pytest.mark.parametrize("phrase", [
    "a 14 - year - old boy", "$ 3 million bridge", "30 percent of guards", "the guards", "a guard", "5 km road",
    "1st battalion", "no . guards", "AK - 47 rifle", "at 8 : 30", "route # 66 signs", "6.2 magnitude", "ten years",
    "and guards", "or more guards", "at least the guards", "an engine", "between guards", "highway 12 patrol",
    "up to guards",
])
def test_what_is_no_count_gives_no_number(words: NumberWords, phrase: str) -> None:
    assert read_number(phrase.split(), words) is None


def test_two_counts_joined_by_and_stay_two(words: NumberWords) -> None:
    amount = read_number(["three", "and", "12", "guards"], words)
    assert amount is not None
    assert (amount.min, amount.max, amount.end) == (3, 3, 1)


def test_an_amount_covers_its_qualifiers(words: NumberWords) -> None:
    amount = read_number(["killing", "at", "least", "12", "guards"], words, first=2)
    assert amount is not None
    assert (amount.start, amount.end) == (1, 4)
