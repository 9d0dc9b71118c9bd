"""Who the mentions refer to: one referent per thing in the document, by rules over names, appositions and salience."""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.apposition import apposed_name, described_names, rendering
from kg.extract.descriptions import members_of
from kg.extract.language import Parsed
from kg.extract.mentions import Found, Mentions, Referent
from kg.extract.name_words import NameWords
from kg.extract.salience import clear_subject, is_subject, most_salient
from kg.extract.tokens import Tokens
from kg.records import Kind

UNREFERRING = frozenset({Kind.TIME, Kind.COUNT, Kind.EVENT})
PRONOUN = "names.pronoun"
# Sentences within which a definite phrase may point back: farther if the text names only one group.
_REACH = 2
_SINGLE_GROUP_REACH = 6
_HUMAN = frozenset({Kind.PERSON, Kind.PEOPLE})
_PLURAL_HUMAN = frozenset({Kind.GROUP, Kind.PEOPLE, Kind.FORCE, Kind.PERSON})


def resolve_references(parsed: Parsed, mentions: Mentions, words: NameWords) -> list[Referent]:
    """Set the referent of every mention of an entity kind; the referents in the order of their first mention.

    Mentions with different links never share a referent. A pronoun without a clear antecedent keeps None.
    """
    for mention in mentions:
        mention.referent = None
    reader = _Reader(Tokens.of(parsed), mentions, words)
    for mention in mentions:
        if mention.kind not in UNREFERRING:
            reader.read(mention)
    return reader.order


def without_unclear_pronouns(parsed: Parsed, mentions: Mentions, words: NameWords) -> Mentions:
    """The mentions less the pronouns whose antecedent is not clear."""
    resolve_references(parsed, mentions, words)
    kept = [m for m in mentions if m.rule != PRONOUN or m.referent is not None]
    for mention in kept:
        mention.referent = None
    return Mentions(kept)


class _Reader:
    """Reads the mentions from first to last and keeps what has been spoken of."""

    def __init__(self, tokens: Tokens, mentions: Mentions, words: NameWords) -> None:
        self.tokens, self.mentions, self.words = tokens, mentions, words
        self.order: list[Referent] = []
        self._known: set[int] = set()
        self.seen: list[Found] = []
        self._named: dict[tuple[str, str], Referent] = {}
        self._called: dict[int, str] = {}
        self._later = described_names(tokens, mentions, words)

    def read(self, mention: Found) -> None:
        """Find or make the referent of a mention."""
        if mention.rule == PRONOUN:
            referent = self._pronoun(mention)
        elif mention.name is not None:
            referent = self._name(mention)
        else:
            referent = self._description(mention)
        mention.referent = referent
        if referent is not None:
            if mention.rule != PRONOUN and id(referent) not in self._known:
                self._known.add(id(referent))
                self.order.append(referent)
            self.seen.append(mention)

    def _name(self, mention: Found) -> Referent:
        assert mention.name is not None
        key = _key(mention)
        referent = self._named.get(key) or self._rendered(mention)
        if referent is not None:
            self._named[key] = referent
        else:
            referent = Referent(mention.kind, mention.name, link=mention.link)
            self._named[key] = referent
        self._add_alias(referent, mention)
        return referent

    def _rendered(self, mention: Found) -> Referent | None:
        """The group whose name another one only renders: "Ansar X, the Partisans of X,"."""
        before = rendering(self.tokens, mention, self.mentions)
        return before.referent if before is not None else None

    def _add_alias(self, referent: Referent, mention: Found) -> None:
        end = mention.end
        while end - 1 > mention.start and self._follows_name(end - 1):
            end -= 1
        form = self.tokens.quote(mention.start, end)
        if form not in (referent.name, *referent.aliases) and not _same_name(referent, form):
            referent.aliases.append(form)

    def _follows_name(self, i: int) -> bool:
        return self.tokens.lemma[i] in self.words.name_followers and not self.tokens.capital(i)

    def _description(self, mention: Found) -> Referent:
        resolve = _RESOLVERS.get(mention.kind, _Reader._repeated)
        named = apposed_name(self.tokens, mention, self.mentions)
        if named is not None and named.kind is mention.kind:
            return self._referent_of(named)
        return resolve(self, mention) or self._new(mention)

    def _referent_of(self, mention: Found) -> Referent:
        """The referent of a named mention that may stand later in the text."""
        if mention.referent is None:
            mention.referent = self._name(mention)
        return mention.referent

    def _new(self, mention: Found) -> Referent:
        start = mention.start
        if mention.kind is Kind.GROUP:
            # "Kurdish militants" have no proper name: the capitals say whose they are, and stay in the mention.
            start = next((i + 1 for i in range(mention.head - 1, start - 1, -1) if self.tokens.capital(i)), start)
            start = mention.start if self.tokens.text[start] == "-" else start  # "Iranian-backed militias"
        name = self.tokens.quote(start, mention.end)
        lowered = name[:1].lower() + name[1:] if mention.kind is Kind.GROUP else name
        return Referent(mention.kind, lowered, link=mention.link, named=False)

    def _group(self, mention: Found) -> Referent | None:
        owner = members_of(self.tokens, mention, self.mentions, self.words)
        if owner is not None:
            return self._referent_of(owner)
        later = self._later.get(self.tokens.quote(mention.start, mention.end).lower())
        if later is not None:
            return self._referent_of(later)
        if not self._definite(mention) or self._told_apart(mention):
            return None
        compound = self._phrase(mention)
        if "-" in compound and (same := next((m.referent for m in reversed(self.seen) if m.kind is Kind.GROUP
                                              and self._phrase(m) == compound), None)) is not None:
            return same  # "US-backed rebels … the US-backed rebels"
        lemma = self.tokens.lemma[mention.head]
        if lemma in self.words.people.group_nouns:
            return None if mention.plural else self._salient_group(mention, named_only=True)
        if lemma in self.words.people.individual_actors:
            return self._earlier_actors(mention, self.words.actors) or self._only_group(mention)
        return self._salient_group(mention) or self._earlier_actors(mention, self.words.people.collective_actors)

    def _phrase(self, mention: Found) -> list[str]:
        """The words of a noun phrase up to its noun, without its determiner."""
        first = self.tokens.parsed.doc[mention.head].left_edge.i
        return [word for i, word in enumerate(self.tokens.lower[first:mention.head + 1], first)
                if self.tokens.pos[i] not in {"DET", "NUM"}]

    def _told_apart(self, mention: Found) -> bool:
        """Whether a clause says which one is meant ("the group that seized the town"): it points to no other."""
        after = mention.end
        return after < len(self.tokens) and self.tokens.tag[after] in {"WDT", "WP"} and (
            self.tokens.lemma[mention.head] in self.words.people.group_nouns)

    def _definite(self, mention: Found) -> bool:
        return self.tokens.determiner(mention.head) in self.words.names.definite

    def _salient_group(self, mention: Found, *, named_only: bool = False) -> Referent | None:
        groups = [m for m in self.seen if m.kind is Kind.GROUP and m.referent is not None]
        named = [m for m in groups if m.referent is not None and m.referent.named]
        alone = len({id(m.referent) for m in named}) == 1
        pool = named if named_only or alone else [m for m in groups if m.plural or (m.referent and m.referent.named)]
        reach = _SINGLE_GROUP_REACH if alone else _REACH
        best = most_salient(self.tokens, pool, mention, reach, self.words.names.salience)
        return best.referent if best is not None else None

    def _only_group(self, mention: Found) -> Referent | None:
        """The salient group, if the text has named no other so far."""
        named = {id(m.referent) for m in self.seen if m.kind is Kind.GROUP and m.referent and m.referent.named}
        return self._salient_group(mention, named_only=True) if len(named) == 1 else None

    def _earlier_actors(self, mention: Found, nouns: frozenset[str]) -> Referent | None:
        """The last unnamed actors of the same sort and number."""
        for earlier in reversed(self.seen):
            unnamed = earlier.kind is Kind.GROUP and earlier.name is None and earlier.rule != PRONOUN
            if unnamed and earlier.plural is mention.plural and self.tokens.lemma[earlier.head] in nouns:
                return earlier.referent
        return None

    def _force(self, mention: Found) -> Referent | None:
        """A force called by its bare noun is the one named so before, or the same unnamed one all along."""
        if self.tokens.determiner(mention.head) in self.words.names.indefinite:
            return None
        lemma = self.tokens.lemma[mention.head]
        if mention.start < mention.head:
            return self._same_words(mention)
        same = [m for m in self.seen if m.kind is Kind.FORCE and self.tokens.lemma[m.head] == lemma]
        named = {id(m.referent) for m in same if m.name is not None}
        if len(named) == 1:
            return next(m.referent for m in same if m.name is not None)
        return next((m.referent for m in same if m.name is None and m.start == m.head), None)

    def _same_words(self, mention: Found) -> Referent | None:
        words = self.tokens.lower[mention.start:mention.end]
        for earlier in reversed(self.seen):
            if earlier.kind is mention.kind and self.tokens.lower[earlier.start:earlier.end] == words:
                return earlier.referent
        return None

    def _repeated(self, mention: Found) -> Referent | None:
        """A definite phrase means the last thing of its kind with the same head noun and no other modifiers."""
        if not self._definite(mention):
            return None
        lemma = self.tokens.lemma[mention.head]
        own = set(self.tokens.lower[mention.start:mention.head])
        for earlier in reversed(self.seen):
            if earlier.kind is mention.kind and self.tokens.lemma[earlier.head] == lemma and (
                    earlier.plural is mention.plural) and own <= {*self.tokens.lower[earlier.start:earlier.head]}:
                return earlier.referent
        return None

    def _pronoun(self, mention: Found) -> Referent | None:
        person = self.tokens.lower[mention.head] in self.words.people.pronouns_person
        if person:
            form = self._nominative(mention)
            found = clear_subject(self.tokens, self.seen, mention, lambda m: self._may_be(m, form), plural=False)
            found = found or self._same_pronoun(mention)
        elif mention.plural:
            found = clear_subject(self.tokens, self.seen, mention, lambda m: m.kind in _PLURAL_HUMAN, plural=True)
        else:
            found = clear_subject(self.tokens, self.seen, mention, lambda m: m.kind is Kind.GROUP, plural=False)
        if found is None or found.referent is None or (mention.plural and found.kind is Kind.PERSON):
            return None
        mention.kind, mention.link = found.referent.kind, found.referent.link
        if person:
            self._called[id(found.referent)] = self._nominative(mention)
        return found.referent


    def _same_pronoun(self, mention: Found) -> Found | None:
        """Whom the last sentence calls by the same pronoun, when nobody has been its subject since."""
        form = self._nominative(mention)
        here = self.tokens.sentence[mention.start]
        for earlier in reversed(self.seen):
            if self.tokens.sentence[earlier.start] < here - 1:
                return None
            if earlier.rule == PRONOUN and earlier.kind in _PLURAL_HUMAN and self._nominative(earlier) == form:
                return earlier
            if self._one_human(earlier) and is_subject(self.tokens, earlier):
                return None
        return None

    def _nominative(self, mention: Found) -> str:
        word = self.tokens.lower[mention.head]
        return self.words.people.nominatives.get(word, word)

    def _may_be(self, mention: Found, pronoun: str) -> bool:
        """Whether a pronoun may mean a mention: nobody is called both "he" and "she"."""
        return self._one_human(mention) and self._called.get(id(mention.referent), pronoun) == pronoun

    def _one_human(self, mention: Found) -> bool:
        """Whether "he" may mean a mention: a person, or one unnamed attacker."""
        lone = mention.kind is Kind.GROUP and mention.name is None and mention.rule != PRONOUN and not mention.plural
        return mention.kind in _HUMAN or (lone and self.tokens.lemma[mention.head] in self.words.actors)


def _words(name: str) -> set[str]:
    """The words of a name, those joined by hyphens whole and apart."""
    return {part for word in name.split() for part in (word, *word.split("-"))}


def _same_name(referent: Referent, form: str) -> bool:
    """Whether a form is no other name: a part of a person's name, or the name with a common noun ("X village")."""
    name, words = _words(referent.name), _words(form)
    part = referent.kind is Kind.PERSON and words <= name
    return part or (name < words and all(word.islower() for word in words - name))


def _key(mention: Found) -> tuple[str, str]:
    if mention.link is not None and mention.kind is not Kind.WEAPON:
        return "link", mention.link
    name = (mention.name or "").casefold().removeprefix("the ")
    return mention.kind, " ".join(name.replace("-", " ").replace("’", "'").split())


_RESOLVERS: dict[Kind, Callable[[_Reader, Found], Referent | None]] = {
    Kind.GROUP: _Reader._group,
    Kind.FORCE: _Reader._force,
}
