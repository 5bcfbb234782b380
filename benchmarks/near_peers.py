"""Environments of the peers, made by the benchmark, and their runs in processes of their own."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

PEERS = {
    "datasketch": ("datasketch==2.0.0", "xxhash"),
    "rensa": ("rensa==0.5.0",),
    "daft": ("daft==0.7.26", "numpy"),
    "datatrove": ("datatrove==0.10.1", "numpy", "xxhash<4", "regex", "tokenizers"),
}
# Peers of other benchmarks.
_OTHERS = {
    "pydriller": ("pydriller==2.12",),
    "dolma": ("dolma[code]==1.2.1",),
    "datatrove_filters": (*PEERS["datatrove"], "spacy<4", "nltk", "tldextract"),
}
_SCRIPT = Path(__file__).with_name("near_peer.py")


def interpreter(folder: Path, name: str) -> Path:
    """Python of the environment `name`, which is made if need be."""
    root = folder / "environments" / name
    python = root / "bin" / "python"
    done = root / "done"
    if not done.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(root)], check=True)
        requirements = {**PEERS, **_OTHERS}.get(name)
        if requirements:
            command = [str(python), "-m", "pip", "install", "-qq", *requirements]
            subprocess.run(command, stdout=sys.stderr, check=True)
        done.touch()
    return python


def run_peer(folder: Path, name: str, texts: list[str], threshold: float) -> dict[str, Any]:
    """What the peer made of the texts: cpu_seconds, peak_megabytes and labels of clusters."""
    given, out = folder / "texts.pickle", folder / f"{name}.json"
    with given.open("wb") as file:
        pickle.dump(texts, file)
    command = [str(interpreter(folder, name)), str(_SCRIPT), name, str(given), str(out)]
    subprocess.run([*command, str(threshold)], stdout=sys.stderr, check=True)
    answer: dict[str, Any] = json.loads(out.read_text())
    return answer
