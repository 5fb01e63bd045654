"""The API's description in OpenAPI 3.1, generated from the declarations that the API uses itself."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, get_type_hints

import components
from components.catalog.catalog import Catalog
from components.catalog.tables import SLUG
from components.export.atom import MEDIA_TYPE, NEWEST
from components.export.resources import RESOURCES, Resource
from components.export.rows import SINGLE
from components.view.view import FIELDS, MAX_SEARCH, UrlField, View
from components.web import answers
from components.web.feed import FEED
from components.web.paging import PAGING, Count
from components.web.query import KEYS, MAX_QUERY, UNREADABLE

Node = dict[str, Any]
"""A part of the document."""

ROOT: Final = "/api/v1"
OPENAPI: Final = f"{ROOT}/openapi.json"
MOST_NAMED: Final = 50
"""How many values a key may have for the document to list them."""

_TEXT: Final[Node] = {"type": "string"}
_ERRORS: Final[Mapping[str, str]] = {"400": "BadQuery", "404": "NotFound", "405": "NotRead", "414": "TooLong"}
"""The errors' descriptions among the document's components, by status."""


def document(catalog: Catalog, base: str) -> Node:
    """Return the OpenAPI document of the API over ``catalog`` at ``base``, the page's address."""
    dataset = catalog.dataset
    info: Node = {
        "title": f"Laydown: {dataset.title}",
        "version": components.__version__,
        "description": (
            "What the page shows, as JSON. The query keys are those of the page's link: what a link shows, the same "
            "query asks for here. A key that is not known, or a value that names nothing, is refused with what may "
            "stand there, never ignored. All answers may be read from pages of any origin, and carry an ETag that "
            "changes only with the data, the program or the address."
        ),
    }
    if dataset.licence:
        info["license"] = {"name": f"Data: {dataset.licence}"}
    parameters = {field.key: _parameter(field, catalog) for field in FIELDS if _possible(field, catalog)}
    parameters |= {count.key: _count(count) for count in PAGING}
    paging = [_ref("parameters", count.key) for count in PAGING]
    view = [_ref("parameters", key) for key in KEYS if key in parameters]
    paths: Node = {
        ROOT: _path("index", "What there is to ask for.", [], _json("The resources.", _ref("schemas", "Index")), ()),
        OPENAPI: _path("openapi", "This document.", [], _json("The document.", {"type": "object"}), ()),
    }
    for resource in RESOURCES.values():
        name = resource.name
        page = _json("A page of the listing.", _ref("schemas", _type(name, "Page")))
        paths[f"{ROOT}/{name}"] = _path(f"list_{name}", resource.doc, [*view, *paging], page, ("400", "414"))
        if name in SINGLE:
            doc = (
                f"One of the {name}, told as of the view's window. Neither that nor a filter hides it; only known does."
            )
            one = _json("The row, and its sources in full.", _ref("schemas", _type(name, "One")))
            keys = [_id(catalog, name), *view]
            paths[f"{ROOT}/{name}/{{id}}"] = _path(f"get_{name}", doc, keys, one, ("400", "404", "414"))
    doc = (
        f"The newest {NEWEST} incidents and movements as an Atom feed (RFC 4287). Without from and to it is of all "
        "days, not of the window that the page begins with."
    )
    feed = {"description": "The feed.", "content": {MEDIA_TYPE: {"schema": _TEXT}}}
    paths[FEED] = _path("feed", doc, view, feed, ("400", "414"))
    return {
        "openapi": "3.1.0",
        "info": info,
        "servers": [{"url": base.rstrip("/")}],
        "paths": paths,
        "components": {
            "schemas": _schemas(),
            "parameters": parameters,
            "responses": _responses(),
            "headers": _headers(),
        },
    }


def _path(operation: str, doc: str, parameters: Sequence[Node], found: Node, errors: Sequence[str]) -> Node:
    """Return the description of an address that is read; HEAD answers as GET does, without the body."""
    answers = {
        "200": {**found, "headers": {name: _ref("headers", name) for name in _headers()}},
        "304": _ref("responses", "Unchanged"),
        **{status: _ref("responses", _ERRORS[status]) for status in sorted((*errors, "405"))},
    }
    return {"get": {"operationId": operation, "summary": doc, "parameters": [*parameters], "responses": answers}}


def _possible(field: UrlField, catalog: Catalog) -> bool:
    """Return whether there is any value that a key may have: no claims, and nothing is disputed."""
    return field.allowed is None or bool(field.allowed(catalog))


def _parameter(field: UrlField, catalog: Catalog) -> Node:
    doc = ": ".join(part for part in (field.doc, field.form) if part)
    schema = _value(field, catalog)
    if not field.repeatable:
        return {"name": field.key, "in": "query", "description": doc, "schema": schema}
    several = {"type": "array", "items": schema}
    return {
        "name": field.key,
        "in": "query",
        "description": f"{doc}. May be repeated: any of them.",
        "schema": several,
        "style": "form",
        "explode": True,
    }


def _value(field: UrlField, catalog: Catalog) -> Node:
    """Return the schema of a key's value, by what the View holds of it."""
    allowed = field.allowed(catalog) if field.allowed else ()
    held = get_type_hints(View)[field.field]
    if 0 < len(allowed) <= MOST_NAMED:
        return {"type": "string", "enum": list(allowed)}
    if held in (date, date | None):
        return {"type": "string", "format": "date"}
    if field.field == "search":
        return {"type": "string", "maxLength": MAX_SEARCH, "pattern": f"^[^{UNREADABLE}]*$"}
    return dict(_TEXT)


def _count(count: Count) -> Node:
    schema = {"type": "integer", "minimum": 1, "maximum": count.most, "default": count.default}
    return {"name": count.key, "in": "query", "description": count.doc, "schema": schema}


def _id(catalog: Catalog, name: str) -> Node:
    parameter: Node = {"name": "id", "in": "path", "required": True, "description": f"id of one of the {name}"}
    parameter["schema"] = {"type": "string", "pattern": SLUG, "maxLength": 100}
    ids = catalog.tables[name].index
    return {**parameter, "example": str(ids[-1])} if len(ids) else parameter


def _schemas() -> Node:
    """Return the schemas of what answers.py declares; a listing's page and a row in one for each resource."""
    made = answers.schemas(answers.Index, answers.Page, answers.One, answers.Error, refs="#/components/schemas/{model}")
    page, one = made.pop("Page"), made.pop("One")
    for resource in RESOURCES.values():
        name = resource.name
        row = _ref("schemas", _type(name, "Row"))
        made[_type(name, "Row")] = _row(resource)
        made[_type(name, "Page")] = _with(page, rows={"type": "array", "items": row})
        if name in SINGLE:
            sources = {"type": "array", "items": _ref("schemas", _type("sources", "Row"))}
            made[_type(name, "One")] = _with(one, row=row, source_rows=sources)
    return made


def _row(resource: Resource) -> Node:
    """Return the schema of a resource's rows: all fields of each are there, and no others."""
    fields = {field.name: field.schema for field in resource.fields}
    return {
        "type": "object",
        "description": resource.doc,
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def _with(schema: Node, **properties: Node) -> Node:
    """Return an object's schema with some of its properties described anew."""
    return {**schema, "properties": {**schema["properties"], **properties}}


def _responses() -> Node:
    error = _ref("schemas", "Error")
    allow = {"description": "the methods that are", "schema": _TEXT}
    return {
        "Unchanged": {
            "description": "What If-None-Match names is still so.",
            "headers": {"ETag": _ref("headers", "ETag")},
        },
        "BadQuery": _json("Something in the query is not understood: each fault with what may stand there.", error),
        "NotFound": _json("There is none, or as known on the day asked for there was none yet.", error),
        "NotRead": {**_json("The method is not for reading.", error), "headers": {"Allow": allow}},
        "TooLong": {
            "description": f"The query is longer than {MAX_QUERY:,} characters.",
            "content": {"text/plain": {"schema": _TEXT}},
        },
    }


def _headers() -> Node:
    return {
        "ETag": {"description": "changes with the data, the program or the address", "schema": _TEXT},
        "Cache-Control": {"description": "to be asked for again each time", "schema": _TEXT},
        "Access-Control-Allow-Origin": {"description": "any origin's pages may read", "schema": {"const": "*"}},
    }


def _json(description: str, schema: Node) -> Node:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _ref(kind: str, name: str) -> Node:
    return {"$ref": f"#/components/{kind}/{name}"}


def _type(name: str, what: str) -> str:
    """Return a schema's name: SitesRow, SitesPage."""
    return f"{name.capitalize()}{what}"
