"""A link is read in the browser of a static site as the server reads it."""

from urllib.parse import parse_qs, urlencode

import pytest

from components.map.protocol import command
from components.site.reader import ABSENT, HELD, KINDS, link_reader, step_names
from components.view.link import outdated, read_link
from components.view.view import FIELDS
from tests.curated import CATALOG
from tests.node import answer

LINKS = [
    "",
    "from=2026-02-01&to=2026-02-28",
    "from=2026-02-30",
    "from=2026-02&to=1899-12-31",
    "from=2026-03-01&to=2026-02-01",
    "to=2000-01-01",
    "kind=attack&kind=battle&kind=attack&kind=parade&country=Syria&confidence=high",
    "disputed=only&force=us&alike=1&show=changes&lang=ar&compare=50",
    "compare=101&alike=2&lang=fr&show=all&disputed=none",
    "q=al-Tanf&sel=site:al-tanf&tab=selected&map=8.5/34.6/38.3",
    f"q={'x' * 201}",
    "sel=incident:palmyra-attack-2025-12-13",
    "sel=movement:al-tanf-to-jordan-2026-01",
    "sel=site:atlantis&map=x",
    "map=20/34/38",
    "map=8/34",
    "box=35.5,29,-178.25,37.125",
    "box=35,29,46",
    "box=35,29,181,37",
    "box=35,40,46,37",
    "box=1e1,0,20,+3",
    "sel=site:al-tanf:more",
    "step=al-tanf-withdrawal/2",
    "step=al-tanf-withdrawal/2&map=9/33.42/38.66&lang=ar",
    "step=al-tanf-withdrawal/2&from=2025-01-01",
    "step=al-tanf-withdrawal/99",
    "step=constructor",
    "data=0123456789ab",
    "data=abc",
    "order=oldest&back=posture&method=confidence",
    "method=nothing",
    f"kind={'y' * 60}",
]


def test_links_are_read_alike() -> None:
    found = answer("site_answers.js", {"ask": "links", "reader": link_reader(CATALOG), "queries": LINKS})
    for query, read in zip(LINKS, found, strict=True):
        params = parse_qs(query, keep_blank_values=True)
        view, faults = read_link(params, CATALOG)
        expected = dict(command(CATALOG, view, ""))
        # Which spelling is looked for only a server knows.
        camera = expected["camera"]
        expected |= {"camera": list(camera) if camera else None}
        assert {**read["command"], "link": ""} == {**_plain(expected), "link": ""}, query
        newer = outdated(CATALOG, view)
        assert read["notices"] == [*(fault.notice for fault in faults), *([newer] if newer else [])], query


def _plain(values: dict[str, object]) -> dict[str, object]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()} | {
        "facets": {key: list(chosen) for key, chosen in values["facets"].items()}  # type: ignore[attr-defined]
    }


@pytest.mark.parametrize("query", ["known=2026-02-10", "base=osm", "tab=posture", "tab=table"])
def test_what_a_static_site_has_not_is_told(query: str) -> None:
    [read] = answer("site_answers.js", {"ask": "links", "reader": link_reader(CATALOG), "queries": [query]})
    key, _, value = query.partition("=")
    assert read["notices"] == [f"The link's {key} “{value}” {ABSENT}, so it is ignored."]
    assert read["kept"] == ""


def test_every_key_of_the_link_is_known() -> None:
    keys = link_reader(CATALOG)["keys"]
    assert [key["key"] for key in keys] == [field.key for field in FIELDS]
    countable = {field.key for field in FIELDS if field.allowed}
    assert {*KINDS} == {field.key for field in FIELDS} - countable
    assert {*HELD} <= countable
    assert urlencode({"step": step_names(CATALOG)[0]})
