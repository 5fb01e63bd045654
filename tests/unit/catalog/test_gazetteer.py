import pytest
from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import Geocoder
from geopy.point import Point
from hypothesis import given
from hypothesis import strategies as st

from components.catalog.catalog import load
from components.catalog.gazetteer import (
    AmbiguousPlaceError,
    Entry,
    Gazetteer,
    NoNetwork,
    read_entries,
    read_gazetteer,
    site_entries,
)


def entry(name: str, lat: float, lon: float, *aliases: str, kind: str = "town", admin1: str = "", country="Syria"):
    return Entry(name, (name, *aliases), kind, (country,), admin1, lat, lon, "town", 5.0, "test")


@pytest.fixture(scope="module")
def known(real) -> Gazetteer:
    """The gazetteer over the committed data."""
    gazetteer, problems = read_gazetteer(real, load(real).sites)
    assert problems == []
    return gazetteer


@pytest.mark.parametrize(
    "query",
    [
        "At Tanf",
        "al tanf",
        "التنف",
        "AL-TANF",
        "Al-Tanf",
        "at-Tanf",
        "Al-Ṭanf",
        "tanf",
        "\u200fالتنف\u200f",
        "Al-Tanf garrison",
        "Al-Tanf, Syria",
        "al tanf, homs",
        "Tanf, Homs governorate, Syria",
    ],
)
def test_al_tanf_is_found_however_it_is_spelled(known, query: str) -> None:
    place = known.geocode(query)
    assert (place.latitude, place.longitude) == pytest.approx((33.5058, 38.6178), abs=0.001)
    assert place.raw.name == "Al-Tanf garrison"
    assert place.raw.precision == "site"


@pytest.mark.parametrize("query", ["Al-Waleed", "al waleed", "AL-WALEED", "Al-Waleed crossing", "معبر الوليد"])
def test_al_waleed_is_two_crossings_and_the_error_names_both(known, query: str) -> None:
    with pytest.raises(AmbiguousPlaceError) as error:
        known.geocode(query)
    assert query in str(error.value)
    assert "Anbar" in str(error.value)
    assert "Al-Hasakah" in str(error.value)


@pytest.mark.parametrize("query", ["Al-Waleed, Iraq", "Al-Waleed, Syria"])
def test_a_country_that_both_crossings_touch_does_not_tell_them_apart(known, query: str) -> None:
    with pytest.raises(AmbiguousPlaceError):
        known.geocode(query)


@pytest.mark.parametrize(
    ("query", "governorate", "lat"),
    [
        ("Al-Waleed, Anbar", "Anbar", 33.5),
        ("al-waleed, anbar governorate, Iraq", "Anbar", 33.5),
        ("Al-Waleed, Al-Hasakah", "Al-Hasakah", 36.8),
        ("Al-Waleed, Hasakah, Syria", "Al-Hasakah", 36.8),
    ],
)
def test_a_governorate_tells_the_two_crossings_apart(known, query: str, governorate: str, lat: float) -> None:
    place = known.geocode(query)
    assert "Al-Waleed" in place.raw.name
    assert place.raw.admin1 == governorate
    assert place.latitude == pytest.approx(lat, abs=0.1)


def test_both_crossings_are_candidates(known) -> None:
    assert len(known.geocode("Al-Waleed", exactly_one=False)) == 2


@pytest.mark.parametrize(
    "query", ["", " ", ",", "Nowhere", "Al-Tanf, Jordan", "Al-Tanf, Syria, Iraq", "???", ", Syria"]
)
def test_what_is_not_known_is_not_guessed(known, query: str) -> None:
    assert known.geocode(query) is None
    assert known.geocode(query, exactly_one=False) is None


@pytest.mark.parametrize(
    ("query", "kind", "precision"),
    [
        ("Syria", "country", "country"),
        ("Homs governorate, Syria", "governorate", "district"),
        ("Tadmur, Syria", "town", "town"),
        ("محافظة عجلون", "governorate", "district"),
    ],
)
def test_a_place_is_as_precise_as_it_is(known, query: str, kind: str, precision: str) -> None:
    raw = known.geocode(query).raw
    assert (raw.kind, raw.precision) == (kind, precision)


def test_every_name_of_every_site_means_a_place_there_or_is_ambiguous(known, real) -> None:
    strays = []
    for site in load(real).sites.itertuples():
        for name in filter(None, (site.name, site.name_ar, *site.aliases)):
            places = known.geocode(name, exactly_one=False) or []
            # Another place may bear the name too, as the town beside a base does.
            if not any(abs(p.latitude - site.lat) + abs(p.longitude - site.lon) < 1 for p in places):
                strays.append((site.id, name, [str(p) for p in places]))
    assert strays == []


def test_namesakes_far_apart_are_refused_and_namesakes_side_by_side_are_one_place() -> None:
    far = Gazetteer([entry("Asad", 33.0, 42.0, country="Iraq"), entry("Asad", 35.0, 38.0)])
    with pytest.raises(AmbiguousPlaceError, match=r"Asad, Iraq \(33.00, 42.00\); Asad, Syria \(35.00, 38.00\)"):
        far.geocode("Al-Asad")
    assert far.geocode("Al-Asad, Iraq").latitude == 33.0
    near = Gazetteer([entry("Asad", 33.0, 42.0, kind="airfield"), entry("Asad", 33.1, 42.0, kind="site")])
    assert near.geocode("Al-Asad").raw.kind == "site"


@pytest.mark.parametrize(("north", "one"), [(0.134, True), (0.136, False)])
def test_namesakes_are_one_place_up_to_fifteen_kilometres(north: float, one: bool) -> None:
    gazetteer = Gazetteer([entry("Asad", 33.0, 42.0), entry("Asad", 33.0 + north, 42.0)])
    if one:
        assert gazetteer.geocode("Asad")
    else:
        with pytest.raises(AmbiguousPlaceError):
            gazetteer.geocode("Asad")


def test_of_several_entries_of_one_place_the_site_answers_before_the_town_and_the_airfield_last() -> None:
    kinds = ["airfield", "country", "governorate", "town", "site"]
    gazetteer = Gazetteer([entry("Asad", 33.0, 42.0, kind=kind) for kind in kinds])
    assert [place.raw.kind for place in gazetteer.geocode("Asad", exactly_one=False)] == kinds[::-1]


def test_a_main_name_goes_before_an_alias() -> None:
    gazetteer = Gazetteer([entry("Tadmur", 34.5, 38.2, "Palmyra"), entry("Palmyra", 10.0, 10.0)])
    assert gazetteer.geocode("Palmyra").latitude == 10.0


def test_an_ambiguous_place_is_a_geopy_error() -> None:
    assert issubclass(AmbiguousPlaceError, GeocoderQueryError)
    assert isinstance(Gazetteer([]), Geocoder)


def test_the_gazetteer_has_no_network() -> None:
    adapter = Gazetteer([]).adapter
    assert isinstance(adapter, NoNetwork)
    for ask in (adapter.get_text, adapter.get_json):
        with pytest.raises(GeocoderQueryError, match="no network"):
            ask("http://localhost", timeout=1, headers={})


def test_an_empty_gazetteer_knows_nothing() -> None:
    assert Gazetteer([]).geocode("Al-Tanf") is None
    assert Gazetteer([]).reverse((33.5, 38.6)) is None


@pytest.mark.parametrize("point", [(33.51, 38.61), "33.51, 38.61", Point(33.51, 38.61), [33.51, 38.61]])
def test_a_bare_point_is_named_after_the_nearest_place(known, point: object) -> None:
    assert known.reverse(point).raw.name == "Al-Tanf garrison"


def test_the_nearest_places_come_first(known) -> None:
    places = known.reverse((33.51, 38.61), exactly_one=False)
    assert len(places) == 10
    apart = [(place.latitude - 33.51) ** 2 + (0.834 * (place.longitude - 38.61)) ** 2 for place in places]
    assert apart == sorted(apart)


def test_nearness_is_measured_over_the_earth_and_not_in_degrees() -> None:
    gazetteer = Gazetteer([entry("North", 61.5, 0.0), entry("East", 60.0, 2.0), entry("Over the line", 0.0, -179.9)])
    assert gazetteer.reverse((60.0, 0.0)).raw.name == "East"
    assert gazetteer.reverse((0.0, 179.9)).raw.name == "Over the line"


@given(st.lists(st.tuples(st.floats(-89, 89), st.floats(-179, 179)), min_size=1, max_size=8, unique=True))
def test_a_place_is_the_nearest_to_its_own_point(points: list[tuple[float, float]]) -> None:
    gazetteer = Gazetteer(entry(str(n), lat, lon) for n, (lat, lon) in enumerate(points))
    for lat, lon in points:
        place = gazetteer.reverse((lat, lon))
        assert (place.latitude, place.longitude) == pytest.approx((lat, lon), abs=1e-4)


@given(st.text(max_size=20))
def test_any_query_gives_a_place_or_none_or_says_that_it_is_ambiguous(query: str) -> None:
    gazetteer = Gazetteer([entry("A", 1, 1), entry("A", 2, 2), entry("B", 3, 3, "ب")])
    try:
        place = gazetteer.geocode(query)
    except AmbiguousPlaceError:
        return
    assert place is None or place.raw.name == "B"


def test_the_files_entries_and_the_located_sites_make_the_gazetteer(folder) -> None:
    catalog = folder.load()
    gazetteer, problems = read_gazetteer(folder.path, catalog.sites)
    assert problems == []
    assert gazetteer.geocode("تدمر").raw.source == "geonames"
    assert gazetteer.geocode("التنف").raw.source == "sites.csv"
    assert gazetteer.geocode("Palmyra").raw.kind == "site"


def test_a_site_without_a_point_is_no_entry(folder) -> None:
    folder.remove("places")
    assert [e.name for e in site_entries(folder.load().sites)] == ["Al-Tanf garrison"]


def test_an_entry_says_what_tells_it_from_its_namesakes(folder) -> None:
    assert [e.address for e in read_entries(folder.path)[0]] == ["Tadmur, Homs, Syria"]
    assert next(e.address for e in site_entries(folder.load().sites)) == "Al-Tanf garrison, Homs, Syria"


@pytest.mark.parametrize(("cell", "radius"), [("", 5.0), ("12.5", 12.5)])
def test_an_entry_has_its_own_radius_or_its_precisions(folder, cell: str, radius: float) -> None:
    folder.rows("gazetteer", {"id": "new", "radius_km": cell}, sound=False)
    assert [e.radius_km for e in read_entries(folder.path)[0]] == [radius]


def test_a_bad_entry_is_told_and_the_others_are_kept(folder) -> None:
    folder.rows("gazetteer", {"id": "bad", "lat": "95"}, {"id": "after"})
    entries, [problem] = read_entries(folder.path)
    assert len(entries) == 2
    assert (problem.file, problem.line, problem.column) == ("gazetteer.csv", 3, "lat")


def test_a_folder_without_a_gazetteer_has_its_sites(folder) -> None:
    folder.remove("gazetteer")
    gazetteer, problems = read_gazetteer(folder.path, folder.load().sites)
    assert problems == []
    assert gazetteer.geocode("Al-Tanf")
