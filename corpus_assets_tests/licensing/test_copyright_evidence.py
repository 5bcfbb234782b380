"""Table copyrights: which documents have rows, and which."""

from __future__ import annotations

from corpus_assets.licensing.copyright_evidence import MAX_STATEMENTS, copyright_evidence
from corpus_assets_tests.sample_documents import documents_of


def test_a_document_has_a_row_for_each_different_statement() -> None:
    text = "# Copyright 2020 Ada\n# Copyright 2021 Bo\n\n# Copyright 2020 Ada\n"
    documents = documents_of([("a.py", text), ("b.py", "print('copyright')\n"), ("c.bin", None)])
    found = copyright_evidence(documents)
    assert found.select("ordinal", "statement", "start_line").rows() == [
        (0, "Copyright 2020 Ada", 1),
        (1, "Copyright 2021 Bo", 2),
    ]
    assert found["content_id"].unique().to_list() == [documents["content_id"][0]]
    assert copyright_evidence(documents.clear()).equals(found.clear())


def test_a_list_of_other_peoples_licenses_is_bounded() -> None:
    text = "\n".join(f"Copyright {1990 + number % 30} Holder {number}" for number in range(900))
    assert copyright_evidence(documents_of([("LICENSES", text)])).height == MAX_STATEMENTS
