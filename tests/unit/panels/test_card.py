from dataclasses import replace
from datetime import date

import pytest

from components.catalog.served import open_catalog
from components.catalog.tables import NO_DOCUMENT, ROW_TABLES
from components.panels.card import card
from components.panels.elements import EXPLAIN
from components.view.on_view import on_view
from components.view.sourcing import NO_ADDRESS, UNSOURCED, sourcing
from components.view.view import SELECTABLE, View, default_view

HOSTILE = "</script><img src=x onerror=alert(1)>`${alert(1)}` <a href='javascript:x'>"


def rows(catalog, kind: str) -> list[str]:
    return [f"{kind}:{id_}" for id_ in catalog.tables[ROW_TABLES[kind]]["id"]]


def attributes_of(node) -> list[dict]:
    if isinstance(node, str):
        return []
    _, attributes, *children = node
    return [attributes, *(inner for child in children for inner in attributes_of(child))]


def links(node) -> list[str]:
    return [attributes["href"] for attributes in attributes_of(node) if "href" in attributes]


def acts(node) -> list[list[str]]:
    return [attributes["act"] for attributes in attributes_of(node) if "act" in attributes]


def card_text(texts_of, catalog, row: str, view: View | None = None) -> str:
    return "\n".join(texts_of([card(on_view(catalog, view or default_view(catalog)), row)]))


@pytest.mark.e2e
@pytest.mark.parametrize("kind", SELECTABLE)
def test_every_row_has_a_card_that_the_browser_can_build(curated, texts_of, kind: str) -> None:
    shown = on_view(curated, default_view(curated))
    frame = curated.tables[ROW_TABLES[kind]]
    for row, id_ in zip(rows(curated, kind), frame["id"], strict=True):
        built = card(shown, row)
        texts = texts_of([built])
        record = frame.loc[id_]
        assert record["name" if kind == "site" else "title"] in texts
        cited = curated.sources.loc[list(record["sources"])]
        documents = cited[cited["kind"] != NO_DOCUMENT]
        assert set(documents["title"]) <= set(texts)
        assert {url for url in documents["url"] if url} <= set(links(built))
        assert (NO_ADDRESS in texts) >= any(not url for url in documents["url"])
        assert (UNSOURCED.capitalize() in texts) >= (len(documents) < len(cited))
        assert not {"memory", "Laydown curators"} & set(texts)
        assert all(link.startswith(("https://", "http://")) for link in links(built))
        assert not {"None", "nan", "NaT"} & set(texts), row
        assert not any("nan km" in text for text in texts), row
        if record["summary"]:
            assert record["summary"] in texts


@pytest.mark.e2e
@pytest.mark.parametrize("kind", SELECTABLE)
def test_what_a_card_offers_to_select_exists(curated, kind: str) -> None:
    for row in rows(curated, kind):
        for verb, target in acts(card(on_view(curated, default_view(curated)), row)):
            if verb == EXPLAIN:
                assert target in curated.method.ids
                continue
            assert verb == "select"
            other, _, id_ = target.partition(":")
            assert id_ in curated.tables[ROW_TABLES[other]].index


@pytest.mark.parametrize("kind", SELECTABLE)
def test_rival_claims_stand_on_the_card_side_by_side(curated, texts_of, kind: str) -> None:
    claims = curated.claims[curated.claims["row"].str.startswith(f"{kind}:")]
    assert len(claims)
    for row, sides in claims.groupby("row"):
        texts = texts_of([card(on_view(curated, default_view(curated)), row)])
        for side in sides.itertuples(index=False):
            assert {side.topic, side.value} <= set(texts)
            assert {text for text in (side.claimant, side.note) if text} <= set(texts)


def sides_of(node) -> list[list]:
    """The sides of a card's disagreements: the children of each list of sides."""
    if isinstance(node, str):
        return []
    _, attributes, *children = node
    own = [children] if attributes.get("class") == "sides" else []
    return own + [inner for child in children for inner in sides_of(child)]


@pytest.mark.e2e
@pytest.mark.parametrize("kind", SELECTABLE)
def test_no_side_stands_alone_and_each_tells_its_sources_with_kind_and_date(curated, texts_of, kind: str) -> None:
    for row in rows(curated, kind):
        built = card(on_view(curated, default_view(curated)), row)
        claimed = (curated.claims["row"] == row).any()
        assert bool(sides_of(built)) >= bool(claimed)
        assert ("Sources disagree" in "".join(texts_of([built]))) == bool(sides_of(built))
        for sides in sides_of(built):
            assert len(sides) >= 2, row
            for side in sides:
                texts = texts_of([side])
                claims = curated.claims[curated.claims["value"] == texts[0]].itertuples()
                claim = next(claim for claim in claims if claim.claimant in texts)
                told = sourcing(curated, claim.sources)
                assert {*told.publishers, *(source.kind for source in told.sources)} <= set(texts)
                assert (UNSOURCED in texts) == told.unsourced


def test_where_only_one_side_speaks_of_a_row_its_rivals_are_told_with_theirs(curated, texts_of) -> None:
    built = card(on_view(curated, default_view(curated)), "incident:al-tanf-withdrawal-2026-02-11")
    [sides] = sides_of(built)
    assert [texts_of([side])[0] for side in sides] == ["11 February 2026", "12 February 2026"]
    assert ["select", "incident:al-tanf-handover-2026-02-12"] in acts(sides[1])
    assert acts(sides[0]) == []


def test_claims_on_who_held_a_site_and_how_many_were_there_stand_on_its_card(catalog_of, texts_of) -> None:
    catalog = catalog_of(
        sites=[{"id": "base"}],
        presence=[{"id": "held", "site": "base", "force": "us", "start": "2020", "end": "2021"}],
        strengths=[{"id": "count", "site": "base"}],
        claims=[
            {"id": "a", "topic": "The end", "row": "presence:held", "value": "2021"},
            {"id": "b", "topic": "The end", "row": "presence:held", "value": "2022"},
            {"id": "c", "topic": "How many", "row": "strength:count", "field": "high", "value": "Ten"},
            {"id": "d", "topic": "How many", "row": "strength:count", "field": "low", "value": "Two"},
        ],
    )
    texts = texts_of([card(on_view(catalog, default_view(catalog)), "site:base")])
    assert {"The end", "2021", "2022", "How many", "Ten", "Two"} <= set(texts)
    assert any("sources disagree" in text for text in texts), "the chart's bar says so too"


def test_each_incident_and_movement_of_a_site_counts_its_sources(curated, texts_of) -> None:
    texts = texts_of([card(on_view(curated, default_view(curated)), "site:al-tanf")])
    for frame in (
        curated.incidents[curated.incidents["site"] == "al-tanf"],
        curated.movements[curated.movements["origin"] == "al-tanf"],
    ):
        assert len(frame)
        for row in frame.itertuples():
            told = texts[texts.index(row.title) + 1]
            rests = sourcing(curated, row.sources)
            assert told == UNSOURCED.capitalize() or (rests.publishers[0] in told and rests.counted in told)


@pytest.mark.e2e
def test_a_sites_card_lists_all_that_is_known_of_it(curated, texts_of) -> None:
    for site in curated.sites["id"]:
        texts = texts_of([card(on_view(curated, default_view(curated)), f"site:{site}")])
        held = curated.presence[curated.presence["site"] == site]
        assert {note for note in held["note"] if note} <= set(texts)
        assert set(curated.forces.loc[list(held["force"]), "name"]) <= set(texts)
        happened = curated.incidents[curated.incidents["site"] == site]
        assert set(happened["title"]) <= set(texts)
        ends = (curated.movements["origin"] == site) | (curated.movements["destination"] == site)
        assert set(curated.movements[ends]["title"]) <= set(texts)


@pytest.mark.parametrize("kind", SELECTABLE)
def test_hostile_text_stays_text(catalog_of, texts_of, kind: str) -> None:
    plain = HOSTILE.replace(";", "")
    catalog = catalog_of(
        sources=[{"id": "wire", "publisher": plain, "title": plain, "note": plain}],
        forces=[{"id": "us", "name": plain}],
        kinds=[{"id": "attack", "label": plain}],
        sites=[
            {
                "id": "row",
                "name": plain,
                "name_ar": plain,
                "aliases": plain,
                "country": plain,
                "admin1": plain,
                "summary": plain,
                "precision": "district",
            }
        ],
        presence=[{"id": "p", "site": "row", "force": "us", "role": plain, "note": plain}],
        incidents=[
            {"id": "row", "title": plain, "site": "row", "forces": "us", "killed": "us 3", "summary": plain},
            {"id": "elsewhere", "title": plain, "place": plain},
        ],
        movements=[
            {
                "id": "row",
                "title": plain,
                "origin": "row",
                "destination": plain,
                "what": plain,
                "unit": plain,
                "low": "1",
                "summary": plain,
            }
        ],
        strengths=[{"id": "s", "site": "row", "note": plain}],
        claims=[
            {"id": f"c-{row}", "row": f"{row}:row", "topic": plain, "value": plain, "claimant": plain, "note": plain}
            for row in SELECTABLE
        ],
        places=[{"query": plain}],
    )
    view = View(*[default_view(catalog).end] * 2)
    built = card(on_view(catalog, view), f"{kind}:row")
    texts = texts_of([built])
    assert texts.count(plain) >= 5
    assert links(built)
    assert set(links(built)) == {"https://example.org/report"}
    # In attributes there is nothing of the data but addresses, and the ids that a press sends.
    assert "alert" not in repr(attributes_of(built))


def test_a_source_without_an_address_is_named_without_a_link(catalog_of, texts_of) -> None:
    catalog = catalog_of(sources=[{"id": "wire", "title": "Memory", "url": ""}], sites=[{"id": "base"}])
    built = card(on_view(catalog, default_view(catalog)), "site:base")
    texts = texts_of([built])
    assert "Memory" in texts
    assert NO_ADDRESS in texts
    assert links(built) == []


@pytest.mark.parametrize(
    ("table", "cells", "told"),
    [
        ("incidents", {"start": "2026-02"}, "day is not known"),
        ("incidents", {"place": "Nowhere", "site": ""}, "not located"),
        ("incidents", {"killed": "us 3; sdf 20+"}, "Force 3, SDF 20 or more"),
        ("movements", {"low": "100", "high": "200", "unit": "people"}, "100–200 people"),
        ("movements", {"low": "", "high": ""}, "not stated"),
        ("movements", {"moved": "detainees", "what": "IS detainees by air"}, "IS detainees by air"),
        ("movements", {"moved": "equipment", "what": "trucks"}, "equipment: trucks"),
        ("movements", {"moved": "civilians"}, "civilians"),
        ("movements", {}, "troops"),
    ],
)
def test_what_is_unsure_is_told(folder, texts_of, table: str, cells: dict[str, str], told: str) -> None:
    row = {"id": "row", "site": "base"} if table == "incidents" else {"id": "row", "origin": "base"}
    tables = {"sites": [{"id": "base"}], table: [{**row, **cells}]}
    catalog = open_catalog(folder(forces=[{"id": "us"}, {"id": "sdf", "name": "SDF"}], **tables))
    assert told.lower() in card_text(texts_of, catalog, f"{table.removesuffix('s')}:row").lower()


@pytest.mark.parametrize(
    ("cells", "known", "told"),
    [
        ({}, None, True),
        ({"end": "2026-10-20"}, None, False),
        ({"searched": ""}, None, False),
        ({}, date(2026, 10, 9), False),
        ({}, date(2026, 10, 10), True),
    ],
)
def test_a_sites_card_says_up_to_when_a_leaving_was_looked_for(catalog_of, texts_of, cells, known, told) -> None:
    row = {"id": "p", "site": "base", "force": "us", "start": "2026-03", "last_confirmed": "2026-06-26"}
    catalog = catalog_of(sites=[{"id": "base"}], presence=[{**row, "searched": "2026-10-10", **cells}])
    texts = card_text(texts_of, catalog, "site:base", View(date(2026, 1, 1), date(2026, 9, 30), known=known)).split(
        "\n"
    )
    assert ("No report of their leaving was found up to 10 October 2026." in texts) == told
    assert any("(as far as known)" in text for text in texts) == (cells.get("end") is None)


KNOWN = View(date(2025, 12, 1), date(2026, 3, 12), known=date(2026, 2, 10))


def test_as_known_before_the_announcement_no_card_tells_of_it(curated, texts_of) -> None:
    told = card_text(texts_of, curated, "site:al-tanf", KNOWN)
    assert "Syrian Free Army" in told
    for later in ("11 February", "12 February", "took over", "2026-02-1"):
        assert later not in told
    assert "rests on sources of after 10 February 2026" in told
    after = card_text(texts_of, curated, "site:al-tanf", replace(KNOWN, known=date(2026, 3, 12)))
    assert "11 February" in after


@pytest.mark.parametrize("row", ["movement:al-tanf-to-jordan-2026-01", "incident:al-tanf-handover-2026-02-12"])
def test_a_row_that_was_not_public_has_no_card_yet(curated, texts_of, row: str) -> None:
    assert card_text(texts_of, curated, row, KNOWN) == "What is selected was not public yet on 10 February 2026."
    assert len(card_text(texts_of, curated, row, replace(KNOWN, known=None))) > 200


@pytest.mark.parametrize(
    ("row", "places"),
    [
        ("incident:here", {"Where": ["select", "site:base"]}),
        ("incident:there", {"Where": "Elsewhere, Syria"}),
        ("movement:out", {"From": ["select", "site:base"], "To": "Elsewhere, Syria"}),
        ("movement:in", {"From": "Not stated", "To": ["select", "site:base"]}),
    ],
)
def test_a_place_that_is_a_site_selects_it(catalog_of, row: str, places: dict) -> None:
    catalog = catalog_of(
        sites=[{"id": "base", "name": "Base"}],
        incidents=[{"id": "here", "site": "base"}, {"id": "there", "place": "Elsewhere, Syria"}],
        movements=[
            {"id": "out", "origin": "base", "destination": "Elsewhere, Syria"},
            {"id": "in", "destination": "base"},
        ],
        places=[{"query": "Elsewhere, Syria"}],
    )
    facts = next(node for node in card(on_view(catalog, default_view(catalog)), row)[2:] if node[0] == "dl")[2:]
    told = {term[2]: fact[2] for term, fact in zip(facts[::2], facts[1::2], strict=True)}
    for label, place in places.items():
        if isinstance(place, str):
            assert told[label] == place
        else:
            assert told[label] == ["button", {"class": "other", "act": place}, "Base"]
