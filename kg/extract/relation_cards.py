"""Cards of relations: one per way of saying that two entities stand in a relation, read from `relations.yaml`."""

from __future__ import annotations

from functools import cached_property

import msgspec
import yaml

from kg.errors import KnowledgeError
from kg.records import Kind
from kg.settings import Settings


class Slot(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where one end of a relation stands beside the trigger (`role`, tried in order) and what may fill it.

    The roles are methods of `kg.extract.relation_roles.Roles`: agent, patient, holder (whom a noun describes), owner
    (whose it is) and so on; any other word is a preposition. `thing`
    lets a phrase fill the slot that no mention covers, `unnamed` a mere description; `heads` limits both to phrases
    with one of these head words, `not_heads` excludes some; `proper` lets a proper noun fill it that no mention covers.
    Of a slot that looks `through`, what somebody holds or sends means its owner ("Red Path positions").
    """

    role: tuple[str, ...]
    kinds: frozenset[Kind] = frozenset()
    thing: bool = False
    proper: bool = False
    unnamed: bool = False
    through: bool = False
    heads: frozenset[str] = frozenset()
    not_heads: frozenset[str] = frozenset()


class RelationExample(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence, its mentions marked `[words](kind)` (`kind?` if unnamed), and what it says: "subject | object"."""

    text: str
    says: tuple[str, ...] = ()
    status: str = "asserted"


class Card(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way of stating a relation.

    `form` is verb, noun, adjective, hyphen, prefix or possessive. `with` asks for one of these lemmas near below the
    trigger, `without` forbids them; `modified` asks for one of these words right before the trigger noun,
    `unmodified` forbids them; a trigger of a card with `beneath` hangs on one of these verbs. A `lasting` card wants
    a verb form that tells of more than one occasion, an `infinitive` one "to" before its verb; a `mutual` relation
    puts the group first; `drop` lists statuses that make the statement worthless; of an `intended` card the mere
    intention states the relation ("they vowed to destroy"); one that is `civil` holds of any two that have
    names, if the text names a group or a force. `confidence` is how often the card is right.
    """

    id: str
    predicate: str
    form: str
    words: frozenset[str] = frozenset()
    subject: Slot
    object: Slot
    with_: frozenset[str] = msgspec.field(default=frozenset(), name="with")
    without: frozenset[str] = frozenset()
    modified: frozenset[str] = frozenset()
    unmodified: frozenset[str] = frozenset()
    beneath: frozenset[str] = frozenset()
    lasting: bool = False
    infinitive: bool = False
    mutual: bool = False
    drop: frozenset[str] = frozenset()
    intended: bool = False
    civil: bool = False
    confidence: float
    examples: tuple[RelationExample, ...]


class RelationCards(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """The cards of a language and the words they share.

    One end of every relation is of a kind in `concerns`. `members` are nouns whose group speaks through them ("Red
    Path fighters"); `unit_names` end the names of bodies that may be groups, `parts` are nouns for a part of a group;
    `bodies` are nouns for an armed body that no other rule names ("the coalition"), unless a word in `not_bodies`
    describes them; `exemplifying` words give examples ("such as"), `owning` prepositions an owner, no person's name
    holds a word in `institutions`, `adding` words join the last name of a list, `named_by` participles give a name,
    `including` verbs list the parts; `former` and `ended` ("no longer") mark what holds no more; `copulas` and
    `copular_prepositions` say what someone is; `focus` and `singling` single out; `not_parts` after a genitive say
    that the noun is no part of the owner; `continuing` verbs say that something goes on; `complements` are
    prepositions that continue the name of an aim ("freedom from …"); `pronouns` mean bodies, `personal_pronouns`
    people; `naming` verbs give a name ("called"); whose `undertakings` do something does it ("Red Path's campaign to
    …"), as does whoever does an `undertaking` verb to one; `holdings` are what somebody holds or sends; `helped`
    prepositions say under what aid one acts ("with the help of …"); `by` names an agent, `forming` verbs a result,
    `within` a part of a place, `governments` speak for one, `listing` what stands on a list, unless a `delisting` verb
    takes it off.
    """

    concerns: frozenset[Kind]
    members: frozenset[str]
    unit_names: frozenset[str]
    parts: frozenset[str]
    bodies: frozenset[str]
    not_bodies: frozenset[str]
    exemplifying: frozenset[str]
    owning: frozenset[str]
    institutions: frozenset[str]
    adding: frozenset[str]
    named_by: frozenset[str]
    including: frozenset[str]
    former: frozenset[str]
    ended: frozenset[str]
    copulas: frozenset[str]
    copular_prepositions: frozenset[str]
    singling: frozenset[str]
    focus: frozenset[str]
    not_parts: frozenset[str]
    continuing: frozenset[str]
    pronouns: frozenset[str]
    personal_pronouns: frozenset[str]
    reflexives: frozenset[str]
    by: frozenset[str]
    forming: frozenset[str]
    within: frozenset[str]
    governments: frozenset[str]
    listing: frozenset[str]
    delisting: frozenset[str]
    naming: frozenset[str]
    undertakings: frozenset[str]
    undertaking: frozenset[str]
    holdings: frozenset[str]
    helped: frozenset[str]
    complements: frozenset[str]
    cards: tuple[Card, ...]

    @cached_property
    def by_word(self) -> dict[str, list[Card]]:
        """The cards that each word may trigger, in the order of the file."""
        found: dict[str, list[Card]] = {}
        for card in self.cards:
            for word in card.words:
                found.setdefault(word, []).append(card)
        return found


_FORMS = {"verb", "noun", "adjective", "hyphen", "prefix", "possessive"}


def load_relation_cards(settings: Settings) -> RelationCards:
    """Read `relations.yaml`; raises KnowledgeError that names the file and the card at fault."""
    path = settings.language_data / "relations.yaml"
    mend = "see the fields in kg.extract.relation_cards"
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise KnowledgeError(str(error), where=str(path), mend=mend) from error
    try:
        cards = msgspec.convert(raw, RelationCards)
    except msgspec.ValidationError as error:
        raise KnowledgeError(str(error), where=f"{path}{_card_at_fault(raw)}", mend=mend) from error
    seen: set[str] = set()
    for card in cards.cards:
        problem = _problem(card, seen)
        if problem:
            raise KnowledgeError(problem, where=f"{path}, card {card.id}", mend=mend)
        seen.add(card.id)
    return cards


def _problem(card: Card, seen: set[str]) -> str | None:
    if card.id in seen:
        return "the id is taken by an earlier card"
    if card.form not in _FORMS:
        return f"unknown form {card.form!r}"
    if card.form != "possessive" and not card.words:
        return "no words"
    return None if 0 < card.confidence <= 1 else "the confidence is not in (0, 1]"


def _card_at_fault(raw: object) -> str:
    """The first card of a file that does not convert, as ", card <id>"; nothing if the fault is elsewhere."""
    for row in raw.get("cards") or () if isinstance(raw, dict) else ():
        try:
            msgspec.convert(row, Card)
        except msgspec.ValidationError:
            return f", card {row.get('id', row) if isinstance(row, dict) else row}"
    return ""
