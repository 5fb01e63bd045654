"""What a request asks for: its View, or a refusal that names what is wrong in the query and what may stand there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from components.catalog.catalog import Catalog
from components.view.link import read_link
from components.view.view import FIELDS, Fault, Params, View
from components.web import answers

MAX_QUERY: Final = 8_000
"""Characters of a query string; a view with every filter set is a tenth of it."""
KEYS: Final = tuple(field.key for field in FIELDS)
UNREADABLE: Final = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd"
"""What no value holds, as the inside of a regular expression's brackets: control characters, and what bytes that are
not UTF-8 are read as. Such a search would find nothing, and its asker never know why."""
_UNREADABLE: Final = re.compile(f"[{UNREADABLE}]")
_REPEATABLE: Final = frozenset(field.key for field in FIELDS if field.repeatable)
_MOST_NAMED: Final = 50
"""How many of the values that a key may have a refusal names."""


@dataclass(frozen=True, slots=True)
class BadQueryError(Exception):
    """A query that cannot be answered as it stands."""

    faults: tuple[Fault, ...]


def pairs_of(request: Request) -> list[tuple[str, str]]:
    """Return a request's query as keys and values in their order. Bytes that stand as they are, are UTF-8 too."""
    return parse_qsl(request.scope["query_string"].decode(errors="replace"), keep_blank_values=True)


def params_of(request: Request) -> Params:
    """Return a request's query as repeatable values by key."""
    params: dict[str, list[str]] = {}
    for key, text in pairs_of(request):
        params.setdefault(key, []).append(text)
    return params


def own_params(request: Request) -> Params:
    """Return the keys of a View that a request has; tracking parameters that sites and chats add are ignored."""
    return {key: texts for key, texts in params_of(request).items() if key in KEYS}


def view_of(request: Request, catalog: Catalog, own: Iterable[str] = ()) -> View:
    """Return the View that a request asks for; ``own`` are the keys of its route. See ``view_asked``."""
    return view_asked(params_of(request), catalog, own)


def view_asked(params: Params, catalog: Catalog, own: Iterable[str] = ()) -> View:
    """Return the View that a query asks for; ``own`` are the keys that it may have besides.

    Raise BadQueryError, with all its faults, where a key is unknown or stands twice and may not, or a value does not
    parse or names nothing: a program that misspells a filter must not take all rows for those it asked for.
    """
    keys = (*KEYS, *own)
    # Without the route's own keys: a link that says no more than its step means the step's own view.
    asked = {key: texts for key, texts in params.items() if key in KEYS}
    view, wrong = read_link(asked, catalog)
    faults = [Fault(key, key, "is no key here", keys) for key in params if key not in keys]
    faults += [
        Fault(key, texts[-1], "stands here a second time", form="one value")
        for key, texts in params.items()
        if key in keys and key not in _REPEATABLE and len(texts) > 1
    ]
    faults += wrong
    faulty = {fault.key for fault in faults}
    what = "holds a control character, or bytes that are not UTF-8"
    faults += [
        Fault(key, text, what, form="text in UTF-8")
        for key, texts in asked.items()
        for text in texts
        if key not in faulty and _UNREADABLE.search(text)
    ]
    if faults:
        raise BadQueryError(tuple(faults))
    return view


def bad_query(faults: Iterable[Fault], status: int = 400) -> Response:
    """Return the answer to a bad query as JSON: each fault with its key, its value, what is wrong and what may be."""
    error = answers.Error(error="bad query", faults=[_answer(fault) for fault in faults])
    return answers.AnswerResponse(error, status)


def bad_query_as_text(faults: Iterable[Fault]) -> Response:
    """Return the answer to a bad query for people."""
    return PlainTextResponse("\n".join(_sentence(fault) for fault in faults), 400)


def _answer(fault: Fault) -> answers.Fault:
    may: dict[str, Any] = {}
    if fault.allowed:
        may["allowed"] = fault.allowed[:_MOST_NAMED]
    if fault.form:
        may["form"] = fault.form
    return answers.Fault(key=fault.key, value=fault.value[:200], what=fault.what, **may)


def _sentence(fault: Fault) -> str:
    may = ", ".join(fault.allowed[:_MOST_NAMED]) or fault.form
    return f"{fault.key}: “{fault.value[:200]}” {fault.what}" + (f"; use {may}" if may else "")
