"""Archived copies of the sources: which have none, and an archive asked to make them.

The archive is the Internet Archive, or whatever answers as its Save Page Now does (its public API documentation, as of
October 2025): POST /save with the page's address answers with a job, GET /save/status/<job> says what became of it.
"""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

import requests
from pydantic import ValidationError
from requests.auth import AuthBase

from components.catalog.catalog import Catalog
from components.catalog.cells import require_column, set_cell
from components.catalog.problems import excerpt
from components.catalog.tables import BY_NAME, NO_DOCUMENT, SourceRow

SERVICE: Final = "https://web.archive.org"
KEYS: Final = "https://archive.org/account/s3.php"
"""Where an account gets its keys."""
PAUSE: Final = 10.0
"""Rate limit: seconds between two pages; an account may ask for seven a minute."""
POLL: Final = 5.0
"""Polling interval: seconds between two requests for the status of a job."""
POLLS: Final = 36
"""How often a job is polled: a capture takes two minutes at most, and may be queued before it."""
TRIES: Final = 5
"""How often a request is sent that fails for a passing reason."""
BACKOFF: Final = 15.0
"""Exponential backoff: seconds before the second try, doubled each time; an answer's Retry-After goes before it."""
PATIENCE: Final = 900.0
"""The longest Retry-After, in seconds, that a run waits for; with a longer one it ends."""
MAX_ANSWER: Final = 2_000_000
"""Bytes of an answer; a status lists what the page is made of."""
REDIRECTS: Final = 3
FRESH: Final = "1d"
"""A copy no older than this is used instead of a new one, so that an interrupted run can be repeated (idempotent)."""
_BUSY: Final = frozenset({"error:user-session-limit", "error:celery", "error:no-browsers-available"})
"""Errors that pass: the page may be asked for again."""
_ARCHIVES: Final = frozenset({"web.archive.org", "archive.org", "archive.ph", "archive.today", "archive.is"})
"""Hosts whose pages are archived copies themselves."""
_JOB: Final = re.compile(r"[\w.-]{1,200}", re.ASCII)
_TIMESTAMP: Final = re.compile(r"\d{14}", re.ASCII)


class RefusedError(Exception):
    """The archive makes no copy of this page; the run goes on with the next."""


class StoppedError(Exception):
    """The archive cannot be used any further: the run ends."""


class Copy(NamedTuple):
    """An archived copy."""

    address: str
    of: str
    """The page that was archived, after its redirects."""


class Failure(NamedTuple):
    """A source of which no copy was made, and why."""

    source: str
    url: str
    why: str


@dataclass(slots=True)
class Outcome:
    """The result of a run."""

    copied: int = 0
    failures: list[Failure] = field(default_factory=list)
    stopped: str = ""
    """Why it ended before all were asked; "" where it did not."""


def unarchived(catalog: Catalog) -> dict[str, str]:
    """Return the addresses, by id, of the sources with an address that have, and are, no archived copy."""
    sources = catalog.sources
    rows = zip(sources["id"], sources["kind"], sources["url"], sources["archived"], strict=True)
    return {
        id_: url
        for id_, kind, url, archived in rows
        if url and not archived and kind != NO_DOCUMENT and _split(url).hostname not in _ARCHIVES
    }


class _Keys(AuthBase):
    """The Authorization header with the account's keys. Given as ``auth``, so that requests does not read .netrc."""

    def __init__(self, key: str, secret: str) -> None:
        self._header = f"LOW {key}:{secret}"

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = self._header
        return request


@dataclass(frozen=True)
class Archive:
    """A client of the archive; it sends one request at a time."""

    key: str
    secret: str = field(repr=False)
    service: str = SERVICE
    agent: str = "laydown-archive"
    timeout: float = 60.0
    """Seconds without a byte, and half of what an answer may take in all."""
    wait: Callable[[float], None] = time.sleep

    def __post_init__(self) -> None:
        parts = _split(self.service)
        near = parts.hostname in ("localhost", "127.0.0.1", "::1")
        if not parts.hostname or (parts.scheme != "https" and not (parts.scheme == "http" and near)):
            raise ValueError(f"'{excerpt(self.service)}' is not an address that begins with https://")

    def copy(self, url: str) -> Copy:
        """Return a copy of the page at ``url``, made now, or not long ago."""
        asked = {"url": url, "skip_first_archive": "1", "if_not_archived_within": FRESH}
        job = self._started(asked)
        for _ in range(POLLS):
            self.wait(POLL)
            answer = self._ask("GET", f"/save/status/{job}")
            if answer.get("status") == "success":
                return self._made(url, answer)
            if answer.get("status") != "pending":
                raise RefusedError(_why(answer))
        raise RefusedError(
            f"is not ready after {POLLS * POLL / 60:.0f} minutes: the next run finds it, if it came to be"
        )

    def _started(self, asked: Mapping[str, str]) -> str:
        for seconds in _backoff():
            answer = self._ask("POST", "/save", asked)
            job = answer.get("job_id")
            if isinstance(job, str) and _JOB.fullmatch(job):
                return job
            if answer.get("status_ext") not in _BUSY:
                raise RefusedError(_why(answer))
            self.wait(seconds)
        raise StoppedError("the archive has no room for this account now")

    def _made(self, url: str, answer: Mapping[str, Any]) -> Copy:
        timestamp, of = answer.get("timestamp"), answer.get("original_url")
        if not isinstance(timestamp, str) or not isinstance(of, str) or not _TIMESTAMP.fullmatch(timestamp):
            raise RefusedError("the archive's answer names no copy")
        address = f"{self.service.rstrip('/')}/web/{timestamp}/{of}"
        try:
            SourceRow(id="any", publisher="any", title="any", kind="press", archived=address)
        except ValidationError:
            raise RefusedError(f"the archive's answer '{excerpt(address, 200)}' is no web address") from None
        if _is_front(of) and not _is_front(url):
            raise RefusedError(f"is gone: its address leads to the front page {excerpt(of, 200)}")
        return Copy(address, of)

    def _ask(self, method: str, path: str, form: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Send a request, with retries and exponential backoff; return its JSON object."""
        why = ""
        for seconds in _backoff():
            try:
                response = self._sent(method, f"{self.service.rstrip('/')}{path}", form)
            except (requests.RequestException, ValueError) as error:  # ValueError: it leads to what is no address
                why = f"does not answer ({type(error).__name__})"
                self.wait(seconds)
                continue
            if response.status_code in (429, 503):
                why = "asks to wait" if response.status_code == 429 else "is not available (503)"
                self.wait(_asked_to_wait(response.headers.get("Retry-After"), seconds) if seconds else 0.0)
            elif response.status_code in (401, 403):
                raise StoppedError(f"the archive refuses the keys ({response.status_code}): have new ones from {KEYS}")
            elif response.status_code >= 500:
                why = f"fails ({response.status_code})"
                self.wait(seconds)
            else:
                return _read(response)
        raise StoppedError(f"the archive {why}, though asked {TRIES} times")

    def _sent(self, method: str, address: str, form: Mapping[str, str] | None) -> requests.Response:
        """Return the answer, its body read. A redirect is followed only where it leads to the archive itself."""
        for _ in range(REDIRECTS + 1):
            response = requests.request(
                method,
                address,
                data=form,
                auth=_Keys(self.key, self.secret),
                headers={"Accept": "application/json", "User-Agent": self.agent},
                timeout=self.timeout,
                allow_redirects=False,
                stream=True,
            )
            with response:
                response._content = b"".join(self._body(response))  # noqa: SLF001  # bounded, unlike response.content
            if not response.is_redirect:
                return response
            leads = urljoin(address, response.headers["Location"])
            if _origin(leads) != _origin(self.service):
                where = excerpt(_split(leads).netloc) or "nowhere"
                raise StoppedError(f"the archive leads to {where}, and the keys are not for others")
            address = leads
            if response.status_code in (301, 302, 303):
                method, form = "GET", None
        raise StoppedError(f"the archive leads on and on, {REDIRECTS} times and more")

    def _body(self, response: requests.Response) -> Iterator[bytes]:
        """Yield an answer's body; raise ConnectionError where it is larger than MAX_ANSWER or takes too long."""
        deadline, size = time.monotonic() + 2 * self.timeout, 0
        for chunk in response.iter_content(65_536):
            size += len(chunk)
            if size > MAX_ANSWER or time.monotonic() > deadline:
                raise requests.ConnectionError("too much, or too slow")
            yield chunk


def archive_sources(
    folder: Path, asked: Mapping[str, str], archive: Archive, say: Callable[[str], None], outcome: Outcome
) -> None:
    """Ask ``archive`` for copies of the sources ``asked``, addresses by id; the result is written into ``outcome``.

    Each copy is written into the folder's sources at once, so that a run can be resumed wherever it ended.
    Raise ValueError, before anything is asked, where it could not be written.
    """
    file = BY_NAME["sources"].file
    try:
        require_column(folder / file, "archived")
    except OSError as error:
        raise ValueError(f"{file} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise ValueError(f"{file} {error}") from error
    for number, (source, url) in enumerate(asked.items(), start=1):
        at = f"{number} of {len(asked)}: {source}"
        try:
            if number > 1:
                archive.wait(PAUSE)
            copy = archive.copy(url)
        except RefusedError as error:
            outcome.failures.append(Failure(source, url, str(error)))
            say(f"{at}: none: {error}")
            continue
        except StoppedError as error:
            outcome.stopped = str(error)
            return
        try:
            written = set_cell(folder / file, source, "archived", copy.address)
        except (OSError, ValueError) as error:
            outcome.stopped = f"{file} cannot be written ({error}); there is a copy at {copy.address}"
            return
        if not written:
            say(f"{at}: its row has gone, or has a copy by now: it is left as it is")
            continue
        outcome.copied += 1
        led = "" if _same_page(copy.of, url) else f" (its address led to {excerpt(copy.of, 200)}: look at it)"
        say(f"{at}: {copy.address}{led}")


def _backoff() -> Iterator[float]:
    """Exponential backoff: yield for each try the seconds to wait where it fails; 0 after the last."""
    yield from (BACKOFF * 2**number for number in range(TRIES - 1))
    yield 0.0


def _asked_to_wait(header: str | None, otherwise: float) -> float:
    """Return the seconds of a Retry-After header, a number or a date (RFC 9110, 10.2.3); ``otherwise`` without one."""
    seconds = otherwise
    if header and re.fullmatch(r"\d{1,9}", header.strip(), re.ASCII):
        seconds = float(header)
    elif header:
        try:
            until = parsedate_to_datetime(header)
        except ValueError:
            until = None
        if until:
            until = until if until.tzinfo else until.replace(tzinfo=UTC)
            seconds = max(0.0, (until - datetime.now(UTC)).total_seconds())
    if seconds > PATIENCE:
        raise StoppedError(f"the archive asks to be left alone for {seconds / 60:.0f} minutes: run this again then")
    return seconds


def _read(response: requests.Response) -> dict[str, Any]:
    try:
        answer = response.json()
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise RefusedError(f"the archive's answer ({response.status_code}) cannot be read")
    return answer


def _why(answer: Mapping[str, Any]) -> str:
    """Return the archive's own error message, fit to be printed."""
    words = [str(answer[name]) for name in ("message", "status_ext") if isinstance(answer.get(name), str)]
    return excerpt(" — ".join(words), 300) or "the archive does not say why"


def _split(address: str) -> SplitResult:
    """Return an address in parts; one that cannot be read has none."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  # read only when it is asked for
    except ValueError:
        return urlsplit("")
    return parts


def _origin(address: str) -> tuple[str, str | None, int | None]:
    parts = _split(address)
    return parts.scheme, parts.hostname, parts.port or {"https": 443, "http": 80}.get(parts.scheme)


def _is_front(address: str) -> bool:
    """Return whether an address is a site's front page: deleted pages often redirect there (soft 404)."""
    parts = _split(address)
    return parts.path in ("", "/") and not parts.query


def _same_page(one: str, other: str) -> bool:
    def bare(address: str) -> tuple[str, str, str]:
        parts = _split(address)
        return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/"), parts.query

    return bare(one) == bare(other)
