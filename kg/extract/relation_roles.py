"""Finds what stands in a role beside a trigger word."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.extract.grammar import agents, antecedent, conjuncts, grammatical_subject, is_passive, patients
from kg.extract.language import Parsed
from kg.extract.mentions import Found, Mentions
from kg.extract.relation_cards import RelationCards
from kg.extract.relation_clauses import PARSED_ROLES, acting, complements, shared_object
from kg.extract.relation_ends import Ends, is_named
from kg.extract.relation_lists import Lists
from kg.extract.syntax import Token

_HONORIFICS = 4  # tokens from a title to the name it may reach over honorifics


class Roles:
    """One document's mentions, asked by grammatical role."""

    def __init__(self, parsed: Parsed, mentions: Mentions, cards: RelationCards) -> None:
        self.parsed, self.mentions, self.cards = parsed, mentions, cards
        self.ends = Ends(parsed, mentions, cards)
        self._starts = {mention.start: mention for mention in mentions}
        self._ends = {mention.end: mention for mention in mentions}
        self.lists = Lists(parsed, mentions, cards)
        self.of_conflict = any(mention.kind in cards.concerns and is_named(mention) for mention in mentions)

    def tokens(self, role: str, trigger: Token) -> list[Token]:
        """The tokens in a role beside a trigger; any name but the special ones is a preposition."""
        own, listed = _OWN_ROLES.get(role), _LISTED_ROLES.get(role)
        if own is not None:
            tokens = own(self, trigger)
        elif listed is not None:
            tokens = listed(self.lists, trigger)
        else:
            read = PARSED_ROLES.get(role)
            tokens = read(trigger) if read is not None else list(self._after(trigger, role))
        if trigger.dep_ in {"relcl", "acl"} and role in {"agent", "patient", "described"}:
            # "Red Path, which opposes the dam, and Green Hand": the clause is about what stands before it.
            return [token for token in tokens if token.i < trigger.i or trigger.is_ancestor(token)]
        return tokens

    def is_former(self, trigger: Token, subject: Found) -> bool:
        """Whether a word like "former" before a noun, or "no longer" beside the trigger, says that it holds no more."""
        if any(child.lower_ in self.cards.ended for word in (trigger, trigger.head) for child in word.children):
            return True
        if trigger.pos_ not in {"NOUN", "PROPN"}:
            return False
        holder = self.parsed.tokens[subject.head]
        before = [*trigger.lefts, *(child for child in holder.lefts if child.i < trigger.i < holder.i)]
        before += [inner for child in before if child.dep_ in {"compound", "nmod"} for inner in child.lefts]
        return any(word.lower_ in self.cards.former for word in before)

    def _patient(self, trigger: Token) -> list[Token]:
        if trigger.pos_ == "VERB" or any(child.dep_ == "dobj" for child in trigger.children):
            return patients(trigger) or shared_object(trigger)
        return self._described(trigger)

    def _undertaking(self, verb: Token) -> list[Token]:
        """Whose campaign is to do something: "the army's drive to crush …", "troops leading the fight to oust …"."""
        noun = verb.head
        if verb.dep_ not in {"acl", "advcl", "relcl", "xcomp"} or noun.lemma_.lower() not in self.cards.undertakings:
            return []
        while noun.pos_ in {"NOUN", "ADP"}:
            if owners := self._owner(noun) or list(self._after(noun, "of")):
                return owners
            if noun.dep_ not in {"pobj", "prep", "dobj"}:
                return []
            noun = noun.head
        return agents(noun) if noun.lemma_.lower() in self.cards.undertaking else []

    def _helped(self, noun: Token) -> list[Token]:
        """Who acts with an aid: "with the help of Kandria, Red Path took the hills"."""
        return acting(noun) if noun.head.lower_ in self.cards.helped else []

    def _result(self, verb: Token) -> list[Token]:
        """What comes of a merger: "merged to form Red Path"."""
        return [made for child in verb.rights if child.lemma_ in self.cards.forming and child.dep_ in {"xcomp", "advcl"}
                for made in [*patients(child), *complements(child)]]

    def _described(self, trigger: Token) -> list[Token]:
        """Whom an adjective or participle describes: its noun, or the subject it is predicated of."""
        if trigger.dep_ in {"amod", "acl", "appos", "relcl"} and not self._own_subject(trigger):
            above = trigger.head.head.head
            part = trigger.head.dep_ == "pobj" and above.lemma_.lower() in self.cards.parts
            return [above if part else trigger.head]  # "the armed wing of Red Path, known as …": the wing is
        before = self.parsed.tokens[max(trigger.i - 1, 0)]
        itself = [before] if before.lower_ in self.cards.reflexives and before.dep_ != "dobj" else []
        if itself or (trigger.pos_ == "VERB" and not is_passive(trigger)):
            return itself
        verb = trigger.head if trigger.dep_ in {"acomp", "attr", "oprd"} else trigger
        # "are allied": the subject may hang on "are".
        verbs = [verb, *(child for child in verb.lefts if child.dep_ == "auxpass")]
        subject = next((found for found in map(grammatical_subject, verbs) if found is not None), None)
        return list(conjuncts(subject)) if subject is not None else []

    @staticmethod
    def _own_subject(trigger: Token) -> bool:
        return any(child.dep_ in {"nsubj", "nsubjpass"} for child in trigger.children)

    def _holder(self, noun: Token) -> list[Token]:
        """Whom a noun describes: the name it precedes as a title, the noun beside it, or the copular subject."""
        titled = self._titled(noun)
        if titled is not None:
            return [self.parsed.tokens[titled.head]]
        if noun.dep_ == "compound" and noun.i < noun.head.i and noun.head.pos_ == "PROPN":
            return [noun.head]
        if noun.dep_ == "appos":
            return self._list_before(noun) if noun.tag_ == "NNS" else [noun.head]
        beside = [name for child in noun.children if child.dep_ == "appos" for name in conjuncts(child)]
        if beside:
            return beside
        if noun.dep_ == "conj" and noun.head.pos_ == "NOUN":  # "Red Path's founder and only leader"
            return self._holder(noun.head)
        near = self.ends.beside(noun)
        following = [near] if near is not None else self.lists.following(noun)
        if following:
            return [self.parsed.tokens[name.head] for name in following]
        verb = noun.head
        single = verb.head.lower_ in self.cards.singling or verb.head.tag_ == "JJS"
        if noun.dep_ == "pobj" and single:  # "one of its units", "the largest of its units"
            return self._holder(verb.head)
        if noun.dep_ == "pobj" and verb.lower_ in self.cards.copular_prepositions:
            verb = verb.head
            return list(self._subject_or_patient(verb))
        if noun.dep_ in {"attr", "oprd"} or (noun.dep_ == "nsubj" and noun.head.lemma_ in self.cards.copulas):
            return list(self._subject_or_patient(verb)) if noun.dep_ != "nsubj" else complements(verb)
        return []

    def _list_before(self, noun: Token) -> list[Token]:
        """The list that a plural describes: "Adan Kole and Bela Mono, both members"."""
        first = noun.head
        while first.dep_ == "conj" and first.head.pos_ == "PROPN":
            first = first.head
        return list(conjuncts(first))

    def _bearer(self, noun: Token) -> list[Token]:
        """Who has something: "a group with links to …"; between commas the phrase may hang on the verb."""
        if noun.dep_ != "pobj":
            return []
        above = self.ends.before_comma(noun.head.i - 1)
        if above is not None:
            return [self.parsed.tokens[above.head]]
        return [noun.head.head] if noun.head.head.pos_ in {"NOUN", "PROPN"} else []

    def _beside(self, participle: Token) -> list[Token]:
        """The name before a comma and a participle read as a finite verb: "Red Path, also called …"."""
        first = min((child.i for child in participle.lefts if child.dep_ == "advmod"), default=participle.i)
        above = self.ends.before_comma(first - 1) if participle.tag_ in {"VBD", "VBN"} else None
        return [self.parsed.tokens[above.head]] if above is not None else []

    def _prefixed(self, prefix: Token) -> list[Token]:
        """The name after a prefix: "anti-Red Path"."""
        name = self._starts.get(prefix.i + 2)
        return [self.parsed.tokens[name.head]] if name is not None else []

    def _prefixed_noun(self, prefix: Token) -> list[Token]:
        """What a prefixed name describes: "the anti-Red Path coalition"."""
        name = self._starts.get(prefix.i + 2)
        head = self.parsed.tokens[name.head] if name is not None else prefix
        while head.dep_ in {"compound", "amod", "nmod", "pobj"} and head.head.i > head.i:
            head = head.head
        return [head] if name is not None and head.i >= name.end else []

    def _titled(self, noun: Token) -> Found | None:
        """The name that a noun stands before as a title, over honorifics ("leader Sheikh Adan")."""
        place = noun.i + 1
        while place < len(self.parsed.doc) and place - noun.i < _HONORIFICS and self._starts.get(place) is None:
            between = self.parsed.tokens[place]
            if between.dep_ != "compound" and not between.is_quote and between.text != "_":  # "_" sets off italics
                return None
            place += 1
        name = self._starts.get(place)
        return name if name is not None and self._one_phrase(noun, name) else None

    def _subject_or_patient(self, verb: Token) -> Iterator[Token]:
        """Whom a complement is said of: the object if there is one, else the subject."""
        reflexive = self.cards.reflexives
        objects = [child for child in verb.children if child.dep_ == "dobj" and child.lower_ not in reflexive]
        subject = grammatical_subject(verb) if verb.pos_ in {"VERB", "AUX"} else None
        for token in objects or ([subject] if subject is not None else []):
            yield from conjuncts(token)

    def _one_phrase(self, noun: Token, name: Found) -> bool:
        """Whether a title and the name after it form one phrase: one hangs on the other."""
        inside = range(name.start, name.end)
        return noun.head.i in inside or self.parsed.tokens[name.head].head == noun or (
            noun.head == self.parsed.tokens[name.head].head
            and noun.dep_ in {"compound", "nmod", "amod", self.parsed.tokens[name.head].dep_})

    def _owner(self, noun: Token) -> list[Token]:
        """Whose a noun is: the possessor, the name before it ("Red Path leader"), or what follows "of" and the like."""
        covering = self.mentions.at(noun.i)
        if covering is not None and covering.start < noun.i and covering.name is not None:  # "Red Path member" as one
            return [noun] if noun.pos_ == "NOUN" else []
        owners = [child for child in noun.lefts if child.dep_ in {"poss", "compound", "nmod", "amod"}]
        place = noun.i
        inside = place if covering is None else covering.start
        while place > 0 and self._ends.get(place) is None and (
                place > inside or self.parsed.tokens[place - 1].dep_ in {"amod", "case"}):
            place -= 1
        before = self._ends.get(place)
        if before is not None and self._in_phrase(before, noun):
            return [self.parsed.tokens[before.head]]
        known = [owner for owner in owners if self.mentions.at(owner.i) is not None or self.ends.is_pronoun(owner)]
        if not known and noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
            return self._owner(noun.head)
        return known

    def _in_phrase(self, before: Found, noun: Token) -> bool:
        head = self.parsed.tokens[before.head]
        return head.dep_ in {"poss", "compound", "nmod", "amod", "npadvmod"} and head.head.i >= noun.i

    def _possessor(self, noun: Token) -> list[Token]:
        """The owner by a genitive, unless a word between says that the noun is no part of it ("the army's rival X")."""
        if noun.dep_ == "conj" and not any(child.dep_ in {"det", "poss"} for child in noun.lefts):
            noun = noun.head  # "Red Path's Falcon Brigade and Storm Squad"
        between = {child.lower_ for child in noun.lefts} & self.cards.not_parts
        return [child for child in noun.lefts if child.dep_ == "poss" and not between]

    def _self(self, token: Token) -> list[Token]:
        return [token]

    def _before(self, participle: Token) -> list[Token]:
        """The name hyphenated to a participle: "Sandar-based"."""
        name = self._ends.get(participle.i - 1)
        return [self.parsed.tokens[name.head]] if name is not None else []

    def _emphasis(self, verb: Token) -> list[Token]:
        """The first name in a phrase that a word like "particularly" singles out."""
        for child in verb.rights:
            inside = list(child.subtree)
            start = [*inside[:2], *(other for other in verb.rights if other.i == child.i - 1)]
            if child.dep_ == "prep" and any(word.lower_ in self.cards.focus for word in start):
                return [word for word in inside if self._names(word)][:1]
        return []

    def _names(self, word: Token) -> bool:
        mention = self.mentions.at(word.i)
        return mention is not None and mention.head == word.i and is_named(mention)

    def _continuing(self, verb: Token) -> list[Token]:
        """The subject of a verb that is said to go on."""
        return agents(verb) if verb.dep_ == "xcomp" and verb.head.lemma_ in self.cards.continuing else []

    def _listed(self, noun: Token) -> list[Token]:
        """What stands on a list: the copular subject or the object of "on the list", "to the list"."""
        verb = noun.head.head
        if noun.dep_ != "pobj" or noun.head.lower_ not in self.cards.listing:
            return []
        covered = self.mentions.at(verb.i)
        if covered is not None and is_named(covered):  # "kept Red Path on its list", the name read as a verb
            return [self.parsed.tokens[covered.head]]
        lists = verb.pos_ in {"VERB", "AUX"} and verb.lemma_ not in self.cards.delisting
        return list(self._subject_or_patient(verb)) if lists else []

    def _reduced(self, verb: Token) -> list[Token]:
        above = self.ends.reduced(verb)
        return [self.parsed.tokens[above.head]] if above is not None else []

    def _next(self, noun: Token) -> list[Token]:
        """The name after a noun and a comma: "commander, Kandri Central Command"."""
        place = noun.i + 2
        if place >= len(self.parsed.doc) or noun.nbor(1).text != ",":
            return []
        name = self._starts.get(place + (self.parsed.tokens[place].pos_ == "DET"))
        return [self.parsed.tokens[name.head]] if name is not None else []

    def _after(self, trigger: Token, preposition: str) -> Iterator[Token]:
        """The nouns after a preposition of the trigger, of its object or of its particle ("broke away from")."""
        bases = [trigger, *(c for c in trigger.rights if c.dep_ in {"dobj", "advmod", "prt", "prep", "acomp", "attr",
                                                               "oprd"})]
        if trigger.dep_ == "acomp":  # "is active in the hills": the place may hang on the copula
            bases.append(trigger.head)
        if trigger.pos_ == "NOUN":  # "struck their camps in the hills": the place may hang on the verb
            yield from (noun for child in trigger.head.rights if child.i == trigger.i + 1 and child.dep_ == "prep"
                        and child.lower_ == preposition for noun in child.children if noun.dep_ == "pobj")
        if is_passive(trigger):  # "listed as a banned group by the council": parsers hang the last phrase on the noun
            bases += [noun for base in bases if base.dep_ == "prep" for noun in base.children if noun.dep_ == "pobj"]
        for base in bases:
            for child in base.children:
                if child.dep_ in {"prep", "agent", "dative"} and child.lower_ == preposition:
                    for noun in child.children:
                        if noun.dep_ == "pobj":
                            yield from conjuncts(antecedent(noun))


_OWN_ROLES: dict[str, Callable[[Roles, Token], list[Token]]] = {
    "patient": Roles._patient, "holder": Roles._holder, "owner": Roles._owner, "before": Roles._before,
    "emphasis": Roles._emphasis, "self": Roles._self, "possessor": Roles._possessor, "described": Roles._described,
    "continuing": Roles._continuing, "listed": Roles._listed, "reduced": Roles._reduced, "result": Roles._result,
    "next": Roles._next, "bearer": Roles._bearer, "beside": Roles._beside, "helped": Roles._helped,
    "undertaking": Roles._undertaking, "prefixed": Roles._prefixed, "prefixed-noun": Roles._prefixed_noun,
}
_LISTED_ROLES: dict[str, Callable[[Lists, Token], list[Token]]] = {
    "instances": Lists.instances, "included": Lists.included, "higher": Lists.higher,
}
