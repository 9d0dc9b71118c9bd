"""The folder that holds one analyst's work."""

from kg.workspace.copies import precedence
from kg.workspace.members import EVENT, STORY, Found, Member, Members
from kg.workspace.things import Connected, Things
from kg.workspace.ties import Ties
from kg.workspace.workspace import Counts, Workspace

__all__ = ["EVENT", "STORY", "Connected", "Counts", "Found", "Member", "Members", "Things", "Ties", "Workspace",
           "precedence"]
