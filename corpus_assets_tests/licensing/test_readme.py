"""Where READMEs speak of their project's license."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_assets.licensing.readme import section

_PAGES = [
    ("# Acme\n\nWords.\n\n## License\n\nMIT\n\n## Thanks\n\nGPL people.\n", (5, 7),
     "## License\n\nMIT"),
    ("Acme\n====\n\nLicense\n-------\n\nUnder the BSD license.\n\nUsage\n-----\n\nx\n", (4, 7),
     "License\n\n\nUnder the BSD license."),
    ("= Acme\n\n== Licensing\n\nApache-2.0.\n", (3, 5), "== Licensing\n\nApache-2.0."),
    ("Acme\n\nLICENSE\n\n  MIT, see LICENSE.\n", (3, 5), "LICENSE\n\n  MIT, see LICENSE."),
    ("# :page_facing_up: [Licence](#licence)\nISC\n", (1, 2),
     "# :page_facing_up: [Licence](#licence)\nISC"),
    ("<h2>License</h2>\nISC\n", (1, 2), "<h2>License</h2>\nISC"),
    ("# Acme\n## License: MIT\n", (2, 2), "## License: MIT"),
    ("## 7. Copyright and License\nISC\n### Third-party code\nGPL\n", (1, 2),
     "## 7. Copyright and License\nISC"),
    ("## License\nISC\n### Details\nMore.\n", (1, 4), "## License\nISC\n### Details\nMore."),
    ("# A\n\nThis library is released under the MIT license.\n\nx\n", (3, 3),
     "This library is released under the MIT license."),
    ("# Acme\n\nHello. Acme is licensed under the Apache License,\nversion 2.0.\n", (3, 4),
     "Hello. Acme is licensed under the Apache License,\nversion 2.0."),
    ("# Acme\n\nLicensed under the GPL v3.\n", (3, 3), "Licensed under the GPL v3."),
    ("x\n\nLicense: BSD-2-Clause\n", (3, 3), "License: BSD-2-Clause"),
    ("* Acme\n\n* License\n\nISC\n\n* Thanks\n", (3, 5), "* License\n\nISC"),
    ("# A\n\n## License\n\nEither of\n\n* MIT license\n\n* Apache License\n", (3, 9),
     "## License\n\nEither of\n\n* MIT license\n\n* Apache License"),
    ("# Acme\n\nNote that **Acme is licensed under the GPL**, not the LGPL.\n", (3, 3),
     "Note that **Acme is licensed under the GPL**, not the LGPL."),
    ("# A\n## License\nMIT\n## B\nx\n## Copyright\n2020 Ada\n", (2, 7),
     "## License\nMIT\n\n\n## Copyright\n2020 Ada"),
]  # fmt: skip


@pytest.mark.parametrize(("page", "lines", "text"), _PAGES)
def test_what_speaks_of_the_license(page: str, lines: tuple[int, int], text: str) -> None:
    found = section(page)
    assert found is not None
    assert (found.start_line, found.end_line) == lines
    assert found.text == text


@pytest.mark.parametrize(
    "page",
    [
        "# Acme\n\n[![License: GPL](https://img.example/GPL.svg)](LICENSE)\n",
        "# Acme\n\n## License\n\n[![License: MIT](https://img.example/MIT.svg)](LICENSE)\n",
        "# Acme\n\n.. image:: https://img.example/license-MIT.svg\n   :target: LICENSE\n",
        "# Acme\n\nIt needs jQuery, which is licensed under the MIT license.\n",
        "# Acme\n\nThe logo is licensed under the CC BY 4.0 license.\n",
        "# Acme\n\n## License keys\n\nBuy one.\n",
        "# Acme\n\n## Third-party licenses\n\nGPL\n",
        "# Acme\n\n## Contributor License Agreement\n\nSign it.\n",
        "# Acme\n\n```\n# License\nMIT\n```\n",
        "# Acme\n\n## License\n",
        "",
    ],
)
def test_badges_links_and_other_projects_do_not_count(page: str) -> None:
    assert section(page) is None


@pytest.mark.parametrize(
    "page",
    [
        "this project is " * 40_000,
        "# " + "License " * 50_000,
        "a" * 400_000,
        "[" * 200_000,
        "![" * 100_000,
        "is " * 130_000 + "licensed under",
        "\n".join(["# License", "MIT"] * 60_000),
        "<h1" + " " * 300_000,
        "Licensed under " * 30_000,
        "\n".join(["a", "---"] * 60_000),
        "License:" + " " * 300_000 + "\n",
    ],
)
def test_hostile_pages_end(page: str) -> None:
    found = section(page)
    assert found is None or found.end_line <= page.count("\n") + 1


@given(st.text(alphabet="# =-\n[]()!`*License MIT is under the software", max_size=300))
def test_any_page_gives_lines_that_exist(page: str) -> None:
    found = section(page)
    if found is not None:
        lines = page.split("\n")
        assert 1 <= found.start_line <= found.end_line <= len(lines)
        assert len(found.text.split("\n")) == found.end_line - found.start_line + 1
