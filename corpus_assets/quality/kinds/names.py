"""What the path of a file says about its kind.

Belongs here: the table of paths and its lookup. Every row is a rule: kind, name, pattern; a pattern
that begins with ^ or / is looked for in the path (with a / put before it), another one must match
the whole file name. Letter case counts unless the pattern says (?i).
"""

from __future__ import annotations

import polars as pl

# fmt: off
_ROWS = r"""
generated kubernetes zz_generated.*
generated protobuf .*_pb2(_grpc)?\.pyi?|.*_pb\.(js|ts|d\.ts|rb)|.*_grpc_web_pb\.(js|d\.ts)
generated protobuf .*\.pb\.(go|gw\.go|h|hpp|cc|c|swift|dart|cpp|validate\.go|scala)|.*\.pb-c\.[ch]|.*\.grpc\.pb\.(h|cc)
generated dart .*\.(g|freezed|gr|mocks|config)\.dart
generated qt moc_.*\.(cpp|cxx|cc)|ui_.*\.h|qrc_.*\.(cpp|cc)|.*_rc\.py
generated generated .*\.generated\.\w+|.*_generated\.(go|py|rs|ts|js|h|hpp|java|hs|c|cc|cpp)|.*\.gen\.(go|ts|rs)
generated android R\.java|BuildConfig\.java
generated yacc y\.tab\.[ch]|lex\.yy\.c+|.*\.tab\.(c|h|cc|hh|cpp|hpp)|lex\.\w+\.c|parsetab\.py|lextab\.py|yacctab\.py
generated designer .*\.[Dd]esigner\.(cs|vb)|.*\.feature\.cs
generated folder /(?:__generated__|htmlcov|\.sqlx)/
minified name .*[.-]min\.(js|css|mjs|cjs|map|html)
bundled name .*\.(bundle|umd|iife)\.(js|mjs|cjs)
transpiled source-map .*\.(js|css|mjs|cjs|ts)\.map
lock_file name (?i)package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|\.pnp\.cjs|\.pnp\.js|\.pnp\.loader\.mjs|pnpm-lock\.yaml|bun\.lockb?|deno\.lock|cargo\.lock|cargo\.toml\.orig|poetry\.lock|pdm\.lock|uv\.lock|pixi\.lock|pipfile\.lock|composer\.lock|gemfile\.lock|gopkg\.lock|glide\.lock|go\.sum|go\.work\.sum|flake\.lock|\.terraform\.lock\.hcl|module\.bazel\.lock|package\.resolved|podfile\.lock|cartfile\.resolved|esy\.lock|mix\.lock|pubspec\.lock|mise\.lock|gradle\.lockfile|packages\.lock\.json|conda-lock\.yml|rebar\.lock|stack\.yaml\.lock|cabal\.project\.freeze|pylock(\.\w+)?\.toml
lock_file julia Manifest(?:-v[\d.]+)?\.toml
build_generated autotools aclocal\.m4|ltmain\.sh|config\.guess|config\.sub|config\.status|install-sh|depcomp|ylwrap|mkinstalldirs|test-driver|ar-lib|mdate-sh|py-compile|texinfo\.tex|libtool\.m4|ltoptions\.m4|ltsugar\.m4|ltversion\.m4|lt~obsolete\.m4|Makefile\.in\.in|autom4te\.cache
build_generated cmake CMakeCache\.txt|cmake_install\.cmake|CTestTestfile\.cmake|CPackConfig\.cmake|CPackSourceConfig\.cmake|CMakeRuleHashes\.txt|TargetDirectories\.txt
build_generated cmake CMakeSystem\.cmake|CMakeC(?:XX)?Compiler\.cmake|CMakeDirectoryInformation\.cmake|Makefile2|DependInfo\.cmake|cmake_clean\.cmake|cmake_clean_target\.cmake|Makefile\.cmake|compiler_depend\.make|rules\.ninja
build_generated cmake /CMakeFiles/
build_generated wrapper gradlew|gradlew\.bat|mvnw|mvnw\.cmd
vendored folder (?i)/(?:node_modules|bower_components|jspm_packages|vendors?|third[-_]?party|3rd[-_]?party|extern(?:al)?s?|Godeps|Pods|Carthage/(?:Build|Checkouts)|site-packages|dist-packages|\.?venv|_vendor|_vendored|deps|bundled_(?:deps|libs)|thirdparty|contrib/(?:zlib|libs?))/
vendored library (?i)(?:jquery|bootstrap|angular|react(?:-dom)?|vue|d3|underscore|backbone|lodash|moment|ember|prototype|mootools|dojo|raphael|handlebars|require|modernizr|html5shiv|chart|three|highlight)(?:[.-]?(?:v?\d[\w.]*|slim|full|all|core|pack|bundle|custom|es5))*(?:[.-]min)?\.(?:js|css)
test folder (?i)/(?:tests?|testing|specs?|__tests__|testsuite|test[-_]suite|testdata|fixtures?|unittests?|e2e|test[-_]\w+|\w+[-_]tests?)/
test name (?i)test_.*\.\w+|.*_(?:test|tests|spec)\.\w+|.*[.-](?:test|tests|spec)\.[cm]?[jt]sx?|.*\.t|conftest\.py|tests?\.(?:py|c|cc|cpp|js|ts|rs|go|sh|pl|rb|lua)
test name .*Tests?(?:Case)?\.(?:java|kt|cs|scala|swift|php|groovy|m)|Test[A-Z].*\.(?:java|kt|cs|scala|swift|hs)|.*Spec\.(?:hs|scala|kt|groovy)
configuration name (?i)package\.json|(?:ts|js)config(?:\..+)?\.json|composer\.json|bower\.json|lerna\.json|nx\.json|renovate\.json5?|manifest\.json|\.?(?:eslint|prettier|babel|stylelint|swc|nyc|mocha|commitlint|jshint|jscs|npm|yarn|bower|rspec|gem|pylint|flake8|isort|coverage|editor|lintstaged|postcss)rc(?:\.\w+)?|\.?(?:editorconfig|gitattributes|gitignore|gitmodules|dockerignore|npmignore|eslintignore|prettierignore|clang-(?:format|tidy)|flake8|pylintrc|rubocop.*|travis|gitlab-ci|appveyor|codecov|readthedocs|pre-commit-config|golangci)(?:\.ya?ml)?|.*\.config\.[cm]?[jt]s|pyproject\.toml|setup\.cfg|tox\.ini|pytest\.ini|mypy\.ini|pipfile|requirements.*\.(?:txt|in)|constraints.*\.txt|cargo\.toml|go\.mod|pom\.xml|.*\.gradle(?:\.kts)?|gradle\.properties|gemfile|rakefile|.*\.gemspec|.*\.csproj|.*\.vcxproj|.*\.sln|.*\.cabal|stack\.ya?ml|dune(?:-project)?|mix\.exs|rebar\.config|deps\.edn|project\.clj|build\.sbt|dockerfile.*|.*\.dockerfile|(?:docker-)?compose.*\.ya?ml|vagrantfile|procfile|makefile.*|gnumakefile|.*\.mk|.*\.mak|cmakelists\.txt|.*\.cmake|meson\.build|meson_options\.txt|build(?:\.bazel)?|workspace(?:\.bazel)?|sconstruct|configure\.(?:ac|in)|jenkinsfile|azure-pipelines.*\.ya?ml|mkdocs\.ya?ml|_config\.ya?ml|chart\.ya?ml|values\.ya?ml|.*\.(?:ini|cfg|conf|properties|env|service|toml|editorconfig|desktop)|\.env.*
configuration folder /\.(?:github|circleci|vscode|idea|gitlab|devcontainer|storybook|husky|buildkite)/
documentation folder (?i)/(?:docs?|documentation|man|manual|javadoc|apidocs?|wiki)/
documentation name (?i)(?:readme|change(?:s|log)?|history|news|contribut(?:ing|ors)|copying|install(?:ing)?|licen[cs]e|notice|authors|maintainers|thanks|todo|roadmap|security|code_of_conduct|governance|support|upgrad(?:e|ing)|migrat(?:e|ing|ion)|faq|release[-_ ]?notes|hacking|citation)(?:[.-].*)?|.*\.(?:md|markdown|mdx|rst|adoc|asciidoc|texi|texinfo|pod|man|[1-9])
example folder (?i)/(?:examples?|samples?|demos?|tutorials?|quick[-_]?starts?|cookbook|recipes|playground|showcase|getting[-_]started|exercises?)/
example name (?i)(?:example|sample|demo|tutorial|quickstart)s?[-_.\w]*\.\w+|.*[-_.](?:example|sample|demo|tutorial)s?\.\w+
notebook name .*\.(?:ipynb|rmd|Rmd|qmd|nb|zpln)
template name (?i).*\.(?:j2|jinja2?|mustache|hbs|handlebars|ejs|erb|tpl|tmpl|mako|liquid|njk|nunjucks|twig|ftl|vm|tt|jst|eco|dust|dot|template|stache|cheetah|blade\.php|cshtml|tp|rhtml|gotmpl)|.*\.\w+-tpl
template placeholder /[^/]*(?:\{\{.+?\}\}|\{%.+?%\}|\[\[.+?\]\])
"""
# fmt: on

RULES = tuple(tuple(row.split(" ", 2)) for row in _ROWS.strip().splitlines())


def found_names(paths: pl.Series) -> list[tuple[int, str, str]]:
    """(row, kind, name of the rule) for every rule that a path (String without nulls) meets."""
    frame = paths.to_frame("path").select(
        ("/" + pl.col("path")).alias("path"), pl.col("path").str.extract(r"([^/]*)$").alias("name")
    )
    columns = [
        pl.col("path").str.contains(pattern.removeprefix("^"))
        if pattern.startswith(("/", "(?i)/", "^"))
        else pl.col("name").str.contains(f"^(?:{pattern})$".replace("^(?:(?i)", "(?i)^(?:"))
        for _, _, pattern in RULES
    ]
    met = frame.select(column.alias(str(n)) for n, column in enumerate(columns))
    return [
        (row, RULES[n][0], f"name:{RULES[n][1]}")
        for n in range(len(RULES))
        for row in met[str(n)].arg_true()
    ]
