from dataclasses import replace
from datetime import date

import pytest

from components.panels import disputes as panel
from components.panels.card import card
from components.panels.claims import claimed_row
from components.panels.disputes import disputes
from components.view.claims import ASPECTS, aspect, disagreements, rows_of_site
from components.view.on_view import on_view
from components.view.sourcing import UNSOURCED, sourcing
from components.view.view import View, default_view

VIEW = View(date(2026, 1, 1), date(2026, 3, 31))


@pytest.fixture(scope="module")
def rivals(catalog_of):
    """One disagreement about a row of each kind."""
    return catalog_of(
        sites=[{"id": "base", "name": "Base"}, {"id": "farm", "name": "Farm", "country": "Iraq"}],
        presence=[{"id": "held", "site": "base", "force": "us", "start": "2020", "end": "2021"}],
        incidents=[{"id": "raid", "title": "Raid", "site": "base", "start": "2026-02-01"}],
        movements=[{"id": "out", "title": "Out", "origin": "base", "start": "2026-02-11"}],
        strengths=[
            {"id": "there", "site": "base", "date": "2020"},
            {"id": "in-all", "country": "Syria", "date": "2026-02"},
        ],
        claims=[
            {
                "id": f"{row.replace(':', '-')}-{side.split()[0].lower()}",
                "topic": topic,
                "row": row,
                "field": field,
                "value": side,
            }
            for topic, row, field in (
                ("Which country", "site:farm", "country"),
                ("Until when", "presence:held", "end"),
                ("Who raided", "incident:raid", "forces"),
                ("How many left", "movement:out", "high"),
                ("How many there", "strength:there", "high"),
                ("How many in all", "strength:in-all", "low"),
            )
            for side in ("One side", "Other side")
        ],
    )


def near(catalog, view: View) -> set[str]:
    return {topic for topic, *_ in disagreements(on_view(catalog, view))[0]}


ALL = {"Which country", "Until when", "Who raided", "How many left", "How many there", "How many in all"}


@pytest.mark.parametrize(
    ("changed", "absent"),
    [
        ({}, set()),
        ({"end": date(2026, 2, 10)}, {"How many left"}),
        ({"start": date(2026, 2, 2)}, {"Who raided"}),
        ({"start": date(2026, 3, 1)}, {"Who raided", "How many left", "How many in all"}),
        ({"country": ("Iraq",)}, ALL - {"Which country"}),
        ({"country": ("Syria",)}, {"Which country"}),
        ({"force": ("us",)}, ALL - {"How many left", "How many in all"}),
        ({"force": ("sdf",)}, ALL),
        ({"confidence": ("low",)}, ALL - {"How many in all"}),
        ({"search": "farm"}, ALL - {"Which country"}),
        ({"disputed": True}, {"How many in all"}),
    ],
)
def test_a_disagreement_is_on_view_where_a_row_of_it_is(rivals, changed, absent: set[str]) -> None:
    view = replace(VIEW, **changed)
    assert near(rivals, view) == ALL - absent
    shown, others = disagreements(on_view(rivals, view))
    assert {topic for topic, *_ in others} == absent
    assert sum(len(claims) for *_, claims in shown + others) == len(rivals.claims)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("site:base", ("Base", "site:base")),
        ("incident:raid", ("Raid", "incident:raid")),
        ("movement:out", ("Out", "movement:out")),
        ("presence:held", ("United States, Base", "site:base")),
        ("strength:there", ("United States, Base, 2020", "site:base")),
        ("strength:in-all", ("United States, Syria, February 2026", "")),
    ],
)
def test_a_row_that_claims_are_about_has_a_name_and_where_it_has_one_a_card(rivals, row: str, told) -> None:
    assert claimed_row(rivals, row) == told


def test_a_sites_claims_are_those_on_who_held_it_and_how_many_too(rivals) -> None:
    assert rows_of_site(rivals, "base") == {"site:base", "presence:held", "strength:there"}
    assert rows_of_site(rivals, "farm") == {"site:farm"}


def test_every_column_that_is_in_dispute_is_called_by_what_it_is_about(curated) -> None:
    assert set(curated.claims["field"]) <= set(ASPECTS)
    assert {aspect(claim) for claim in curated.claims.itertuples()} <= {*ASPECTS.values(), "what it is"}


@pytest.fixture
def drawn(texts_of):
    """The texts and the presses of the panel."""

    def draw(catalog, view: View) -> tuple[list[str], list[list[str]]]:
        kept = list(disputes(on_view(catalog, view)).nodes)
        return texts_of(kept), [act for node in kept for act in acts(node)]

    return draw


def acts(node) -> list[list[str]]:
    if isinstance(node, str):
        return []
    _, attributes, *children = node
    own = [attributes["act"]] if "act" in attributes else []
    return own + [act for child in children for act in acts(child)]


def test_the_panel_counts_and_lists_all_disagreements_with_their_sides_and_sources(curated, drawn) -> None:
    view = default_view(curated)
    texts, presses = drawn(curated, view)
    topics = set(curated.claims["topic"])
    shown = near(curated, view)
    assert 0 < len(shown) < len(topics)
    assert texts[0] == f"{len(topics)} disagreements, {len(shown)} on view"
    assert topics <= set(texts)
    assert set(curated.claims["value"]) <= set(texts)
    assert {text for text in curated.claims["claimant"] if text} <= set(texts)
    told = sourcing(curated, [source for row in curated.claims["sources"] for source in row])
    assert {*told.publishers, *(source.kind for source in told.sources)} <= set(texts)
    assert (UNSOURCED in texts) == told.unsourced
    elsewhere = texts.index("Elsewhere in the data")
    assert all((texts.index(topic) < elsewhere) == (topic in shown) for topic in topics)
    offered = {row for _, row in presses}
    for row in curated.claims["row"].unique():
        assert claimed_row(curated, row)[1] in {*offered, ""}


@pytest.mark.parametrize(
    ("view", "heading"),
    [
        (VIEW, "6 disagreements, all on view"),
        (replace(VIEW, force=("sdf",)), "6 disagreements, 0 on view"),
    ],
)
def test_its_heading_says_how_many_are_on_view(rivals, drawn, view: View, heading: str) -> None:
    assert drawn(rivals, view)[0][0] == heading


def test_a_card_names_its_other_rows_and_leads_only_away_from_itself(rivals, texts_of) -> None:
    built = card(on_view(rivals, VIEW), "site:base")
    assert {"United States, Base", "United States, Base, 2020"} <= set(texts_of([built]))
    assert ["select", "site:base"] not in acts(built)


def test_where_nobody_disagrees_it_says_so(catalog_of, drawn) -> None:
    [text] = drawn(catalog_of(), VIEW)[0]
    assert "no disagreement" in text.lower()


def test_of_very_many_it_lists_the_first(catalog_of, drawn) -> None:
    catalog = catalog_of(
        sites=[{"id": "base"}],
        claims=[{"id": f"c{n}", "topic": f"Topic {n}", "row": "site:base"} for n in range(panel.MAX_TOPICS + 5)],
    )
    texts, _ = drawn(catalog, VIEW)
    assert texts[0].startswith(f"{panel.MAX_TOPICS + 5} disagreements")
    assert sum(text.startswith("Topic ") for text in texts) == panel.MAX_TOPICS
    assert f"The first {panel.MAX_TOPICS}" in texts[-1]


def test_hostile_claims_stay_text(catalog_of, drawn) -> None:
    plain = "</script><img src=x onerror=alert(1)>`${alert(1)}`"
    cells = {"topic": plain, "value": plain, "claimant": plain, "note": plain, "field": plain}
    catalog = catalog_of(
        sources=[{"id": "wire", "publisher": plain, "title": plain}],
        forces=[{"id": "us", "name": plain}],
        sites=[{"id": "base", "name": plain}],
        strengths=[{"id": "s", "country": plain}],
        claims=[{"id": "a", "row": "site:base", **cells}, {"id": "b", "row": "strength:s", **cells}],
    )
    texts, presses = drawn(catalog, VIEW)
    assert texts.count(plain) >= 8
    assert presses == [["select", "site:base"]]


@pytest.mark.parametrize(
    ("known", "topics", "cited"),
    [
        (None, {"Both late", "One early"}, {"Early", "Late"}),
        (date(2026, 2, 28), {"Both late", "One early"}, {"Early", "Late"}),
        (date(2026, 2, 27), set(), set()),
        (date(2026, 1, 1), set(), set()),
    ],
)
def test_a_side_that_was_not_public_yet_is_no_side(catalog_of, drawn, known, topics: set[str], cited: set[str]) -> None:
    catalog = catalog_of(
        sources=[
            {"id": "wire", "publisher": "Early", "published": "2026-01-01"},
            {"id": "late", "publisher": "Late", "published": "2026-02"},
        ],
        sites=[{"id": "base", "name": "Base"}],
        claims=[
            {"id": "a", "topic": "Both late", "row": "site:base", "value": "One", "sources": "late"},
            {"id": "b", "topic": "Both late", "row": "site:base", "value": "Other", "sources": "late"},
            {"id": "c", "topic": "One early", "row": "site:base", "value": "One", "sources": "wire; late"},
            {"id": "d", "topic": "One early", "row": "site:base", "value": "Other", "sources": "late"},
        ],
    )
    view = replace(VIEW, known=known)
    texts, _ = drawn(catalog, view)
    assert {"Both late", "One early"} & set(texts) == topics
    assert {"Early", "Late"} & set(texts) == cited
    card_texts = "".join(map(str, card(on_view(catalog, view), "site:base")))
    assert ("Sources disagree" in card_texts) == bool(topics)
