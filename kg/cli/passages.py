"""The sentences that hold the words of some evidence, with these words marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

_SENTENCE_END = r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])"
_IN_WRAPPED_TEXT = re.compile(rf"{_SENTENCE_END}|\n[ \t]*\n\s*")
_IN_LINES = re.compile(rf"{_SENTENCE_END}|\s*\n\s*")
# Wider lines than any that were broken by hand: then each line is a paragraph.
_WIDEST = 160
_WHOLE = re.compile(r"[.!?][\"”’')\]]*$")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """One or more sentences of a text; `words` are the places in it that count, none if all of it does."""

    start: int
    end: int
    words: tuple[Span, ...]

    def written(self, text: str, mark: Callable[[str], str]) -> str:
        """The passage on one line, its words marked."""
        parts, at = [], self.start
        for start, end in self.words:
            parts += [text[at:start], mark(text[start:end])]
            at = end
        return " ".join("".join([*parts, text[at:self.end]]).split())


def passages(text: str, evidence: Iterable[Span]) -> list[Passage]:
    """The passages of a text that hold all evidence, in order: longer evidence holds shorter, sentences hold words."""
    spans = sorted(set(evidence), key=lambda span: (span[0], -span[1]))
    ends = _IN_LINES if max(map(len, text.splitlines()), default=0) > _WIDEST else _IN_WRAPPED_TEXT
    bounds = [0, *(edge for end in ends.finditer(text.rstrip()) for edge in end.span()), len(text.rstrip())]
    sentences = list(zip(bounds[::2], bounds[1::2], strict=True))
    wholes: list[Span] = []
    for start, end in spans:
        begin, close = start, end
        if not _WHOLE.search(text[start:end]):
            begin = max((one for one, _ in sentences if one <= start), default=start)
            close = min((other for _, other in sentences if other >= end), default=end)
        if wholes and begin < wholes[-1][1]:
            wholes[-1] = (wholes[-1][0], max(close, wholes[-1][1]))
        else:
            wholes.append((begin, close))
    return [Passage(start, end, _marked(spans, start, end)) for start, end in wholes]


def _marked(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """The shortest pieces of evidence within a passage; none of them lies in another, and none is all of it."""
    inside = [span for span in spans if start <= span[0] and span[1] <= end and span != (start, end)]
    shortest = [one for one in inside
                if not any(other != one and one[0] <= other[0] and other[1] <= one[1] for other in inside)]
    apart: list[Span] = []
    for one in shortest:
        if not apart or one[0] >= apart[-1][1]:
            apart.append(one)
    return tuple(apart)
