"""Which package a manifest describes, and what that needs."""

import pytest

from corpus_assets.licensing.manifests import package

CASES: list[tuple[str, str, tuple[str, str, str | None], list[tuple[str, str, str]]]] = [
    ("package.json",
     '{"name": "@a/b", "version": "1.2", "dependencies": {"x": "^1", "o": "2"}, "devDependencies": '
     '{"d": "*"}, "optionalDependencies": {"o": "2"}, "peerDependencies": {"p": "1"}, '
     '"peerDependenciesMeta": {"p": {"optional": true}}}',
     ("npm", "@a/b", "1.2"),
     [("x", "^1", "runtime"), ("p", "1", "optional"), ("o", "2", "optional"), ("d", "*", "dev")]),
    ("composer.json", '{"name": "v/p", "require": {"php": ">=8", "v/q": "^1"}}',
     ("composer", "v/p", None), [("v/q", "^1", "runtime")]),
    ("pyproject.toml",
     '[build-system]\nrequires = ["hatchling"]\n[project]\nname = "A_b.c"\nversion = "1"\n'
     'dependencies = ["x[y] >=1; python_version<\'3\'"]\noptional-dependencies.e = ["z"]\n'
     '[dependency-groups]\ntest = ["t", {include-group = "u"}]\n',
     ("pypi", "a-b-c", "1"),
     [("x", "[y] >=1; python_version<'3'", "runtime"), ("z", "", "optional"), ("t", "", "dev"),
      ("hatchling", "", "build")]),
    ("pyproject.toml",
     '[tool.poetry]\nname = "a"\n[tool.poetry.dependencies]\npython = "^3"\nx = "^1"\n'
     'y = {version = "2", optional = true}\n[tool.poetry.group.dev.dependencies]\nd = "*"\n',
     ("pypi", "a", None), [("x", "^1", "runtime"), ("y", "2", "optional"), ("d", "*", "dev")]),
    ("setup.cfg",
     "[metadata]\nname = a\nversion = attr: a.v\n[options]\ninstall_requires =\n    x>=1\n"
     "    # no\n",
     ("pypi", "a", None), [("x", ">=1", "runtime")]),
    ("setup.py",
     "setup(name='a', version='1', install_requires=['x', call()], "
     "extras_require={'e': ['y<2']})\n",
     ("pypi", "a", "1"), [("x", "", "runtime"), ("y", "<2", "optional")]),
    ("METADATA",
     "Metadata-Version: 2.1\nName: a\nVersion: 1\nRequires-Dist: x (>=1)\n"
     "Requires-Dist: y ; extra == 'e'\n",
     ("pypi", "a", "1"), [("x", "(>=1)", "runtime"), ("y", "; extra == 'e'", "optional")]),
    ("Cargo.toml",
     '[package]\nname = "a"\nversion = "1"\n[dependencies]\nx = "1"\n'
     'y = {git = "u", optional = true}\n'
     'z = {package = "zz", version = "2"}\n[target.\'cfg(unix)\'.build-dependencies]\nb = "3"\n',
     ("cargo", "a", "1"),
     [("x", "1", "runtime"), ("y", "u", "optional"), ("zz", "2", "runtime"), ("b", "3", "build")]),
    ("go.mod",
     "module example.org/a // x\n\ngo 1.20\n\nrequire example.org/x v1.0.0\nrequire (\n"
     "\texample.org/y v0.0.0-2020 // indirect\n)\nreplace example.org/x => ../x\n"
     "exclude (\n\texample.org/z v1.0.0\n)\n",
     ("golang", "example.org/a", None),
     [("example.org/x", "v1.0.0", "runtime"), ("example.org/y", "v0.0.0-2020", "runtime")]),
    ("pom.xml",
     "<project><parent><groupId>g</groupId><version>1</version></parent><artifactId>a</artifactId>"
     "<dependencies><dependency><groupId>g</groupId><artifactId>x</artifactId><version>2</version>"
     "</dependency><dependency><groupId>j</groupId><artifactId>u</artifactId><scope>test</scope>"
     "</dependency></dependencies></project>",
     ("maven", "g/a", "1"), [("g/x", "2", "runtime"), ("j/u", "", "dev")]),
    ("a.nuspec",
     "<package><metadata><id>A</id><version>1</version><dependencies><group><dependency id='X' "
     "version='[1,2)'/></group></dependencies></metadata></package>",
     ("nuget", "A", "1"), [("X", "[1,2)", "runtime")]),
    ("src/A.csproj",
     "<Project><ItemGroup><PackageReference Include='X' Version='1'/><PackageReference Include='Y' "
     "PrivateAssets='all'/></ItemGroup></Project>",
     ("nuget", "A", None), [("X", "1", "runtime"), ("Y", "", "build")]),
    ("a.gemspec",
     "  s.name = 'a'\n  s.version = '1'\n  s.add_dependency 'x', '>= 1', '< 2'\n"
     "  s.add_development_dependency('d')\n",
     ("gem", "a", "1"), [("x", ">= 1, < 2", "runtime"), ("d", "", "dev")]),
    ("DESCRIPTION",
     "Package: a\nVersion: 1\nDepends: R (>= 4), x (>= 2)\nImports:\n    y,\n    z\nSuggests: s\n",
     ("cran", "a", "1"),
     [("x", ">= 2", "runtime"), ("y", "", "runtime"), ("z", "", "runtime"), ("s", "", "optional")]),
    ("META.json",
     '{"name": "A-B", "version": "1", "prereqs": {"runtime": {"requires": {"perl": "5", "X": "1"}},'
     ' "test": {"requires": {"T": "0"}}}}',
     ("cpan", "A-B", "1"), [("X", "1", "runtime"), ("T", "0", "dev")]),
    ("META.yml", "name: A\nversion: 1.10\nrequires:\n  X: 2.0\nbuild_requires:\n  B: 0\n",
     ("cpan", "A", "1.10"), [("X", "2.0", "runtime"), ("B", "0", "build")]),
    ("a.cabal",
     "name: a\nversion: 1\n\nlibrary\n  build-depends:\n    base >=4 && <5,\n    x\n"
     "  default-language: Haskell2010\n\ntest-suite t\n  type: exitcode\n  build-depends: a, q\n",
     ("hackage", "a", "1"),
     [("base", ">=4 && <5", "runtime"), ("x", "", "runtime"), ("q", "", "dev")]),
    ("a.opam",
     'opam-version: "2.0"\nversion: "1"\ndepends: [\n  "ocaml" {>= "4.08"}\n  "dune" {build}\n'
     '  "alcotest" {with-test}\n]\ndepopts: ["lwt"]\n',
     ("opam", "a", "1"),
     [("ocaml", '>= "4.08"', "runtime"), ("dune", "build", "build"),
      ("alcotest", "with-test", "dev"), ("lwt", "", "optional")]),
    ("mix.exs",
     'app: :a,\nversion: "1",\n{:x, "~> 1.0"},\n{:d, "~> 2.0", only: [:dev, :test]},\n',
     ("hex", "a", "1"), [("x", "~> 1.0", "runtime"), ("d", "~> 2.0", "dev")]),
    ("a-1-1.rockspec",
     'package = "a"\nversion = "1-1"\ndependencies = {\n  "lua >= 5.1",\n  "x ~> 2"\n}\n',
     ("luarocks", "a", "1-1"), [("x", "~> 2", "runtime")]),
    ("package.xml",
     "<package format='3'><name>a</name><version>1</version><depend version_gte='2'>x</depend>"
     "<test_depend>t</test_depend><license>BSD</license></package>",
     ("ros", "a", "1"), [("x", ">=2", "runtime"), ("t", "", "dev")]),
    ("meta.yaml",
     "package:\n  name: a\n  version: 1\nrequirements:\n  host:\n    - python\n  run:\n"
     "    - x >=1\n",
     ("conda", "a", "1"), [("python", "", "build"), ("x", ">=1", "runtime")]),
    ("a.spec",
     "Name: a\nVersion: 1\nLicense: MIT\nBuildRequires: gcc, make >= 4\nRequires: %{x}\n"
     "Requires: y\n",
     ("rpm", "a", "1"), [("y", "", "runtime"), ("gcc", "", "build"), ("make", ">= 4", "build")]),
    ("debian/control",
     "Source: a\nBuild-Depends: debhelper-compat (= 13), x | y\n\nPackage: a\n"
     "Depends: liba,\n z\n\n"
     "Package: liba\n",
     ("deb", "a", None),
     [("debhelper-compat", "= 13", "build"), ("x", "", "build"), ("z", "", "runtime")]),
]  # fmt: skip


@pytest.mark.parametrize(("path", "text", "named", "needs"), CASES)
def test_packages_and_their_dependencies(
    path: str,
    text: str,
    named: tuple[str, str, str | None],
    needs: list[tuple[str, str, str]],
) -> None:
    found = package(path, text)
    assert found is not None
    assert (found.type, found.name, found.version) == named
    assert [tuple(need) for need in found.dependencies] == needs


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("package.json", '{"dependencies": {"x": "1"}}'),
        ("pyproject.toml", "[tool.ruff]\n"),
        ("Cargo.toml", '[workspace]\nmembers = ["a"]\n'),
        ("pom.xml", "<project><artifactId>${x}</artifactId></project>"),
        ("CITATION.cff", "title: x\n"),
        ("dune-project", "(lang dune 3.0)\n"),
    ],
)
def test_manifests_without_a_name_describe_no_package(path: str, text: str) -> None:
    assert package(path, text) is None
