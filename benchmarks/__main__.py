"""Run the named benchmarks, or all, and print their figures as JSON."""

import argparse
import json
from collections.abc import Callable
from typing import Any

from benchmarks import (
    commit_labels,
    commits,
    contamination,
    file_kinds,
    licenses,
    near_duplicates,
    signals,
    units,
)

BENCHMARKS: dict[str, Callable[[], dict[str, Any]]] = {
    "near_duplicates": near_duplicates.measure,
    "units": units.measure,
    "contamination": contamination.measure,
    "licenses": licenses.measure,
    "file_kinds": file_kinds.measure,
    "signals": signals.measure,
    "commits": commits.measure,
    "commit_labels": commit_labels.measure,
}


def main() -> None:
    """Parse the command line and print one object per benchmark."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument(
        "--all",
        action="store_true",
        help="licenses: take ScanCode through every file first (90 minutes, resumable)",
    )
    parser.add_argument(
        "--full",
        action="store_true",
        help="near_duplicates, signals: at least 50,000 files (fetches about 400 MB)",
    )
    arguments = parser.parse_args()
    unknown = set(arguments.names) - BENCHMARKS.keys()
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    larger: dict[str, Callable[[], dict[str, Any]]] = {}
    if arguments.all:
        larger["licenses"] = lambda: licenses.measure(everything=True)
    if arguments.full:
        larger["near_duplicates"] = lambda: near_duplicates.measure(full=True)
        larger["signals"] = lambda: signals.measure(full=True)
    chosen = {**BENCHMARKS, **larger}
    figures = {name: chosen[name]() for name in arguments.names or BENCHMARKS}
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
