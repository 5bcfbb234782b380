"""Queries for units, by grammar: which nodes are functions, methods and classes.

Belongs here: data. A query also captures comments and literals, which the lexer
(`unit_tokens.py`) cannot tell from code by looking at bytes. A unit begins where its node begins:
Python's decorators and C++'s `template <...>` stand outside, annotations and attributes inside.
"""

from __future__ import annotations

_SCRIPT = """
[(function_declaration) (generator_function_declaration) (function_expression)
 (generator_function) (arrow_function)] @function
(method_definition) @method
[(class_declaration) (class)] @class
(comment) @comment
[(string) (template_string) (regex) (jsx_text)] @literal
"""

_C = """
(function_definition) @function
[(struct_specifier body: (_)) (union_specifier body: (_)) (enum_specifier body: (_))] @class
(comment) @comment
[(string_literal) (char_literal) (system_lib_string)] @literal
"""

PATTERNS: dict[str, str] = {
    "python": """
(function_definition) @function
(class_definition) @class
(comment) @comment
(string) @literal
""",
    "javascript": _SCRIPT,
    "typescript": _SCRIPT
    + "[(abstract_class_declaration) (interface_declaration) (enum_declaration)] @class",
    "java": """
[(method_declaration) (constructor_declaration) (compact_constructor_declaration)] @method
[(class_declaration) (interface_declaration) (enum_declaration) (record_declaration)
 (annotation_type_declaration)] @class
[(line_comment) (block_comment)] @comment
[(string_literal) (character_literal)] @literal
""",
    "c": _C,
    "cpp": _C + "(class_specifier body: (_)) @class (raw_string_literal) @literal",
    "csharp": """
[(method_declaration) (constructor_declaration) (destructor_declaration)
 (operator_declaration) (conversion_operator_declaration)] @method
(local_function_statement) @function
[(class_declaration) (struct_declaration) (interface_declaration) (record_declaration)
 (enum_declaration)] @class
(comment) @comment
[(string_literal) (verbatim_string_literal) (raw_string_literal)
 (interpolated_string_expression) (character_literal)] @literal
""",
    "go": """
[(function_declaration) (func_literal)] @function
(method_declaration) @method
[(type_spec type: (struct_type)) (type_spec type: (interface_type))] @class
(comment) @comment
[(raw_string_literal) (interpreted_string_literal) (rune_literal)] @literal
""",
    "rust": """
(function_item) @function
[(impl_item) (struct_item) (enum_item) (union_item) (trait_item)] @class
[(line_comment) (block_comment)] @comment
[(string_literal) (raw_string_literal) (char_literal)] @literal
""",
    "ruby": """
[(method) (singleton_method)] @function
[(class) (module)] @class
(comment) @comment
[(string) (regex) (heredoc_body) (string_array) (symbol_array) (subshell) (character)] @literal
""",
    "php": """
[(function_definition) (anonymous_function) (arrow_function)] @function
(method_declaration) @method
[(class_declaration) (interface_declaration) (trait_declaration) (enum_declaration)] @class
(comment) @comment
[(string) (encapsed_string) (heredoc) (nowdoc) (text)] @literal
""",
    "bash": """
(function_definition) @function
(comment) @comment
[(string) (raw_string) (ansi_c_string) (heredoc_body) (regex)] @literal
""",
    "kotlin": """
[(function_declaration) (anonymous_function) (secondary_constructor)] @function
[(class_declaration) (object_declaration) (companion_object)] @class
[(line_comment) (multiline_comment)] @comment
[(string_literal) (character_literal)] @literal
""",
    "scala": """
(function_definition) @function
[(class_definition) (object_definition) (trait_definition) (enum_definition)] @class
[(comment) (block_comment)] @comment
[(string) (interpolated_string_expression) (character_literal)] @literal
""",
    "swift": """
[(function_declaration) (init_declaration) (deinit_declaration)] @function
[(class_declaration) (protocol_declaration)] @class
[(comment) (multiline_comment)] @comment
[(line_string_literal) (multi_line_string_literal) (raw_string_literal) (regex_literal)] @literal
""",
    "objc": """
(function_definition) @function
(method_definition) @method
[(class_implementation) (class_interface) (protocol_declaration)] @class
(comment) @comment
[(string_literal) (char_literal) (system_lib_string)] @literal
""",
    "lua": """
[(function_declaration) (function_definition)] @function
(comment) @comment
(string) @literal
""",
    "perl": """
[(subroutine_declaration_statement) (anonymous_subroutine_expression)] @function
(method_declaration_statement) @method
(class_statement) @class
[(comment) (pod)] @comment
[(string_literal) (interpolated_string_literal) (command_string) (quoted_word_list)
 (match_regexp) (substitution_regexp) (quoted_regexp) (transliteration_expression)
 (heredoc_content)] @literal
""",
    "r": """
(function_definition) @function
(comment) @comment
(string) @literal
""",
    "julia": """
[(function_definition) (macro_definition)] @function
(struct_definition) @class
[(line_comment) (block_comment)] @comment
[(string_literal) (prefixed_string_literal) (command_literal) (character_literal)] @literal
""",
}

LAYOUT = frozenset({"python"})
"""Grammars where indentation is syntax: the tokens alone do not tell where a block ends."""

SOFT_WORDS = frozenset(
    (
        "abstract", "actor", "alias", "annotation", "any", "as", "async", "await", "base", "bool",
        "boolean", "by", "clone", "companion", "constructor", "crossinline", "data", "declare",
        "default", "deinit", "delegate", "descending", "dynamic", "each", "enum", "event", "exec",
        "exit", "exports", "extension", "field", "fields", "file", "final", "from", "get", "global",
        "group", "infix", "init", "inline", "inner", "inout", "interface", "internal", "into", "is",
        "isolated", "it", "join", "key", "let", "limit", "list", "local", "match", "method",
        "module", "name", "namespace", "native", "never", "new", "nil", "not", "notnull", "number",
        "object", "of", "on", "open", "opens", "operator", "optional", "or", "out", "override",
        "package", "param", "parent", "partial", "permits", "postfix", "prefix", "print",
        "property", "protocol", "provides", "readonly", "receiver", "record", "reified", "remove",
        "repeat", "require", "required", "requires", "scoped", "sealed", "select", "self", "set",
        "setparam", "some", "static", "string", "suspend", "symbol", "synchronized", "system",
        "tailrec", "target", "to", "transient", "transitive", "type", "typealias", "union",
        "unique", "unknown", "unmanaged", "unowned", "unsafe", "use", "uses", "using", "val",
        "value", "var", "vararg", "volatile", "weak", "when", "where", "with", "yield",
    )
)  # fmt: skip
"""Words that some grammar spells out and that are also names in its language (`type`, `get`).

In type-2 hashes they are names: a renamed variable must not become a keyword by its old name.
"""

RESERVED: dict[str, frozenset[str]] = {
    name: frozenset(words.split())
    for name, words in {
        "python": "as async await from global is with yield",
        "javascript": "default enum export new var with",
        "typescript": "default enum export new var with",
        "java": "abstract default enum final interface native new package static synchronized "
        "transient volatile",
        "c": "default enum inline static volatile",
        "cpp": "bool default enum export inline namespace new operator static using volatile",
        "csharp": "abstract as base bool default enum event interface internal is namespace new "
        "object operator out override readonly sealed static string using volatile",
        "go": "default package var",
        "rust": "as async await enum match static type use where yield",
        "ruby": "alias module next not or self when yield",
        "kotlin": "as interface is object package typealias val var when",
        "scala": "abstract enum final match new object override package sealed type val var with "
        "yield",
        "swift": "as default enum extension init inout internal is let operator protocol repeat "
        "self static var where",
        "php": "abstract as clone default final global interface namespace new or static use var",
        "objc": "default enum inline static volatile",
    }.items()
}
"""Those of SOFT_WORDS that a language reserves, as its reference says: there they are keywords."""
