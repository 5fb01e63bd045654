"""The map's modules as one: a page that fetches forty files waits for them six at a time, a file on a disk for ever.

The modules are written in one style, which is all that is understood here: named imports from neighbours, and exported
declarations. Whatever else they held would stop the server at its start. Their comments and indentation are left out.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from os.path import normpath
from pathlib import Path
from typing import Final

from components.map.comments import without_comments
from components.static import FOLDERS

NAME: Final = "bundle.js"
ENTRIES: Final = ("start.js", "embed/embed.js")
"""The modules whose exports the bundle has."""
_IMPORT: Final = re.compile(r'^import \{([^}]*)\} from "(\.[\w./-]+\.js)";\n', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export ((?:async )?(?:function\*?|class|const)) (\w+)", re.MULTILINE)
_INDENTATION: Final = re.compile(r"^[ \t]+", re.MULTILINE)
"""A template in quotes of several lines would lose its own, too: there is none."""
_OTHER: Final = re.compile(r"^(?:import|export)\b.*|(?<![.\w])import\s*\(.*", re.MULTILINE)


@lru_cache(maxsize=1)
def bundle() -> bytes:
    """Return the map's modules as one module, each in a scope of its own, after those that it imports from."""
    return bundled(FOLDERS["map"], ENTRIES).encode()


def bundled(folder: Path, entries: tuple[str, ...], *, classic: bool = False) -> str:
    """Return the modules of ``folder`` that ``entries`` need as one; ValueError for one that is written otherwise.

    ``classic``: as a script that is no module, since a page on a disk loads none (boot.js): what the entries export is
    ``window.laydownModules``.
    """
    done: dict[Path, str] = {}
    names: dict[Path, str] = {}

    def add(path: Path, above: tuple[Path, ...]) -> None:
        if path in above:
            ring = " → ".join(one.stem for one in (*above, path))
            raise ValueError(f"{ring}: modules that import each other cannot be bundled")
        if path in done:
            return
        text = _INDENTATION.sub("", without_comments(path.read_text(encoding="utf-8")))
        for _, needed in _IMPORT.findall(text):
            add(_neighbour(path, needed), (*above, path))
        names[path] = f"module_{len(names)}"
        done[path] = _scoped(path, text, names)

    paths = [folder.resolve() / entry for entry in entries]
    for path in paths:
        add(path, ())
    if classic:
        parts = ", ".join(f"...{names[path]}" for path in paths)
        return f"(() => {{\n{''.join(done.values())}window.laydownModules = {{ {parts} }};\n}})();\n"
    exports = "".join(f"export const {{ {', '.join(_exported(path))} }} = {names[path]};\n" for path in paths)
    return "".join(done.values()) + exports


def _neighbour(path: Path, name: str) -> Path:
    """Return the module that another imports by this name."""
    return Path(normpath(path.parent / name))


def _scoped(path: Path, text: str, names: Mapping[Path, str]) -> str:
    """Return a module as a function that is called once and returns what it exports."""

    def imported(found: re.Match[str]) -> str:
        return f"const {{{_renamed(found[1])}}} = {names[_neighbour(path, found[2])]};\n"

    exported = [found[1] for found in _EXPORT.findall(text)]
    body = _EXPORT.sub(r"\1 \2", _IMPORT.sub(imported, text))
    if other := _OTHER.search(body):
        raise ValueError(f"{path.name}: {other[0]!r} is not understood; import {{ names }} or export a declaration")
    return f"// {path.name}\nconst {names[path]} = (() => {{\n{body}\nreturn {{ {', '.join(exported)} }};\n}})();\n"


def _renamed(names: str) -> str:
    return re.sub(r"(\w+) as (\w+)", r"\1: \2", names)


def _exported(path: Path) -> list[str]:
    return [found[1] for found in _EXPORT.findall(without_comments(path.read_text(encoding="utf-8")))]
