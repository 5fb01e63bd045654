"""What the API answers: each shape is declared once, made by api.py and described by openapi.py."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from components.view.provenance import Provenance

Schema = dict[str, Any]
"""A JSON Schema."""

Address = Annotated[str, Field(json_schema_extra={"format": "uri"})]
Count = Annotated[int, Field(ge=0)]


class Answer(BaseModel):
    """A JSON object that has its fields, in their order, and no others."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    def content(self) -> dict[str, Any]:
        """Return it as JSON has it; a field that may be left out, and was, is not in it."""
        return self.model_dump(exclude_unset=True)


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
    total: Count
    """rows on all pages"""
    page: Count
    """the number of this one, from 1"""
    pages: Count
    """how many there are"""
    size: Count
    """rows a page"""
    next: Annotated[str | None, Field(json_schema_extra={"format": "uri"})]
    """the next page; null after the last"""
    rows: Sequence[Mapping[str, Any]]


class One(Answer):
    """A row, with its sources in full."""

    laydown: Provenance
    row: Mapping[str, Any]
    source_rows: Sequence[Mapping[str, Any]]


class Fault(Answer):
    """What is wrong in a query."""

    key: str
    """the key of the query that is wrong"""
    value: str
    """its value, or the beginning of it"""
    what: str
    """what is wrong with it"""
    allowed: Sequence[str] = ()
    """what may stand there, or some of it"""
    form: str = ""
    """what may stand there, where it cannot be listed"""


class Error(Answer):
    """Why there is no other answer; a fault for each thing that is wrong in the query."""

    error: str
    faults: Sequence[Fault]


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
