"""JavaScript without its comments: types and explanations are for who reads the modules, not for who is sent them."""

import re
from collections.abc import Iterator
from typing import Final

_TOKEN: Final = re.compile(
    r"""
      (?P<line>^[ \t]*(?://[^\n]*|/\*(?:[^*]|\*(?!/))*\*/[ \t]*)\n)  # comments that have their lines to themselves
    | (?P<comment>[ \t]*//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/[ \t]*)
    | (?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    | (?P<pattern>/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/\w*)
    | (?P<code>[^\s/"'`{}]+(?:[ \t]+[^\s/"'`{}]+)*)  # words and marks, of which it matters only which is the last
    | (?P<space>[ \t]+|\s)
    | (?P<mark>.)
    """,
    re.MULTILINE | re.VERBOSE | re.DOTALL,
)
"""A token of code (ECMA-262, 12), or several; ``pattern`` is a regular expression only where an operand is awaited."""
_TEMPLATE: Final = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*(`|\$\{)", re.DOTALL)
"""The text of a template literal up to its end, or to a ``${`` after which there is code again."""
_LAST: Final = re.compile(r"[\w$]+$|.$")
_BEFORE_OPERAND: Final = frozenset(
    ["await", "case", "delete", "do", "else", "in", "instanceof", "of", "return", "throw", "typeof", "void", "yield"]
)


def without_comments(script: str) -> str:
    """Return ``script`` without its comments, and without the lines that held nothing else.

    What looks like one in a string, a template literal or a regular expression stays. ValueError where the script ends
    within a template literal.
    """
    kept = []
    for kind, text in _Scanner(script).tokens():
        if kind == "comment":
            # What a comment is to the grammar: the end of a line where it holds one, else a space.
            kept.append("\n" if "\n" in text else " " if text.startswith("/*") else "")
        elif kind != "line":
            kept.append(text)
    return "".join(kept)


class _Scanner:
    """Goes through a script token by token."""

    def __init__(self, script: str) -> None:
        self._script = script
        self._at = 0
        self._before = ("", "")
        """Kind and text of the last token that was no comment and no space: it says whether a slash divides."""
        self._braces: list[int] = []
        """Of each template literal that is open, the outermost first: how many braces are open in its ``${…}``."""

    def tokens(self) -> Iterator[tuple[str, str]]:
        """Yield each token's kind and text; together the texts are the script."""
        while token := _TOKEN.match(self._script, self._at):
            kind, text = str(token.lastgroup), token[0]
            if kind == "pattern" and _divides(*self._before):
                kind, text = "mark", "/"
            self._at += len(text)
            yield kind, text
            if kind in ("line", "comment", "space"):
                continue
            self._before = (kind, text)
            if text == "`" or self._ends_code(text):
                yield "template", self._template()

    def _ends_code(self, text: str) -> bool:
        """Count a brace, and return whether it ends the code within a template literal."""
        if not self._braces:
            return False
        self._braces[-1] += {"{": 1, "}": -1}.get(text, 0)
        if self._braces[-1] >= 0:
            return False
        self._braces.pop()
        return True

    def _template(self) -> str:
        """Return a template literal's text from here to its end, or to code in it."""
        text = _TEMPLATE.match(self._script, self._at)
        if text is None:
            raise ValueError("a template literal does not end")
        if text[1] == "${":
            self._braces.append(0)
        self._at = text.end()
        self._before = ("mark", text[1])
        return text[0]


def _divides(kind: str, text: str) -> bool:
    """Return whether a slash after this token divides."""
    before = _LAST.search(text)[0] if kind == "code" else text  # type: ignore[index]  # it is not empty
    if re.fullmatch(r"[\w$]+", before):
        return before not in _BEFORE_OPERAND
    return before[-1:] in set(")]}`\"'") or (len(before) > 1 and before != "${")  # else a regular expression, a value
