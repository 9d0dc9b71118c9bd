"""Roles that the parse alone decides: parties, clauses and complements beside a trigger word."""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.grammar import agents, antecedent, by_agent, conjuncts, grammatical_subject, is_passive
from kg.extract.syntax import Token

_PARTIES = 2
_AIMING = {"against"}


def agent(trigger: Token) -> list[Token]:
    """Who acts; of participles in a list ("backed and paid by Kandria") the last one may have the agent."""
    own = [child for child in trigger.lefts if child.dep_ == "nsubj"]
    acting = list(conjuncts(own[-1])) if _taken_over(own) else agents(trigger)
    if acting or not is_passive(trigger):
        return _with_list(acting)
    listed = (child for child in trigger.rights if child.dep_ == "conj" and child.tag_ == "VBN")
    return [noun for child in listed for noun in by_agent(child)]


def listed_by_comma(verb: Token) -> list[Token]:
    """Who acts where a verb in a list is read as a participle of the noun before: "flew sorties, struck Red Path"."""
    before = verb.nbor(-1) if verb.i else verb
    bare = verb.dep_ == "acl" and verb.tag_ in {"VBN", "VBD"} and before.text == ","
    above = next((node for node in verb.ancestors if node.pos_ == "VERB"), verb)
    return agents(above) if bare and any(child.dep_ == "dobj" for child in verb.rights) else []


def committed(verb: Token) -> list[Token]:
    """Who is bound to do something: "is committed to defeating Red Path"."""
    bound = verb.head.head if verb.dep_ == "pcomp" else verb.head
    if verb.dep_ not in {"pcomp", "xcomp"} or bound.tag_ not in {"VBN", "JJ"}:
        return []
    subject = grammatical_subject(bound.head if bound.dep_ == "acomp" else bound)
    return _with_list(list(conjuncts(subject))) if subject is not None else []


def _is_definite(noun: Token) -> bool:
    return any("Definite=Def" in child.morph for child in noun.lefts)


def _with_list(parties: list[Token]) -> list[Token]:
    """The parties and the rest of their list where the parse sets it beside the first: "Kandria, the army and …"."""
    beside = [child for child in (parties[0].rights if parties else ()) if child.dep_ == "appos"
              and (child.pos_ == "PROPN" or _is_definite(child)) and any(inner.dep_ == "cc" for inner in child.rights)]
    return [*parties, *(noun for first in beside for noun in conjuncts(first))]


def aimed(trigger: Token) -> list[Token]:
    """Whom something is done against, wherever in its clause that hangs: "strikes using jets against Red Path"."""
    clauses = {child for word in trigger.subtree for child in word.rights if child.dep_ in {"relcl", "ccomp", "advcl"}
               and _has_subject(child)}
    inner = {word.i for child in clauses for word in child.subtree}
    phrases = (word for word in trigger.subtree if word.i > trigger.i and word.i not in inner
               and word.dep_ == "prep" and word.lower_ in _AIMING)
    return [noun for phrase in phrases for part in phrase.children if part.dep_ == "pobj" for noun in conjuncts(part)]


def clause(verb: Token) -> list[Token]:
    """The clause that says what is demanded: "that troops leave"."""
    return [child for child in verb.rights if child.dep_ == "ccomp" and _has_subject(child)]


def mandative(verb: Token) -> list[Token]:
    """A clause in the subjunctive: "insisted that troops leave"."""
    return [child for child in clause(verb) if _subjunctive(child)
            and any(inner.dep_ == "mark" for inner in child.lefts)]


def wanted(verb: Token) -> list[Token]:
    """An infinitive with a subject of its own: "wants troops to leave"."""
    return [child for child in clause(verb) if _marked_infinitive(child)]


def standing(verb: Token) -> list[Token]:
    """A clause in the present after "insist", which may be a wish or a statement: its verb decides."""
    return [child for child in clause(verb) if child.tag_ == "VBP"]


def stated(noun: Token) -> list[Token]:
    """The infinitive that a noun is said to be: "its aim is to hold the hills"."""
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.pos_ != "AUX":
        return []
    return [child for child in verb.rights if child.dep_ in {"xcomp", "ccomp", "attr"} and _marked_infinitive(child)]


def where(verb: Token) -> list[Token]:
    """The place that a clause with "where" describes: "Sandar, where Red Path rules"."""
    if verb.dep_ == "acomp":  # "where Red Path is active"
        verb = verb.head
    return [antecedent(child) for child in verb.lefts if child.tag_ == "WRB" and verb.dep_ == "relcl"]


def given(noun: Token) -> list[Token]:
    """The name given for a role: "gave its leader as Adan Kole"."""
    hanging = [*noun.rights, *noun.head.rights] if noun.dep_ == "dobj" else []
    return [name for child in hanging if child.dep_ == "prep" and child.lower_ == "as" for name in child.children
            if name.dep_ == "pobj"]


def giver(noun: Token) -> list[Token]:
    """Who names the holder of a role: "Red Path named the bomber as Adan Kole"."""
    return agents(noun.head) if noun.dep_ == "dobj" and given(noun) else []


def joint_agent(verb: Token) -> list[Token]:
    """Those who act together, when they are several: "formed by Red Path and Green Hand"."""
    parties = agent(verb)
    return parties if len(parties) >= _PARTIES else []


def acting(noun: Token) -> list[Token]:
    """Who acts in the clause that a phrase with "in" qualifies: "sent men in support of Red Path"."""
    verb = noun.head.head
    if noun.dep_ != "pobj" or noun.head.dep_ != "prep":
        return []
    while verb.pos_ in {"NOUN", "PROPN"} and verb.head != verb:
        verb = verb.head
    return agents(verb) if verb.pos_ in {"VERB", "AUX"} else []


def equated(noun: Token) -> list[Token]:
    """What a noun is said to be: "its demand is the release of prisoners"."""
    return complements(noun.head) if noun.dep_ == "nsubj" and noun.head.pos_ == "AUX" else []


def infinitive(trigger: Token) -> list[Token]:
    """The infinitive below a trigger: "wants to impose its law"."""
    return [child for child in trigger.children if child.dep_ in {"xcomp", "acl", "advcl", "relcl"}
            and any(inner.tag_ == "TO" for inner in child.lefts)]


def used_by(noun: Token) -> list[Token]:
    """By whom a noun is said to be used: the agent of a participle after it."""
    return [user for child in noun.rights if child.dep_ == "acl" for user in agents(child)]


def named_complements(verb: Token) -> list[Token]:
    """What something is called or said to be."""
    return [child for child in verb.children if child.dep_ in {"oprd", "attr"}]


def complements(verb: Token) -> list[Token]:
    """What the subject of a copula is said to be, each member of a list."""
    return [noun for child in verb.children if child.dep_ == "attr" for noun in conjuncts(child)]


def _between(noun: Token) -> list[Token]:
    """The parties of a conflict or a truce "between" them, when they are two."""
    pairs = [inner for child in noun.rights if child.dep_ == "prep" for inner in child.children
             if inner.dep_ == "pobj" and any(other.dep_ == "conj" for other in inner.rights)]
    parties = list(conjuncts(pairs[0])) if pairs else []
    return parties if len(parties) == _PARTIES else []


def _parties(verb: Token) -> list[Token]:
    if verb.dep_ == "attr" and verb.tag_ == "NNS":  # "Red Path and Green Hand are allies"
        verb = verb.head
    if any(child.dep_ == "ccomp" or (child.dep_ == "dobj" and child.pos_ not in {"ADJ", "DET"})
           for child in verb.children):  # "fight each other" has no other object
        return []
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    return list(conjuncts(subject)) if subject is not None else []


def first(verb: Token) -> list[Token]:
    """The first of several subjects of a verb without an object."""
    return _parties(verb)[:1]


def others(verb: Token) -> list[Token]:
    """The other subjects of a verb without an object."""
    return _parties(verb)[1:]


def labelled(verb: Token) -> list[Token]:
    """What is called something, the parse of two objects being what it may: "labels Red Path a terrorist group"."""
    given_to = [child for child in verb.rights if child.dep_ == "dative" and child.pos_ in {"NOUN", "PROPN"}]
    small = [inner for child in verb.rights if child.dep_ == "ccomp" and child.pos_ == "NOUN"
             for inner in child.lefts if inner.dep_ == "nsubj"]
    subjects = [child for child in verb.lefts if child.dep_ == "nsubj"]
    fronted = [antecedent(child) for child in verb.lefts if child.tag_ in {"WDT", "WP"} and (
        child.dep_ == "dep" or (child in subjects and _taken_over(subjects)))]
    return given_to or small or fronted


def joint_first(verb: Token) -> list[Token]:
    """The first of several who do something together: "Red Path and Green Hand formed an alliance"."""
    return joint_agent(verb)[:1]


def joint_others(verb: Token) -> list[Token]:
    """The others who do something together."""
    return joint_agent(verb)[1:]


def one_party(noun: Token) -> list[Token]:
    """The first party of a conflict "between" two."""
    return _between(noun)[:1]


def other_party(noun: Token) -> list[Token]:
    """The second party of a conflict "between" two."""
    return _between(noun)[1:]


def shared_object(verb: Token) -> list[Token]:
    """The object that a verb in a list takes over: "which Kandria fears and lists as …"."""
    over = verb.head if verb.dep_ == "conj" else verb
    return [antecedent(child) for child in over.lefts if child.dep_ == "dobj" and child.tag_ in {"WDT", "WP"}]


def _taken_over(subjects: list[Token]) -> bool:
    """Whether the first of two subjects is a relative that is none: "which Kandria considers …"."""
    return len(subjects) > 1 and subjects[0].tag_ in {"WDT", "WP"}


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.lefts)


def _subjunctive(verb: Token) -> bool:
    """Whether a verb is a bare form without a modal: "leave", "be withdrawn"."""
    forms = [verb, *(child for child in verb.lefts if child.dep_ in {"aux", "auxpass"})]
    return forms[-1 if len(forms) > 1 else 0].tag_ == "VB" and not any(form.tag_ in {"TO", "MD"} for form in forms)


def _marked_infinitive(verb: Token) -> bool:
    return any(child.tag_ == "TO" for child in verb.lefts)


PARSED_ROLES: dict[str, Callable[[Token], list[Token]]] = {
    "agent": agent, "aimed": aimed, "committed": committed, "listed-by-comma": listed_by_comma,
    "infinitive": infinitive, "first": first, "others": others, "one-party": one_party,
    "other-party": other_party, "used-by": used_by, "complement": named_complements, "clause": clause,
    "mandative": mandative, "wanted": wanted, "standing": standing, "stated": stated, "where": where, "given": given,
    "acting": acting, "equated": equated, "giver": giver, "joint-agent": joint_agent,
    "labelled": labelled, "joint-first": joint_first, "joint-others": joint_others,
}
