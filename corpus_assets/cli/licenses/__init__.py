"""`corpus licenses`: what the license policy says, what a change would do, and what changed."""
