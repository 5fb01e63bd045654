"""A running server takes newer data over by itself."""

import threading
from time import monotonic, sleep

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.catalog.catalog import live, load
from components.catalog.served import open_catalog
from components.settings import data_folder, refresh_seconds
from components.web.server import lifespan, middleware, routes


@pytest.fixture
def app() -> Starlette:
    return Starlette(routes=routes(data_folder), middleware=middleware(data_folder), lifespan=lifespan)


def until(client: TestClient, **wanted: object) -> dict[str, object]:
    """Wait until /readyz tells what is wanted, and return it all."""
    end = monotonic() + 20
    while monotonic() < end:
        found = client.get("/readyz").json()
        if all(found.get(name) == value for name, value in wanted.items()):
            return found
        sleep(0.01)  # until it is so
    pytest.fail(f"never {wanted}: {found}")


def test_a_server_lives_while_it_reads_its_data_and_is_ready_after(folder, app, monkeypatch) -> None:
    path = folder(sites=[{"id": "base"}])
    monkeypatch.setenv("LAYDOWN_DATA", str(path))
    go_on = threading.Event()

    def slow(path):
        assert go_on.wait(10)
        return load(path)

    monkeypatch.setattr("components.catalog.catalog.load", slow)
    # As the server finds it that is still reading: nobody else has asked yet.
    live(path).watch(True)
    with TestClient(app) as client:
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()["status"]) == (503, "loading")
        assert client.get("/healthz").status_code == 200
        go_on.set()
        assert until(client, status="ok")["rows"]["sites"] == 1  # type: ignore[index]


def test_newer_data_is_taken_over_and_broken_data_is_not(folder, app, monkeypatch) -> None:
    path = folder(sites=[{"id": "base"}])
    monkeypatch.setenv("LAYDOWN_DATA", str(path))
    monkeypatch.setenv("LAYDOWN_REFRESH", "0.01")
    sites = (path / "sites.csv").read_bytes()
    with TestClient(app) as client:
        first = until(client, status="ok")["dataset"]
        other = folder(sites=[{"id": "base"}, {"id": "new"}])
        more = (other / "sites.csv").read_bytes()
        (path / "sites.csv").write_bytes(more)
        found = until(client, dataset=load(path).version)
        assert found["dataset"] != first
        (path / "sites.csv").write_bytes(more[:-9])
        broken = until(client, status="degraded")
        assert broken["dataset"] == found["dataset"]
        assert broken["refused"]
        assert client.get("/api/v1/sites").json()["total"] == 2
        problems = client.get("/panel/problems.json").json()
        assert "Newer data is not shown" in str(problems)
        (path / "sites.csv").write_bytes(sites)
        until(client, status="ok", dataset=first)
        assert "Newer data is not shown" not in str(client.get("/panel/problems.json").json())


def test_a_server_without_data_starts_and_logs_which_folder_it_looked_in(tmp_path, app, monkeypatch, caplog) -> None:
    monkeypatch.setenv("LAYDOWN_DATA", str(tmp_path / "nowhere"))
    with TestClient(app) as client:
        until(client, status="no data")
        while not caplog.records:
            sleep(0.01)
    assert str(tmp_path / "nowhere") in caplog.text
    assert "the data folder does not exist" in caplog.text


def test_a_folder_is_left_alone_where_nobody_is_to_look(folder, app, monkeypatch) -> None:
    path = folder(sites=[{"id": "base"}])
    monkeypatch.setenv("LAYDOWN_DATA", str(path))
    monkeypatch.setenv("LAYDOWN_REFRESH", "0")
    with TestClient(app) as client:
        first = until(client, status="ok")
        (path / "forces.csv").write_text("id,name,colour\nus,United States,#1f6fb2\n", encoding="utf-8")
        assert client.get("/embed").status_code == 200
        assert client.get("/readyz").json() == first
    assert open_catalog(path).version != first["dataset"], "and looked at again when the server has gone"


@pytest.mark.parametrize(("text", "seconds"), [("", 5), (" 2.5 ", 2.5), ("0", 0)])
def test_how_often_the_folder_is_looked_at(monkeypatch, text: str, seconds: float) -> None:
    monkeypatch.setenv("LAYDOWN_REFRESH", text)
    assert refresh_seconds() == seconds


@pytest.mark.parametrize("text", ["often", "-1", "nan", "inf", "1e9"])
def test_what_is_no_time_stops_the_server(monkeypatch, text: str) -> None:
    monkeypatch.setenv("LAYDOWN_REFRESH", text)
    with pytest.raises(ValueError, match="LAYDOWN_REFRESH"), TestClient(Starlette(lifespan=lifespan)):
        pass
