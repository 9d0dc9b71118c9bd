"""The folder that holds one analyst's work."""

from kg.workspace.workspace import Counts, Workspace

__all__ = ["Counts", "Workspace"]
