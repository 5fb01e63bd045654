"""The API's description: sound by its own standard, and true of every answer."""

import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.applications import Starlette
from starlette.testclient import TestClient

import components
from components.export.resources import RESOURCES
from components.export.rows import SINGLE
from components.view.view import FIELDS
from components.web import openapi
from components.web.api import routes
from components.web.openapi import OPENAPI, ROOT, document
from components.web.paging import PAGING

BASE = "http://testserver/"
LISTINGS = [f"{ROOT}/{name}" for name in RESOURCES]
SINGLES = [f"{ROOT}/{name}/{{id}}" for name in SINGLE]
PATHS = [ROOT, OPENAPI, "/feed.atom", *LISTINGS, *SINGLES]
UNTOLD = {"from", "to", "known", "sel", "map", "compare", "data", "step", "box"}
"""The keys of which a schema cannot say all: which rows there are, and that an end follows its start."""


@pytest.fixture(scope="module")
def app(root) -> Starlette:
    return Starlette(routes=routes(lambda: root / "data"))


@pytest.fixture(scope="module")
def client(app) -> TestClient:
    return TestClient(app)


@pytest.fixture(scope="module")
def described(client) -> Any:
    return client.get(OPENAPI).json()


@pytest.fixture(scope="module")
def full(counting) -> TestClient:
    """Of data that has rows in each table."""
    return TestClient(Starlette(routes=routes(lambda: counting)))


def checker(described: Any, name: str) -> Draft202012Validator:
    return Draft202012Validator({**described, "$ref": f"#/components/schemas/{name}"})


def test_the_document_is_sound(described) -> None:
    OpenAPIV31SpecValidator(described).validate()


@pytest.mark.parametrize("tables", [{}, {"claims": [{"id": "c", "row": "site:a"}], "sites": [{"id": "a"}]}])
def test_the_document_of_any_data_is_sound_too(catalog_of, tables) -> None:
    catalog = catalog_of(**tables)
    made = document(catalog, BASE)
    OpenAPIV31SpecValidator(made).validate()
    assert ("disputed" in made["components"]["parameters"]) == bool(tables), "nothing to choose, no key"


def test_it_says_what_it_describes(described, curated) -> None:
    assert described["info"]["title"].endswith(curated.dataset.title)
    assert described["info"]["version"] == components.__version__
    assert curated.dataset.licence in described["info"]["license"]["name"]
    assert described["servers"] == [{"url": "http://testserver"}]
    assert set(described["paths"]) == set(PATHS)


def test_every_address_tells_what_it_may_answer(client, described) -> None:
    for path, told in described["paths"].items():
        answers = {"200", "304", "405"}
        answers |= {"400", "414"} if path not in (ROOT, OPENAPI) else set()
        answers |= {"404"} if "{id}" in path else set()
        assert set(told["get"]["responses"]) == answers
        if "{id}" in path:
            example = told["get"]["parameters"][0]["example"]
            assert client.get(path.replace("{id}", example)).status_code == 200


def test_every_key_is_told_with_what_it_may_be(described, curated) -> None:
    told = described["components"]["parameters"]
    assert list(told) == [*(field.key for field in FIELDS), *(count.key for count in PAGING)]
    for field in FIELDS:
        assert told[field.key]["description"].startswith(field.doc)
        assert field.form in told[field.key]["description"]
        schema = told[field.key]["schema"]
        assert (schema["type"] == "array") == field.repeatable
        assert schema.get("items", schema).get("enum") == (field.allowed and list(field.allowed(curated)))
    assert {key for key, one in told.items() if one["schema"].get("format") == "date"} == {"from", "to", "known"}
    assert told["size"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100}


def test_a_key_of_very_many_values_is_told_without_them(catalog_of) -> None:
    many = [{"id": f"f{n}", "name": f"F{n}"} for n in range(openapi.MOST_NAMED + 1)]
    told = document(catalog_of(forces=many), BASE)["components"]["parameters"]
    assert told["force"]["schema"] == {"type": "array", "items": {"type": "string"}}


@pytest.mark.parametrize("name", RESOURCES)
@pytest.mark.parametrize("query", ["from=1900-01-01&to=2100-12-31&size=1000", "known=2026-02-01"])
def test_every_row_is_as_described(full, described, name, query) -> None:
    found = full.get(f"{ROOT}/{name}?{query}").json()
    assert found["rows"]
    checker(described, f"{name.capitalize()}Page").validate(found)
    for row in found["rows"][::20] if name in SINGLE else []:
        one = full.get(f"{ROOT}/{name}/{row['id']}").json()
        checker(described, f"{name.capitalize()}One").validate(one)


@pytest.mark.parametrize(
    ("path", "schema"),
    [("", "Index"), ("/sites?kind=picnic&zz=1&page=0", "Error"), ("/sites/nowhere", "Error"), ("/nowhere", "Error")],
)
def test_the_other_answers_are_as_described(client, described, path, schema) -> None:
    checker(described, schema).validate(client.get(f"{ROOT}{path}").json())


@pytest.mark.parametrize("name", RESOURCES)
def test_a_row_that_lacks_or_adds_a_field_is_not_as_described(full, described, name) -> None:
    row = full.get(f"{ROOT}/{name}").json()["rows"][0]
    rows = checker(described, f"{name.capitalize()}Row")
    assert rows.is_valid(row)
    assert not rows.is_valid({**row, "more": 1})
    for field in row:
        assert not rows.is_valid({key: value for key, value in row.items() if key != field}), field
        assert not rows.is_valid({**row, field: {"no": "such"}}), field


def test_a_listings_keys_are_those_of_the_link_and_of_pages(described) -> None:
    for path, told in described["paths"].items():
        keys = {one["$ref"].rpartition("/")[2] for one in told["get"]["parameters"] if "$ref" in one}
        if path in (ROOT, OPENAPI):
            assert keys == set()
        else:
            paged = {count.key for count in PAGING} if re.fullmatch(rf"{ROOT}/\w+", path) else set()
            assert keys == {field.key for field in FIELDS} | paged


@pytest.fixture(scope="module")
def asked(app) -> Any:
    """Schemathesis' own reading of the document.

    All listings share their keys and what reads them, so that each key's bounds are gone through on one of them.
    """
    import schemathesis  # takes a second, which only who runs this pays
    from schemathesis.checks import load_all_checks

    load_all_checks()
    return schemathesis.openapi.from_asgi(
        OPENAPI,
        app,
        config=schemathesis.Config.from_dict(
            {
                "seed": 7,
                "cache": {"enabled": False},
                "generation": {"deterministic": True, "max-examples": 10, "database": "none"},
                "operations": [
                    {"include-path-regex": f"^{ROOT}/(?!incidents)", "phases": {"coverage": {"enabled": False}}},
                ],
            }
        ),
    )


@pytest.mark.e2e
@pytest.mark.parametrize("path", PATHS)
def test_no_question_is_answered_otherwise_than_described(asked, path) -> None:
    """Whatever schemathesis asks of each address: all its checks but one, which is made exact here.

    That one wants every question that fits the schemas to be answered; a schema does not say which rows there are. What
    is asked is made here, as schemathesis' plugin of pytest would: it makes all when the tests are collected.
    """
    from schemathesis import GenerationMode
    from schemathesis.generation.feedback import NO_FEEDBACK
    from schemathesis.pytest._test_builder import build_operation_test
    from schemathesis.specs.openapi.checks import positive_data_acceptance

    modes = set()

    def ask(case: Any) -> None:
        answer = case.call()
        case.validate_response(answer, excluded_checks=[positive_data_acceptance])
        modes.add(case.meta.generation.mode)
        if case.meta.generation.mode is GenerationMode.POSITIVE and answer.status_code == 400:
            assert {fault["key"] for fault in answer.json()["faults"]} <= UNTOLD

    operation = asked[path]["GET"]
    build_operation_test(
        config=asked.config, operation=operation, test_func=ask, given_kwargs={}, feedback=NO_FEEDBACK
    )()
    assert GenerationMode.POSITIVE in modes
    if operation.query or operation.path_parameters:
        assert GenerationMode.NEGATIVE in modes
