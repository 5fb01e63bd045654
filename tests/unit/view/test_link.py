"""What a link asks for, a briefing's step told in full."""

from dataclasses import replace
from urllib.parse import parse_qs

import pytest

from components.view.briefings import step_view
from components.view.link import outdated, read_link
from components.view.view import Camera, default_view

STEP = "al-tanf-withdrawal/2"


@pytest.mark.parametrize("more", ["", "&tab=", "&utm_source=mail"])
def test_a_link_that_says_no_more_than_its_step_means_the_steps_own_view(curated, more: str) -> None:
    params = {key: values for key, values in parse_qs(f"step={STEP}{more}").items() if key != "utm_source"}
    view, faults = read_link(params, curated)
    assert (view, faults) == (step_view(curated, STEP), [])
    assert view.selected


@pytest.mark.parametrize(
    ("more", "changed"),
    [
        ("&map=7/33/38", {"camera": Camera(7, 33, 38)}),
        ("&lang=ar", {"lang": "ar"}),
        ("&method=confidence", {"method": "confidence"}),
        ("&data=0123456789ab", {"cited": "0123456789ab"}),
    ],
)
def test_where_it_looks_and_what_it_cites_do_not_change_what_is_meant(curated, more: str, changed: dict) -> None:
    view, _ = read_link(parse_qs(f"step={STEP}{more}"), curated)
    assert view == replace(step_view(curated, STEP), **changed)


def test_a_link_that_says_more_means_what_it_says(curated) -> None:
    view, _ = read_link(parse_qs(f"step={STEP}&kind=attack"), curated)
    assert view == replace(default_view(curated), step=STEP, kind=("attack",))


def test_what_cannot_be_read_is_told_with_what_may_stand_there(curated) -> None:
    _, [first, second] = read_link(parse_qs("kind=picnic&from=yesterday"), curated)
    assert (first.key, first.value) == ("from", "yesterday")
    assert "2026-02-11" in first.form
    assert (second.key, second.allowed) == ("kind", tuple(curated.kinds["id"]))
    assert second.notice == "The link's kind “picnic” is not known here, so it is ignored."


def test_a_reader_is_told_only_where_the_data_is_another(curated) -> None:
    view = default_view(curated)
    assert outdated(curated, view) == outdated(curated, replace(view, cited=curated.version)) == ""
    notice = outdated(curated, replace(view, cited="0123456789ab"))
    assert "0123456789ab" in notice
    assert curated.version in notice
