"""The map's modules as one: a page that fetches forty files waits for them six at a time, a file on a disk for ever.

The modules are written in one style, which is all that is understood here: named imports from neighbours, and exported
declarations. Whatever else they held would stop the server at its start.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from components.static import FOLDERS

NAME: Final = "bundle.js"
ENTRIES: Final = ("app.js", "embed.js")
"""The modules whose exports the bundle has."""
_IMPORT: Final = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+)\.js";\n', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export ((?:async )?(?:function|class|const)) (\w+)", re.MULTILINE)
_OTHER: Final = re.compile(r"^(?:import|export)\b.*|^(?!\s*(?:\*|/\*|//)).*[^{.\w]import\s*\(", re.MULTILINE)


@lru_cache(maxsize=1)
def bundle() -> bytes:
    """Return the map's modules as one module, each in a scope of its own, after those that it imports from."""
    return bundled(FOLDERS["map"], ENTRIES).encode()


def bundled(folder: Path, entries: tuple[str, ...]) -> str:
    """Return the modules of ``folder`` that ``entries`` need as one; ValueError for one that is written otherwise."""
    done: dict[str, str] = {}

    def add(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise ValueError(f"{' → '.join((*above, name))}: modules that import each other cannot be bundled")
        if name not in done:
            text = (folder / f"{name}.js").read_text(encoding="utf-8")
            for _, needed in _IMPORT.findall(text):
                add(needed, (*above, name))
            done[name] = _scoped(name, text)

    names = [entry.removesuffix(".js") for entry in entries]
    for name in names:
        add(name, ())
    exports = "".join(
        f"export const {{ {', '.join(_exported(folder / entry))} }} = {_variable(name)};\n"
        for entry, name in zip(entries, names, strict=True)
    )
    return "".join(done.values()) + exports


def _scoped(name: str, text: str) -> str:
    """Return a module as a function that is called once and returns what it exports."""
    exported = [found[1] for found in _EXPORT.findall(text)]
    body = _IMPORT.sub(lambda found: f"const {{{_renamed(found[1])}}} = {_variable(found[2])};\n", text)
    body = _EXPORT.sub(r"\1 \2", body)
    if other := _OTHER.search(body):
        raise ValueError(f"{name}.js: {other[0]!r} is not understood; import {{ names }} or export a declaration")
    return f"// {name}.js\nconst {_variable(name)} = (() => {{\n{body}\nreturn {{ {', '.join(exported)} }};\n}})();\n"


def _renamed(names: str) -> str:
    return re.sub(r"(\w+) as (\w+)", r"\1: \2", names)


def _exported(path: Path) -> list[str]:
    return [found[1] for found in _EXPORT.findall(path.read_text(encoding="utf-8"))]


def _variable(name: str) -> str:
    return f"module_{name.replace('-', '_')}"
