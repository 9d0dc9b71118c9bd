"""How sure an event and its values are, and for which reasons: made-up reports read by the real extractor."""

from __future__ import annotations

import msgspec
import pytest
import yaml

from kg.errors import KnowledgeError
from kg.extract.confidence import AGAINST, FILE, FOR, LEAST, MOST, ConfidenceWeights, confidence, load_confidence
from kg.pipeline import Toolbox
from kg.records import Document, Event
from kg.settings import Settings

AMBUSH = ("The Sarmat Liberation Front ambushed an army convoy near Kharan, Pakistan, on 3 May 2021 and killed six "
          "soldiers. Two officers were wounded.")
SPORT = "\n\nThe referee, the strikers, the coach, the fans and the midfielders of the league heard it at half-time."


@pytest.fixture(scope="module")
def weights(settings: Settings) -> ConfidenceWeights:
    return load_confidence(settings)


def read(toolbox: Toolbox, text: str) -> Event:
    document = Document(id="d", source="made up", text=text, published="2025-09-18")
    return next(iter(toolbox.extractor.extract([document]))).events[0]


@pytest.mark.parametrize(("reason", "with_it", "without_it"), [
    ("a day", AMBUSH, AMBUSH.replace(" on 3 May 2021", "")),
    ("a wider date", AMBUSH.replace("on 3 May", "in May"), AMBUSH),
    ("a town or smaller place", AMBUSH, AMBUSH.replace("near Kharan, Pakistan", "in Pakistan")),
    ("an outcome", AMBUSH, "The Sarmat Liberation Front ambushed an army convoy near Kharan on 3 May 2021."),
    ("a named group acts", AMBUSH, AMBUSH.replace("The Sarmat Liberation Front", "Gunmen")),
    ("a claim or accusation", AMBUSH + " The group claimed responsibility for the attack.", AMBUSH),
    ("a count of nobody", AMBUSH.replace("killed six soldiers. Two officers were", "fled. Nobody was"), AMBUSH),
    ("somebody says so", AMBUSH.replace("The Sarmat", "Police said the Sarmat", 1), AMBUSH),
    ("mostly with an indefinite article",
     "An ambush by the Sarmat Liberation Front killed six soldiers near Kharan on 3 May 2021.", AMBUSH),
    ("words of another field", AMBUSH + SPORT, AMBUSH),
    ("told as SecurityOperation",
     "Troops arrested four militants of the Sarmat Liberation Front near Kharan on 3 May 2021.", AMBUSH),
])
def test_a_reason_is_given_where_it_holds_and_only_there(
        toolbox: Toolbox, reason: str, with_it: str, without_it: str) -> None:
    assert reason in read(toolbox, with_it).reasons
    assert reason not in read(toolbox, without_it).reasons


def test_the_confidence_of_an_event_follows_from_its_reasons(toolbox: Toolbox, weights: ConfidenceWeights) -> None:
    event = read(toolbox, AMBUSH)
    assert event.confidence == confidence(event.reasons, weights)


@pytest.mark.parametrize(("weaker", "stronger"), [
    ("The Sarmat Liberation Front ambushed an army convoy.", AMBUSH),
    ("The mayor said that a column which the Sarmat Liberation Front ambushed in Pakistan had been warned.", AMBUSH),
    ("Gunmen ambushed a convoy in Pakistan." + SPORT, "Gunmen ambushed a convoy in Pakistan."),
])
def test_an_event_told_with_less_or_in_a_strange_setting_is_less_sure(
        toolbox: Toolbox, weaker: str, stronger: str) -> None:
    assert read(toolbox, weaker).confidence < read(toolbox, stronger).confidence


def test_every_weight_belongs_to_a_reason_and_has_its_sign(weights: ConfidenceWeights, toolbox: Toolbox) -> None:
    tops = {f"told as {name}" for name in toolbox.knowledge.ontology.event_classes
            if not toolbox.knowledge.ontology.ancestors(name)}
    assert weights.reasons.keys() <= FOR.keys() | AGAINST.keys() | tops
    assert all(weights.reasons.get(name, 0) >= 0 for name in FOR)
    assert all(weights.reasons.get(name, 0) <= 0 for name in AGAINST)
    assert all(0 < share < 1 for share in weights.values.values())


@pytest.mark.parametrize(("names", "expected"), [
    ([], 0.5), (["good"], 0.73), (["bad"], 0.27), (["good", "bad"], 0.5), (["unknown"], 0.5),
    (["certain"], MOST), (["impossible"], LEAST),
])
def test_weights_add_up_to_log_odds_within_bounds(names: list[str], expected: float) -> None:
    sums = {"good": 1.0, "bad": -1.0, "certain": 20.0, "impossible": -20.0}
    assert confidence(names, ConfidenceWeights(base=0.0, reasons=sums, values={})) == expected


def test_every_value_has_an_estimate_and_none_is_surer_than_its_event(
        toolbox: Toolbox, weights: ConfidenceWeights) -> None:
    event = read(toolbox, AMBUSH)
    told = {(e.slot, e.value) for e in event.estimates}
    assert told == {("salience", ""), ("date", ""), ("country", ""), *(("place", p) for p in event.places),
                    *(("target", t) for t in event.targets), *(("toll", c.key) for c in event.casualties)}
    assert (len(event.places), len(event.targets), len(event.casualties)) == (2, 1, 2)
    assert all(e.rule in weights.values and e.confidence < event.confidence for e in event.estimates)
    assert all(actor.confidence < event.confidence for actor in event.actors)


def test_a_value_without_an_estimate_is_as_sure_as_its_event(toolbox: Toolbox) -> None:
    event = read(toolbox, AMBUSH)
    assert event.sure_of("date") == next(e.confidence for e in event.estimates if e.slot == "date")
    assert msgspec.structs.replace(event, estimates=()).sure_of("date") == event.confidence
    assert event.sure_of("place", "m999") == event.confidence


@pytest.mark.parametrize("content", ["base: high\nreasons: {}\nvalues: {}", "base: 0.1", "base: [", None])
def test_a_damaged_file_of_weights_is_named(tmp_path_factory: pytest.TempPathFactory, content: str | None) -> None:
    folder = tmp_path_factory.mktemp("data")
    if content is not None:
        (folder / FILE).write_text(content)
    with pytest.raises(KnowledgeError, match=FILE):
        load_confidence(Settings(language_data=folder))


def test_the_file_tells_how_it_was_made(settings: Settings) -> None:
    words = (settings.language_data / FILE).read_text(encoding="utf-8")
    assert "Written by tools/calibrate.py" in words
    assert yaml.safe_load(words).keys() == {"base", "reasons", "values"}
