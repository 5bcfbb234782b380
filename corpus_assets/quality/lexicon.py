"""How languages write comments and strings, and what their words are for.

Belongs here: the tables that the lexer of `kernels/code.py` goes by; data, no logic. Languages that
are not named are read like C, or as plain words if they are no programming languages.
"""

from __future__ import annotations

from typing import NamedTuple

STRING, LONG_STRING, CHARACTER = 1, 2, 3
"""What a quote opens: a string that ends on its line, one of several lines, or one character (and
otherwise nothing: lifetimes, primes, attributes and quoted lists begin with the same sign)."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


class Lexis(NamedTuple):
    """Signs of a language: `quotes` by what they open; `escapes`: a backslash takes the next
    character; `triple`: three quotes open a string of several lines; `hash_lines`: a line that
    begins with # is for the preprocessor; `braces`: a line that ends with an opening brace and
    holds a parenthesis begins a function."""

    line_comments: tuple[str, ...] = ()
    block_comments: tuple[tuple[str, str], ...] = ()
    quotes: tuple[tuple[str, int], ...] = (('"', STRING), ("'", STRING))
    escapes: bool = True
    triple: bool = False
    hash_lines: bool = False
    braces: bool = False


_C_COMMENTS = ("//",), (("/*", "*/"),)
_C = Lexis(*_C_COMMENTS, hash_lines=True, braces=True)
_JAVA = Lexis(*_C_COMMENTS, triple=True, braces=True)
_LIFETIMES = Lexis(*_C_COMMENTS, (('"', LONG_STRING), ("'", CHARACTER)))
_BACKTICKS = (('"', STRING), ("'", STRING), ("`", LONG_STRING))
_HASH = Lexis(("#",), (), (('"', LONG_STRING), ("'", LONG_STRING)))
_LISP = Lexis((";",), (("#|", "|#"),), (('"', LONG_STRING),))
_ML = Lexis((), (("(*", "*)"),), (('"', LONG_STRING), ("'", CHARACTER)))
_DASHES = Lexis(("--",), (("{-", "-}"),), (('"', STRING), ("'", CHARACTER)))
_PLAIN = Lexis((), (), ())

LEXICA: dict[str, Lexis] = {
    "python": Lexis(("#",), (), triple=True),
    "c": _C, "cpp": _C, "objective_c": _C, "csharp": _C, "hdl": Lexis(
        *_C_COMMENTS, (('"', STRING),)
    ),
    "java": _JAVA, "kotlin": _JAVA, "scala": _JAVA, "groovy": _JAVA, "swift": _JAVA,
    "dart": Lexis(*_C_COMMENTS, triple=True, braces=True),
    "javascript": Lexis(*_C_COMMENTS, _BACKTICKS, braces=True),
    "typescript": Lexis(*_C_COMMENTS, _BACKTICKS, braces=True),
    "go": Lexis(*_C_COMMENTS, _BACKTICKS), "rust": _LIFETIMES, "zig": Lexis(("//",)),
    "solidity": Lexis(*_C_COMMENTS, braces=True),
    "php": Lexis(("//", "#"), (("/*", "*/"),), (('"', LONG_STRING), ("'", LONG_STRING))),
    "css": Lexis((), (("/*", "*/"),)), "protobuf": Lexis(("//", "#"), (("/*", "*/"),)),
    "ruby": _HASH, "shell": _HASH, "perl": _HASH, "r": _HASH, "elixir": Lexis(("#",), triple=True),
    "julia": Lexis(("#",), (("#=", "=#"),), (('"', STRING), ("'", CHARACTER)), triple=True),
    "yaml": Lexis(("#",), (), (('"', STRING),)), "toml": Lexis(("#",), triple=True),
    "makefile": Lexis(("#",), (), ()), "dockerfile": Lexis(("#",), (), ()),
    "cmake": Lexis(("#",), (("#[[", "]]"),), (('"', LONG_STRING),)),
    "hcl": Lexis(("#", "//"), (("/*", "*/"),), (('"', STRING),)),
    "powershell": Lexis(("#",), (("<#", "#>"),), escapes=False),
    "lua": Lexis(("--",), (("--[[", "]]"),)),
    "sql": Lexis(("--",), (("/*", "*/"),), (("'", LONG_STRING), ('"', STRING)), escapes=False),
    "haskell": _DASHES, "ada": Lexis(("--",), (), (('"', STRING), ("'", CHARACTER)), False),
    "ocaml": _ML, "fsharp": Lexis(("//",), (("(*", "*)"),), (('"', STRING), ("'", CHARACTER)),
                                  triple=True),
    "pascal": Lexis(("//",), (("{", "}"), ("(*", "*)")), (("'", STRING),), escapes=False),
    "erlang": Lexis(("%",), ()), "tex": Lexis(("%",), (), ()),
    "matlab": Lexis(("%", "#"), (("%{", "%}"),), (('"', STRING),), escapes=False),
    "clojure": _LISP, "lisp": _LISP, "scheme": _LISP,
    "fortran": Lexis(("!",), (), escapes=False),
    "cobol": Lexis(("*>",), (), escapes=False),
    "assembly": Lexis((";", "#", "//"), (("/*", "*/"),), (('"', STRING),)),
    "html": Lexis((), (("<!--", "-->"),), (('"', LONG_STRING),), escapes=False),
    "xml": Lexis((), (("<!--", "-->"),), (('"', LONG_STRING),), escapes=False),
    "vue": Lexis(("//",), (("<!--", "-->"), ("/*", "*/"))),
    "json": Lexis(*_C_COMMENTS, (('"', STRING),)),
    "jupyter": Lexis((), (), (('"', STRING),)),
    "markdown": _PLAIN, "text": _PLAIN, "restructuredtext": _PLAIN, "other": _PLAIN,
}  # fmt: skip

KEYWORDS = _words(
    """abstract alias align alignas alignof and any as asm assert async auto await base begin bool
    boolean break byte case catch chan char class const const_cast constexpr continue cond data
    declare decltype def default defer defmodule defn defp del delegate delete derive deriving die
    do done double dynamic_cast elif else elseif elsif elsewhere elsif empty encoding end endif
    ensure enum esac eval event exit explicit export extends extension extern fallthrough False
    false fi final finally fixed float fn for foreach friend from fun func function global go goto
    guard if impl implements implicit import in include inherit init inline instanceof int
    interface internal is isset lambda let library lock long loop macro match mod module move mut
    mutable my namespace native new next nil None noexcept nonlocal not null nullptr object of only
    operator or otherwise our out override package pass private proc procedure protected protocol
    pub public raise range readonly redo ref register reinterpret_cast require rescue restrict
    retry return sealed select self Self short signed sizeof stackalloc static static_assert
    static_cast str struct sub subroutine super switch synchronized template then this throw throws
    trait transient True true try type typealias typedef typename typeof undef undefined union
    unless unsafe unsigned until use using val var virtual void volatile wchar_t when where while
    with xor yield"""
)
"""Words that are no names in most languages that have them."""

BRANCHES = _words(
    """if elif elsif elseif for foreach while until unless case when catch rescue except match guard
    cond loop and or ELSE IF WHEN AND OR"""
)
"""Words that begin a further path through a function (McCabe's decisions, as lizard counts)."""

RETURNS = frozenset(["return"])
PASSES = frozenset(["pass"])
PRINTS = _words(
    """print println printf fprintf puts eprintln eprint dbg echo console System.out System.err
    std.cout std.cerr cout cerr fmt.Print fmt.Println fmt.Printf log.Print log.Println log.Printf
    logging logger log LOG Console.Write Console.WriteLine NSLog Log writeln WriteLn disp cat
    message IO.puts io.format"""
)
"""First words of lines that print or log."""

IMPORTS: dict[str, frozenset[str]] = {
    slug: _words(words)
    for slug, words in {
        "python": "import from",
        "javascript": "import",
        "typescript": "import",
        "java": "import package",
        "kotlin": "import package",
        "scala": "import package",
        "groovy": "import package",
        "swift": "import",
        "go": "import package",
        "rust": "use extern mod",
        "csharp": "using",
        "php": "use require include require_once include_once namespace",
        "ruby": "require require_relative load",
        "perl": "use require",
        "lua": "require",
        "r": "library require source",
        "julia": "using import include",
        "haskell": "import module",
        "ocaml": "open",
        "fsharp": "open",
        "elixir": "import alias require use",
        "dart": "import export part library",
        "objective_c": "import",
        "c": "include",
        "cpp": "include using",
        "solidity": "import pragma",
        "protobuf": "import package syntax",
        "shell": "source",
        "ada": "with use",
        "pascal": "uses",
        "fortran": "use",
    }.items()
}
"""First words of lines that bring other modules in."""

DEFINITIONS: dict[str, frozenset[str]] = {
    slug: _words(words)
    for slug, words in {
        "python": "def async",
        "ruby": "def",
        "go": "func",
        "rust": "fn",
        "swift": "func",
        "kotlin": "fun",
        "scala": "def",
        "groovy": "def",
        "php": "function",
        "javascript": "function",
        "typescript": "function",
        "lua": "function",
        "julia": "function macro",
        "perl": "sub",
        "elixir": "def defp defmacro",
        "ocaml": "let",
        "fsharp": "let",
        "clojure": "defn defmacro",
        "lisp": "defun defmacro",
        "scheme": "define",
        "solidity": "function",
        "shell": "function",
        "pascal": "function procedure",
        "fortran": "function subroutine",
        "ada": "function procedure",
        "matlab": "function",
    }.items()
}
"""Words that begin a function, among the words of its line before the name."""

TODOS = frozenset(["todo", "fixme", "xxx"])
TEACHING = _words(
    """exercise exercises homework assignment assignments tutorial tutorials lesson lessons lecture
    chapter example examples demonstrates demonstrate explanation explain explains explained learn
    learning learned teaching student students instructor course quiz problem solution solutions
    complexity beginner beginners step practice hint hints notice concept concepts syllabus
    workshop kata leetcode codewars hackerrank"""
)
"""Words in comments by which code explains itself to learners."""
