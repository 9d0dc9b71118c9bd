"""A parse as plain objects, made once for each document: what all the rules read.

They bear the names of spaCy's own and mean the same, but to ask one costs a tenth: spaCy makes a token and each string
of it anew whenever it is asked for. Nothing changes them once a document is parsed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import add
from typing import overload

import numpy
from spacy.strings import StringStore
from spacy.tokens import Doc as SpacyDoc

_STRINGS = ("ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE", "MORPH")
_NUMBERS = ("SPACY", "ENT_IOB", "IS_PUNCT", "LIKE_NUM", "IS_QUOTE", "HEAD")
_INSIDE, _SPACE = ("", "I", "O", "B"), ("", " ")


class Token:
    """A word or sign of a text; two are equal if they are the same one."""

    __slots__ = ("_subtree", "children", "dep_", "doc", "ent_iob_", "ent_type_", "head", "i", "idx", "is_punct",
                 "is_quote", "lefts", "lemma_", "like_num", "lower_", "morph", "pos_", "rights", "sent", "tag_", "text",
                 "whitespace_")

    head: Token
    sent: Span
    lefts: tuple[Token, ...]
    rights: tuple[Token, ...]
    children: tuple[Token, ...]

    def __init__(self, doc: Doc, i: int, idx: int, words: tuple[str, ...], space: int, iob: int, punct: int,
                 number: int, quote: int) -> None:
        self.doc, self.i, self.idx = doc, i, idx
        self.text, self.lower_, self.lemma_, self.pos_, self.tag_, self.dep_, self.ent_type_, self.morph = words
        self.ent_iob_, self.whitespace_ = _INSIDE[iob], _SPACE[space]
        self.is_punct, self.like_num, self.is_quote = punct == 1, number == 1, quote == 1
        self.lefts = self.rights = self.children = ()
        self._subtree: tuple[Token, ...] | None = None

    def __len__(self) -> int:
        return len(self.text)

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__

    @property
    def subtree(self) -> tuple[Token, ...]:
        """The token with all that hangs on it: what lies left of it first, then itself, then what lies right."""
        if self._subtree is None:
            before = [token for child in self.lefts for token in child.subtree]
            after = [token for child in self.rights for token in child.subtree]
            self._subtree = (*before, self, *after)
        return self._subtree

    @property
    def ancestors(self) -> Iterator[Token]:
        """The tokens that it hangs on, the nearest first."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def is_ancestor(self, descendant: Token) -> bool:
        """Whether another token hangs on this one, at any depth."""
        token = descendant
        while token.head is not token:
            token = token.head
            if token is self:
                return True
        return False

    @property
    def left_edge(self) -> Token:
        """The first token of all that hangs on it."""
        return min(self.subtree, key=_place)

    @property
    def right_edge(self) -> Token:
        """The last token of all that hangs on it."""
        return max(self.subtree, key=_place)

    @property
    def conjuncts(self) -> tuple[Token, ...]:
        """The other members of the list that it belongs to, the first member and its own list first."""
        first = self
        while first.head is not first and first.dep_ == "conj":
            first = first.head
        found = [first]
        for member in found:
            found += [child for child in member.rights if child.dep_ == "conj"]
        return tuple(member for member in found if member is not self)

    def nbor(self, step: int = 1) -> Token:
        """The token so many places on; raises IndexError outside the text."""
        if self.i + step < 0:
            raise IndexError(step)
        return self.doc.tokens[self.i + step]

    @property
    def is_sent_start(self) -> bool:
        """Whether it is the first token of its sentence."""
        return self.i == self.sent.start

    @property
    def is_sent_end(self) -> bool:
        """Whether it is the last token of its sentence."""
        return self.i + 1 == self.sent.end

    @property
    def is_alpha(self) -> bool:
        """Whether it consists of letters."""
        return self.text.isalpha()

    @property
    def is_space(self) -> bool:
        """Whether it consists of white space."""
        return self.text.isspace()

    @property
    def is_lower(self) -> bool:
        """Whether its letters are small."""
        return self.text.islower()

    @property
    def is_upper(self) -> bool:
        """Whether its letters are capitals."""
        return self.text.isupper()

    @property
    def is_title(self) -> bool:
        """Whether it has a capital letter followed by small ones."""
        return self.text.istitle()


class Span:
    """The tokens from `start` to before `end`; `label_` is what the recogniser calls them."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Doc, start: int, end: int, label_: str = "") -> None:
        self.doc, self.start, self.end, self.label_ = doc, start, end, label_

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start:self.end])

    @overload
    def __getitem__(self, place: int) -> Token: ...

    @overload
    def __getitem__(self, place: slice) -> Span: ...

    def __getitem__(self, place: int | slice) -> Token | Span:
        if isinstance(place, int):
            return self.doc.tokens[self.start:self.end][place]
        start, end, _ = place.indices(len(self))
        return Span(self.doc, self.start + start, self.start + max(start, end))

    @property
    def text(self) -> str:
        """The words as parsed, without white space after the last."""
        if self.start == self.end:
            return ""
        last = self.doc.tokens[self.end - 1]
        return self.doc.text[self.doc.tokens[self.start].idx:last.idx + len(last.text)]

    @property
    def start_char(self) -> int:
        """Where the words begin in the text."""
        return self.doc.tokens[self.start].idx

    @property
    def end_char(self) -> int:
        """Where the words end in the text."""
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def root(self) -> Token:
        """The token that stands highest in the tree, the first of several."""
        tokens = self.doc.tokens[self.start:self.end]
        for token in tokens:
            if token.head is token:
                return token
        outside = [token for token in tokens if not self.start <= token.head.i < self.end]
        return min(outside, key=_depth) if outside else self.doc.tokens[self.start]


class Doc:
    """The tokens of a text with its sentences, and what the recogniser found in it."""

    __slots__ = ("ents", "sentences", "text", "tokens")

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = []
        self.sentences: list[Span] = []
        self.ents: list[Span] = []

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    def forget(self) -> None:
        """Untie the tokens, so that their memory is free at once: they hold each other. Nothing can be read after."""
        for token in self.tokens:
            del token.head, token.lefts, token.rights, token.children, token._subtree
        self.tokens.clear()

    @overload
    def __getitem__(self, place: int) -> Token: ...

    @overload
    def __getitem__(self, place: slice) -> Span: ...

    def __getitem__(self, place: int | slice) -> Token | Span:
        if isinstance(place, int):
            return self.tokens[place]
        start, end, _ = place.indices(len(self.tokens))
        return Span(self, start, max(start, end))


def plain(text: str, parts: Sequence[SpacyDoc]) -> Doc:
    """What spaCy made of the parts of a text, as one plain Doc."""
    doc = Doc(text)
    columns = numpy.concatenate([part.to_array([*_STRINGS, *_NUMBERS]) for part in parts])
    string = _Strings(parts[0].vocab.strings).__getitem__
    words = [list(map(string, column)) for column in columns[:, :len(_STRINGS)].T.tolist()]
    *numbers, heads = columns[:, len(_STRINGS):].astype(numpy.int64).T.tolist()
    offsets = list(accumulate(map(add, map(len, words[0]), numbers[0]), initial=0))[:-1]
    rows = zip(offsets, zip(*words, strict=True), *numbers, strict=True)
    doc.tokens = [Token(doc, i, *row) for i, row in enumerate(rows)]
    _hang(doc.tokens, heads)
    base = 0
    for part in parts:
        doc.sentences += (Span(doc, base + sentence.start, base + sentence.end) for sentence in part.sents)
        doc.ents += (Span(doc, base + entity.start, base + entity.end, entity.label_) for entity in part.ents)
        base += len(part)
    for sentence in doc.sentences:
        for token in sentence:
            token.sent = sentence
    return doc


def _hang(tokens: list[Token], heads: list[int]) -> None:
    """Tie each token to the one so many places off that it hangs on, and that one to it."""
    lefts: dict[int, list[Token]] = {}
    rights: dict[int, list[Token]] = {}
    for token, step in zip(tokens, heads, strict=True):
        token.head = tokens[token.i + step]
        if step:
            (lefts if step > 0 else rights).setdefault(token.i + step, []).append(token)
    for head, children in lefts.items():
        tokens[head].lefts = tokens[head].children = tuple(children)
    for head, children in rights.items():
        token = tokens[head]
        token.rights = tuple(children)
        token.children = token.lefts + token.rights if token.lefts else token.rights


class _Strings(dict[int, str]):
    """The strings of a parse by their keys, each fetched once."""

    def __init__(self, store: StringStore) -> None:
        super().__init__()
        self.store = store

    def __missing__(self, key: int) -> str:
        self[key] = string = self.store[key]
        return string


def _place(token: Token) -> int:
    return token.i


def _depth(token: Token) -> int:
    """How many tokens it hangs on in a row; a bare sign is never the highest."""
    if not token.children and (token.is_space or token.is_punct):
        return len(token.doc) - 1
    return sum(1 for _ in token.ancestors)
