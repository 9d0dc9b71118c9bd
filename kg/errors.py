"""Errors that a user can act on: each names the thing at fault, the place in it and the mend."""

from __future__ import annotations


class KGError(Exception):
    """Base of every error the package raises on purpose.

    `where` is the file, row or query at fault, `mend` one sentence on what to do about it.
    """

    def __init__(self, problem: str, *, where: str | None = None, mend: str | None = None) -> None:
        self.problem, self.where, self.mend = problem, where, mend
        super().__init__(str(self))

    def __str__(self) -> str:
        head = f"{self.where}: {self.problem}" if self.where else self.problem
        return f"{head} ({self.mend})" if self.mend else head


class DocumentError(KGError):
    """A document that could not be read; the rest of the run goes on."""


class KnowledgeError(KGError):
    """A broken file in `ontology/`, `seeds/` or `extract/lang/`."""


class WorkspaceError(KGError):
    """A workspace that is missing, locked or of another version."""


class QueryError(KGError):
    """A SPARQL query that does not parse, lacks a parameter or is not allowed."""
