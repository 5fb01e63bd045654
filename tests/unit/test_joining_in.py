"""What meets whoever joins in on GitHub: forms that it accepts, and a list of changes by version."""

import re
from pathlib import Path
from typing import Any

import pytest

from components import __version__

GITHUB = Path(__file__).parents[2] / ".github"
FORMS = sorted((GITHUB / "ISSUE_TEMPLATE").glob("[0-9]*.yml"))
LABELLED = {"input", "textarea", "dropdown", "checkboxes"}


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_an_issue_form_is_one_that_github_accepts(path: Path) -> None:
    """By GitHub's syntax for issue forms and for their schema."""
    yaml: Any = pytest.importorskip("yaml")
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(form) <= {"name", "description", "title", "labels", "assignees", "projects", "type", "body"}
    assert all(isinstance(form[key], str) and form[key].strip() for key in ("name", "description", "title"))
    ids = [element["id"] for element in form["body"] if "id" in element]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", id_) for id_ in ids)
    assert any(element["type"] in LABELLED for element in form["body"]), "a form must ask something"
    for element in form["body"]:
        assert set(element) <= {"type", "id", "attributes", "validations"}
        attributes = element["attributes"]
        assert all(isinstance(value, (str, list)) for value in attributes.values())
        if element["type"] == "markdown":
            assert set(attributes) == {"value"}
            continue
        assert element["type"] in LABELLED
        assert attributes["label"]
        if element["type"] == "dropdown":
            options = attributes["options"]
            assert len(set(options)) == len(options) > 1
            assert all(isinstance(option, str) and option.lower() != "none" for option in options)
        assert set(element.get("validations", {})) <= {"required"}


def test_a_wrong_fact_is_the_first_form() -> None:
    assert "fact" in FORMS[0].read_text(encoding="utf-8").splitlines()[0]
    assert len({path.name for path in FORMS}) == 3


def test_the_changelogs_newest_version_is_the_programs() -> None:
    changes = (GITHUB / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## (\d\S*) - \d{4}-\d{2}-\d{2}$", changes, re.MULTILINE)
    assert versions[0] == __version__
    assert len(set(versions)) == len(versions)
