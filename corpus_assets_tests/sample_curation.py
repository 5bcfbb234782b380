"""What the steps would conclude from the files of the sample lake, table by table.

Belongs here: the rows of every table, agreeing with one another. The files are in
`sample_lake.py`. Columns that no test looks at get the empty value of their type.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import polars as pl

from corpus_assets.blend.mix import training_mix
from corpus_assets.blend.plan import mix_plan
from corpus_assets.licensing.copyright_evidence import copyright_evidence
from corpus_assets.licensing.copyrights import copyright_statements
from corpus_assets.pairs.problem_solution import pairs
from corpus_assets.parse.tokens import count_tokens
from corpus_assets.policy.filters import load_filter_policy
from corpus_assets.policy.mixes import MixSpec
from corpus_assets.tables import TABLES, empty
from corpus_assets_tests import sample_measures

if TYPE_CHECKING:
    from corpus_assets_tests.sample_lake import File

COMMON = ("decoded", "not_generated", "no_secrets", "not_duplicate")
_EMPTY: dict[Any, Any] = {pl.Int64: 0, pl.Float64: 0.0, pl.Boolean: False, pl.String: ""}

Named = tuple[str, pl.DataFrame, tuple[str, ...]]


def rows(table: str, items: Iterable[dict[str, Any]]) -> pl.DataFrame:
    """The items as a frame of the table's schema; what they leave out is empty, not null."""
    schema = TABLES[table].schema
    blank = {name: _EMPTY.get(dtype, []) for name, dtype in schema.items()}
    return pl.DataFrame([{**blank, **item} for item in items], schema=schema)


_UNITS = empty("unit_overlap").lazy(), load_filter_policy().unit_duplicates


def frames(files: list[File], spec: MixSpec) -> Iterator[Named]:
    """Every table with the names of the tables it is made from, inputs first."""
    made: dict[str, pl.DataFrame] = {}
    for table, frame, inputs in (*_facts(files), *_verdicts(files, spec)):
        made[table] = frame
        yield table, frame, inputs
    languages = sorted(made["curated_documents"]["language"].unique())
    parts = [
        pairs(*(made[n] for n in ("tasks", "submissions", "occurrences", "documents")),
              made["curated_documents"], language)
        for language in languages
    ]  # fmt: skip
    made["pairs"] = pl.concat(parts)
    yield "pairs", made["pairs"], ("tasks", "submissions", "curated_documents")
    supply = made["curated_documents"].lazy(), made["pairs"].lazy()
    plans = {stage: mix_plan(spec, stage, *supply) for stage in spec.stages}
    yield "mix_plan", pl.concat(plans.values()), ("curated_documents", "pairs")
    mixes = [training_mix(spec, stage, plan, *supply, *_UNITS) for stage, plan in plans.items()]
    yield "training_mix", pl.concat(mixes), ("mix_plan", "curated_documents", "pairs")
    yield from sample_measures.frames(made)


def _facts(files: list[File]) -> Iterator[Named]:
    yield "revisions", rows("revisions", _revisions(files)), ()
    size = {"language_name": "name"}
    places = [
        {**f.place, **size, "content_id": f.content_id, "language": f.language,
         "size_bytes": len(f.data)}
        for f in files
    ]  # fmt: skip
    yield "occurrences", rows("occurrences", places), ("revisions",)
    contents = [
        {"content_id": f.content_id, "language": f.language, "data": f.data, "encoding": "utf-8",
         "sha256": hashlib.sha256(f.data).hexdigest(), "size_bytes": len(f.data)}
        for f in _distinct(files)
    ]  # fmt: skip
    yield "contents", rows("contents", contents), ("revisions",)
    link = {**files[0].place, "path": "link.py", "reason": "symlink", "detail": "link to outside"}
    yield "quarantine", rows("quarantine", [link]), ("revisions",)
    yield "tasks", rows("tasks", map(_task, _solutions(files))), ("revisions",)
    yield "submissions", rows("submissions", map(_submission, _solutions(files))), ("revisions",)
    documents = [
        {**f.place, "content_id": f.content_id, "language": f.language, "language_name": "name",
         "n_occurrences": 1, "decode_state": "ok", "encoding": "utf-8", "decode_issues": [],
         "text": f.text,
         "size_bytes": len(f.data), "source_categories": [f.category]}
        for f in _distinct(files)
    ]  # fmt: skip
    yield "documents", rows("documents", documents), ("occurrences", "contents")
    by_place = {(f.origin, f.path): f.text for f in files}
    claims = [
        {**f.place, "content_id": f.content_id, "language": f.language, "kind": "license_file",
         "license_expression": f.expression, "evidence_path": "LICENSE", "detector": "sample",
         "statement_kind": "text",
         "copyrights": copyright_statements(by_place.get((f.origin, "LICENSE"), ""))}
        for f in files if f.expression
    ]  # fmt: skip
    yield "license_claims", rows("license_claims", claims), ("documents", "occurrences")
    yield "copyrights", copyright_evidence(rows("documents", documents)), ("documents",)
    concluded = [
        {**f.place, **_license(f), "content_id": f.content_id, "language": f.language,
         "license_declared": f.expression, "license_elected": None, "basis": "license_file",
         "reason": f"{f.state} by rule"}
        for f in files
    ]  # fmt: skip
    yield "license_conclusions", rows("license_conclusions", concluded), ("license_claims",)


def _verdicts(files: list[File], spec: MixSpec) -> Iterator[Named]:
    documents = _distinct(files)
    original = next(f for f in documents if f.path == "src/alpha3.py")
    copy = next(f for f in documents if f.path == "vendor/alpha3.py")
    first, second = sorted((original.content_id, copy.content_id))
    near = {"content_id_a": first, "content_id_b": second, "language": "python",
            "similarity": 0.97, "containment": 1.0}  # fmt: skip
    yield "near_duplicates", rows("near_duplicates", [near]), ("documents",)
    signals = [
        {**_of(f), "n_tokens": _tokens(f), "n_lines": f.text.count("\n"),
         "is_generated": "DO NOT EDIT" in f.text, "n_bytes": len(f.data)}
        for f in documents
    ]  # fmt: skip
    yield "quality_signals", rows("quality_signals", signals), ("documents",)
    scores = [{**_of(f), "score": _score(f), "model_version": "1"} for f in documents]
    yield "quality_scores", rows("quality_scores", scores), ("quality_signals",)
    keyed = next(f for f in documents if f.path == "src/with_key.py")
    secret = {**_of(keyed), "finding_id": "f1", "kind": "password", "rule": "sample",
              "confidence": "high", "start_line": 1, "end_line": 1}  # fmt: skip
    yield "secrets", rows("secrets", [secret]), ("documents",)
    kept = {f.content_id: f.content_id for f in documents} | {copy.content_id: original.content_id}
    clusters = [
        {**_of(f), **_license(f), "cluster_id": first if f in (original, copy) else f.content_id,
         "cluster_size": 2 if f in (original, copy) else 1, "is_kept": f is not copy,
         "kept_content_id": kept[f.content_id], "reason": "earliest origin",
         "similarity_to_kept": 0.97 if f is copy else 1.0, "license_reason": f"{f.state} by rule"}
        for f in documents
    ]  # fmt: skip
    yield "duplicate_resolution", rows("duplicate_resolution", clusters), ("near_duplicates",)
    ledger = [verdict for f in documents for verdict in _judged(f, f is copy, spec)]
    yield "ledger", rows("ledger", ledger), ("duplicate_resolution", "quality_signals", "secrets")
    failed = {v["content_id"] for v in ledger if not v["passed"] and v["stage"] == "all"}
    barred = {(v["content_id"], v["stage"]) for v in ledger if not v["passed"]}
    curated = [
        {**f.place, **_of(f), **_license(f), "quality_score": _score(f), "n_tokens": _tokens(f),
         "n_bytes": len(f.data), "split_group": _group(f),
         "stages": sorted(s for s in spec.stages if (f.content_id, s) not in barred)}
        for f in documents if f.content_id not in failed
    ]  # fmt: skip
    yield "curated_documents", rows("curated_documents", curated), ("ledger", "documents")


def _judged(file: File, is_copy: bool, spec: MixSpec) -> Iterator[dict[str, Any]]:
    failing = {
        "not_generated": "DO NOT EDIT" in file.text,
        "no_secrets": file.path == "src/with_key.py",
        "not_duplicate": is_copy,
    }
    common = [(gate, "all", not failing.get(gate, False), "0.97", "0.85") for gate in COMMON]
    stages = [
        ("license_state", stage, file.state in item.license_states
         and file.license_class in item.license_classes, file.state, "granted")
        for stage, item in spec.stages.items()
    ]  # fmt: skip
    first: dict[str, bool] = {}
    common_failed = any(not passed for _, _, passed, _, _ in common)
    for order, (gate, stage, passed, value, threshold) in enumerate([*common, *stages]):
        is_first = not passed and not first.get(stage) and (stage == "all" or not common_failed)
        first[stage] = first.get(stage, False) or not passed
        yield {**_of(file), "stage": stage, "gate": gate, "gate_order": min(order, len(COMMON)),
               "passed": passed, "value": value, "threshold": threshold,
               "is_first_failure": is_first, "rule_version": "1"}  # fmt: skip


def _revisions(files: list[File]) -> Iterator[dict[str, Any]]:
    for file in {f.origin: f for f in files}.values():
        members = [f for f in files if f.origin == file.origin]
        place = {key: value for key, value in file.place.items() if key != "path"}
        bad = int(file.origin == files[0].origin)
        yield {**place, "connector": "sample", "n_files": len(members) + bad,
               "n_quarantined": bad, "n_bytes": sum(len(f.data) for f in members)}  # fmt: skip


def _solutions(files: list[File]) -> list[File]:
    return [f for f in files if f.path.rpartition("/")[2].startswith("solution.")]


def _task(file: File) -> dict[str, Any]:
    statement = f"Write {file.origin} number {_number(file)}."
    return {**file.place, "task_id": f"task-{_number(file)}", "language": file.language,
            "statement": statement, "kind": "write"}  # fmt: skip


def _submission(file: File) -> dict[str, Any]:
    number = _number(file)
    return {
        **file.place, "submission_id": f"sub-{number}", "task_id": f"task-{number}",
        "solution_paths": [file.path],
        "test_paths": [file.path.replace("solution.py", "test_solution.py")],
        "ai_assist": "generated" if number == 4 else "none",
        "state": "rejected" if number == 5 else "accepted",
        "n_approvals": 2, "has_senior_review": file.category == "freelance" and number != 3,
    }  # fmt: skip


def _number(file: File) -> int:
    return int(file.path.split("/")[-2])


def _group(file: File) -> str:
    return f"{file.origin}/{_number(file)}" if "/" in file.path[8:] else file.origin


def _of(file: File) -> dict[str, str]:
    return {"content_id": file.content_id, "language": file.language}


def _license(file: File) -> dict[str, Any]:
    agreed = file.category in ("commercial", "freelance", "in_house")
    evidence = "contract" if agreed else "file"
    return {"license_concluded": file.expression, "license_state": file.state,
            "license_class": file.license_class,
            "license_evidence": evidence if file.state == "granted" else "none"}  # fmt: skip


def _score(file: File) -> float:
    return 0.3 + file.text.count("\n") % 7 / 10


def _tokens(file: File) -> int:
    return int(count_tokens(pl.Series([file.text]))[0])


def _distinct(files: list[File]) -> list[File]:
    return list({f.content_id: f for f in reversed(files)}.values())
