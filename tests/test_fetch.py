from __future__ import annotations

import gzip
import hashlib
import ssl
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import httpcore
import pytest
import trustme
from fault_server import Answer, FaultServer, slow_drip, truncated_gzip, zip_bomb
from hypothesis import given
from hypothesis import strategies as st

from repdb.fetch import Fetcher, FetchError
from repdb.fetch.body import BadBody, read_body
from repdb.fetch.errors import CODES
from repdb.fetch.guard import GuardedBackend, refusal, resolve
from repdb.fetch.pace import Pace, retry_after

CSV = "番号,日付\n050-9999-0001,2026-11-01\n".encode()


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as server:
        yield server


@pytest.fixture
def fetcher(tmp_path: Path, server: FaultServer) -> Iterator[Fetcher]:
    with _fetcher(tmp_path, server) as fetcher:
        yield fetcher


def _fetcher(raw_dir: Path, *servers: FaultServer, **options: object) -> Fetcher:
    defaults: dict[str, object] = {"backoff": 0.001, "timeout": 5.0, "max_bytes": 1_000_000}
    return Fetcher(raw_dir, local_origins=[s.origin for s in servers], **(defaults | options))  # type: ignore[arg-type]


def _error(fetcher: Fetcher, url: str, **options: object) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetcher.get(url, **options)  # type: ignore[arg-type]
    assert url.split("?")[0].rstrip("/") in caught.value.text.ja or caught.value.url != url
    return caught.value


# What comes back, what is kept


def test_a_body_is_returned_and_kept_by_its_hash(fetcher: Fetcher, server: FaultServer) -> None:
    url = server.put("/a.csv", Answer(200, CSV, {"Content-Type": "text/csv; charset=utf-8", "ETag": '"1"'}))
    got = fetcher.get(url, expect="csv")
    assert (got.content, got.status, got.content_type) == (CSV, 200, "text/csv; charset=utf-8")
    assert (got.from_cache, got.unchanged, got.final_url) == (False, False, url)
    assert got.sha256 == hashlib.sha256(CSV).hexdigest()
    assert got.text.startswith("番号")
    assert gzip.decompress(fetcher.store.path(got.sha256).read_bytes()) == CSV
    assert datetime.now(UTC) - datetime.fromisoformat(got.fetched_at) < timedelta(minutes=1)


def test_pages_as_they_came_are_for_the_operator_alone(tmp_path: Path, server: FaultServer) -> None:
    with _fetcher(tmp_path / "raw", server):
        assert (tmp_path / "raw").stat().st_mode & 0o077 == 0


def test_unchanged_pages_cost_a_304_only(fetcher: Fetcher, server: FaultServer, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a.csv").write_bytes(CSV)
    url = server.serve_folder("/data/", tmp_path / "files") + "a.csv"
    first, second = fetcher.get(url), fetcher.get(url)
    assert (second.from_cache, second.unchanged, second.status, second.content) == (True, True, 200, CSV)
    assert second.fetched_at == first.fetched_at
    (tmp_path / "files" / "a.csv").write_bytes(CSV + CSV)
    third = fetcher.get(url)
    assert (third.from_cache, third.unchanged, third.content) == (False, False, CSV + CSV)


def test_last_modified_alone_is_asked_back_too(fetcher: Fetcher, server: FaultServer) -> None:
    date = "Sat, 21 Nov 2026 00:00:00 GMT"
    url = server.put("/a", Answer(200, b"x", {"Last-Modified": date}), Answer(304))
    assert not fetcher.get(url).from_cache
    assert fetcher.get(url).from_cache
    assert server.requests["/a"][1]["If-Modified-Since"] == date


def test_the_same_bytes_sent_again_are_told_as_unchanged(fetcher: Fetcher, server: FaultServer) -> None:
    url = server.put("/a", Answer(200, b"x"))
    fetcher.get(url)
    again = fetcher.get(url)
    assert (again.from_cache, again.unchanged) == (False, True)


def test_a_run_is_repeated_without_the_network(tmp_path: Path, server: FaultServer) -> None:
    url = server.put("/a", Answer(200, CSV))
    with _fetcher(tmp_path, server) as fetcher:
        fetcher.get(url)
    hits = server.hits("/a")
    with _fetcher(tmp_path, offline=True) as fetcher:
        assert fetcher.get(url).content == CSV
        assert _error(fetcher, server.url("/b")).code == "not_stored"
    assert server.hits("/a") == hits


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"junk"), lambda path: _halve(path)])
def test_a_damaged_copy_is_fetched_again(
    fetcher: Fetcher, server: FaultServer, damage: Callable[[Path], object]
) -> None:
    url = server.put("/a", Answer(200, CSV, {"ETag": '"1"'}))
    damage(fetcher.store.path(fetcher.get(url).sha256))
    assert fetcher.get(url).content == CSV
    assert server.requests["/a"][1]["If-None-Match"] is None
    assert fetcher.store.read(hashlib.sha256(CSV).hexdigest()) == CSV


def test_replaced_answers_are_pruned_and_the_last_one_of_each_address_stays(
    fetcher: Fetcher, server: FaultServer
) -> None:
    pages = [Answer(200, b"first"), Answer(200, b"second"), Answer(200, b"third")]
    url, other = server.put("/a", *pages), server.put("/b", Answer(200, b"first"))
    first, second, third = (fetcher.get(url).sha256 for _ in range(3))
    fetcher.get(other)
    store = fetcher.store
    leftover = store.path(first).with_name(f"{'0' * 64}.gz.1.2.part")
    leftover.write_bytes(b"")
    assert store.prune("2020-01-01") == 0
    assert [store.read(name) for name in (first, second, third)] == [b"first", b"second", b"third"]
    assert store.prune("9999-01-01") == 2
    assert [store.read(name) for name in (first, second, third)] == [b"first", None, b"third"], (
        "/b still needs the first"
    )
    assert not leftover.exists()
    kept = store.latest(url)
    assert kept is not None and kept[1] == b"third"


def _halve(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20])


def test_304_to_an_unconditional_request_is_an_error(fetcher: Fetcher, server: FaultServer) -> None:
    error = _error(fetcher, server.put("/a", Answer(304)))
    assert (error.code, error.detail) == ("http_status", 304)


# Manners


def test_it_says_who_it_is(tmp_path: Path, server: FaultServer) -> None:
    url = server.put("/a", Answer(200, b"x"))
    with _fetcher(tmp_path, server, contact="https://example.jp/bot") as fetcher:
        fetcher.get(url)
    assert server.requests["/a"][0]["User-Agent"].startswith("repdb/")
    assert "(+https://example.jp/bot)" in server.requests["/a"][0]["User-Agent"]
    assert "repdb/" in server.requests["/robots.txt"][0]["User-Agent"]


def test_robots_txt_is_obeyed_and_asked_once(fetcher: Fetcher, server: FaultServer) -> None:
    server.put("/robots.txt", Answer(200, b"User-agent: *\nDisallow: /private\n"))
    secret, open_ = server.put("/private/a", Answer(200, b"x")), server.put("/a", Answer(200, b"x"))
    assert _error(fetcher, secret).code == "robots_disallow"
    assert server.hits("/private/a") == 0
    assert fetcher.get(open_).content == b"x"
    assert fetcher.get(secret, robots=False).content == b"x"
    assert server.hits("/robots.txt") == 1


def test_robots_rules_for_us_win_and_redirect_targets_are_judged_too(fetcher: Fetcher, server: FaultServer) -> None:
    server.put("/robots.txt", Answer(200, b"User-agent: *\nDisallow: /\n\nUser-agent: repdb\nDisallow: /no\n"))
    server.put("/no", Answer(200, b"x"))
    assert _error(fetcher, server.put("/a", Answer(302, headers={"Location": "/no"}))).code == "robots_disallow"
    assert (server.hits("/a"), server.hits("/no")) == (1, 0)


def test_no_robots_txt_means_no_rules_but_trouble_means_no_permission(fetcher: Fetcher, server: FaultServer) -> None:
    url = server.put("/a", Answer(200, b"x"))
    server.put("/robots.txt", Answer(500))
    assert _error(fetcher, url).code == "http_status"
    assert server.hits("/a") == 0
    server.put("/robots.txt", Answer(403))
    assert fetcher.get(url).content == b"x"


def test_robots_txt_that_asks_to_slow_down_gives_no_permission(fetcher: Fetcher, server: FaultServer) -> None:
    url = server.put("/a", Answer(200, b"x"))
    server.put("/robots.txt", Answer(429))
    assert _error(fetcher, url).code == "rate_limited"
    assert server.hits("/a") == 0


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfUser-agent: *\nDisallow: /private\n",
        b"User-agent: *\r\nDisallow: /private\r\n",
        b"User-agent: *\nDisallow: /private\n" + b"# filler\n" * 60_000 + b"Disallow: /a\n",
        b"User-agent: *\nDisallow: /private\n".ljust(512_000 - 12, b"#") + b"\nDisallow: /abc",
    ],
    ids=["byte order mark", "CRLF", "long", "cut in a line"],
)
def test_robots_txt_in_any_state_is_read(fetcher: Fetcher, server: FaultServer, content: bytes) -> None:
    server.put("/robots.txt", Answer(200, content))
    secret, open_ = server.put("/private/a", Answer(200, b"x")), server.put("/a", Answer(200, b"x"))
    assert _error(fetcher, secret).code == "robots_disallow"
    assert fetcher.get(open_).content == b"x"


def test_crawl_delay_is_kept(fetcher: Fetcher, server: FaultServer) -> None:
    server.put("/robots.txt", Answer(200, b"User-agent: *\nCrawl-delay: 0.2\n"))
    url = server.put("/a", Answer(200, b"x"))
    start = time.monotonic()
    fetcher.get(url)
    fetcher.get(url)
    assert time.monotonic() - start >= 0.2


def test_the_pace_per_host_is_an_interval_between_starts() -> None:
    slept: list[float] = []
    pace = Pace(1, clock=lambda: 100.0, sleep=slept.append)
    for host in ("a", "a", "b", "a"):
        with pace.turn(host, 1.5):
            pass
    assert slept == [1.5, 3.0]


def test_no_more_requests_at_once_than_allowed() -> None:
    pace, inside, most = Pace(2), [], []

    def visit() -> None:
        with pace.turn("a", 0.0):
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.01)
            inside.pop()

    threads = [threading.Thread(target=visit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(most), max(most)) == (8, 2)


def test_an_api_key_goes_to_its_own_origin_only(tmp_path: Path, server: FaultServer) -> None:
    with FaultServer() as other, _fetcher(tmp_path, server, other) as fetcher:
        target = other.put("/b", Answer(200, b"x"))
        url = server.put("/a", Answer(302, headers={"Location": target}))
        fetcher.get(url, headers={"X-Api-Key": "k", "Authorization": "Bearer k"})
        assert server.requests["/a"][0]["X-Api-Key"] == "k"
        assert "X-Api-Key" not in other.requests["/b"][0]
        assert "Authorization" not in other.requests["/b"][0]
        assert "Authorization" not in server.requests["/robots.txt"][0]


# Trying again


def test_429_waits_as_long_as_asked(fetcher: Fetcher, server: FaultServer) -> None:
    url = server.put("/a", Answer(429, headers={"Retry-After": "1"}), Answer(200, b"x"))
    start = time.monotonic()
    assert fetcher.get(url).content == b"x"
    assert time.monotonic() - start >= 1.0


def test_429_for_longer_than_we_wait_is_told(fetcher: Fetcher, server: FaultServer) -> None:
    error = _error(fetcher, server.put("/a", Answer(429, headers={"Retry-After": "86400"})))
    assert (error.code, error.detail) == ("rate_limited", "86400 s")
    assert server.hits("/a") == 1


def test_429_without_a_time_is_tried_with_our_own_back_off(fetcher: Fetcher, server: FaultServer) -> None:
    assert _error(fetcher, server.put("/a", Answer(429))).code == "rate_limited"
    assert server.hits("/a") == 4


def test_500s_are_tried_again(fetcher: Fetcher, server: FaultServer) -> None:
    assert fetcher.get(server.put("/a", Answer(500), Answer(503), Answer(200, b"x"))).content == b"x"
    error = _error(fetcher, server.put("/b", Answer(502)))
    assert (error.code, error.detail, server.hits("/b")) == ("http_status", 502, 4)


@pytest.mark.parametrize(
    ("status", "code"), [(404, "not_found"), (410, "not_found"), (403, "http_status"), (204, "http_status")]
)
def test_what_will_not_change_is_not_tried_again(fetcher: Fetcher, server: FaultServer, status: int, code: str) -> None:
    error = _error(fetcher, server.put("/a", Answer(status)))
    assert (error.code, error.detail, server.hits("/a")) == (code, status, 1)


def test_retry_after_is_seconds_or_a_date() -> None:
    assert retry_after("120") == 120
    assert 50 < retry_after(format_datetime(datetime.now(UTC) + timedelta(minutes=1), usegmt=True)) <= 60
    assert [retry_after(value) for value in ("", "soon", "-5", "Sat, 01 Jan 2000 00:00:00 GMT")] == [0, 0, 0, 0]
    assert retry_after("Fri, 31 Dec 99999999999999999999 23:59:59 GMT") == 0


# Bounds


def test_a_slow_drip_ends_at_the_total_time(tmp_path: Path, server: FaultServer) -> None:
    url = server.put("/a", Answer(200, slow_drip))
    with _fetcher(tmp_path, server, timeout=0.3) as fetcher:
        start = time.monotonic()
        assert _error(fetcher, url).code == "timeout"
        assert 0.25 < time.monotonic() - start < 2


def test_a_drip_of_header_bytes_ends_too(tmp_path: Path) -> None:
    import socket

    listener = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        with listener, listener.accept()[0] as client:
            try:
                for byte in b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200:
                    client.send(bytes([byte]))
                    time.sleep(0.02)
            except OSError:
                pass

    thread = threading.Thread(target=drip)
    thread.start()
    origin = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with Fetcher(tmp_path, local_origins=[origin], timeout=0.3) as fetcher:
        assert _error(fetcher, origin + "/", robots=False).code == "timeout"
    thread.join()


def test_a_ten_gigabyte_zip_bomb_stops_at_the_limit_in_little_memory(fetcher: Fetcher, server: FaultServer) -> None:
    url = server.put("/a", Answer(200, zip_bomb, {"Content-Encoding": "gzip"}))
    tracemalloc.start()
    try:
        assert _error(fetcher, url).code == "too_large"
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


def test_a_large_plain_body_stops_at_the_limit(fetcher: Fetcher, server: FaultServer) -> None:
    assert _error(fetcher, server.put("/a", Answer(200, lambda: iter([bytes(2**16)] * 1000)))).code == "too_large"
    told = _error(fetcher, server.put("/b", Answer(200, b"", length=2_000_000)))
    assert (told.code, told.detail) == ("too_large", 1_000_000)
    assert _error(fetcher, server.put("/c", Answer(200, b"12345")), max_bytes=4).code == "too_large"


def test_truncated_gzip_is_tried_again_and_then_told(fetcher: Fetcher, server: FaultServer) -> None:
    url = server.put("/a", truncated_gzip(CSV * 50))
    assert (_error(fetcher, url).code, server.hits("/a")) == ("truncated", 4)
    assert fetcher.store.latest(url) is None
    whole = Answer(200, gzip.compress(CSV), {"Content-Encoding": "gzip"})
    assert fetcher.get(server.put("/b", truncated_gzip(CSV * 50), whole)).content == CSV


def test_a_body_shorter_than_announced_is_truncated(fetcher: Fetcher, server: FaultServer) -> None:
    assert _error(fetcher, server.put("/a", Answer(200, b"short", length=100))).code == "truncated"


def test_an_unasked_compression_is_told(fetcher: Fetcher, server: FaultServer) -> None:
    assert _error(fetcher, server.put("/a", Answer(200, b"x", {"Content-Encoding": "br"}))).code == "bad_compression"


@given(st.binary(max_size=2000), st.integers(1, 500), st.sampled_from(["gzip", "deflate", "raw", "members", ""]))
def test_any_body_is_read_as_it_was_sent(body: bytes, size: int, way: str) -> None:
    raw = zlib.compressobj(6, zlib.DEFLATED, -15)
    sent = {
        "gzip": gzip.compress(body) + b"\0\0",
        "deflate": zlib.compress(body),
        "raw": raw.compress(body) + raw.flush(),
        "members": gzip.compress(body[:50]) + gzip.compress(body[50:]),
        "": body,
    }[way]
    encoding = {"raw": "deflate", "members": "gzip"}.get(way, way)
    chunks = [sent[i : i + size] for i in range(0, len(sent), size)]
    assert read_body(chunks, encoding, len(body)) == body


@pytest.mark.parametrize(
    "sent",
    [b"not gzip at all", gzip.compress(b"x" * 99, mtime=0)[:-1] + b"!", gzip.compress(b"x", mtime=0) + b"y"],
    ids=["no gzip", "wrong sum", "surplus"],
)
def test_damaged_gzip_is_told(sent: bytes) -> None:
    with pytest.raises(BadBody):
        read_body([sent], "gzip", 1000)


# Where it may go

REFUSED = [
    *("0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1"),
    *("172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.7"),
    *("203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1"),
    *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::"),
    *("2002:808:808::", "3fff::1", "5f00::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1"),
    *("ff02::1", "ff0e::1", "localhost", "127.1", "0x7f000001", "2130706433"),
]
ALLOWED = ["8.8.8.8", "1.1.1.1", "203.216.1.1", "2001:4860:4860::8888", "2400:cb00::1"]
ALLOWED += ["::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", REFUSED)
def test_private_and_special_addresses_are_refused(address: str) -> None:
    assert refusal(address)


@pytest.mark.parametrize("address", ALLOWED)
def test_public_addresses_are_not(address: str) -> None:
    assert refusal(address) == ""


def test_the_reason_is_named() -> None:
    assert refusal("169.254.1.1") == "link-local"
    assert refusal("::ffff:127.0.0.1") == "loopback"
    assert refusal("100.64.0.1") == "not public"


class _Recorder(httpcore.NetworkBackend):
    """Opens no socket: notes where one would have gone, then refuses."""

    def __init__(self) -> None:
        self.opened: list[tuple[str, int]] = []

    def connect_tcp(self, host: str, port: int, *_: object) -> httpcore.NetworkStream:  # type: ignore[override]
        self.opened.append((host, port))
        raise httpcore.ConnectError("recorded")


def _stubbed(tmp_path: Path, names: dict[str, list[list[str]]]) -> tuple[Fetcher, _Recorder, list[str]]:
    """A fetcher without a network: ``names`` gives the answers of successive DNS queries."""
    recorder, asked = _Recorder(), []

    def answer(host: str, port: int) -> list[str]:
        asked.append(host)
        return names[host].pop(0)

    backend = GuardedBackend(resolver=answer, inner=recorder)
    return Fetcher(tmp_path, backend=backend, attempts=1, interval=0), recorder, asked


@pytest.mark.parametrize("address", ["127.0.0.1", "169.254.169.254", "10.0.0.5", "::1", "fd00::1", "::ffff:10.0.0.1"])
def test_a_name_that_leads_inside_opens_no_socket(tmp_path: Path, address: str) -> None:
    fetcher, recorder, _ = _stubbed(tmp_path, {"example.jp": [[address]]})
    with fetcher:
        error = _error(fetcher, "https://example.jp/")
    assert (error.code, recorder.opened) == ("refused_address", [])
    assert address in str(error.detail)


def test_one_private_address_condemns_the_name(tmp_path: Path) -> None:
    fetcher, recorder, _ = _stubbed(tmp_path, {"example.jp": [["8.8.8.8", "10.0.0.1"]]})
    with fetcher:
        assert _error(fetcher, "https://example.jp/").code == "refused_address"
    assert recorder.opened == []


def test_rebinding_finds_nothing_to_rebind(tmp_path: Path) -> None:
    """One DNS answer is judged and used; a second one, which would lead inside, is never asked for."""
    fetcher, recorder, asked = _stubbed(tmp_path, {"example.jp": [["8.8.8.8"], ["127.0.0.1"]]})
    with fetcher:
        assert _error(fetcher, "http://example.jp/", robots=False).code == "unreachable"
    assert (asked, recorder.opened) == (["example.jp"], [("8.8.8.8", 80)])


def test_the_next_address_is_tried_when_one_is_down(tmp_path: Path) -> None:
    fetcher, recorder, _ = _stubbed(tmp_path, {"example.jp": [["2400:cb00::1", "8.8.8.8"]]})
    with fetcher:
        _error(fetcher, "https://example.jp/")
    assert recorder.opened == [("2400:cb00::1", 443), ("8.8.8.8", 443)]


def test_names_that_do_not_exist(tmp_path: Path) -> None:
    fetcher, _, _ = _stubbed(tmp_path, {"example.jp": [[]]})
    with fetcher:
        assert _error(fetcher, "https://example.jp/").code == "unreachable"

    def fails(host: str, port: int) -> list[str]:
        raise OSError("Name or service not known")

    with Fetcher(tmp_path, backend=GuardedBackend(resolver=fails), attempts=1) as fetcher:
        assert "Name or service" in str(_error(fetcher, "https://example.jp/").detail)


def test_the_system_resolver_gives_plain_addresses() -> None:
    assert "127.0.0.1" in resolve("127.0.0.1", 80)


def test_a_local_server_that_nobody_named_is_refused(tmp_path: Path, server: FaultServer) -> None:
    with _fetcher(tmp_path) as fetcher:
        error = _error(fetcher, server.put("/a", Answer(200, b"x")))
    assert (error.code, dict(server.requests)) == ("refused_address", {})


def test_a_redirect_to_loopback_is_refused(fetcher: Fetcher, server: FaultServer) -> None:
    """The named server may be local; that permits no other port, and no other spelling of its address."""
    with FaultServer() as inside:
        target = inside.put("/secret", Answer(200, b"x"))
        for location in (
            target,
            server.url("/x").replace("127.0.0.1", "localhost"),
            target.replace("127.0.0.1", "0.0.0.0"),
        ):
            assert _error(fetcher, server.put("/a", Answer(302, headers={"Location": location}))).code == (
                "refused_address"
            )
        assert dict(inside.requests) == {}


def test_redirects_are_followed_to_their_end(fetcher: Fetcher, server: FaultServer) -> None:
    server.put("/b", Answer(200, b"x"))
    got = fetcher.get(server.put("/a", Answer(301, headers={"Location": "/b#part"})))
    assert (got.content, got.url, got.final_url) == (b"x", server.url("/a"), server.url("/b"))


def test_a_redirect_loop_ends(fetcher: Fetcher, server: FaultServer) -> None:
    server.put("/b", Answer(302, headers={"Location": "/a"}))
    assert _error(fetcher, server.put("/a", Answer(302, headers={"Location": "/b"}))).code == "redirect_loop"
    assert server.hits("/a") + server.hits("/b") == 6


@pytest.mark.parametrize(
    "location", ["ftp://127.0.0.1/a", "file:///etc/passwd", "http://[::bad/", "https://xn--a.example/"]
)
def test_a_redirect_out_of_the_web_is_refused(fetcher: Fetcher, server: FaultServer, location: str) -> None:
    assert _error(fetcher, server.put("/a", Answer(302, headers={"Location": location}))).code == "bad_url"


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.jp/",
        "example.jp",
        "https://",
        "http://[::bad/",
        "file:///etc/passwd",
        "https://xn--a.example/",
        "https://\ud800.example/",
    ],
)
def test_what_is_no_web_address(fetcher: Fetcher, url: str) -> None:
    assert _error(fetcher, url).code == "bad_url"


@pytest.mark.parametrize("host", [f"{'a' * 64}.example", "a..example"])
def test_a_redirect_to_what_can_be_no_host_is_unreachable(fetcher: Fetcher, server: FaultServer, host: str) -> None:
    away = Answer(302, headers={"Location": f"http://{host}/"})
    assert _error(fetcher, server.put("/a", away)).code == "unreachable"


def test_passwords_in_a_url_are_refused_and_not_repeated(fetcher: Fetcher) -> None:
    error = _error(fetcher, "https://user:geheim@example.jp/")
    assert error.code == "bad_url"
    assert "geheim" not in str(error) + error.text.ja


def test_a_closed_port_is_unreachable(tmp_path: Path) -> None:
    with FaultServer() as server:
        url = server.url("/")
    with Fetcher(tmp_path, local_origins=[url], backoff=0.001, attempts=2) as fetcher:
        assert _error(fetcher, url).code == "unreachable"


# Certificates


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def _tls(authority: trustme.CA, *names: str, until: datetime | None = None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    before = datetime(2020, 1, 1) if until else None
    authority.issue_cert(*names, not_before=before, not_after=until).configure_cert(context)
    return context


def _trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def test_a_good_certificate_for_the_asked_name(tmp_path: Path, authority: trustme.CA) -> None:
    """TLS verifies the name although the socket goes to a judged address."""
    with FaultServer(_tls(authority, "scrape.example.jp")) as server:
        server.put("/a", Answer(200, b"x"))
        origin = f"https://scrape.example.jp:{server.port}"
        backend = GuardedBackend([("scrape.example.jp", server.port)], lambda host, port: ["127.0.0.1"])
        context = _trusting(authority)
        with Fetcher(tmp_path, local_origins=[origin], backend=backend, ssl_context=context) as fetcher:
            assert fetcher.get(origin + "/a").content == b"x"
            assert server.requests["/a"][0]["Host"] == f"scrape.example.jp:{server.port}"


@pytest.mark.parametrize("fault", ["unknown authority", "wrong name", "expired"])
def test_a_bad_certificate_is_refused(tmp_path: Path, authority: trustme.CA, fault: str) -> None:
    name = "other.example.jp" if fault == "wrong name" else "127.0.0.1"
    until = datetime(2021, 1, 1) if fault == "expired" else None
    context = ssl.create_default_context() if fault == "unknown authority" else _trusting(authority)
    with (
        FaultServer(_tls(authority, name, until=until)) as server,
        _fetcher(tmp_path, server, ssl_context=context) as fetcher,
    ):
        error = _error(fetcher, server.put("/a", Answer(200, b"x")))
        assert (error.code, dict(server.requests)) == ("tls", {})
        assert error.detail


def test_https_does_not_fall_back_to_http(tmp_path: Path, authority: trustme.CA, server: FaultServer) -> None:
    with (
        FaultServer(_tls(authority, "127.0.0.1")) as secure,
        _fetcher(tmp_path, secure, server, ssl_context=_trusting(authority)) as fetcher,
    ):
        url = secure.put("/a", Answer(302, headers={"Location": server.put("/b", Answer(200, b"x"))}))
        assert _error(fetcher, url).code == "insecure_redirect"
        assert server.hits("/b") == 0


def test_tls_spoken_to_a_plain_server(fetcher: Fetcher, tmp_path: Path, server: FaultServer) -> None:
    origin = server.origin.replace("http:", "https:")
    with Fetcher(tmp_path, local_origins=[origin], attempts=1) as fetcher:
        assert _error(fetcher, origin + "/").code == "tls"


# What is in it


def test_a_page_where_a_file_was_expected_is_refused_and_not_kept(fetcher: Fetcher, server: FaultServer) -> None:
    url = server.put("/a.csv", Answer(200, b"\n<!DOCTYPE html><title>Login</title>", {"Content-Type": "text/csv"}))
    error = _error(fetcher, url, expect="csv")
    assert (error.code, error.detail) == ("unexpected_content", "csv → html")
    assert fetcher.store.latest(url) is None
    assert _error(fetcher, server.put("/b", Answer(200)), expect="csv").detail == "csv → empty"


def test_a_wrong_charset_is_seen_through(fetcher: Fetcher, server: FaultServer) -> None:
    text = "消費者庁は次の事業者の名称を公表しました。電話 050-9999-0001 にはかけないでください。"
    url = server.put("/a", Answer(200, text.encode("cp932"), {"Content-Type": "text/html; charset=utf-8"}))
    assert fetcher.get(url).text == text


def test_text_that_is_none_is_told_when_it_is_read(fetcher: Fetcher, server: FaultServer) -> None:
    got = fetcher.get(server.put("/a", Answer(200, bytes(range(128, 256)) * 20)))
    with pytest.raises(FetchError) as caught:
        _ = got.text
    assert caught.value.code == "bad_encoding"


def test_every_code_says_what_to_do_in_both_languages() -> None:
    for code in CODES:
        text = FetchError(code, "https://example.jp/x", "detail").text
        assert "https://example.jp/x" in text.ja
        assert "https://example.jp/x" in text.en
        assert text.ja.endswith("ください。")
        assert text.en.endswith(".")
