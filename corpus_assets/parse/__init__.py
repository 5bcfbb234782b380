"""Reading documents: decoding, language, syntax trees, units, tokens."""
