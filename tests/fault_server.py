"""A real HTTP server on loopback that misbehaves on request. Used by the tests of fetching and of scrape runs.

>>> with FaultServer() as server:
...     server.put("/a.csv", Answer(500), Answer(200, b"x,y"))   # first a 500, from then on the file
...     server.url("/a.csv"), server.hits("/a.csv")
"""

from __future__ import annotations

import gzip
import ssl
import threading
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self


@dataclass(frozen=True)
class Answer:
    """``body``: bytes are sent with their length, chunks one by one with the connection closed at the end."""

    status: int = 200
    body: bytes | Callable[[], Iterable[bytes]] = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None  # a Content-Length that lies


def slow_drip(pause: float = 0.05) -> Iterator[bytes]:
    """One byte at a time for an hour: each read succeeds, the whole never ends."""
    for _ in range(int(3600 / pause)):
        yield b"."
        time.sleep(pause)


def zip_bomb(size: int = 10 * 2**30) -> Iterator[bytes]:
    """One gzip member that inflates to ``size`` zero bytes, made while it is sent."""
    coder, block = zlib.compressobj(9, zlib.DEFLATED, 31), bytes(2**20)
    for _ in range(size // len(block)):
        yield coder.compress(block)
    yield coder.flush()


def truncated_gzip(content: bytes) -> Answer:
    whole = gzip.compress(content)
    return Answer(200, whole[: len(whole) * 2 // 3], {"Content-Encoding": "gzip"})


def file_answers(path: Path) -> Callable[[Message], Answer]:
    """A static file as GitHub serves it: ETag, and 304 to whoever has it already."""

    def answer(headers: Message) -> Answer:
        content = path.read_bytes()
        etag = f'"{zlib.crc32(content):08x}{len(content):x}"'
        if headers.get("If-None-Match") == etag:
            return Answer(304, headers={"ETag": etag})
        packed = gzip.compress(content, 1, mtime=0)
        return Answer(200, packed, {"ETag": etag, "Content-Type": "text/plain", "Content-Encoding": "gzip"})

    return answer


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        owner = self.server.owner
        answer = owner._next(self.path, self.headers)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if isinstance(answer.body, bytes):
            length = len(answer.body) if answer.length is None else answer.length
            if answer.status != 304:
                self.send_header("Content-Length", str(length))
            self.close_connection = length != len(answer.body)
        else:
            self.send_header("Connection", "close")
        self.end_headers()
        for chunk in [answer.body] if isinstance(answer.body, bytes) else answer.body():
            self.wfile.write(chunk)

    def log_message(self, format: str, *args: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    owner: FaultServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # a client that hangs up on a bomb is what we want


class FaultServer:
    """``put`` scripts the answers of a path, the last one for ever; ``serve_folder`` serves files with ETags."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._answers: dict[str, list[Answer]] = {}
        self._folders: dict[str, Path] = {}
        self.requests: dict[str, list[Message]] = defaultdict(list)
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.owner = self
        self.scheme = "https" if tls else "http"
        if tls:
            # The handshake is left to the request's own thread: a refused certificate must not stop the server.
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def origin(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        return self.origin + path

    def put(self, path: str, *answers: Answer) -> str:
        with self._lock:
            self._answers[path] = list(answers)
        return self.url(path)

    def serve_folder(self, prefix: str, folder: Path) -> str:
        self._folders[prefix] = folder
        return self.url(prefix)

    def hits(self, path: str) -> int:
        return len(self.requests[path])

    def _next(self, path: str, headers: Message) -> Answer:
        with self._lock:
            self.requests[path].append(headers)
            answers = self._answers.get(path)
            if answers:
                return answers.pop(0) if len(answers) > 1 else answers[0]
        for prefix, folder in self._folders.items():
            file = folder / path.removeprefix(prefix).lstrip("/")
            if path.startswith(prefix) and file.is_file():
                return file_answers(file)(headers)
        return Answer(404, b"no such page")
