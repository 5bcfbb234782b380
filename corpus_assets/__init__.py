"""corpus_assets: collect, curate, blend, serve and audit code data for training language models."""
