"""Which addresses may be contacted, and a transport that can contact no other.

The check sits where the socket is opened: the name is resolved once, every address it has is judged, and the
connection goes to exactly the address that was judged, so neither a redirect nor a second DNS answer (rebinding) gets
around it. TLS still verifies the name, because only the TCP target is replaced. Proxies of the environment are not
used: behind one, nothing could be checked.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore
import httpx

Resolver = Callable[[str, int], list[str]]

_GLOBAL_UNICAST = IPv6Network("2000::/3")  # all that IANA has allocated for the public internet
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are the IPv4 address that is really reached
# Not told by ``is_global`` in every Python, and never a publisher: IETF assignments, 6to4, documentation.
_NOT_PUBLIC_4 = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))
_NOT_PUBLIC_6 = tuple(map(IPv6Network, ("2001::/23", "2002::/16", "3fff::/20")))


class RefusedAddress(Exception):
    """Raised instead of opening a socket; the text names the host and why."""


def refusal(address: str) -> str:
    """Why this IP address must not be contacted, or an empty string when it is an ordinary public one."""
    ip: IPv4Address | IPv6Address
    try:
        ip = ip_address(address)
    except ValueError:
        return "not an address"
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or (IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None)
        if inner is None:
            public = ip in _GLOBAL_UNICAST and not any(ip in network for network in _NOT_PUBLIC_6)
            return "" if public and ip.is_global else _reason(ip)
        ip = inner
    # is_global is about routing only; multicast and reserved space has to be asked for apart.
    special = ip.is_multicast or ip.is_reserved or any(ip in network for network in _NOT_PUBLIC_4)
    return "" if ip.is_global and not special else _reason(ip)


def _reason(ip: IPv4Address | IPv6Address) -> str:
    names = ("unspecified", "loopback", "link_local", "multicast", "reserved", "private")
    return next((name.replace("_", "-") for name in names if getattr(ip, f"is_{name}")), "not public")


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a host, as the system's resolver gives them. Raises ``OSError``."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class _TimedStream(httpcore.NetworkStream):
    """A stream whose every wait ends at the thread's deadline: a drip of single bytes gains no time."""

    def __init__(self, stream: httpcore.NetworkStream, left: Callable[[float | None], float]) -> None:
        self._stream, self._left = stream, left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, self._left(timeout)), self._left)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class GuardedBackend(httpcore.NetworkBackend):
    """Opens sockets to judged addresses only. ``local`` holds the ``(host, port)`` pairs that may be private."""

    def __init__(
        self,
        local: Collection[tuple[str, int]] = (),
        resolver: Resolver = resolve,
        inner: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._local, self._resolver = frozenset(local), resolver
        self._inner = inner or httpcore.SyncBackend()
        self._thread = threading.local()

    def set_deadline(self, seconds: float) -> None:
        """From now on, whatever this thread sends or reads ends after ``seconds``."""
        self._thread.deadline = time.monotonic() + seconds

    def _left(self, timeout: float | None) -> float:
        left: float = self._thread.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("total time used up")
        return left if timeout is None else min(left, timeout)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            addresses = self._resolver(host, port)
        except (OSError, UnicodeError, OverflowError) as error:  # no such name, no name at all, no port
            raise httpcore.ConnectError(f"DNS: {error}") from error
        if (host, port) not in self._local:
            for address in addresses:
                # One bad address condemns the name: an honest public host has no private one.
                if reason := refusal(address):
                    raise RefusedAddress(f"{host} = {address}, {reason}")
        failure: Exception = httpcore.ConnectError("DNS: no address")
        for address in addresses:
            try:
                stream = self._inner.connect_tcp(address, port, self._left(timeout), local_address, socket_options)
                return _TimedStream(stream, self._left)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()


class GuardedTransport(httpx.BaseTransport):
    """httpx over a connection pool that knows only ``backend``. Errors stay httpcore's own."""

    def __init__(self, backend: GuardedBackend, ssl_context: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=ssl_context, network_backend=backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        response = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            response.status, headers=response.headers, stream=_Body(response.stream), extensions=response.extensions
        )

    def close(self) -> None:
        self._pool.close()
