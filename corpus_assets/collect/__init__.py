"""Collecting: from packages, repositories, dumps and deliveries to occurrences and contents."""
