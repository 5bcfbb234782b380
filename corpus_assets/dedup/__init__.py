"""Facts about duplicates: verified pairs, exact copies, clone units. Who is kept: see curate."""
