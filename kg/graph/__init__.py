"""The RDF graph: facts, assertions and provenance."""
