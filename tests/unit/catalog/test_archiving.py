"""An archive on localhost that answers as the Internet Archive's Save Page Now does, and as it should not."""

import csv
import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest

from components.catalog import archiving
from components.catalog.archiving import Archive, Outcome, RefusedError, StoppedError, archive_sources, unarchived
from components.cli import main

STAMP = "20261124120000"
PAGE = "https://example.org/1"
JOB = {"url": PAGE, "job_id": "spn2-1"}
PENDING = {"status": "pending", "job_id": "spn2-1", "resources": []}


def done(of: str = PAGE) -> dict[str, Any]:
    return {"status": "success", "job_id": "spn2-1", "timestamp": STAMP, "original_url": of}


class Server(ThreadingHTTPServer):
    """Answers with what is told it, in order; the last answer again and again."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("localhost", 0), Handler)
        self.answers: list[Any] = []
        self.asked: list[tuple[str, str, dict[str, str], dict[str, str]]] = []
        self.over = threading.Event()
        self.address = f"http://localhost:{self.server_port}"

    def answer(self, *answers: Any) -> None:
        self.answers = list(answers)

    @property
    def paths(self) -> list[str]:
        return [f"{method} {path}" for method, path, _, _ in self.asked]


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        form = {key: texts[-1] for key, texts in parse_qs(self.rfile.read(length).decode()).items()}
        self.server.asked.append((self.command, self.path, form, dict(self.headers)))
        answers = self.server.answers
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if callable(answer):
            answer = answer(form)
        if answer == "slow":
            self.server.over.wait(30)
            return
        status, headers, body = answer if isinstance(answer, tuple) else (200, {}, answer)
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, text in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_GET  # noqa: N815

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def running(server: Server) -> Iterator[Server]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.over.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def server(monkeypatch) -> Iterator[Server]:
    monkeypatch.setenv("no_proxy", "localhost,127.0.0.1")
    yield from running(Server())


@pytest.fixture
def stranger() -> Iterator[Server]:
    """Another server, to which no key may go."""
    stranger = Server()
    stranger.answer(JOB)
    yield from running(stranger)


class Waits(list[float]):
    """What would have been waited for."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def archive(server: Server, timeout: float = 5.0, **more: Any) -> tuple[Archive, Waits]:
    waits = Waits()
    return Archive("key", "secret", server.address, timeout=timeout, **{"wait": waits, **more}), waits


def test_a_page_is_asked_for_in_the_documented_form(server) -> None:
    server.answer(JOB, PENDING, PENDING, done())
    asked, waits = archive(server, agent="laydown-archive (me@example.org)")
    copy = asked.copy(PAGE)
    assert copy.address == f"{server.address}/web/{STAMP}/{PAGE}"
    assert server.paths == ["POST /save", *["GET /save/status/spn2-1"] * 3]
    _, _, form, headers = server.asked[0]
    assert form == {"url": PAGE, "skip_first_archive": "1", "if_not_archived_within": "1d"}
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    for *_, headers in server.asked:
        assert headers["Accept"] == "application/json"
        assert headers["Authorization"] == "LOW key:secret"
        assert headers["User-Agent"] == "laydown-archive (me@example.org)"
    assert waits == [archiving.POLL] * 3


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        (
            [{"status": "error", "status_ext": "error:blocked-url", "message": "Blocked."}],
            "Blocked. — error:blocked-url",
        ),
        ([{"status": "error", "message": ["no", "text"]}], "does not say why"),
        ([{}], "does not say why"),
        ([{"job_id": "../../user"}], "does not say why"),
        ([{"job_id": 7}], "does not say why"),
        ([JOB, {"status": "error", "status_ext": "error:not-found", "message": "Not found\n\x1b[31m"}], "Not found"),
        ([JOB, {"status": "what"}], "does not say why"),
        ([JOB, PENDING], "is not ready after 3 minutes"),
        ([JOB, {**done(), "timestamp": "2026"}], "names no copy"),
        ([JOB, {**done(), "original_url": None}], "names no copy"),
        ([JOB, done("javascript:alert(1) <b>")], "is no web address"),
        ([JOB, done("https://example.org/")], "leads to the front page"),
        ([b"<html>"], "cannot be read"),
        ([[1, 2]], "cannot be read"),
        ([(404, {}, b"gone")], r"cannot be read|404"),
    ],
)
def test_a_page_that_is_refused_is_told_with_the_reason(server, answers, why) -> None:
    server.answer(*answers)
    asked, _ = archive(server)
    with pytest.raises(RefusedError, match=why) as error:
        asked.copy(PAGE)
    assert str(error.value).isprintable()


@pytest.mark.parametrize(
    ("refusal", "waited"),
    [
        ((429, {"Retry-After": "7"}, b""), 7),
        ((429, {}, b""), archiving.BACKOFF),
        ((429, {"Retry-After": "soon"}, b""), archiving.BACKOFF),
        ((503, {"Retry-After": "3"}, b""), 3),
        ((500, {}, b"broken"), archiving.BACKOFF),
        ((502, {}, b""), archiving.BACKOFF),
        ({"status": "error", "status_ext": "error:user-session-limit"}, archiving.BACKOFF),
    ],
)
def test_an_archive_that_is_busy_is_asked_again_after_as_long_as_it_says(server, refusal, waited) -> None:
    server.answer(refusal, JOB, done())
    asked, waits = archive(server)
    assert asked.copy(PAGE).of == PAGE
    assert waits == [waited, archiving.POLL]


def test_a_date_to_come_back_at_is_honoured(server) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    server.answer((429, {"Retry-After": later}, b""), JOB, done())
    asked, waits = archive(server)
    asked.copy(PAGE)
    assert 90 < waits[0] <= 100


def test_a_slow_answer_is_given_up_and_asked_for_again(server) -> None:
    server.answer("slow", JOB, done())
    asked, waits = archive(server, timeout=0.05)
    assert asked.copy(PAGE).of == PAGE
    assert waits == [archiving.BACKOFF, archiving.POLL]


@pytest.mark.parametrize(
    ("answer", "why", "times"),
    [
        ("slow", "does not answer", archiving.TRIES),
        ((500, {}, b""), "fails \\(500\\), though asked 5 times", archiving.TRIES),
        ((429, {"Retry-After": "1"}, b""), "asks to wait, though asked 5 times", archiving.TRIES),
        ((429, {"Retry-After": "7200"}, b""), "to be left alone for 120 minutes", 1),
        ((401, {}, b""), "refuses the keys \\(401\\)", 1),
        ((403, {}, b""), "refuses the keys \\(403\\)", 1),
        (b" " * (archiving.MAX_ANSWER + 1), "does not answer", archiving.TRIES),
        (
            {"status": "error", "status_ext": "error:user-session-limit"},
            "has no room for this account",
            archiving.TRIES,
        ),
        ((302, {"Location": "/save/"}, b""), "leads on and on", archiving.REDIRECTS + 1),
        ((302, {"Location": "https://[x"}, b""), "does not answer", archiving.TRIES),
        ((302, {"Location": "javascript:alert(1)"}, b""), "leads to nowhere", 1),
    ],
)
def test_an_archive_that_cannot_be_asked_ends_the_run(server, answer, why, times) -> None:
    server.answer(answer)
    asked, waits = archive(server, timeout=0.05 if answer == "slow" else 5.0)
    with pytest.raises(StoppedError, match=why):
        asked.copy(PAGE)
    assert len(server.asked) == times
    assert sum(waits) < 600


def test_an_archive_that_is_not_there_ends_the_run(monkeypatch) -> None:
    monkeypatch.setenv("no_proxy", "localhost")
    closed = Server()
    closed.server_close()
    asked, waits = archive(closed)
    with pytest.raises(StoppedError, match="does not answer \\(ConnectionError\\), though asked 5 times"):
        asked.copy(PAGE)
    assert waits == [15, 30, 60, 120, 0]


@pytest.mark.parametrize(("status", "then"), [(302, "GET"), (303, "GET"), (307, "POST"), (308, "POST")])
def test_a_redirect_within_the_archive_is_followed(server, status, then) -> None:
    server.answer((status, {"Location": "/save/here"}, b""), JOB, done())
    asked, _ = archive(server)
    asked.copy(PAGE)
    assert server.paths[:2] == ["POST /save", f"{then} /save/here"]
    assert server.asked[1][2].get("url") == (PAGE if then == "POST" else None)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_another_server_is_not_followed_and_no_key_goes_there(server, stranger, host, status) -> None:
    server.answer((status, {"Location": f"http://{host}:{stranger.server_port}/save"}, b""))
    asked, _ = archive(server)
    with pytest.raises(StoppedError, match=f"leads to {host}:{stranger.server_port}, and the keys are not for others"):
        asked.copy(PAGE)
    assert len(server.asked) == 1
    assert stranger.asked == []


def test_no_key_is_taken_from_a_netrc(server, monkeypatch, tmp_path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine localhost login other password other\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    server.answer(JOB, done())
    asked, _ = archive(server)
    asked.copy(PAGE)
    assert {headers["Authorization"] for *_, headers in server.asked} == {"LOW key:secret"}


@pytest.mark.parametrize("service", ["http://web.archive.org", "ftp://localhost", "web.archive.org", "", "https://[x"])
def test_keys_go_only_to_an_encrypted_address_or_this_machine(service) -> None:
    with pytest.raises(ValueError, match="begins with https"):
        Archive("key", "secret", service)


def test_the_secret_is_not_shown() -> None:
    assert "hush" not in repr(Archive("key", "hush"))


def test_only_sources_with_an_address_and_without_a_copy_are_asked_for(folder) -> None:
    folder.rows(
        "sources",
        {"id": "paper", "url": ""},
        {"id": "copied", "url": "https://example.org/2", "archived": f"https://web.archive.org/web/{STAMP}/x"},
        {"id": "copy", "url": f"https://web.archive.org/web/{STAMP}/https://example.org/3"},
        {"id": "other", "url": "https://example.org/4"},
        {"id": "odd", "url": "https://[x"},
        {"id": "none", "kind": "memory", "url": "https://example.org/5"},
    )
    wanted = {"wire-1": PAGE, "other": "https://example.org/4", "odd": "https://[x"}
    assert unarchived(folder.load()) == wanted


# A run


@pytest.fixture
def asking(folder, server) -> Callable[..., tuple[Outcome, list[str], Waits]]:
    """Run over a folder with four sources to ask for; ``wait`` may interrupt it."""
    folder.rows("sources", *({"id": f"wire-{n}", "url": f"https://example.org/{n}"} for n in (2, 3, 4)))

    def ask(wait: Callable[[float], None] | None = None) -> tuple[Outcome, list[str], Waits]:
        outcome, said = Outcome(), []
        asked, waits = archive(server, **({"wait": wait} if wait else {}))
        try:
            archive_sources(folder.path, unarchived(folder.load()), asked, said.append, outcome)
        except KeyboardInterrupt:
            said.append("interrupted")
        return outcome, said, waits

    return ask


def copies(folder) -> dict[str, str]:
    return {
        row["id"]: row["archived"] for row in csv.DictReader(folder.read("sources").splitlines()) if row["archived"]
    }


def each(form: dict[str, str], asked: list[str]) -> dict[str, Any]:
    """Answer a capture request, or the question after it."""
    if "url" in form:
        asked.append(form["url"])
        return {"job_id": f"job-{len(asked)}"}
    return done(asked[-1])


def test_a_run_fills_the_blank_cells_and_changes_nothing_else(folder, server, asking) -> None:
    before, asked = folder.read("sources"), []
    server.answer(lambda form: each(form, asked))
    outcome, said, waits = asking()
    assert copies(folder) == {
        f"wire-{n}": f"{server.address}/web/{STAMP}/https://example.org/{n}" for n in (1, 2, 3, 4)
    }
    after = folder.read("sources")
    for address in copies(folder).values():
        after = after.replace(address, "", 1)
    assert after == before
    assert (outcome.copied, outcome.failures, outcome.stopped) == (4, [], "")
    assert [line.split(": ")[0] for line in said] == [f"{n} of 4" for n in (1, 2, 3, 4)]
    assert waits.count(archiving.PAUSE) == 3, "between two pages"
    assert folder.load().problems == ()


def test_a_run_that_was_interrupted_goes_on_where_it_stopped(folder, server, asking) -> None:
    asked: list[str] = []
    server.answer(lambda form: each(form, asked))

    def interrupt(seconds: float) -> None:
        if seconds == archiving.POLL and len(asked) == 3:
            raise KeyboardInterrupt

    _, said, _ = asking(interrupt)
    assert said[-1] == "interrupted"
    assert set(copies(folder)) == {"wire-1", "wire-2"}
    outcome, _, _ = asking()
    assert asked[3:] == ["https://example.org/3", "https://example.org/4"], "what is there is not asked for again"
    assert outcome.copied == 2
    assert len(copies(folder)) == 4


def test_a_page_that_is_refused_is_left_for_the_next_run_and_the_others_go_on(folder, server, asking) -> None:
    asked: list[str] = []

    def answer(form: dict[str, str]) -> Any:
        if form.get("url", "").endswith("/2"):
            return {"status": "error", "status_ext": "error:no-access", "message": "No access."}
        return each(form, asked)

    server.answer(answer)
    outcome, said, _ = asking()
    assert set(copies(folder)) == {"wire-1", "wire-3", "wire-4"}
    [failure] = outcome.failures
    assert failure == ("wire-2", "https://example.org/2", "No access. — error:no-access")
    assert "2 of 4: wire-2: none: No access." in said[1]


def test_a_run_that_is_stopped_keeps_what_it_has(folder, server, asking) -> None:
    asked: list[str] = []
    server.answer(lambda form: (401, {}, b"") if form.get("url", "").endswith("/3") else each(form, asked))
    outcome, _, _ = asking()
    assert set(copies(folder)) == {"wire-1", "wire-2"}
    assert "refuses the keys" in outcome.stopped
    assert outcome.copied == 2


def test_what_a_curator_does_meanwhile_is_kept(folder, server, asking) -> None:
    asked: list[str] = []

    def answer(form: dict[str, str]) -> Any:
        if form.get("url", "").endswith("/2"):  # a row goes, another is filled by hand, a third has a new title
            text = folder.read("sources")
            lines = [line for line in text.splitlines(keepends=True) if not line.startswith("wire-3,")]
            lines = [line.replace("Report", "A better title") if line.startswith("wire-4,") else line for line in lines]
            folder.text("sources", "".join(lines))
        return each(form, asked)

    server.answer(answer)
    outcome, said, _ = asking()
    assert set(copies(folder)) == {"wire-1", "wire-2", "wire-4"}
    assert "A better title" in folder.read("sources")
    assert "its row has gone" in said[2]
    assert outcome.copied == 3


def test_where_an_address_led_elsewhere_the_curator_is_told_to_look(server, asking) -> None:
    asked: list[str] = []

    def answer(form: dict[str, str]) -> Any:
        told = each(form, asked)
        return {**told, "original_url": "https://other.example/story"} if told.get("status") else told

    server.answer(answer)
    _, said, _ = asking()
    assert "(its address led to https://other.example/story: look at it)" in said[0]


def test_a_folder_without_the_column_is_told_before_anything_is_asked(folder, server, asking) -> None:
    folder.text("sources", "id,publisher,title,url,kind\nwire-1,Wire,Report,https://example.org/1,wire\n")
    server.answer(JOB)
    with pytest.raises(ValueError, match=r"sources\.csv has no column archived"):
        asking()
    assert server.asked == []


def test_a_file_that_can_no_longer_be_written_ends_the_run_with_the_copys_address(folder, server, asking) -> None:
    asked: list[str] = []

    def answer(form: dict[str, str]) -> Any:
        folder.remove("sources") if form.get("url") else None
        return each(form, asked)

    server.answer(answer)
    outcome, _, _ = asking()
    assert f"there is a copy at {server.address}/web/{STAMP}/{PAGE}" in outcome.stopped


# The command


@pytest.fixture
def keys(monkeypatch) -> None:
    monkeypatch.setenv("LAYDOWN_ARCHIVE_KEY", "key")
    monkeypatch.setenv("LAYDOWN_ARCHIVE_SECRET", "secret\n")
    monkeypatch.delenv("LAYDOWN_USER_AGENT", raising=False)


def command(folder, server, *arguments: str) -> int:
    return main(["archive", "--data", str(folder.path), "--service", server.address, *arguments])


def test_the_command_says_what_came_about(folder, server, keys, capsys) -> None:
    server.answer(JOB, (200, {}, done()))
    server.answer(JOB, {"status": "error", "status_ext": "error:not-found", "message": "Not found."})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archiving, "POLL", 0)
        assert command(folder, server, "--user-agent", "Jane\nDoe, ✉ jane@example.org") == 1
    out = capsys.readouterr().out
    assert "No copy, to be asked for again by the next run:\n  wire-1: https://example.org/1: Not found." in out
    assert out.endswith("0 copied, 1 left. Run it again to go on.\n")
    assert server.asked[0][3]["User-Agent"] == "laydown-archive (Jane Doe, ? jane@example.org)"
    assert server.asked[0][3]["Authorization"] == "LOW key:secret"


def test_the_command_succeeds_when_nothing_is_left(folder, server, keys, capsys, monkeypatch) -> None:
    monkeypatch.setattr(archiving, "POLL", 0)
    server.answer(JOB, done())
    assert command(folder, server) == 0
    assert capsys.readouterr().out.endswith("1 copied, 0 left.\n")
    assert command(folder, server) == 0
    assert capsys.readouterr().out == f"0 sources to ask {server.address} for.\n"
    assert main(["check", "--data", str(folder.path)]) == 0
    assert "0 sources without an archived copy" in capsys.readouterr().out


def test_an_interrupt_is_no_crash(folder, server, keys, capsys, monkeypatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(archiving.Archive, "copy", interrupt)
    assert command(folder, server) == 1
    assert "It ended early: you interrupted it.\n0 copied, 1 left. Run it again" in capsys.readouterr().out


def test_a_dry_run_asks_nothing(folder, server, capsys, monkeypatch) -> None:
    monkeypatch.delenv("LAYDOWN_ARCHIVE_KEY", raising=False)
    folder.rows("sources", *({"id": f"wire-{n}", "url": f"https://example.org/{n}"} for n in (2, 3)))
    before = folder.read("sources")
    assert command(folder, server, "--dry-run", "--limit", "2") == 0
    assert capsys.readouterr().out.splitlines() == [
        "wire-1: https://example.org/1",
        "wire-2: https://example.org/2",
        f"2 sources to ask {server.address} for.",
    ]
    assert server.asked == []
    assert folder.read("sources") == before


@pytest.mark.parametrize("missing", ["KEY", "SECRET"])
def test_without_keys_it_says_how_to_get_them(folder, server, keys, capsys, monkeypatch, missing) -> None:
    monkeypatch.delenv(f"LAYDOWN_ARCHIVE_{missing}")
    assert command(folder, server) == 1
    said = capsys.readouterr().out
    assert "LAYDOWN_ARCHIVE_KEY and LAYDOWN_ARCHIVE_SECRET" in said
    assert archiving.KEYS in said
    assert server.asked == []


def test_a_service_that_is_no_safe_address_is_refused(folder, keys, capsys) -> None:
    assert main(["archive", "--data", str(folder.path), "--service", "http://web.archive.org"]) == 1
    assert capsys.readouterr().out.startswith("Nothing was asked: 'http://web.archive.org' is not an address")


@pytest.mark.parametrize("limit", ["0", "-1", "many", "1.5"])
def test_a_limit_is_a_number_from_one_on(folder, limit, capsys) -> None:
    with pytest.raises(SystemExit):
        main(["archive", "--data", str(folder.path), "--limit", limit])
    assert "is not a number from 1 on" in capsys.readouterr().err
