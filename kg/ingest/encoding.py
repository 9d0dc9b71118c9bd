"""Turns the bytes of a file into text, or says why they are none."""

from __future__ import annotations

import codecs
import re

from kg.errors import DocumentError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FORMATS = (
    (b"%PDF", "a PDF file", "turn it into text first, for example with pdftotext"),
    (b"PK\x03\x04", "a ZIP archive or an office document", "save it as plain text or HTML first"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"\x89PNG", "a picture", "only text can be read"),
    (b"\xff\xd8\xff", "a picture", "only text can be read"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "save it as plain text or HTML first"),
    (b"SQLite format 3", "a database", "export the texts as JSON Lines or CSV first"),
)
_BINARY = re.compile(rb"[\x00-\x06\x0e-\x1a\x7f]")
_UNDEFINED_IN_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_HIGH = re.compile(rb"[\x80-\xff]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_RESAVE = "save it as UTF-8"


def decode(data: bytes, *, where: str, declared: str | None = None) -> str:
    """The text of a file: by its byte order mark, as UTF-8, as `declared` in its head, or as Windows-1252.

    A UTF-8 text with a few broken bytes keeps U+FFFD in their place. Raises DocumentError for anything else.
    """
    _refuse_other_formats(data, where)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_as(data, encoding, where)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _BINARY.search(data):
        raise DocumentError("binary data, not text", where=where, mend="only text can be read")
    if declared:
        return _decode_as(data, declared, where)
    if 3 * len(_MULTIBYTE.findall(data)) > len(_HIGH.findall(data)) / 2:
        return data.decode("utf-8", errors="replace")
    if not _plausible_cp1252(data):
        raise DocumentError("neither UTF-8 nor Western European text", where=where, mend=_RESAVE)
    return data.decode("cp1252")


def _refuse_other_formats(data: bytes, where: str) -> None:
    for magic, name, mend in _FORMATS:
        if data.startswith(magic):
            raise DocumentError(f"this is {name}", where=where, mend=mend)
    if b"\x00" in data and not data.startswith(tuple(bom for bom, _ in _BOMS)):
        raise DocumentError("binary data, not text", where=where, mend="only text can be read; UTF-16 needs its mark")


def _decode_as(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise DocumentError(f"not the {encoding} text it says it is", where=where, mend=_RESAVE) from error


def _plausible_cp1252(data: bytes) -> bool:
    """Whether bytes above 127 are as rare as accents and typographic marks in English (under one in ten, or a few)."""
    high = len(_HIGH.findall(data))
    return not _UNDEFINED_IN_CP1252.search(data) and high <= max(len(data) // 10, min(5, len(data) // 3))
