"""Output of generators without any marker, and hand-written code that resembles it.

Every snippet is written here in the style of the tool, not copied from it.
"""

import json
import random

import polars as pl
import pytest

from corpus_assets.quality.encoded import encoded_runs
from corpus_assets.quality.kinds import DROPPING, KINDS, kinds
from corpus_assets_tests.quality.kinds_of import kinds_of, row_of

OUTPUT = [
    ("generated", "p.c", "static const yytype_int8 yypact[] =\n{\n     -4,     2,    -3\n};\n"),
    ("generated", "p.c", "const short yycheck[] = {    3,\n    4,  5,\n};\n"),
    ("generated", "p.h", "#define PLUS 257\n#define MINUS 258\n#define TIMES 259\nextern YYSTYPE v;\n"),
    ("generated", "l.c", "static const flex_int16_t yy_accept[9] =\n    {   0,\n        0, 3\n    } ;\n"),
    ("generated", "h.c", "static unsigned char asso_values[] =\n    {\n      12, 12\n    };\n"
                         "#define MAX_HASH_VALUE 11\n"),
    ("generated", "s.c", "yych = *cur;\nyych = *++cur;\nyych = *++cur;\n"
                         + "".join(f"yy{n}:\n\t++cur;\n" for n in range(5))),
    ("generated", "parsetab.py", "_lr_action_items = {'A':([0,],[1,]),}\n_lr_productions = [\n]\n"),
    ("generated", "t.py", "_lr_action_items = {'A':([0,],[1,]),}\n_lr_productions = [\n]\n"),
    ("generated", "l.py", "def serializedATN():\n    return [\n        4,1,9,2\n    ]\n"),
    ("generated", "V.java", "interface V extends ParseTreeVisitor<T> {\n"
                            "\tT visitLine(P.LineContext c);\n\tT visitSum(P.SumContext c);\n}\n"),
    ("generated", "a.py", "DESCRIPTOR = _descriptor_pool.Default().AddSerializedFile(b'\\n\\x01a')\n"),
    ("generated", "a.py", "import grpc\n\nclass AStub(object):\n    def __init__(self, channel):\n"
                          "        self.Get = channel.unary_unary(\n            '/a.A/Get')\n\n"
                          "def add_AServicer_to_server(servicer, server):\n    pass\n"),
    ("generated", "b.cpp", "void Ui_Form::x() {}\nvoid setupUi(QDialog *Form) {\n}\n"
                           "void retranslateUi(QDialog *Form) {\n}\n"),
    ("generated", "E.java", "class E {\n  private transient long swigCPtr;\n}\n"),
    ("generated", "p.js", "var peg$a = 1;\n" + "".join(f"var peg$c{n} = {n};\n" for n in range(9))),
    ("generated", "p.js", "x = {symbols_: {\"error\":2,\"sum\":3}, productions_: [0,[3,1]],\n"
                          "performAction: function f(yytext) {}};\n"),
    ("generated", "P.hs", "happyReduce_1 = happyShift\nhappyReduce_2 = happyShift\n"
                          "happyReduce_3 = happyShift\n"),
    ("generated", "l.ml", "let __ocaml_lex_tables = {\n  Lexing.lex_base =\n   \"\";\n}\n"),
    ("generated", "s.pyi", "from .b import A as A\nfrom _typeshed import Incomplete\n\nclass B:\n"
                           "    x: Incomplete\n    def f(self, a) -> None: ...\n\ny: int\nz: int\n"),
    ("generated", "a.d.ts", "export declare class A {\n    private b;\n    constructor();\n"
                            "    c(): void;\n    d(): void;\n    e(): void;\n}\nexport {};\n"),
    ("transpiled", "a.js", '"use strict";\nObject.defineProperty(exports, "__esModule", '
                           "{ value: true });\nexports.a = 1;\n"),
    ("transpiled", "a.js", "var __extends = (this && this.__extends) || (function () {\n})();\n"),
    ("transpiled", "a.js", "function _classCallCheck(a, n) {\n  if (!(a instanceof n)) throw 1;\n}\n"),
    ("transpiled", "a.js", "(function() {\n  var a, b;\n\n  a = function() {};\n\n}).call(this);\n"),
    ("transpiled", "a.c", "".join(f"  __pyx_t_{n} = PyInt(__pyx_v_x);\n" for n in range(12))),
    ("transpiled", "a.js", "let a = 1;\n//# sourceMappingURL=a.js.map\n"),
    ("bundled", "a.js", "(() => {\nfunction __webpack_require__(moduleId) {\n}\n})();\n"),
    ("bundled", "a.js", "(function (global, factory) {\n    factory(global.A = {});\n})(this, f);\n"),
    ("bundled", "a.js", "e({1:[function(require,module,exports){\nexports.a = 1;\n},{}]},{},[1]);\n"),
    ("bundled", "a.js", "".join(f"// src/part/m{n}.js\nvar a{n} = {n};\n\n" for n in range(4))),
    ("build_generated", "configure", "#! /bin/sh\n" + "as_fn_exit () {\n}\nac_cv_path=1\n" * 4
                                     + "if test x; then :; fi\n"),
    ("build_generated", "Makefile.in", "VPATH = @srcdir@\nam__a = 1\nam__b = 2\nam__c = 3\n"
                                       "ACLOCAL = @ACLOCAL@\n"),
    ("build_generated", "b/CMakeFiles/a.dir/build.make", "a:\n"),
    ("build_generated", "aclocal.m4", "m4_foo\n"),
    ("lock_file", "deps.json", '{\n  "name": "a",\n  "lockfileVersion": 3\n}\n'),
    ("template", "a.html", "<ul>\n{% for a in b %}\n<li>{{ a }}</li>\n{% endfor %}\n</ul>\n"),
    ("template", "a.txt.j2", "Dear {{ name }}\n"),
    ("template", "config.h.in", "#define VERSION @VERSION@\n"),
    ("template", "src/{{cookiecutter.name}}/a.py", "x = 1\n"),
    ("notebook", "a.ipynb", "{}\n"),
    ("example", "examples/a.py", "x = 1\n"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "path", "text"), OUTPUT)
def test_what_tools_write(kind: str, path: str, text: str) -> None:
    assert kind in kinds_of(path, text)


WRITTEN = [
    # generators: what they write stands in strings
    ("emit.py", 'out.write("_lr_action_items = {")\nout.write("_lr_productions = [")\n'),
    ("Emit.js", 'const head = "function __webpack_require__(moduleId) {";\nlines.push(head);\n'),
    ("emit.cpp", 'Printf(f, "private long swigCPtr;\\n");\nPrintf(f, "swigCMemOwn");\n'),
    ("emit.cc", 'printer->Print("descriptor_table_$name$");\nprinter->Print("TableStruct_");\n'),
    ("emit.ts", 'out += `Object.defineProperty(exports, "__esModule", { value: true });`;\n'),
    ("emit.c", 'printf ("static unsigned char asso_values[] =\\n    {");\n'),
    # skeletons: placeholders where output has numbers
    ("yacc.c", "static const b4_int_type yypact[] =\n{\n  b4_pact\n};\n"),
    # grammars
    ("calc.y", "%token NUM\n%%\nsum: sum '+' NUM { $$ = $1 + $3; } | NUM ;\n%%\n"),
    ("Sum.g4", "grammar Sum;\nsum: sum '+' NUM | NUM;\nNUM: [0-9]+;\n"),
    ("a.proto", 'syntax = "proto3";\nmessage A {\n  string b = 1;\n}\n'),
    ("configure.ac", "AC_INIT([a], [1])\n" + "AC_CACHE_CHECK([x], [ac_cv_x], [ac_cv_x=yes])\n" * 6),
    ("Makefile.am", "bin_PROGRAMS = a\na_SOURCES = a.c\n"),
    # a parser written by hand, with a table in it
    ("parse.c", "static int next(void);\n" + "int f%d(int a)\n{\n  return table[a];\n}\n" * 40
                + "static const int table[] = {\n" + "  1, 2, 3, 4, 5, 6, 7, 8,\n" * 100 + "};\n"),
    # long lines
    ("a.js", "const text = 'the quick brown fox jumps over the lazy dog, and then some more';\n" * 9
             + f"const message = '{'many words in one line ' * 80}';\n"),
    ("a.py", f"WORDS = '{' '.join(f'word{n}' for n in range(300))}'.split()\n\n\ndef f(a, b):\n"
             "    return a + b\n"),
    ("umd.js", "(function (root, factory) {\n  root.a = factory();\n}(this, function () {\n"
               "  return { b: 1 };\n}));\n"),
    ("tests/vectors.c", "".join(f'  check("{random.Random(n).randbytes(40).hex()}");\n'
                                for n in range(9))),
    ("a.d.ts", "export interface A {\n  b: string;\n\n  c: number;\n}\n\nexport function f(): A;\n"),
    ("a.pyi", "from typing import Any\n\nfrom .b import C\n\ndef f(a: int) -> Any: ...\n" * 3),
    ("tsconfig.json", json.dumps({"compilerOptions": {f"option{n}": n for n in range(400)}})),
    ("a.schema.json", json.dumps({"$schema": "x", "properties":
                                  {f"p{n}": {"type": "string", "title": "t"} for n in range(99)}},
                                 indent=1)),
]  # fmt: skip


@pytest.mark.parametrize(("path", "text"), WRITTEN)
def test_what_people_write(path: str, text: str) -> None:
    assert not kinds_of(path, text) & set(DROPPING)


def test_minified_code_keeps_its_kind_when_its_lines_are_wrapped() -> None:
    text = "var a=1,b=2,c=3\n;function d(e,f){return e+f*a}\n;g(h,i),j(k,l);m=n\n;" * 20
    assert "minified" in kinds_of("a.js", text)
    assert "minified" not in kinds_of("a.js", text.replace(",", ", ").replace("=", " = "))
    assert "minified" in kinds_of("a.py", "def f(a,b):\n c=a+b;d=c,a,b\n return c,d\n" * 20)


def test_records_are_data_and_settings_are_not() -> None:
    records = json.dumps([{"name": f"n{n}", "size": n} for n in range(60)], indent=1)
    assert "data" in kinds_of("cities.json", records)
    assert "data" not in kinds_of("package.json", records)
    table = "".join(f"  {{ {n}, {n * 7 % 5}, 0x{n:02x} }},\n" for n in range(200))
    assert "data" in kinds_of("t.c", f"const int t[][3] = {{\n{table}}};\n")
    functions = "".join(f"int f{n}(int a)\n{{\n  return t[a] + {n};\n}}\n\n" for n in range(30))
    assert "data" not in kinds_of("t.c", f"const int t[][3] = {{\n{table}}};\n\n{functions}")


def test_payload() -> None:
    payload = random.Random(5).randbytes(900).hex()
    assert "encoded" in kinds_of("a.py", f'x = "{payload}"\n')
    program = "".join(f"def f{n}(a):\n    return a + {n}\n\n\n" for n in range(400))
    assert "encoded" not in kinds_of("a.py", f'x = "{payload}"\n{program}')


def test_evidence_names_the_rule_of_every_kind() -> None:
    row = row_of("tests/a_pb2.py", "# Generated by the tool. DO NOT EDIT!\nx = 1\n")
    assert row["kind_evidence"] == [
        "generated: marker:do-not-edit", "generated: name:protobuf", "test: name:folder",
    ]  # fmt: skip
    assert row["tags"] == ["generated", "test"]
    assert [name for name in row if name.startswith("is_")] == [f"is_{kind}" for kind in KINDS]
    assert row_of("src/a.py", "x = 1\n")["kind_evidence"] == []


def test_rows_stay_apart_and_in_order() -> None:
    files = [*((path, text) for _, path, text in OUTPUT), *WRITTEN, ("empty.py", "")]
    languages = ["c", "python", "javascript", "json", "text"]
    documents = pl.DataFrame(
        {
            "path": [path for path, _ in files],
            "language": [languages[n % 5] for n in range(len(files))],
            "text": [text for _, text in files],
        }
    )
    whole = kinds(documents, encoded_runs(documents))
    alone = [kinds(one, encoded_runs(one)) for one in documents.iter_slices(1)]
    assert whole.equals(pl.concat(alone))
    assert kinds(documents.head(0), encoded_runs(documents.head(0))).schema == whole.schema


@pytest.mark.parametrize(
    "text", ["/*" * 50_000, " \n" * 50_000, "/" * 99_999, "#define a 257\n" * 9_999,
             "export {" * 9_999, "yypact\n" * 9_999, "{a:" * 40_000, "enterA " * 20_000,
             "define('a'," * 9_999, "// src/" * 9_999, "import a\n" * 9_999, "\\x" * 50_000]
)  # fmt: skip
@pytest.mark.parametrize("path", ["a.c", "a.js", "a.py", "a.go", "configure"])
def test_hostile_texts_end(path: str, text: str) -> None:
    head = " yypact YYSTYPE __PURE__ ~__ 257 ParseTreeListener migrations.Migration = (function\n"
    assert isinstance(kinds_of(path, head + text), set)
