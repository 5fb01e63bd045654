"""What a curator should look at again: what the rules find in a catalog (rules.py), less what is answered.

A warning is no Problem: its row is shown all the same. A curator mends the row, or says in dataset.toml under
``[[accepted]]`` why it stands.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from components.catalog.catalog import Catalog
from components.catalog.dataset import FILE, Accepted
from components.catalog.problems import excerpt
from components.catalog.reading import read_table
from components.catalog.rules import RULES, Finding, Record
from components.catalog.tables import BY_NAME, ROW_TABLES


@dataclass(frozen=True, slots=True)
class Remark:
    """A warning: a finding, said so that a curator can mend it or answer it."""

    rule: str
    row: str
    """As dataset.toml names it: ``incident:palmyra-attack-2025-12-13``."""
    file: str
    line: int | None
    column: str | None
    what: str
    mend: str

    @property
    def named(self) -> str:
        """The row."""
        return self.row

    @property
    def kind(self) -> Hashable:
        """What is the same of warnings that are mended alike; of those that answer nothing each is its own."""
        return (FILE, self.row, self.what) if self.file == FILE else (self.rule, self.file, self.column)

    def __str__(self) -> str:
        line = "" if self.line is None else f":{self.line}"
        column = f" {self.column}" if self.column else ""
        return f"{self.file}{line}{column}: warning: {self.what}; mend: {self.mend} ({self.rule}, {self.row})"


@dataclass(frozen=True, slots=True)
class Review:
    """What the rules found that nobody has answered, and the number that is answered."""

    warnings: tuple[Remark, ...]
    answered: int


_PREFIX: Final = {table: prefix for prefix, table in ROW_TABLES.items()} | {"counts": "count", "claims": "claim"}
"""How a row of a table is named in dataset.toml."""


def review(catalog: Catalog) -> Review:
    """Return what the rules find in ``catalog`` and dataset.toml does not answer, and answers that answer nothing."""
    record = Record(catalog)
    found = [(rule, finding) for rule in RULES for finding in rule.find(record)]
    answers = {(answer.rule, answer.row) for answer in catalog.dataset.accepted if answer.why.strip()}
    open_ = [(rule, finding) for rule, finding in found if (rule.id, _name(finding)) not in answers]
    lines = {table: _lines(catalog, table) for table in {finding.table for _, finding in open_}}
    warnings = [
        Remark(
            rule.id,
            _name(finding),
            BY_NAME[finding.table].file,
            lines[finding.table].get(finding.id),
            finding.column,
            finding.what,
            rule.mend,
        )
        for rule, finding in open_
    ]
    warnings.sort(key=lambda warning: (list(BY_NAME).index(warning.file.removesuffix(".csv")), warning.line or 0))
    given = {(rule.id, _name(finding)) for rule, finding in found}
    return Review((*warnings, *_idle(catalog.dataset.accepted, given)), len(found) - len(open_))


def rules_markdown() -> str:
    """Return a Markdown table of the rules, for data/README.md."""
    rows = [f"| `{rule.id}` | {rule.tells} | {rule.mend} |" for rule in RULES]
    return "\n".join(["| rule | warns of | mend |", "| --- | --- | --- |", *rows])


def _idle(accepted: Iterable[Accepted], given: Collection[tuple[str, str]]) -> Iterator[Remark]:
    """Return a warning for each answer in dataset.toml whose warning is no longer given (a stale suppression)."""
    rules = {rule.id for rule in RULES}
    for answer in accepted:
        if answer.rule not in rules:
            what = f"'{excerpt(answer.rule)}' is no rule"
            mend = f"write one of {', '.join(sorted(rules))}"
        elif (answer.rule, answer.row) not in given:
            what, mend = "answers a warning that is not given", "take it out, or mend its row"
        elif not answer.why.strip():
            what, mend = "does not say why", "say in why what was weighed"
        else:
            continue
        yield Remark(answer.rule, answer.row, FILE, None, "accepted", what, mend)


def _name(finding: Finding) -> str:
    return f"{_PREFIX[finding.table]}:{finding.id}"


def _lines(catalog: Catalog, table: str) -> dict[str, int]:
    """Return the line of each row in its file, which the catalog does not keep."""
    rows, _ = read_table(catalog.folder, BY_NAME[table], catalog.dataset.vocabulary)
    return dict(zip(rows.columns["id"].whole().tolist(), rows.numbers.tolist(), strict=True))
