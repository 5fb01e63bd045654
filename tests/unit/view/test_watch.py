"""Watch it: what it counts is what the posture says, in Python and in the browser alike."""

from components.catalog.dates import day_number
from components.view.posture import POSSIBLE, posture
from components.view.subject import subject
from components.view.view import default_view
from components.view.watch import counts, sites_of, watch
from tests.node import answer
from tests.unit.map.test_parity import rows_of


def test_it_tells_of_the_country_whose_sites_changed_most(curated) -> None:
    shown = watch(curated)
    assert shown is not None
    assert shown["counted"] == "Sites in Syria with US forces"
    assert curated.forces["id"].iloc[shown["force"]] == subject(curated)
    assert {"Syria" in curated.sites["country"].iloc[n] for n in shown["sites"]} == {True}
    assert [step[0] for step in shown["strength"]] == sorted(step[0] for step in shown["strength"])
    assert all(step[4] for step in shown["strength"]), "a count says how many"


def test_its_counts_are_those_of_the_posture(curated) -> None:
    view = default_view(curated)
    ids = list(curated.sites["id"])
    for day in (view.start, view.end):
        sure, possible = sites_of(curated, "us", day_number(day))
        held = {
            site: one.certainty
            for site, holders in posture(curated, day_number(day)).items()
            for one in holders
            if one.force == "us"
        }
        assert {ids[n] for n in sure} == {site for site, certainty in held.items() if certainty != POSSIBLE}
        assert {ids[n] for n in possible} == {site for site, certainty in held.items() if certainty == POSSIBLE}
    (before, _), (after, _) = (counts(curated, day_number(day)) for day in (view.start, view.end))
    assert before > after


def test_the_browser_counts_the_same_on_each_day(curated) -> None:
    shown = watch(curated)
    assert shown is not None
    start, end, _ = default_view(curated).day_numbers
    days = list(range(start, end + 1))
    asked = {"ask": "held", "rows": rows_of(curated), "force": shown["force"], "sites": shown["sites"], "days": days}
    found = [(len(sure), len(possible)) for sure, possible in answer("answers.js", asked)]
    assert found == [counts(curated, day) for day in days]
    assert len(set(found)) > 3, "they change"


def test_without_a_subject_or_a_change_there_is_nothing_to_watch(catalog_of) -> None:
    assert watch(catalog_of()) is None
    there = {"id": "there", "site": "base", "force": "us", "start": "2020-01-01", "end": "2030-01-01"}
    still = catalog_of(forces=[{"id": "us"}], sites=[{"id": "base", "country": "Syria"}], presence=[there])
    assert watch(still) is None
