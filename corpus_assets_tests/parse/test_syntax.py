"""Grammars, limits and dialects of syntax trees."""

import pytest

from corpus_assets.languages import LANGUAGES
from corpus_assets.parse import syntax

GRAMMARS = [language.slug for language in LANGUAGES if language.grammar]


@pytest.mark.parametrize("language", GRAMMARS)
def test_every_grammar_loads_and_reads_any_bytes(language: str) -> None:
    for source in (b"", b"x = 1\n", b"\xff\x00(((\n", "größe = 'ü'\n".encode()):
        tree = syntax.syntax_tree(language, source)
        assert tree is not None
        assert tree.root_node.end_byte <= len(source)


def test_languages_without_grammar_have_no_tree() -> None:
    without = {language.slug for language in LANGUAGES} - set(GRAMMARS)
    assert "other" in without
    assert [syntax.syntax_tree(language, b"x") for language in sorted(without)] == [None] * len(
        without
    )


def test_tree_spans_the_source_across_read_buffers() -> None:
    source = b"value = call(1, 'two')  # three\n" * 10_000
    tree = syntax.syntax_tree("python", source)
    assert tree is not None
    assert tree.root_node.end_byte == len(source)
    assert not tree.root_node.has_error


def test_source_over_the_size_limit_is_not_parsed() -> None:
    assert syntax.syntax_tree("python", b"#" * (syntax.MAX_BYTES + 1)) is None


def test_parse_over_the_step_budget_ends_and_leaves_the_parser_usable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(syntax, "MAX_STEPS", 50)
    assert syntax.syntax_tree("json", b"[" * 100_000) is None
    monkeypatch.undo()
    tree = syntax.syntax_tree("json", b"[1, 2]")
    assert tree is not None
    assert not tree.root_node.has_error


def test_typescript_with_markup_uses_the_tsx_dialect() -> None:
    tree = syntax.syntax_tree("typescript", b"const a = <div className='x'>{b}</div>;\n")
    assert tree is not None
    assert not tree.root_node.has_error
    casts = syntax.syntax_tree("typescript", b"const a = <string>b;\n")
    assert casts is not None
    assert not casts.root_node.has_error
