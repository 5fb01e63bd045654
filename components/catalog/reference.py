"""The tables' documentation, printed from their declaration: data/README.md holds it between markers."""

from typing import Any, Final

from components.catalog.dates import PartialDate
from components.catalog.tables import TABLES, Ref, Table, refs, vocabulary

_TYPES: Final = (
    ("Toll", "tolls"),
    ("tuple[str", "list"),
    ("PartialDate", "date"),
    ("float", "number"),
    ("int", "number"),
)


def tables_markdown() -> str:
    """Return a Markdown table of the CSV files: what a row is, and its columns with types and vocabularies."""
    rows = [
        f"| {table.name} | {table.doc}{'' if table.required else ' Optional.'} | {_columns(table)} |"
        for table in TABLES
    ]
    return "\n".join(["| table | a row is | columns |", "| --- | --- | --- |", *rows, ""])


def _columns(table: Table) -> str:
    references = refs(table)
    fields = sorted(table.row.model_fields.items(), key=lambda item: item[0] != table.key)
    return " · ".join(
        (f"**{name}**" if field.is_required() else name) + _type(table, name, field.annotation, references.get(name))
        for name, field in fields
    )


def _type(table: Table, column: str, annotation: Any, ref: Ref | None) -> str:
    words = vocabulary(table, column)
    text = str(annotation)
    if words:
        kind = ", ".join(f"`{word}`" for word in words)
    elif "Toll" in text:
        kind = "tolls"
    elif ref and ref.table != "rows":
        kind = f"{ref.table} id" + ("s" if "tuple" in text else "")
    elif annotation is PartialDate:
        kind = "date"
    else:
        kind = next((name for part, name in _TYPES if part in text), "")
    return f" ({kind})" if kind else ""
