"""``Fetcher.get``: one URL in, one checked answer or one ``FetchError`` out."""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import httpx
import tenacity
from protego import Protego

from repdb import __version__
from repdb.content import sniff
from repdb.fetch.body import ACCEPT_ENCODING, BadBody, read_body
from repdb.fetch.errors import FetchError, typed
from repdb.fetch.guard import GuardedBackend, GuardedTransport
from repdb.fetch.pace import Pace, Wait, retry_after
from repdb.fetch.rawstore import RawStore, Stored
from repdb.fetch.response import Response

AGENT = "repdb"
MAX_HOPS = 5  # RFC 9309 §2.3.1.2 asks for at least five for robots.txt; more is a loop in practice
_ROBOTS_BYTES = 512_000  # RFC 9309 §2.5: at least 500 KiB
_PASSING = frozenset({408, 425, 500, 502, 503, 504})
# What a caller may expect → what ``content.sniff`` may find.
_EXPECT = {
    "csv": {"text"},
    "excel": {"xlsx", "xls"},
    "html": {"html"},
    "json": {"json"},
    "pdf": {"pdf"},
    "text": {"text"},
}


class Fetcher:
    """Fetches politely and safely; a context manager, to be shared between threads.

    ``raw_dir``        bodies are kept here (``RawStore``); a run is repeated without the network with ``offline=True``
    ``local_origins``  ``http://host:port`` of servers that the operator named himself: only these may be private, and
                       only directly; a redirect to any other private address is refused
    ``contact``        where the publisher reaches the operator: a URL or an e-mail address, part of the User-Agent
    ``timeout``        seconds for one answer, from the first byte sent to the last one read
    ``max_bytes``      size of one body, decompressed
    ``interval``       seconds between two requests to one host, or what its robots.txt asks; 0 for local origins
    ``attempts``, ``backoff``, ``max_wait``  tries, first pause and longest pause in seconds, ``Retry-After`` included
    """

    def __init__(
        self,
        raw_dir: Path,
        *,
        local_origins: Collection[str] = (),
        contact: str = "",
        offline: bool = False,
        timeout: float = 60.0,
        connect_timeout: float = 10.0,
        max_bytes: int = 50_000_000,
        interval: float = 1.0,
        concurrency: int = 2,
        attempts: int = 4,
        backoff: float = 1.0,
        max_wait: float = 120.0,
        backend: GuardedBackend | None = None,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self.store = RawStore(raw_dir)
        self.offline, self.timeout, self.max_bytes = offline, timeout, max_bytes
        self._interval, self._max_wait = interval, max_wait
        self._local = {_endpoint(httpx.URL(origin)) for origin in local_origins}
        self._backend = backend or GuardedBackend(self._local)
        self._pace = Pace(concurrency)
        self._robots: dict[tuple[str, str, int], Protego] = {}
        self._retrying = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(attempts),
            wait=Wait(backoff, max_wait),
            retry=tenacity.retry_if_exception(lambda error: isinstance(error, FetchError) and error.retry),
            reraise=True,
        )
        agent = f"{AGENT}/{__version__}" + (f" (+{contact})" if contact else "")
        self._client = httpx.Client(
            transport=GuardedTransport(self._backend, ssl_context or httpx.create_ssl_context()),
            timeout=httpx.Timeout(timeout, connect=connect_timeout),
            headers={"User-Agent": agent, "Accept-Encoding": ACCEPT_ENCODING},
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()
        self.store.close()

    def get(
        self,
        url: str,
        *,
        expect: str = "",
        headers: Mapping[str, str] | None = None,
        max_bytes: int | None = None,
        robots: bool = True,
    ) -> Response:
        """The body of ``url``, new or confirmed by the server as unchanged. Raises ``FetchError``, nothing else.

        ``expect`` is ``csv``, ``excel``, ``html``, ``json``, ``pdf``, ``text`` or empty; another kind of content is an
        error and is not kept. ``headers`` (an API key) go to the origin of ``url`` only. ``robots=False`` is for
        documented machine interfaces, of which robots.txt does not speak.
        """
        with typed(url):
            _checked(url)
        kept = self.store.latest(url)
        if self.offline:
            if kept is None:
                raise FetchError("not_stored", url)
            return Response.of(*kept, from_cache=True)
        work = _Work(url, expect, dict(headers or {}), max_bytes or self.max_bytes, kept)
        return self._retrying(self._once, work, robots)

    def _once(self, work: _Work, robots: bool) -> Response:
        with typed(work.url):
            answer, content = self._follow(work, robots)
        if content is None:
            return Response.of(*work.kept_or_fail(), from_cache=True)
        found = sniff(content)
        if work.expect and found not in _EXPECT[work.expect]:
            raise FetchError("unexpected_content", work.url, f"{work.expect} → {found}")
        unchanged = work.kept is not None and work.kept[0].sha256 == answer.sha256
        self.store.save(answer, content)
        return Response.of(answer, content, unchanged=unchanged)

    def _follow(self, work: _Work, robots: bool) -> tuple[Stored, bytes | None]:
        """Walks the redirects, each hop judged like the first. The body is ``None`` for 304."""
        url = first = _checked(work.url)
        for _ in range(MAX_HOPS + 1):
            rules = self._rules(url) if robots else None
            if rules and not rules.can_fetch(str(url), AGENT):
                raise FetchError("robots_disallow", str(url))
            headers = work.conditional | (work.headers if _origin(url) == _origin(first) else {})
            with self._pace.turn(url.host, self._pause(url, rules)):
                self._backend.set_deadline(self.timeout)
                request = self._client.build_request("GET", url, headers=headers)
                response = self._client.send(request, stream=True)
                try:
                    if response.next_request is None:
                        return self._take(work, response)
                finally:
                    response.close()
            target = _checked(str(response.next_request.url))
            if url.scheme == "https" and target.scheme == "http":
                raise FetchError("insecure_redirect", work.url, target)
            url = target
        raise FetchError("redirect_loop", work.url, f"> {MAX_HOPS}")

    def _take(self, work: _Work, response: httpx.Response) -> tuple[Stored, bytes | None]:
        content = None
        if response.status_code != 304:
            self._judge(response)
            if int(response.headers.get("content-length") or 0) > work.max_bytes and not work.part:
                raise BadBody("too_large", work.max_bytes)
            packing = response.headers.get("content-encoding", "")
            content = read_body(response.iter_raw(), packing, work.max_bytes, work.part)
        get = response.headers.get
        answer = Stored(
            url=work.url,
            final_url=str(response.url),
            status=response.status_code,
            content_type=get("content-type", ""),
            etag=get("etag", ""),
            last_modified=get("last-modified", ""),
            sha256=hashlib.sha256(content or b"").hexdigest(),
            fetched_at=datetime.now(UTC).isoformat(),
        )
        return answer, content

    def _judge(self, response: httpx.Response) -> None:
        status, url = response.status_code, str(response.url)
        if status in (404, 410):
            raise FetchError("not_found", url, status)
        pause = retry_after(response.headers.get("retry-after", ""))
        if status == 429 or (status == 503 and pause):
            raise FetchError(
                "rate_limited",
                url,
                f"{pause:.0f} s" if pause else status,
                retry=pause <= self._max_wait,
                retry_after=pause,
            )
        if status != 200:
            raise FetchError("http_status", url, status, retry=status in _PASSING)

    def _rules(self, url: httpx.URL) -> Protego:
        """An origin's robots.txt, once per run. 4xx means no rules, trouble means no permission (RFC 9309 §2.3.1), and
        429 is trouble. Of a very long one the first half megabyte counts (§2.5)."""
        origin = _origin(url)
        if origin not in self._robots:
            work = _Work(str(url.copy_with(raw_path=b"/robots.txt")), "", {}, _ROBOTS_BYTES, None, part=True)
            try:
                _, content = self._follow(work, robots=False)
            except FetchError as error:
                none = error.code == "not_found" or (
                    error.code == "http_status" and 400 <= int(str(error.detail)) < 500
                )
                if not none:
                    raise
                content = None
            text = (content or b"").decode("utf-8-sig", "replace")
            whole = len(content or b"") < _ROBOTS_BYTES
            self._robots[origin] = Protego.parse(text if whole else text.rpartition("\n")[0])
        return self._robots[origin]

    def _pause(self, url: httpx.URL, rules: Protego | None) -> float:
        asked = min(rules.crawl_delay(AGENT) or 0.0, self._max_wait) if rules else 0.0
        return max(asked, 0.0 if _endpoint(url) in self._local else self._interval)


@dataclass(frozen=True)
class _Work:
    """What one ``get`` asks for. ``part``: the first ``max_bytes`` of it are enough."""

    url: str
    expect: str
    headers: dict[str, str]
    max_bytes: int
    kept: tuple[Stored, bytes] | None
    part: bool = False

    @property
    def conditional(self) -> dict[str, str]:
        if self.kept is None:
            return {}
        asked = {"If-None-Match": self.kept[0].etag, "If-Modified-Since": self.kept[0].last_modified}
        return {name: value for name, value in asked.items() if value}

    def kept_or_fail(self) -> tuple[Stored, bytes]:
        if self.kept is None:
            raise FetchError("http_status", self.url, 304)
        return self.kept


def _checked(text: str) -> httpx.URL:
    url = httpx.URL(text)
    if url.scheme not in ("http", "https") or not url.host:
        raise FetchError("bad_url", text, "http(s)")
    if url.userinfo:
        raise FetchError("bad_url", str(url.copy_with(userinfo=b"")), "user:password@")
    return url.copy_with(fragment=None)


def _endpoint(url: httpx.URL) -> tuple[str, int]:
    return url.raw_host.decode("ascii"), url.port or (443 if url.scheme == "https" else 80)


def _origin(url: httpx.URL) -> tuple[str, str, int]:
    return (url.scheme, *_endpoint(url))
