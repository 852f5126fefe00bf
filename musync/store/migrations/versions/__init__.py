"""The revisions, each knowing only the one before it."""
