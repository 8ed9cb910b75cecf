"""Asks one address on the web whether it still answers, and is never led anywhere else.

An address in a source is something that anybody may have written, and where it leads is decided
by whoever keeps the server. So only http and https are spoken, only to machines on the public
internet, and what comes back is bounded in size, in redirects and in time.
"""

import ipaddress
import socket
import time
from collections.abc import Callable, Iterable
from typing import Any, Literal, NamedTuple
from urllib.parse import quote, urljoin, urlsplit

import httpcore

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Status = Literal["answers", "moved", "missing", "refused", "timeout", "unreachable", "unsafe"]

REDIRECTS = 5
LARGEST = 64 * 1024
"""Of an answer no more bytes than these are read."""
HEADERS = [
    (b"User-Agent", b"Mozilla/5.0 (compatible; Japan-Turkiye-timeline link check)"),
    (b"Accept", b"*/*"),
    (b"Connection", b"close"),
]

# Reserved, or a way round to addresses of another kind: older Pythons call some of them public.
_NOT_PUBLIC = [
    ipaddress.ip_network(text)
    for text in (
        *("192.0.0.0/24", "192.88.99.0/24", "100.64.0.0/10", "198.18.0.0/15", "240.0.0.0/4"),
        *("64:ff9b::/96", "64:ff9b:1::/48", "2001::/23", "2002::/16", "3fff::/20", "::/96"),
    )
]


class Answer(NamedTuple):
    """What came of asking, the code of the last answer, and where it stood."""

    status: Status
    code: int | None = None
    at: str = ""


class NotPublic(Exception):
    """The address leads to a machine that is not on the public internet, or to none at all."""


def is_public(number: IPAddress) -> bool:
    """Whether a number belongs to a machine on the public internet."""
    mapped = getattr(number, "ipv4_mapped", None)
    if mapped is not None:
        return is_public(mapped)
    if number.is_multicast or number.is_reserved or number.is_link_local:
        return False
    return number.is_global and not any(
        number in network for network in _NOT_PUBLIC if network.version == number.version
    )


class _TimedStream(httpcore.NetworkStream):
    """A connection on which nothing takes longer than is left of the time for the whole."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline))
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Guard(httpcore.NetworkBackend):
    """Connects to permitted machines only.

    The name is looked up once, and the connection goes to the very number that was judged: a
    name that means another machine a moment later gains nothing.
    """

    def __init__(self, permits: Callable[[IPAddress], bool], deadline: float) -> None:
        self._permits, self._deadline = permits, deadline
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        numbers = _look_up(host, port)
        if not numbers or not all(map(self._permits, numbers)):
            raise NotPublic(host)
        for number in numbers[:-1]:
            try:
                return self._connect(number, port)
            except httpcore.ConnectError:
                continue
        return self._connect(numbers[-1], port)

    def _connect(self, number: IPAddress, port: int) -> httpcore.NetworkStream:
        stream = self._network.connect_tcp(str(number), port, timeout=_left(self._deadline))
        return _TimedStream(stream, self._deadline)


def _look_up(host: str, port: int) -> list[IPAddress]:
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise httpcore.ConnectError(str(error)) from error
    return list(dict.fromkeys(ipaddress.ip_address(str(entry[4][0])) for entry in found))


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("The time for the whole is over.")
    return left


def ask(
    address: str, *, seconds: float = 20, permits: Callable[[IPAddress], bool] = is_public
) -> Answer:
    """Ask an address, first for its head only, then, if that is not liked, for its body.

    `permits` says to which machines a connection may be made; only tests give another.
    """
    answer = _ask("HEAD", address, time.monotonic() + seconds, permits)
    if answer.status in ("answers", "moved", "unsafe", "timeout"):
        return answer
    return _ask("GET", address, time.monotonic() + seconds, permits)


def _ask(
    method: str, address: str, deadline: float, permits: Callable[[IPAddress], bool]
) -> Answer:
    at, is_permanent = address, True
    try:
        for _hop in range(REDIRECTS + 1):
            code, location = _exchange(method, at, deadline, permits)
            if not location:
                has_moved = is_permanent and not _same_place(at, address)
                return Answer(_status(code, has_moved=has_moved), code, at)
            is_permanent = is_permanent and code in (301, 308)
            at = urljoin(at, location)
    except NotPublic:
        return Answer("unsafe", at=at)
    except httpcore.TimeoutException:
        return Answer("timeout", at=at)
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError):
        return Answer("unreachable", at=at)
    return Answer("unreachable", code, at)  # It leads in a circle.


def _exchange(
    method: str, address: str, deadline: float, permits: Callable[[IPAddress], bool]
) -> tuple[int, str]:
    """The code of the answer, and where it leads on to, if anywhere."""
    url = _url(address)
    guard = _Guard(permits, deadline)
    with (
        httpcore.ConnectionPool(network_backend=guard) as pool,
        pool.stream(method, url, headers=[(b"Host", _host(url)), *HEADERS]) as response,
    ):
        read = 0
        for chunk in response.iter_stream() if method == "GET" else ():
            read += len(chunk)
            if read >= LARGEST:
                break
        location = (value for key, value in response.headers if key.lower() == b"location")
        leads_on = response.status in (301, 302, 303, 307, 308)
        return response.status, next(location, b"").decode("latin-1") if leads_on else ""


def _host(url: httpcore.URL) -> bytes:
    default = {b"http": 80, b"https": 443}[url.scheme]
    return url.host if url.port in (None, default) else b"%b:%d" % (url.host, url.port)


def _url(address: str) -> httpcore.URL:
    """The address as it goes over the wire; `NotPublic` for what no web server could stand at."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna")
        port = parts.port
    except ValueError as error:
        raise NotPublic(address) from error
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        raise NotPublic(address)
    said = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    target = quote(said, safe="/%?:@!$&'()*+,;=-._~[]").encode("ascii")
    if b":" in host:
        host = b"[%b]" % host
    return httpcore.URL(scheme=parts.scheme.encode(), host=host, port=port, target=target)


def _status(code: int, *, has_moved: bool) -> Status:
    if 200 <= code < 400:
        return "moved" if has_moved else "answers"
    if code in (404, 410):
        return "missing"
    return "refused" if code < 500 else "unreachable"


def _same_place(one: str, other: str) -> bool:
    """Whether two addresses differ in no more than https, “www.” or a last slash."""

    def place(address: str) -> tuple[str, str, str]:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
        return host, parts.path.rstrip("/"), parts.query

    return place(one) == place(other)
