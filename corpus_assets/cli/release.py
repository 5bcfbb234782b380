"""`corpus verify` and `corpus query`: the published release."""

from __future__ import annotations

from pathlib import Path

from corpus_assets.cli import output
from corpus_assets.workspace import open_workspace
