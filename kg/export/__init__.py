"""Writing the graph for other tools."""
