"""The scorer of merging says what a reader would say, and the labels stand where they say they do."""

from __future__ import annotations

from pathlib import Path

import pytest
from pairwise import Gold, PredictedEvent, body, find_clashes, find_tellings, match_tellings, read_set, score_pairs

HERE = Path(__file__).parent
SETS = {"first": read_set(HERE), "second": read_set(HERE / "second")}
both_sets = pytest.mark.parametrize(("gold", "texts"), SETS.values(), ids=SETS)

SMALL_TEXTS = {
    "flash": "A bomb killed two in Avela.",
    "twins": "A blast in Avela killed three. Gunmen stormed a post in Borun. It was dark.",
    "recall": "Avela mourned. The bombing was claimed. Years ago a raid struck Avela.",
}
SMALL_GOLD = {
    "attacks": {
        "a": {
            "reports": {
                "flash": {"trigger": "bomb", "sentence": "A bomb killed two in Avela."},
                "twins": {"trigger": "blast", "sentence": "A blast in Avela killed three."},
                "recall": {"trigger": "bombing", "sentence": "The bombing was claimed.",
                           "also": [{"trigger": "mourned", "sentence": "Avela mourned."}]},
            }
        },
        "b": {"reports": {"twins": {"trigger": "stormed", "sentence": "Gunmen stormed a post in Borun."}}},
        "c": {"reports": {"recall": {"trigger": "raid", "sentence": "Years ago a raid struck Avela."}}},
    }
}


def event(report: str, words: str, cluster: str, *, trigger: str = "", name: str = "") -> PredictedEvent:
    text = SMALL_TEXTS[report]
    start = text.index(words)
    triggers = ((text.index(trigger), text.index(trigger) + len(trigger)),) if trigger else ()
    return PredictedEvent(report=report, event=name or f"{report}:{words}", cluster=cluster,
                          triggers=triggers, evidence=((start, start + len(words)),))


def told_by(clusters: str) -> list[PredictedEvent]:
    """A system that finds every telling of the small set and puts them in the given five clusters."""
    words = [("flash", "bomb"), ("twins", "blast"), ("recall", "bombing"), ("twins", "stormed"), ("recall", "raid")]
    return [event(report, word, cluster, trigger=word) for (report, word), cluster in zip(words, clusters, strict=True)]


@pytest.mark.parametrize(
    ("clusters", "precision", "recall", "why"),
    [
        ("aaabc", 1.0, 1.0, "a perfect system"),
        ("12345", 1.0, 0.0, "all apart: nothing false, every pair missed"),
        ("11111", 3 / 10, 1.0, "all in one: nothing missed, seven of ten pairs false"),
        ("aabbc", 1 / 2, 1 / 3, "one telling moved to another attack"),
        ("aaaac", 3 / 6, 1.0, "the twins of one report put in one cluster with the rest"),
        ("12312", 0.0, 0.0, "only wrong pairs"),
    ],
)
def test_pairs_are_counted_over_tellings(clusters: str, precision: float, recall: float, why: str) -> None:
    score = score_pairs(SMALL_GOLD, SMALL_TEXTS, told_by(clusters))
    assert (score.precision, score.recall) == pytest.approx((precision, recall)), why
    assert score.unfound == ()


def test_a_telling_that_is_not_found_is_alone_and_its_pairs_are_missed() -> None:
    score = score_pairs(SMALL_GOLD, SMALL_TEXTS, told_by("aaabc")[1:])
    assert score.unfound == ("a@flash",)
    assert (score.precision, score.recall) == pytest.approx((1.0, 1 / 3))
    assert len(score.missed_pairs) == 2
    assert score.missed_apart == ()


def test_a_system_that_finds_nothing_has_no_recall_and_no_false_pair() -> None:
    score = score_pairs(SMALL_GOLD, SMALL_TEXTS, [])
    assert (score.precision, score.recall, score.f1, len(score.unfound)) == (1.0, 0.0, 0.0, 5)


def test_a_cluster_that_is_named_like_an_unfound_telling_does_not_hold_it() -> None:
    score = score_pairs(SMALL_GOLD, SMALL_TEXTS, [event("twins", "blast", "a@flash")])
    assert score.pairs_predicted == 0


def test_one_event_over_twin_attacks_is_a_false_pair() -> None:
    both = event("twins", "A blast in Avela killed three. Gunmen stormed a post in Borun.", "x", trigger="blast")
    score = score_pairs(SMALL_GOLD, SMALL_TEXTS, [both])
    assert score.false_pairs == (("a@twins", "b@twins"),)


@pytest.mark.parametrize(
    ("events", "attack", "report", "chosen"),
    [
        ([("twins", "A blast in Avela killed three. Gunmen stormed", "blast"), ("twins", "stormed", "stormed")],
         "b", "twins", "stormed"),
        ([("twins", "Gunmen stormed a post in Borun.", ""), ("twins", "stormed", "")],
         "b", "twins", "Gunmen stormed a post in Borun."),
        ([("twins", "A blast in Avela killed three. Gunmen stormed a post in Borun.", ""),
          ("twins", "Gunmen stormed a post in Borun.", "")], "b", "twins", "Gunmen stormed a post in Borun."),
        ([("recall", "Avela mourned.", "")], "a", "recall", "Avela mourned."),
        ([("recall", "Avela mourned.", ""), ("recall", "was claimed", "")], "a", "recall", "was claimed"),
        ([("twins", "It was dark.", "")], "b", "twins", None),
        ([("flash", "bomb", "")], "a", "twins", None),
    ],
    ids=["trigger wins", "more of the sentence wins", "the tighter event wins", "a further sentence serves",
         "the main sentence goes before a further one", "elsewhere in the report", "another report"],
)
def test_a_telling_belongs_to_the_event_that_overlaps_it_best(
    events: list[tuple[str, str, str]], attack: str, report: str, chosen: str | None
) -> None:
    predicted = [event(where, words, "x", trigger=trigger, name=words) for where, words, trigger in events]
    matched = {telling.name: found.event
               for telling, found in match_tellings(find_tellings(SMALL_GOLD, SMALL_TEXTS), predicted).items()}
    assert matched.get(f"{attack}@{report}") == chosen


def test_the_cubed_figures_weigh_each_telling_alike() -> None:
    score = score_pairs(SMALL_GOLD, SMALL_TEXTS, told_by("11111"))
    assert score.cubed_precision == pytest.approx((3 * 3 / 5 + 2 * 1 / 5) / 5)
    assert score.cubed_recall == 1.0


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        ({"trigger": "raid", "sentence": "A raid struck."}, "not once"),
        ({"trigger": "Avela", "sentence": "Avela mourned."}, "not once"),
        ({"trigger": "Avela", "occurrence": 3, "sentence": "Avela mourned."}, "occurrence 3"),
        ({"trigger": "raid", "sentence": "Avela mourned."}, "does not stand in its sentence"),
    ],
)
def test_a_label_whose_words_do_not_stand_there_is_refused(label: dict[str, object], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        find_tellings({"attacks": {"a": {"reports": {"recall": label}}}}, SMALL_TEXTS)


def test_two_labels_on_the_same_words_clash() -> None:
    label = {"trigger": "bomb", "sentence": "A bomb killed two in Avela."}
    twice = {"attacks": {"a": {"reports": {"flash": label}}, "b": {"reports": {"flash": label}}}}
    assert find_clashes(find_tellings(twice, SMALL_TEXTS)) == [("a@flash", "b@flash")]
    assert find_clashes(find_tellings(SMALL_GOLD, SMALL_TEXTS)) == []


@both_sets
def test_the_labels_of_a_set_stand_where_they_say_and_do_not_clash(gold: Gold, texts: dict[str, str]) -> None:
    tellings = find_tellings(gold, texts)
    assert find_clashes(tellings) == []
    assert {telling.report for telling in tellings} == set(texts)


@pytest.mark.parametrize(("name", "reports", "attacks", "tellings"), [("first", 60, 20, 75), ("second", 60, 20, 77)])
def test_a_set_is_as_large_as_it_says_beside_attacks_told_only_as_background(
    name: str, reports: int, attacks: int, tellings: int
) -> None:
    gold, texts = SETS[name]
    told = [entry for entry in gold["attacks"].values() if not entry.get("background_only", False)]
    assert (len(texts), len(told), len(find_tellings(gold, texts))) == (reports, attacks, tellings)


def test_the_two_sets_share_no_report() -> None:
    assert not set(SETS["first"][1]) & set(SETS["second"][1])


@both_sets
@pytest.mark.parametrize("what", ["killed", "injured"])
def test_the_best_figure_of_every_toll_lies_within_its_range_and_has_a_reason(
    what: str, gold: Gold, texts: dict[str, str]
) -> None:
    assert texts
    for attack, entry in gold["attacks"].items():
        toll = entry[what]
        assert toll is None or toll["low"] <= toll["best"] <= toll["high"], attack
        assert toll is None or toll["reason"], attack


@both_sets
def test_a_perfect_system_scores_one_on_a_whole_set(gold: Gold, texts: dict[str, str]) -> None:
    perfect = [PredictedEvent(report=telling.report, event=telling.name, cluster=telling.attack,
                              triggers=(telling.trigger,)) for telling in find_tellings(gold, texts)]
    score = score_pairs(gold, texts, perfect)
    assert (score.precision, score.recall, score.unfound) == (1.0, 1.0, ())


def test_the_text_begins_below_the_front_matter() -> None:
    assert body("---\ntitle: x --- y\n---\nText --- here.\n") == "Text --- here.\n"
