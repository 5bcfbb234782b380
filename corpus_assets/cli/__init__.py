"""The `corpus` command: one module per verb, each thin over the packages that do the work."""
