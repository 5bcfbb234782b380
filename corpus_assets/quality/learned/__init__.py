"""A learned score: how much a file looks like code that people wrote to teach or had reviewed.

Belongs here: which languages share a model, and the two things done with one: training it from the
lake's own documents, and scoring. A score is a signal: no gate reads it.

The known weakness of such models is that they learn "small tutorial-like program" instead of
"good" (reference/quality-tools.md 11: hobby scripts score as high as textbooks). So comments and
strings are blanked before anything is read, length is no feature, and examples are weighted
until both sides are equally long and equally commented; what correlation is left is measured.
"""

from __future__ import annotations

FAMILIES: dict[str, tuple[str, ...]] = {
    "python": ("python",),
    "javascript": ("javascript", "typescript", "vue"),
    "c": ("c", "cpp", "objective_c"),
    "managed": ("java", "csharp", "kotlin", "scala", "groovy", "swift", "dart"),
    "systems": ("go", "rust", "zig"),
    "scripting": ("ruby", "php", "perl", "lua", "shell", "powershell", "r", "julia", "matlab"),
    "functional": (
        "haskell", "ocaml", "fsharp", "elixir", "erlang", "clojure", "lisp", "scheme",
    ),
}  # fmt: skip
FAMILY_OF = {slug: family for family, slugs in FAMILIES.items() for slug in slugs}
LEARNED_VERSION = "1"
