"""README tells what the code declares."""

import re
from pathlib import Path

from components.catalog.reference import tables_markdown
from components.catalog.review import RULES, rules_markdown
from components.catalog.tables import TABLES, vocabulary
from components.view.reference import link_markdown
from components.view.view import FIELDS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_readmes_tables_are_the_declared_ones():
    printed = re.search(r"<!-- tables:.*?-->\n(.*?)<!-- /tables -->", README, re.DOTALL)
    assert printed
    assert printed[1].strip() == tables_markdown().strip(), "run `uv run laydown tables` and paste what it prints"


def test_readmes_table_of_the_links_keys_is_the_declared_one():
    printed = re.search(r"<!-- link:.*?-->\n(.*?)<!-- /link -->", README, re.DOTALL)
    assert printed
    assert printed[1].strip() == link_markdown(), "run `uv run laydown link` and paste what it prints"
    assert all(f"| `{field.key}`" in printed[1] for field in FIELDS)


def test_readmes_table_of_the_rules_is_the_declared_one():
    printed = re.search(r"<!-- rules:.*?-->\n(.*?)<!-- /rules -->", README, re.DOTALL)
    assert printed
    assert printed[1].strip() == rules_markdown(), "run `uv run laydown rules` and paste what it prints"
    assert all(f"| `{rule.id}` |" in printed[1] for rule in RULES)


def test_the_reference_names_every_column_and_every_word_of_a_vocabulary():
    printed = tables_markdown()
    for table in TABLES:
        line = next(line for line in printed.splitlines() if line.startswith(f"| {table.name} |"))
        for column in table.row.model_fields:
            assert re.search(rf"\b{column}\b", line)
            assert all(f"`{word}`" in line for word in vocabulary(table, column))


def test_readmes_commands_and_files_exist():
    assert (ROOT / ".github/dashboard.png").is_file()
    for path in re.findall(r"^\| `(\w[\w./]*[./][\w./]*)`", README, re.MULTILINE):  # what begins with / is an address
        assert (ROOT / path).exists(), path
    assert "pip install uv && uv run --no-dev streamlit run dashboard.py" in README
    assert "pipx run uv run --no-dev streamlit run dashboard.py" in README, "where pip refuses to install"
    assert "pip install uv && uv run pytest" in README
    assert "uv run pytest" in (ROOT / ".ci/run").read_text(encoding="utf-8")
