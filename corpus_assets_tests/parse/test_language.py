"""Language identification: ambiguous extensions are settled by content."""

import codecs

import pytest

from corpus_assets.languages import LANGUAGES
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
    assert identify(path, data)[:2] == (slug, name)


def test_binary_data_has_no_language_whatever_it_is_called() -> None:
    assert identify("tool.py", b"\x7fELF\x02\x01\x01\x00")[:2] == ("other", "Binary")
    assert identify("logo.svg", b"\x89PNG\r\n\x1a\n")[:2] == ("other", "Binary")


def test_a_byte_order_mark_hides_nothing() -> None:
    script = "#!/usr/bin/env ruby\nputs 1\n"
    assert identify("run", codecs.BOM_UTF8 + script.encode())[0] == "ruby"
    assert identify("run", codecs.BOM_UTF16_LE + script.encode("utf-16-le"))[0] == "ruby"


def test_a_header_may_tell_its_language_behind_a_long_license() -> None:
    head = b"// word word word\n" * 2000
    assert identify("a.h", head + b"namespace late {\nclass Box;\n}\n")[0] == "cpp"


@pytest.mark.parametrize(
    ("path", "data", "basis"),
    [
        ("a.py", b"x = 1\n", "name"),
        ("a.h", b"int f(void);\n", "guess"),
        ("a.h", b"#include <vector>\n", "content"),
        ("a.pl", b"use strict;\n", "content"),
        ("a.pl", b"x\n", "guess"),
        ("run", b"#!/bin/sh\necho\n", "content"),
        ("x.unknownext", b"hello\n", "none"),
    ],
)
def test_the_basis_of_an_answer_is_told(path: str, data: bytes, basis: str) -> None:
    found = identify(path, data)
    assert found.basis == basis
    assert (len(found.candidates) > 1) == (basis == "guess")


def test_at_least_150_languages_are_known() -> None:
    extensions = (extension for language in LANGUAGES for extension in language.extensions)
    named = {identify(f"a{extension}", b"").name for extension in extensions}
    rare = """
        .abap .adb .agda .als .apl .applescript .awk .bat .bf .boo .bsl .cbl .ceylon .chpl
        .cirru .clw .cr .cu .d .dats .dylan .e .elm .eq .factor .fan .fancy .fr .g4 .gd .gms
        .gml .gp .hack .hx .hy .i7x .icl .idr .io .ijs .jai .jq .j .kit .kk .lean .lfe .liq .ls
        .logtalk .lol .m4 .mako .maxpat .metal .mirah .mo .moo .muf .nit .nix .njk .nl .nu .nut
        .nim .odin .omgrofl .opa .ox .oz .p4 .pan .pd .pike .pkl .plsql .pony .pig .pov .prw
        .pug .purs .pyx .q .qml .raku .rbxs .re .red .res .rsc .rg .robot .rsh .sas .scad .sed
        .self .sh-session .shen .sil .slim .smali .smt2 .sol .sp .sparql .stan .ston .svelte
        .swg .tcl .tla .toc .tsx .ttl .twig .uc .ur .vala .vcl .vim .vb .volt .vue .wat .wgsl
        .wisp .x10 .xc .xojo .xquery .xtend .yar .yang .zep .zimpl .zig .styl .less .sass .haml
        .hbs .liquid .feature
    """
    named |= {identify(f"a{extension}", b"").name for extension in rare.split()}
    assert len(named - {"Unknown"}) >= 150
