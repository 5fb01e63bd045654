"""The map's modules as one: what is understood, and what is refused."""

import json
import re
from pathlib import Path

import pytest

from components.map.bundle import bundle, bundled
from components.static import FOLDERS
from tests.node import node


def write(folder: Path, **modules: str) -> Path:
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder


def exports_of(script: str, folder: Path) -> object:
    """What node finds in a module."""
    (folder / "all.mjs").write_text(script, encoding="utf-8")
    code = "import('./all.mjs').then((m) => console.log(JSON.stringify(Object.entries(m).map(([k, v]) => [k, v()]))))"
    ran = node("-e", code, cwd=folder)
    assert ran.returncode == 0, ran.stderr
    return dict(json.loads(ran.stdout))


def test_modules_keep_their_own_names_and_share_what_they_export(tmp_path) -> None:
    write(
        tmp_path,
        one='/** Used as {import("./two.js").Two}. */\nconst own = 1;\nexport const made = () => own;\n',
        two='import { made, again as more } from "./three.js";\nconst own = 2;\n'
        "export function two() { return [own, made(), more()]; }\n",
        three='import { made as first } from "./one.js";\nlet times = 0;\n'
        "export function made() { return first() + 10; }\nexport const again = () => ++times;\n",
        start='import {\n  two,\n} from "./two.js";\nimport { again } from "./three.js";\n'
        "export const start = () => [two(), again()];\n",
    )
    assert exports_of(bundled(tmp_path, ("start.js",)), tmp_path) == {"start": [[2, 11, 1], 2]}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('import * as all from "./one.js";\n', "import * as all"),
        ('import "./one.js";\n', "import"),
        ('export { made } from "./one.js";\n', "export"),
        ("export default function () {}\n", "export default"),
        ('const later = import("./one.js");\n', "import("),
        ('import { far } from "https://example.org/far.js";\n', "example.org"),
    ],
)
def test_what_is_written_otherwise_is_refused_by_name(tmp_path, text: str, what: str) -> None:
    write(tmp_path, one="export const made = 1;\n", start=text)
    with pytest.raises(ValueError, match=r"start\.js: ") as raised:
        bundled(tmp_path, ("start.js",))
    assert what in str(raised.value)


def test_modules_that_import_each_other_are_refused(tmp_path) -> None:
    write(
        tmp_path,
        one='import { b } from "./two.js";\nexport const a = 1;\n',
        two='import { a } from "./one.js";\nexport const b = 2;\n',
    )
    with pytest.raises(ValueError, match="one → two → one"):
        bundled(tmp_path, ("one.js",))


def test_the_maps_bundle_holds_every_module_once() -> None:
    text = bundle().decode()
    for path in FOLDERS["map"].rglob("*.js"):
        assert text.count(f"// {path.name}\nconst module_") == (path.stem not in ("boot", "early")), path.name
    assert re.search(r"\nexport const \{ Embed \} = module_\d+;\s*$", text)
