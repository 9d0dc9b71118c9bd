"""Reading files into documents."""

from kg.ingest.problems import OnProblem, Problem
from kg.ingest.reading import READERS, read_documents

__all__ = ["READERS", "OnProblem", "Problem", "read_documents"]
