"""How kernels are compiled: on first call, outside the interpreter lock, cached per user.

Belongs here: the decorators and where machine code is kept. numba's own cache lies beside the
source, which an installation may not be allowed to write, and looks at one source file only,
although kernels are inlined into one another; ours lies in the user's cache folder under a digest
of all kernels. NUMBA_CACHE_DIR moves it. Where nothing can be written every process compiles anew
(some seconds).
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba.core import config

Function = TypeVar("Function", bound=Callable[..., Any])


def _cache_folder() -> Path | None:
    """The folder for machine code; None if there is none that can be written."""
    if config.CACHE_DIR:
        return Path(config.CACHE_DIR)
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parent.glob("*/kernels/*.py")):
        digest.update(source.read_bytes())
    try:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        folder = base / "corpus-assets" / f"kernels-{digest.hexdigest()[:12]}"
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except (OSError, RuntimeError):  # RuntimeError: the user has no home
        return None


_FOLDER = _cache_folder()
if _FOLDER is not None:
    config.CACHE_DIR = str(_FOLDER)


def compiled(function: Function) -> Function:
    """Compile a kernel for each combination of argument types at its first call."""
    decorate = numba.njit(cache=_FOLDER is not None, nogil=True, boundscheck=False)
    return cast(Function, decorate(function))


def inlined(function: Function) -> Function:
    """Compile a function that only kernels call; nothing is cached for it alone."""
    return cast(Function, numba.njit(nogil=True, boundscheck=False)(function))
