"""Pairs: rows for fine-tuning and evaluation that join a problem with its answer."""
