"""Options that several verbs share, and the names they accept."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]


class Category(StrEnum):
    """Source categories, as choices of an option."""

    OPEN_SOURCE = "open_source"
    EDUCATIONAL = "educational"
    COMMERCIAL = "commercial"
    FREELANCE = "freelance"
    IN_HOUSE = "in_house"


class Stage(StrEnum):
    """Stages of training, as choices of an option."""

    PRETRAINING = "pretraining"
    CONTINUED_PRETRAINING = "continued_pretraining"
    FINE_TUNING = "fine_tuning"
    EVALUATION = "evaluation"


class Grade(StrEnum):
    """Evidence grades of licenses, as choices of an option."""

    CONTRACT = "contract"
    FILE_AND_LICENSE_FILE = "file_and_license_file"
    FILE = "file"
    INHERITED = "inherited"
    INFERRED = "inferred"
    NONE = "none"


class Profile(StrEnum):
    """How sure a finding must be."""

    STRICT = "strict"
    WIDE = "wide"
