"""Strict YAML policy and configuration: what users may set, with its models and loaders."""
