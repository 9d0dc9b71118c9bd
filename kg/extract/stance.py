"""Reads how the text presents an event or a relation: as fact, claim, plan, threat, denial or mere possibility."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.extract.findings import Stance
from kg.extract.grammar import by_agent, grammatical_subject, is_passive, prepositional, shares_auxiliary
from kg.extract.language import Parsed
from kg.extract.mentions import Mentions
from kg.extract.quotations import quoted_speech
from kg.extract.stance_words import Class, Modal, StanceWords, load_stance_words
from kg.extract.syntax import Token
from kg.records import Kind

__all__ = ["StanceWords", "load_stance_words", "stance_of"]

_CLIMB = 14  # arcs; a trigger deeper than this below the root of its sentence is a parsing accident
_NOUN_LABELS = {"object", "subject"}


@dataclass(slots=True)
class _Reading:
    """What has been gathered on the way up from a trigger; `open` while a status above may still reach it."""

    trigger: Token
    stance: Stance = field(default_factory=Stance)
    status: str | None = None
    modal: Modal | None = None
    pronoun: bool = False
    reported: bool = False
    sourced: bool = False
    open: bool = True

    def take(self, status: str | None, cue: Token) -> None:
        """The innermost operator decides; a denial above overrides it, a denied denial leaves a possibility."""
        if status is None or not self.open:
            return
        if status == "denied" and self.status is not None:
            self.status, self.stance.cue = ("hypothetical" if self.status == "denied" else "denied"), cue.i
        elif self.status is None:
            self.status, self.stance.cue = status, cue.i


def stance_of(parsed: Parsed, mentions: Mentions, trigger: int, words: StanceWords) -> Stance:
    """How the text presents what the token `trigger` says, from its own words up through the clauses that govern it."""
    reading, node, label = _Reading(parsed.doc[trigger]), parsed.doc[trigger], ""
    for _ in range(_CLIMB):
        _local(node, label, reading, words)
        _sources(node, reading, mentions, words)
        if node.head == node or _ends_before(node):
            break
        label, governor, cue = _edge(node, words)
        _governed(node, label, governor, cue, reading, mentions, words)
        node = governor
    _question(node, reading)
    speaker = quoted_speech(parsed, trigger, _speech_lemmas(words))
    if reading.stance.speaker is None and reading.stance.speaker_span is None and speaker is not None:
        _set_speaker(reading, [speaker], mentions, speaker.head)
    return _settled(reading)


def _ends_before(node: Token) -> bool:
    """Whether a clause is over before the verb the parser hangs it on: "they took six; none has been freed"."""
    if node.dep_ != "ccomp" or node.head.i < node.i:
        return False
    return any(token.text == ";" for token in node.doc[node.i:node.head.i])


def _settled(reading: _Reading) -> Stance:
    """A speaker that says what itself will do announces it; in the narrator's mouth the modal keeps its plain sense."""
    stance, modal = reading.stance, reading.modal
    speaks = stance.speaker is not None or stance.speaker_span is not None
    if modal is not None and modal.self and reading.pronoun and speaks and reading.status == modal.bare:
        reading.status = modal.self
    stance.status = reading.status or "asserted"
    if stance.status == "asserted":
        stance.cue = None
    return stance


def _edge(node: Token, words: StanceWords) -> tuple[str, Token, Token]:
    """How a token hangs on the word above it: the name of the relation, that word, and the word that marks it."""
    head = node.head
    if node.dep_ in {"pobj", "pcomp"}:
        return head.lower_, _governor_of(head, words), head
    if _infinitive(node) and node.dep_ in {"xcomp", "ccomp", "acl", "advcl", "relcl"}:
        return "infinitive", head, head
    if node.dep_ == "ccomp" or (node.dep_ in {"acl", "relcl"} and any(c.dep_ == "mark" for c in node.children)):
        asks = any(c.lower_ in words.question_words for c in node.lefts)
        return ("question" if asks else "clause"), head, head
    if node.dep_ in {"dobj", "nsubjpass"}:
        return "object", head, head
    named = {"nsubj": "subject", "xcomp": "complement", "relcl": "relative", "acl": "relative", "advcl": "adverbial",
             "conj": "conjunct", "compound": "compound", "agent": "by", "acomp": "complement",
             "attr": "complement"}
    return named.get(node.dep_, "other"), head, head


def _governor_of(preposition: Token, words: StanceWords) -> Token:
    """The word that takes a preposition; parsers often hang that of "accused them of" on the object."""
    head = preposition.head
    if head.dep_ in {"dobj", "nsubjpass"}:
        for group in words.governors.values():
            if preposition.lower_ in group.over and head.head.lemma_ in group.words and head.lemma_ not in group.words:
                return head.head
    return head


def _infinitive(node: Token) -> bool:
    return any(c.dep_ == "aux" and c.tag_ == "TO" for c in node.children)


def _governed(node: Token, label: str, governor: Token, cue: Token, reading: _Reading, mentions: Mentions,
              words: StanceWords) -> None:
    """Let the word above a token act on it, and decide whether still higher words can."""
    if label in words.negative_prepositions:
        reading.take("denied", cue)
    acting = list(_classes(words, governor, label, node))
    for group in acting:
        if (group.definite or not _definite(node, words)) and (reading.reported or not group.reverses):
            reading.take(_effect(group, governor), cue)
        if group.speaks and (reading.reported or not group.reverses):
            _set_speaker(reading, _speakers(governor), mentions, governor)
    if not acting and label == "infinitive":
        reading.take("planned", governor)
    reading.reported |= label == "clause" or bool(acting and label == "of")
    if not _passes(node, label, acting, words):
        reading.open = False


def _classes(words: StanceWords, governor: Token, label: str, node: Token) -> Iterator[Class]:
    part = "noun" if node.pos_ in {"NOUN", "PROPN"} else "verb"
    lemmas = {governor.lemma_.lower()}
    if label == "infinitive":  # "the first attack to hit the port"
        lemmas |= {child.lemma_ for child in governor.lefts if child.dep_ == "amod"}
    for group in words.governors.values():
        articled = governor.lower_ in group.bare and any(child.dep_ == "det" for child in governor.lefts)
        if lemmas & group.words and label in group.over and group.only in {None, part} and not articled:
            yield group


def _effect(group: Class, governor: Token) -> str | None:
    if group.passive and is_passive(governor):
        return group.passive
    modal = any(c.dep_ == "aux" and c.tag_ == "MD" for c in governor.children)
    if group.unrealised and (modal or _infinitive(governor) or (governor.tag_ == "VBG" and governor.dep_ == "pcomp")):
        return group.unrealised
    return group.effect


def _passes(node: Token, label: str, acting: list[Class], words: StanceWords) -> bool:
    """Whether what happens to the word above happens to this one: complements, not relative clauses or most nouns."""
    if any(group.transparent for group in acting):
        return not _definite(node, words)
    if label in {"clause", "infinitive", "complement", "conjunct"}:
        return True
    if label == "adverbial":
        return node.tag_ == "VBG" and not any(c.dep_ == "mark" for c in node.children)
    return bool(acting) and label not in _NOUN_LABELS and label != "question"


def _definite(node: Token, words: StanceWords) -> bool:
    """Whether a noun is spoken of as known: "the attack", "that attack", "their attack"."""
    if node.pos_ not in {"NOUN", "PROPN"}:
        return False
    return any(c.lower_ in words.definite_determiners or c.dep_ == "poss" for c in node.lefts)


def _local(node: Token, label: str, reading: _Reading, words: StanceWords) -> None:
    """The word's own modal, negation, hedges and conjunction.

    Reached from a clause it reports, a word passes on its negation only, as doubt: "did not say that they attacked".
    Reached from its own list member, it passes them on only where both share them: "may have killed and wounded".
    """
    if label == "clause":
        cue = _negation(node, words)
        if cue is not None:
            reading.take("denied" if reading.status else "hypothetical", cue)
        return
    if label == "conjunct" and not shares_auxiliary(node):
        return
    modal = _modal(node, words)
    for token, status in _modified(node, words):
        reading.take(status, token)
    if modal is not None:
        if reading.modal is None and reading.status is None and reading.open:
            subject = grammatical_subject(node)
            reading.modal, reading.pronoun = modal[0], subject is not None and subject.pos_ == "PRON"
        reading.take(modal[1], modal[2])
    cue = _negation(node, words)
    if cue is not None and label != "adverbial":
        reading.take("denied", cue)


def _modal(node: Token, words: StanceWords) -> tuple[Modal, str | None, Token] | None:
    auxiliaries = [c for c in node.lefts if c.dep_ in {"aux", "auxpass"}]
    perfect = any(c.lemma_ == "have" for c in auxiliaries)
    if len(auxiliaries) == 1 and node.tag_ in {"VBN", "VBD"}:  # "he'd attacked" is "he had"
        return None
    for auxiliary in auxiliaries:
        for modal in words.modals.values():
            if auxiliary.tag_ == "MD" and auxiliary.lower_ in modal.words:
                return modal, (modal.perfect if perfect else modal.bare), auxiliary
    return None


def _modified(node: Token, words: StanceWords) -> Iterator[tuple[Token, str | None]]:
    for child in node.children:
        if child.dep_ in {"advmod", "amod", "compound", "npadvmod"}:
            for group in words.modifiers.values():
                if {child.lower_, child.lemma_.lower()} & group.words:
                    yield child, group.effect
        elif child.dep_ == "mark" or (child.dep_ == "advmod" and node.dep_ == "advcl"):
            for group in words.markers.values():
                if child.lower_ in group.words:
                    yield child, group.effect


def _negation(node: Token, words: StanceWords) -> Token | None:
    """The word that negates a verb or noun: its own "not", or a negative subject, object or determiner."""
    for child in node.children:
        if child.dep_ == "neg" or (child.lower_ in words.negators and child.dep_ in {"advmod", "preconj"}):
            return child
        if child.dep_ in {"nsubj", "nsubjpass", "dobj"} and node.pos_ in {"VERB", "AUX"}:
            if child.lower_ in words.negative_determiners:
                return child
            for inner in child.lefts:
                if inner.dep_ in {"det", "neg"} and inner.lower_ in words.negative_determiners:
                    return inner
        if child.dep_ == "det" and child.lower_ in words.negative_determiners:
            return child
    return None


def _sources(node: Token, reading: _Reading, mentions: Mentions, words: StanceWords) -> None:
    """Who is named as the source beside the clause: "according to officials", "as police said", ", police said,"."""
    speech = _speech_lemmas(words)
    for child in node.children:
        if child.dep_ in {"prep", "advcl", "advmod", "pcomp"} and child.lower_ in words.source_prepositions:
            nouns = prepositional(child) or [t for t in child.children if t.dep_ == "pobj"]
            _set_speaker(reading, nouns, mentions, child)
            reading.sourced = True
        elif child.lemma_ in speech and _aside(child, node):
            _set_speaker(reading, _speakers(child), mentions, child)


def _aside(verb: Token, node: Token) -> bool:
    """Whether a verb of saying stands beside the clause it reports ("…, police said, …") and has no other object."""
    beside = verb.dep_ in {"parataxis", "advcl", "dep", "ccomp"} and verb.i > node.i
    return beside and not any(child.dep_ in {"ccomp", "xcomp", "dobj"} for child in verb.children)


def _speech_lemmas(words: StanceWords) -> frozenset[str]:
    return words.governors["speech"].words


def _speakers(governor: Token) -> list[Token]:
    """Who says it: the subject of a speech verb, the by-phrase of its passive, the author of a statement."""
    if governor.pos_ in {"NOUN", "PROPN"}:
        owners = [c for c in governor.children if c.dep_ == "poss"]
        return owners or prepositional(governor, "by", "from")
    if is_passive(governor):
        return by_agent(governor)
    subject = grammatical_subject(governor)
    return [] if subject is None else [subject]


def _set_speaker(reading: _Reading, speakers: list[Token], mentions: Mentions, source: Token) -> None:
    """Keep the nearest speaker, whom `source` brings in; a pronoun speaks only through the mention it stands for.

    A group that says it comes before the source by which that is known: "the front said …, according to a website".
    What only describes the speaker, others say: "according to a miner attacked on Monday".
    """
    stance = reading.stance
    token = speakers[0] if speakers else None
    found = mentions.at(token.i) if token is not None else None
    known = stance.speaker is not None or stance.speaker_span is not None
    if token is None or (known and not (reading.sourced and found is not None and found.kind is Kind.GROUP)):
        return
    if token.is_ancestor(reading.trigger) and not token.is_ancestor(source):
        return
    stance.speaker, stance.speaker_span = found, None
    if stance.speaker is None and token.pos_ != "PRON":
        start = token.left_edge.i
        while start < token.i and token.doc[start].dep_ in {"det", "predet", "punct"}:
            start += 1
        stance.speaker_span = (start, token.i + 1)


def _question(root: Token, reading: _Reading) -> None:
    for token in [t for t in root.sent if t.is_punct][-2:]:
        if token.text == "?":
            reading.take("hypothetical", token)
