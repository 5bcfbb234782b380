"""What manifests of every ecosystem declare."""

import pytest

from corpus_assets.licensing.manifests import declared

_META = "Metadata-Version: 2.1\n"

CASES: list[tuple[str, str, list[str | None]]] = [
    ("package.json", '{"license": "MIT"}', ["MIT"]),
    ("package.json", '{"license": {"type": "BSD", "url": "x"}}', ["BSD-3-Clause"]),
    ("package.json", '{"licenses": [{"type": "MIT"}, {"type": "GPL-2.0"}]}',
     ["MIT OR GPL-2.0-only"]),
    ("package.json", '{"license": "(MIT OR GPL-3.0-or-later)"}', ["MIT OR GPL-3.0-or-later"]),
    ("package.json", '{"license": "SEE LICENSE IN LICENSE.txt"}', [None]),
    ("package.json", '{"license": "UNLICENSED"}', ["LicenseRef-all-rights-reserved"]),
    ("package.json", '{"license": "LicenseRef-acme"}', ["LicenseRef-acme"]),
    ("package.json", '{"license": "whatever you like"}', [None]),
    ("package.json", '{"name": "x"}', []),
    ("package.json", "[]", []),
    ("composer.json", '{"license": ["LGPL-2.1-only", "GPL-3.0-or-later"]}',
     ["LGPL-2.1-only OR GPL-3.0-or-later"]),
    ("pyproject.toml", '[project]\nlicense = "MIT AND (Apache-2.0 OR BSD-2-Clause)"\n',
     ["MIT AND (Apache-2.0 OR BSD-2-Clause)"]),
    ("pyproject.toml", '[project]\nlicense = {file = "LICENSE"}\n'
     'classifiers = ["License :: OSI Approved :: MIT License"]\n', ["MIT"]),
    ("pyproject.toml", '[tool.poetry]\nlicense = "Apache-2.0"\n', ["Apache-2.0"]),
    ("Cargo.toml", '[package]\nlicense = "MIT/Apache-2.0"\n', ["MIT OR Apache-2.0"]),
    ("Cargo.toml", "[package]\nlicense.workspace = true\n", []),
    ("METADATA", _META + "License: MIT\nClassifier: License :: OSI Approved :: MIT License\n",
     ["MIT"]),
    ("METADATA", _META + "License-Expression: BSD-3-Clause\nLicense: GPL\n", ["BSD-3-Clause"]),
    ("METADATA", _META + "License: UNKNOWN\n", []),
    ("METADATA", _META + "License: Own words\n", [None]),
    ("METADATA", _META + "License: Dual\nClassifier: License :: OSI Approved :: BSD License\n"
     "Classifier: License :: OSI Approved :: Apache Software License\n",
     ["BSD-3-Clause", "Apache-2.0"]),
    ("PKG-INFO", _META + "License: GPLv3+\n", ["GPL-3.0-or-later"]),
    ("setup.cfg", "[metadata]\nlicense = Apache License 2.0\n", ["Apache-2.0"]),
    ("setup.cfg", "[flake8]\nmax-line-length = 99\n", []),
    ("pom.xml", '<project xmlns="urn:m"><licenses><license><name>Apache License, Version 2.0</name>'
     "</license></licenses></project>", ["Apache-2.0"]),
    ("pom.xml", "<project><licenses><license><name>GPL2 w/ CPE</name></license></licenses>"
     "</project>",
     ["GPL-2.0-only WITH Classpath-exception-2.0"]),
    ("acme.nuspec", '<package><metadata><license type="expression">MIT</license></metadata>'
     "</package>",
     ["MIT"]),
    ("acme.gemspec", "Gem::Specification.new do |s|\n  s.licenses = ['MIT', 'Ruby']\nend\n",
     ["MIT OR Ruby"]),
    ("acme.gemspec", "  spec.license = 'MIT'\n", ["MIT"]),
    ("DESCRIPTION", "Package: x\nLicense: GPL (>= 2)\n", ["GPL-2.0-or-later"]),
    ("DESCRIPTION", "Package: x\nLicense: MIT + file LICENSE\n", ["MIT"]),
    ("DESCRIPTION", "Package: x\nLicense: GPL-2 | GPL-3\n", ["GPL-2.0-only OR GPL-3.0-only"]),
    ("DESCRIPTION", "A folder of examples.\n", []),
    # ----------------------------------------------- Python
    ("pyproject.toml", '[project]\nlicense = {text = "BSD 3-Clause License"}\n', ["BSD-3-Clause"]),
    ("pyproject.toml",
     '[project]\nlicense = "LicenseRef-Own AND MIT"\n', ["LicenseRef-Own AND MIT"]),
    ("pyproject.toml", '[project]\ndynamic = ["license", "classifiers"]\n', []),
    ("pyproject.toml", '[tool.flit.metadata]\nmodule = "x"\nlicense = "MIT"\n', ["MIT"]),
    ("pyproject.toml",
     '[tool.poetry]\nlicense = "Proprietary"\n', ["LicenseRef-all-rights-reserved"]),
    ("METADATA", _META + "License: MIT\nClassifier: License :: OSI Approved :: Apache Software "
     "License\n", ["MIT", "Apache-2.0"]),
    ("METADATA",
     _META + "License: BSD-2-Clause\nClassifier: License :: OSI Approved :: BSD License\n",
     ["BSD-2-Clause"]),
    ("METADATA", _META + "Classifier: License :: OSI Approved\n", []),
    ("METADATA", _META + "Classifier: License :: Free for non-commercial use\n", [None]),
    ("METADATA", _META + "License: GPLv2\n        \n        more words\nClassifier: License :: OSI "
     "Approved :: GNU General Public License v3 (GPLv3)\n", ["GPL-3.0-only"]),
    ("setup.cfg",
     "[metadata]\nlicense = file: LICENSE\nclassifiers =\n    License :: OSI Approved :: "
     "MIT License\n", ["MIT"]),
    ("setup.py", "from setuptools import setup\nsetup(name='x', license='GPLv3+')\n",
     ["GPL-3.0-or-later"]),
    ("setup.py",
     "L = 'MIT'\nmeta = dict(license=L, name='x')\nsetuptools.setup(**meta)\n", ["MIT"]),
    ("setup.py", "setup(license=open('LICENSE').read())\n", []),
    ("setup.py",
     "setup(license=pick(), classifiers=['License :: OSI Approved :: ISC License (ISCL)'])\n",
     ["ISC"]),
    ("setup.py", "L = 'MIT'\nL = 'GPL'\nsetup(license=L)\n", []),
    ("setup.py", "x = 1\n", []),
    # ----------------------------------------------- npm, Composer
    ("package.json", '{"license": ["MIT", "Apache-2.0"]}', ["MIT OR Apache-2.0"]),
    ("package.json", '{"licenses": [{"type": "MIT"}, {"type": "Own terms"}]}', ["MIT", None]),
    ("package.json", '{"license": "MIT AND GPL"}', ["MIT AND GPL-1.0-or-later"]),
    ("package.json", '{"license": "Apache 2.0 or MIT"}', ["Apache-2.0 OR MIT"]),
    ("package.json", '{"license": "MIT with restrictions"}', [None]),
    ("package.json", '{"license": "FooBar-9.9 AND MIT"}', ["FooBar-9.9 AND MIT"]),
    ("package.json", '{"license": 7}', []),
    ("package.json", '{"license": null, "licenses": null}', []),
    ("bower.json", '{"license": "https://opensource.org/licenses/MIT"}', ["MIT"]),
    ("composer.json", '{"license": "proprietary"}', ["LicenseRef-all-rights-reserved"]),
    # ----------------------------------------------- Rust, Java, .NET, Ruby, R
    ("Cargo.toml", '[package]\nlicense-file = "LICENSE.md"\n', [None]),
    ("Cargo.toml", '[package]\nlicense = { workspace = true }\n', []),
    ("Cargo.toml", '[workspace.package]\nlicense = "MIT"\n', []),
    ("pom.xml",
     "<project><licenses><license><name>EPL 2.0</name></license><license><name>GPL2 w/ CPE"
     "</name></license></licenses></project>",
     ["EPL-2.0 OR GPL-2.0-only WITH Classpath-exception-2.0"]),
    ("pom.xml",
     "<project><licenses><license><url>http://www.apache.org/licenses/LICENSE-2.0.txt</url>"
     "</license></licenses></project>", ["Apache-2.0"]),
    ("pom.xml", "<project><parent><groupId>g</groupId></parent></project>", []),
    ("pom.xml",
     "<project><build><plugin><license><name>MIT</name></license></plugin></build></project>",
     []),
    ("a.nuspec",
     '<package><metadata><license type="file">LICENSE.txt</license></metadata></package>',
     [None]),
    ("a.nuspec",
     "<package><metadata><licenseUrl>https://licenses.nuget.example/MIT</licenseUrl></metadata>"
     "</package>", ["MIT"]),
    ("a.nuspec", "<package><metadata><licenseUrl>https://acme.example/terms</licenseUrl></metadata>"
     "</package>", [None]),
    ("a.csproj", "<Project><PropertyGroup><PackageLicenseExpression>MIT OR ISC"
     "</PackageLicenseExpression></PropertyGroup></Project>", ["MIT OR ISC"]),
    ("a.csproj",
     "<Project><PropertyGroup><PackageLicenseFile>L.md</PackageLicenseFile></PropertyGroup>"
     "</Project>", [None]),
    ("a.gemspec", "  s.licenses = %w[MIT GPL-2.0]\n", ["MIT OR GPL-2.0-only"]),
    ("a.gemspec", "  # s.license = 'MIT'\n  s.license = \"#{x}\"\n", []),
    ("a.podspec", "  s.license = { :type => 'Apache-2.0', :file => 'LICENSE' }\n", ["Apache-2.0"]),
    ("a.podspec", "  s.license = 'MIT'\n", ["MIT"]),
    ("a.podspec.json", '{"license": {"type": "MIT", "file": "L"}}', ["MIT"]),
    ("DESCRIPTION", "Package: x\nLicense: GPL (>= 2) | BSD_3_clause + file LICENSE\n",
     ["GPL-2.0-or-later OR BSD-3-Clause"]),
    ("DESCRIPTION", "Package: x\nLicense: file LICENSE\n", [None]),
    # ----------------------------------------------- Perl
    ("META.json", '{"license": ["perl_5"]}', ["Artistic-1.0-Perl OR GPL-1.0-or-later"]),
    ("META.json", '{"license": ["mit", "gpl_2"]}', ["MIT", "GPL-2.0-only"]),
    ("META.json", '{"license": ["unknown"]}', []),
    ("META.json", '{"license": ["open_source"]}', [None]),
    ("META.yml", "---\nname: X\nlicense: lgpl_2_1\n", ["LGPL-2.1-only"]),
    ("META.yml", "license: restrictive\n", ["LicenseRef-all-rights-reserved"]),
    ("Makefile.PL", "WriteMakefile(\n  NAME => 'X',\n  LICENSE => 'perl_5',\n);\n",
     ["Artistic-1.0-Perl OR GPL-1.0-or-later"]),
    ("Makefile.PL", "use inc::Module::Install;\nlicense 'mit';\n", ["MIT"]),
    # ----------------------------------------------- Haskell, OCaml, Elixir, Lua, Meson
    ("x.cabal", "name: x\nlicense: BSD3\nlicense-file: LICENSE\n", ["BSD-3-Clause"]),
    ("x.cabal", "cabal-version: 2.2\nName:    x\nLicense: BSD-3-Clause OR Apache-2.0\n",
     ["BSD-3-Clause OR Apache-2.0"]),
    ("x.cabal", "name: x\nlicense: AllRightsReserved\n", ["LicenseRef-all-rights-reserved"]),
    ("x.cabal", "name: x\nlicense: OtherLicense\nlicense-file: L\n", [None]),
    ("x.opam", 'opam-version: "2.0"\nlicense: "ISC"\n', ["ISC"]),
    ("opam", 'license: ["MIT" "LGPL-2.1-only WITH OCaml-LGPL-linking-exception"]\n',
     ["MIT", "LGPL-2.1-only WITH OCaml-LGPL-linking-exception"]),
    ("dune-project", "(lang dune 3.0)\n(license MIT)\n", ["MIT"]),
    ("dune-project", "; (license GPL)\n(license (MIT ISC))\n", ["MIT", "ISC"]),
    ("mix.exs", 'defp package do\n  [licenses: ["Apache-2.0"]]\nend\n', ["Apache-2.0"]),
    ("x-1.rockspec", 'package = "x"\ndescription = {\n  license = "MIT/X11"\n}\n', ["MIT"]),
    ("meson.build",
     "project('x', 'c',\n  version : '1',\n  license : ['MIT', 'GPL-2.0-or-later'])\n",
     ["MIT", "GPL-2.0-or-later"]),
    ("meson.build",
     "# project('x', license: 'GPL-3.0-only')\nproject('x', license: 'MIT')\n", ["MIT"]),
    ("meson.build", "executable('a', license: 'MIT')\n", []),
    # ----------------------------------------------- descriptions
    ("x.metainfo.xml", "<component><metadata_license>CC0-1.0</metadata_license>"
     "<project_license>GPL-3.0+</project_license></component>", ["GPL-3.0-or-later"]),
    ("package.xml",
     "<package format='2'><name>x</name><license>BSD</license><license>GPLv2</license>"
     "</package>", ["BSD-3-Clause", "GPL-2.0-only"]),
    ("package.xml", '<!DOCTYPE package SYSTEM "package.dtd"><package><name>X'
     "</name><release><license>PHP 3.01</license></release></package>", ["PHP-3.01"]),
    ("meta.yaml", "package:\n  name: x\nabout:\n  license: BSD-3-Clause\n  license_family: BSD\n",
     ["BSD-3-Clause"]),
    ("meta.yaml",
     '{% set v = "1" %}\npackage:\n  name: "{{ name }}"\nabout:\n  license: {{ l }}\n', []),
    ("meta.yaml", "title: a page\nlicense: MIT\n", []),
    ("CITATION.cff", "cff-version: 1.2.0\nlicense:\n  - MIT\n  - GPL-2.0-only\n",
     ["MIT OR GPL-2.0-only"]),
    ("codemeta.json",
     '{"license": "https://spdx.org/licenses/AGPL-3.0-only.html"}', ["AGPL-3.0-only"]),
    ("codemeta.json", '{"license": [{"@id": "https://spdx.org/licenses/MIT"}, {"name": "ISC"}]}',
     ["MIT", "ISC"]),
    # ----------------------------------------------- distributions, Go
    ("x.spec", "Name: x\nLicense: GPLv2+ and (MIT or BSD)\n%description\n", ["GPL-2.0-or-later AND "
     "(MIT OR BSD-3-Clause)"]),
    ("x.spec",
     "Name: x\nLicense: MIT\n%package doc\nLicense: GFDL-1.3-or-later\n%prep\nLicense: GPL\n",
     ["MIT", "GFDL-1.3-or-later"]),
    ("x.spec", "# -*- mode: python -*-\na = Analysis(['x.py'])\n", []),
    ("debian/control", "Source: x\n", []),
    ("go.mod", "module example.org/x\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "wanted"), CASES)
def test_manifests_declare(name: str, text: str, wanted: list[str | None]) -> None:
    assert [item.expression for item in declared(name, text)] == wanted


@pytest.mark.parametrize(
    ("name", "text", "files"),
    [
        ("package.json", '{"license": "SEE LICENSE IN doc/terms.md"}', ("doc/terms.md",)),
        ("pyproject.toml", '[project]\nlicense = {file = "LICENSE.rst"}\n', ("LICENSE.rst",)),
        ("pyproject.toml",
         '[project]\nlicense = "MIT"\nlicense-files = ["L*", "N"]\n', ("L*", "N")),
        ("setup.cfg", "[metadata]\nlicense_files =\n  A\n  B\n", ("A", "B")),
        ("setup.py", "setup(license='MIT', license_files=('L',))\n", ("L",)),
        ("METADATA",
         _META + "License-File: LICENSE\nLicense-File: NOTICE\n", ("LICENSE", "NOTICE")),
        ("Cargo.toml", '[package]\nlicense-file = "../LICENSE"\n', ("../LICENSE",)),
        ("a.nuspec",
         '<package><metadata><license type="file">L</license></metadata></package>', ("L",)),
        ("a.podspec", "  s.license = { :type => 'MIT', :file => 'L' }\n", ("L",)),
        ("DESCRIPTION", "Package: x\nLicense: MIT + file LICENSE\n", ("LICENSE",)),
        ("x.cabal", "license: MIT\nlicense-files: A, B\n", ("A", "B")),
        ("package.xml", "<package><name>x</name><license file='L'>Own</license></package>", ("L",)),
        ("meta.yaml",
         "package:\n  name: x\nabout:\n  license: MIT\n  license_file:\n    - A\n    - B\n",
         ("A", "B")),
        ("meson.build", "project('x', license: 'MIT', license_files: ['A'])\n", ("A",)),
    ],
)  # fmt: skip
def test_files_that_manifests_point_to(name: str, text: str, files: tuple[str, ...]) -> None:
    (found,) = declared(name, text)
    assert found.files == files


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("package.json", '{"license": "Own words"}', "license-unknown"),
        ("package.json", '{"license": "SEE LICENSE IN x"}', "license-see-file"),
        ("package.json", '{"license": "see the LICENSE.txt file"}', "license-see-file"),
        ("package.json", '{"license": "mylicense"}', "license-unknown"),
        ("package.json", '{"license": ["MIT", "ISC"]}', "license-list"),
        ("Cargo.toml", '[package]\nlicense-file = "L"\n', "license-file-see-file"),
        ("METADATA", _META + "Classifier: License :: Unheard Of\n", "classifier-unknown"),
        ("METADATA", _META + "License-Expression: MIT\n", "license-expression"),
    ],
)
def test_rules_say_how_it_was_read(name: str, text: str, rule: str) -> None:
    assert [item.rule for item in declared(name, text)] == [rule]


def test_an_expression_cut_short_is_not_understood() -> None:
    words = " OR ".join(["MIT"] * 200 + ["GPL-3.0-only"])
    (found,) = declared("package.json", f'{{"license": "{words}"}}')
    assert found.expression is None
