"""Audit: takedowns, the reviewer's queue, and figures and checks of the current release."""
