"""Evidence is shown in its sentences, with the words that count marked."""

from __future__ import annotations

import pytest

from kg.cli.passages import passages

TEXT = 'Gunmen hit a post in Zor. Two guards died. "We did it," the Front\nsaid.\n\nMarkets were quiet.'


def spans(*words: str) -> list[tuple[int, int]]:
    return [(TEXT.index(one), TEXT.index(one) + len(one)) for one in words]


@pytest.mark.parametrize(("words", "shown"), [
    (["Two guards"], ["*Two guards* died."]),
    (["Two guards died."], ["Two guards died."]),
    (["Two guards died.", "died"], ["Two guards *died*."]),
    (["hit", "Zor"], ["Gunmen *hit* a post in *Zor*."]),
    (["hit", "quiet"], ["Gunmen *hit* a post in Zor.", "Markets were *quiet*."]),
    (["Front\nsaid"], ['"We did it," the *Front said*.']),
    (["post in Zor. Two guards"], ["Gunmen hit a *post in Zor. Two guards* died."]),
    ([], []),
])
def test_words_stand_in_their_sentences(words: list[str], shown: list[str]) -> None:
    found = passages(TEXT, spans(*words))
    assert [passage.written(TEXT, lambda part: f"*{part}*") for passage in found] == shown


def test_a_passage_is_where_it_says() -> None:
    (passage,) = passages(TEXT, spans("Two guards"))
    assert TEXT[passage.start:passage.end] == "Two guards died."
