"""The language partitions: data, no logic.

A slug is permanent: Dagster cannot rename or wipe partitions, so a language that is dropped keeps
its slug. Names are linguist's. Extensions and file names are what `parse` starts from when no
content is at hand; the ambiguous ones are settled there by content. `grammar` is the name in
tree-sitter-language-pack.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["programming", "markup", "data", "prose"]


@dataclass(frozen=True)
class Language:
    """One language partition."""

    slug: str
    name: str
    kind: Kind
    extensions: tuple[str, ...] = ()
    grammar: str | None = None
    also: tuple[str, ...] = ()  # further linguist names that belong to this partition


def _language(
    slug: str, name: str, kind: Kind, extensions: str = "", grammar: str | None = None, *also: str
) -> Language:
    return Language(slug, name, kind, tuple(extensions.split()), grammar, also)


# fmt: off
# Heaviest first: the wall time of a backfill is that of its last wave.
LANGUAGES: tuple[Language, ...] = (
    _language("python", "Python", "programming", ".py .pyi .pyw", "python"),
    _language("c", "C", "programming", ".c .h", "c"),
    _language("javascript", "JavaScript", "programming", ".js .mjs .cjs .jsx", "javascript"),
    _language("cpp", "C++", "programming", ".cpp .cc .cxx .hpp .hh .hxx .ipp", "cpp"),
    _language("java", "Java", "programming", ".java", "java"),
    _language("typescript", "TypeScript", "programming", ".ts .tsx .mts .cts", "typescript", "TSX"),
    _language("go", "Go", "programming", ".go", "go"),
    _language("rust", "Rust", "programming", ".rs", "rust"),
    _language("csharp", "C#", "programming", ".cs", "csharp"),
    _language("php", "PHP", "programming", ".php", "php", "Hack"),
    _language("ruby", "Ruby", "programming", ".rb .gemspec .rake", "ruby"),
    _language("html", "HTML", "markup", ".html .htm .xhtml", "html",
              "HTML+Django", "HTML+ERB", "HTML+PHP", "Jinja"),
    _language("markdown", "Markdown", "prose", ".md .markdown", "markdown", "RMarkdown", "MDX"),
    _language("json", "JSON", "data", ".json .jsonl", "json", "JSON with Comments", "JSON5",
              "JSONLD", "GeoJSON"),
    _language("yaml", "YAML", "data", ".yml .yaml", "yaml"),
    _language("xml", "XML", "data", ".xml .xsd .svg", "xml", "SVG", "XML Property List", "XSLT",
              "Maven POM"),
    _language("css", "CSS", "markup", ".css", "css", "SCSS", "Less", "Sass", "Stylus"),
    _language("shell", "Shell", "programming", ".sh .bash .zsh .ksh", "bash", "ShellSession",
              "fish", "Tcsh"),
    _language("text", "Text", "prose", ".txt", None),
    _language("restructuredtext", "reStructuredText", "prose", ".rst", "rst"),
    _language("jupyter", "Jupyter Notebook", "programming", ".ipynb", None),
    _language("kotlin", "Kotlin", "programming", ".kt .kts", "kotlin"),
    _language("swift", "Swift", "programming", ".swift", "swift"),
    _language("scala", "Scala", "programming", ".scala .sc", "scala"),
    _language("objective_c", "Objective-C", "programming", ".m", "objc", "Objective-C++"),
    _language("perl", "Perl", "programming", ".pl .pm .t", "perl", "Raku", "Pod", "XS"),
    _language("lua", "Lua", "programming", ".lua", "lua", "Luau"),
    _language("r", "R", "programming", ".r", "r"),
    _language("julia", "Julia", "programming", ".jl", "julia"),
    _language("haskell", "Haskell", "programming", ".hs .lhs", "haskell", "Literate Haskell"),
    _language("ocaml", "OCaml", "programming", ".ml .mli", "ocaml", "Standard ML"),
    _language("fsharp", "F#", "programming", ".fs .fsi .fsx", "fsharp"),
    _language("elixir", "Elixir", "programming", ".ex .exs", "elixir"),
    _language("erlang", "Erlang", "programming", ".erl .hrl", "erlang"),
    _language("clojure", "Clojure", "programming", ".clj .cljs .cljc .edn", "clojure", "edn"),
    _language("lisp", "Common Lisp", "programming", ".lisp .lsp .el", "commonlisp",
              "Emacs Lisp"),
    _language("scheme", "Scheme", "programming", ".scm .ss .rkt", "scheme", "Racket"),
    _language("dart", "Dart", "programming", ".dart", "dart"),
    _language("groovy", "Groovy", "programming", ".groovy .gradle", "groovy", "Gradle"),
    _language("fortran", "Fortran", "programming", ".f .f77 .f90 .f95 .f03", "fortran",
              "Fortran Free Form"),
    _language("cobol", "COBOL", "programming", ".cob .cbl .cpy", None),
    _language("ada", "Ada", "programming", ".adb .ads", "ada"),
    _language("pascal", "Pascal", "programming", ".pas .pp .dpr", "pascal"),
    _language("assembly", "Assembly", "programming", ".asm .s", "asm", "Unix Assembly",
              "GAS", "Motorola 68K Assembly"),
    _language("matlab", "MATLAB", "programming", ".mat", "matlab"),
    _language("sql", "SQL", "data", ".sql", "sql", "PLpgSQL", "PLSQL", "TSQL", "SQLPL"),
    _language("tex", "TeX", "prose", ".tex .sty .cls .bib", "latex", "BibTeX"),
    _language("powershell", "PowerShell", "programming", ".ps1 .psm1 .psd1", "powershell"),
    _language("vue", "Vue", "markup", ".vue", "vue", "Svelte", "Astro"),
    _language("protobuf", "Protocol Buffer", "data", ".proto", "proto", "Thrift", "GraphQL"),
    _language("hcl", "HCL", "programming", ".tf .hcl .tfvars", "hcl"),
    _language("cmake", "CMake", "programming", ".cmake", "cmake"),
    _language("makefile", "Makefile", "programming", ".mk .mak", "make", "M4", "M4Sugar"),
    _language("dockerfile", "Dockerfile", "programming", ".dockerfile", "dockerfile"),
    _language("toml", "TOML", "data", ".toml", "toml", "INI"),
    _language("zig", "Zig", "programming", ".zig", "zig"),
    _language("solidity", "Solidity", "programming", ".sol", "solidity"),
    _language("hdl", "Verilog", "programming", ".v .sv .vhd .vhdl", "verilog",
              "SystemVerilog", "VHDL"),
    _language("other", "Other", "data"),
)
# fmt: on

OTHER = "other"
BY_SLUG: dict[str, Language] = {language.slug: language for language in LANGUAGES}
BY_NAME: dict[str, Language] = {
    name: language for language in LANGUAGES for name in (language.name, *language.also)
}
SLUGS: tuple[str, ...] = tuple(language.slug for language in LANGUAGES)
SOURCE_CATEGORIES = ("open_source", "educational", "commercial", "freelance", "in_house")
STAGES = ("pretraining", "continued_pretraining", "fine_tuning", "evaluation")
