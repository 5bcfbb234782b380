"""The packaged policy on texts as they are: what people write passes, what tools write does not."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import corpus_assets
from corpus_assets.curate.ledger import ledger
from corpus_assets.policy.gates import ALL
from corpus_assets.quality.scores import quality_scores
from corpus_assets.quality.signals import quality_signals
from corpus_assets.tables import empty
from corpus_assets_tests.curate.rows import AS_OF, LICENSES, POLICY, frame, resolution, stages
from corpus_assets_tests.sample_documents import documents_of

PACKAGE = Path(corpus_assets.__file__).parent
NAMES = [gate.name for gate in POLICY.gates]


def failures(files: list[tuple[str, str | None]]) -> list[tuple[str, str, str]]:
    """Path, stage and gate of the filter policy for every gate that a file fails."""
    documents = documents_of(files)
    signals = quality_signals(documents)
    rows = ledger(
        documents.drop("text"),
        signals,
        quality_scores(signals, POLICY),
        empty("secrets"),
        empty("contamination"),
        frame("duplicate_resolution", [
            resolution(name, language=language)
            for name, language in documents.select("content_id", "language").rows()
        ]),
        empty("unit_overlap"),
        empty("takedowns"),
        POLICY,
        LICENSES,
        stages(),
        AS_OF,
    )  # fmt: skip
    failed = rows.filter(~pl.col("passed"), pl.col("gate").is_in(NAMES))
    places = failed.join(documents.select("content_id", "path"), on="content_id")
    return places.select("path", "stage", "gate").sort("path", "stage", "gate").rows()


def test_our_own_code_passes_every_gate_of_quality() -> None:
    files: list[tuple[str, str | None]] = [
        (path.relative_to(PACKAGE).as_posix(), path.read_text(encoding="utf-8"))
        for folder in ("curate", "policy", "audit", "blend", "tables")
        for path in sorted((PACKAGE / folder).glob("*.py"))
        if path.name != "__init__.py"
    ]
    assert len(files) > 50
    # One of them is three lines under two docstrings.
    assert failures(files) == [("policy/errors.py", "fine_tuning", "comments")]


FOLD = "def fold(values):\n    total = 0\n    for value in values:\n        total += value\n"


@pytest.mark.parametrize(
    ("path", "text", "stage", "gate"),
    [
        ("a.py", FOLD + "    return total  # \u202e\u2066 x \u2069\n", ALL, "direction_controls"),
        ("a.py", FOLD + "    return total ++\n" * 2, "fine_tuning", "unparsable"),
        ("a.py", "print('one')\n" * 2 + FOLD.replace("total", "x"), "fine_tuning", None),
        ("a.py", "".join(f"print({n}, 'line {n}')\n" for n in range(9)), "fine_tuning", "printing"),
        ("a.py", "".join(f"class E{n}(Exception):\n    pass\n" for n in range(9)), "fine_tuning",
         "passes"),
        ("a.py", "".join(f"# TODO: write part {n}\nx{n} = None\n" for n in range(9)),
         "fine_tuning", "unfinished"),
        ("a.c", "".join(f"f(0x{n:x}, 0x{n * 7:x}, 0x{n * 9:x});\n" for n in range(99, 120)),
         "fine_tuning", "hex_words"),
        ("a.py", "".join(f"call(first, second, third, fourth, fifth, x{n // 12})\n"
                         for n in range(48)), "fine_tuning", "repetition"),
    ],
)  # fmt: skip
def test_what_the_stage_is_meant_to_lose(
    path: str, text: str, stage: str, gate: str | None
) -> None:
    found = {name for _, of_stage, name in failures([(path, text)]) if of_stage == stage}
    assert (gate in found) if gate else not found
