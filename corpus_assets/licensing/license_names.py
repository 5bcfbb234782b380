"""Names under which manifests declare licenses, and the identifiers they mean: data, no logic.

Belongs here: names with one meaning, and families whose member that asks most is meant. Does not
belong here: identifiers of the SPDX list, which are understood without a table.
"""

from __future__ import annotations

# The words of an owner who grants nothing; the policy lists it among its own identifiers.
NO_RIGHTS = "LicenseRef-all-rights-reserved"

# Names that are in wide use and mean one license; keys are in the form `manifests` looks up. A bare
# "BSD" or "GPL" without version is mapped to the member of the family that asks most.
NAMES: dict[str, str] = {
    "mit": "MIT", "expat": "MIT", "mit x11": "MIT",
    "isc": "ISC", "iscl": "ISC", "zlib": "Zlib", "unlicense": "Unlicense",
    "apache": "Apache-2.0", "apache 2": "Apache-2.0", "apache 2.0": "Apache-2.0",
    "asl 2.0": "Apache-2.0",
    "bsd": "BSD-3-Clause", "new bsd": "BSD-3-Clause", "modified bsd": "BSD-3-Clause",
    "revised bsd": "BSD-3-Clause", "3 clause bsd": "BSD-3-Clause", "bsd 3 clause": "BSD-3-Clause",
    "bsd 3": "BSD-3-Clause", "simplified bsd": "BSD-2-Clause", "bsd 2 clause": "BSD-2-Clause",
    "2 clause bsd": "BSD-2-Clause", "eclipse distribution 1.0": "BSD-3-Clause",
    "mpl": "MPL-2.0", "mpl 2.0": "MPL-2.0", "mozilla public 2.0": "MPL-2.0",
    "epl 1.0": "EPL-1.0", "eclipse public 1.0": "EPL-1.0", "eclipse public 2.0": "EPL-2.0",
    "gpl": "GPL-1.0-or-later", "gnu gpl": "GPL-1.0-or-later",
    "gnu general public": "GPL-1.0-or-later",
    "gpl 2": "GPL-2.0-only", "gpl 2.0": "GPL-2.0-only", "gplv2": "GPL-2.0-only",
    "gpl2 w cpe": "GPL-2.0-only WITH Classpath-exception-2.0",
    "gpl2": "GPL-2.0-only", "gpl 2+": "GPL-2.0-or-later", "gplv2+": "GPL-2.0-or-later",
    "gpl (>= 2)": "GPL-2.0-or-later", "gpl >= 2": "GPL-2.0-or-later",
    "gpl 3": "GPL-3.0-only", "gpl 3.0": "GPL-3.0-only", "gplv3": "GPL-3.0-only",
    "gnu gplv3": "GPL-3.0-only", "gpl3": "GPL-3.0-only", "gplv3+": "GPL-3.0-or-later",
    "gpl 3+": "GPL-3.0-or-later", "gpl >= 3": "GPL-3.0-or-later",
    "gnu general public 3": "GPL-3.0-only", "gnu general public 2": "GPL-2.0-only",
    "lgpl": "LGPL-2.0-or-later", "gnu lgpl": "LGPL-2.0-or-later",
    "lgplv2.1": "LGPL-2.1-only", "lgplv2.1+": "LGPL-2.1-or-later", "lgpl 2.1": "LGPL-2.1-only",
    "lgplv3": "LGPL-3.0-only", "lgplv3+": "LGPL-3.0-or-later", "lgpl 3": "LGPL-3.0-only",
    "gnu lesser general public": "LGPL-2.0-or-later",
    "agpl": "AGPL-3.0-only", "agplv3": "AGPL-3.0-only", "gnu agplv3": "AGPL-3.0-only",
    "psf": "PSF-2.0", "python": "Python-2.0", "python foundation": "PSF-2.0",
    "public domain": "LicenseRef-scancode-public-domain",
    "wtfpl": "WTFPL", "cc0": "CC0-1.0", "cc0 1.0": "CC0-1.0",
    "cc0 1.0 universal": "CC0-1.0", "cddl + gplv2 with classpath exception":
    "CDDL-1.0 OR GPL-2.0-only WITH Classpath-exception-2.0",
    "ruby": "Ruby", "perl": "Artistic-1.0-Perl OR GPL-1.0-or-later",
    "all rights reserved": NO_RIGHTS,
}  # fmt: skip

# Trove classifiers below "License ::", by their last part; families without a version stand for
# their member that asks most.
CLASSIFIERS: dict[str, str] = {
    "MIT License": "MIT", "MIT No Attribution License (MIT-0)": "MIT-0",
    "BSD License": "BSD-3-Clause", "Apache Software License": "Apache-2.0",
    "ISC License (ISCL)": "ISC", "zlib/libpng License": "Zlib",
    "Python Software Foundation License": "PSF-2.0",
    "Public Domain": "LicenseRef-scancode-public-domain",
    "The Unlicense (Unlicense)": "Unlicense", "Boost Software License 1.0 (BSL-1.0)": "BSL-1.0",
    "CC0 1.0 Universal (CC0 1.0) Public Domain Dedication": "CC0-1.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
    "Eclipse Public License 1.0 (EPL-1.0)": "EPL-1.0",
    "Eclipse Public License 2.0 (EPL-2.0)": "EPL-2.0",
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
    "Academic Free License (AFL)": "AFL-3.0", "Zope Public License": "ZPL-2.1",
    "Other/Proprietary License": NO_RIGHTS,
}  # fmt: skip
