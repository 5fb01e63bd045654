"""The page of a folder that was imported: events, and no sites."""

from pathlib import Path

import pytest

from components.importing.importing import carry_out, interpret, plan

EXPORT = (
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,country,location,latitude,"
    "longitude,geo_precision,source,notes,fatalities,tags\n"
    "SYR1,11 February 2026,2,Battles,Armed clash,Military Forces of Syria (2024-),Protesters (Syria),Syria,Palmyra,"
    "34.55,38.27,2,SOHR,They clashed.,2,crowd size=about 200\n"
)


@pytest.mark.e2e
def test_a_folder_without_sites_opens_and_a_card_shows_what_its_file_tells(visit_folder, tmp_path: Path) -> None:
    carry_out(plan(interpret([("acled.csv", EXPORT.encode())]), tmp_path / "mine"))
    page = visit_folder(tmp_path / "mine", sel="incident:acled-syr1", tab="selected")
    for told in (
        "Armed clash, Palmyra: Military Forces of Syria – Protesters (Syria)",
        "Others involved",
        "Crowd size=about 200",
        "Side not stated 2",
        "district, somewhere within the circle (± 25 km)".capitalize(),
        "They clashed.",
        "SOHR",
    ):
        assert told in page.text, told
