"""Which training pairs a commit yields, and why others are withheld.

Belongs here: the conditions on commits, messages and contents. Does not belong here: the label
(`labels.py`), the functions that differ (`edits.py`), licenses and secrets of the contents, which
are checked on both sides by the gates of the contents themselves.

The conditions on messages follow what published commit data sets kept (CommitPackFT, CommitBench,
StarCoder), without their slips: extensions are compared as extensions, licenses are left to the
license policy, bots are told by account.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from corpus_assets.pairs.commits.bots import is_bot
from corpus_assets.pairs.commits.edits import Looked
from corpus_assets.pairs.commits.files import file_kinds
from corpus_assets.parse.tokens import count_tokens

BUGFIX_CONFIDENCE = 0.7
"""From this share on a bugfix yields a buggy -> fixed pair. On hand-labelled messages of projects
that no cue was tuned on, labels of that confidence were right in 90 % (benchmarks/RESULTS.md)."""
MAX_FUNCTIONS = 5
"""Functions a commit may change for pairs of functions: in larger ones most changes are beside the
point (2,476 of 3,254 fixes of Redis change one to three files)."""
MIN_TOKENS, MAX_TOKENS = 50, 768
"""Tokens of both sides of a commit pair together, as CommitPackFT has it."""
MAX_CONTENT_CHARS = 50_000
MIN_WORDS, MIN_CHARS, MAX_CHARS = 4, 10, 1_000
_VERB = r"^(?:Abort|Accept|Access|Adapt|Add|Address|Adjust|Align|Allow|Always|Amend|Append|Apply|Assert|Assign|Avoid|Bind|Block|Break|Build|Cache|Calculate|Call|Cancel|Capture|Cast|Catch|Change|Check|Clarify|Clean|Clear|Close|Collapse|Collect|Combine|Compare|Compute|Configure|Connect|Consolidate|Convert|Copy|Correct|Count|Cover|Create|Cut|Deal|Decode|Decouple|Decrease|Deduplicate|Default|Define|Delay|Delete|Deny|Deprecate|Derive|Detect|Determine|Disable|Disallow|Discard|Display|Do|Document|Don't|Drop|Emit|Enable|Encapsulate|Encode|Enforce|Enhance|Ensure|Escape|Evaluate|Exclude|Execute|Exit|Expand|Expose|Extend|Extract|Fail|Fetch|Fill|Filter|Find|Finish|Fix|Flatten|Flush|Force|Format|Forward|Free|Generalize|Generate|Get|Give|Group|Guard|Handle|Hide|Hook|Ignore|Implement|Import|Improve|Include|Increase|Increment|Indent|Inherit|Initialize|Initialise|Inject|Inline|Insert|Install|Instantiate|Introduce|Invalidate|Invert|Isolate|Iterate|Join|Keep|Leave|Let|Limit|Link|List|Load|Lock|Log|Lower|Make|Map|Mark|Match|Measure|Merge|Migrate|Minimize|Mock|Modify|Move|Never|Normalize|Notify|Omit|Only|Open|Optimize|Optimise|Order|Override|Parse|Pass|Patch|Permit|Pick|Plug|Populate|Port|Prefer|Prepare|Preserve|Prevent|Print|Process|Propagate|Properly|Protect|Provide|Pull|Push|Put|Query|Raise|Read|Rearrange|Record|Redirect|Reduce|Refactor|Reflect|Refresh|Register|Reject|Release|Reload|Remove|Rename|Render|Reorder|Reorganize|Repair|Replace|Report|Request|Require|Reset|Resolve|Respect|Restore|Restrict|Restructure|Retry|Return|Reuse|Revise|Rewrite|Round|Run|Sanitize|Save|Scale|Search|Select|Send|Separate|Serialize|Set|Share|Show|Silence|Simplify|Skip|Sort|Specify|Split|Start|Stop|Store|Stream|Strip|Support|Suppress|Swap|Switch|Synchronize|Test|Throw|Tidy|Track|Translate|Treat|Trim|Truncate|Try|Tweak|Unify|Unlock|Update|Upgrade|Use|Validate|Verify|Wait|Warn|Wrap|Write)\b"  # noqa: E501
_UNFIT = r"(?i)https?://|\b[0-9a-f]{40}\b|cherry[- ]picked|signed-off-by|\bwip\b|\bi\b|\bcode review\b|\bthanks\b|\b(?:issue|bug|feature)\s+#?\d+|leetcode|^merge\b|#\d"  # noqa: E501
_TAGS = r"^(?:\s*\[[^\]]{0,40}\]:?\s*)*(?:[\w/.,-]{1,30}(?:\([^)]{0,40}\))?!?:\s+)?"
_REVERTED = r"(?i)this reverts commit ([0-9a-f]{7,64})"


def candidates(labelled: pl.DataFrame, commits: pl.DataFrame) -> pl.Series:
    """Commits whose contents are worth reading: by people, one parent, and a label that pairs or
    doubts come from."""
    single = commits.select("commit", fit=(pl.col("parents").list.len() == 1) & ~is_bot()).filter(
        "fit"
    )
    unsure = (pl.col("confidence") < 0.6) & pl.col("label").is_in(
        ["other", "style", "docs", "build", "test"]
    )
    return (
        labelled.join(single, on="commit", how="semi")
        .filter(pl.col("label").is_in(["bugfix", "refactor", "feature"]) | unsure)
        .get_column("commit")
    )


def yields(
    commits: pl.DataFrame, labelled: pl.DataFrame, changes: pl.DataFrame, looked: Looked
) -> dict[str, list[dict[str, Any]]]:
    """Pairs by commit; commits that yield none are left out.

    A pair is `kind` (bug_fix: buggy and fixed function; refactoring: bad and good function;
    commit: file before, message, file after), `language`, `path`, and for both sides `content_id`
    with the bytes of the function in the UTF-8 text (null: the whole file). bug_fix has `tests`:
    the test files that the same commit added or changed, its evidence.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for commit, pair in (
        *_function_pairs(labelled, changes, looked),
        *_message_pairs(commits, labelled, changes, looked),
    ):
        found.setdefault(commit, []).append(pair)
    return found


def _function_pairs(
    labelled: pl.DataFrame, changes: pl.DataFrame, looked: Looked
) -> list[tuple[str, dict[str, Any]]]:
    kinds = labelled.filter(
        ((pl.col("label") == "bugfix") & (pl.col("confidence") >= BUGFIX_CONFIDENCE))
        | (pl.col("label") == "refactor")
    ).select("commit", "label")
    code = looked.edits.filter(pl.col("kind") == "code")
    rows = (
        looked.changed.join(kinds, on="commit")
        .join(code, on=["commit", "path"])
        .filter((pl.col("change") == "changed").sum().over("commit") <= MAX_FUNCTIONS)
        .filter(pl.col("change") == "changed")
        .sort("commit", "path", "before_start")
    )
    tests = _tests(changes)
    found = []
    for row in rows.iter_rows(named=True):
        is_fix = row["label"] == "bugfix"
        pair: dict[str, Any] = {
            "kind": "bug_fix" if is_fix else "refactoring",
            "language": row["language"],
            "path": row["path"],
            "name": row["name"],
            **_sides(row, row["before_start"], row["before_end"], row["after_start"],
                     row["after_end"]),
        }  # fmt: skip
        if is_fix:
            pair["tests"] = tests.get(row["commit"], [])
        found.append((row["commit"], pair))
    return found


def _tests(changes: pl.DataFrame) -> dict[str, list[str]]:
    """Test files that each commit added or changed, at most ten."""
    rows = (
        changes.filter(pl.col("status").is_in(["A", "M"]) & (file_kinds(pl.col("path")) == "test"))
        .group_by("commit")
        .agg(pl.col("path").sort().head(10))
    )
    return dict(rows.iter_rows())


def _message_pairs(
    commits: pl.DataFrame, labelled: pl.DataFrame, changes: pl.DataFrame, looked: Looked
) -> list[tuple[str, dict[str, Any]]]:
    if looked.edits.is_empty():
        return []
    alone = changes.group_by("commit").len().filter(pl.col("len") == 1)
    subject = pl.col("message").str.strip_chars().str.split("\n").list.first()
    bare = subject.str.replace(_TAGS, "").str.replace(r"(?i)\s*\[(?:skip ci|ci skip)\]", "")
    stem = pl.col("path").str.extract(r"([^/]+?)(?:\.[^./]*)?$", 1)
    rows = (
        looked.edits.join(alone, on="commit", how="semi")
        .join(commits.select("commit", "message"), on="commit")
        .join(labelled.select("commit", "label"), on="commit")
        .with_columns(message=bare)
        .filter(
            pl.col("message").str.len_chars().is_between(MIN_CHARS + 1, MAX_CHARS - 1)
            & (pl.col("message").str.split(" ").list.len() >= MIN_WORDS)
            & pl.col("message").str.contains(_VERB)
            & ~subject.str.contains(_UNFIT)
            & ~pl.col("message").str.contains(stem, literal=True)
            & (pl.col("before").str.len_chars() < MAX_CONTENT_CHARS)
            & (pl.col("after") != "")
            & (pl.col("before") != pl.col("after"))
        )
    )
    n_tokens = count_tokens(rows["before"]) + count_tokens(rows["after"])
    rows = rows.filter(n_tokens.is_between(MIN_TOKENS, MAX_TOKENS))
    return [
        (
            row["commit"],
            {
                "kind": "commit", "language": row["language"], "path": row["path"],
                "message": row["message"], **_sides(row, None, None, None, None),
            },
        )
        for row in rows.sort("commit").iter_rows(named=True)
    ]  # fmt: skip


def reverted(commits: pl.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """By commit, the pair of kind `reverted`: `commit` names what it takes back, an example of what
    was not wanted."""
    rows = commits.select("commit", reverts=pl.col("message").str.extract(_REVERTED, 1))
    return {
        commit: [{"kind": "reverted", "commit": reverts.lower()}]
        for commit, reverts in rows.drop_nulls().iter_rows()
    }


def _sides(
    row: dict[str, Any], start: int | None, end: int | None, after_start: int | None,
    after_end: int | None,
) -> dict[str, Any]:  # fmt: skip
    spans = {"before": (start, end), "after": (after_start, after_end)}
    return {
        side: {
            "content_id": row[f"{side}_id"],
            "start_byte": low,
            "end_byte": high,
        }
        for side, (low, high) in spans.items()
    }
