"""A parse as plain objects, made once for each document: what all the rules read.

They bear the names of spaCy's own and mean the same, but to ask one costs a tenth: spaCy makes a token and each string
of it anew whenever it is asked for. Nothing changes them once a document is parsed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import overload

import numpy
from spacy.strings import StringStore
from spacy.tokens import Doc as SpacyDoc
from spacy.vocab import Vocab

_STRINGS = ("ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE", "MORPH")
_INSIDE = ("", "I", "O", "B")


class Token:
    """A word or sign of a text; two are equal if they are the same one."""

    __slots__ = ("_subtree", "children", "dep_", "doc", "ent_iob_", "ent_type_", "head", "i", "idx", "is_sent_start",
                 "lefts", "lemma_", "lower_", "morph", "pos_", "rights", "sent", "tag_", "text", "whitespace_")

    head: Token
    sent: Span
    lefts: tuple[Token, ...]
    rights: tuple[Token, ...]
    children: tuple[Token, ...]

    def __init__(self, doc: Doc, i: int, idx: int, text: str, lower_: str, lemma_: str, pos_: str, tag_: str,
                 dep_: str, ent_type_: str, ent_iob_: str, morph: str, whitespace_: str, is_sent_start: bool) -> None:
        self.doc, self.i, self.idx, self.text, self.lower_, self.lemma_ = doc, i, idx, text, lower_, lemma_
        self.pos_, self.tag_, self.dep_, self.morph = pos_, tag_, dep_, morph
        self.ent_type_, self.ent_iob_ = ent_type_, ent_iob_
        self.whitespace_, self.is_sent_start = whitespace_, is_sent_start
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

    @property
    def is_punct(self) -> bool:
        """Whether it consists of punctuation marks."""
        return self.doc.vocab[self.text].is_punct

    @property
    def is_quote(self) -> bool:
        """Whether it is a quotation mark."""
        return self.doc.vocab[self.text].is_quote

    @property
    def like_num(self) -> bool:
        """Whether it is a number in digits or words."""
        return self.doc.vocab[self.text].like_num


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

    __slots__ = ("ents", "sentences", "text", "tokens", "vocab")

    tokens: list[Token]
    sentences: list[Span]
    ents: list[Span]

    def __init__(self, text: str, vocab: Vocab) -> None:
        self.text, self.vocab = text, vocab

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


def plain(parsed: SpacyDoc) -> Doc:
    """What spaCy made of a text, as plain objects."""
    doc = Doc(parsed.text, parsed.vocab)
    columns = parsed.to_array([*_STRINGS, "ENT_IOB", "SPACY", "SENT_START", "HEAD"])
    strings = _Strings(parsed.vocab.strings)
    words = [[strings[key] for key in column] for column in columns[:, :len(_STRINGS)].T.tolist()]
    inside, spaces, starts, heads = columns[:, len(_STRINGS):].astype(numpy.int64).T.tolist()
    doc.tokens, offset = [], 0
    for i, row in enumerate(zip(*words, inside, spaces, starts, strict=True)):
        text, lower, lemma, pos, tag, dep, entity, morph, iob, space, start = row
        doc.tokens.append(Token(doc, i, offset, text, lower, lemma, pos, tag, dep, entity, _INSIDE[iob], morph,
                                " " if space else "", start == 1))
        offset += len(text) + space
    _hang(doc.tokens, heads)
    doc.sentences = [Span(doc, sentence.start, sentence.end) for sentence in parsed.sents]
    for sentence in doc.sentences:
        for token in sentence:
            token.sent = sentence
    doc.ents = [Span(doc, entity.start, entity.end, entity.label_) for entity in parsed.ents]
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
