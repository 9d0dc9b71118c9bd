"""News text about militant violence, as a knowledge graph whose every fact points at its sentence."""
