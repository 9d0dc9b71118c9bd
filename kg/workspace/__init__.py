"""The folder that holds one analyst's work."""
