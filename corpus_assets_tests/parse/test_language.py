"""Language identification: ambiguous extensions are settled by content."""

import codecs

import pytest

from corpus_assets.parse.language import identify

CASES = [
    ("a.h", b"int area(int w, int h);\n", "c", "C"),
    ("a.h", b"#include <vector>\nnamespace geo {\nclass Box;\n}\n", "cpp", "C++"),
    ("a.h", b"#import <UIKit/UIKit.h>\n@interface Box : UIView\n@end\n", "objective_c",
     "Objective-C"),
    ("a.m", b"#import <Foundation/Foundation.h>\n@implementation Box\n@end\n", "objective_c",
     "Objective-C"),
    ("a.m", b"function y = twice(x)\n% doubles x\ny = 2 * x;\nend\n", "matlab", "MATLAB"),
    ("a.pl", b"use strict;\nmy $x = 1;\nprint $x;\n", "perl", "Perl"),
    ("a.pl", b":- module(kin, [parent/2]).\nparent(X, Y) :- father(X, Y).\n", "other", "Prolog"),
    ("a.v", b"module adder(input a, input b, output c);\nassign c = a ^ b;\nendmodule\n", "hdl",
     "Verilog"),
    ("a.v", b"Theorem t : True.\nProof. exact I. Qed.\n", "other", "Rocq Prover"),
    ("a.ts", b"export const size: number = 1;\n", "typescript", "TypeScript"),
    ("a.ts", b'<?xml version="1.0"?>\n<!DOCTYPE TS>\n<TS version="2.1"></TS>\n', "xml", "XML"),
    ("a.t", b"use strict;\nuse warnings;\nuse Test::More tests => 1;\nok(1);\n", "perl", "Perl"),
    ("a.r", b"x <- c(1, 2)\nprint(x)\n", "r", "R"),
    ("a.inc", b"<?php echo 1; ?>\n", "php", "PHP"),
    ("a.pp", b"unit U;\ninterface\nuses SysUtils;\nimplementation\nend.\n", "pascal", "Pascal"),
    ("a.cls", b"\\NeedsTeXFormat{LaTeX2e}\n", "tex", "TeX"),
    ("view.tsx", b"export const V = () => <b/>;\n", "typescript", "TSX"),
    ("deep/er/Makefile", b"all:\n\techo\n", "makefile", "Makefile"),
    ("Dockerfile", b"FROM scratch\n", "dockerfile", "Dockerfile"),
    ("CMakeLists.txt", b"project(x)\n", "cmake", "CMake"),
    ("bin/run", b"#!/usr/bin/env python3\nprint(1)\n", "python", "Python"),
    ("bin/run", b"# vim: ft=perl\nprint 1;\n", "perl", "Perl"),
    ("notes.txt", b"hello\n", "text", "Text"),
    ("x.unknownext", b"hello\n", "other", "Unknown"),
    ("empty.py", b"", "python", "Python"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "data", "slug", "name"), CASES)
def test_content_settles_what_the_name_leaves_open(
    path: str, data: bytes, slug: str, name: str
) -> None:
    assert identify(path, data) == (slug, name)


def test_binary_data_has_no_language_whatever_it_is_called() -> None:
    assert identify("tool.py", b"\x7fELF\x02\x01\x01\x00") == ("other", "Binary")
    assert identify("logo.svg", b"\x89PNG\r\n\x1a\n") == ("other", "Binary")


def test_a_byte_order_mark_hides_nothing() -> None:
    script = "#!/usr/bin/env ruby\nputs 1\n"
    assert identify("run", codecs.BOM_UTF8 + script.encode())[0] == "ruby"
    assert identify("run", codecs.BOM_UTF16_LE + script.encode("utf-16-le"))[0] == "ruby"


def test_what_lies_behind_16_kib_is_not_looked_at() -> None:
    head = b"int f(void);\n" * 2000
    assert identify("a.h", head + b"\x00" + b"class Late {};\n")[0] == "c"
