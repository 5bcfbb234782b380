"""The history of a git repository as tables: commits, changed files, contents of both sides."""
