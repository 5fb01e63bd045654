"""Comments go, and nothing that only looks like one."""

import re

import pytest

from components.map.bundle import bundle
from components.map.comments import without_comments
from components.static import FOLDERS
from tests.node import node

CASES = [
    ("a whole line", "a;\n// no\nb;\n", "a;\nb;\n"),
    ("an indented one", "{\n  // no\n  b;\n}\n", "{\n  b;\n}\n"),
    ("at a line's end", "a; // no\nb;\n", "a;\nb;\n"),
    ("a block", "/**\n * no\n */\na;\n", "a;\n"),
    ("a block with stars", "/*** no **/\na;\n", "a;\n"),
    ("a block within a line", "f(/* no */ a);\n", "f( a);\n"),
    ("a cast", "const b = /** @type {B} */ (a);\n", "const b =  (a);\n"),
    ("between words", "return/* no */a;\n", "return a;\n"),
    ("a block that ends a line", "return a /* no\n */ b", "return a \nb"),
    ("two in a row", "// no\n// no\na;\n", "a;\n"),
    ("the last line", "a;\n// no", "a;\n"),
    ("an address in a string", 'a = "http://x"; // no\n', 'a = "http://x";\n'),
    ("a quote in a string", r"""a = "\"// yes"; b = '\'/* yes */';""", r"""a = "\"// yes"; b = '\'/* yes */';"""),
    ("a template", "a = `\n// yes\n/* yes */\n`;\n// no\n", "a = `\n// yes\n/* yes */\n`;\n"),
    ("code in a template", "a = `// yes ${b /* no */} // yes`;\n", "a = `// yes ${b  } // yes`;\n"),
    ("a template in a template", "`${a ? `\n// yes ${{}} ` : {b: `//`}} // yes`; // no\n", None),
    ("a dollar in a template", "`$ $$ \\${ // yes \\` $`; // no\n", "`$ $$ \\${ // yes \\` $`;\n"),
    ("a pattern", "a = /[/*`'\"]/g; // no\n", "a = /[/*`'\"]/g;\n"),
    ("a pattern with slashes", r"a(/^https?:\/\//, b); // no", r"a(/^https?:\/\//, b);"),
    ("a pattern after a keyword", "return /`/.test(a); // no\n", "return /`/.test(a);\n"),
    ("a pattern after an arrow", "(a) => /'/.test(a); // no\n", "(a) => /'/.test(a);\n"),
    ("a division", "a / b; `//`; c / d; // no\n", "a / b; `//`; c / d;\n"),
    ("a division of a call", "f(a) / 2 + b[0] / 2; // no\n", "f(a) / 2 + b[0] / 2;\n"),
    ("a pattern in a template", "`${/`/.test(a)}// yes`; // no\n", "`${/`/.test(a)}// yes`;\n"),
]


@pytest.mark.parametrize(("script", "left"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_comments_go_and_what_looks_like_one_stays(script: str, left: str | None) -> None:
    expected = script.replace(" // no", "") if left is None else left
    assert without_comments(script) == expected
    assert without_comments(expected) == expected, "there are none to take"


def test_a_template_that_does_not_end_is_refused() -> None:
    with pytest.raises(ValueError, match="template"):
        without_comments("a = `${b}\n")


def test_the_bundle_is_a_module_without_a_comment_but_the_modules_names(tmp_path) -> None:
    text = bundle().decode()
    path = tmp_path / "bundle.mjs"
    path.write_text(text, encoding="utf-8")
    checked = node("--check", path)
    assert checked.returncode == 0, checked.stderr
    comments = [line for line in text.splitlines() if re.match(r"\s*(//|/\*|\*(?!\w))", line)]
    assert all(re.fullmatch(r"// [\w.]+\.js", line) for line in comments), comments


def test_no_string_of_a_module_is_changed() -> None:
    """Found another way: the texts between quotes, of lines that hold no comment and no pattern."""
    quoted = re.compile(r"\"[^\"\n]*\"")
    for path in FOLDERS["map"].rglob("*.js"):
        script = path.read_text(encoding="utf-8")
        bare = without_comments(script)
        lines = [line for line in script.splitlines() if not re.search(r"//|/\*|^\s*\*|\*/", line)]
        assert not [found for line in lines for found in quoted.findall(line) if found not in bare], path.name
