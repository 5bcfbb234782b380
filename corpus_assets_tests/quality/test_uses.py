"""What files use, and what that says of them."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from corpus_assets.languages import BY_SLUG
from corpus_assets.policy.domains import load_domains
from corpus_assets.policy.errors import ConfigError
from corpus_assets.policy.language_versions import load_language_versions
from corpus_assets.quality.uses import uses
from corpus_assets.quality.uses.bare import bare_texts
from corpus_assets.quality.uses.imports import PATTERNS
from corpus_assets.tables import TABLES
from corpus_assets_tests.sample_documents import documents_of

Row = dict[str, object]


def used(*files: tuple[str, str]) -> list[Row]:
    found = uses(documents_of(list(files)), load_domains(), load_language_versions())
    assert found.schema == TABLES["uses"].schema
    order = documents_of(list(files)).select("content_id")
    return order.join(found, on="content_id", how="left", maintain_order="left").to_dicts()


IMPORTS = [
    ("a.py", "import os.path as p, flask\nfrom torch.nn import f\n",
     ["flask", "os.path", "torch.nn"]),
    ("a.py", '"""\nimport django\n"""\n# import numpy\nx = "import pandas"\n', []),
    ("a.py", "from . import b\nfrom .c import d\n", []),
    ("a.js", 'import React, {a} from "react";\nlet b = require("@nestjs/core");\nimport "./own";\n',
     ["@nestjs/core", "react"]),
    ("a.js", '// import x from "vue"\n/* require("koa") */\n', []),
    ("a.ts", 'export * from "rxjs";\nimport type {A} from "express";\n', ["express", "rxjs"]),
    ("a.go", 'package a\n\nimport (\n\t"fmt"\n\tgin "github.com/gin-gonic/gin"\n)\n',
     ["fmt", "github.com/gin-gonic/gin"]),
    ("a.rs", "use tokio::net::TcpStream;\npub use serde::Serialize;\n", ["serde", "tokio::net"]),
    ("a.c", "#include <sys/socket.h>\n# include \"own.h\"\n", ["own.h", "sys/socket.h"]),
    ("A.java", "import java.util.List;\nimport static org.junit.Assert.*;\n",
     ["java.util.List", "org.junit.Assert."]),
    ("a.cs", "using System.Net;\nusing Json = Newtonsoft.Json;\n",
     ["Newtonsoft.Json", "System.Net"]),
    ("a.rb", "require 'rails'\ngem \"pg\", '~> 1'\nrequire './own'\n", ["pg", "rails"]),
    ("a.php", "<?php\nuse Symfony\\Component\\Console\\Command;\n",
     ["Symfony\\Component\\Console\\Command"]),
    ("a.R", "library(shiny)\nx <- dplyr::filter(y)\n", ["dplyr", "shiny"]),
    ("package.json", '{\n  "name": "x",\n  "dependencies": {\n    "express": "^4.0.0"\n  }\n}\n',
     ["express"]),
    ("go.mod", "module example.org/x\n\nrequire github.com/spf13/cobra v1.8.0\n",
     ["github.com/spf13/cobra"]),
]  # fmt: skip


@pytest.mark.parametrize(("path", "text", "expected"), IMPORTS)
def test_imports(path: str, text: str, expected: list[str]) -> None:
    assert used((path, text))[0]["imports"] == expected


def test_every_pattern_is_of_a_language_and_has_one_group() -> None:
    for language, patterns in PATTERNS.items():
        assert language in BY_SLUG
        for pattern in patterns:
            assert len(pl.select(pl.lit("").str.extract_groups(pattern)).item() or {1: 0}) == 1


def test_domains_and_frameworks_follow_from_modules_words_paths_and_languages() -> None:
    rows = used(
        ("a.py", "import os\nfrom django.db import models\n"),
        ("b.py", "import djangolike\nimport web_api\n"),
        ("a.cpp", "#include <QtWidgets/QApplication>\nint x;\n"),
        ("blink.cpp", "void f() { digitalWrite(13, 1); }\n"),
        ("g.cpp", '// digitalWrite\nconst char *s = "digitalWrite";\n'),
        (".github/workflows/ci.yml", "on: push\njobs: {}\n"),
        ("Token.sol", "pragma solidity ^0.8.0;\ncontract Token {}\n"),
        ("package.json", '{\n"dependencies": {\n"react-dom": "^18.0.0"\n}\n}\n'),
    )
    domains = [row["domains"] for row in rows]
    assert domains == [
        ["databases", "web"], [], ["desktop"], ["embedded"], [], ["infrastructure"], ["blockchain"],
        ["web"],
    ]  # fmt: skip
    assert rows[0]["frameworks"] == ["Django"]
    assert rows[0]["domain_evidence"] == ["databases: django.db", "web: django.db"]
    assert rows[3]["domain_evidence"] == ["embedded: digitalWrite"]
    assert rows[7]["frameworks"] == ["React"]


VERSIONS = [
    ("a.py", "print 'x'\n", "2"),
    ("a.py", "print('x')\n", None),
    ("a.py", "# print it\ns = 'async def f():'\n", None),
    ("a.py", "def f(a: int | None) -> str:\n    return ''\n", "3.10"),
    ("a.py", "a = f'{b}'\n", "3.6"),
    ("a.js", "var a = function () {};\n", None),
    ("a.js", "const a = b?.c ?? d;\n", "2020"),
    ("A.java", "class A { void f() { var a = 1; } }\n", "10"),
    ("a.go", "package a\n\nfunc Map[T any](a []T) {}\n", "1.18"),
    ("a.rs", "async fn f() {}\n", "2018"),
    ("a.cpp", "int main() { auto [a, b] = f(); }\n", "17"),
]


@pytest.mark.parametrize(("path", "text", "expected"), VERSIONS)
def test_language_versions(path: str, text: str, expected: str | None) -> None:
    assert used((path, text))[0]["language_version"] == expected


def test_declared_versions() -> None:
    rows = used(
        ("pyproject.toml", '[project]\nrequires-python = ">=3.9"\n'),
        ("go.mod", "module x\n\ngo 1.21\n"),
        ("CMakeLists.txt", "set(CMAKE_CXX_STANDARD 17)\n"),
        ("other.toml", 'requires-python = ">=3.9"\n'),
    )
    declared = [row["declared_version"] for row in rows]
    assert declared == ["python >=3.9", "go 1.21", "c++ 17", None]


def test_what_is_bare_keeps_its_length_and_lines() -> None:
    text = 'x = "é # no" # ü\n"""a\nb"""\ny = 1\n'
    (code,), (syntax,) = bare_texts(pl.Series([text]), "python")
    assert code == 'x = "é # no"     \n    \n    \ny = 1\n'
    assert syntax == "x =               \n    \n    \ny = 1\n"[: len(syntax)]
    assert len(code.encode()) == len(syntax.encode()) == len(text.encode())


def test_the_order_of_documents_does_not_matter() -> None:
    documents = documents_of([(path, text) for path, text, _ in IMPORTS])
    policies = load_domains(), load_language_versions()
    assert uses(documents, *policies).equals(uses(documents.reverse(), *policies))


def test_faults_of_the_tables_name_file_and_key(tmp_path: Path) -> None:
    path = tmp_path / "domains.yaml"
    path.write_text('version: "1"\ndomains:\n  web: {languages: [klingon]}\nframeworks: {}\n')
    with pytest.raises(ConfigError, match=r"domains\.yaml.*web.*klingon"):
        load_domains(path)
    path = tmp_path / "versions.yaml"
    rule = "{version: '1', pattern: 'ab+', found: ac, not_found: b}"
    path.write_text(f'version: "1"\nsyntax:\n  go:\n    - {rule}\ndeclarations: []\n')
    with pytest.raises(ConfigError, match=r"versions\.yaml.*misses its sample 'ac'"):
        load_language_versions(path)
