"""Sources: one collecting asset per category, and the documents they feed."""
