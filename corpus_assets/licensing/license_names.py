"""Names under which people declare licenses, and the identifiers they mean: data, no logic.

Belongs here: names with one meaning, families whose member that asks most is meant, exceptions,
addresses. Does not belong here: identifiers of the SPDX list, which are understood without a
table, and how a wording is taken apart (`wording.py`).
"""

from __future__ import annotations

from corpus_assets.policy.license_words import NO_RIGHTS

REFUSALS = frozenset(
    {
        "UNLICENSED", "PROPRIETARY", "ALL RIGHTS RESERVED", "ALLRIGHTSRESERVED", "COMMERCIAL",
        "CLOSED SOURCE", "CLOSED", "CONFIDENTIAL", "PROPRIETARY LICENSE", "COMMERCIAL LICENSE",
        "OTHER/PROPRIETARY LICENSE", "PRIVATE", "RESTRICTED", "RESTRICTIVE", "NO LICENSE",
        "NOT LICENSED", "PROPRIETARY SOFTWARE", "INTERNAL USE ONLY", "INTERNAL",
    }
)  # fmt: skip

_PUBLIC_DOMAIN = "LicenseRef-scancode-public-domain"
_CDDL_OR_GPL = "CDDL-1.0 OR GPL-2.0-only WITH Classpath-exception-2.0"
_CDDL11_OR_GPL = "CDDL-1.1 OR GPL-2.0-only WITH Classpath-exception-2.0"

# Names that are in wide use and mean one license; keys are in the form of `wording.plain`. The
# GPL family, BSD by clauses, Creative Commons and names with a version are read by rules.
NAMES: dict[str, str] = {
    "mit": "MIT", "expat": "MIT", "mit x11": "MIT", "mit expat": "MIT", "expat mit": "MIT",
    "x11 mit": "MIT", "mit 0": "MIT-0", "mit no by": "MIT-0",
    "isc": "ISC", "iscl": "ISC", "isc iscl": "ISC", "zlib": "Zlib", "zlib libpng": "Zlib",
    "zlib png": "Zlib", "libpng": "Libpng", "unlicense": "Unlicense",
    "x11": "X11", "ntp": "NTP", "curl": "curl",
    "apache": "Apache-2.0", "apache2": "Apache-2.0", "asl": "Apache-2.0", "asf 2.0": "Apache-2.0",
    "al2": "Apache-2.0", "asl2": "Apache-2.0",
    "bsd": "BSD-3-Clause", "new bsd": "BSD-3-Clause", "modified bsd": "BSD-3-Clause",
    "revised bsd": "BSD-3-Clause", "bsd new": "BSD-3-Clause", "bsd 3": "BSD-3-Clause",
    "bsd three clause": "BSD-3-Clause", "three clause bsd": "BSD-3-Clause",
    "bsd 3 clause new or revised": "BSD-3-Clause", "bsd 3 clause revised": "BSD-3-Clause",
    "new bsd 3 clause": "BSD-3-Clause", "bsd modified": "BSD-3-Clause",
    "bsd simplified": "BSD-2-Clause", "simplified bsd": "BSD-2-Clause", "freebsd": "BSD-2-Clause",
    "bsd 2 clause simplified": "BSD-2-Clause", "two clause bsd": "BSD-2-Clause",
    "bsd two clause": "BSD-2-Clause", "original bsd": "BSD-4-Clause", "bsd style": "BSD-3-Clause",
    "eclipse distribution 1.0": "BSD-3-Clause", "edl 1.0": "BSD-3-Clause",
    "eclipse distribution 1.0 bsd": "BSD-3-Clause", "eclipse distribution": "BSD-3-Clause",
    "zero clause bsd": "0BSD", "bsd zero clause": "0BSD",
    "mpl": "MPL-2.0", "mpl2": "MPL-2.0", "epl": "EPL-2.0", "lgpl linking": "LGPL-2.0-or-later",
    "gpl2": "GPL-2.0-only", "gpl3": "GPL-3.0-only", "lgpl2": "LGPL-2.0-only",
    "lgpl2.1": "LGPL-2.1-only", "lgpl3": "LGPL-3.0-only", "agpl3": "AGPL-3.0-only",
    "gpl2+": "GPL-2.0-or-later", "gpl3+": "GPL-3.0-or-later", "lgpl2+": "LGPL-2.0-or-later",
    "lgpl2.1+": "LGPL-2.1-or-later", "lgpl3+": "LGPL-3.0-or-later", "agpl3+": "AGPL-3.0-or-later",
    "gpl2 w cpe": "GPL-2.0-only WITH Classpath-exception-2.0",
    "gpl 2 w cpe": "GPL-2.0-only WITH Classpath-exception-2.0",
    "gpl 2 with cpe": "GPL-2.0-only WITH Classpath-exception-2.0",
    "gpl 2 ce": "GPL-2.0-only WITH Classpath-exception-2.0",
    "cddl + gpl 2 with classpath exception": _CDDL_OR_GPL,
    "cddl+gpl": _CDDL_OR_GPL, "cddl+gpl 1.1": _CDDL11_OR_GPL, "cddl gpl": _CDDL_OR_GPL,
    "cddl gpl 1.1": _CDDL11_OR_GPL, "dual cddl and gpl": _CDDL_OR_GPL,
    "cddl gpl 2+ce": _CDDL_OR_GPL,
    "common development and distribution": "CDDL-1.0",
    "common development and distribution 1.0": "CDDL-1.0",
    "common development and distribution 1.1": "CDDL-1.1", "cddl": "CDDL-1.0",
    "common public 1.0": "CPL-1.0", "cpl": "CPL-1.0", "ibm public": "IPL-1.0",
    "psf": "PSF-2.0", "psfl": "PSF-2.0", "python": "Python-2.0", "python foundation": "PSF-2.0",
    "psf 2": "PSF-2.0", "python 2.0": "Python-2.0", "python foundation psf": "PSF-2.0",
    "public domain": _PUBLIC_DOMAIN, "publicdomain": _PUBLIC_DOMAIN,
    "public domain cc0": "CC0-1.0", "public domain unlicense": "Unlicense",
    "wtfpl": "WTFPL", "wtfpl 2": "WTFPL",
    "do what fuck you want to public": "WTFPL", "wtfpl 2.0": "WTFPL",
    "cc0": "CC0-1.0", "cc0 1": "CC0-1.0", "cc0 1.0": "CC0-1.0", "cc0 1.0 universal": "CC0-1.0",
    "cc0 universal": "CC0-1.0", "cc0 1.0 universal cc0 1.0 public domain": "CC0-1.0",
    "cc0 1.0 universal public domain": "CC0-1.0", "cc zero": "CC0-1.0",
    "boost": "BSL-1.0", "boost 1.0": "BSL-1.0", "boost 1.0 bsl 1.0": "BSL-1.0",
    "bsl": "BSL-1.0", "bsl1.0": "BSL-1.0", "bsl 1": "BSL-1.0", "ruby": "Ruby",
    "ruby s": "Ruby", "perl": "Artistic-1.0-Perl OR GPL-1.0-or-later",
    "perl 5": "Artistic-1.0-Perl OR GPL-1.0-or-later", "perl5":
    "Artistic-1.0-Perl OR GPL-1.0-or-later", "same as perl":
    "Artistic-1.0-Perl OR GPL-1.0-or-later", "gpl+ or artistic":
    "Artistic-1.0-Perl OR GPL-1.0-or-later", "gpl+": "GPL-1.0-or-later",
    "lgpl+": "LGPL-2.0-or-later", "artistic": "Artistic-1.0-Perl", "artistic 1": "Artistic-1.0",
    "artistic 2": "Artistic-2.0", "artistic 2.0": "Artistic-2.0", "clarified artistic":
    "ClArtistic", "php": "PHP-3.01", "php 3": "PHP-3.0", "php 3.01": "PHP-3.01",
    "zope public": "ZPL-2.1", "zpl": "ZPL-2.1", "zpl 2.1": "ZPL-2.1", "academic free": "AFL-3.0",
    "afl": "AFL-3.0", "open 3.0 osl 3.0": "OSL-3.0", "osl": "OSL-3.0", "eupl": "EUPL-1.1",
    "european union public": "EUPL-1.1", "european union public 1.2": "EUPL-1.2",
    "european union public 1.1": "EUPL-1.1", "cecill": "CECILL-2.1", "cecill b": "CECILL-B",
    "cecill c": "CECILL-C", "cecill 2": "CECILL-2.0", "postgresql": "PostgreSQL",
    "openssl": "OpenSSL", "openldap": "OLDAP-2.8", "vim": "Vim", "tcl": "TCL", "tcl tk": "TCL",
    "lppl": "LPPL-1.3c", "ofl": "OFL-1.1", "ofl 1.1": "OFL-1.1", "sil open font": "OFL-1.1",
    "sil open font 1.1": "OFL-1.1", "sil ofl 1.1": "OFL-1.1", "open font": "OFL-1.1",
    "upl": "UPL-1.0", "universal permissive": "UPL-1.0", "universal permissive 1.0": "UPL-1.0",
    "ncsa": "NCSA", "university illinois ncsa open source": "NCSA", "blueoak 1.0.0":
    "BlueOak-1.0.0", "mulan psl 2": "MulanPSL-2.0", "ms pl": "MS-PL", "mspl": "MS-PL",
    "microsoft public": "MS-PL", "ms rl": "MS-RL", "beerware": "Beerware", "json": "JSON",
    "business source 1.1": "BUSL-1.1", "business source": "BUSL-1.1", "busl": "BUSL-1.1",
    "elastic 2.0": "Elastic-2.0", "elastic 2": "Elastic-2.0", "elastic": "Elastic-2.0",
    "server side public": "SSPL-1.0", "sspl": "SSPL-1.0", "commons clause":
    "LicenseRef-scancode-commons-clause", "gfdl": "GFDL-1.1-or-later", "fdl": "GFDL-1.1-or-later",
    "free documentation": "GFDL-1.1-or-later", "qpl": "QPL-1.0", "qpl 1.0": "QPL-1.0",
    "ssleay": "SSLeay-standalone", "sun industry standards source": "SISSL",
    "w3c": "W3C", "unicode dfs 2016": "Unicode-DFS-2016", "hpnd": "HPND", "ijg": "IJG",
    "gfdl niv 1.2+": "GFDL-1.2-no-invariants-or-later", "gfdl 1.2+ no invariants":
    "GFDL-1.2-no-invariants-or-later", "gfdl niv 1.3+": "GFDL-1.3-no-invariants-or-later",
    "gfdl niv 1.2": "GFDL-1.2-no-invariants-only", "gfdl niv": "GFDL-1.1-no-invariants-or-later",
    "gfdl niv 1.3": "GFDL-1.3-no-invariants-only", "zope public zpl 2.1": "ZPL-2.1",
    "all permissive": "FSFAP",
    "bola": "LicenseRef-scancode-bola10", "epl 1.0 mpl 2.0": "EPL-1.0 OR MPL-2.0",
}  # fmt: skip

# Families whose members differ by the version alone; keys in the form of `wording.plain`.
VERSIONS: dict[str, str] = {
    "apache": "Apache", "asl": "Apache", "mpl": "MPL", "epl": "EPL", "cpl": "CPL",
    "common public": "CPL", "cddl": "CDDL", "eupl": "EUPL", "osl": "OSL", "afl": "AFL",
    "academic free": "AFL", "open": "OSL", "artistic": "Artistic", "zpl": "ZPL",
    "zope public": "ZPL", "cecill": "CECILL", "lppl": "LPPL", "apsl": "APSL", "bsl": "BSL",
    "upl": "UPL", "ecl": "ECL", "educational community": "ECL", "npl": "NPL", "rpl": "RPL",
    "nposl": "NPOSL", "psf": "PSF", "ipl": "IPL", "sspl": "SSPL", "cpal": "CPAL", "vsl": "VSL",
    "mulanpsl": "MulanPSL", "polyform noncommercial": "PolyForm-Noncommercial",
}  # fmt: skip

# Exceptions by their usual name, then by the beginning of the license they belong to.
EXCEPTIONS: dict[str, dict[str, str]] = {
    "classpath": {"GPL-": "Classpath-exception-2.0", "LGPL-": "Classpath-exception-2.0"},
    "cpe": {"GPL-2.0": "Classpath-exception-2.0"},
    "ce": {"GPL-2.0": "Classpath-exception-2.0"},
    "openssl": {
        "GPL-2.0-or-later": "LicenseRef-scancode-openssl-exception-gpl-2.0-plus",
        "GPL-2.0-only": "LicenseRef-scancode-openssl-exception-gpl-2.0",
        "GPL-3.0-or-later": "LicenseRef-scancode-openssl-exception-gpl-3.0-plus",
        "LGPL-2.0-or-later": "LicenseRef-scancode-openssl-exception-lgpl-2.0-plus",
        "LGPL-3.0-or-later": "LicenseRef-scancode-openssl-exception-lgpl-3.0-plus",
        "AGPL-3.0": "LicenseRef-scancode-openssl-exception-agpl-3.0",
    },
    "autoconf": {"GPL-2.0": "Autoconf-exception-2.0", "GPL-3.0": "Autoconf-exception-3.0"},
    "autoconf data": {"GPL-": "Autoconf-exception-generic"},
    "autoconf macro": {"GPL-": "Autoconf-exception-macro"},
    "bison": {"GPL-2.0": "Bison-exception-2.2", "GPL-3.0": "Bison-exception-2.2"},
    "bison parser": {"GPL-": "Bison-exception-2.2"},
    "libtool": {"GPL-": "Libtool-exception", "LGPL-": "Libtool-exception"},
    "gcc": {"GPL-2.0": "GCC-exception-2.0", "GPL-3.0": "GCC-exception-3.1"},
    "font": {"GPL-": "Font-exception-2.0"},
    "font embedding": {"GPL-": "Font-exception-2.0"},
    "llvm": {"Apache-2.0": "LLVM-exception"},
    "wxwindows": {"GPL-": "WxWindows-exception-3.1", "LGPL-": "WxWindows-exception-3.1"},
    "linux syscall note": {"GPL-": "Linux-syscall-note"},
    "syscall": {"GPL-": "Linux-syscall-note"},
    "ecos": {"GPL-2.0": "eCos-exception-2.0"},
    "texinfo": {"GPL-": "Texinfo-exception"},
    "gnat": {"GPL-": "GNAT-exception"},
    "ocaml lgpl": {"LGPL-": "OCaml-LGPL-linking-exception"},
    "ocaml": {"LGPL-": "OCaml-LGPL-linking-exception"},
    "universal foss": {"GPL-": "Universal-FOSS-exception-1.0"},
    "qt gpl": {"GPL-3.0": "Qt-GPL-exception-1.0"},
    "qt lgpl": {"LGPL-2.1": "Qt-LGPL-exception-1.1"},
    "qwt": {"LGPL-2.1": "Qwt-exception-1.0"},
    "fltk": {"LGPL-2.0": "FLTK-exception"},
    "swift": {"Apache-2.0": "Swift-exception"},
    "commons clause": {
        "Apache-2.0": "LicenseRef-scancode-commons-clause",
        "MIT": "LicenseRef-scancode-commons-clause",
    },
}  # fmt: skip

# Addresses, without scheme, `www.` and case, and the identifier they stand for; `\1` is a group.
_TAIL = r"(?:\.html|\.txt|\.php|\.json)?"
URLS: tuple[tuple[str, str], ...] = (
    (rf"spdx\.org/licenses/([\w.+-]+?){_TAIL}", r"\1"),
    (r"licenses\.nuget\.\w+/([\w.+()%-]+)", r"\1"),
    (r"opensource\.org/licen[cs]es?/apache-?2\.0" + _TAIL, "Apache-2.0"),
    (r"opensource\.org/licen[cs]es?/(?:bsd-license|bsd-2-clause|bsd)" + _TAIL, "BSD-2-Clause"),
    (r"opensource\.org/licen[cs]es?/mit-license" + _TAIL, "MIT"),
    (r"opensource\.org/licen[cs]es?/isc-license" + _TAIL, "ISC"),
    (rf"opensource\.org/licen[cs]es?/([\w.+-]+?){_TAIL}", r"\1"),
    (r"apache\.org/licenses/license-(1\.0|1\.1|2\.0)" + _TAIL, r"Apache-\1"),
    (r"apache\.org/licenses/?", "Apache-2.0"),
    (r"gnu\.org/(?:licenses|copyleft)/gpl" + _TAIL, "GPL-1.0-or-later"),
    (r"gnu\.org/(?:licenses|copyleft)/lgpl" + _TAIL, "LGPL-2.0-or-later"),
    (r"gnu\.org/(?:licenses|copyleft)/agpl" + _TAIL, "AGPL-3.0-only"),
    (r"gnu\.org/licenses/(?:old-licenses/)?(a?l?gpl)-(\d\.\d)" + _TAIL, r"\1-\2-only"),
    (r"mozilla\.org/(?:[\w-]+/)?mpl/(1\.0|1\.1|2\.0)/?(?:index)?" + _TAIL, r"MPL-\1"),
    (r"mozilla\.org/(?:[\w-]+/)?mpl/mpl-(1\.0|1\.1)" + _TAIL, r"MPL-\1"),
    (r"eclipse\.org/(?:legal|org/documents)/epl-v10" + _TAIL, "EPL-1.0"),
    (r"eclipse\.org/(?:legal|org/documents)/epl-(?:2\.0|v20)(?:/epl-2\.0)?" + _TAIL, "EPL-2.0"),
    (r"eclipse\.org/(?:legal|org/documents)/edl-v10" + _TAIL, "BSD-3-Clause"),
    (r"creativecommons\.org/licenses/(by(?:-nc)?(?:-nd|-sa)?)/(\d\.\d)"
     r"(?:/(?:deed\.\w+|legalcode))?", r"CC-\1-\2"),
    (r"creativecommons\.org/publicdomain/zero/1\.0(?:/(?:deed\.\w+|legalcode))?", "CC0-1.0"),
    (r"(?:boost\.org/)?license_1_0" + _TAIL, "BSL-1.0"),
    (r"unlicense\.org", "Unlicense"),
    (r"wtfpl\.net(?:/about|/txt/copying)?", "WTFPL"),
    (r"php\.net/license/3_01" + _TAIL, "PHP-3.01"),
    (r"scripts\.sil\.org/ofl", "OFL-1.1"),
    (r"(?:choosealicense\.com|licenses\.opensource\.jp)/licenses/([\w.+-]+)", r"\1"),
)  # fmt: skip

# Trove classifiers below "License ::", by their last part; families without a version stand for
# their member that asks most. Empty: the classifier names no license at all.
CLASSIFIERS: dict[str, str] = {
    "OSI Approved": "", "DFSG approved": "", "License": "",
    "MIT License": "MIT", "MIT No Attribution License (MIT-0)": "MIT-0",
    "BSD License": "BSD-3-Clause", "Zero-Clause BSD (0BSD)": "0BSD",
    "Apache Software License": "Apache-2.0", "ISC License (ISCL)": "ISC",
    "zlib/libpng License": "Zlib", "Python Software Foundation License": "PSF-2.0",
    "Python License (CNRI Python License)": "CNRI-Python", "CNRI Python License": "CNRI-Python",
    "Public Domain": _PUBLIC_DOMAIN, "The Unlicense (Unlicense)": "Unlicense",
    "Boost Software License 1.0 (BSL-1.0)": "BSL-1.0",
    "Blue Oak Model License (BlueOak-1.0.0)": "BlueOak-1.0.0",
    "Mulan Permissive Software License v2 (MulanPSL-2.0)": "MulanPSL-2.0",
    "Universal Permissive License (UPL)": "UPL-1.0", "PostgreSQL License": "PostgreSQL",
    "CMU License (MIT-CMU)": "MIT-CMU",
    "Historical Permission Notice and Disclaimer (HPND)": "HPND", "W3C License": "W3C",
    "University of Illinois/NCSA Open Source License": "NCSA", "X.Net License": "Xnet",
    "Vovida Software License 1.0": "VSL-1.0", "Sleepycat License": "Sleepycat",
    "Attribution Assurance License": "AAL", "Intel Open Source License": "Intel",
    "CC0 1.0 Universal (CC0 1.0) Public Domain Dedication": "CC0-1.0",
    "Mozilla Public License 1.0 (MPL)": "MPL-1.0",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Eclipse Public License 1.0 (EPL-1.0)": "EPL-1.0",
    "Eclipse Public License 2.0 (EPL-2.0)": "EPL-2.0",
    "Common Development and Distribution License 1.0 (CDDL-1.0)": "CDDL-1.0",
    "Common Public License": "CPL-1.0", "IBM Public License": "IPL-1.0",
    "GNU General Public License (GPL)": "GPL-1.0-or-later",
    "GNU General Public License v2 (GPLv2)": "GPL-2.0-only",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU General Public License v3 (GPLv3)": "GPL-3.0-only",
    "GNU General Public License v3 or later (GPLv3+)": "GPL-3.0-or-later",
    "GNU Lesser General Public License v2 (LGPLv2)": "LGPL-2.0-only",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL-2.0-or-later",
    "GNU Affero General Public License v3": "AGPL-3.0-only",
    "GNU Affero General Public License v3 or later (AGPLv3+)": "AGPL-3.0-or-later",
    "GNU Free Documentation License (FDL)": "GFDL-1.1-or-later",
    "Affero General Public License": "AGPL-1.0-only",
    "Academic Free License (AFL)": "AFL-3.0", "Zope Public License": "ZPL-2.1",
    "Artistic License": "Artistic-1.0", "Open Software License 3.0 (OSL-3.0)": "OSL-3.0",
    "Eiffel Forum License": "EFL-2.0", "Eiffel Forum License (EFL)": "EFL-2.0",
    "European Union Public Licence 1.0 (EUPL 1.0)": "EUPL-1.0",
    "European Union Public Licence 1.1 (EUPL 1.1)": "EUPL-1.1",
    "European Union Public Licence 1.2 (EUPL 1.2)": "EUPL-1.2",
    "CEA CNRS Inria Logiciel Libre License, version 2.1 (CeCILL-2.1)": "CECILL-2.1",
    "CeCILL-B Free Software License Agreement (CECILL-B)": "CECILL-B",
    "CeCILL-C Free Software License Agreement (CECILL-C)": "CECILL-C",
    "Apple Public Source License": "APSL-2.0", "Sun Public License": "SPL-1.0",
    "Sun Industry Standards Source License (SISSL)": "SISSL",
    "Qt Public License (QPL)": "QPL-1.0", "Ricoh Source Code Public License": "RSCPL",
    "Netscape Public License (NPL)": "NPL-1.1", "Nethack General Public License": "NGPL",
    "Nokia Open Source License": "Nokia", "Nokia Open Source License (NOKOS)": "Nokia",
    "Motosoto License": "Motosoto", "MirOS License (MirOS)": "MirOS",
    "SIL Open Font License 1.1 (OFL-1.1)": "OFL-1.1",
    "Aladdin Free Public License (AFPL)": "Aladdin",
    "NASA Open Source Agreement v1.3 (NASA-1.3)": "NASA-1.3",
    "Jabber Open Source License": "LicenseRef-scancode-josl-1.0",
    "Other/Proprietary License": NO_RIGHTS,
}  # fmt: skip

# The vocabulary of CPAN::Meta::Spec, versions 1.4 and 2. Empty: fallback words that name none.
CPAN: dict[str, str] = {
    "agpl_3": "AGPL-3.0-only", "apache_1_1": "Apache-1.1", "apache_2_0": "Apache-2.0",
    "artistic_1": "Artistic-1.0", "artistic_2": "Artistic-2.0", "bsd": "BSD-3-Clause",
    "freebsd": "BSD-2-Clause", "gfdl_1_2": "GFDL-1.2-only", "gfdl_1_3": "GFDL-1.3-only",
    "gpl_1": "GPL-1.0-only", "gpl_2": "GPL-2.0-only", "gpl_3": "GPL-3.0-only",
    "lgpl_2_1": "LGPL-2.1-only", "lgpl_3_0": "LGPL-3.0-only", "mit": "MIT",
    "mozilla_1_0": "MPL-1.0", "mozilla_1_1": "MPL-1.1", "openssl": "OpenSSL",
    "perl_5": "Artistic-1.0-Perl OR GPL-1.0-or-later", "qpl_1_0": "QPL-1.0",
    "ssleay": "SSLeay-standalone", "sun": "SISSL", "zlib": "Zlib",
    "apache": "Apache-2.0", "artistic": "Artistic-1.0", "artistic2": "Artistic-2.0",
    "gpl": "GPL-1.0-or-later", "gpl2": "GPL-2.0-only", "gpl3": "GPL-3.0-only",
    "lgpl": "LGPL-2.0-or-later", "lgpl2": "LGPL-2.1-only", "lgpl3": "LGPL-3.0-only",
    "mozilla": "MPL-1.1", "perl": "Artistic-1.0-Perl OR GPL-1.0-or-later",
    "restricted": NO_RIGHTS, "restrictive": NO_RIGHTS, "unknown": "", "": "",
}  # fmt: skip
