"""Doers and sufferers by learned weights: what is added and taken back, and that nothing else changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import KnowledgeError
from kg.extract.extractor import Extractor
from kg.extract.name_words import load_name_words
from kg.extract.rolefeatures import AGENT, NONE, PATIENT
from kg.extract.rolemodel import FILE, RoleModel, load_role_model
from kg.pipeline import Toolbox
from kg.records import Document, Extraction
from kg.settings import Settings

TEXT = "Three guerrillas on a motorcycle stopped the mayor near Sarmat on Monday and shot him dead."


def read(extractor: Extractor, text: str) -> Extraction:
    return next(extractor.extract([Document(id="d", source="made up", text=text, published="2025-09-18")]))


def doers(found: Extraction) -> set[str]:
    names = {e.id: e.name for e in found.entities}
    return {names[a.entity] for event in found.events for a in event.actors}


def targets(found: Extraction) -> set[str]:
    return {found.mention(t).text for event in found.events for t in event.targets}


@pytest.fixture
def extractor(toolbox: Toolbox) -> Iterator[Extractor]:
    """The real extractor, whose role model a test may exchange."""
    shipped = toolbox.extractor.roles
    yield toolbox.extractor
    toolbox.extractor.roles = shipped


def model(extractor: Extractor, weights: dict[str, tuple[float, float]], **limits: float) -> RoleModel:
    usual = {"add agent": 0.5, "add thing": 0.5, "add people": 0.5, "add person": 0.5, "keep": 0.2}
    return RoleModel(weights=weights, names=extractor.name_words, limits=usual | limits)


@pytest.mark.parametrize(("weights", "role"), [
    ({}, {NONE: 1 / 3, AGENT: 1 / 3, PATIENT: 1 / 3}),
    ({"a": (50.0, 0.0)}, {NONE: 0.0, AGENT: 1.0, PATIENT: 0.0}),
    ({"a": (0.0, 50.0), "b": (0.0, -50.0)}, {NONE: 1 / 3, AGENT: 1 / 3, PATIENT: 1 / 3}),
    ({"base": (-50.0, -50.0)}, {NONE: 1.0, AGENT: 0.0, PATIENT: 0.0}),
    ({"unseen": (50.0, 0.0)}, {NONE: 1 / 3, AGENT: 1 / 3, PATIENT: 1 / 3}),
])
def test_shares_sum_the_weights_of_the_features_that_hold(
        extractor: Extractor, weights: dict[str, tuple[float, float]], role: dict[str, float]) -> None:
    """Weights of features that hold count, the base always, others never."""
    assert model(extractor, weights).shares(["a", "b"]) == pytest.approx(role)


def test_a_model_that_is_sure_of_nothing_changes_nothing(extractor: Extractor) -> None:
    """Without weights the rules alone decide, as they do with the model switched off."""
    extractor.roles = model(extractor, {}, keep=0.0)
    neutral = read(extractor, TEXT)
    extractor.roles = None
    assert read(extractor, TEXT).events == neutral.events


def test_added_doers_say_that_they_were_weighed(extractor: Extractor) -> None:
    """A doer that no rule found carries the rule of the model and less confidence than one that a rule found."""
    text = "Police found the body of a judge in Sarmat on Monday. The judge was shot dead as guerrillas looked on."
    extractor.roles = None
    assert "guerrillas" not in doers(read(extractor, text))
    extractor.roles = model(extractor, {"kind group": (50.0, 0.0)})
    found = read(extractor, text)
    added = [a for event in found.events for a in event.actors if found.entity(a.entity).name == "guerrillas"]
    assert [a.rule for a in added] == ["weighed.perpetrator"]
    assert all(a.confidence < 0.8 for a in added)


def test_a_model_takes_back_what_the_rules_gave(extractor: Extractor) -> None:
    """A target below the limit goes, one above it stays."""
    text = "Guerrillas attacked a bank in Sarmat on Monday."
    assert targets(read(extractor, text)) == {"bank"}
    extractor.roles = model(extractor, {"rule patient event": (0.0, -50.0)})
    assert targets(read(extractor, text)) == set()


@pytest.mark.parametrize(("text", "doer"), [
    ("Two gunmen riding a motorcycle intercepted the car of a judge in Sarmat on Monday and opened fire.", "gunmen"),
    ("An attack in which armed men used dynamite destroyed a bank in Sarmat on Monday.", "armed men"),
])
def test_the_shipped_weights_find_doers_named_off_the_verb(extractor: Extractor, text: str, doer: str) -> None:
    """Who acts in another clause of the sentence is found."""
    assert doer in doers(read(extractor, text))


@pytest.mark.parametrize(("text", "innocent"), [
    ("Gunmen killed a judge in Sarmat on Monday, and soldiers cordoned off the area.", "soldiers"),
    ("A bomb exploded outside a bank in Sarmat on Monday, police said.", "police"),
    ("A Sarmat Front-held village was shelled by the army on Monday.", "Sarmat Front"),
])
def test_the_shipped_weights_accuse_no_bystander(extractor: Extractor, text: str, innocent: str) -> None:
    """Who comes after, who speaks and who only holds the place did not do it."""
    assert innocent not in doers(read(extractor, text))


@pytest.mark.parametrize(("text", "named"), [
    ("A bomb exploded at a bank in Sarmat on Monday. The Sarmat Liberation Front said nothing of the blast.", False),
    ("A blast killed two guards in Sarmat on Monday. The attack shows what the Sarmat Liberation Front can do.", True),
])
def test_weights_alone_make_a_named_group_a_suspect_at_most(extractor: Extractor, text: str, named: bool) -> None:
    """Who is named by weights alone is suspected; that is no fact of the deed."""
    extractor.roles = model(extractor, {"base": (4.0, -4.0)} if named else {"base": (-4.0, -4.0)})
    found = read(extractor, text)
    weighed = [a for event in found.events for a in event.actors if a.rule == "weighed.perpetrator"]
    statuses = {a.status for a in weighed if found.entity(a.entity).name == "Sarmat Liberation Front"}
    assert statuses == ({"suspected"} if named else set())


@pytest.mark.parametrize("text", [
    "The Coast Brigade shot a judge in Sarmat on Monday. The attack worried the Sarmat Liberation Front.",
    "A bomb killed a judge in Sarmat on Monday. The Coast Brigade claimed responsibility for the attack. The attack "
    "worried the Sarmat Liberation Front.",
])
def test_weights_name_nobody_beside_a_named_doer(extractor: Extractor, text: str) -> None:
    """Where the text names who did it or who claims it, no other group is accused by weights."""
    extractor.roles = model(extractor, {"base": (4.0, -4.0)})
    assert "Sarmat Liberation Front" not in doers(read(extractor, text))


def test_who_suffers_one_event_is_no_victim_of_another_in_the_sentence(extractor: Extractor) -> None:
    """A victim whom the words give to one event stays with it."""
    extractor.roles = model(extractor, {"base": (-4.0, 4.0)})
    found = read(extractor, "Gunmen raided a church in Orla on Monday and killed two people. On Friday, days after the "
                            "Orla attack, soldiers shot dead Milo Tarnas in Sarmat.")
    names = {e.id: e.name for e in found.entities}
    assert [{names[v] for v in event.victims} for event in found.events if event.victims] == [{"Milo Tarnas"}]


def test_a_line_that_is_no_number_is_told(tmp_path: Path) -> None:
    """A spoilt file is named with its line."""
    settings = Settings()
    names = load_name_words(settings)
    (tmp_path / FILE).write_text("# head\nbase\t0.1\tmany\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="line 2"):
        load_role_model(replace(settings, language_data=tmp_path), names)
