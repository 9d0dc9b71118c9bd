"""Gets the extractions that belong to labelled documents: from JSON Lines, or by extracting the labelled texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePath

import msgspec

from kg.evaluate.gold import GoldDocument, GoldError
from kg.records import Document, Extraction, decode

ExtractFile = Callable[[str, str | None], Iterable[Extraction]]


def read_predictions(lines: Iterable[str], *, source: str) -> dict[str, Extraction]:
    """The extractions of some JSON Lines by the stem of their document's source; the first of each name counts.

    Raises GoldError, with the line, for one that is no extraction.
    """
    found: dict[str, Extraction] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            extraction = decode(line, Extraction)
        except msgspec.MsgspecError as error:
            mend = "give what `kg extract` prints"
            raise GoldError(f"no extraction: {error}", where=f"{source}:{number}", mend=mend) from error
        found.setdefault(stem(extraction.document), extraction)
    return found


def extract_gold(gold: Sequence[GoldDocument], extract: ExtractFile) -> dict[str, Extraction]:
    """Extract the texts of the labels; `extract` is given a file and the publication day of texts that name none."""
    found: dict[str, Extraction] = {}
    for document in gold:
        for extraction in extract(document.file, document.labels.published):
            found.setdefault(document.id, extraction)
    return found


def stem(document: Document) -> str:
    """The name under which the labels know a document: the last part of its source, without its ending."""
    return PurePath(document.source.split("?")[0].rstrip("/")).stem


def nothing(gold: GoldDocument) -> Extraction:
    """The extraction of a document that has none: nothing was found."""
    return Extraction(document=Document(id="", source=gold.id, text=gold.text))
