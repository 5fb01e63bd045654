"""What the API answers: each shape is declared once, made by api.py and described by openapi.py."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, SkipValidation, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema
from starlette.responses import JSONResponse

from components.view.provenance import Provenance

Schema = dict[str, Any]
"""A JSON Schema."""

Address = Annotated[str, Field(json_schema_extra={"format": "uri"})]
Count = Annotated[int, Field(ge=0)]
Row = SkipValidation[Mapping[str, Any]]
"""A row of a resource: its fields are declared in export/resources.py, which openapi.py describes them by."""


class Answer(BaseModel):
    """A JSON object that has its fields, in their order, and no others."""

    # Descriptions stand in Field: to read docstrings pydantic looks through the files of all modules, at each start.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class ResourceLink(Answer):
    """A resource, and where it is."""

    name: str
    doc: str
    url: Address


class Index(Answer):
    """What there is to ask for."""

    laydown: Provenance
    openapi: Address
    feed: Address
    resources: Sequence[ResourceLink]


class Page(Answer):
    """A page of a listing."""

    laydown: Provenance
    total: Count = Field(description="rows on all pages")
    page: Count = Field(description="the number of this one, from 1")
    pages: Count = Field(description="how many there are")
    size: Count = Field(description="rows a page")
    next: str | None = Field(description="the next page; null after the last", json_schema_extra={"format": "uri"})
    rows: Sequence[Row]


class One(Answer):
    """A row, with its sources in full."""

    laydown: Provenance
    row: Row
    source_rows: Sequence[Row]


class Fault(Answer):
    """What is wrong in a query."""

    key: str = Field(description="the key of the query that is wrong")
    value: str = Field(description="its value, or the beginning of it")
    what: str = Field(description="what is wrong with it")
    allowed: Sequence[str] = Field((), description="what may stand there, or some of it")
    form: str = Field("", description="what may stand there, where it cannot be listed")


class Error(Answer):
    """Why there is no other answer; a fault for each thing that is wrong in the query."""

    error: str
    faults: Sequence[Fault]


class AnswerResponse(JSONResponse):
    """An Answer as JSON; a field that may be left out, and was, is not in it."""

    def render(self, content: Any) -> bytes:
        """Return the body. Rows, of which there may be many, are JSON already."""
        text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_fields)
        return text.encode()


def _fields(value: Any) -> Mapping[str, Any]:
    if isinstance(value, Provenance):
        return asdict(value)
    if isinstance(value, Answer):
        return {name: held for name, held in value if name in value.model_fields_set}
    raise TypeError(f"{type(value).__name__} is nothing that JSON has")


def schemas(*answers: type[Answer], refs: str) -> dict[str, Schema]:
    """Return the JSON Schemas of ``answers``, and of what is in them, by name.

    ``refs`` is how they refer to one another: ``#/components/schemas/{model}``.
    """
    types: list[Any] = [(answer, "validation", TypeAdapter(answer)) for answer in answers]
    _, made = TypeAdapter.json_schemas(types, ref_template=refs, schema_generator=_Untitled)
    found: dict[str, Schema] = made["$defs"]
    return {name: {key: value for key, value in schema.items() if key != "title"} for name, schema in found.items()}


class _Untitled(GenerateJsonSchema):
    """Without the titles that pydantic makes of the fields' names."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        return False
