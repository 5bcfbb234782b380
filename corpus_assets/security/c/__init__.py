"""Weaknesses of C and C++ by reading one function after the other, in the order of its text.

Belongs here: `program` (what a function declares, calls, assigns and compares), `taint` (which
names hold input from outside), and the rules, grouped by subject. There is no model of memory or
paths: a name that stands in a condition counts as checked from there on. So findings are evidence
with a confidence, and silence proves nothing.
"""
