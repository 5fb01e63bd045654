"""Names beside ids, for readers of a file who do not have the data's other tables: ``force_name`` beside ``force``."""

from collections.abc import Mapping
from typing import Any, Final

from components.catalog.catalog import Catalog
from components.catalog.derived import derived
from components.catalog.tables import TABLES, Table, refs
from components.export.fields import Field, Value, own_fields

_NAME: Final[Mapping[str, str]] = {"forces": "name", "kinds": "label", "sites": "name"}
"""The tables whose rows are named, and the column that names them."""


def _references(table: Table) -> dict[str, str]:
    types = {field.name: field.type for field in own_fields(table)}
    return {name: ref.table for name, ref in refs(table).items() if ref.table in _NAME and types[name] != "tolls"}


REFERENCES: Final[Mapping[str, Mapping[str, str]]] = {
    **{table.name: _references(table) for table in TABLES},
    "sites": {"held_by": "forces", "previous": "forces"},
    "posture": {"force": "forces"},
    "changes": {"left": "forces", "came": "forces"},
}
"""By resource, its columns of ids, one or a list of them, and the table that these are of."""

_LISTS: Final = frozenset({"forces", "held_by", "left", "came"})


def named_fields(resource: str) -> tuple[Field, ...]:
    """Return the fields of the names in a resource's rows.

    >>> [field.name for field in named_fields("incidents")]
    ['kind_name', 'site_name', 'forces_name']
    """
    return tuple(
        Field(f"{column}_name", f"{column} in words", "texts" if column in _LISTS else "text")
        for column in REFERENCES[resource]
    )


def names(catalog: Catalog, resource: str, row: Mapping[str, Any]) -> dict[str, Value]:
    """Return a row's values of named_fields: None where the row has no id there."""
    told: dict[str, Value] = {}
    for column, table in REFERENCES[resource].items():
        name, ids = _names(catalog, table), row[column]
        told[f"{column}_name"] = [name[id_] for id_ in ids] if isinstance(ids, list) else name[ids] if ids else None
    return told


@derived(3)  # of three tables
def _names(catalog: Catalog, table: str) -> Mapping[str, str]:
    frame = catalog.tables[table]
    return dict(zip(frame["id"], frame[_NAME[table]], strict=True))
