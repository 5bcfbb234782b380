"""Each rule of C on code where it must fire, and on the same code mended, where none may."""

from __future__ import annotations

import polars as pl
import pytest

from corpus_assets.parse.syntax import syntax_tree
from corpus_assets.security.c_weaknesses import MAX_BYTES, c_weaknesses, findings
from corpus_assets.security.found import Found, Unread
from corpus_assets_tests.sample_documents import documents_of

READ = "char b[64]; if (!fgets(b, sizeof b, stdin)) return 1;"
NUMBER = 'int n = 0; if (scanf("%d", &n) != 1) return 1;'

# rule; what it must find, and what it must not, as the body of main(int argc, char **argv)
SAMPLES = [
    ("c-command-from-input", f'{READ} char c[99]; snprintf(c, 99, "ping %s", b); return system(c);',
     f'{READ} return system("ls");'),
    ("c-path-from-input", f'{READ} char p[99]; sprintf(p, "/srv/%s", b); FILE *f = fopen(p, "r");'
     " return f == 0;",
     f'{READ} FILE *f = fopen("/srv/list", "r"); return f == 0;'),
    ("c-format-from-input", f"{READ} printf(b);", f'{READ} printf("%s", b);'),
    ("c-query-joined", f"""{READ} char q[99]; sprintf(q, "SELECT a FROM t WHERE n='%s'", b);
     return sqlite3_exec(db, q, 0, 0, 0);""",
     f'{READ} return sqlite3_exec(db, "SELECT 1", 0, 0, 0);'),
    ("c-size-from-input", f"{NUMBER} char *p = malloc(n); free(p);",
     f"{NUMBER} if (n < 0 || n > 99) return 1; char *p = malloc(n); free(p);"),
    ("c-divide-by-input", f"{NUMBER} return 9 / n;",
     f"{NUMBER} if (n == 0) return 1; return 9 / n;"),
    ("c-product-of-input", f'{NUMBER} int m; scanf("%d", &m); return n * m;',
     "int n = 3; return n * n;"),
    ("c-pointer-from-input", f"{NUMBER} char *p = (char *)n; return *p;",
     "int n = 1; return (char)n;"),
    ("c-assert-on-input", f"{NUMBER} assert(n > 0);", "assert(sizeof(int) == 4);"),
    ("c-double-free", "char *p = malloc(9); free(p); free(p);",
     "char *p = malloc(9); free(p); p = 0; free(p);"),
    ("c-use-after-free", "char *p = malloc(9); if (!p) return 1; free(p); return p[0];",
     "char *p = malloc(9); if (!p) return 1; int a = p[0]; free(p); return a;"),
    ("c-free-inside", "char *p = malloc(9); if (!p) return 1; p++; free(p);",
     "char *p = malloc(9); if (!p) return 1; char *q = p; q++; free(p);"),
    ("c-free-not-heap", "char p[9]; free(p);", "char *p = malloc(9); free(p);"),
    ("c-leak", "char *p = malloc(9); if (!p) return 1; p[0] = 1; return 0;",
     "char *p = malloc(9); if (!p) return 1; p[0] = 1; free(p); return 0;"),
    ("c-leak-on-return", "char *p = malloc(9); if (!p) return 1; if (argc > 2) return 2; free(p);",
     "char *p = malloc(9); if (!p) return 1; if (argc > 2) { free(p); return 2; } free(p);"),
    ("c-null", "int *p = NULL; *p = 1;", "int a, *p = NULL; p = &a; *p = 1;"),
    ("c-unchecked-null", 'char *h = getenv("HOME"); return strlen(h);',
     'char *h = getenv("HOME"); if (!h) return 1; return strlen(h);'),
    ("c-write-outside", "int a[4]; for (int i = 0; i <= 4; i++) a[i] = 0;",
     "int a[4]; for (int i = 0; i < 4; i++) a[i] = 0;"),
    ("c-read-outside", "int a[4] = {0}; return a[4];", "int a[4] = {0}; return a[3];"),
    ("c-gets", "char b[9]; gets(b);", "char b[9]; return !fgets(b, 9, stdin);"),
    ("c-scanf-unlimited", 'char b[9]; return scanf("%s", b) != 1;',
     'char b[9]; return scanf("%8s", b) != 1;'),
    ("c-copy-unlimited", "char b[9]; strcpy(b, argv[1]);",
     "char b[9]; if (strlen(argv[1]) > 8 || argv == 0) return 1; strcpy(b, argv[1]);"),
    ("c-copy-too-long", "char b[4]; memcpy(b, argv, 8);", "char b[8]; memcpy(b, argv, 8);"),
    ("c-wrong-result-check", "char b[9]; if (fgets(b, 9, stdin) < 0) return 1;",
     "char b[9]; if (fgets(b, 9, stdin) == NULL) return 1;"),
    ("c-unchecked-privilege", "setuid(1000);", "if (setuid(1000) != 0) return 1;"),
    ("c-weak-cipher", "MD5(a, b, c);", "SHA256(a, b, c);"),
    ("c-secret-compared", 'return strcmp(password, "tr0ub4dor");',
     "return strcmp(password, given);"),
    ("c-plain-credentials", 'fprintf(log, "%s", password);', 'fprintf(log, "%s", user);'),
    ("c-memset-swapped", "char b[9]; memset(b, sizeof b, 0);",
     "char b[9]; memset(b, 0, sizeof b);"),
    ("c-endless-loop", "while (1) { argc++; }", "while (1) { if (argc++ > 3) break; }"),
    ("c-check-then-use", 'if (access(argv[1], 4) == 0) fopen(argv[1], "r");',
     'FILE *f = fopen(argv[1], "r"); return f == 0;'),
]  # fmt: skip


def rules_of(source: str) -> list[str]:
    tree = syntax_tree("c", source.encode())
    assert tree is not None
    return [found.rule for found in findings(tree)]


def main(body: str) -> str:
    return f"#include <stdio.h>\n\nint main(int argc, char **argv)\n{{\n{body}\nreturn 0;\n}}\n"


@pytest.mark.parametrize(("rule", "weak", "mended"), SAMPLES, ids=[s[0] for s in SAMPLES])
def test_samples(rule: str, weak: str, mended: str) -> None:
    assert rule in rules_of(main(weak))
    assert rule not in rules_of(main(mended))


WHOLE = [
    ("c-shared-unlocked", "int n;\nvoid *run(void *a) { %s n++; %s return 0; }\n"
     "int main(void) { pthread_t t; pthread_create(&t, 0, run, 0); return 0; }\n",
     ("", ""), ("pthread_mutex_lock(&m);", "pthread_mutex_unlock(&m);")),
    ("c-argument-count",
     "int add(int a, int b) { return a + b; }\nint main(void) { return add(%s); }\n",
     ("1",), ("1, 2",)),
    ("c-arguments-swapped",
     "void put(int width, int height) { }\nvoid f(int width, int height) { put(%s); }\n",
     ("height, width",), ("width, height",)),
    ("c-endless-recursion", "int f(int n) { %s return f(n - 1); }\n",
     ("",), ("if (n < 1) return 0;",)),
    ("c-exact-recursion", "int f(int n) { if (n %s 0) return 1; return n * f(n - 1); }\n",
     ("==",), ("<=",)),
    ("c-own-cipher", "void encrypt(char *d, int n) { for (int i = 0; i < n; i++) d[i] %s 7; }\n",
     ("^=",), ("=",)),
    ("c-secret-constant", "#define ADMIN_PASSWORD %s\n", ('"Zq91xx"',), ('""',)),
    ("c-double-free", "struct s { char *u; };\nvoid end(struct s *s) { free(s->u); }\n"
     "int f(struct s *s) { free(s->u); %s end(s); return 0; }\n", ("",), ("s->u = 0;",)),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "weak", "mended"), WHOLE, ids=[w[0] for w in WHOLE])
def test_rules_that_look_at_several_functions(
    rule: str, text: str, weak: tuple[str, ...], mended: tuple[str, ...]
) -> None:
    assert rule in rules_of(text % weak)
    assert rule not in rules_of(text % mended)


def test_a_function_hands_input_on() -> None:
    text = """
    static void ask(char *name) { fgets(name, 40, stdin); }
    static int run(const char *what) { return system(what); }
    int main(void) { char name[40]; ask(name); return run(name); }
    """
    assert "c-command-from-input" in rules_of(text)
    assert "c-command-from-input" not in rules_of(text.replace("ask(name);", ""))


def test_documents_get_rows_with_places_and_what_cannot_be_read_is_said() -> None:
    weak = main("char b[9];\ngets(b);")
    documents = documents_of(
        [
            ("a.c", weak),
            ("b.c", "int x;" * MAX_BYTES),
            ("c.c", "int f( {{{ ((( ;;; }"),
            ("d.py", weak),
        ]
    )
    told = list(c_weaknesses(documents))
    (found,) = [item for item in told if isinstance(item, Found)]
    assert (found.rule, found.cwe, found.line, found.confidence) == ("c-gets", 787, 6, "high")
    unread = {item.content_id for item in told if isinstance(item, Unread)}
    assert documents["content_id"][1] in unread
    assert documents["content_id"][3] not in {item.content_id for item in told}


def test_hostile_text_ends() -> None:
    deep = "int f(void) { return " + "(" * 3000 + "1" + ")" * 3000 + "; }"
    frame = documents_of([("a.c", deep), ("b.c", "\x00\ufffd{}" * 500), ("c.c", "{" * 5000)])
    assert isinstance(list(c_weaknesses(frame.filter(pl.col("text").is_not_null()))), list)
