"""What kinds of files a commit touches, told by their paths, as facts for cues.

Belongs here: kinds of paths and the facts of a commit's changes. Does not belong here: what the
changes look like inside (`shape.py`) and what the facts mean (`cues.py`).
"""

from __future__ import annotations

import polars as pl

from corpus_assets.languages import LANGUAGES

MANY_FILES = 30
HUGE_FILES = 300
"""From so many files on a commit is a sweep over the project, whatever its message tells."""

_CODE = sorted(
    {
        extension.lstrip(".")
        for language in LANGUAGES
        if language.kind == "programming"
        and language.slug not in ("dockerfile", "makefile", "cmake")
        for extension in language.extensions
    }.union(
        [
            "vue",
            "svelte",
            "sql",
            "proto",
            "css",
            "scss",
            "less",
            "html",
            "htm",
            "erb",
            "hbs",
            "jinja",
            "j2",
            "ejs",
            "pug",
            "xaml",
            "pyx",
            "pxd",
            "inc",
            "tcc",
            "cu",
            "cl",
            "glsl",
            "hlsl",
            "dm",
            "nim",
            "cr",
            "d",
            "vb",
            "bas",
            "hx",
            "as",
            "coffee",
            "mm",
            "phtml",
            "tpl",
            "twig",
            "tmpl",
        ]
    )
)

# The first kind that fits counts. Paths are in lower case, `/` stands before the first part.
KINDS = (
    ("lock", r"/(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|poetry\.lock|pdm\.lock|uv\.lock|pipfile\.lock|cargo\.lock|gemfile\.lock|composer\.lock|go\.sum|mix\.lock|podfile\.lock|packages\.lock\.json|flake\.lock|conan\.lock|gradle\.lockfile)$"),
    ("manifest", r"/(?:package\.json|pipfile|cargo\.toml|gemfile|composer\.json|go\.mod|mix\.exs|podfile|bower\.json|paket\.dependencies|packages\.config|constraints[^/]*\.txt|(?:[\w.-]*requirements|requires)[\w.-]*\.(?:txt|in|pip)|(?:test|pip|dev)-requires|requirements/[^/]+\.(?:txt|in)|dependabot\.ya?ml|renovate\.json5?|\.gitmodules|environment\.ya?ml|deps\.(?:edn|ya?ml)|shard\.yml|pubspec\.ya?ml|libs\.versions\.toml|vcpkg\.json|conanfile\.\w+)$"),
    ("ci", r"/(?:\.github/(?:workflows|actions)/.*|\.travis\.yml|\.?appveyor\.yml|\.circleci/.*|\.gitlab-ci[^/]*|\.?azure-pipelines[^/]*|jenkinsfile|\.zuul\.yaml|\.zuul\.d/.*|zuul\.d/.*|\.cirrus\.yml|\.drone\.yml|\.buildkite/.*|\.ci/.*|ci/.*|codecov\.ya?ml|\.codecov\.ya?ml|\.pre-commit-config\.yaml)$"),
    ("test", r"/(?:tests?|testing|unittests?|testsuites?|test-suite|testcases?|__tests__|__mocks__|spec|specs|e2e|fixtures?|testdata|test_data|t|selftests?|benchmarks?|[\w.-]+[_-]tests?|[\w.-]+\.tests?|src/(?:test|androidtest|testfixtures))/|/(?:test_[^/]*|conftest\.py|[^/]*_tests?\.\w+|[^/]*\.(?:test|spec|tests|specs)\.\w+|[^/]*_spec\.\w+|[^/]*-test\.\w+|[^/]*tests?\.(?:java|kt|scala|cs|cpp|cc|php|swift|m|groovy|vb|fs)|test\w*\.(?:java|php)|tests?\.\w+|[^/]*\.t|[^/]*\.snap)$"),
    ("docs", r"/(?:docs?|documentation|man|manual|website|site-docs|wiki|api-ref|releasenotes|\.changes|changelog\.d|newsfragments|changelogs)/|/(?:readme|changes|change_?log|changelog|history|news|authors|contributors|maintainers|contributing|code_of_conduct|todo|faq|install|security|roadmap|releases?|upgrading|hacking|thanks|credits|copying|license|licence|notice|copyright)(?:[._-][^/]*)?$|\.(?:md|markdown|rst|adoc|asciidoc|txt2?man|pod|tex|texi|texinfo|mdx|rdoc|org|docx?|odt|pdf|[1-8])$"),
    ("style", r"/(?:\.eslintrc[^/]*|\.eslintignore|\.prettierrc[^/]*|\.prettierignore|\.pylintrc|pylintrc|\.flake8|\.rubocop[^/]*|\.clang-format|\.clang-tidy|\.editorconfig|\.jshintrc|\.jscsrc|tslint\.json|\.stylelintrc[^/]*|\.golangci\.ya?ml|phpcs\.xml[^/]*|\.php_cs[^/]*|checkstyle[^/]*\.xml|rustfmt\.toml|\.rustfmt\.toml|\.scalafmt\.conf|\.isort\.cfg|mypy\.ini|ruff\.toml)$"),
    ("build", r"/(?:makefile[^/]*|gnumakefile|cmakelists\.txt|configure|configure\.(?:ac|in)|meson\.build|meson_options\.txt|build|build\.bazel|workspace|module\.bazel|dockerfile[^/]*|[^/]*\.dockerfile|docker-compose[^/]*|\.dockerignore|vagrantfile|setup\.py|setup\.cfg|pyproject\.toml|manifest\.in|tox\.ini|noxfile\.py|pom\.xml|build\.xml|ivy\.xml|gradlew[^/]*|gradle\.properties|settings\.gradle[^/]*|webpack[^/]*\.js|rollup[^/]*\.js|gulpfile[^/]*|gruntfile[^/]*|\.npmignore|\.npmrc|\.nvmrc|\.gitignore|\.gitattributes|\.mailmap|kconfig|kbuild|default\.nix|shell\.nix|flake\.nix|procfile|rakefile|justfile|\.bazelrc|\.ruby-version|\.python-version|package\.nix|debian/.*|rpm/.*|packaging/.*|buildscripts?/.*)$|\.(?:mk|mak|am|m4|cmake|gradle|gradle\.kts|sln|vcxproj|csproj|vbproj|fsproj|props|targets|pro|pri|gyp|gypi|gn|gni|bzl|spec|nix|xcconfig|pbxproj|iss|nsi|wxs|podspec|gemspec|cabal)$"),
    ("translation", r"\.(?:po|pot|mo|xliff|xlf|ts_)$|/(?:locales?|i18n|l10n|translations?|lang|values-[a-z]{2}(?:-r\w+)?)/"),
    ("code", rf"\.(?:{'|'.join(_CODE)})$"),
    ("other", r""),
)  # fmt: skip

_ONLY = ("test", "docs", "style", "translation")


def file_kinds(paths: pl.Expr) -> pl.Expr:
    """The kind of each path: the first of KINDS that fits."""
    lower = "/" + paths.str.to_lowercase()
    found = pl.lit(KINDS[-1][0])
    for kind, pattern in reversed(KINDS[:-1]):
        found = pl.when(lower.str.contains(pattern)).then(pl.lit(kind)).otherwise(found)
    return found


def facts(commits: pl.DataFrame, changes: pl.DataFrame, counts: pl.DataFrame) -> pl.DataFrame:
    """commit, facts: words about each commit's place in history and its changed files.

    `commits` has commit, parents and faults, `changes` commit, path, status, mode, before_blob and
    after_blob, `counts` commit and n_files (null where the changes are unknown).
    """
    kinds = changes.with_columns(
        kind=pl.when(pl.col("mode") == "160000")
        .then(pl.lit("submodule"))
        .otherwise(file_kinds(pl.col("path")))
    )
    # A file that was removed in one place and added in another with the same bytes has moved.
    moved = (
        (pl.col("status") == "A")
        & pl.col("after_blob").is_in(
            pl.col("before_blob").filter(pl.col("status") == "D").drop_nulls().implode()
        )
    ).over("commit")
    code = pl.col("kind").is_in(["code", "other"])
    seen = (
        kinds.with_columns(moved=moved.fill_null(False))
        .group_by("commit")
        .agg(
            rows=pl.len(),
            **{f"n_{kind}": (pl.col("kind") == kind).sum()
               for kind in ("lock", "manifest", "ci", "test", "docs", "style", "build",
                            "translation", "code", "submodule")},
            added_code=((pl.col("status") == "A") & code & ~pl.col("moved")).sum(),
            removed=(pl.col("status") == "D").sum(),
            moved=pl.col("moved").sum(),
            modified=(pl.col("status") == "M").sum(),
        )
    )  # fmt: skip
    joined = (
        commits.select(
            "commit", n_parents=pl.col("parents").list.len(),
            shallow=pl.col("faults").list.contains("shallow"),
        )
        .join(counts, on="commit", how="left", maintain_order="left")
        .join(seen, on="commit", how="left", maintain_order="left")
        .with_columns(pl.col("^n_(?:lock|manifest|ci|test|docs|style|build|translation|code|submodule)$", "rows", "added_code", "removed", "moved", "modified").fill_null(0))
    )  # fmt: skip
    rows, some = pl.col("rows"), pl.col("rows") > 0
    single = pl.col("n_parents") < 2
    words = {
        "merge": pl.col("n_parents") >= 2,
        "octopus": pl.col("n_parents") >= 3,
        "root": (pl.col("n_parents") == 0) & ~pl.col("shallow"),
        "unknown_changes": single & pl.col("n_files").is_null(),
        "no_changes": single & (pl.col("n_files") == 0),
        **{f"only_{kind}": some & (pl.col(f"n_{kind}") == rows) for kind in _ONLY},
        "only_build": some & (pl.col("n_build") + pl.col("n_ci") == rows),
        "only_dependencies": some
        & (pl.col("n_lock") + pl.col("n_manifest") + pl.col("n_submodule") == rows),
        "lock_file": pl.col("n_lock") > 0,
        "code_and_tests": (pl.col("n_code") > 0) & (pl.col("n_test") > 0),
        "code": pl.col("n_code") > 0,
        "adds_code": pl.col("added_code") > 0,
        "adds_mostly": some & (pl.col("added_code") * 2 > rows),
        "only_removes": some & (pl.col("removed") == rows),
        "only_moves": some & (pl.col("moved") > 0) & (2 * pl.col("moved") == rows),
        "few_edits": some & (pl.col("modified") == rows) & (rows <= 3),
        "many_files": (pl.col("n_files") > MANY_FILES) & (pl.col("n_files") <= HUGE_FILES),
        "huge": pl.col("n_files") > HUGE_FILES,
    }  # fmt: skip
    parts = [pl.when(test).then(pl.lit(word)) for word, test in words.items()]
    return joined.select("commit", facts=pl.concat_str(parts, separator=" ", ignore_nulls=True))
