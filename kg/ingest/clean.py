"""Repairs a text before it is tokenised: mojibake, lost punctuation, odd white space; clean text is left as it is."""

from __future__ import annotations

import re

import ftfy

from kg.ingest.standins import repair

# Raised whenever the same input would be cleaned differently: documents keep the version that made their text.
CLEANER = "1"

_CONFIG = ftfy.TextFixerConfig(
    unescape_html="auto",
    uncurl_quotes=False,
    fix_character_width=False,
    normalization="NFC",
)
_LINE_END = re.compile(r"\r\n?|\u2028|\x85")
_ODD_SPACE = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")
# Joiners and direction marks belong to other scripts and to emoji; beside Latin letters they are debris.
_STRAY_JOINER = re.compile("(?:(?<=[\x00-\u024f])|^)[\u200c-\u200f\u202a-\u202e\u2066-\u2069]+(?=[\x00-\u024f]|$)")
# Windows-1252 has no letter for the last byte of a closing quotation mark, so that byte is the one that gets lost.
_CLOSING_CUT_SHORT = re.compile(r"â€(?=[\s.,;:!?)]|$)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def clean(text: str) -> str:
    """The text as its author meant it; idempotent, and equal to the input where nothing is broken."""
    text = _LINE_END.sub("\n", text).replace("\u2029", "\n\n").replace("\f", "\n")
    if text.isascii() and "&" not in text:
        return repair(_CONTROL.sub("", text))
    text = _CONTROL.sub("", ftfy.fix_text(_CLOSING_CUT_SHORT.sub("â€\x9d", text), _CONFIG))
    text = _STRAY_JOINER.sub("", _INVISIBLE.sub("", _ODD_SPACE.sub(" ", text)))
    return repair(text)
