"""What speaks for which label: the table of cues, and nothing else.

A cue adds its weights to the scores of labels; the scores become shares by softmax. Weights are in
natural logarithms of odds: +0.7 doubles the odds of a label against the rest. They were set by hand
on messages of 11 projects (benchmarks/commit_truth.py, part TUNING, and 300 labelled by hand) and
are judged on others.
"""

from __future__ import annotations

from typing import NamedTuple

LABELS = (
    "bugfix", "feature", "refactor", "test", "docs", "style", "build", "dependency", "merge",
    "revert", "release", "other",
)  # fmt: skip

BASE = {
    "bugfix": -0.5, "feature": 0.0, "refactor": -0.3, "test": -1.0, "docs": -0.8, "style": -1.2,
    "build": -1.2, "dependency": -2.0, "merge": -6.0, "revert": -5.0, "release": -3.0,
    "other": 0.2,
}  # fmt: skip
"""Scores before any cue: how common the labels are."""


class Cue(NamedTuple):
    """`where` is the column of text.parsed, or `facts` or `author`, that `pattern` is sought in."""

    name: str
    where: str
    pattern: str
    weights: dict[str, float]


def _cue(name: str, where: str, pattern: str, **weights: float) -> Cue:
    return Cue(name, where, pattern, weights)


# fmt: off
# What authors declare: `fix: ...`, `[DOC] ...`, `:bug: ...`.
TYPES = (
    _cue("type fix", "type", r"^(?:fix|fixe[sd]|bug|bug[ -]?fix(?:es)?|hot-?fix|regression|security|:bug:|:ambulance:|:adhesive_bandage:|:lock:|🐛)$", bugfix=4.5),
    _cue("type feature", "type", r"^(?:feat|feature|features|new|enh|enhancement|improvement|improve|added|add|:sparkles:|:tada:|update|change[ds]?|breaking)$", feature=4.0),
    _cue("type refactor", "type", r"^(?:refactor|refactoring|ref|cleanup|clean-?up|cln|perf|maint|codechange|:recycle:|:art:|:zap:|:fire:|:truck:|simplify|nfc|tidy)$", refactor=4.0),
    _cue("type test", "type", r"^(?:tests?|tst|testing|unit ?tests?|qa|:white_check_mark:|:test_tube:|selftests?)$", test=5.0),
    _cue("type docs", "type", r"^(?:docs?|documentation|readme|:memo:|:books:|:bulb:|man|changelog|comments?|website|:pencil:|:pencil2:)$", docs=5.0),
    _cue("type style", "type", r"^(?:style|styles|sty|lint|format|formatting|fmt|whitespace|pep8|typo|typos|:lipstick:|:rotating_light:)$", style=5.0),
    _cue("type build", "type", r"^(?:build|ci|bld|infra|travis|appveyor|github|actions?|workflows?|docker|makefile|cmake|packaging|tox|jenkins|nix|:construction_worker:|:green_heart:|:wrench:|:package:)$", build=5.0),
    _cue("type dependency", "type", r"^(?:deps?|dependencies|dep|upgrade|bump|:arrow_up:|:arrow_down:|:heavy_plus_sign:|:heavy_minus_sign:|:pushpin:|package)$", dependency=4.0),
    _cue("type release", "type", r"^(?:release|rel|version|:bookmark:)$", release=4.5),
    _cue("type revert", "type", r"^(?:revert|reverts|:rewind:)$", revert=7.0),
    _cue("type chore", "type", r"^(?:chore|misc|internal|sponsors|admin)$", other=2.5, bugfix=-2.0),
    _cue("scope tests", "scope", r"^(?:tests?|testing|spec|e2e|unit)$", test=4.5, bugfix=-2.0),
    _cue("scope docs", "scope", r"^(?:docs?|readme|documentation|changelog|website)$", docs=5.0, bugfix=-3.0),
    _cue("scope build", "scope", r"^(?:ci|build|travis|release|docker|github|workflows?|lint)$", build=4.5, bugfix=-3.0),
    _cue("scope dependency", "scope", r"^(?:deps(?:-dev|-optional|-peer)?|dependencies|dev-deps|package|npm|renovate)$", dependency=5.0, bugfix=-3.0),
)

# Exact forms that tools write, and people after them.
FORMS = (
    _cue("merge of a branch or pull request", "raw_subject", r"^(?:Merge (?:branch|branches|pull request|remote-tracking|remote branch|tag|commit|changes? from|in |\S+ into |\"|'|[0-9a-f]{7,40}|#\d+|PR )|Merged? (?:branch|in |PR #|from |revision|via )|Automatic(?:ally)? merge|Auto merge of #)", merge=11.0),
    _cue('Revert "..."', "raw_subject", r"^(?:Revert|Reapply) [\"'“]|^Revert(?:s|ed|ing)? (?:of |commit |changeset |r?[0-9a-f]{5,40}\b|\S+@[0-9a-f]{7}|#\d+)|^Back(?:ed)? out (?:changeset|commit|[0-9a-f]{7})", revert=11.0),
    _cue("This reverts commit", "body", r"this reverts (?:commit|svn|r?\d|changeset|pull)|reverts [\w./-]+#\d+", revert=8.0),
    _cue("starts with revert", "subject", r"^\W*(?:revert|back out|undo|roll ?back)\w*\b", revert=5.2, bugfix=-1.0),
    _cue("only a version", "raw_subject", r"(?i)^\W*(?:version|release[sd]?|v|tag|bump(?:ed)?(?: version)?(?: to)?)?[ :]*v?\d+(?:\.\d+)+(?:[.-]?(?:alpha|beta|rc|dev|pre|post|snapshot|final)[.\d-]*)?\W*(?:release[d]?)?\W*$", release=9.0),
    _cue("release words", "raw_subject", r"(?i)^\W*(?:(?:chore|build|ci)?\(?(?:release|publish)\)?[:!]|\[(?:maven-release-plugin|gradle release plugin|release|ci release|artifactory-release)[^\]]*\]|prepar(?:e|ing)(?: for)?(?: the)?(?: next)? (?:release|development|version|v?\d)|(?:bump|increment|set|update|change|bumping)(?:ed|s)? (?:the )?(?:\w+ )?version(?: number)?s?\b|version bump|bump(?:ed)? (?:to )?v?\d+\.\d|new version|cut(?:ting)? (?:release|v?\d)|releas(?:e|ing) (?:version |v)?\d|release (?:notes|candidate)|ready for (?:release|v?\d)|open \w+ development|post[- ]release|start (?:of )?(?:development|v?\d)|tag(?:ging)? (?:version|v?\d)|v?\d+(?:\.\d+)+ release|publish$)", release=6.5, bugfix=-2.0),
    _cue("bump from version to version", "raw_subject", r"(?i)^(?:\S+: ?)?(?:\[?(?:security|deps|dependabot)\]?:? ?)*(?:bumps?|updates?|upgrades?|updated|upgraded)(?: the)? \S+(?: \S+){0,4} (?:requirement )?from \S+ to \S+", dependency=8.0, bugfix=-2.0),
    _cue("update dependency", "raw_subject", r"(?i)\b(?:updat|upgrad|bump|pin|unpin|roll|downgrad)(?:es?|ed|ing|s)? (?:\S+ ){0,4}?(?:dependenc(?:y|ies)|requirements?|constraints|dep|deps|lock ?files?|package(?:-lock)?\.json|gemfile|submodules?|global requirements|dev ?dependencies|third[- ]party|vendor(?:ed)?)\b|updated from global requirements|^(?:dependency|dependencies|deps) (?:update|upgrade|bump)s?", dependency=5.0, bugfix=-1.5),
    _cue("bump a package to a version", "subject", r"^(?:\S+: ?)?(?:bump|upgrad|updat|rais)(?:e|es|ed|ing|s)? (?:to )?(?:\S+ ){1,3}(?:to |version |dependency )+.{0,12}(?:vertok|latest|v?\d)", dependency=4.0, bugfix=-1.0),
    _cue("initial commit", "subject", r"^\W*(?:initial|first|init)\w* (?:commit|import|checkin|check-in|revision|version|release)\b|^initial$|^init$", other=4.0, feature=0.5, bugfix=-3.0),
    _cue("translations", "subject", r"\b(?:translat(?:e|ed|ion|ions)|i18n|l10n|locali[sz]ation|pontoon|weblate|transifex|crowdin)\b", docs=0.8, other=1.2, bugfix=-0.8),
    _cue("work in progress", "subject", r"^\W*(?:wip|tmp|temp|work in progress|checkpoint|snapshot|backup|save|stuff|misc|minor(?: \w+)?|updates?|changes?|edits?|cleanup|\.+)\W*$", other=1.3, bugfix=-2.0),
    _cue("automatic", "raw_subject", r"(?i)automatic (?:changelog|update|commit)|auto-?generated|\[(?:skip ci|ci skip|bot)\]|^automated\b|^scheduled\b|^sync(?:ed|ing|s)? (?:with|from|to)\b", other=1.5, bugfix=-1.5),
)

# Words of a subject that tell of a defect, or of its repair.
DEFECTS = (
    _cue("fix", "subject", r"\b(?:fix|fixes|fixed|fixing|fixup|bug-?fix|bug-?fixes|hotfix|fixe)\b", bugfix=2.9),
    _cue("starts with fix", "subject", r"^(?:\W*|[\w /,.-]{1,30}: ?|\W*\w+: )\W*(?:fix|fixes|fixed|fixing|bugfix|hotfix)\b", bugfix=0.6),
    _cue("bug", "subject", r"\b(?:bugs?|buggy|defects?|misbehavio\w+|glitch(?:es)?)\b", bugfix=2.0),
    _cue("bug number", "raw_subject", r"(?i)\b(?:bug|issue|ticket|bz|rhbz|lp|bnc|boo|bsc)[ :]?#?\d+|^\d{5,}:", bugfix=0.7),
    _cue("fixes a number", "raw_subject", r"(?i)^\W*(?:fix(?:es|ed)?|resolve[sd]?)[ :]+(?:\w+ )?(?:#|gh-|[A-Z]+-)\d+", bugfix=0.2),
    _cue("regression", "subject", r"\bregress(?:ion|ions|ed|es)\b", bugfix=2.2),
    _cue("crash", "subject", r"\b(?:crash(?:es|ed|ing)?|seg ?fault(?:s|ing)?|sigsegv|segv|sigabrt|panic(?:s|king|ked)?|oops|hangs?|hanging|hung|freez(?:e|es|ing)|froze|dead-?locks?(?:ed)?|live-?locks?|stuck|abort(?:s|ing)?|bsod|core dump|oom|stack overflow)\b", bugfix=2.2),
    _cue("memory error", "subject", r"\b(?:leak(?:s|ed|ing|age)?|use[- ]after[- ]free|uaf|double[- ]free|dangling|uninitiali[sz]ed|null[- ]?(?:pointer|deref\w*|ptr|reference|check)|nullptr|npe|nil (?:pointer|deref\w*)|out[- ]of[- ](?:bounds?|range|memory)|oob|overflow(?:s|ed|ing)?|overrun|underflow|off[- ]by[- ]one|buffer over\w+|undefined behaviou?r|memory corruption|corrupt(?:s|ed|ing|ion|ions)?|divi(?:de|sion) by zero|infinite (?:loop|recursion)|unhandled|uncaught|type ?error|key ?error|attribute ?error|value ?error|index ?error|traceback|stack ?trace)\b", bugfix=2.0),
    _cue("exception name", "raw_subject", r"\b\w*(?:Exception|NullPointer|NPE|TypeError|KeyError|ValueError|AttributeError|IndexError|ImportError|NameError|RuntimeError|UnicodeDecodeError|UnicodeEncodeError|ZeroDivisionError|RecursionError|AssertionError|SIGSEGV|SEGV|ENOENT|EINVAL|EINTR|EAGAIN)\b", bugfix=0.8),
    _cue("race", "subject", r"\b(?:race|races|racy|race[- ]conditions?|data races?|thread[- ]?safe(?:ty)?|toctou)\b", bugfix=1.6),
    _cue("security hole", "subject", r"\b(?:cve|vulnerabilit(?:y|ies)|xss|csrf|ssrf|sql injection|injection|exploit\w*|unauthori[sz]ed|redos|path traversal|directory traversal|privilege escalation)\b", bugfix=1.8),
    _cue("wrong", "subject", r"\b(?:incorrect(?:ly)?|in-?accurate(?:ly)?|wrong(?:ly)?|mistaken(?:ly)?|erroneous(?:ly)?|bogus|improper(?:ly)?|accidental(?:ly)?|unintend\w+|unintention\w+|spurious|mis-?(?:match\w*|calculat\w*|handl\w*|align\w*|plac\w*|interpret\w*|reported)|unexpected(?:ly)?|inconsisten\w+|faulty|flawed|garbage|bad)\b", bugfix=1.5),
    _cue("false positive", "subject", r"\bfalse[- ](?:positive|negative|alarm)s?\b", bugfix=2.4),
    _cue("uses the correct one", "subject", r"\b(?:us(?:e|es|ing)|return|pass|send|show) (?:the |a )?(?:correct|proper|right|actual|same|real)\b", bugfix=1.6),
    _cue("should", "subject", r"\bshould(?:n'?t| not| be| work| allow| have| only| consider| use)?\b|\bmust not\b", bugfix=1.0),
    _cue("broken link", "subject", r"\b(?:broken|dead|bad|wrong|incorrect|fix|fixes|fixed|fixing) (?:\w+ ){0,3}(?:links?|urls?|badges?|references?|anchors?|screenshots?|images?)\b", docs=1.8, bugfix=-1.8),
    _cue("broken", "subject", r"\b(?:broken|breaks?|breakage|broke|breaking)\b", bugfix=1.3),
    _cue("does not work", "subject", r"\b(?:not work(?:ing|s)?|(?:doesn'?t|does not|didn'?t|did not|don'?t|do not|isn'?t|wasn'?t|weren'?t|aren'?t|won'?t|can'?t|cannot|could not|couldn'?t|unable to|fail(?:s|ed|ing)? to|no longer|never|not being|not properly|not correctly|ignored|lost|losing|dropped|disappear\w*|vanish\w*|duplicated?|twice|stops? working))\b", bugfix=0.9),
    _cue("failure", "subject", r"\b(?:fail(?:s|ed|ing|ure|ures)?|errors?|erroring|exceptions?|throws?|thrown|raises?)\b", bugfix=0.8),
    _cue("issue", "subject", r"\b(?:issues?|problems?(?:[^-A-Za-z]|$)|trouble|troubles|quirk\w*|corner[- ]case|edge[- ]case)s?\b", bugfix=1.1),
    _cue("missing", "subject", r"\b(?:missing|missed|forgot(?:ten)?|omitted|whoops|oops|overlooked|neglected|lacking)\b", bugfix=1.2),
    _cue("invalid", "subject", r"\b(?:invalid|illegal|malformed|stale|non-?exist\w+|not found|undefined|unset|negative|empty|zero[- ]length)\b", bugfix=0.6),
    _cue("workaround", "subject", r"\b(?:work-? ?arounds?|work around|sanity check|band-?aid)\b", bugfix=1.6),
    _cue("repairs", "subject", r"^(?:\W*|[\w /,.-]{1,30}: ?)\W*(?:correct(?:s|ed|ing|ly)?|repair(?:s|ed|ing)?|rectif\w+|resolv(?:e|es|ed|ing)|address(?:es|ed)?|solv(?:e|es|ed)|patch(?:es|ed)?|restor(?:e|es|ed|ing)|unbreak|heal)\b", bugfix=1.8),
    _cue("prevents", "subject", r"^(?:\W*|[\w /,.-]{1,30}: ?)\W*(?:prevent(?:s|ed|ing)?|avoid(?:s|ed|ing)?|guard(?:s|ed)? (?:against|from|for)|protect(?:s|ed)? (?:against|from)|stop(?:s|ped)? |don'?t |do not |never |disallow(?:s|ed)? |no longer |not? )", bugfix=1.9),
    _cue("prevents, later", "subject", r"\b(?:to (?:prevent|avoid)|preventing|avoiding|prevents?|avoids?)\b", bugfix=0.7),
    _cue("ensures", "subject", r"^(?:\W*|[\w /,.-]{1,30}: ?)\W*(?:ensur(?:e|es|ed|ing)|make(?:s)? sure|making sure|always |only |properly |correctly |actually |really |also )", bugfix=1.7),
    _cue("handles", "subject", r"^(?:\W*|[\w /,.-]{1,30}: ?)\W*(?:handl(?:e|es|ed|ing)|catch(?:es)?|cope with|tolerat\w+|deal with|accept |ignor(?:e|es|ed|ing)|check (?:for|if|that|return|whether)|escap(?:e|es|ed|ing)|saniti[sz]e\w*|honou?r|respect|retain|preserve|keep|reset|clear|reject|validate|wait (?:for|until)|close |release |free |unregister|treat(?:s|ed)? |return (?:correct|proper|right|an? error|-e)|report )", bugfix=1.1),
    _cue("properly", "subject", r"\b(?:properly|correctly|correct|proper|right|as expected|expected|instead of|should (?:be|not|have|only|return|use)|shouldn'?t|must not|when (?:no|there is no|the|a|an|using|not|it|there)|if (?:no|there is no|the|not|it|there)|on (?:empty|error|failure|windows)|without)\b", bugfix=0.6),
    _cue("closes a number", "raw_subject", r"(?i)\b(?:fix(?:es|ed)?|resolv(?:es|ed|e)) (?:#|gh-)\d+", bugfix=0.4),
    _cue("and fixes", "subject", r"(?:[;,&+]|\band|\balso) (?:and |also )?fix(?:es|ed|ing)? ", bugfix=0.9),
    _cue("add missing", "subject", r"\badd(?:s|ed|ing)? (?:back |the |a |an |some )*(?:missing|forgotten|correct|proper|null|nil|bounds?|sanity|lock(?:ing)?|missed)\b", bugfix=2.2, feature=-1.0),
    _cue("declared a fix", "raw_subject", r"(?i)^\W*(?:fix|bugfix|bug)[ /_-]|^fix$|\bfix(?:es|ed)?\W*$", bugfix=0.4),
)

# Words of a subject that tell what the commit is about otherwise. See _spread.
_OBJECTS = (
    _cue("about documentation", "subject", r"\b(?:docs?|documentation|documented|documents?|documenting|docstrings?|readme|read me|changelog|change ?log|release notes?|javadocs?|doxygen|rustdoc|godoc|sphinx|man ?pages?|manual|tutorials?|guides?|faq|howto|contributing|authors|wiki|website|api-?ref|docbook|rst|copyright|hacking|specs? repo|install instructions?)\b", docs=3.4, bugfix=-2.4),
    _cue("about comments", "subject", r"\b(?:comments?|typos?|spell(?:ing|ings|ed)?|misspell\w*|grammar\w*|wording|phrasing|mis-?spel\w+|punctuation|capitali[sz]ation|clarif(?:y|ies|ied|ication))\b", docs=2.6, style=0.6, bugfix=-2.7),
    _cue("typo only", "subject", r"\b(?:typos?|spelling|misspell\w*|grammar)\b", docs=1.2, bugfix=-0.8),
    _cue("about links or examples", "subject", r"\b(?:links?|urls? in|examples?|samples?|demo|demos|screenshot\w*|badges?|logo)\b", docs=1.0, bugfix=-0.9),
    _cue("about tests", "subject", r"\b(?:tests?|testing|tested|test-?cases?|test-?suites?|unit-?tests?|unittests?|specs?|flak(?:y|ey|iness)|fixtures?|mocks?|mocking|mocked|coverage|benchmarks?|pytest|junit|testcase|e2e|selftests?|nosetests|testtools|tempest)\b", test=3.2, bugfix=-2.2),
    _cue("about style", "subject", r"\b(?:white-? ?spaces?|indent(?:ation|ing|ed)?|formatting|reformat\w*|auto-?format\w*|prettier|clang-format|gofmt|rustfmt|yapf|isort|black|coding style|code style|style|styling|checkstyle|cosmetics?|nits?|lint(?:s|er|ing|ed)?|eslint|tslint|jshint|rubocop|flake8|pep ?-?8|pep ?257|pylint|clippy|sparse|coccinelle|cocci|golint|phpcs|psr-?\d|line lengths?|long lines?|unused (?:imports?|variables?|includes?)|import order(?:ing)?|sort(?:ed)? imports?|h\d{3}|[ewdf]\d{3}|ruff)\b", style=2.9, bugfix=-2.3),
    _cue("about layout", "subject", r"\b(?:trailing|blank lines?|newlines?|tabs|semicolons?|quotes|indents?)\b", style=1.2, bugfix=-0.7),
    _cue("about warnings", "subject", r"\b(?:warnings?|deprecat\w+|-w\w+|todos?|fixmes?|unused|redundant|unnecessary|unneeded|useless|obsolete|superfluous|dead code|duplicate code|copyright|noop|no-op)\b", style=0.9, refactor=1.1, bugfix=-1.1),
    _cue("about the build", "subject", r"\b(?:builds?|building|compil(?:e|es|ing|ation|er)|ci|travis(?:\.yml)?|jenkins|appveyor|circle-?ci|github actions?|workflows?|gitlab-ci|pipelines?|make-?files?|cmake(?:lists)?|autoconf|automake|configure(?:\.ac)?|configure script|meson|bazel|gradle|maven|poms?|webpack|rollup|gulp|grunt|docker(?:file)?s?|docker-compose|vagrant|ansible|packaging|setup\.(?:py|cfg)|pyproject|manifest\.in|tox(?:\.ini)?|rpm|debian|deb|homebrew|nix|npmignore|gitignore|editorconfig|devstack|gate|zuul|bindep|linker|linking|msvc|gcc|clang|cross-compil\w+|install script|release script|pre-commit|codecov|coveralls|dependabot|renovate)\b", build=2.7, bugfix=-1.9),
    _cue("about dependencies", "subject", r"\b(?:dependenc(?:y|ies)|deps|requirements?(?:\.txt)?|test-requires|pip-requires|package(?:-lock)?\.json|yarn\.lock|gemfile|cargo\.(?:toml|lock)|go\.(?:mod|sum)|submodules?|lock ?files?|vendor(?:ed|ing)?|third[- ]party|upstream version|peer)\b", dependency=2.6, bugfix=-1.3),
    _cue("about pins", "subject", r"\b(?:un-?)?pin(?:s|ned|ning)?\b|\b(?:un)?cap(?:s|ped)?\b", dependency=2.4, bugfix=-1.6),
    _cue("about versions", "subject", r"\b(?:version|versions|release|vertok)\b", release=0.9, dependency=0.5, bugfix=-0.3),
)

_BESIDE = _cue(
    "tests beside something",
    "subject",
    r"\b(?:and|with|plus|including|w/|\+|,)\s+(?:(?:add|adds|added|adding|a|an|new|more|some|unit|regression|basic|its|corresponding|update|improve|extra|the)\s+){0,3}(?:tests?|test-?cases?|unit-?tests?|specs?)\b|\bpass(?:es|ing)? tests\b",
    test=-2.2,
    bugfix=1.6,
)


def _spread(cue: Cue) -> tuple[Cue, ...]:
    """The cue with full weight on what the verb does something to, less on where, little beyond.

    "Fix flaky test of the parser", "Fix crash in test runner", "Fix crash of runner that is seen
    when tests are slow": `test` says less and less.
    """
    return tuple(
        Cue(
            cue.name + suffix,
            where,
            cue.pattern,
            {label: round(scale * weight, 2) for label, weight in cue.weights.items()},
        )
        for suffix, where, scale in (("", "head", 1.0), (" (place)", "near", 0.75),
                                     (" (mentioned)", "subject", 0.35))
    )  # fmt: skip


OBJECTS = (
    *(spread for cue in _OBJECTS for spread in _spread(cue)),
    _BESIDE,
)

# What the first word says is done.
VERBS = (
    _cue("adds", "subject", r"^(?:\W*|[\w /,.-]{1,30}: ?)\W*(?:add(?:s|ed|ing)?|implement(?:s|ed|ing|ation)?|introduc(?:e|es|ed|ing)|support(?:s|ed|ing)?|allow(?:s|ed|ing)?|enabl(?:e|es|ed|ing)|new|creat(?:e|es|ed|ing)|provid(?:e|es|ed|ing)|expos(?:e|es|ed|ing)|extend(?:s|ed)?|initial|adding|show|display|include|enhanc\w+|improv\w+|let |accept|permit|make it possible|offer|first (?:pass|cut)|started|begin)\b", feature=1.9, bugfix=-1.2),
    _cue("tells users", "subject", r"^(?:\W*|[\w /,.-]{1,30}: ?)\W*(?:rais(?:e|es|ed|ing)|throw(?:s|ing)?|warn(?:s|ing)?|log(?:s|ged|ging)?|emit(?:s|ted)?|print(?:s)?|report(?:s)?) ", feature=0.9, bugfix=-0.7),
    _cue("support for", "subject", r"\b(?:support for|ability to|option(?:s)? (?:to|for)|feature|features|new \w+|allow(?:s|ing)? (?:users|to)|api for|command|implementation of)\b", feature=1.0, bugfix=-0.7),
    _cue("restructures", "subject", r"^(?:\W*|[\w /,.-]{1,30}: ?)\W*(?:refactor(?:s|ed|ing)?|re-?factor\w*|renam(?:e|es|ed|ing)|mov(?:e|es|ed|ing)|extract(?:s|ed|ing)?|clean(?:s|ed|ing)?(?:[ -]?up)?|cleanups?|simplif(?:y|ies|ied|ication)|re-?organi[sz]\w+|re-?structur\w+|re-?writ\w+|rework\w*|split(?:s|ting)?|consolidat\w+|unif(?:y|ies|ied)|de-?duplicat\w+|inline(?:s|d)?|abstract|separat(?:e|es|ed|ing)|decoupl\w+|moderni[sz]e\w*|tid(?:y|ied|ies)\w*|convert(?:s|ed|ing)?|port(?:s|ed|ing)?|migrat(?:e|es|ed|ing)|factor(?:ed|ing)?|reus(?:e|es|ed)|share|merge|isolate|generali[sz]e\w*|optimi[sz]\w+|speed[- ]?up|make \w+ (?:private|static|const|final|faster))\b", refactor=2.6, bugfix=-1.7),
    _cue("restructures, later", "subject", r"\b(?:refactor(?:s|ed|ing)?|clean[- ]?ups?|cleanup|renam(?:e|ed|ing)|re-?organi[sz]\w+|helper|readability|maintainab\w+|dead code|re-?structur\w+|no functional change|nfc|optimi[sz]ation|performance|faster)\b", refactor=1.3, bugfix=-0.8),
    _cue("removes", "subject", r"^(?:\W*|[\w /,.-]{1,30}: ?)\W*(?:remov(?:e|es|ed|ing|al)|drop(?:s|ped|ping)?|delet(?:e|es|ed|ing)|deprecat(?:e|es|ed|ing)|kill(?:s|ed)?|get rid|purge|retire|disabl(?:e|es|ed|ing)|strip(?:s|ped)?|trim)\b", refactor=1.7, other=0.7, bugfix=-1.2),
    _cue("replaces", "subject", r"^(?:\W*|[\w /,.-]{1,30}: ?)\W*(?:us(?:e|es|ed|ing)|replac(?:e|es|ed|ing)|switch(?:es|ed|ing)?|chang(?:e|es|ed|ing)|transition|adopt|leverage|prefer|annotate|mark|turn|import(?:s|ed|ing)?|set|sets|load)\b", refactor=1.2, other=0.6, bugfix=-0.7),
    _cue("updates", "subject", r"^(?:\W*|[\w /,.-]{1,30}: ?)\W*(?:updat(?:e|es|ed|ing)|upgrad(?:e|es|ed|ing)|bump(?:s|ed|ing)?|sync(?:s|ed|ing)?|refresh(?:es|ed)?|modif(?:y|ies|ied)|adjust\w*|tweak\w*|regenerat\w+|rebuild|re-?compil\w+|switch to|pin|roll)\b", other=1.1, dependency=0.5, feature=0.3, bugfix=-1.3),
    _cue("documents", "subject", r"^(?:\W*|[\w /,.-]{1,30}: ?)\W*(?:document(?:s|ed|ing)?|clarif(?:y|ies|ied|ying)|describ(?:e|es|ed)|explain(?:s|ed)?|mention(?:s|ed)?|note|list)\b", docs=2.6, bugfix=-2.0),
    _cue("tests, first", "subject", r"^(?:\W*|[\w /,.-]{1,30}: ?)\W*(?:test(?:s|ed|ing)?|unit ?tests?|assert|verify|cover)\b", test=1.5, bugfix=-1.0),
    _cue("improves", "subject", r"\b(?:improv\w+|enhanc\w+|better|more (?:robust|efficient|readable|verbose|info\w*)|less verbose|nicer|follow-?up|tweaks?|polish|debug(?:ging)?|logging|log messages?|log level)\b", feature=0.5, refactor=0.4, other=0.3, bugfix=-0.5),
)

# Words of the body: weaker, since bodies tell stories.
BODIES = (
    _cue("Fixes: commit", "body", r"(?m)^fixes: [0-9a-f]{7,40}\b", bugfix=3.0),
    _cue("closes a bug", "body", r"(?m)^\s*(?:closes-bug|bug|fixes-bug|partial-bug|rhbz|bugzilla|resolves-bug|bug-id|cve)[ :]+\S|\b(?:fix(?:es|ed)?|closes?) (?:bug|lp:|launchpad|pr[ /]\w+/\d)|\bbug fix\s*[?:]?[ |]*\s*yes\b", bugfix=2.6),
    _cue("fixes a number, in the body", "body", r"\b(?:fix(?:es|ed)?|resolve[sd]?)[ :]+(?:\w+/\w+)?(?:#|gh-|https?://\S+/(?:issues|pull)/|[a-z]+-)\d+", bugfix=1.0),
    _cue("closes a number, in the body", "body", r"\bclose[sd]?[ :]+(?:\w+/\w+)?(?:#|gh-|https?://\S+/issues/|[a-z]+-)\d+", bugfix=0.3),
    _cue("Reported-by", "body", r"(?m)^(?:reported-(?:and-tested-)?by|reported by|cc: stable|cc: <stable)[: @]", bugfix=1.6),
    _cue("new feature: yes", "body", r"\bnew feature\s*[?:]?[ |]*\s*yes\b", feature=2.5, bugfix=-1.5),
    _cue("tells of a defect", "body", r"\b(?:regress(?:ion|ed)|crash(?:es|ed|ing)?|segfault|panic|deadlock|memory leak|use-after-free|null pointer|buffer overflow|off[- ]by[- ]one|race condition|traceback \(most recent|stack ?trace|backtrace|kasan|syzbot|syzkaller|the bug|this bug|a bug|bug where|was broken|is broken|broke |breaks |incorrect(?:ly)?|wrong(?:ly)?|the (?:problem|issue) (?:is|was)|steps to reproduce|root cause|doesn'?t work|does not work|didn'?t work|not working|fails? (?:with|to|when|if|because)|would (?:fail|crash|throw|hang)|exception)\b", bugfix=0.9),
    _cue("fix, in the body", "body", r"\b(?:this fixes|fixes (?:an?|the|this)|this (?:commit|patch|change|pr) (?:fixes|corrects|resolves|prevents|avoids|repairs)|to fix (?:this|the|it)|fix this|fix it|fixed by|bugfix)\b", bugfix=1.1),
    _cue("no change of behavior", "body", r"\b(?:no functional change|no behaviou?r change|nfc\b|no intended change|purely (?:cosmetic|mechanical)|should not change (?:any )?behaviou?r|refactor\w*)\b", refactor=1.6, bugfix=-1.2),
    _cue("adds, in the body", "body", r"\b(?:this (?:adds|introduces|implements|allows)|new (?:feature|option|api|command)|this (?:commit|patch|change|pr) (?:adds|introduces|implements|allows|enables))\b", feature=0.9, bugfix=-0.7),
    _cue("warnings or style, in the body", "body", r"\b(?:checkpatch|coccinelle|generated by: scripts|clang-tidy|fix(?:es)? (?:the )?(?:following )?(?:\S+ )?warnings?)\b", style=1.5, bugfix=-1.0),
)

# What the changed files tell (files.py), and where the commit stands.
FACTS = (
    _cue("two or more parents", "facts", r"\bmerge\b", merge=16.0),
    _cue("first commit", "facts", r"\broot\b", other=1.5, feature=1.0, bugfix=-2.0),
    _cue("changes nothing", "facts", r"\bno_changes\b", other=1.0, bugfix=-1.5),
    _cue("only tests changed", "facts", r"\bonly_test\b", test=5.0, bugfix=-2.5, feature=-2.0),
    _cue("only documentation changed", "facts", r"\bonly_docs\b", docs=5.0, bugfix=-2.5, feature=-2.0),
    _cue("only style settings changed", "facts", r"\bonly_style\b", style=4.0, bugfix=-2.5),
    _cue("only translations changed", "facts", r"\bonly_translation\b", other=3.0, docs=2.0, bugfix=-2.5),
    _cue("only build files changed", "facts", r"\bonly_build\b", build=4.0, bugfix=-2.5, feature=-1.5),
    _cue("only dependencies changed", "facts", r"\bonly_dependencies\b", dependency=4.0, release=0.8, bugfix=-2.5, feature=-1.5),
    _cue("a lock file changed", "facts", r"\block_file\b", dependency=0.8),
    _cue("code and tests changed", "facts", r"\bcode_and_tests\b", bugfix=0.3, feature=0.3, test=-1.8, docs=-1.5, style=-0.8, build=-1.0),
    _cue("code changed", "facts", r"\bcode\b", docs=-0.4, test=-0.6, build=-0.4, dependency=-0.4),
    _cue("new code files", "facts", r"\badds_code\b", feature=0.6, bugfix=-0.3),
    _cue("mostly new code files", "facts", r"\badds_mostly\b", feature=1.0, bugfix=-0.6),
    _cue("only removals", "facts", r"\bonly_removes\b", refactor=1.5, other=0.8, bugfix=-1.2, feature=-2.0),
    _cue("only moves", "facts", r"\bonly_moves\b", refactor=4.5, bugfix=-2.0, feature=-2.0),
    _cue("few edits", "facts", r"\bfew_edits\b", bugfix=0.2),
    _cue("many files", "facts", r"\bmany_files\b", bugfix=-0.8, refactor=0.3),
    _cue("very many files", "facts", r"\bhuge\b", bugfix=-2.0, other=0.5, refactor=0.5),
    _cue("a bot of dependencies", "author", r"^(?:dependabot|renovate|greenkeeper|snyk|pyup|depfu|scala.steward)", dependency=5.0, bugfix=-2.5),
    _cue("a bot", "facts", r"\bbot\b", other=0.8, bugfix=-1.5),
)

# What edits look like inside (shape.py).
SHAPES = (
    _cue("only layout differs", "facts", r"\bsame_comments\b", style=5.0, bugfix=-3.0, feature=-3.0),
    _cue("only layout and comments differ", "facts", r"\bsame_tokens\b", docs=3.5, style=2.0, bugfix=-3.0, feature=-3.0),
    _cue("only names and literals differ", "facts", r"\bsame_shape\b", refactor=0.6),
    _cue("adds functions", "facts", r"\badds_functions\b", feature=0.6, bugfix=-0.2),
    _cue("removes functions", "facts", r"\bremoves_functions\b", refactor=0.6, bugfix=-0.3),
    _cue("one function differs", "facts", r"\bone_function\b", bugfix=0.15),
    _cue("a guard is new", "facts", r"\bguard\b", bugfix=0.3),
    _cue("errors are handled", "facts", r"\berrors\b", bugfix=0.2),
    _cue("a condition changed", "facts", r"\bcondition\b", bugfix=0.4),
    _cue("something is released", "facts", r"\brelease\b", bugfix=0.2),
)

# fmt: on
CUES = (*TYPES, *FORMS, *DEFECTS, *OBJECTS, *VERBS, *BODIES, *FACTS, *SHAPES)
