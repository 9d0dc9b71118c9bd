"""Says whether a text is in a language that can be read."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_READABLE = "en"
# Below this many letters the identifier errs on lines that are mostly foreign names.
_ENOUGH_LETTERS = 120
_SURE, _SURE_OF_FEW_LETTERS = 0.95, 0.99
_SAMPLE = 20_000


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_problem(text: str) -> str | None:
    """Why a text cannot be read, None if it is English or too short to tell."""
    letters = re.findall(r"[^\W\d_]", text[:_SAMPLE])
    few = len(letters) < _ENOUGH_LETTERS and _mostly_latin(letters)
    language, probability = _identifier().classify(text[:_SAMPLE])
    if language == _READABLE or probability < (_SURE_OF_FEW_LETTERS if few else _SURE):
        return None
    return f"written in another language than English ({language})"


def _mostly_latin(letters: list[str]) -> bool:
    return sum(letter < "\u0250" for letter in letters) * 2 >= len(letters)
