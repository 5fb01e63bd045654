"""What is installed is what requirements.txt says, hash by hash; nothing comes in without a bound."""

import json
import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TEXT = (ROOT / "requirements.txt").read_text(encoding="utf-8")
PINNED = re.findall(r"^([a-z][^\\\n]*?) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", TEXT, re.MULTILINE)
PINS = [Requirement(pin) for pin, _ in PINNED]
DECLARED = [
    *PYPROJECT["project"]["dependencies"],
    *(text for group in PYPROJECT["dependency-groups"].values() for text in group),
    *PYPROJECT["build-system"]["requires"],
]


def applies(requirement: Requirement) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": ""})


def closure() -> set[str]:
    """All that the dashboard needs here, by what the installed packages say of themselves."""
    found: set[str] = set()
    todo = [Requirement(text) for text in PYPROJECT["project"]["dependencies"]]
    while todo:
        requirement = todo.pop()
        name = canonicalize_name(requirement.name)
        if applies(requirement) and name not in found:
            found.add(name)
            todo += map(Requirement, distribution(name).requires or [])
    return found


@pytest.mark.parametrize("text", DECLARED)
def test_a_dependency_has_an_upper_bound(text: str) -> None:
    assert {"<"} & {part.operator for part in Requirement(text).specifier}


def test_every_requirement_is_one_version_with_its_hashes_and_no_address() -> None:
    assert len(PINS) == len(re.findall(r"^\w", TEXT, re.MULTILINE)) > 30
    assert all([part.operator for part in pin.specifier] == ["=="] for pin in PINS)
    assert not re.search(r"://|^--", TEXT, re.MULTILINE)


def test_the_first_command_installs_what_requirements_txt_says() -> None:
    """`uv run` reads pyproject.toml alone; what is installed here is what it did."""
    assert PYPROJECT["tool"]["uv"]["constraint-dependencies"] == [pin for pin, _ in PINNED], (
        "paste the lines of requirements.txt, without their hashes, into constraint-dependencies"
    )
    pinned = {canonicalize_name(pin.name): pin for pin in PINS if applies(pin)}
    assert closure() <= set(pinned), "compile requirements.txt again: its first lines say how"
    wrong = {
        name: distribution(name).version
        for name in closure()
        if not pinned[name].specifier.contains(distribution(name).version, prereleases=True)
    }
    assert wrong == {}


def test_the_first_command_installs_nothing_that_only_development_needs() -> None:
    """`uv run --no-dev` leaves out the group dev; nothing of it may come in as a dependency of the dashboard's."""
    groups = PYPROJECT["dependency-groups"]
    development = {canonicalize_name(Requirement(text).name) for texts in groups.values() for text in texts}
    of_altair, of_streamlit = {"jsonschema"}, {"pydeck"}
    assert development & closure() == of_altair | of_streamlit
    assert not development & {canonicalize_name(Requirement(t).name) for t in PYPROJECT["project"]["dependencies"]}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^pip install uv && uv run (.*)$", readme, re.MULTILINE)
    assert commands == ["--no-dev streamlit run dashboard.py", "pytest"]


def test_each_pin_is_within_the_bounds_of_pyproject() -> None:
    for bound in map(Requirement, PYPROJECT["project"]["dependencies"]):
        pins = [pin for pin in PINS if canonicalize_name(pin.name) == canonicalize_name(bound.name)]
        assert pins
        assert all(part.version in bound.specifier for pin in pins for part in pin.specifier), bound


def test_the_rivers_come_with_their_licence() -> None:
    told = (ROOT / "data/LICENSE.md").read_text(encoding="utf-8")
    for name, licence in (("LGPL-3.txt", "LESSER GENERAL"), ("GPL-3.txt", "GENERAL")):
        text = (ROOT / "data/basemap" / name).read_text(encoding="utf-8")
        assert f"GNU {licence} PUBLIC LICENSE" in text
        assert "Version 3, 29 June 2007" in text
        assert f"](basemap/{name})" in told


def test_the_tools_for_javascript_are_pinned_without_a_lock_file_or_an_address() -> None:
    folder = ROOT / ".node"
    package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    assert "dependencies" not in package, "none of it is served"
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in package["devDependencies"].values())
    settings = (folder / ".npmrc").read_text(encoding="utf-8")
    assert "package-lock=false" in settings
    assert "registry" not in settings
    assert not list(folder.glob("*lock*"))
    ran = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert re.findall(r"npm --prefix \.node (.*)", ran) == ["install", "run check", "run types"]
