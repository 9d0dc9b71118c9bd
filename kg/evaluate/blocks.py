"""The parts of a written report, and its forms: Markdown and one self-contained web page."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")


@dataclass(frozen=True)
class Heading:
    """A heading; `level` 1 is the title."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A line of prose."""

    text: str


@dataclass(frozen=True)
class Quote:
    """Words of a document; `marked` is the part that matters."""

    text: str
    marked: str = ""


@dataclass(frozen=True)
class Table:
    """Rows under columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Quote | Table
Escape = Callable[[str], str]

_STYLE = """\
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}
h2{border-top:1px solid #bbb;padding-top:1rem}table{border-collapse:collapse;margin:.5rem 0}
th,td{text-align:left;vertical-align:top;padding:.15rem .8rem .15rem 0;border-bottom:1px solid #ddd}
blockquote{margin:.4rem 0;padding-left:.8rem;border-left:3px solid #999;color:#444}mark{background:#ffe58a}"""


def markdown(blocks: Iterable[Block]) -> str:
    """The report as Markdown."""
    return "\n".join(_markdown_block(block) for block in blocks)


def web_page(blocks: Sequence[Block]) -> str:
    """The report as one web page that loads nothing."""
    title = next((block.text for block in blocks if isinstance(block, Heading)), "")
    body = "\n".join(map(_html_block, blocks))
    return (f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
            f"<style>\n{_STYLE}\n</style></head><body>\n{body}\n</body></html>\n")


def _markdown_block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {_plain(block.text)}\n"
    if isinstance(block, Paragraph):
        return f"{_plain(block.text)}\n"
    if isinstance(block, Quote):
        return f"> {_with_mark(block, _plain, '**', '**')}\n"
    rows = [block.columns, ("---",) * len(block.columns), *(tuple(map(_plain, row)) for row in block.rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def _html_block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level}>{html.escape(block.text)}</h{block.level}>"
    if isinstance(block, Paragraph):
        return f"<p>{html.escape(block.text)}</p>"
    if isinstance(block, Quote):
        return f"<blockquote>{_with_mark(block, html.escape, '<mark>', '</mark>')}</blockquote>"
    head = "".join(f"<th>{html.escape(name)}</th>" for name in block.columns)
    rows = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in block.rows)
    return f"<table><tr>{head}</tr>{rows}</table>"


def _with_mark(quote: Quote, escape: Escape, opening: str, closing: str) -> str:
    before, marked, after = quote.text.partition(quote.marked) if quote.marked else (quote.text, "", "")
    return escape(before) + (f"{opening}{escape(marked)}{closing}" if marked else "") + escape(after)


def _plain(text: str) -> str:
    """Words that Markdown shows as they are, on one line."""
    return _SPECIAL.sub(r"\\\1", re.sub(r"\s+", " ", text))
