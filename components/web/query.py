"""What a request asks for: its View, or a refusal that names what is wrong in the query and what may stand there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from components.catalog.catalog import Catalog
from components.view.link import read_link
from components.view.view import FIELDS, Fault, View

MAX_QUERY: Final = 8_000
"""Characters of a query string; a view with every filter set is a tenth of it."""
KEYS: Final = tuple(field.key for field in FIELDS)
_MOST_NAMED: Final = 50
"""How many of the values that a key may have a refusal names."""


@dataclass(frozen=True, slots=True)
class BadQueryError(Exception):
    """A query that cannot be answered as it stands."""

    faults: tuple[Fault, ...]


def params_of(request: Request) -> Mapping[str, Sequence[str]]:
    """Return a request's query as repeatable values by key."""
    return {key: request.query_params.getlist(key) for key in request.query_params}


def view_of(request: Request, catalog: Catalog, own: Iterable[str] = ()) -> View:
    """Return the View that a request asks for; ``own`` are the keys that its route knows besides.

    Raise BadQueryError, with all its faults, where a key is unknown or a value does not parse or names nothing: a
    program that misspells a filter must not take all rows for those it asked for.
    """
    params = params_of(request)
    known = (*KEYS, *own)
    unknown = [Fault(key, key, "is no key here", known) for key in params if key not in known]
    view, faults = read_link(params, catalog)
    if unknown or faults:
        raise BadQueryError((*unknown, *faults))
    return view


def refused(faults: Iterable[Fault], status: int = 400) -> Response:
    """Return the answer to a bad query as JSON: each fault with its key, its value, what is wrong and what may be."""
    return JSONResponse({"error": "bad query", "faults": [_told(fault) for fault in faults]}, status)


def refused_as_text(faults: Iterable[Fault]) -> Response:
    """Return the answer to a bad query for people."""
    return PlainTextResponse("\n".join(_sentence(fault) for fault in faults), 400)


def _told(fault: Fault) -> dict[str, Any]:
    told: dict[str, Any] = {"key": fault.key, "value": fault.value[:200], "what": fault.what}
    if fault.allowed:
        told["allowed"] = list(fault.allowed[:_MOST_NAMED])
    if fault.form:
        told["form"] = fault.form
    return told


def _sentence(fault: Fault) -> str:
    may = ", ".join(fault.allowed[:_MOST_NAMED]) or fault.form
    return f"{fault.key}: “{fault.value[:200]}” {fault.what}" + (f"; use {may}" if may else "")
