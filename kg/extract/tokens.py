"""The tokens of a parse as plain lists, so that many rules can read them at little cost."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.language import Parsed
from kg.extract.syntax import Token

NOUN_LIKE = frozenset({"NOUN", "PROPN"})


@dataclass(frozen=True, slots=True)
class Tokens:
    """Parallel lists over the tokens of a document; `head` holds indices, `glued` whether no space stands before.

    `heading` is True in title-case lines, whose capitals mean nothing, `label` in one-word or two-word lines. `places`
    tells where each word stands.
    """

    parsed: Parsed
    text: list[str]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    glued: list[bool]
    begins: list[int]
    sentence: list[int]
    heading: list[bool]
    label: list[bool]
    places: dict[str, list[int]]

    def __len__(self) -> int:
        return len(self.text)

    @staticmethod
    def of(parsed: Parsed) -> Tokens:
        """Read a parse, once for each document."""
        known = parsed.notes.get(Tokens)
        if not isinstance(known, Tokens):
            known = parsed.notes[Tokens] = Tokens._read(parsed)
        return known

    @staticmethod
    def _read(parsed: Parsed) -> Tokens:
        doc = parsed.tokens
        text = [token.text for token in doc]
        sentence = [parsed.sentence_index(i) for i in range(len(doc))]
        spans = [text[s.start:s.end] for s in parsed.sentences]
        ends = [_ends_line(parsed.document.text, s.end_char) for s in parsed.sentences]
        headings = [_is_heading(words) and end for words, end in zip(spans, ends, strict=True)]
        labels = [_is_label(words) and end for words, end in zip(spans, ends, strict=True)]
        return Tokens(
            parsed=parsed,
            text=text,
            lower=[token.lower_ for token in doc],
            lemma=[_lemma(token) for token in doc],
            pos=[token.pos_ for token in doc],
            tag=[token.tag_ for token in doc],
            dep=[token.dep_ for token in doc],
            head=[token.head.i for token in doc],
            glued=[False, *(not token.whitespace_ and not token.is_space for token in doc)][:len(doc)],
            begins=[token.idx for token in doc],
            sentence=sentence,
            heading=[headings[number] for number in sentence],
            label=[labels[number] for number in sentence],
            places=_places(text),
        )

    def capital(self, i: int) -> bool:
        """Whether a token begins with a capital letter."""
        return self.text[i][:1].isupper()

    def starts_sentence(self, i: int) -> bool:
        """Whether a token is the first word of its sentence, quotes and brackets aside."""
        first = self.parsed.sentences[self.sentence[i]].start
        return all(not self.text[j][:1].isalnum() for j in range(first, i))

    def same_words(self, start: int, end: int) -> Iterator[int]:
        """Where the words of the tokens `start` to `end` stand in the document, there and elsewhere."""
        words = self.text[start:end]
        return (i for i in self.places[words[0]] if self.text[i:i + len(words)] == words)

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The tokens that make up the characters `start` to `end`; None if a word is cut (a footnote mark may be)."""
        first = bisect_left(self.begins, start)
        last = bisect_left(self.begins, end)
        if first == len(self) or self.begins[first] != start or last <= first:
            return None
        over = self.text[last - 1][max(0, end - self.begins[last - 1]):]
        return None if over[:1].isalnum() else (first, last)

    def quote(self, start: int, end: int) -> str:
        """The words at tokens `start` to `end`, line ends and double spaces made single spaces."""
        return " ".join(self.parsed.quote(start, end).split())

    def children(self, i: int) -> list[int]:
        """The tokens that depend on a token."""
        return [child.i for child in self.parsed.doc[i].children]

    def determiner(self, head: int) -> str | None:
        """The determiner or possessive pronoun of a noun phrase by its head, lower case, or None."""
        for child in self.parsed.doc[head].lefts:
            if child.pos_ == "DET" or child.tag_ == "PRP$":
                return child.lower_
        return None

    def root(self, start: int, end: int) -> int:
        """The token of a span whose head lies outside it; the last one if there are several or none."""
        outside = [i for i in range(start, end) if not start <= self.head[i] < end]
        if len(outside) == 1 and self.pos[outside[0]] not in {"PUNCT", "ADP", "DET"}:
            return outside[0]
        nouns = [i for i in (outside or range(start, end)) if self.pos[i] in NOUN_LIKE]
        return nouns[-1] if nouns else end - 1


def _lemma(token: Token) -> str:
    """The dictionary form; a plural at the head of a sentence may be tagged a name ("Guerrillas attacked")."""
    form = token.lemma_.lower()
    if token.tag_ in {"NNP", "NNPS"} and form.endswith("s") and not form.endswith("ss") and token.is_sent_start:
        return form[:-1]
    return form


def _places(text: list[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for i, word in enumerate(text):
        places.setdefault(word, []).append(i)
    return places


def _ends_line(text: str, end: int) -> bool:
    return text[end:end + 3].lstrip(" ")[:1] in {"", "\n"} or text[end - 1] == "\n"


def _is_heading(words: list[str]) -> bool:
    """Whether a sentence is set in title case or capitals, so that capitals say nothing of names."""
    long = [word for word in words if len(word) > 3 and word.isalpha()]
    if len(long) < 3 or words[-1] in {".", "?", "!"}:
        return False
    return sum(word[0].isupper() for word in long) >= 0.8 * len(long)


def _is_label(words: list[str]) -> bool:
    """Whether a sentence is a bare heading such as "Perpetrators"."""
    plain = [word for word in words if word.strip()]
    return 0 < len(plain) <= 2 and all(word[0].isupper() or not word[0].isalpha() for word in plain) and (
        plain[-1][-1].isalnum())
