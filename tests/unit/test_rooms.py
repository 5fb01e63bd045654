"""The rooms of the house, and which door each may go through."""

import ast
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMPONENTS = ROOT / "components"

DOORS = {
    "page": {"page", "ui", "panels", "map", "view", "catalog", "settings", "static"},
    "ui": {"ui", "export", "panels", "map", "view", "catalog", "settings", "static"},
    "export": {"export", "panels", "picture", "map", "view", "catalog", "static", "version"},
    "panels": {"panels", "importing", "map", "view", "catalog", "static", "version"},
    "picture": {"picture", "map", "view", "catalog"},
    "map": {"map", "view", "catalog", "static", "version"},
    "view": {"view", "catalog"},
    "catalog": {"catalog", "settings", "version"},
    "web": {
        "web",
        "importing",
        "export",
        "panels",
        "picture",
        "map",
        "view",
        "catalog",
        "static",
        "settings",
        "version",
    },
    "site": {"site", "export", "panels", "picture", "map", "view", "catalog", "static", "version"},
    "importing": {"importing", "catalog"},
    "cli": {"cli", "importing", "site", "view", "catalog", "settings"},
    "settings": set(),
    "static": set(),
    "version": set(),
    "dashboard": {"web", "catalog"},
}
"""For each room, the rooms it may import. ``version`` is components/__init__.py."""

SHUT = {
    "catalog": {"streamlit", "streamlit_folium", "folium", "branca", "starlette", "jinja2"},
    "view": {"streamlit", "streamlit_folium", "folium", "branca", "starlette", "jinja2", "geopy"},
    "map": {"streamlit", "streamlit_folium", "starlette", "geopy"},
    "ui": {"starlette", "geopy", "streamlit_folium", "folium"},
    "panels": {"streamlit", "streamlit_folium", "folium", "starlette", "geopy", "jinja2"},
    "importing": {"streamlit", "streamlit_folium", "folium", "starlette", "geopy", "jinja2", "requests"},
    "picture": {"streamlit", "streamlit_folium", "folium", "starlette", "geopy", "jinja2"},
    "export": {"streamlit", "streamlit_folium", "starlette", "geopy"},
    "site": {"streamlit", "streamlit_folium", "folium", "starlette", "geopy", "jinja2"},
    "web": {"streamlit", "streamlit_folium", "geopy"},
    "cli": {"streamlit", "streamlit_folium", "folium", "starlette"},
    "settings": {"streamlit", "folium"},
    "page": {"starlette", "geopy", "pandas"},
}
"""For each room, the packages it does not know."""

MODULES = [ROOT / "dashboard.py", *sorted(COMPONENTS.rglob("*.py"))]
TOP = {
    "pyproject.toml",
    "README.md",
    "dashboard.py",
    "data",
    "components",
    "tests",
    "seeds",
    "LICENSE",
    "requirements.txt",
}
CDNS = re.compile(
    r"cdn[.-]|unpkg\.com|jsdelivr|cdnjs|cloudflare|googleapis|gstatic|bootstrapcdn|fontawesome|jquery|tile\.openstreetmap",
    re.I,
)


def room(path: Path) -> str:
    if path.name == "dashboard.py":
        return "dashboard"
    return room_of(list(path.relative_to(ROOT).with_suffix("").parts))


def room_of(parts: list[str]) -> str:
    return parts[1] if len(parts) > 1 and parts[1] != "__init__" else "version"


def imports(path: Path) -> set[str]:
    """The modules that a module imports, wherever in it it does."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports by a relative name"
            if node.module == "components":
                found |= {f"components.{alias.name}" for alias in node.names}
            else:
                found.add(node.module or "")
    return found


def test_a_module_imports_only_from_the_rooms_it_may() -> None:
    for path in MODULES:
        assert room(path) in DOORS, "a new room: say which rooms it may import"
        rooms = {room_of(name.split(".")) for name in imports(path) if name.split(".")[0] == "components"}
        assert rooms <= DOORS[room(path)], path


def test_a_module_imports_no_package_its_room_does_not_know() -> None:
    for path in MODULES:
        packages = {name.split(".")[0] for name in imports(path)}
        assert not packages & SHUT.get(room(path), set()), path


def test_the_doors_lead_one_way() -> None:
    def reach(start: str) -> set[str]:
        seen, todo = set(), [start]
        while todo:
            for other in DOORS[todo.pop()] - seen:
                seen.add(other)
                todo.append(other)
        return seen

    for one in DOORS:
        for other in reach(one) - {one}:
            assert one not in reach(other), f"{one} and {other} import each other"
    assert not [one for one in DOORS if one != "page" and "page" in DOORS[one]]


def test_every_room_that_there_is_has_its_doors_and_no_other() -> None:
    assert {room(path) for path in MODULES} == set(DOORS)


def test_the_repository_holds_at_its_top_only_what_it_should() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    top = {name.split("/")[0] for name in listed.split("\0") if name}
    assert {name for name in top if not name.startswith(".")} <= TOP
    assert {"pyproject.toml", "README.md", "dashboard.py", "data", "components"} <= top


SERVED = [path for path in sorted(COMPONENTS.rglob("*")) if path.suffix in (".py", ".js", ".css", ".html")]


def test_nothing_names_a_cdn() -> None:
    assert [path for path in SERVED if CDNS.search(path.read_text(encoding="utf-8"))] == []


def test_the_page_and_the_dashboard_can_be_read_in_a_minute() -> None:
    for path in (ROOT / "dashboard.py", COMPONENTS / "page.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 60


SUBJECT = re.compile(r"\b(US|USA|U\.S\.|Syria|Syrian)\b")
"""Words of the first dataset's subject: they are its data's to say."""


TOLD = sorted(path for path in COMPONENTS.rglob("*") if path.suffix in (".py", ".js", ".css", ".toml"))


def test_no_module_knows_the_subject_of_the_data() -> None:
    for path in TOLD:
        found = [line for line in path.read_text(encoding="utf-8").splitlines() if SUBJECT.search(line)]
        assert found == [], path
