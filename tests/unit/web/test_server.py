import gzip
import json
import posixpath
import re
import threading
from pathlib import Path, PurePosixPath
from urllib.parse import urljoin

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from xstatic.pkg import leaflet

import components
from components.catalog.basemap import LAYERS
from components.catalog.live import FORMER
from components.catalog.served import open_catalog
from components.map.basemaps import tile_hosts
from components.map.folium_map import LEAFLET, PostureMap, served
from components.map.payload import basemap_payload, rows_payload
from components.settings import data_folder
from components.static import address, assets
from components.static import root as assets_root
from components.view.record import newest_report
from components.web.headers import security_headers
from components.web.immutable import FOREVER
from components.web.map_data import BASEMAPS, MAX_TEXTS
from components.web.server import PAGE_SCRIPT, lifespan, middleware, routes

FRAME = "http://testserver/component/streamlit_folium.st_folium/index.html"
ASSET = f"/{address('map')}"
HEADERS = security_headers("'self'")


def client_of(folder) -> TestClient:
    page = Route("/", lambda _: PlainTextResponse("the page"))
    return TestClient(Starlette(routes=[*routes(lambda: folder), page], middleware=middleware(lambda: folder)))


@pytest.fixture(scope="module")
def client(root) -> TestClient:
    return client_of(root / "data")


@pytest.fixture(scope="module", params=["rows.json", "rows.bin", "rows.text", "basemap.json"])
def sent(request, curated, root):
    """A part of a payload: its address and what is to come from there."""
    which, ending = request.param.split(".")
    payload = rows_payload(curated) if which == "rows" else basemap_payload(root / "data")
    return f"/map/{payload.name}.{ending}", payload.parts[ending]


def test_health_says_that_the_process_lives_whatever_the_data(tmp_path) -> None:
    answer = client_of(tmp_path / "nowhere").get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "version": components.__version__})


def test_readiness_tells_what_is_served(client, curated) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "version": components.__version__,
        "dataset": curated.version,
        "checked": curated.dataset.checked.isoformat(),
        "newest_report": newest_report(curated).text,
        "rows": {name: len(frame) for name, frame in curated.tables.items()},
        "problems": len(curated.problems),
        "refused": [],
    }
    assert answer.headers["cache-control"] == "no-store"


def test_readiness_counts_problems_and_survives_an_empty_folder(tmp_path) -> None:
    answer = client_of(tmp_path).get("/readyz")
    assert answer.status_code == 503
    found = answer.json()
    assert found["status"] == "no data"
    assert found["why"].startswith("There is no data: the data folder has no sources.csv, ")
    assert "LAYDOWN_DATA" in found["mend"]
    assert "uv run laydown check" in found["mend"]
    assert found["problems"] == len(open_catalog(tmp_path).problems) > 0
    assert set(found["rows"].values()) == {0}


def test_settings_that_come_after_the_modules_are_followed_by_all_parts(folder, monkeypatch) -> None:
    """A host's secrets are in the environment only once the server starts."""
    for name in ("LAYDOWN_DATA", "LAYDOWN_FRAME_ANCESTORS"):
        monkeypatch.delenv(name, raising=False)
    page = Route("/", lambda _: HTMLResponse("<head><title>Streamlit</title></head>"))
    app = Starlette(routes=[*routes(data_folder), page], middleware=middleware(data_folder), lifespan=lifespan)
    path = folder(toml='title = "Late"\n', sites=[{"id": "base"}])
    monkeypatch.setenv("LAYDOWN_DATA", str(path))
    monkeypatch.setenv("LAYDOWN_FRAME_ANCESTORS", "https://late.example")
    catalog = open_catalog(path)
    with TestClient(app) as client:
        assert client.get("/readyz").json()["dataset"] == catalog.version
        assert client.get(f"/map/{rows_payload(catalog).name}.json").status_code == 200
        assert client.get("/api/v1/sites").json()["total"] == 1
        assert client.get("/export/sites.csv").text.count("\n") == 2
        assert 'og:title" content="Late' in client.get("/embed").text
        answer = client.get("/")
    assert "<title>Late" in answer.text
    assert answer.headers["content-security-policy"].endswith("frame-ancestors https://late.example")


def test_a_setting_that_cannot_be_stops_the_server_as_it_starts(monkeypatch) -> None:
    monkeypatch.setenv("LAYDOWN_FRAME_ANCESTORS", "'self'; script-src *")
    with pytest.raises(ValueError, match="LAYDOWN_FRAME_ANCESTORS"), TestClient(Starlette(lifespan=lifespan)):
        pass


def test_readiness_follows_the_files(folder) -> None:
    path = folder()
    client = client_of(path)
    before = client.get("/readyz").json()
    (path / "forces.csv").write_text("id,name,colour\nus,United States,#1f6fb2\n", encoding="utf-8")
    after = client.get("/readyz").json()
    assert (before["rows"]["forces"], after["rows"]["forces"]) == (3, 1)
    assert before["dataset"] != after["dataset"]


def test_readiness_says_when_the_folder_is_not_whole(folder) -> None:
    path = folder(sites=[{"id": "base"}], incidents=[{"id": "i", "site": "base"}])
    client = client_of(path)
    before = client.get("/readyz").json()
    (path / "sites.csv").unlink()
    why = "sites.csv: has gone; put it back; a table without rows has its header alone"
    assert client.get("/readyz").json() == {**before, "status": "degraded", "refused": [why]}
    assert client.get("/embed").status_code == 200


@pytest.mark.e2e
def test_files_put_in_while_it_serves_fail_no_request(folder) -> None:
    path = folder(sites=[{"id": "base"}])
    (path / "basemap").mkdir()
    for layer in LAYERS:
        (path / f"basemap/{layer}.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    client = client_of(path)
    assert client.get("/readyz").json()["status"] == "ok", "the first read is over"
    done = threading.Event()

    def rename() -> None:
        files = [path / "dataset.toml", *sorted(path.glob("*.csv")), *sorted((path / "basemap").iterdir())]
        while not done.wait(0.001):
            for file in files * 5:
                file.rename(path / "away")
                (path / "away").rename(file)

    renaming = threading.Thread(target=rename)
    renaming.start()
    try:
        asked = [client.get(address) for _ in range(10) for address in ("/readyz", "/embed", "/api/v1/sites")]
    finally:
        done.set()
        renaming.join()
    assert {answer.status_code for answer in asked} == {200}
    assert {answer.json()["rows"]["sites"] for answer in asked[::3]} == {1}
    assert client.get("/readyz").json()["status"] == "ok"


@pytest.mark.parametrize("accepted", ["gzip", "gzip, deflate, br", "br;q=1.0, gzip;q=0.8"])
def test_a_payload_is_sent_zipped_to_who_can_unzip_it(client, sent, accepted: str) -> None:
    address, part = sent
    with client.stream("GET", address, headers={"accept-encoding": accepted}) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-encoding"] == "gzip"
        body = b"".join(answer.iter_raw())
    assert body == part.zipped
    assert gzip.decompress(body) == part.body


@pytest.mark.parametrize("accepted", ["identity", "br", ""])
def test_a_payload_is_sent_plain_to_who_cannot(client, sent, accepted: str) -> None:
    address, part = sent
    answer = client.get(address, headers={"accept-encoding": accepted})
    assert "content-encoding" not in answer.headers
    assert answer.content == part.body


def test_a_payload_is_to_be_kept_for_ever_by_what_it_is_encoded_as(client, sent) -> None:
    address, _ = sent
    headers = client.get(address).headers
    types = {"json": "application/json", "bin": "application/octet-stream", "text": "text/plain; charset=utf-8"}
    assert headers["content-type"] == types[address.rpartition(".")[2]]
    assert headers["cache-control"] == FOREVER
    assert {"immutable", "max-age=31536000"} <= set(FOREVER.split(", "))
    assert headers["vary"] == "accept-encoding"


def texts(client, curated, rows: str | None, name: str = ""):
    params = {} if rows is None else {"rows": rows}
    return client.get(f"/map/{name or rows_payload(curated).name}/texts", params=params)


def test_texts_are_those_of_the_incidents_asked_for_in_that_order(client, curated) -> None:
    last = len(curated.incidents) - 1
    answer = texts(client, curated, f"{last},0,7")
    rows = curated.incidents.iloc[[last, 0, 7]]
    assert answer.json() == [list(pair) for pair in zip(rows["id"], rows["title"], strict=True)]
    assert answer.headers["cache-control"] == FOREVER
    assert len(texts(client, curated, ",".join(["0"] * MAX_TEXTS)).json()) == MAX_TEXTS


@pytest.mark.parametrize(
    "rows", [None, "", "one", "1,", "-1", "1.5", "nan", "1e3", "999999", "9" * 25, "9" * 4999, "0;1"]
)
def test_texts_of_what_is_no_incident_are_refused(client, curated, rows: str | None) -> None:
    answer = texts(client, curated, rows)
    assert answer.status_code == 400
    assert "immutable" not in answer.headers.get("cache-control", "")


def test_texts_of_too_many_incidents_are_refused(client, curated) -> None:
    answer = texts(client, curated, ",".join(["0"] * (MAX_TEXTS + 1)))
    assert answer.status_code == 400
    assert str(MAX_TEXTS) in answer.text


def test_texts_of_other_data_are_gone(client, curated, root) -> None:
    for name in ("0123456789abcdef", basemap_payload(root / "data").name):
        answer = texts(client, curated, "0", name)
        assert answer.status_code == 404
        assert "Reload the page" in answer.text


@pytest.mark.parametrize("ending", ["bin", "text", "csv", "json.gz", "JSON"])
def test_a_part_that_a_payload_lacks_is_not_there(client, root, ending: str) -> None:
    assert client.get(f"/map/{basemap_payload(root / 'data').name}.{ending}").status_code == 404


@pytest.mark.parametrize("name", ["0123456789abcdef", "", "x", "..%2fdata%2fsites", "%00", "sites"])
def test_a_payload_that_is_not_there_is_said_to_have_changed_and_not_kept(client, name: str) -> None:
    answer = client.get(f"/map/{name}.json")
    assert answer.status_code == 404
    assert "immutable" not in answer.headers.get("cache-control", "")
    if "%2f" not in name and name:
        assert "changed" in answer.text
        assert "Reload the page" in answer.text


def test_the_payloads_of_old_data_are_answered_for_a_while(folder) -> None:
    path = folder(incidents=[{"id": "first", "place": "here", "lat": "34", "lon": "38"}])
    client = client_of(path)
    names = []
    for number in range(FORMER + 2):
        forces = "".join(f"force-{n},Force,#1f6fb2\n" for n in range(number + 1))
        (path / "forces.csv").write_text(f"id,name,colour\n{forces}", encoding="utf-8")
        catalog = open_catalog(path)
        names.append(rows_payload(catalog).name)
        assert client.get("/newest.json").json() == {"dataset": catalog.version}
    assert len(set(names)) == FORMER + 2
    gone, *there = names
    for name in there:
        assert client.get(f"/map/{name}.json").headers["cache-control"] == FOREVER
        assert client.get(f"/map/{name}/texts?rows=0").status_code == 200
    assert client.get(f"/map/{gone}.json").status_code == 404
    assert client.get(f"/map/{gone}/texts?rows=0").status_code == 404


def test_a_base_map_that_was_there_before_is_answered_for_a_while(folder) -> None:
    path = folder()
    (path / "basemap").mkdir()
    client = client_of(path)
    names = []
    for number in range(BASEMAPS + 1):
        text = json.dumps({"type": "FeatureCollection", "features": [], "number": number})
        (path / "basemap/land.geojson").write_text(text, encoding="utf-8")
        names.append(basemap_payload(path).name)
        assert client.get(f"/map/{names[-1]}.json").status_code == 200
    assert [client.get(f"/map/{name}.json").status_code for name in names] == [404, *[200] * BASEMAPS]


TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}


def test_an_asset_is_served_as_what_it_is_to_be_kept_for_ever(client) -> None:
    own = (f"/{assets_root()}/{name}" for name in assets())
    for path in (*own, f"/{LEAFLET}/leaflet.js", f"/{LEAFLET}/leaflet.css"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["content-type"] == TYPES[PurePosixPath(path).suffix], path
        assert answer.headers["cache-control"] == FOREVER, path
        assert answer.content, path


def test_an_assets_address_changes_with_its_content() -> None:
    assert re.fullmatch(r"/assets/[0-9a-f]{12}/map/assets", ASSET)
    assert f"assets/leaflet-{leaflet.VERSION}" == LEAFLET


def test_all_that_the_map_loads_is_served(client, curated, root) -> None:
    figure = PostureMap(curated, served(rows_payload(curated), basemap_payload(root / "data")))
    found = served(rows_payload(curated), basemap_payload(root / "data"))
    links = [link for _, link in (*figure.default_js, *figure.default_css)]
    links += [found.basemap, *(address for part, address in found.rows.items() if part != "texts")]
    links.append(links[1].replace("boot.js", "bundle.js"))
    assert len(links) == 9
    for link in links:
        assert client.get(urljoin(FRAME, link)).status_code == 200, link


def test_every_module_that_a_script_imports_is_served(client) -> None:
    imported = {
        posixpath.normpath(f"{posixpath.dirname(asset)}/{name}")
        for asset, path in assets().items()
        if path.suffix == ".js"
        for name in re.findall(
            r"""(?:from|import|new URL\()\s*["']([^"']+\.js)["']""", path.read_text(encoding="utf-8")
        )
    }
    assert {"map/assets/bundle.js", "map/assets/time/days.js"} <= imported
    for name in imported:
        assert client.get(f"/{assets_root()}/{name}").status_code == 200, name


TRAVERSALS = [
    f"{base}/{up}{target}"
    for base in (ASSET, f"/{LEAFLET}", "/map")
    for up in ("../", "../../", "..%2f", "..%2f..%2f", "%2e%2e/%2e%2e/", "..%5c", "....//", "%2fetc%2f", "/")
    for target in ("folium_map.py", "page.py", "data/dataset.toml", "passwd")
]


def test_no_address_leads_out_of_the_assets(client) -> None:
    for path in TRAVERSALS:
        answer = client.get(path)
        assert answer.status_code == 404, path
        assert "immutable" not in answer.headers.get("cache-control", ""), path


@pytest.mark.parametrize(
    "address", [f"{ASSET}/", ASSET, f"/{LEAFLET}/", f"{ASSET}/nothing.js", "/assets/000000000000/app.js"]
)
def test_no_folder_is_listed_and_what_is_not_there_is_not_kept(client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "immutable" not in answer.headers.get("cache-control", "")


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/healthz", 200),
        ("HEAD", "/healthz", 200),
        ("POST", "/healthz", 405),
        ("GET", "/map/0123456789abcdef.json", 404),
        ("GET", f"{ASSET}/app.js", 200),
        ("POST", f"{ASSET}/app.js", 405),
        ("GET", f"/{LEAFLET}/leaflet.js", 200),
        ("GET", "/nowhere", 404),
    ],
)
def test_every_answer_has_the_security_headers_once(client, method: str, address: str, status: int) -> None:
    answer = client.request(method, address)
    assert answer.status_code == status
    for name, value in HEADERS.items():
        assert answer.headers.get_list(name) == [value]


def test_the_policy_lets_nothing_come_from_or_go_elsewhere_but_an_online_basemaps_images() -> None:
    policy = dict(part.split(" ", 1) for part in HEADERS["content-security-policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == "'none'"
    assert policy["frame-ancestors"] == "'self'"
    own = {"'self'", "'none'", "'unsafe-inline'", "'unsafe-eval'", "blob:", "data:", "ws:", "wss:"}
    for kind, sources in policy.items():
        elsewhere = set(sources.split()) - own
        assert elsewhere == (set(tile_hosts()) if kind == "img-src" else set()), kind
    assert HEADERS["x-content-type-options"] == "nosniff"


def test_the_page_is_the_streamlit_script(root) -> None:
    assert root / "components/page.py" == PAGE_SCRIPT
    assert PAGE_SCRIPT.is_file()


def test_under_a_base_path_all_is_there_and_what_is_streamlits_is_left_to_it(root, curated) -> None:
    page = "<html><head><title>Streamlit</title></head></html>"
    theirs = [Route("/foo/{path:path}", lambda _: HTMLResponse(page)), Route("/", lambda _: PlainTextResponse("root"))]

    def data() -> Path:
        return root / "data"

    app = Starlette(routes=[*routes(data, "/foo/"), *theirs], middleware=middleware(data, "foo"))
    client = TestClient(app)
    assert client.get("/foo/readyz").json()["dataset"] == curated.version
    assert client.get("/foo/_stcore/health").text == page
    assert client.get("/foo/nothing").text == page
    assert client.get("/").text == "root"
    embed = client.get("/foo/embed?sel=site:al-tanf")
    assert 'property="og:image" content="http://testserver/foo/preview.png?sel=' in embed.text
    for link in re.findall(r'(?:src|href)="((?:assets|map)/[^"]+)"', embed.text):
        assert client.get(urljoin("http://testserver/foo/embed", link)).headers["cache-control"] == FOREVER
    head = client.get("/foo/?sel=site:al-tanf").text
    assert "<title>Al-Tanf garrison · Laydown</title>" in head
    assert 'content="http://testserver/foo/?sel=site:al-tanf"' in head
    listing = client.get("/foo/api/v1/incidents?size=1").json()
    assert listing["next"].startswith("http://testserver/foo/api/v1/incidents?")
    assert client.get(listing["next"]).json()["page"] == 2
