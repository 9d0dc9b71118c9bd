"""What `kg doctor` looks at: each part of an installation, whether it is well, and what to do if not."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import NamedTuple

from kg.errors import KGError
from kg.settings import Settings, spare_cache

_DISTRIBUTION = "militant-kg"
_PYTHON = ((3, 11), (3, 13))
_REINSTALL = f"pip install --force-reinstall {_DISTRIBUTION}"


class Finding(NamedTuple):
    """One part of the installation; `mend` is empty where nothing is to be done."""

    ok: bool
    what: str
    found: str
    mend: str = ""


def examine(settings: Settings, workspace: str) -> list[Finding]:
    """Look at Python, packages, language model, knowledge, cache and workspace."""
    return [_python(), *_packages(), *(check(settings) for check in _KNOWLEDGE), _cache(settings.cache),
            _workspace(workspace)]


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    ok = _PYTHON[0] <= sys.version_info[:2] < _PYTHON[1]
    return Finding(ok, "Python", found, "" if ok else "use Python 3.11 or 3.12")


def _packages() -> Iterator[Finding]:
    try:
        needed = [line for line in requires(_DISTRIBUTION) or [] if "extra ==" not in line]
    except PackageNotFoundError:
        yield Finding(False, "packages", f"{_DISTRIBUTION} is not installed", f"pip install {_DISTRIBUTION}")
        return
    missing = [line for line in needed if not _installed(line)]
    for line in missing:
        yield Finding(False, "package", f"{line} is missing or of another version", f"pip install '{line}'")
    if not missing:
        yield Finding(True, "packages", f"all {len(needed)}")


def _installed(requirement: str) -> bool:
    """Whether a required distribution is there, and of the pinned version if one is pinned."""
    name, pinned = re.match(r"([\w.-]+)(?:==([\w.]+))?", requirement).groups()  # type: ignore[union-attr]
    try:
        found = version(name)
    except PackageNotFoundError:
        return False
    return pinned is None or found == pinned


def _model(settings: Settings) -> str:
    from kg.extract.language import load_pipeline

    meta = load_pipeline(settings.pipeline).meta
    return f"{settings.pipeline} {meta.get('version', '')}"


def _seeds(settings: Settings) -> str:
    from kg.gazetteer import load_gazetteer

    return f"{sum(1 for _ in load_gazetteer(settings).entries())} groups, forces, projects and weapons"


def _places(settings: Settings) -> str:
    from kg.placenames import load_places

    return f"{len(load_places(settings))} places"


def _ontology(settings: Settings) -> str:
    from kg.ontology import load_ontology

    found = load_ontology(settings)
    return f"{len(found.event_classes)} event classes, {len(found.relations)} relations"


def _examined(what: str, look: Callable[[Settings], str]) -> Callable[[Settings], Finding]:
    def check(settings: Settings) -> Finding:
        try:
            return Finding(True, what, look(settings))
        except KGError as error:
            return Finding(False, what, str(error), error.mend or _REINSTALL)
        except (OSError, ImportError, ValueError, LookupError, NotImplementedError) as error:
            return Finding(False, what, f"{type(error).__name__}: {error}", _REINSTALL)
    return check


_KNOWLEDGE = (
    _examined("language model", _model),
    _examined("seeds", _seeds),
    _examined("places", _places),
    _examined("ontology", _ontology),
)


def _cache(folder: Path) -> Finding:
    barred = _unwritable(folder)
    if not barred:
        return Finding(True, "cache", str(folder))
    spare = spare_cache()
    mend = f"make {folder} writable"
    if _unwritable(spare):
        return Finding(False, "cache", f"neither {folder} nor {spare} can be written: {barred}", mend)
    return Finding(True, "cache", f"{spare}, as {folder} cannot be written ({barred})", mend)


def _unwritable(folder: Path) -> str | None:
    """Why nothing can be written in a folder; None if it can."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / ".written").write_bytes(b"")
        (folder / ".written").unlink()
    except OSError as error:
        return error.strerror
    return None


def _workspace(folder: str) -> Finding:
    from kg.workspace import Workspace

    if not Path(folder).exists():
        return Finding(True, "workspace", f"{folder}: none yet; `kg build PATH` makes one")
    try:
        with Workspace.open(Path(folder)) as opened:
            counts = opened.counts()
    except KGError as error:
        return Finding(False, "workspace", str(error), error.mend or "")
    if counts.pending:
        return Finding(False, "workspace", f"{counts.pending} documents are not in the graph", "run `kg build` again")
    return Finding(True, "workspace", f"{folder}: {counts.documents} documents, {counts.events} reported events")
