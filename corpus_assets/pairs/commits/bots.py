"""Commits by programs, recognised by exact accounts and never by the letters "bot" in a name.

The list holds accounts of services that commit under one name everywhere; GitHub's own mark for
applications is the suffix `[bot]`.
"""

from __future__ import annotations

import polars as pl

ACCOUNTS = (
    "dependabot", "dependabot-preview", "dependabot-support", "renovate", "renovate-bot",
    "renovatebot", "greenkeeper", "greenkeeperio-bot", "snyk-bot", "pyup-bot", "pyup.io bot",
    "depfu", "imgbot", "allcontributors", "github-actions", "github actions", "pre-commit-ci",
    "semantic-release-bot", "travis ci", "travis-ci", "circleci", "jenkins", "jenkins-x-bot",
    "openstack proposal bot", "openstack release bot", "zuul", "weblate", "hosted weblate",
    "transifex", "crowdin bot", "pontoon", "mozilla-pontoon", "scala-steward", "scala steward",
    "mergify", "bors", "k8s-ci-robot", "kubernetes prow robot", "google-cla", "gitbook-bot",
    "codacy-badger", "whitesource bolt", "mend-bolt-for-github", "deepsource", "restyled-io",
    "sourcery-ai", "copybara-service", "copybara github", "skia-autoroll", "v8-ci-autoroll-builder",
    "chromium-autoroll", "web-flow bot", "eslint jenkins", "npm-cli-bot", "angular-robot",
    "svc-travis", "release-please", "changesets", "linux-build-test", "translatewiki.net",
    "libraries.io bot", "conda-forge-admin", "regro-cf-autotick-bot", "nixpkgs-update",
    "r-ryantm", "homebrew-bot", "brewtestbot", "azure pipelines", "project bot",
)  # fmt: skip
_ADDRESS = r"(?i)^(?:\d+\+)?[\w.-]+\[bot\]@users\.noreply\.github\.com$|^(?:support@dependabot\.com|bot@renovateapp\.com|renovate@whitesourcesoftware\.com|support@greenkeeper\.io|snyk-bot@snyk\.io|github-bot@pyup\.io|action@github\.com|noreply@weblate\.org|hosted@weblate\.org|semantic-release-bot@martynus\.net)$"  # noqa: E501


def is_bot(name: str = "author_name", email: str = "author_email") -> pl.Expr:
    """Whether the author is a program: an account of the list, or one that its host marks so."""
    lower = pl.col(name).str.strip_chars().str.to_lowercase()
    return (
        lower.str.ends_with("[bot]") | lower.is_in(ACCOUNTS) | pl.col(email).str.contains(_ADDRESS)
    )
