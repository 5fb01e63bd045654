"""Which claims are of another place, and where that is."""

from datetime import date

import pytest

from components.view.rivals import LONGEST, rivals

SITES = [
    {"id": "al-tanf", "name": "Al-Tanf garrison", "lat": "33.5", "lon": "38.6", "precision": "site"},
    {"id": "tower-22", "name": "Tower 22 (Rukban)", "aliases": "Burj 22", "lat": "33.3", "lon": "38.7"},
]
LEFT = {"id": "left", "origin": "al-tanf", "destination": "", "start": "2026-02-11"}


def claim(value: str, row: str = "movement:left", field: str = "destination", **more: str) -> dict[str, str]:
    return {"id": "c", "row": row, "field": field, "value": value, "claimant": "A spokesman", **more}


@pytest.mark.parametrize("value", ["Tower 22", "tower-22", "Tower 22 (Rukban)", "burj 22"])
def test_a_site_is_named_in_any_of_its_ways(catalog_of, value: str) -> None:
    (found,) = rivals(catalog_of(sites=SITES, movements=[LEFT], claims=[claim(value)]))
    assert (found.row, found.side, found.lat, found.lon) == ("movement:left", "destination", 33.3, 38.7)
    assert found.claimant == "A spokesman"


def test_degrees_are_a_place(catalog_of) -> None:
    catalog = catalog_of(sites=SITES, claims=[claim("33.9062 N, 38.5120 E", "site:al-tanf", "lat")])
    (found,) = rivals(catalog)
    assert (found.side, found.lat, found.lon, found.precision) == ("place", 33.9062, 38.512, "site")


@pytest.mark.parametrize(
    "given",
    [
        claim("Tower 22, perhaps"),
        claim("Not named"),
        claim("Tower 22", claimant=""),
        claim("2026-02-12", field="start"),
        claim("Tower 22", field="summary"),
        claim("Tower 22", "site:tower-22", "place"),
        claim("Tower 22", "site:al-tanf", "destination"),
        claim("al-tanf", field="origin"),
        claim("95.0 N, 38.5 E", "site:al-tanf", "lat"),
    ],
    ids=lambda given: f"{given['field']} {given['value']} {given['row']} {given['claimant']}",
)
def test_what_names_no_other_place_is_no_rival(catalog_of, given: dict[str, str]) -> None:
    assert rivals(catalog_of(sites=SITES, movements=[LEFT], claims=[given])) == ()


def test_a_name_of_two_places_is_none(catalog_of) -> None:
    twin = {**SITES[1], "id": "other", "lat": "34.3"}
    assert rivals(catalog_of(sites=[*SITES, twin], movements=[LEFT], claims=[claim("burj 22")])) == ()


def test_a_long_claimant_is_cut_between_words(catalog_of) -> None:
    long = "Two security sources who spoke to a newspaper of the capital; and another paper"
    (found,) = rivals(catalog_of(sites=SITES, movements=[LEFT], claims=[claim("Tower 22", claimant=long)]))
    assert found.claimant == "Two security sources who spoke to a …"
    assert len(found.claimant) <= LONGEST + 2


def test_the_curated_rival_of_al_tanf_s_destination_is_tower_22(curated) -> None:
    found = {rival.row: rival for rival in rivals(curated)}
    rival = found["movement:al-tanf-to-jordan-2026-01"]
    site = curated.sites.loc["tower-22"]
    assert (rival.lat, rival.lon) == (site["lat"], site["lon"])
    assert rival.public <= (date(2026, 2, 28) - date(1970, 1, 1)).days
