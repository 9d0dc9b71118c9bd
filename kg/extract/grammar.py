"""Reading a dependency parse: who does what to whom, whatever the construction."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.syntax import Token

_SUBJECT = {"nsubj", "csubj"}
_PASSIVE_SUBJECT = {"nsubjpass", "csubjpass"}
_OBJECT = {"dobj", "obj"}
_CLAUSE_OF_SUBJECT = {"xcomp", "advcl", "conj", "pcomp"}
# Prepositions before what the object of a verb is said to do: "accuse of", "blame for", "keep from".
_OF_THE_OBJECT = {"of", "for", "from"}
_RELATIVE = {"WDT", "WP", "WP$", "WRB"}


def conjuncts(token: Token) -> Iterator[Token]:
    """The token and the members of the list it opens ("teachers, students and guards")."""
    yield token
    for child in token.rights:
        if child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN", "NUM", "PRON", "ADJ", "VERB"}:
            yield from conjuncts(child)


def appositions(token: Token) -> Iterator[Token]:
    """The nouns set beside a noun to say the same thing again."""
    for child in token.rights:
        if child.dep_ == "appos":
            yield child


def is_passive(verb: Token) -> bool:
    """Whether a verb form is passive, a bare participle after a noun ("claimed by") included."""
    if any(child.dep_ in {"nsubjpass", "auxpass", "csubjpass"} for child in verb.children):
        return True
    if verb.dep_ == "ccomp" and verb.head.lemma_ == "have" and verb.tag_ in {"VBN", "VBD"} and verb.i > verb.head.i:
        # "They had two men killed."
        return not any(child.dep_ in _OBJECT | {"mark", "aux"} for child in verb.children)
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ == "acl":
        return True
    if verb.dep_ == "conj" and verb.head.tag_ == "VBN" and not _own_subject(verb):
        return is_passive(verb.head)
    has_auxiliary = any(child.dep_ == "aux" for child in verb.children)
    return not has_auxiliary and not any(child.dep_ in _SUBJECT | _OBJECT for child in verb.children)


def _own_subject(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in _SUBJECT | _PASSIVE_SUBJECT]


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for: the noun its clause describes; any other token stands for itself."""
    if token.tag_ in _RELATIVE:
        clause = token
        while clause.dep_ not in {"relcl", "ROOT"} and clause.head != clause:
            clause = clause.head
        if clause.dep_ == "relcl":
            return clause.head
    return token


def grammatical_subject(verb: Token) -> Token | None:
    """The subject of a verb, its own or the one it shares with the clause it hangs on; None if there is none."""
    seen = 0
    while seen < 8:
        own = _own_subject(verb)
        if own:
            return antecedent(own[0])
        if verb.dep_ in {"acl", "relcl"}:
            # "A plot to bomb the hall": the plot does not bomb.
            return None if verb.tag_ == "VB" and verb.dep_ == "acl" else verb.head
        controlled = [c for c in verb.head.children if c.dep_ == "dobj"] if verb.dep_ == "xcomp" else []
        if controlled and verb.tag_ == "VB":
            return controlled[0]
        if verb.dep_ == "pcomp" and verb.head.head != verb.head:
            verb, link = verb.head.head, verb.head.lower_
            told = [c for c in verb.children if c.dep_ == "dobj"] if link in _OF_THE_OBJECT else []
            if told and not is_passive(verb):  # "accused the rebels of shooting two men"
                return antecedent(told[0])
        elif verb.dep_ in _CLAUSE_OF_SUBJECT and verb.head != verb:
            verb = verb.head
        else:
            return None
        if verb.pos_ not in {"VERB", "AUX"}:
            return verb if verb.pos_ in {"NOUN", "PROPN"} and verb.dep_ != "ROOT" else None
        seen += 1
    return None


def _shares_subject_as_agent(verb: Token) -> bool:
    """Whether a borrowed subject acts: not that of a bare participle after a noun."""
    return bool(_own_subject(verb)) or verb.dep_ != "acl" or verb.tag_ != "VBN"


def by_agent(verb: Token) -> list[Token]:
    """The nouns after "by" of a passive verb."""
    return [noun for child in verb.children if child.dep_ == "agent"
            for noun in child.children if noun.dep_ == "pobj" for noun in conjuncts(noun)]


def agents(verb: Token) -> list[Token]:
    """Who does what the verb says: the active subject, or the by-phrase of a passive."""
    if is_passive(verb):
        return by_agent(verb) or (by_agent(verb.head) if verb.dep_ == "conj" and not _own_subject(verb) else [])
    subject = grammatical_subject(verb)
    if subject is None or not _shares_subject_as_agent(verb):
        return []
    if not _own_subject(verb) and verb.dep_ == "advcl" and is_passive(verb.head):
        return by_agent(verb.head)
    return list(conjuncts(subject))


def patients(verb: Token) -> list[Token]:
    """To whom it is done: the active object, or the subject of a passive."""
    if is_passive(verb):
        if verb.dep_ == "acl":
            return list(conjuncts(verb.head))
        subject = grammatical_subject(verb)
        return list(conjuncts(subject)) if subject is not None else []
    own = [noun for child in verb.children if child.dep_ in _OBJECT for noun in conjuncts(antecedent(child))]
    if own or verb.dep_ != "conj" or verb.head.pos_ != "VERB" or any(c.dep_ == "prep" for c in verb.children):
        return own
    return own


def prepositional(token: Token, *prepositions: str) -> list[Token]:
    """The objects of a word's prepositional phrases, of the given prepositions or of any."""
    found = []
    hanging = list(token.children)
    after = token.i + 1
    if token.pos_ in {"NOUN", "PROPN"} and after < len(token.doc) and token.doc[after].dep_ == "prep":
        # The parser often hangs the phrase after an object on the verb ("follows an attack on a bus").
        hanging += [token.doc[after]] if token.doc[after].head != token else []
    for child in hanging:
        if child.dep_ in {"prep", "agent", "dative"} and (not prepositions or child.lower_ in prepositions):
            found += [noun for inner in child.children if inner.dep_ == "pobj" for noun in conjuncts(antecedent(inner))]
            found += [noun for inner in child.children if inner.dep_ == "prep" for noun in prepositional_of(inner)]
    return found


def prepositional_of(preposition: Token) -> list[Token]:
    """The objects of one preposition."""
    return [noun for inner in preposition.children if inner.dep_ == "pobj" for noun in conjuncts(inner)]


def possessors(noun: Token) -> list[Token]:
    """The owners of a noun ("the group's attack")."""
    return [child for child in noun.children if child.dep_ == "poss" and child.pos_ != "PRON"]


def path_length(a: Token, b: Token) -> int:
    """The number of dependency arcs between two tokens of one sentence; 99 across sentences."""
    up = {a.i: 0}
    node, steps = a, 0
    while node.head != node:
        node, steps = node.head, steps + 1
        up[node.i] = steps
    node, steps = b, 0
    while node.i not in up:
        if node.head == node:
            return 99
        node, steps = node.head, steps + 1
    return up[node.i] + steps


def clause_head(token: Token) -> Token:
    """The verb of the clause a token stands in, or the root of its sentence."""
    node = token
    while node.head != node:
        if node.pos_ in {"VERB", "AUX"} and node.dep_ not in {"aux", "auxpass", "amod"}:
            return node
        node = node.head
    return node


def noun_phrase(head: Token) -> tuple[int, int]:
    """The tokens of a noun with what stands before it, without determiners, numbers and possessive pronouns."""
    start = head.i
    for child in head.lefts:
        if child.dep_ in {"compound", "amod", "nmod", "poss", "npadvmod"} and child.pos_ != "PRON":
            start = min(start, child.left_edge.i)
    while start < head.i and (head.doc[start].dep_ in {"det", "predet"} or head.doc[start].is_punct):
        start += 1
    return start, head.i + 1


def shares_auxiliary(verb: Token) -> bool:
    """Whether a later member of a list of verbs goes without an auxiliary because the first one's holds for it too."""
    return any(c.dep_ == "conj" and c.tag_ == verb.tag_ and not _finite(c) for c in verb.children)


def _finite(verb: Token) -> bool:
    own = any(c.dep_ in {"aux", "auxpass", "nsubj", "nsubjpass"} for c in verb.children)
    return own or verb.tag_ in {"VBD", "VBZ", "VBP"}


def is_perfect(verb: Token) -> bool:
    """Whether a verb, or the one it goes on from, stands in the present perfect."""
    first = verb
    while first.dep_ == "conj" and first.head.pos_ == "VERB" and not any(c.dep_ == "aux" for c in first.children):
        first = first.head
    return any(c.dep_ == "aux" and c.tag_ in {"VBP", "VBZ"} and c.lemma_ == "have" for c in first.children)
