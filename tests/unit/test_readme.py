"""The documents say what the code declares, and name only what is there."""

import json
import re
from pathlib import Path

import pytest
from starlette.routing import Route

from components.catalog.reference import tables_markdown
from components.catalog.review import rules_markdown
from components.catalog.rules import RULES
from components.catalog.tables import TABLES, vocabulary
from components.view.link import link_markdown
from components.view.view import FIELDS
from components.web.server import routes

ROOT = Path(__file__).parents[2]
DOCUMENTS = (
    "README.md",
    "data/README.md",
    "components/README.md",
    ".deploy/README.md",
    ".github/CONTRIBUTING.md",
    ".github/SECURITY.md",
)
PRINTED = {
    "tables": ("data/README.md", tables_markdown()),
    "rules": ("data/README.md", rules_markdown()),
    "link": ("README.md", link_markdown()),
}
"""By the command that prints it and the name between its markers: the document that holds it, and what is printed."""
ENDINGS = "py|js|css|html|md|csv|toml|yml|json"
PATH = re.compile(rf"`((?!/)[\w./-]*\w\.(?:{ENDINGS}))\b")
"""A file between backticks; what begins with / is an address."""
NAME_IN = re.compile(rf"`(\w+)(?:\(\))?` in `([\w./-]+\.(?:{ENDINGS}))`")
"""What a file declares: `WIDTHS` in `map/style.py`."""
DEVELOPERS = ("components/README.md", ".github/CONTRIBUTING.md")


def text(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PRINTED)
def test_a_printed_table_is_the_declared_one(name: str) -> None:
    document, declared = PRINTED[name]
    printed = re.search(rf"<!-- {name}:.*?-->\n(.*?)<!-- /{name} -->", text(document), re.DOTALL)
    assert printed
    assert printed[1].strip() == declared.strip(), f"run `uv run laydown {name}`, paste it into {document}"


def test_the_printed_tables_have_a_row_for_each_key_rule_and_column() -> None:
    assert all(f"| `{field.key}`" in link_markdown() for field in FIELDS)
    assert all(f"| `{rule.id}` |" in rules_markdown() for rule in RULES)
    for table in TABLES:
        line = next(line for line in tables_markdown().splitlines() if line.startswith(f"| {table.name} |"))
        for column in table.row.model_fields:
            assert re.search(rf"\b{column}\b", line)
            assert all(f"`{word}`" in line for word in vocabulary(table, column))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_relative_link_leads_to_a_file_and_a_heading_that_are_there(document: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", text(document)):
        if target.startswith("https://"):
            continue
        path, _, heading = target.partition("#")
        file = (ROOT / document).parent / path if path else ROOT / document
        assert file.exists(), target
        if heading:
            headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            assert heading in {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings}, target


def found(name: str) -> list[Path]:
    """The files that a document means by a path from the root or from components/, or by a bare name."""
    if "/" in name:
        return [path for path in (ROOT / name, ROOT / "components" / name) if path.is_file()]
    folders = [ROOT / folder for folder in ("components", "data", ".github")]
    return [path for path in (ROOT / name, *(path for at in folders for path in at.rglob(name))) if path.is_file()]


@pytest.mark.parametrize("document", DEVELOPERS)
def test_the_files_that_the_developers_documents_name_are_there(document: str) -> None:
    folders = set(re.findall(r"`((?!/)[\w.-]+/[\w./-]+/)`", text(document)))
    assert not {name for name in folders if not ((ROOT / name).is_dir() or (ROOT / "components" / name).is_dir())}
    named = set(PATH.findall(text(document)))
    assert len(named) > 10
    assert not {name for name in named if not found(name)}


@pytest.mark.parametrize("document", DEVELOPERS)
def test_what_a_document_says_is_in_a_file_is_in_it(document: str) -> None:
    for name, file in NAME_IN.findall(text(document)):
        assert any(re.search(rf"\b{name}\b", path.read_text(encoding="utf-8")) for path in found(file)), (name, file)


def test_a_stranger_finds_where_things_are() -> None:
    """The walk: each question is answered by the room and by names that are in the files named."""
    walk = text("components/README.md").partition("## Where is")[2].partition("\n## ")[0]
    answers = [line for line in walk.splitlines() if line.startswith("| ")][2:]
    assert len(answers) == 6
    assert all(re.search(r"\| room `\w+`", line) and PATH.search(line) for line in answers)
    assert sum(bool(NAME_IN.search(line)) for line in answers) >= 4


def test_readmes_routes_are_the_servers() -> None:
    """But for the page, which is Streamlit's, and what its map fetches."""
    table = text("README.md").partition("| route | what |")[2].partition("\n\n")[0]
    named = set(re.findall(r"`/([\w.-]+)", table.replace("`/?…`", "")))
    served = {route.path.split("/")[1] for route in routes(lambda: ROOT / "data") if isinstance(route, Route)}
    assert named == served - {"map", "assets"}


def test_the_settings_are_those_that_the_program_reads() -> None:
    named = set(re.findall(r"`(LAYDOWN_\w+)`", text(".deploy/README.md").partition("\n## What")[0]))
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "components").rglob("*.py"))
    read = set(re.findall(r'"(LAYDOWN_[A-Z_]+[A-Z])"', sources)) | {"LAYDOWN_ARCHIVE_KEY", "LAYDOWN_ARCHIVE_SECRET"}
    assert named == read


def test_readmes_commands_are_those_of_ci() -> None:
    readme = text("README.md")
    assert (ROOT / ".github/dashboard.png").is_file()
    assert "pip install uv && uv run --no-dev streamlit run dashboard.py" in readme
    assert "pipx run uv run --no-dev streamlit run dashboard.py" in readme, "where pip refuses to install"
    assert "pip install uv && uv run pytest" in readme
    assert 'uv run pytest -m "not e2e"' in readme
    assert "uv run pytest" in text(".ci/run")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_commands_that_a_document_gives_are_there(document: str) -> None:
    commands = re.findall(r"uv run ([^`\n]+)", text(document))
    scripts = json.loads(text(".node/package.json"))["scripts"]
    for command in commands:
        for part in re.findall(r"[\w.-]*/[\w./-]+", command):
            assert (ROOT / part).exists(), command
        if found := re.match(r"npm --prefix \.node (?:run )?(\w+)", command):
            assert found[1] in {*scripts, "install"}, command
        if found := re.match(r"laydown (\w+)", command):
            assert f'add_parser("{found[1]}"' in text("components/cli.py"), command
        if found := re.match(r"python -m ([\w.]+)", command):
            assert (ROOT / found[1].replace(".", "/") / "__main__.py").is_file(), command


def test_readme_is_short() -> None:
    assert len(text("README.md").splitlines()) <= 200
