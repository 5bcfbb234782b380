"""`corpus scan`: one detector on any folder, without lake or configuration."""
