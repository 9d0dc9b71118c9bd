"""Scoring extractions against gold."""
