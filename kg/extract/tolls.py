"""Finds what became of how many people: killed, injured, kidnapped, missing, arrested, with honest bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import yaml
from spacy.strings import hash_string
from spacy.tokens import Doc, Token

from kg.errors import KnowledgeError
from kg.extract.counted_people import Counted, PeopleWords, count_phrase, counted_people, is_human, people_words
from kg.extract.findings import Toll
from kg.extract.language import Parsed
from kg.extract.numbers import read_number
from kg.extract.reality import RealityWords, is_real, reality_words
from kg.settings import Settings

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_BARE = frozenset({"nummod", "npadvmod", "dep", "nsubj", "nsubjpass", "ROOT", "appos", "conj", "amod", "dobj", "oprd"})
_OBJECTS = frozenset({"dobj", "obj"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One way in which a word states an outcome: which reader finds the counted people, and how strong it is.

    A weak use gives way to another outcome of the same people ("was shot and died").
    """

    reader: str
    outcome: str
    weak: bool = False
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class CountWords:
    """What `counts.yaml` says: the uses of each trigger by lemma, and word lists by name."""

    uses: Mapping[str, tuple[Use, ...]]
    keys: Mapping[int, str]
    lists: Mapping[str, frozenset[str]]
    toll_outcomes: Mapping[str, str]
    people: PeopleWords
    reality: RealityWords


def load_count_words(settings: Settings) -> CountWords:
    """Read the count words of a language; raises KnowledgeError if the file is broken."""
    path = settings.language_data / "counts.yaml"
    try:
        return _compiled(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, KeyError, AttributeError, TypeError, ValueError, yaml.YAMLError) as error:
        mend = "see the comments in the file"
        raise KnowledgeError(f"cannot be used: {error!r}", where=str(path), mend=mend) from error


_BY_OUTCOME = {"verbs": "affected", "own_verbs": "subject", "states": "state", "acts": "act", "counted": "counted",
               "victims": "taken"}
_PLAIN = {"lives": "lives", "casualties": "casualties", "fatal": "fatal", "fatal_end": "fatal_end", "tolls": "toll",
          "wounds": "wounds"}
_LISTS = ("state_verbs", "state_givers", "presumed", "victim_takers", "toll_prepositions", "toll_stops", "life_takers",
          "life_losers", "wound_bearers", "wound_carriers", "wound_prepositions", "fatal_adjectives", "fatal_end_verbs",
          "including", "among", "partitives", "campaigns", "attacks", "running", "sums", "own_particle_verbs", "collected",
          "unaffected", "people", "fatal")


def _compiled(data: Mapping[str, Any]) -> CountWords:
    uses: dict[str, list[Use]] = {}
    for section, reader in _BY_OUTCOME.items():
        for outcome, lemmas in data[section].items():
            for lemma in lemmas:
                uses.setdefault(lemma, []).append(Use(reader=reader, outcome=outcome))
    for outcome, lemmas in data["weak_verbs"].items():
        for lemma in lemmas:
            uses.setdefault(lemma, []).append(Use(reader="affected", outcome=outcome, weak=True))
    for outcome, verbs in data["particle_verbs"].items():
        for lemma, particle in verbs.items():
            reader = "subject" if lemma in data["own_particle_verbs"] else "affected"
            uses.setdefault(lemma, []).append(Use(reader=reader, outcome=outcome, beside=frozenset({particle})))
    for lemma in data["hit_verbs"]:
        uses.setdefault(lemma, []).append(
            Use(reader="affected", outcome="injured", weak=True, beside=frozenset(data["hit_words"])))
    for section, reader in _PLAIN.items():
        for lemma in data[section]:
            uses.setdefault(lemma, []).append(Use(reader=reader, outcome="killed"))
    return CountWords(
        uses={lemma: tuple(found) for lemma, found in uses.items()},
        keys={hash_string(lemma): lemma for lemma in uses},
        lists={name: frozenset(data[name]) for name in _LISTS},
        toll_outcomes=dict(data["toll_outcomes"]), people=people_words(data), reality=reality_words(data),
    )


@dataclass(frozen=True, slots=True)
class _Hit:
    """Counted people, the word that says what became of them and the outcome."""

    counted: Counted
    trigger: int
    outcome: str
    weak: bool = False
    subset: bool = False
    total: bool = False


def find_tolls(parsed: Parsed, words: CountWords) -> list[Toll]:
    """The casualty counts of a document in text order.

    What is negated, planned or merely possible gives none, save for a stated nobody (0); an outcome shared by two
    verbs with one count ("killed or wounded 20") gives none.
    """
    hits = [hit for trigger in _triggers(parsed.doc, words) for hit in _read(trigger, words)]
    hits = _settled(hits, parsed.doc)
    hits += list(_parts(parsed.doc, hits, words))
    return sorted((_toll(hit, parsed.doc, words) for hit in _with_people(hits, parsed.doc)), key=lambda t: (t.start, t.trigger))


def _triggers(doc: Doc, words: CountWords) -> Iterator[Token]:
    for place, (lemma, lower) in enumerate(doc.to_array(["LEMMA", "LOWER"]).tolist()):
        if lemma in words.keys or lower in words.keys:
            yield doc[place]


def _read(trigger: Token, words: CountWords) -> Iterator[_Hit]:
    lemma = trigger.lemma_.lower()
    uses = words.uses.get(lemma, ()) + (words.uses.get(trigger.lower_, ()) if trigger.lower_ != lemma else ())
    for use in uses:
        if use.beside and not _beside(trigger, use.beside):
            continue
        yield from READERS[use.reader](trigger, use, words)


def _beside(trigger: Token, wanted: frozenset[str]) -> bool:
    """Whether one of the words depends on the trigger, as particle or inside a prepositional phrase."""
    for child in trigger.rights:
        if child.lower_ in wanted:
            return True
        if child.dep_ in {"prep", "agent"} and any(inner.lower_ in wanted for inner in child.subtree):
            return True
    return False


def _hits(heads: Iterable[Token], trigger: Token, use: Use, words: CountWords, *, subset: bool = False) -> Iterator[_Hit]:
    real = is_real(trigger, words.reality)
    for head in heads:
        for counted in counted_people(head, words.people):
            nobody = counted.max == 0
            if real or (nobody and is_real(trigger, words.reality, nobody=True)):
                yield _Hit(counted, trigger.i, use.outcome, use.weak and not nobody, subset)


# --- readers: each finds the counted people of one kind of trigger ---------------------------------------------------

def _read_affected(trigger: Token, use: Use, words: CountWords) -> Iterator[_Hit]:
    """Whom a transitive verb affects: its object, the subject of its passive, the noun a participle describes."""
    if trigger.pos_ not in {"VERB", "AUX", "ADJ"} or (trigger.pos_ == "ADJ" and use.weak):
        return
    if _shares_object(trigger, use, words):
        return
    yield from _hits(_patients(trigger, words), trigger, use, words)


def _patients(verb: Token, words: CountWords) -> list[Token]:
    return list(_affected(verb)) or _elliptic(verb, words) or list(_shared(verb))


def _shares_object(verb: Token, use: Use, words: CountWords) -> bool:
    """Whether another outcome is stated of the same object: "killed or wounded 20 soldiers"."""
    first = verb.head
    if verb.dep_ != "conj" or any(child.dep_ in {"dobj", "nsubjpass", "auxpass"} for child in first.children):
        return False
    return any(other.reader == "affected" and not other.weak and other.outcome != use.outcome
               for other in words.uses.get(first.lemma_.lower(), ())) and not any(
                   child.dep_ == "nsubj" for child in verb.children)


def _affected(verb: Token) -> Iterator[Token]:
    objects = [child for child in verb.children if child.dep_ in _OBJECTS]
    passive = [child for child in verb.children if child.dep_ == "nsubjpass"]
    if passive:
        yield from (_antecedent(subject, verb) for subject in passive)
    elif verb.tag_ == "VBN" and not objects and verb.dep_ in {"acl", "relcl"} and not _has_subject(verb):
        yield verb.head
    elif objects and not (verb.tag_ == "VBN" and any(child.dep_ == "auxpass" for child in verb.children)):
        yield from (_antecedent(found, verb) for found in objects)


def _shared(verb: Token) -> Iterator[Token]:
    """The people a second verb shares with the first: "were shot and killed", "shot and killed the judge"."""
    if verb.dep_ != "conj" or _has_subject(verb) or any(child.dep_ in _OBJECTS for child in verb.children):
        return
    first = verb.head
    while first.dep_ == "conj" and not _has_subject(first):
        first = first.head
    passive = any(child.dep_ in {"auxpass", "nsubjpass"} for child in first.children) or (
        first.dep_ in {"acl", "relcl"} and first.tag_ == "VBN")
    if passive and verb.tag_ in {"VBN", "VBD"}:
        yield from list(_affected(first)) or _shared(first)


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in _SUBJECTS for child in verb.children)


def _antecedent(argument: Token, verb: Token) -> Token:
    """The noun a relative pronoun stands for; of "two of whom" the number."""
    if argument.tag_ in {"WDT", "WP", "WP$"} and verb.dep_ == "relcl":
        return verb.head
    return argument


def _elliptic(trigger: Token, words: CountWords) -> list[Token]:
    """The subject of a participle without auxiliary, as in headlines and lists: "Three soldiers killed", "30 wounded"."""
    if trigger.tag_ not in {"VBN", "VBD", "JJ"} or any(child.dep_ in {"aux", "auxpass"} for child in trigger.children):
        return []
    for child in trigger.children:
        if child.dep_ == "nsubj":
            subject = _antecedent(child, trigger)
            counted = count_phrase(subject, words.people)
            numbered = counted is not None and counted.side != "perpetrators" and child == subject
            return [subject] if numbered and (_has_number(counted) and not _transitive_subject(trigger)) else []
    before = _number_before(trigger, words)
    return [before] if before is not None else []


def _number_before(token: Token, words: CountWords) -> Token | None:
    """The bare number directly before a token, as in "and 30 wounded"."""
    if token.i == token.sent.start:
        return None
    before = token.nbor(-1)
    bare = before.like_num or (before.lower_,) in words.people.numbers.vague
    return before if bare and before.dep_ in _BARE and before.head in (token, token.head) else None


def _has_number(counted: Counted | None) -> bool:
    return counted is not None and not (counted.min is None and counted.max is None and not counted.approximate)


def _transitive_subject(verb: Token) -> bool:
    """Whether the verb acts on somebody in spite of the missing object: "fired at", "that"-clauses."""
    return any(child.dep_ == "prep" and child.lower_ in {"at", "toward", "towards"} for child in verb.children) or any(
        child.dep_ in {"ccomp", "dobj"} for child in verb.children)


def _read_subject(trigger: Token, use: Use, words: CountWords) -> Iterator[_Hit]:
    """Who undergoes what an intransitive verb says."""
    if trigger.pos_ == "VERB":
        yield from _hits(_own_subjects(trigger), trigger, use, words)


def _own_subjects(verb: Token) -> Iterator[Token]:
    own = [child for child in verb.children if child.dep_ in _SUBJECTS]
    if own:
        yield from (_antecedent(subject, verb) for subject in own)
    elif verb.dep_ in {"acl", "relcl"} and verb.tag_ == "VBG":
        yield verb.head
    elif verb.dep_ in {"conj", "xcomp"} and verb.head.pos_ in {"VERB", "AUX"}:
        yield from _own_subjects(verb.head)


def _read_state(trigger: Token, use: Use, words: CountWords) -> Iterator[_Hit]:
    """Who is, was left or was found in a state: "left three dead", "was pronounced dead", "Two dead in blast"."""
    if trigger.pos_ == "VERB" and trigger.tag_ in {"VBN", "VBD"} and use.outcome != "missing":
        return
    yield from _hits(_bearers(trigger, words), trigger, use, words)


def _bearers(state: Token, words: CountWords) -> list[Token]:
    own = [child for child in state.children if child.dep_ in _SUBJECTS]
    if own:
        return [_antecedent(child, state) for child in own]
    before = _number_before(state, words)
    if before is not None:
        return [before]
    head = state.head
    if state.dep_ == "amod" and head.i > state.i:
        return [head] if is_human(head, words.people) and _has_number(count_phrase(head, words.people)) else []
    if state.dep_ == "amod" or (state.dep_ in {"acl", "relcl"} and head.pos_ in {"NOUN", "PROPN", "NUM"}):
        return [head]
    if state.dep_ == "conj" and head.pos_ in {"ADJ", "VERB"} and head.i < state.i:
        return _bearers(head, words) if head.pos_ == "ADJ" else list(_own_subjects(head))
    if head.lemma_.lower() not in words.lists["state_verbs"] or state.dep_ not in {
            "acomp", "oprd", "xcomp", "ccomp", "advcl", "dobj", "advmod", "attr"}:
        return []
    if any(child.lower_ in words.lists["presumed"] for child in (head, *head.children)):
        return []
    objects = [child for child in head.children if child.dep_ in _OBJECTS and child != state]
    if objects:
        return objects if head.lemma_.lower() in words.lists["state_givers"] else []
    return _patients(head, words) or list(_own_subjects(head))


def _read_act(trigger: Token, use: Use, words: CountWords) -> Iterator[_Hit]:
    """Whose death or abduction a noun tells of: "the murder of two nuns", "his death"."""
    if trigger.pos_ != "NOUN":
        return
    for child in trigger.children:
        if child.dep_ == "poss":
            yield from _hits([child], trigger, use, words)
        elif child.dep_ == "prep" and child.lower_ == "of":
            yield from _hits((inner for inner in child.children if inner.dep_ == "pobj"), trigger, use, words)


def _read_counted(trigger: Token, use: Use, words: CountWords) -> Iterator[_Hit]:
    """As many people as the noun counts: "12 fatalities", "the bodies of three men"."""
    if trigger.pos_ != "NOUN":
        return
    if trigger.lemma_.lower() in words.lists["collected"]:
        owners = [inner for child in trigger.children if child.dep_ == "prep" and child.lower_ == "of"
                  for inner in child.children if inner.dep_ == "pobj"]
        if owners:
            yield from _hits(owners, trigger, use, words)
            return
    yield from _numbered(trigger, use, words)


def _numbered(trigger: Token, use: Use, words: CountWords) -> Iterator[_Hit]:
    """The number or the "no" before a noun of outcome."""
    nobody = any(child.dep_ == "det" and child.lemma_.lower() == "no" for child in trigger.children)
    start = trigger.left_edge.i
    if nobody and is_real(trigger, words.reality, nobody=True):
        counted = Counted(start=start, end=trigger.i + 1, head=trigger.i, min=0, max=0, approximate=False, who=None, side="victims")
        yield _Hit(counted, trigger.i, use.outcome)
        return
    base = max(trigger.sent.start, start - 4)
    tokens = [token.lower_ for token in trigger.doc[base:trigger.i]]
    amount = read_number(tokens, words.people.numbers, first=start - base)
    if amount is not None and is_real(trigger, words.reality):
        counted = Counted(start=base + amount.start, end=trigger.i + 1, head=trigger.i, min=amount.min, max=amount.max,
                          approximate=amount.approximate, who=None, side="victims")
        yield _Hit(counted, trigger.i, use.outcome)


def _read_casualties(trigger: Token, use: Use, words: CountWords) -> Iterator[_Hit]:
    """ "No casualties" means nobody killed and nobody injured; a number of casualties says neither."""
    for hit in _numbered(trigger, use, words):
        if hit.counted.max == 0:
            yield hit
            yield _Hit(hit.counted, hit.trigger, "injured")


def _read_taken(trigger: Token, use: Use, words: CountWords) -> Iterator[_Hit]:
    """Hostages taken: "took 12 people hostage", "holding three hostages"."""
    verb = trigger.head
    if verb.lemma_.lower() not in words.lists["victim_takers"]:
        return
    others = [child for child in verb.children if child.dep_ in {"dobj", "nsubjpass"} and child != trigger]
    if others:
        yield from _hits((_antecedent(other, verb) for other in others), trigger, use, words)
    elif trigger.dep_ in {"dobj", "nsubjpass", "nsubj"}:
        yield from _hits([trigger], trigger, use, words)


def _read_lives(trigger: Token, use: Use, words: CountWords) -> Iterator[_Hit]:
    """Lives claimed, cost or lost."""
    verb, role = trigger.head, trigger.dep_
    lemma = verb.lemma_.lower()
    if lemma in words.lists["life_losers"] and role == "dobj":
        yield from _hits(_own_subjects(verb), trigger, use, words)
    elif (lemma in words.lists["life_takers"] and role == "dobj") or (
            lemma in words.lists["life_losers"] and role == "nsubjpass"):
        found = list(_read_act(trigger, use, words))
        yield from found or _numbered(trigger, use, words)


def _read_wounds(trigger: Token, use: Use, words: CountWords) -> Iterator[_Hit]:
    """Those who suffered wounds or were taken away with them; a fatal wound kills."""
    mortal = any(child.lower_ in words.lists["fatal_adjectives"] for child in trigger.children)
    use = replace(use, outcome="killed" if mortal else "injured", weak=not mortal)
    if any(child.dep_ == "det" and child.lemma_.lower() == "no" for child in trigger.children):
        if trigger.lemma_ == "injury":
            yield from _numbered(trigger, use, words)
        return
    verb = trigger.head
    if trigger.dep_ == "dobj" and verb.lemma_.lower() in words.lists["wound_bearers"]:
        yield from _hits(_bearing(verb), trigger, use, words)
    elif trigger.dep_ == "pobj" and verb.lower_ in words.lists["wound_prepositions"]:
        carrier = verb.head
        if carrier.lemma_.lower() in words.lists["wound_carriers"]:
            yield from _hits(_patients(carrier, words) or list(_own_subjects(carrier)), trigger, use, words)


def _bearing(verb: Token) -> Iterator[Token]:
    if verb.dep_ in {"acl", "relcl"} and verb.tag_ == "VBG":
        yield verb.head
    else:
        yield from _own_subjects(verb)


def _read_fatal(trigger: Token, use: Use, words: CountWords) -> Iterator[_Hit]:
    """Whom a verb affects that was done "fatally"."""
    verb = trigger.head
    if verb.pos_ == "VERB" and trigger.i and trigger.nbor(-1).lower_ not in words.lists["partitives"]:
        yield from _hits(_patients(verb, words), verb, use, words)


def _read_fatal_end(trigger: Token, use: Use, words: CountWords) -> Iterator[_Hit]:
    """Whom a verb affects that was done "to death"."""
    link, verb = trigger.head, trigger.head.head
    if trigger.dep_ == "pobj" and link.lower_ == "to" and verb.lemma_.lower() in words.lists["fatal_end_verbs"]:
        yield from _hits(_patients(verb, words) or list(_own_subjects(verb)), verb, use, words)


def _read_toll(trigger: Token, use: Use, words: CountWords) -> Iterator[_Hit]:
    """The figure a toll has reached: "the death toll rose to 15", "a toll of 15"."""
    kinds = [child.lemma_.lower() for child in trigger.children if child.dep_ in {"compound", "amod", "nmod"}]
    if any(kind in words.lists["toll_stops"] for kind in kinds) or not is_real(trigger, words.reality):
        return
    outcomes = [words.toll_outcomes[kind] for kind in kinds if kind in words.toll_outcomes]
    number = _toll_number(trigger, words)
    if number is not None:
        counted = count_phrase(number, words.people)
        if counted is not None:
            yield _Hit(counted, trigger.i, outcomes[0] if outcomes else use.outcome, total=True)


def _toll_number(toll: Token, words: CountWords) -> Token | None:
    for holder in (toll, toll.head):
        for child in holder.rights:
            if child.dep_ == "prep" and (child.lower_ in words.lists["toll_prepositions"] or holder == toll):
                inner = next((grandchild for grandchild in child.children if grandchild.dep_ == "pobj"), None)
                if inner is not None and (inner.like_num or _has_number(count_phrase(inner, words.people))):
                    return inner
            if holder != toll and child.dep_ in {"attr", "dobj"} and child.like_num:
                return child
    return None


READERS: dict[str, Callable[[Token, Use, CountWords], Iterator[_Hit]]] = {
    "affected": _read_affected, "subject": _read_subject, "state": _read_state, "act": _read_act,
    "counted": _read_counted, "casualties": _read_casualties, "taken": _read_taken, "lives": _read_lives,
    "wounds": _read_wounds, "fatal": _read_fatal, "fatal_end": _read_fatal_end, "toll": _read_toll,
}


# --- what the hits mean together --------------------------------------------------------------------------------------

def _settled(hits: list[_Hit], doc: Doc) -> list[_Hit]:
    """One hit per people and outcome; death outweighs wounds; one count for two outcomes at once gives none."""
    by_head: dict[int, list[_Hit]] = {}
    for hit in hits:
        by_head.setdefault(hit.counted.head, []).append(hit)
    kept: list[_Hit] = []
    for found in by_head.values():
        strong = [hit for hit in found if not hit.weak] or found
        if len({hit.outcome for hit in strong}) > 1 and strong[0].counted.max != 0:
            strong = _decided(strong, doc)
        seen: dict[str, _Hit] = {}
        for hit in strong:
            seen.setdefault(hit.outcome, hit)
        kept += seen.values()
    return kept


def _decided(hits: list[_Hit], doc: Doc) -> list[_Hit]:
    """Of several outcomes of the same people: none if one count is shared, else the death of the one person."""
    triggers = [doc[hit.trigger] for hit in hits]
    for first in triggers:
        for second in triggers:
            if second.dep_ == "conj" and second.head == first and hits[0].counted.max != 1:
                return []
    killed = [hit for hit in hits if hit.outcome == "killed"]
    return killed or hits


def _parts(doc: Doc, hits: list[_Hit], words: CountWords) -> Iterator[_Hit]:
    """Parts of counts: "including two officers", "among the dead were three children", "two of them civilians"."""
    lists = words.lists
    for token in doc:
        if token.lower_ in lists["including"]:
            yield from _included(token, hits, words)
        elif token.lower_ in lists["among"] and token.dep_ == "prep":
            yield from _among(token, words)
        elif token.lower_ in lists["partitives"] and token.i > 1 and doc[token.i - 1].lower_ == "of":
            yield from _of_them(doc[token.i - 2], token, hits, words)


def _whole(token: Token, hits: list[_Hit]) -> _Hit | None:
    """The count nearest before a token in its sentence."""
    start = token.sent.start
    before = [hit for hit in hits if start <= hit.counted.start and hit.counted.end <= token.i and not hit.subset]
    return max(before, key=lambda hit: hit.counted.end, default=None)


def _included(token: Token, hits: list[_Hit], words: CountWords) -> Iterator[_Hit]:
    whole = _whole(token, hits)
    if whole is None:
        return
    taken = {hit.counted.head for hit in hits}
    for child in token.children:
        if child.dep_ in {"pobj", "dobj"} and child.i > token.i:
            for counted in counted_people(child, words.people):
                if counted.head not in taken:
                    yield _Hit(counted, whole.trigger, whole.outcome, subset=True, total=whole.total)


def _among(token: Token, words: CountWords) -> Iterator[_Hit]:
    verb = token.head
    if verb.lemma_ != "be":
        return
    for child in token.children:
        trigger, outcome = _named_outcome(child, words)
        if child.dep_ == "pobj" and outcome is not None:
            for other in verb.children:
                if other.dep_ in {"attr", "nsubj"}:
                    for counted in counted_people(other, words.people):
                        yield _Hit(counted, trigger.i, outcome, subset=True)


def _named_outcome(token: Token, words: CountWords) -> tuple[Token, str | None]:
    """The outcome in "the dead", "those killed", "the wounded"."""
    for candidate in (token, *(child for child in token.children if child.dep_ in {"acl", "amod", "relcl"})):
        for use in words.uses.get(candidate.lemma_.lower(), ()) + words.uses.get(candidate.lower_, ()):
            if use.reader in {"state", "affected", "counted"} and not use.weak:
                return candidate, use.outcome
    return token, None


def _of_them(number: Token, token: Token, hits: list[_Hit], words: CountWords) -> Iterator[_Hit]:
    if not number.like_num or any(hit.counted.head == number.i for hit in hits):
        return
    whole = _whole(number, hits)
    counted = count_phrase(number, words.people)
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if whole is None or counted is None or following is None:
        return
    if following.lower_ in words.lists["fatal"]:
        yield _Hit(counted, following.i, "killed", subset=whole.outcome == "killed")
    elif is_human(following, words.people):
        counted = replace(counted, who=following.text, end=following.i + 1)
        yield _Hit(counted, whole.trigger, whole.outcome, subset=True)


def _with_people(hits: list[_Hit], doc: Doc) -> Iterator[_Hit]:
    """Bare numbers and "others" take the words for their people from the count before them in the sentence."""
    last: _Hit | None = None
    for hit in sorted(hits, key=lambda h: h.counted.start):
        bare = (doc[hit.counted.head].like_num or hit.counted.approximate) and hit.counted.who is None and not hit.total
        if bare and last is not None and doc[last.counted.head].sent == doc[hit.counted.head].sent and hit.counted.max != 0:
            side = last.counted.side if hit.counted.side == "unknown" else hit.counted.side
            hit = replace(hit, counted=replace(hit.counted, who=last.counted.who, side=side))
        elif bare and hit.counted.side == "unknown":
            hit = replace(hit, counted=replace(hit.counted, side="victims"))
        last = hit
        yield hit


def _toll(hit: _Hit, doc: Doc, words: CountWords) -> Toll:
    people = hit.counted
    return Toll(start=people.start, end=people.end, head=people.head, trigger=hit.trigger, outcome=hit.outcome,
                min=people.min, max=people.max, approximate=people.approximate, who=people.who, side=people.side,
                subset=hit.subset, total=hit.total or _is_sum(doc[hit.trigger], words) or (
                    doc[hit.trigger].head.pos_ == "VERB" and doc[hit.trigger].dep_ in {"oprd", "acomp", "ccomp", "dobj"}
                    and _is_sum(doc[hit.trigger].head, words)))


def _is_sum(trigger: Token, words: CountWords) -> bool:
    """Whether the clause speaks of a war, of a time up to now or of several attacks."""
    for child in trigger.children:
        if child.dep_ in {"nsubj", "agent"} and _campaign(child, words):
            return True
        if child.lower_ in words.lists["running"] or child.lower_ in words.lists["sums"]:
            return True
        if child.dep_ == "prep" and any(_campaign(inner, words) or _several(inner, words) for inner in child.children):
            return True
    return False


def _campaign(token: Token, words: CountWords) -> bool:
    inner = next((child for child in token.children if child.dep_ == "pobj"), token)
    return inner.lemma_.lower() in words.lists["campaigns"]


def _several(token: Token, words: CountWords) -> bool:
    """ "Two attacks", "the last three years" after a preposition."""
    return token.dep_ == "pobj" and token.tag_ in {"NNS", "NNPS"} and token.lemma_.lower() in words.lists["attacks"] and any(
        child.dep_ == "nummod" or child.lower_ in words.people.numbers.vague for child in token.children)
