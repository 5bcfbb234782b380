"""Facts about duplicates: verified pairs and clusters. Which member is kept is decided in curate."""
