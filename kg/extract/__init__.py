"""Finding what a document asserts."""
