"""Blending: which rows each stage is trained on, what they cost, and how sources compare."""
