"""Reads the data files of this room."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

from kg.errors import KnowledgeError

T = TypeVar("T")


def read_knowledge(path: Path, shape: type[T]) -> T:
    """A YAML file of this room in its shape."""
    try:
        return msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), shape)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise KnowledgeError(str(error), where=str(path), mend="restore the file from the distribution") from error
