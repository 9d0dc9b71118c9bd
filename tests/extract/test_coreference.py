"""Who the mentions of a text refer to; all sentences are made up."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from kg.extract.coreference import resolve_references
from kg.extract.language import load_pipeline, parse
from kg.extract.mentions import Found, Referent
from kg.extract.name_words import load_name_words
from kg.extract.names import find_mentions
from kg.gazetteer import load_gazetteer
from kg.records import Document, Kind
from kg.settings import Settings

Read = Callable[[str], tuple[list[tuple[str, Found]], list[Referent]]]


@pytest.fixture(scope="session")
def read_references() -> Read:
    """The mentions of a text with their words, and its referents."""
    settings = Settings()
    pipeline, gazetteer, words = load_pipeline(settings.pipeline), load_gazetteer(settings), load_name_words(settings)

    def run(text: str) -> tuple[list[tuple[str, Found]], list[Referent]]:
        document = Document(id=hashlib.sha256(text.encode()).hexdigest(), source="test", text=text)
        parsed = parse(pipeline, document)
        mentions = find_mentions(parsed, gazetteer, [], words)
        referents = resolve_references(parsed, mentions, words)
        return [(parsed.quote(m.start, m.end), m) for m in mentions], referents

    return run


SAME = [
    ("Rebels of the Azure Liberation Front (ALF) burned a bridge. The ALF denied it.", "Azure Liberation Front", "ALF"),
    ("The Azure Liberation Front burned a bridge. The group said it would go on.", "Azure Liberation Front", "group"),
    ("The Azure Liberation Front, a separatist group, burned a bridge.", "Azure Liberation Front", "separatist group"),
    ("The Azure Liberation Front (ALF), an armed outfit, burned a bridge.", "Azure Liberation Front", "armed outfit"),
    ("The separatist group Azure Liberation Front burned a bridge.", "separatist group", "Azure Liberation Front"),
    ('The "Azure Liberation Front" militant group burned a bridge.', "Azure Liberation Front", "militant group"),
    ("Members of the Azure Liberation Front burned a bridge.", "Members", "Azure Liberation Front"),
    ("Azure Liberation Front fighters took a town. The militants later left.", "Azure Liberation Front fighters",
     "militants"),
    ("Three gunmen stormed a hotel. The attackers took hostages.", "gunmen", "attackers"),
    ("Masked gunmen stormed a hotel. They took hostages.", "Masked gunmen", "They"),
    ("General Ali Haidar visited the base. Haidar praised the guards.", "Ali Haidar", "Haidar"),
    ("Police chief Imran Daud said two men fled. He gave no names.", "Imran Daud", "He"),
    ("A bomb hit a military convoy. The convoy was leaving a base.", "military convoy", "convoy"),
    ("A suicide bomber entered the hall. Guards saw him.", "suicide bomber", "him"),
    ("The Azure Liberation Front said it was behind the blast.", "Azure Liberation Front", "it"),
    ("Ansar Kesh, the Kesh Liberation Movement, burned a bridge.", "Ansar Kesh", "Kesh Liberation Movement"),
    ("The Red Liberation Front fled. A day later the Azure Liberation Front's spokesman spoke. The group wants peace.",
     "Azure Liberation Front", "group"),
    ("The Pakistani Army denied the report. The army said nothing else.", "Pakistani Army", "army"),
]


@pytest.mark.parametrize(("text", "first", "second"), SAME, ids=[row[0] for row in SAME])
def test_two_mentions_have_one_referent(read_references: Read, text: str, first: str, second: str) -> None:
    """Both phrases refer to the same thing."""
    mentions = dict(reversed(read_references(text)[0]))
    assert mentions[first].referent is not None
    assert mentions[first].referent is mentions[second].referent


DIFFERENT = [
    ("The BLA and the BLF attacked posts in Balochistan, Pakistani police said.", "BLA", "BLF"),
    ("Azure Liberation Front fighters took a town. Militants also burned a bridge elsewhere.",
     "Azure Liberation Front fighters", "Militants"),
    ("Azure Liberation Front fighters took a town. A rival group objected.", "Azure Liberation Front fighters",
     "rival group"),
    ("The Azure Liberation Front fought a splinter group of the Red Liberation Front.", "splinter group",
     "Red Liberation Front"),
    ("Taliban fighters fled. Former Taliban fighters now guard the dam in Afghanistan.", "Taliban fighters",
     "Former Taliban fighters"),
    ("Gunmen killed a judge. In another town, gunmen killed a nurse.", "Gunmen", "gunmen"),
    ("Soldiers of the Pakistani Army met officers of the Indian Army.", "Pakistani Army", "Indian Army"),
    ("General Ali Haidar met Colonel Omar Bakri.", "Ali Haidar", "Omar Bakri"),
    ("A bomb hit a convoy in May. A convoy was hit again in June, and a bus burned.", "convoy", "bus"),
    ("The Azure Liberation Front and the Red Liberation Front clashed. The two groups are rivals.",
     "Red Liberation Front", "groups"),
]


@pytest.mark.parametrize(("text", "first", "second"), DIFFERENT, ids=[row[0] for row in DIFFERENT])
def test_two_mentions_have_two_referents(read_references: Read, text: str, first: str, second: str) -> None:
    """The phrases refer to different things."""
    mentions = dict(read_references(text)[0])
    assert mentions[first].referent is not None
    assert mentions[second].referent is not None
    assert mentions[first].referent is not mentions[second].referent


NO_ANTECEDENT = [
    ("Mira Halloran said she saw smoke. He left.", "He"),
    ("Azure Liberation Front fighters took a town. Many residents fled because they had no food.", "they"),
    ("The Azure Liberation Front burned a bridge. The embassy closed after what it called a threat.", "it"),
]


@pytest.mark.parametrize(("text", "pronoun"), NO_ANTECEDENT, ids=[row[0] for row in NO_ANTECEDENT])
def test_a_pronoun_that_may_mean_another_is_no_group_or_person(read_references: Read, text: str, pronoun: str) -> None:
    """Whoever the last sentence named is not meant by it."""
    mentions, _ = read_references(text)
    named = {id(m.referent) for _, m in mentions if m.name is not None}
    assert not any(words == pronoun and id(m.referent) in named for words, m in mentions)


NOT_THE_GROUP = [
    "The Azure Liberation Front warned the rebels.",
    "The Azure Liberation Front left. Historians name the group that had seized the town in May.",
]


@pytest.mark.parametrize("text", NOT_THE_GROUP)
def test_a_phrase_that_tells_of_another_group_is_not_the_last_one(read_references: Read, text: str) -> None:
    """Nobody warns himself, and a clause that says which group is meant points to no other."""
    mentions = {words.lower(): m for words, m in read_references(text)[0]}
    other = mentions.get("rebels") or mentions["group"]
    assert other.referent is not mentions["azure liberation front"].referent


def test_a_description_without_a_name_is_an_unnamed_referent(read_references: Read) -> None:
    """ "Kurdish militants" have no name of their own, hence no capital in it."""
    _, referents = read_references("Kurdish militants shot at a patrol.")
    group = next(r for r in referents if r.kind is Kind.GROUP)
    assert (group.named, group.name, group.link) == (False, "militants", None)


def test_aliases_are_the_forms_of_the_text(read_references: Read) -> None:
    """The noun for a group's people is no part of its alias."""
    _, referents = read_references("The Azure Liberation Front (ALF) fled. ALF rebels were seen later.")
    group = next(r for r in referents if r.kind is Kind.GROUP)
    assert (group.name, group.aliases) == ("Azure Liberation Front", ["ALF"])


@pytest.mark.parametrize(("text", "name"), [
    ("Mira Halloran spoke. Halloran then left.", "Mira Halloran"),
    ("Rebels of Hezbollah fled. The Hezbollah movement said so.", "Hezbollah"),
])
def test_a_part_of_a_name_or_a_noun_beside_it_is_no_alias(read_references: Read, text: str, name: str) -> None:
    """An alias is another name: a surname alone is the same one, and so is the name with a common noun."""
    _, referents = read_references(text)
    assert [r.aliases for r in referents if r.name == name] == [[]]


def test_unclear_pronouns_are_no_mentions(read_references: Read) -> None:
    """With two possible antecedents, or none, a pronoun stays out."""
    mentions, _ = read_references("Ali Haidar and Omar Bakri spoke. It rained, and he left.")
    assert not {"he", "It"} & {words for words, _ in mentions}


def test_every_mention_has_a_referent(read_references: Read) -> None:
    """No entity mention is left without one, and referents come in the order of the text."""
    mentions, referents = read_references("Gunmen fired at a bus near a school. Police said two teachers died.")
    assert mentions
    assert all(mention.referent is not None for _, mention in mentions)
    assert [id(r) for r in referents] == list(dict.fromkeys(id(mention.referent) for _, mention in mentions))
