"""The words and signs by which a copyright statement is told from prose, code and blanks.

Belongs here: patterns, as data. Does not belong here: how they are put together (`copyrights.py`).
They are written from the statements of real packages and have no package's or person's name in
them; every quantifier is bounded or runs over one character class, so matching stays linear.
"""

from __future__ import annotations

import re

TAG = r"[Ss][Pp][Dd][Xx]-(?:File|Snippet)CopyrightText"
# The word itself, not "copyrightable"; a name of code such as `copyright_text` is none either.
WORD = (
    r"(?:(?<![A-Za-z0-9$])|(?<=\\[nt]))_{0,2}[Cc](?:opyright(?:ed)?|opyRight|OPYRIGHT(?:ED)?|opr\.)s?"
    r"(?![A-Za-z0-9]|_[A-Za-z0-9]|\((?![cC]\)))_{0,2}"
)
# `f(c)` is a call. Entities, escapes and the commands of troff, TeX, Texinfo and reST are the sign.
SIGN = (
    r"(?:(?<![A-Za-z0-9_)\]])\([ ]?[Cc][ ]?\)|\(?©\)?|&copy;|&#169;|&#x[aA]9;|\\\(co|\|copy\||"
    r"\\(?:text)?copyright(?:\{\})?|@copyright\{\}|\\u00[aA]9|\\xa9|\\251)"
)
_ONE_YEAR = r"(?:19[6-9]\d|20[0-4]\d)"
_YEAR_GAP = r"[ \t]{0,3}(?:[-–—,;/&+~]|\.\.|--|to|and|until|through|\\-|\\\(en)[ \t]{0,3}"
YEAR = re.compile(rf"\(?(?<![\d.]){_ONE_YEAR}(?!\d|\.\d)")
YEARS = re.compile(
    rf"\(?{_ONE_YEAR}(?:{_YEAR_GAP}(?:{_ONE_YEAR}|\d\d|present|now|today)(?!\d))*\)?[-,+]?(?!\d)",
    re.IGNORECASE,
)

# Blanks of templates: "[yyyy] [name of copyright owner]", "<year>", "{{ year }}", "19yy", "%s".
BLANK = re.compile(
    r"(?i)[\[<{(]+\s*(?:the\s+)?(?:year|yyyy|yy\b|date|dates|name|full[ _-]?name|your|insert|"
    r"copyright[ _-]?(?:owner|holder)|owner|holder|author|company|organi[sz]ation|author\(s\)|"
    r"project|first|current|legal|entity)[^\]>})]{0,80}[\]>})]|"
    r"[\[<{]\s*(?:the\s+)?(?:year|yyyy|name|full|copyright|owner|author|insert)[^\]>}]{0,60}$|"
    r"\b(?:19|20)(?:yy|xx|\?\?|__)\b|\byyyy\b|\byear\s+name\s+of\b|\bname\s+of\s+(?:the\s+)?"
    r"(?:author|copyright)|\byour\s+(?:full\s+)?(?:name|company|organi[sz]ation)\b|"
    r"\bcopyright\s+year\b|\bby\s+you\b|\bYEAR\b|\$\{?[a-z_]{0,20}year|%[sd]|\{\d?\}|\{[A-Za-z_.]{1,40}\}|"
    r"\$\{[A-Za-z_.]{1,40}\}|@[A-Z_]{2,40}@"
)

# What follows the word in sentences about copyright.
PROSE = re.compile(
    r"(?i)[\s\"'*]*(?:\(s\)\s*)?(?:notices?|laws?|licen[cs](?:e|es|ed|ing)|holders?|owners?|"
    r"owned|ownership|protect\w*|statements?|acts?|infring\w*|treat(?:y|ies)|interests?|in|on|to|of|or|"
    r"and|and/or|for|is|are|was|be|has|have|may|will|shall|must|can|does|as|at|from|with|within|"
    r"under|that|this|these|which|if|not|assign\w*|disclaim\w*|info\w*|lines?|messages?|text|"
    r"headers?|blurb|strings?|files?|dates?|years?|restrict\w*|permission\w*|claims?|"
    r"terms?|policy|issues?|status|attribution|boilerplate|symbols?|signs?|characters?|material\w*|"
    r"work|works|code|content\w*|term|registration|management|industry|exceptions?|rights?|"
    r"directive|tag|tags|field|fields|update\w*|check\w*|but|than|you|your|we|it|"
    r"page|section|document|documentation|above|below|comments?|belongs?|remains?|applies|"
    r"details|see|block|footer|banner|reserved|transfer\w*|violation\w*|grant\w*)\b"
)
# Unless that is a heading of holders: "Copyright holders: A and B", "Copyright owner: C",
# "copyright is held by D".
HEADED = re.compile(
    r"(?i)[ \t]*(?:(?:holders?|owners?)(?:\(s\))?[ \t]*:|(?:is |are )?(?:held|owned)[ \t]+by\b"
    r"(?=[ \t]+[\"'(]?(?:the[ \t]+|(?-i:[A-Z]))))"
)

# A name begins with a capital letter, in Markdown behind a bracket, or is one of the groups that
# stand for names.
_GROUP = (
    r"(?:contributors?|authors?|developers?|maintainers?|team|project|foundation|community|"
    r"committers?|members|group|others|rights?holders)"
)
NAME = re.compile(
    rf"[\"'(<\[]{{0,2}}(?:(?:by|the|all|original|individual)\s+){{0,4}}"
    rf"(?:[^\W\d_a-z](?:[\w.'&@+-]+|(?= [A-Z]))|"
    rf"[a-z]{{1,3}}[A-Z]\w*|(?:van|von|de|der|den|di|la|le|el|al|bin)\b|"
    rf"[\w.+-]{{1,64}}@[\w.-]{{1,64}}|(?:\w+\s+){{0,3}}{_GROUP}\b)"
)
CORPORATE = re.compile(
    rf"(?i)\b(?:inc|ltd|llc|llp|corp(?:oration)?|co|company|gmbh|ag|s\.?a|b\.?v|ab|oy|kg|plc|pty|"
    rf"limited|universit\w+|institut\w*|laborator\w+|consortium|association|society|{_GROUP})\b"
)
# Capitalized words that begin sentences and enumerated clauses, not names.
REFUSED_NAME = re.compile(
    r"(?:by[ ]+)?(?:their|its|his|her|respective|"
    r"You|Your|If|In|For|To|As|An?|This|That|These|Those|Any|All|Each|Every|No|Not|Use|"
    r"Using|When|Where|Such|Under|Redistribut\w+|Permission|License\w*|Licensor|Licensee|Subject|"
    r"Notwithstanding|Neither|Unless|It|We|Our|He|They|There|With|On|At|Or|And|Its|True|False|None|"
    r"NULL|Provided|Copy|Copies|Modif\w+|Distribut\w+|Reproduc\w+|Accompany|Cause|Convey|Notice|"
    r"Year|Years|Name|Owner|Holder|String|Symbol|PD|Public|Unknown)\b"
)
ONLY_NAMES = re.compile(
    r"[\"'(]?(?:(?:by|and|the|The|of|for|&|van|von|de|der)[ ]+){0,2}[^\W\d_a-z][^\s]*"
    r"(?:[ ]+(?:[^\W\d_a-z][^\s]*|<[^\s]*|and|the|of|for|&|van|von|de|der|[\w.+-]+@[\w.-]+)){0,15}"
)
# Two capitalized words: enough of a name in the middle of a sentence.
FULL_NAME = re.compile(
    r"(?:by[ ]+)?(?:[Tt]he[ ]+)?\[?[^\W\d_a-z][\w.'&-]*[ ]+"
    r"(?:(?:van|von|de|der|of)[ ]+)?[^\W\d_a-z][\w.'&-]*"
)
HALF_NAME = re.compile(r"(?:by[ ]+)?(?:[Tt]he[ ]+)?[^\W\d_a-z][\w'&-]+")
# A sentence ends here, unless in an abbreviation or before "All rights reserved".
SENTENCE_END = re.compile(
    r"(?<=[a-z>)]{3})(?<!\b[Ii]nc)(?<!\b[Ll]td)(?<!\bCorp)(?<!\bUniv)(?<!\bDept)(?<!\bBros)\.[ ]+"
    r"(?=[A-Z][a-z]*[ ])(?!All[ ]+[Rr]ights)"
)
# The second half of a firm's name, at the beginning of a line.
FIRM_ENDS = re.compile(
    r"(?:of|and|for|at|in|et)[ ]+(?:the[ ]+)?\[?[^\W\d_a-z].*|"
    r"(?:[^\W\d_a-z][\w'&.-]*,?[ ]+){0,4}(?:Inc|Ltd|LLC|Corp|Corporation|Foundation|Company|GmbH|"
    r"Limited|University|Institute|Laborator(?:y|ies)|Consortium|Association|Project|Authors|"
    r"Contributors|Cent(?:er|re)|Group|Team)\b"
    r".{0,40}"
)
RESERVED = re.compile(
    r"(?i)[\s,.;:|-]*\(?all[ ]+rights?[ ]+(?:are[ ]+)?reserved\b\)?|alle rechte vorbehalten|"
    r"tous droits r[ée]serv[ée]s"
)
# Where the words about the license begin.
_LICENSE_NAME = r"(?:MIT|BSD|L?GPL(?:v?\d)?|AGPL|Apache|ISC|[Zz]lib|Mozilla|MPL|Boost|Artistic)"
GRANT = re.compile(
    r"[\s.,;:|()\[\]/*-]*(?:(?i:\b(?:is |are )?(?:dual[- ]?)?(?:licen[cs]ed|released|distributed|"
    r"published|available|provided|covered|governed|subject)[ ]+(?:\w+[ ]+){0,4}?(?:under|to|by|"
    r"with|for|as|via|at)\b|\blicen[cs]e[ds]?[ ]*(?:[:=]|under\b)|\bth(?:is|ese)[ ]+\w+|"
    r"\b(?:is|are|may|must)[ ]+(?:hereby|free|also|not|be|in|a|an|the)\b|"
    r"\bpermission[ ]+(?:is|to)\b|\b(?:re)?distributions?[ ]+(?:of|and|in|is)\b|"
    r"\buse[ ]+of[ ]+th|\b(?:you|everyone|anyone)[ ]+(?:may|can|is|are)\b|"
    r"\b(?:see|read)[ ]+(?:the|also|file|accompanying|"
    r"copying|licen[cs]e|https?:|below|above|\w+\.\w+|[\"'`])|"
    r"\bsee[ ]+(?-i:[A-Z]{4,})|\b(?:and|but|which|that)[ ]+(?:is|are|was|has|have|"
    r"distributed|released)\b|"
    r",?[ ]+(?:under[ ]+the|based[ ]+(?:up)?on)\b|"
    r",[ ]+(?:consisting|with|which|who|whose|including)\b|\bare[ ]+derived\b|"
    r"\bSPDX-|\bfor[ ]+(?:conditions|more|details|terms|licen[cs])|\b(?:with|without)[ ]+warranty)|"
    r"\b[Tt]he[ ]+(?:software|program|file|code|library|source|above|following|\w+[ ]+(?:is|are|"
    r"may))\b(?![ ]+[A-Z])|"
    rf"\b(?:the[ ]+)?{_LICENSE_NAME}(?:[ /-][\w.+-]{{1,12}}){{0,3}}?[ -]+[Ll]icen[cs]e|"
    rf"[.;|(][ ]*{_LICENSE_NAME}\b[ ]*(?:[.,|/)]|$))"
)
# Where a comment, a string or a tag ends.
CLOSER = re.compile(
    r"\*+/|--+!?>|\"\"\"|'''|\*+\)(?!\w)|%>|\?>|#\}|-\}|\\n|\\r|\\0|\]\]|"
    r"[\"'`]\s*(?:[.,;)\]}+]|$)|\"\s+[a-z]|\s[|•·]\s|\s[-–—*=#/_~+]{3,}|\t{2,}|\}\s*$"
)
# The license text is copyrighted itself, by those who wrote it: GPL, WTFPL, LPPL, Artistic, AFL.
OF_THE_LICENSE_TEXT = re.compile(
    r"(?i)verbatim (?:or modified )?copies of this licen[cs]e|"
    r"to (?:copy and )?distribute (?:copies of )?this licen[cs]e"
)
# A person with an address, alone on a line.
PERSON = re.compile(
    r"[^\W\d_a-z][\w.'-]*(?:[ ]+[\w.'-]+){0,4}[ ]+[(<][\w.+-]+(?:@|[ ]at[ ])[\w.-]+[)>][,;.]?"
)
IS_OF = re.compile(r"\b(?:is|are)[ ]*$")
PORTIONS = re.compile(
    r"(?i)\b(?:(?:some|original|additional|large)[ ]+)?(?:portions?|parts?|modifications?|changes|"
    r"additions|enhancements)(?:[ ]+of[ ]+(?:this|the)[ ]+\w+)?(?:[ ]+(?:are|is))?[ ,:]*\(?$"
)
# One statement may use several: "Copyright (C) © 2020", "copyright: Copyright 2020".
MARKER = re.compile(rf"{TAG}|{WORD}|{SIGN}")
FIELD = re.compile(r"(?im)^[ \t]*licen[cs]e[ \t]*:")  # of DEP-5: what stands above is no text's own
DANGLING = re.compile(r"(?:[ ,]+(?:and|or|but|by|the|of|with))+$")
# Sentences of license texts: "this License is Copyright …", "software which is copyrighted by …".
LICENSE_IS = re.compile(r"(?i)(?:\blicen[cs]e(?: document)?(?: is|,)?|\bEUPL)[ ]*$")
WHICH_IS = re.compile(r"\bsoftware[\s*#/]+(?:which|that)[\s*#/]+is[\s*#/]*$")
