"""Texts that mean harm, or are on the edge of what is allowed."""

from random import Random
from typing import Final

MARKUP: Final = (
    "<img src=x onerror=pwned()>",
    "</script><script>pwned()</script>",
    "</title><svg onload=pwned()>",
    '"><script>pwned()</script>',
    "' onmouseover='pwned()",
    '" onfocus="pwned()" autofocus="',
    "<!--<script>",
    "]]><x>",
    "javascript:pwned()",
    "data:text/html,<script>pwned()</script>",
    "${pwned()}",
    "{{7*7}}",
    "&lt;img src=x&gt;",
    "\u2028pwned()\u2029",
)
FORMULAS: Final = ("=1+1", "+1", "-1", "@SUM(A1)", "\"=cmd|' /C calc'!A0\"", "x;=1", "'=quoted", "\t=1")
DATES: Final = (
    "0000",
    "0000-00-00",
    "0001-01-01",
    "1800",
    "2026-02-30",
    "2026-13",
    "2026-W07",
    "2026-2-1",
    "9999-12-31",
    "10000-01-01",
    "-2026",
    "٢٠٢٦-٠٢-١١",
    "2026-02-11T00:00:00Z",
)
NUMBERS: Final = (
    "nan",
    "inf",
    "-inf",
    "1e308",
    "1e309",
    "-0",
    "0x10",
    "1_000",
    "٣",
    "9" * 30,
    "9" * 5000,
    "-1",
    "90.0001",
    "181",
    "1,5",
    "²",
)
ODD: Final = (
    "",
    " ",
    ";",
    ";;;",
    ":",
    "/",
    "../../etc/passwd",
    "..%2f..%2f",
    "\0",
    "\x1b[31m",
    "\r\nset-cookie: a=b",
    "\u202e\u200f",
    "\ufeff",
    "\ufffe\uffff",
    "\U0001f9e8",
    "قاعدة التنف",
    "a" * 300,
    "%",
    "%%%s%n",
    "'; drop table sites; --",
    "__proto__",
    "constructor",
    "null",
    "true",
    "[]",
    "site:",
    "site:__proto__",
    "us 3; is 241-300; sdf 20+",
    "us " + "9" * 400,
)
ALL: Final = (*MARKUP, *FORMULAS, *DATES, *NUMBERS, *ODD)


def harmful(chance: Random) -> str:
    """Return one of the texts, or two in one."""
    text = chance.choice(ALL)
    return text + chance.choice(ALL) if chance.random() < 0.15 else text
