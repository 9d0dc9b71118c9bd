"""One reader per file format: an open file in, drafts out."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from kg.errors import DocumentError
from kg.ingest.draft import Draft, Fields, broken_head, front_matter, named
from kg.ingest.encoding import decode
from kg.ingest.markdown import readable
from kg.ingest.problems import OnProblem, Problem

Reader = Callable[[BinaryIO, str, int, OnProblem], Iterator[Draft]]
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]+)", re.IGNORECASE)
_OPENING_BYTES = 65_536


def read_text(file: BinaryIO, where: str, max_bytes: int, on_problem: OnProblem) -> Iterator[Draft]:
    """One document per file, with front matter if it has any."""
    data = _whole(file, where, max_bytes)
    head, body = _head(decode(data, where=where), where, on_problem)
    yield _draft(head, body, data, where)


def read_markdown(file: BinaryIO, where: str, max_bytes: int, on_problem: OnProblem) -> Iterator[Draft]:
    """One document per file; the signs of Markdown are taken out of the running text."""
    data = _whole(file, where, max_bytes)
    head, body = _head(decode(data, where=where), where, on_problem)
    yield _draft(head, readable(body), data, where)


def read_html(file: BinaryIO, where: str, max_bytes: int, on_problem: OnProblem) -> Iterator[Draft]:
    """The main text of a web page with its title, site and date; raises DocumentError if the page has none."""
    from trafilatura import bare_extraction

    data = _whole(file, where, max_bytes)
    declared = _CHARSET.search(data[:4096])
    page = decode(data, where=where, declared=declared.group(1).decode() if declared else None)
    found = bare_extraction(page, include_comments=False, include_tables=False, with_metadata=True,
                            date_extraction_params={"original_date": True, "extensive_search": False})
    if found is None or isinstance(found, dict) or not found.text:
        raise DocumentError("no article text on this page", where=where, mend="save the article's text as .txt")
    yield Draft(text=found.text, raw=data, source=where, where=where, title=found.title or None,
                publisher=found.sitename or None, published=found.date or None)


def read_jsonl(file: BinaryIO, where: str, max_bytes: int, on_problem: OnProblem) -> Iterator[Draft]:
    """One document per line: an object with `text` and, as known, id, source, title, publisher, published."""
    for number, line in enumerate(_lines(file, max_bytes), start=1):
        if not line.strip(b"\xef\xbb\xbf \t\r\n"):
            continue
        try:
            yield _json_row(line, where, number, max_bytes)
        except DocumentError as error:
            on_problem(Problem(where, number, error.problem, error.mend or "correct the line"))


def read_json(file: BinaryIO, where: str, max_bytes: int, on_problem: OnProblem) -> Iterator[Draft]:
    """One document per object of a JSON array, or a single one; raises DocumentError if the file holds neither."""
    data = _whole(file, where, max_bytes)
    try:
        found = json.loads(decode(data, where=where))
    except (json.JSONDecodeError, RecursionError) as error:
        raise DocumentError(f"not JSON: {error}", where=where, mend="correct the file") from error
    for number, row in enumerate(found if isinstance(found, list) else [found], start=1):
        try:
            yield _json_draft(row, where, number)
        except DocumentError as error:
            on_problem(Problem(where, None, f"object {number}: {error.problem}", error.mend or "correct the object"))


def read_csv(file: BinaryIO, where: str, max_bytes: int, on_problem: OnProblem) -> Iterator[Draft]:
    """One document per row of a table with a header; the column with the text is found by its name.

    Raises DocumentError, naming the columns there are, if none is known to hold text.
    """
    csv.field_size_limit(max(max_bytes, csv.field_size_limit()))
    table = _table(file, where)
    columns = list(table.fieldnames or [])
    names = named(columns)
    if "text" not in names:
        mend = "call the column with the text `text`"
        raise DocumentError(f"no text column among {', '.join(columns) or 'no columns'}", where=where, mend=mend)
    try:
        for row in table:
            yield from _table_row(row, names, where, table.line_num, on_problem)
    except csv.Error as error:
        raise DocumentError(f"broken after line {table.line_num}: {error}", where=where, mend="correct it") from error


def _head(text: str, where: str, on_problem: OnProblem) -> tuple[Fields, str]:
    """Front matter and the text below it; of a head that cannot be read the document is kept and the loss is told."""
    head, body = front_matter(text)
    if body is text and broken_head(text):
        mend = "write `key: value` lines between two lines of three hyphens"
        on_problem(Problem(where, 1, "the lines at the head were read as text", mend))
    return head, body


def _whole(file: BinaryIO, where: str, max_bytes: int) -> bytes:
    data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        limit = f"larger than {max_bytes:,} bytes"
        raise DocumentError(limit, where=where, mend="split it, or turn it into JSON Lines with one report a line")
    return data


def _lines(file: BinaryIO, max_bytes: int) -> Iterator[bytes]:
    """Lines of bounded length: of one beyond the limit the first part comes, the rest is passed over."""
    while line := file.readline(max_bytes + 1):
        yield line
        while len(line) > max_bytes and not line.endswith(b"\n"):
            line = file.readline(max_bytes + 1)


def _json_row(line: bytes, where: str, number: int, max_bytes: int) -> Draft:
    if len(line) > max_bytes:
        raise DocumentError(f"a line longer than {max_bytes:,} bytes", mend="split it")
    try:
        row = json.loads(decode(line, where=where))
    except json.JSONDecodeError as error:
        raise DocumentError(f"not JSON: {error.msg} at column {error.colno}", mend="correct the line") from error
    except RecursionError as error:
        raise DocumentError("nested too deeply", mend='write {"text": …}') from error
    return _json_draft(row, where, number)


def _json_draft(row: object, where: str, number: int) -> Draft:
    if not isinstance(row, dict):
        raise DocumentError("not a JSON object", mend='write one object a line: {"text": …}')
    fields = Fields(row, named(list(row)))
    text = row.get(fields.names.get("text", ""))
    if not isinstance(text, str):
        found = ", ".join(row) or "none"
        raise DocumentError(f"no field with text (fields: {found})", mend="call the field with the text `text`")
    return _draft(fields, text, text.encode("utf-8", "surrogatepass"), where, number)


def _table(file: BinaryIO, where: str) -> csv.DictReader[str]:
    opening = file.read(_OPENING_BYTES)
    whole_lines = opening[:opening.rfind(b"\n") + 1] or opening
    encoding = _table_encoding(whole_lines, where)
    header = whole_lines.decode(encoding, "replace").split("\n", 1)[0]
    file.seek(0)
    stream = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    return csv.DictReader(stream, delimiter=max(",;\t|", key=header.count))


def _table_encoding(opening: bytes, where: str) -> str:
    if opening.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    decode(opening, where=where)
    try:
        opening.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _table_row(row: dict[str, str], names: dict[str, str], where: str, line: int,
               on_problem: OnProblem) -> Iterator[Draft]:
    if None in row:
        on_problem(Problem(where, line, "more cells than the table has columns", "put quotation marks around the text"))
        return
    text = row[names["text"]]
    if text is None:
        on_problem(Problem(where, line, "the row ends before the text", "complete the row"))
        return
    yield _draft(Fields(row, names), text, text.encode(), where, line)


def _draft(fields: Fields, text: str, raw: bytes, where: str, line: int | None = None) -> Draft:
    place = f"{where}:{line}" if line else where
    return Draft(text=text, raw=raw, source=fields.get("source") or fields.get("id") or place, where=where, line=line,
                 title=fields.get("title"), publisher=fields.get("publisher"), published=fields.get("published"))
