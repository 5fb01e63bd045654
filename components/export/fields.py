"""The fields of what leaves: one declaration for CSV, GeoJSON, Excel, the API and the API's own description."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, get_args, get_origin

import numpy as np

from components.catalog.dates import PATTERN, PartialDate
from components.catalog.tables import Table, Toll, refs, vocabulary, words

Value = str | float | int | bool | None | list[Any]
"""A field's value as JSON has it: dates as they are written, tolls as {force, low, high}. Blank is None."""

SCHEMAS: Final[Mapping[str, Mapping[str, Any]]] = {
    "text": {"type": ["string", "null"]},
    "number": {"type": ["number", "null"]},
    "integer": {"type": ["integer", "null"]},
    "flag": {"type": "boolean"},
    "date": {"type": ["string", "null"], "pattern": PATTERN},
    "texts": {"type": "array", "items": {"type": "string"}},
    "tolls": {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["force", "low", "high"],
            "properties": {
                "force": {"type": "string"},
                "low": {"type": "integer"},
                "high": {"type": ["integer", "null"], "description": "null: at least low"},
            },
        },
    },
}
"""JSON Schema by a field's type."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of what leaves."""

    name: str
    doc: str
    type: str = "text"
    """One of SCHEMAS."""
    words: tuple[str, ...] = ()
    """The values it may hold, where it is a text or texts of a vocabulary."""
    own: bool = False
    """Whether it is a column of the data's own file, and not one derived from it."""

    @property
    def schema(self) -> dict[str, Any]:
        """Its JSON Schema."""
        schema: dict[str, Any] = {**SCHEMAS[self.type], "description": self.doc}
        if self.words and self.type == "texts":
            schema["items"] = {"type": "string", "enum": list(self.words)}
        elif self.words:
            schema["enum"] = [*self.words, None]
        return schema


def own_fields(table: Table) -> tuple[Field, ...]:
    """Return the columns of a table as fields, its id first."""
    references, kinds = refs(table), words(table)
    fields = []
    for name, declared in table.row.model_fields.items():
        held = held_types(declared.annotation)
        kind = next((kind for type_, kind in _TYPES if type_ in held), "text")
        # What kinds there are is the folder's to say, and the API's description is the same for all folders.
        listed = vocabulary(table, name) if name not in references and name not in kinds else ()
        fields.append(Field(name, declared.description or "", kind, listed, own=True))
    return tuple(sorted(fields, key=lambda field: field.name != table.key))


_TYPES: Final = ((Toll, "tolls"), (tuple, "texts"), (PartialDate, "date"), (float, "number"), (int, "integer"))


def held_types(annotation: Any) -> set[Any]:
    """Return the types that a column may hold, and that a list of it does; what they are annotated with is none."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return set()
    if origin is Annotated:
        return held_types(args[0])
    return {origin or annotation}.union(*map(held_types, args))


def json_value(value: Any) -> Value:
    """Return a table's cell as JSON has it."""
    match value:
        case None | "" | PartialDate():
            return value.text if value else None
        case bool() | np.bool_():
            return bool(value)
        case float() | np.floating():
            return None if np.isnan(value) else float(value)
        case int() | np.integer():
            return int(value)
        case tuple():
            return [toll._asdict() if isinstance(toll, Toll) else str(toll) for toll in value]
        case _:
            return str(value)


def cell(value: Value) -> str:
    """Return a value as the data's own files write it: lists with ``;``, tolls as ``army 3; rebels 20+``."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return "; ".join(_parts(value))
        case float():
            return repr(value)
        case _:
            return str(value)


def _parts(values: Iterable[Any]) -> Iterable[str]:
    for value in values:
        if isinstance(value, dict):
            low, high = value["low"], value["high"]
            number = f"{low}+" if high is None else f"{low}" if low == high else f"{low}-{high}"
            yield f"{value['force']} {number}"
        else:
            yield str(value)
