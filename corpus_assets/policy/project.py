"""The project file: what is collected, under which limits, and which policies apply.

Belongs here: the strict model of the file and the paths it names. Does not belong here: how a
source is fetched (`collect`) and what the policies say (their own modules).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, Field, PrivateAttr, field_validator, model_validator

from corpus_assets.policy.strict import Strict, load

Category = Literal["open_source", "educational", "commercial", "freelance", "in_house"]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]
IsoDate = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Stage = Literal["pretraining", "continued_pretraining", "fine_tuning", "evaluation"]
DumpSchema = Literal["auto", "stack_v1", "stack_v2", "stack_v3", "starcoderdata", "codeparrot"]
LicenseClass = Literal[
    "permissive", "weak_copyleft", "strong_copyleft", "network_copyleft", "non_commercial",
    "no_derivatives", "source_available", "public_domain", "contract", "owned", "unknown",
]  # fmt: skip

MEBIBYTE = 1024 * 1024


def _glob(value: str) -> str:
    """The glob, if it can match a path inside a revision."""
    for part in value.split("/"):
        if part in ("", ".", ".."):
            raise ValueError(
                f"{value!r}: write it as a path inside the revision, such as docs/** or **/*.svg, "
                "without a slash at either end and without . or .."
            )
        if "**" in part and part != "**":
            raise ValueError(f"{value!r}: ** must be a part of its own, as in **/*.svg")
    return value


Glob = Annotated[str, AfterValidator(_glob)]
"""A path inside the revision; `*`, `?` and `[…]` within a part, `**` for any number of parts."""


class Limits(Strict):
    """What one collected file or archive may cost; sizes in bytes."""

    max_file_bytes: int = Field(default=10 * MEBIBYTE, ge=1)
    """Larger files become occurrences without stored bytes (The Stack v2 keeps 10 MB)."""
    max_archive_bytes: int = Field(default=4096 * MEBIBYTE, ge=1)
    """Unpacked size of one archive."""
    max_ratio: int = Field(default=200, ge=1)
    """Unpacked over packed size; source code stays under 30, bombs start at 1,000."""
    max_depth: int = Field(default=2, ge=1)
    """Archives within archives; 1 reads only the outermost."""
    max_members: int = Field(default=200_000, ge=1)
    """Members of one archive."""


class Agreement(Strict):
    """An agreement that covers all revisions of a source, or the part below `path_prefix`."""

    agreement_id: Name
    kind: Literal["license_grant", "ip_assignment", "employment", "consent", "courseware"]
    license_expression: str = Field(min_length=1)
    license_class: LicenseClass
    valid_from: IsoDate | None = None
    valid_to: IsoDate | None = None
    stages_allowed: list[Stage] = Field(default_factory=list)
    path_prefix: str = ""


class _Source(Strict):
    name: Name
    category: Category
    optional: bool = False
    """A failure of an optional source is a warning."""
    agreements: list[Agreement] = Field(default_factory=list)

    @field_validator("agreements")
    @classmethod
    def _distinct(cls, value: list[Agreement]) -> list[Agreement]:
        _no_repeats("agreement_id", [item.agreement_id for item in value])
        return value


class PypiSource(_Source):
    """Python distributions: `name==version` is pinned, a bare name means the newest."""

    connector: Literal["pypi"]
    packages: list[str] = Field(min_length=1)
    files: Literal["sdist", "wheel", "both"] = "sdist"


class NpmSource(_Source):
    """npm packages: `name@version` is pinned, a bare name means the newest."""

    connector: Literal["npm"]
    packages: list[str] = Field(min_length=1)


class DebianSource(_Source):
    """Debian source packages: `name=version` is pinned, a bare name means apt's candidate."""

    connector: Literal["debian"]
    packages: list[str] = Field(min_length=1)


class GitSource(_Source):
    """A git repository: any clone URL or a path relative to the project file."""

    connector: Literal["git"]
    url: str = Field(min_length=1)
    revision: str = Field(default="HEAD", min_length=1)
    history: bool = False
    """Every commit reachable from the revision, each with the files it introduced."""
    exclude: list[Glob] = Field(default_factory=list)
    """Files that are left out as if they did not exist."""


class ArchiveSource(_Source):
    """One archive file."""

    connector: Literal["archive"]
    path: str = Field(min_length=1)


class DirectorySource(_Source):
    """A folder."""

    connector: Literal["directory"]
    path: str = Field(min_length=1)
    exclude: list[Glob] = Field(default_factory=list)
    """Files that are left out as if they did not exist."""


class InstalledSource(_Source):
    """Distributions installed in the running environment; no packages means all of them."""

    connector: Literal["installed"]
    packages: list[str] = Field(default_factory=list)


class DumpSource(_Source):
    """Published code datasets as Parquet or JSONL(.gz, .zst) files matched by a glob."""

    model_config = Strict.model_config | {"populate_by_name": True}

    connector: Literal["dump"]
    path: str = Field(min_length=1)
    columns: DumpSchema = Field(default="auto", alias="schema")


class DeliverySource(_Source):
    """A drop zone: `<path>/<category>/<source>/<delivery>/`."""

    connector: Literal["delivery"]
    category: Literal["commercial", "freelance"]
    path: str = Field(min_length=1)


AnySource: TypeAlias = (
    PypiSource | NpmSource | DebianSource | GitSource | ArchiveSource
    | DirectorySource | InstalledSource | DumpSource | DeliverySource
)  # fmt: skip
Source = Annotated[AnySource, Field(discriminator="connector")]


class Benchmark(Strict):
    """A benchmark to keep out of the corpus: an installed package, or JSON Lines or Parquet files.

    Without `id_field` and `text_fields` the fields are recognized by their names, as those of
    HumanEval, MBPP, APPS, DS-1000, LiveCodeBench, SWE-bench, MultiPL-E (docs/decontamination.md).
    """

    name: Name
    installed: str | None = None
    path: str | None = None
    id_field: str | None = None
    text_fields: list[str] = Field(default_factory=list)

    @model_validator(mode="after")
    def _one_place(self) -> Benchmark:
        if (self.installed is None) == (self.path is None):
            raise ValueError("give either `installed` (a package) or `path` (JSON Lines files)")
        if self.text_fields and not self.id_field:
            raise ValueError("a benchmark with `text_fields` needs `id_field` too")
        if self.installed is not None and (self.id_field or self.text_fields):
            raise ValueError("`id_field` and `text_fields` belong to a benchmark with `path`")
        return self


class PolicyPaths(Strict):
    """Policy files that replace the packaged ones, and the license profile that applies.

    Paths are relative to the project file.
    """

    licenses: str | None = None
    license_profile: str | None = None
    """A profile of the license policy; the policy's own choice if it is left out."""
    filters: str | None = None
    filters_preview: str | None = None
    """A filter policy to try out: the asset gates_preview says what it would change."""
    costs: str | None = None
    domains: str | None = None
    language_versions: str | None = None


class Project(Strict):
    """The project file; its relative paths start at the folder where it lies."""

    name: Name
    mix: str = Field(min_length=1)
    benchmarks: list[Benchmark] = Field(default_factory=list)
    takedowns: str | None = None
    policy: PolicyPaths = PolicyPaths()
    limits: Limits = Limits()
    sources: list[Source] = Field(min_length=1)
    _folder: Path = PrivateAttr(default_factory=Path)

    @field_validator("sources")
    @classmethod
    def _distinct_sources(cls, value: list[AnySource]) -> list[AnySource]:
        _no_repeats("source name", [source.name for source in value])
        return value

    @field_validator("benchmarks")
    @classmethod
    def _distinct_benchmarks(cls, value: list[Benchmark]) -> list[Benchmark]:
        _no_repeats("benchmark name", [benchmark.name for benchmark in value])
        return value

    @property
    def folder(self) -> Path:
        """The folder of the project file."""
        return self._folder

    def path(self, relative: str) -> Path:
        """A path of the file, made absolute from the project's folder."""
        return self.folder / relative

    def of_category(self, category: str) -> list[AnySource]:
        """The sources of one category, in the file's order."""
        return [source for source in self.sources if source.category == category]


def load_project(path: Path) -> Project:
    """The project file at `path`. Raises ConfigError naming the file and the key to mend."""
    project = load(Project, path)
    project._folder = path.resolve().parent
    return project


def _no_repeats(what: str, names: list[str]) -> None:
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise ValueError(f"{what} given twice: {', '.join(repeated)}; every one must differ")
