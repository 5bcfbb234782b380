"""Weaknesses: each rule on weak and on sound code, lines, and bad input."""

import polars as pl
import pytest
from tree_sitter import Query

from corpus_assets.languages import BY_SLUG
from corpus_assets.parse.syntax import grammar
from corpus_assets.security.weakness_rules import rules
from corpus_assets.security.weaknesses import weaknesses
from corpus_assets.tables import TABLES
from corpus_assets_tests.sample_documents import documents_of

WEAK = [
    ("a.py", "import pickle\npickle.loads(data)\n", 502, 2),
    ("a.py", "import subprocess\nsubprocess.run(command, shell=True)  # noqa: S602\n", 78, 2),
    ("a.py", "import yaml\n\nyaml.load(text, Loader=yaml.Loader)\n", 502, 3),
    ("a.py", "import requests\nrequests.get(u, verify=False, timeout=5)\n", 295, 2),
    ("a.js", "x = 1;\neval(input);\n", 95, 2),
    ("a.js", "new Function(body)();\n", 95, 1),
    ("a.js", "box.innerHTML = '<b>' + name;\n", 79, 1),
    ("a.js", "document.write(`<p>${name}</p>`);\n", 79, 1),
    ("a.js", "child_process.exec('ls ' + folder);\n", 78, 1),
    ("a.ts", "await db.query(`x`);\ndb.query('SELECT * FROM t WHERE a = ' + a);\n", 89, 2),
    ("a.ts", "const o = { rejectUnauthorized: false };\n", 295, 1),
    ("a.c", "int main(void) {\n  char b[8];\n  gets(b);\n}\n", 787, 3),
    ("a.c", 'void f(char *s) {\n  char b[8];\n  sprintf(b, "%s", s);\n}\n', 120, 3),
    ("a.c", "void f(char *d, char *s) { strcpy(d, s); }\n", 120, 1),
    ("a.c", 'void f(char *d) { if (scanf("%s", d) != 1) return; }\n', 787, 1),
    ("a.c", "void f(char *s) { printf(s); }\n", 134, 1),
    ("a.cpp", "void f(std::string s) { system(s.c_str()); }\n", 78, 1),
    ("a.c", "char *f(void) { return tmpnam(0); }\n", 377, 1),
    ("a.php", "<?php\neval($code);\n", 95, 2),
    ("a.php", "<?php\nsystem('ls ' . $_GET['d']);\n", 78, 2),
    ("a.php", "<?php\n$o = unserialize($_COOKIE['o']);\n", 502, 2),
    ("a.php", "<?php\necho 'Hi ' . $_GET['name'];\n", 79, 2),
    (
        "a.java",
        'class A { void f() {\n s.executeQuery("SELECT a FROM t WHERE b = " + b);\n} }\n',
        89,
        2,
    ),
    ("a.java", 'class A { void f() { Runtime.getRuntime().exec("ls " + d); } }\n', 78, 1),
    ("a.java", 'class A { Object o = MessageDigest.getInstance("MD5"); }\n', 328, 1),
    ("a.go", 'package a\nfunc f() { exec.Command("sh", "-c", c).Run() }\n', 78, 2),
    ("a.go", "package a\nvar c = tls.Config{InsecureSkipVerify: true}\n", 295, 2),
    ("a.go", 'package a\nfunc f() { db.Query("SELECT a FROM t WHERE b = " + b) }\n', 89, 2),
]

SOUND = [
    ("a.py", "import subprocess\n\nassert x\nsubprocess.run(['ls', folder], check=True)\n"),
    ("a.py", "def f(:\n  broken\n"),
    ("a.py", "# eval(input) and pickle.loads(data) are dangerous\nx = 'eval(input)'\n"),
    ("a.js", "pattern.exec('a' + b);\neval('1 + 1');\nbox.innerHTML = '';\nbox.textContent = x;\n"),
    ("a.js", "// eval(input)\nconst s = 'eval(input)';\ndb.query('SELECT ?', [a]);\n"),
    ("a.c", 'int main(void) { char b[8]; if (!fgets(b, 8, stdin)) return 1; strcpy(b, "x"); }\n'),
    ("a.c", 'void f(char *d) { if (scanf("%7s", d)) { } snprintf(d, 8, "%s", d); }\n'),
    ("a.c", 'void f(void) { system("ls"); }\n'),
    ("a.php", "<?php\necho htmlspecialchars($_GET['name']);\nsystem('ls');\n"),
    ("a.java", 'class A { void f() { s.executeQuery("SELECT a FROM t"); } }\n'),
    ("a.go", 'package a\nfunc f() { exec.Command("ls", d).Run(); db.Query("SELECT ?", b) }\n'),
]


@pytest.mark.parametrize(("path", "text", "cwe", "line"), WEAK)
def test_weak_code(path: str, text: str, cwe: int, line: int) -> None:
    found = weaknesses(documents_of([(path, text)]))
    assert found.select("cwe", "start_line").rows() == [(cwe, line)]


@pytest.mark.parametrize(("path", "text"), SOUND)
def test_sound_code(path: str, text: str) -> None:
    assert weaknesses(documents_of([(path, text)])).is_empty()


def test_one_table_for_all_languages() -> None:
    documents = documents_of([(path, text) for path, text, _, _ in WEAK])
    found = weaknesses(documents)
    assert found.schema == TABLES["weaknesses"].schema
    assert set(found["content_id"]) == set(documents["content_id"])
    assert found["finding_id"].is_sorted()
    assert found.equals(weaknesses(documents.reverse()))


@pytest.mark.parametrize(
    "text", [None, "", "\n", "x" * 300_000, "\x00\ufffd" * 100, "eval(" * 30_000]
)
@pytest.mark.parametrize("path", ["a.py", "a.js", "a.c", "a.md"])
def test_odd_texts(path: str, text: str | None) -> None:
    assert weaknesses(documents_of([(path, text)])).is_empty()


def test_every_query_fits_its_grammars() -> None:
    names = [rule.rule for rule in rules().queries]
    assert len(set(names)) == len(names)
    for rule in rules().queries:
        for language in rule.languages:
            query = Query(grammar(str(BY_SLUG[language].grammar)), rule.query)
            captures = {query.capture_name(number) for number in range(query.capture_count)}
            assert "finding" in captures


def test_every_query_is_tested() -> None:
    found = weaknesses(documents_of([(path, text) for path, text, _, _ in WEAK]))
    tested = found.filter(pl.col("detector") == "tree-sitter")["rule"]
    assert set(tested) == {rule.rule for rule in rules().queries}
