"""SECURITY.md names no test that is not there."""

import re

import pytest

from tests.fuzz.urls import ROOT

TEXT = (ROOT / ".github/SECURITY.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)))


@pytest.mark.parametrize(("path", "name"), NAMED, ids=[name for _, name in NAMED])
def test_a_named_test_is_there(path: str, name: str) -> None:
    assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8")


def test_every_threat_has_its_test_and_every_command_is_there() -> None:
    rows = re.findall(r"^\| (?!who \||---)(.*) \|$", TEXT, re.MULTILINE)
    assert len(rows) > 12
    assert all("::test_" in row.split(" | ")[3] for row in rows)
    for module in re.findall(r"python -m (tests\.\w+)", TEXT):
        assert (ROOT / module.replace(".", "/") / "__main__.py").is_file()
    for path in re.findall(r"\]\((\S+?\.md)\)|`(\.github/\S+?)`", TEXT):
        assert (ROOT / ".github" / path[0]).is_file() if path[0] else (ROOT / path[1]).is_file()
