"""Curation: facts about documents, and the choices made between them."""
