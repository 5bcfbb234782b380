"""Secrets: precision and recall on planted ones, spans, and that the secret itself is gone."""

import ast
import hashlib
import hmac
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

import corpus_assets
from corpus_assets.security.secrets import secrets
from corpus_assets.tables import TABLES
from corpus_assets_tests.sample_documents import documents_of
from corpus_assets_tests.security.planted import Planted, Planter

KEY = bytes(range(32))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rules")


def scan(files: list[Planted], cache: Path) -> pl.DataFrame:
    documents = documents_of([(file.path, file.text) for file in files])
    return secrets(documents, KEY, cache).join(
        documents.select("content_id", "path", "text"), on="content_id", maintain_order="left"
    )


@pytest.mark.parametrize("seed", [3, 2026])
def test_precision_and_recall(seed: int, cache: Path) -> None:
    planter = Planter(seed)
    planted, look_alikes = planter.secrets(), planter.look_alikes()
    files = [*planted, *look_alikes]
    found = scan(files, cache)
    numbers = {int(content_id.rsplit(":", 1)[-1], 16) for content_id in found["content_id"]}
    true = {number for number in numbers if files[number].kind is not None}
    assert len(true) / len(planted) >= 0.95, [
        f.path for f in planted if f.path not in found["path"]
    ]
    assert len(true) / len(numbers) >= 0.97, [files[n] for n in numbers - true]
    kinds = dict(found.select("content_id", "kind").iter_rows())
    wrong = [
        (files[n].path, files[n].kind, kinds[f"swh:1:cnt:{n:040x}"])
        for n in true
        if files[n].kind != kinds[f"swh:1:cnt:{n:040x}"]
    ]
    assert not wrong


def test_spans_and_fingerprint(cache: Path) -> None:
    value = Planter(5).password()
    text = f'# schöne Zeile\n\nx = 1\npassword = "{value}"  # größer\n'
    row = scan([Planted("a.py", text, "password", value)], cache).row(0, named=True)
    assert text.encode()[row["start_byte"] : row["end_byte"]] == value.encode()
    assert (row["start_line"], row["end_line"]) == (4, 4)
    assert row["fingerprint"] == hmac.new(KEY, value.encode(), hashlib.sha256).hexdigest()


def test_a_key_over_several_lines(cache: Path) -> None:
    key = next(file for file in Planter(6).secrets() if file.path == "rsa.pem")
    row = scan([key._replace(text="first\n" + key.text)], cache).row(0, named=True)
    assert (row["start_line"], row["end_line"]) == (2, 2 + key.value.count("\n"))
    assert row["confidence"] == "high"


def test_the_secret_is_nowhere_in_the_table(cache: Path) -> None:
    planted = Planter(7).secrets()
    table = secrets(documents_of([(f.path, f.text) for f in planted]), KEY, cache)
    assert table.schema == TABLES["secrets"].schema
    stored = table.write_json()
    assert not [file.path for file in planted if file.value in stored]


def test_suppression_is_per_finding(cache: Path) -> None:
    """A checksum, a placeholder and a request to look away do not hide the password beside them."""
    planter = Planter(8)
    value = planter.password()
    text = (
        f'sha256 = "{planter.pick("0123456789abcdef", 64)}"\n'
        'password = "changeme"\n'
        f'password = "{value}"  # gitleaks:allow kingfisher:ignore\n'
    )
    found = scan([Planted("a.py", text, "password", value)], cache)
    assert found["start_line"].to_list() == [3]


def test_confidence_is_lower_in_tests(cache: Path) -> None:
    text = f'password = "{Planter(9).password()}"\n'
    files = [Planted(path, text, "password", "") for path in ("src/a.py", "tests/a.py")]
    found = scan(files, cache)
    assert dict(found.select("path", "confidence").iter_rows()) == {
        "src/a.py": "medium",
        "tests/a.py": "low",
    }


def test_one_finding_where_rules_overlap(cache: Path) -> None:
    token = "gh" + "p_" + Planter(10).pick("abcdefghijklmnopqrstuvwxyz0123456789", 36)
    found = scan([Planted("a.py", f'token = "{token}"\n', "provider_token", token)], cache)
    assert found["kind"].to_list() == ["provider_token"]


def test_a_token_inside_a_blob_is_chance(cache: Path) -> None:
    planter = Planter(11)
    blob = planter.pick("ABCDEFGHabcdefgh0123456789+/", 600)
    token = "gh" + "p_" + planter.pick("abcdefghijklmnopqrstuvwxyz0123456789", 36)
    text = f'data = "{blob}{token}{blob}"\n'
    assert scan([Planted("a.py", text, None, "")], cache).is_empty()


@pytest.mark.parametrize("text", [None, "", "\n", "x" * 300_000, "\x00\ufffd" * 100, "=\n" * 9_999])
def test_odd_texts(text: str | None, cache: Path) -> None:
    assert secrets(documents_of([("a.py", text)]), KEY, cache).is_empty()


def test_same_input_same_table(cache: Path) -> None:
    documents = documents_of([(file.path, file.text) for file in Planter(12).secrets()])
    first = secrets(documents, KEY, cache)
    assert first.equals(secrets(documents.reverse(), KEY, cache))
    assert first["finding_id"].is_sorted()
    other = secrets(documents, KEY[::-1], cache)
    assert first.drop("fingerprint").equals(other.drop("fingerprint"))
    assert not set(first["fingerprint"]) & set(other["fingerprint"])


def test_no_part_of_us_names_what_contacts_providers() -> None:
    forbidden = {"Validator", "Revoker", "validation", "revocation", "validate", "revoke"}
    root = Path(corpus_assets.__file__).parent / "security"
    for path in root.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = {getattr(node, "attr", ""), getattr(node, "id", "")}
            if isinstance(node, ast.ImportFrom | ast.Import):
                module = getattr(node, "module", "") or ""
                names |= {*module.split("."), *(alias.name for alias in node.names)}
            assert not names & forbidden, f"{path.name}: {names & forbidden}"


def test_scanning_makes_no_network_object() -> None:
    program = (
        "import sys\n"
        "def hook(event, _):\n"
        "    if event.startswith('socket.'): raise SystemExit(9)\n"
        "from corpus_assets.security.secrets import secrets\n"
        "from corpus_assets_tests.sample_documents import documents_of\n"
        "from corpus_assets_tests.security.planted import Planter\n"
        "sys.addaudithook(hook)\n"
        "files = [(file.path, file.text) for file in Planter(1).secrets()]\n"
        "print(secrets(documents_of(files), b'k' * 32).height)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120,
        cwd=Path(corpus_assets.__file__).parents[1],
    )  # fmt: skip
    assert int(done.stdout) > 30
