"""Finds files, reads them with the reader of their format, cleans them and hands them on one by one."""

from __future__ import annotations

import glob
import hashlib
import io
import logging
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from kg.errors import DocumentError
from kg.ingest.draft import Draft, iso_day
from kg.ingest.formats import Reader, read_csv, read_html, read_json, read_jsonl, read_markdown, read_text
from kg.ingest.problems import OnProblem, Problem
from kg.records import Document
from kg.settings import Settings

log = logging.getLogger(__name__)

READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".csv": read_csv,
    ".tsv": read_csv,
}
STANDARD_INPUT = "-"
_OPENING = 512
# An opening bracket alone may begin a text ("[Updated] …").
_JSON_ARRAY = re.compile(rb"\[\s*[\[{]")


def read_documents(
    paths: Sequence[str],
    *,
    settings: Settings,
    on_problem: OnProblem,
    published: str | None = None,
) -> Iterator[Document]:
    """The documents of files, folders, patterns and standard input (`-`), in order, one at a time.

    `published` is the publication day of documents that name none themselves. What cannot be read goes to
    `on_problem`, and the rest goes on.
    """
    for path in paths:
        for file in find_files(path, on_problem):
            try:
                yield from _documents(file, settings, on_problem, published)
            except DocumentError as error:
                on_problem(Problem(error.where or file, None, error.problem, error.mend or "look at the file"))
            except OSError as error:
                on_problem(Problem(file, None, error.strerror or str(error), "check the file and its permissions"))
            except Exception as error:  # whatever a strange file sets off in a reader, the other files are read
                log.debug("%s", file, exc_info=True)
                on_problem(_unforeseen(file, None, error))


def _unforeseen(where: str, line: int | None, error: Exception) -> Problem:
    return Problem(where, line, f"reading failed: {type(error).__name__}: {error}", "please report this file")


def find_files(path: str, on_problem: OnProblem) -> Iterator[str]:
    """The files a path stands for: itself, the readable files of a folder (sorted), the matches of a pattern."""
    if path == STANDARD_INPUT or (Path(path).exists() and not Path(path).is_dir()):
        yield path
        return
    if Path(path).is_dir():
        found = list(_files_below(path))
        missing = f"no file that can be read in this folder ({' '.join(READERS)})"
    elif glob.has_magic(path):
        matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 - a pattern may be absolute, Path.glob's not
        found = [file for match in matches for file in (_files_below(match) if Path(match).is_dir() else [match])]
        missing = "no file matches this pattern"
    else:
        found, missing = [], "no such file or folder"
    if not found:
        on_problem(Problem(path, None, missing, "check the path"))
    yield from found


def _files_below(folder: str) -> Iterator[str]:
    """The files of a folder and its folders that have a reader; hidden ones are passed over."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.startswith("."):
                continue
            if Path(name).suffix.lower() in READERS:
                yield str(Path(place, name))
            else:
                log.info("%s: passed over, no reader for this kind of file", Path(place, name))


def _documents(file: str, settings: Settings, on_problem: OnProblem, published: str | None) -> Iterator[Document]:
    if file == STANDARD_INPUT:
        stream = io.BufferedReader(sys.stdin.buffer)  # type: ignore[type-var]  # any binary stream will do
        yield from _read(stream, file, _sniffed(stream.peek(_OPENING)), settings, on_problem, published)
        return
    with Path(file).open("rb") as opened:
        reader = READERS.get(Path(file).suffix.lower()) or _sniffed(opened.peek(_OPENING))
        yield from _read(opened, file, reader, settings, on_problem, published)


def _sniffed(opening: bytes) -> Reader:
    """The reader for what has no telling name, by how it begins; plain text unless it is JSON or a web page."""
    opening = opening[:_OPENING].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if _JSON_ARRAY.match(opening):
        return read_json
    if opening.startswith(b"{"):
        return read_jsonl if opening.startswith(b'{"') else read_json
    return read_html if opening.startswith((b"<!doctype html", b"<html", b"<?xml")) else read_text


def _read(stream: BinaryIO, file: str, reader: Reader, settings: Settings, on_problem: OnProblem,
          published: str | None) -> Iterator[Document]:
    for draft in reader(stream, file, settings.max_bytes, on_problem):
        try:
            document = _finish(draft, on_problem, published)
        except Exception as error:  # as above: the other rows are read
            log.debug("%s", draft.where, exc_info=True)
            on_problem(_unforeseen(draft.where, draft.line, error))
            continue
        if document is not None:
            yield document


def _finish(draft: Draft, on_problem: OnProblem, published: str | None) -> Document | None:
    """A draft cleaned and checked, or None after its problem was told."""
    from kg.ingest.clean import CLEANER, clean
    from kg.ingest.language import language_problem

    def tell(reason: str, mend: str) -> None:
        on_problem(Problem(draft.where, draft.line, reason, mend))

    text = clean(draft.text)
    if not text.strip():
        tell("no text", "leave it out, or look whether the text was lost before")
        return None
    if reason := language_problem(text):
        tell(reason, "only English can be read so far")
        return None
    return Document(
        id=hashlib.sha256(text.encode()).hexdigest(),
        source=draft.source,
        title=draft.title and clean(draft.title),
        publisher=draft.publisher and clean(draft.publisher),
        published=_day(draft.published, tell) if draft.published else published,
        text=text,
        raw_sha256=hashlib.sha256(draft.raw).hexdigest(),
        cleaner=CLEANER,
        origin=None if draft.line or draft.where == STANDARD_INPUT else os.path.abspath(draft.where),  # noqa: PTH100
    )


def _day(value: str, tell: Callable[[str, str], None]) -> str | None:
    """The publication day; of a value that is none the document is kept and the loss is told."""
    day = iso_day(value)
    if day is None:
        tell(f"published {value!r} is no day; the document was read without it", "write it as YYYY-MM-DD")
    return day
