"""Which words of a text are a copyright statement, and how much of them."""

from __future__ import annotations

import pytest

from corpus_assets.licensing.copyright_lines import MAX_LENGTH
from corpus_assets.licensing.copyrights import copyright_statements, copyrights

STATEMENTS = {
    "Copyright (c) 1999-2003, 2007 Foo Bar <a@b.org>": [
        "Copyright (c) 1999-2003, 2007 Foo Bar <a@b.org>"
    ],
    "// (C) 2010 Example Corp. All rights reserved.": [
        "(C) 2010 Example Corp. All rights reserved"
    ],
    " * © 2020 Łukasz Żak\n": ["© 2020 Łukasz Żak"],
    "# SPDX-FileCopyrightText: 2021 Ada Example <ada@example.org>": [
        "SPDX-FileCopyrightText: 2021 Ada Example <ada@example.org>"
    ],
    "# SPDX-FileCopyrightText: © 2021 Ada Example": ["SPDX-FileCopyrightText: © 2021 Ada Example"],
    "Copyright holders: Ada Example and Bo Sample": [
        "Copyright holders: Ada Example and Bo Sample"
    ],
    "Copyright Example Authors. Licensed under MIT": ["Copyright Example Authors"],
    " * Copyright(c) 2009-2013 A Example": ["Copyright(c) 2009-2013 A Example"],
    "Copyright 2012 (c) Ada Example": ["Copyright 2012 (c) Ada Example"],
    ":copyright: Copyright 2006-2022 by the Foo team, see AUTHORS.": [
        "Copyright 2006-2022 by the Foo team"
    ],
    "/*! foo v1.2 | (c) Foo Foundation and other contributors | foo.org/license */": [
        "(c) Foo Foundation and other contributors"
    ],
    "(c) 2010-2023 Ada Example, (c) 2010-2011 Bo Ltd.": [
        "(c) 2010-2023 Ada Example",
        "(c) 2010-2011 Bo Ltd.",
    ],
    "<p>&copy; 2020 <a href='https://x.org'>Foo Inc.</a></p>": ["© 2020 Foo Inc."],
    "copyright = u'2012, Ada Example'\n": ["copyright 2012, Ada Example"],
    "__copyright__ = '© 2009 Ada Example'\n": ["© 2009 Ada Example"],
    '__copyright__ = "2009 Ada Example"\n': ["copyright 2009 Ada Example"],
    'printf("Copyright (C) 2010 Ada Example\\n");': ["Copyright (C) 2010 Ada Example"],
    "Portions Copyright (c) 2001 Foo Ltd.": ["Portions Copyright (c) 2001 Foo Ltd."],
    "The module is copyright Ada Example and distributed under BSD": ["copyright Ada Example"],
}
CONTINUED = {
    " * Copyright (c) 1991, 1993\n *\tThe Regents of Somewhere.  All rights reserved.\n": [
        "Copyright (c) 1991, 1993 The Regents of Somewhere. All rights reserved"
    ],
    "# Copyright 2001, 2002, Free\n# Software Foundation, Inc.\n": [
        "Copyright 2001, 2002, Free Software Foundation, Inc."
    ],
    "Copyright (C) 2005 Ada Example,\n   Bo Sample and\n   Cy Other\n\nText": [
        "Copyright (C) 2005 Ada Example, Bo Sample and Cy Other"
    ],
    "Copyright: 1999 Ada Example\n           2005 Bo Sample\n           Cy Other\nLicense: MIT\n": [
        "Copyright 1999 Ada Example",
        "Copyright 2005 Bo Sample",
        "Copyright Cy Other",
    ],
    "/* Copyright (c) 2008\n *     Ada Example (ada@x.org)\n *     Bo Sample (bo@x.org)\n */": [
        "Copyright (c) 2008 Ada Example (ada@x.org)",
        "Copyright (c) 2008 Bo Sample (bo@x.org)",
    ],
    "Copyright (c) 2001-2026\nAda Example\nBo Sample Ltd.\n\nPermission is": [
        "Copyright (c) 2001-2026 Ada Example",
        "Copyright (c) 2001-2026 Bo Sample Ltd.",
    ],
    "Copyright (c) 2001\nAda Example\nALL RIGHTS RESERVED\nMIT License\n": [
        "Copyright (c) 2001 Ada Example ALL RIGHTS RESERVED"
    ],
    "Copyright:\n (c) 2003 Ada Example\n (c) 2009 Bo Sample\nLicense: MIT\n": [
        "(c) 2003 Ada Example",
        "(c) 2009 Bo Sample",
    ],
    "<copyright>\n  <year>1999</year>\n  <holder>Ada Example</holder>\n</copyright>": [
        "copyright 1999 Ada Example"
    ],
    "# Copyright (C) Ada Example, 2013\n# Usage rights:\n": ["Copyright (C) Ada Example, 2013"],
    "Copyright \\(co 2012, 2013,\nThe Example Foundation.\n.PP\nPermission": [
        "Copyright \\(co 2012, 2013, The Example Foundation"
    ],
    "the files that are\ncopyrighted by Ada Example and the contributors": [
        "copyrighted by Ada Example and the contributors"
    ],
    "from a package, which is\n// Copyright (c) 2016 Ada <ada@x.org>\n// and used under MIT": [
        "Copyright (c) 2016 Ada <ada@x.org>"
    ],
    "Original code Copyright [Ada Example](https://x.org/).": [
        "Copyright [Ada Example](https://x.org/)"
    ],
    '"x.js": "\\n\\nCopyright Example, Inc. and other contributors.\\n//\\n"': [
        "Copyright Example, Inc. and other contributors"
    ],
    "# Original code Copyright 2007 [Ada](https://x.org/a)\n# and [Bo](https://x.org/b)\n": [
        "Copyright 2007 [Ada](https://x.org/a) and [Bo](https://x.org/b)"
    ],
    "copyright (C) 1999 by Ada Example\n<ada at example dot org>\n": [
        "copyright (C) 1999 by Ada Example"
    ],
    "# Copyright 2010 Ada Example,\nimport Os\n": ["Copyright 2010 Ada Example"],
}
NOTHING = (
    "The above copyright notice and this permission notice shall be included",
    "IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE",
    "Copyright [yyyy] [name of copyright owner]",
    "Copyright (c) <year> <copyright holders>",
    "Copyright 2025 [name\nof copyright owner]",
    "Copyright (C) 19yy  <name of author>",
    "Gnomovision version 69, Copyright (C) year name of author",
    "Copyright (C) %d Example, Inc.",
    "Yoyodyne, Inc., hereby disclaims all copyright interest in the program",
    "(a) one; (b) two; (c) You must cause any modified files to carry notices",
    "the software which is copyrighted by the Example Foundation, write to",
    "x = f(c) 2000",
    "For software which is\ncopyrighted by the Example Foundation, write to",
    "copyright_holder = person.name",
    "uncopyrightable",
    "'copyright': 'Kopiereg',",
    "Copyright Law of 1976",
    "Copyright (c)",
    "Copyright \\(co 2012, 2013,\n.PP\n",
    "Copyright 2010 by you",
    "",
)
VERBATIM = "Everyone is permitted to copy and distribute verbatim copies\n of this license document"
FSF = "Copyright (C) 1989, 1991 Free Software Foundation, Inc.\n 51 Franklin Street, Boston, USA\n "


@pytest.mark.parametrize(("text", "expected"), [*STATEMENTS.items(), *CONTINUED.items()])
def test_a_statement_is_read_whole_and_ends_where_other_words_begin(
    text: str, expected: list[str]
) -> None:
    assert copyright_statements(text) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_prose_blanks_and_code_are_no_statement(text: str) -> None:
    assert copyright_statements(text) == []


def test_the_copyright_of_a_license_text_is_not_that_of_the_files_under_it() -> None:
    license_text = f"GNU GENERAL PUBLIC LICENSE\n\n {FSF}{VERBATIM}"
    assert copyright_statements(license_text) == []
    assert copyright_statements(f"Copyright 2020 Ada Example\n\n{license_text}") == [
        "Copyright 2020 Ada Example"
    ]
    assert copyright_statements("This License is Copyright (C) 2003 Lawrence Example.") == []
    assert copyright_statements(f"Copyright: 2006 Ada Example\nLicense: WTFPL-2\n {VERBATIM}") == [
        "Copyright 2006 Ada Example"
    ]


def test_the_lines_of_the_source_are_told_whatever_its_line_ends() -> None:
    text = "first\r\n// Copyright 2001 Ada\r\n// Copyright 2002,\r\n// 2003 Bo\r\nlast"
    assert [(found.start_line, found.end_line) for found in copyrights(text)] == [(2, 2), (3, 4)]
    listed = "Copyright: 2001 Ada\n           2002 Bo\n"
    assert [(found.start_line, found.end_line) for found in copyrights(listed)] == [(1, 1), (2, 2)]


def test_equal_statements_count_once_and_no_more_than_asked_for() -> None:
    text = "\n".join(f"Copyright {year} Ada Example" for year in [2001, 2002, 2001, 2003])
    assert copyright_statements(text, 2) == [
        "Copyright 2001 Ada Example",
        "Copyright 2002 Ada Example",
    ]


def test_a_hostile_holder_becomes_one_bounded_line_of_plain_characters() -> None:
    hostile = "Copyright 2020 Ada\x1b[31m\x00 Ex\u202eample\u200b \x85Ltd"
    assert copyright_statements(hostile) == ["Copyright 2020 Ada [31m Ex ample Ltd"]
    (long,) = copyright_statements("Copyright 2020 " + "Name " * 2_000)
    assert len(long) <= MAX_LENGTH
    assert long.endswith(" …")


@pytest.mark.parametrize(
    "text",
    [
        "(c)" * 300_000,
        "Copyright " * 100_000,
        "Copyright 2020 " + "a," * 400_000,
        "Copyright (c) 2020\n" * 50_000,
        "© " * 400_000,
        "Copyright 2020 <" + "a " * 400_000,
        "Copyright: A Example\n" + " 2020 B Example\n" * 60_000,
        " \t#*/" * 200_000 + "Copyright 2020 A Example",
        "Copyright 2020 Ada by the by the " + "see " * 200_000,
    ],
)
def test_a_megabyte_of_markers_is_read_in_bounded_work(text: str) -> None:
    assert len(copyright_statements(text)) <= 50
