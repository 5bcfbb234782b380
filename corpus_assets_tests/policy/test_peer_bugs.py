"""The five configuration mistakes that other projects shipped: loading refuses each."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus_assets.policy import judgements
from corpus_assets.policy.filters import load_filter_policy
from corpus_assets.policy.gates import Limit
from corpus_assets.policy.samples import dropped
from corpus_assets.policy.strict import ConfigError
from corpus_assets_tests.policy.test_filters import PACKAGED

TEXT = PACKAGED.read_text(encoding="utf-8")


def refused(tmp_path: Path, written: str, wrong: str) -> str:
    """What is said of the packaged policy with `written` (found once) replaced by `wrong`, where
    the file and the first replaced line must be named."""
    assert TEXT.count(written) == 1
    path = tmp_path / "filters.yaml"
    path.write_text(TEXT.replace(written, wrong), encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        load_filter_policy(path)
    message = str(error.value)
    first = TEXT[: TEXT.index(written)].count("\n") + 1
    lines = range(first, first + wrong.count("\n") + 1)
    assert any(message.startswith(f"{path}:{line}: ") for line in lines), message
    return message.removeprefix(str(path))


def test_a_key_given_twice(tmp_path: Path) -> None:
    """The second would win in silence."""
    written = "limits: {n_bytes: {max: 1048576}, n_lines: {max: 100000}}"
    twice = "limits: {n_bytes: {max: 1048576},\n      n_bytes: {max: 99}}"
    assert "key 'n_bytes' is given twice; keep one of them" in refused(tmp_path, written, twice)


def test_a_number_in_quotes(tmp_path: Path) -> None:
    """A text is neither above nor below any number."""
    said = refused(tmp_path, "{n_bytes: {max: 1048576}", "{n_bytes: {max: '262,144'}")
    assert "gates.size.limits.n_bytes.max: Value error, write a finite number, not '262," in said
    assert "a finite number, not '50'" in refused(
        tmp_path, "{n_chars: {min: 50, max: 5000}}", "{n_chars: {min: '50', max: 5000}}"
    )


def test_an_inverted_rule(tmp_path: Path) -> None:
    """It keeps what it should drop, and the other way round: HTML with the least text, say."""
    written = "{visible_text_fraction: {min: 0.2}, visible_chars: {min: 100}}"
    inverted = "{visible_text_fraction: {max: 0.2}, visible_chars: {min: 100}}"
    path = tmp_path / "filters.yaml"
    path.write_text(TEXT.replace(written, inverted), encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        load_filter_policy(path)
    assert "must_drop visible_text_fraction 0.1 is kept by visible_text_fraction <= 0.2" in str(
        error.value
    )
    flag = refused(
        tmp_path,
        "limits: {is_minified: {is: false}}\n    must_drop: {is_minified: true}",
        "limits: {is_minified: {is: true}}\n    must_drop: {is_minified: true}",
    )
    assert "gate minified: must_drop is_minified True is kept by is_minified is true" in flag


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        # A list held against 0, a flag against a number, a share that cannot be above 1, and a
        # threshold so high that its own sample does not reach it.
        ("{kind_evidence: {max: 0}}", "no column that a gate can judge"),
        ("{is_generated: {is: 0}}", "Input should be a valid boolean"),
        ("{is_generated: {max: 0}}", "is_generated is Boolean: it can have is"),
        ("{comment_fraction: {max: 1.0}}", "1.0 never fires: comment_fraction lies in 0 to 1"),
    ],
)
def test_a_comparison_that_never_fires(tmp_path: Path, limit: str, message: str) -> None:
    said = refused(tmp_path, "limits: {is_generated: {is: false}}", f"limits: {limit}")
    assert message in said


def test_a_threshold_that_its_own_sample_does_not_reach(tmp_path: Path) -> None:
    written = "must_drop: {n_bytes: 1048577, n_lines: 100001}"
    said = refused(tmp_path, written, "must_drop: {n_bytes: 100, n_lines: 100001}")
    assert "must_drop n_bytes 100 is kept by n_bytes <= 1048576" in said


def test_a_piece_of_a_word_where_the_word_is_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """pass is no part of password: folders are whole parts of a path, and there is no other way."""
    limits = {"path": Limit(no_folders=("pass",))}
    rows = [("path", "a/pass/b.py"), ("path", "PASS/b.py"), ("path", "password/b.py"),
            ("path", "a/compass/b.py"), ("path", "a/pass.py")]  # fmt: skip
    found = dropped(judgements.judgement(limits), rows)
    assert found == [True, True, False, False, False]
    written = "          - node_modules\n"
    assert "Extra inputs" in refused(
        tmp_path, "    limits:\n      path:\n        no_folders:",
        "    limits:\n      path:\n        contains: [pass]\n        no_folders:",
    )  # fmt: skip
    assert "whole name of one folder" in refused(tmp_path, written, '          - "vendor/"\n')
    # A judgement that looked for pieces would not get past the samples of the packaged policy.
    monkeypatch.setattr(judgements, "folders_pattern", lambda names: f"(?i){'|'.join(names)}")
    with pytest.raises(ConfigError, match=r"must_keep path 'src/vendors\.py' is dropped"):
        load_filter_policy()
