"""One folder of several imports: one dataset.toml and one method.md that say what each of them says."""

import json
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from components.catalog.catalog import load
from components.catalog.served import open_catalog
from components.cli import main
from components.importing import control
from components.importing.about import blocks_of, merged_blocks
from components.importing.acled import ACLED
from components.importing.documents import Part, dataset_blocks
from components.importing.limits import RefusedError
from components.importing.palette import COLOURS, GREY
from components.importing.ucdp import UCDP
from components.panels.page import page
from components.view.on_view import on_view
from components.view.view import default_view

from .acled_rows import AFTER, CLASH, PROTEST
from .test_areas import WEST, feature, geojson
from .test_ucdp import EVENT

HEADER = "Town,Province,Country,Latitude,Longitude,Date,Controlled by\n"
CONTROL = HEADER + "".join(
    f"Town {n},Homs,Syria,34.{n},38.2,2025-0{1 + n % 3}-01,{who}\n"
    for n, who in enumerate(["Blue", "Blue", "Green", "Military Forces of Syria", "Red"])
)
AREAS = geojson(feature("Polygon", WEST, name="West", holder="Purple", date="2024-01-01"))[0][1]


@pytest.fixture(scope="module")
def files(csv_of: Callable[..., bytes]) -> dict[str, bytes]:
    return {
        "acled": csv_of([CLASH, PROTEST], AFTER),
        "ucdp": csv_of([EVENT]),
        "control": CONTROL.encode(),
        "areas": AREAS,
    }


TITLES = {
    "acled": "Events in Syria, 2026 (ACLED)",
    "control": "Who holds what in Syria, 2025",
    "areas": "Who holds which area, 2024",
}
SUBTITLES = {
    "acled": "2 events as ACLED have them",
    "control": "5 places, by file.csv",
    "areas": "1 areas, by file.csv",
}
METHODS = {"acled": ACLED.terms.precision, "control": control.TERMS.precision, "areas": "Outlines are as the file"}


@pytest.mark.parametrize("order", list(permutations(TITLES)), ids="-".join)
def test_what_every_import_says_stands_and_the_first_gives_the_title(imported, files, tmp_path, order) -> None:
    last = {"acled": "2026-02-13", "control": "2025-03-01", "areas": "2024-01-01"}
    for number, name in enumerate(order, 1):
        planned, catalog = imported(files[name])
        assert catalog.problems == ()
        assert not any("by hand" in sentence for report in planned.reports for sentence in report.said)
        about, so_far = catalog.dataset, order[:number]
        assert about.title == TITLES[order[0]]
        assert about.subtitle == "; ".join(SUBTITLES[name] for name in so_far)
        assert (about.licence, about.credits) == (
            (ACLED.terms.licence, ACLED.terms.credits) if "acled" in so_far else ("", ())
        )
        assert about.window.last.isoformat() == max(last[name] for name in so_far)
        method = (tmp_path / "imported" / "method.md").read_text(encoding="utf-8")
        assert [name for name, text in METHODS.items() if text in method] == [
            name for name in METHODS if name in so_far
        ]
    before = {path: path.read_bytes() for path in (tmp_path / "imported").rglob("*") if path.is_file()}
    for name in order:  # and again, in any order, nothing changes
        imported(files[name])
    assert {path: path.read_bytes() for path in before} == before


def test_two_formats_of_events_and_a_table_of_who_holds_what_are_cited_all(imported, files) -> None:
    for name in ("acled", "control", "ucdp"):
        _, catalog = imported(files[name])
    assert catalog.problems == ()
    assert catalog.dataset.title == "Events in Syria, 2016–2026 (ACLED and UCDP)"
    assert catalog.dataset.licence == f"{ACLED.terms.licence}; {UCDP.terms.licence}"
    assert set(catalog.dataset.credits) == {*ACLED.terms.credits, *UCDP.terms.credits}


@pytest.mark.parametrize(
    "order", [("acled", "control", "ucdp"), ("control", "areas", "acled"), ("areas", "ucdp", "control")]
)
def test_no_two_forces_share_a_colour_and_no_two_kinds_a_look(imported, files, tmp_path, order) -> None:
    for name in order:
        _, catalog = imported(files[name])
        own = [colour for colour in catalog.forces["colour"] if colour != GREY]
        assert len(own) == len(set(own))
        looks = list(zip(catalog.kinds["shape"], catalog.kinds["colour"], strict=True))
        assert len(looks) == len(set(looks))
    holders = catalog.forces.loc[[*catalog.presence["force"], *catalog.areas["force"]], "colour"]
    assert GREY not in set(holders)
    if {"acled", "control"} <= set(order):  # the force that both name is one
        assert catalog.forces["name"].tolist().count("Military Forces of Syria") == 1


def test_a_colour_chosen_by_hand_is_given_to_no_other_and_stays(imported, files, tmp_path) -> None:
    imported(files["control"])
    path = tmp_path / "imported" / "forces.csv"
    text = path.read_text(encoding="utf-8")
    assert COLOURS[0] in text
    path.write_text(text.replace(COLOURS[0], COLOURS[6].upper()), encoding="utf-8")
    _, catalog = imported(files["acled"])
    assert catalog.forces.loc["blue", "colour"].lower() == COLOURS[6]
    own = [colour.lower() for colour in catalog.forces["colour"] if colour != GREY]
    assert len(own) == len(set(own))


def test_more_holders_than_colours_are_grey(imported, csv_of) -> None:
    rows = [{**CLASH, "event_id_cnty": f"SYR{n}", "actor1": f"Force {n}", "actor2": ""} for n in range(12)]
    imported(csv_of(rows, AFTER))
    table = HEADER + "".join(f"Town {n},Homs,Syria,34.{n},38.2,2025-01-01,Holder {n}\n" for n in range(9))
    _, catalog = imported(table.encode())
    colours = catalog.forces["colour"].tolist()
    assert sorted(colour for colour in colours if colour != GREY) == sorted(COLOURS)
    assert GREY not in catalog.forces["colour"].loc[["holder-0", "holder-1", "holder-2", "holder-3"]].tolist()


@pytest.mark.parametrize("order", list(permutations(("acled", "control"))))
def test_check_accepts_such_a_folder_and_its_page_opens(files, tmp_path: Path, capsys, order) -> None:
    into = tmp_path / "both"
    for name in order:
        (tmp_path / "file.csv").write_bytes(files[name])
        assert main(["import", str(tmp_path / "file.csv"), "--into", str(into)]) == 0
    assert main(["check", "--data", str(into)]) == 0
    assert "5 sites" in capsys.readouterr().out
    catalog = open_catalog(into)
    shown = on_view(catalog, default_view(catalog))
    assert catalog.dataset.title in page(shown, ())["title"]
    assert (len(shown.selection.sites), len(shown.selection.incidents)) == (5, 2)


# A dataset.toml that a person has changed.

BY_HAND = [
    ('title = "Events in Syria, 2026 (ACLED)"', 'title = "Mine"', "title"),
    ('subtitle = "2 events as ACLED have them"\n', "", "subtitle"),
    (ACLED.terms.licence, "Ours", "licence"),
    (f'    "{ACLED.terms.credits[0]}",\n', f'    "{ACLED.terms.credits[0]}",\n    "Me",\n', "credits"),
    ("from = 2026-02-11", "from = 2026-01-01", "window"),
]


@pytest.mark.parametrize(("before", "after", "key"), BY_HAND, ids=[key for _, _, key in BY_HAND])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_value_changed_by_hand_stays_and_is_said_and_the_others_follow(
    imported, files, tmp_path, before, after, key, ending
) -> None:
    newer = HEADER + "Town 9,Homs,Syria,34.9,38.2,2026-05-01,Blue\n"
    imported(files["acled"])
    path = tmp_path / "imported" / "dataset.toml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    text = f'# My own.\n{text.replace(before, after)}\n[[periods]]\nname = "One"\nfrom = 2026-01-01\nto = 2026-01-31\n'
    path.write_bytes(text.replace("\n", ending).encode())
    mine = load(path.parent).dataset
    for _ in range(2):
        planned, catalog = imported((CONTROL + newer.removeprefix(HEADER)).encode())
        assert catalog.problems == ()
        said = [sentence for report in planned.reports for sentence in report.said if "by hand" in sentence]
        assert [f"its {key} stays" in sentence for sentence in said] == [True]
        for name in ("title", "subtitle", "licence", "credits", "window"):
            of_import = {"subtitle": "2 events as ACLED have them; 6 places, by file.csv"}
            if name == key or name in ("title", "licence", "credits"):
                assert getattr(catalog.dataset, name) == getattr(mine, name)
            elif name == "window":
                assert catalog.dataset.window.last.isoformat() == "2026-05-01"
            else:
                assert getattr(catalog.dataset, name) == of_import[name]
        assert [period.name for period in catalog.dataset.periods] == ["One"]
    assert path.read_bytes().count(b"\r\n") == (path.read_bytes().count(b"\n") if ending == "\r\n" else 0)
    assert path.read_bytes().startswith(b"# My own.")


def test_a_dataset_toml_of_ones_own_is_left_alone_and_its_terms_are_said(imported, files, folder) -> None:
    into = folder()
    (into / "dataset.toml").write_text('title = "Curated"\n', encoding="utf-8")
    planned, catalog = imported(files["acled"], folder=into)
    assert catalog.dataset.title == "Curated"
    assert any(ACLED.terms.licence in sentence for sentence in planned.reports[0].said)


def test_a_folder_that_an_older_version_made_keeps_what_its_dataset_toml_says(imported, files, tmp_path) -> None:
    imported(files["acled"])
    (tmp_path / "imported" / ".imported" / "dataset.json").unlink()
    _, catalog = imported(files["control"])
    assert catalog.dataset.title == TITLES["acled"]
    assert catalog.dataset.licence == ACLED.terms.licence
    assert catalog.dataset.subtitle == f"{SUBTITLES['acled']}; {SUBTITLES['control']}"


@pytest.mark.parametrize("text", ["{", "[1]", '[{"sort": "events"}]', '[{"credits": [], "more": 1}]'])
def test_a_record_that_cannot_be_read_is_refused_and_nothing_written(imported, files, tmp_path, text) -> None:
    imported(files["acled"])
    (tmp_path / "imported" / ".imported" / "dataset.json").write_text(text, encoding="utf-8")
    before = {path: path.read_bytes() for path in (tmp_path / "imported").rglob("*") if path.is_file()}
    with pytest.raises(RefusedError, match=r"dataset\.json cannot be read"):
        imported(files["control"])
    assert {path: path.read_bytes() for path in before} == before


def test_a_dataset_toml_is_told_apart_by_its_keys_and_put_together_again() -> None:
    blocks = dataset_blocks(
        [Part("events", "A", "title = 1", "[x]", ("] = 2", "from = 3"), "2026-01-01", "2026-02-01")]
    )
    text = "".join(blocks.values())
    assert blocks_of(text) == dict(blocks)
    assert json.dumps("title = 1") in text


@pytest.mark.parametrize(
    ("base", "mine", "new", "merged", "kept"),
    [
        ({"title": 'title = "A"\n'}, 'title = "A"\n', {"title": 'title = "B"\n'}, 'title = "B"\n', []),
        ({"title": 'title = "A"\n'}, 'title = "C"\n', {"title": 'title = "B"\n'}, 'title = "C"\n', ["title"]),
        ({"title": 'title = "A"\n'}, 'title = "B"\n', {"title": 'title = "B"\n'}, 'title = "B"\n', []),
        ({"title": 'title = "A"\n'}, "", {"title": 'title = "B"\n'}, "", ["title"]),
        ({}, "[home]\n", {"title": 'title = "B"\n'}, 'title = "B"\n[home]\n', []),
        ({}, 'title  =  "C"\n', {"title": 'title = "B"\n'}, 'title  =  "C"\n', ["title"]),
        ({}, "a = 1\n", {"window": "\n[window]\nto = 2\n"}, "a = 1\n\n[window]\nto = 2\n", []),
        ({}, "[window]\nto = 3\n", {"window": "\n[window]\nto = 2\n"}, "[window]\nto = 3\n", ["window"]),
        # The same text as a part of another key's is not taken for it.
        ({"title": 'title = "A"\n'}, 'subtitle = "A"\n', {"title": 'title = "B"\n'}, 'subtitle = "A"\n', ["title"]),
    ],
)
def test_a_key_follows_where_it_still_stands_as_it_was_made(base, mine, new, merged, kept) -> None:
    text, told = merged_blocks(base, mine, new)
    assert (text, [key for key, _ in told]) == (merged, kept)
