"""Assembles the spaCy pipeline and parses a document into one Doc whose token offsets are document offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc as SpacyDoc
from spacy.util import compile_infix_regex

from kg.errors import KnowledgeError
from kg.extract.attributes import remember
from kg.extract.items import item_heads
from kg.extract.mending import mend_attributions, mend_split_passives, mend_when_clauses
from kg.extract.syntax import Doc, Span, Token, plain
from kg.records import Document

_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
_LINE, _LINE_END = re.compile(r"\n\s*"), re.compile(r"\n")
# Footnote marks and emphasis signs only disturb the parser; it reads blanks of the same length instead.
_CLAUSE_END = re.compile(r";\s+(?=\S)")
_MARKS = re.compile(r"\[\d{1,3}\]|(?<!\w)_|_(?!\w)|\n")
# "Adan Kole(born 1970)": the bracket that a name runs into is no part of it.
_GLUED_BRACKET = r"(?<=[^\W\d_]{3})\((?=[^\W\d_]{3})"
_TOGETHER = 64  # paragraphs that the parser gets at a time
_SENTENCE_END = re.compile(r"[.!?:;\"'”’)\]]\s*$")


@dataclass(frozen=True)
class Parsed:
    """A document and its parse; `doc[i].idx` is an offset into `document.text`.

    `text` is the text as it was read, just as long: plain case where the document is set in capitals. Names are found
    in it and take its case; anchors quote the document itself.
    """

    document: Document
    doc: Doc
    text: str

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences in order; a heading or a line of its own is a sentence."""
        return self.doc.sentences

    @cached_property
    def tokens(self) -> list[Token]:
        """The tokens in order."""
        return self.doc.tokens

    @cached_property
    def lower(self) -> str:
        """The text in small letters, character by character, so that it is just as long."""
        lower = self.text.lower()
        return lower if len(lower) == len(self.text) else "".join(
            small if len(small := character.lower()) == 1 else character for character in self.text)

    @cached_property
    def notes(self) -> dict[type, object]:
        """What readers of this parse keep for each other, by their class."""
        return {}

    @cached_property
    def _sentence_of(self) -> list[int]:
        return [number for number, sentence in enumerate(self.sentences) for _ in range(len(sentence))]

    @cached_property
    def _line_starts(self) -> list[int]:
        text = self.document.text
        return [match.end() for match in (_BLANK_LINE if hard_wrapped(text) else _LINE_END).finditer(text)]

    def line(self, offset: int) -> int:
        """The number of the line that holds a character offset, counted from 0; in hard-wrapped text, the paragraph."""
        return bisect_right(self._line_starts, offset)

    @cached_property
    def heads(self) -> dict[int, int]:
        """Where the heads of the items of a list begin and end."""
        return item_heads(self.text)

    def sentence_index(self, token: int) -> int:
        """The number of the sentence that holds a token (by its index in the Doc)."""
        return self._sentence_of[token]

    def quote(self, start: int, end: int) -> str:
        """The words as read at the tokens `start` (inclusive) to `end` (exclusive), fit to be a name."""
        first, last = self.tokens[start], self.tokens[end - 1]
        return self.text[first.idx:last.idx + len(last)]


def load_pipeline(name: str) -> Language:
    """Load an installed spaCy pipeline; raises KnowledgeError if it is missing or cannot parse."""
    try:
        nlp = spacy.load(name)
    except OSError as error:
        mend = "install the package's own requirements"
        raise KnowledgeError(f"no spaCy pipeline {name!r} is installed", mend=mend) from error
    missing = {"tagger", "parser", "lemmatizer"} - set(nlp.pipe_names)
    if missing:
        lacks = ", ".join(sorted(missing))
        raise KnowledgeError(f"spaCy pipeline {name!r} lacks {lacks}", mend="name another one in the settings")
    remember(nlp)
    tokenizer = _tokenizer(nlp)
    tokenizer.infix_finditer = compile_infix_regex([*(nlp.Defaults.infixes or ()), _GLUED_BRACKET]).finditer
    return nlp


def _tokenizer(nlp: Language) -> Tokenizer:
    if not isinstance(nlp.tokenizer, Tokenizer):
        raise KnowledgeError(f"spaCy pipeline {nlp.meta['name']!r} has a tokenizer of its own kind",
                             mend="name another one in the settings")
    return nlp.tokenizer


def read_as_names(nlp: Language, acronyms: Iterable[str], like: str) -> None:
    """Let the parser take acronyms for names, as it takes the word `like`: most it never saw, "IS" it takes for a verb.

    Only the norm changes, which the statistical model reads; text and offsets stay.
    """
    for form in acronyms:
        _tokenizer(nlp).add_special_case(form, [{"ORTH": form, "NORM": like}])


def read_short_forms(nlp: Language, full: Mapping[str, str]) -> None:
    """Let the full stop of short forms end no sentence: each is read as the word for which it stands."""
    for form, word in full.items():
        read_as_names(nlp, [form], word.lower())


def parse(nlp: Language, document: Document, restore: Callable[[str], str] | None = None,
          speech: frozenset[str] = frozenset()) -> Parsed:
    """The parse of one document; see `parse_all`."""
    return next(parse_all(nlp, [document], restore, speech))


def parse_all(nlp: Language, documents: Iterable[Document], restore: Callable[[str], str] | None = None,
              speech: frozenset[str] = frozenset()) -> Iterator[Parsed]:
    """Parse paragraph by paragraph, so that headings end and memory stays small, and join the parts again.

    `restore` may give another text of the same length to read in the document's stead. `speech` are the verbs of
    speech whose closing attributions are mended. Paragraphs of several documents go to the parser together, which is
    quicker, so that some documents are read ahead; what else is parsed with it changes nothing in a document's parse.
    """
    waiting: deque[tuple[Document, str, list[str]]] = deque()

    def paragraphs() -> Iterator[str]:
        for document in documents:
            text = document.text if restore is None else restore(document.text)
            readable = [_MARKS.sub(_blank, body) + tail for body, tail in segments(text)] or [text]
            waiting.append((document, text, readable))
            yield from readable

    parts: list[SpacyDoc] = []
    for part in nlp.pipe(paragraphs(), batch_size=_TOGETHER):
        parts.append(_mended(part, speech))
        document, text, readable = waiting[0]
        if len(parts) == len(readable):
            waiting.popleft()
            yield Parsed(document, plain("".join(readable), parts), text)
            parts = []


def _blank(mark: re.Match[str]) -> str:
    return " " * len(mark.group())


def _mended(doc: SpacyDoc, speech: frozenset[str]) -> SpacyDoc:
    mend_attributions(doc, speech)
    mend_when_clauses(doc)
    mend_split_passives(doc)
    return _lightened(doc)


def _lightened(doc: SpacyDoc) -> SpacyDoc:
    """The Doc without its tensor, which nothing reads and which would fill the memory on long documents."""
    doc.tensor = doc.tensor[:0].copy()
    return doc


_DATELINE = re.compile(
    # "SAN SALVADOR, June 22 (Agency) - "; "ADEN Gunmen …" without any sign between.
    r"(?:[A-Z][A-Z'’.-]+[A-Z.](?:[ /-][A-Z'’.-]+[A-Z.])*)(?: \([A-Z. ]{2,30}\))?(?:, [A-Z\d][\w. ]{2,25}){0,3}"
    r"(?: ?\([^)\n]{2,60}\)){0,2} ?(?:-|–|—|--|:) +(?=\S)"
    r"|(?:[A-Z][A-Z'’-]{3,}(?:/[A-Z'’-]{3,})?(?: [A-Z'’-]{4,})?(?:, [A-Z][a-z]+)?)"
    r" (?=(?:A|An|The|At|In|[A-Z][a-z]+) ?[a-zA-Z])"
    # "Port Mara (Country), 5 Jan 90 (Agency) -- [text] ": in small letters only with a day.
    r"|[A-Z][\w.'’-]+(?: [\w.'’-]+){0,3}(?: ?\([^)\n]{2,40}\))?, (?:\d{1,2} [A-Za-z]{3,9}|[A-Z][a-z]{2,8}\.? \d{1,2})"
    r"(?:,? \d{2,4})? ?(?:\([^)\n]{2,60}\) ?)?(?:--|-|–|—|:) *(?:\[[^\]\n]{2,90}\] *)*(?=\S)"
    # "Port Mara: Gunmen shot …".
    r"|[A-Z][a-z'’-]{3,}(?: [A-Z][a-z'’-]+)?: (?=[A-Z][^\n]{60})"
)


def segments(text: str) -> Iterator[tuple[str, str]]:
    """Paragraphs and lines as (words, white space after them); joined they are the text again.

    A line end closes a segment unless the text is hard-wrapped, when only a blank line does.
    """
    boundary = _BLANK_LINE if hard_wrapped(text) else _LINE
    heads = item_heads(text)
    begin = len(text) - len(text.lstrip())
    if begin:
        yield "", text[:begin]
    for gap in boundary.finditer(text, begin):
        yield from _apart(text, begin, gap.start(), gap.group(), heads)
        begin = gap.end()
    yield from _apart(text, begin, len(text), "", heads)


def _apart(text: str, begin: int, end: int, tail: str, heads: Mapping[int, int]) -> Iterator[tuple[str, str]]:
    """One paragraph or line, its dateline or its head as an item of a list apart."""
    dateline = _DATELINE.match(text, begin, end) if end > begin else None
    if dateline is not None:
        yield text[begin:dateline.end()], ""
        begin = dateline.end()
    elif begin in heads:
        # Notes are clauses without helping verbs, which the parser ties into knots.
        for stop in (heads[begin], *(clause.end() for clause in _CLAUSE_END.finditer(text, heads[begin], end))):
            yield text[begin:stop], ""
            begin = stop
    if end > begin or tail:
        yield text[begin:end], tail


def hard_wrapped(text: str) -> bool:
    """Whether most lines were broken at a fixed width: they are of similar length and stop mid-sentence."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 4 or max(len(line) for line in lines) > 160:
        return False
    broken = sum(len(line) > 40 and not _SENTENCE_END.search(line) for line in lines)
    return broken >= 0.4 * len(lines)
