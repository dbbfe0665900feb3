"""Asking a server that a tenant has named: over https, at a public address, within limits of time and size.

The address is checked where the connection is made, so a name that first leads to a public address and then
to a private one gains nothing.
"""

import ipaddress
import json
import socket
import time
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util.connection import create_connection

from core.access.sso.troubles import Trouble

CONNECT_SECONDS: Final = 3.05
READ_SECONDS: Final = 5.0
LONGEST_SECONDS: Final = 10.0
LARGEST: Final = 256 * 1024
PIECE: Final = 16 * 1024
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
# Addresses inside these lead on to an IPv4 address, which may be a private one.
_TUNNELS: Final = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16")))

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def check_url(url: str, *, development: bool) -> None:
    """Refuse what is no plain https address; on somebody's own machine http to itself is let through.

    Raises Trouble.
    """
    parts = urlsplit(url) if url.isascii() and url.isprintable() else urlsplit("")
    own_machine = development and parts.scheme == "http" and parts.hostname in LOOPBACK
    plain = parts.hostname and not parts.username and not parts.password and not parts.fragment
    if not plain or " " in url or not (parts.scheme == "https" or own_machine):
        raise Trouble("address")


def is_permitted(address: Address, *, development: bool) -> bool:
    """Whether we connect there: to the internet, and on somebody's own machine to that machine."""
    if development and address.is_loopback:
        return True
    if address.is_multicast or address.is_reserved or not address.is_global:
        return False
    return not any(address in net for net in _TUNNELS if net.version == address.version)


class Outbound:
    """Fetches documents. One for an application; ``development`` lets it ask its own machine."""

    def __init__(self, *, development: bool) -> None:
        self.development = development

    def get(self, url: str, *, token: str = "") -> dict[str, Any]:
        """A JSON document. Raises Trouble."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        status, document = self._ask("GET", url, headers=headers)
        if status != requests.codes.ok:
            raise Trouble("not_found" if status in {404, 410} else "refused")
        return document

    def post(self, url: str, form: Mapping[str, str], auth: AuthBase | None) -> tuple[int, dict[str, Any]]:
        """Post a form; gives status and JSON document. Raises Trouble."""
        return self._ask("POST", url, data=form, auth=auth)

    def _ask(self, method: str, url: str, **options: Any) -> tuple[int, dict[str, Any]]:
        check_url(url, development=self.development)
        deadline = time.monotonic() + LONGEST_SECONDS
        with requests.session() as session:
            # What the environment says of proxies and passwords is meant for other programs.
            session.trust_env = False
            session.headers.update({"Accept": "application/json", "User-Agent": "Fotfeste"})
            session.mount("https://", _Adapter(development=self.development))
            session.mount("http://", _Adapter(development=self.development))
            try:
                answer = session.request(
                    method,
                    url,
                    allow_redirects=False,
                    stream=True,
                    timeout=(CONNECT_SECONDS, READ_SECONDS),
                    **options,
                )
                with answer:
                    return _status(answer), _document(answer, deadline)
            except requests.exceptions.SSLError as error:
                raise Trouble("no_trust") from error
            except requests.exceptions.Timeout as error:
                raise Trouble("too_slow") from error
            except requests.exceptions.RequestException as error:
                raise Trouble("not_found") from error


def _status(answer: requests.Response) -> int:
    if answer.is_redirect or 300 <= answer.status_code < 400:  # noqa: PLR2004  the redirects of HTTP
        raise Trouble("redirected")
    return answer.status_code


def _document(answer: requests.Response, deadline: float) -> dict[str, Any]:
    content = b""
    for piece in answer.iter_content(PIECE):
        content += piece
        if len(content) > LARGEST:
            raise Trouble("too_large")
        if time.monotonic() > deadline:
            raise Trouble("too_slow")
    if answer.status_code in {404, 410}:
        raise Trouble("not_found")
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Trouble("not_json") from error
    if not isinstance(document, dict):
        raise Trouble("not_json")
    return document


class _Adapter(HTTPAdapter):
    def __init__(self, *, development: bool) -> None:
        self._development = development
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        pools = (_OpenOrOwnPool, _OpenOrOwnTlsPool) if self._development else (_OpenPool, _OpenTlsPool)
        self.poolmanager.pool_classes_by_scheme = dict(zip(("http", "https"), pools, strict=True))


def _connect(connection: HTTPConnection, *, development: bool) -> socket.socket:
    addresses = _addresses(connection)
    if not all(is_permitted(ipaddress.ip_address(one), development=development) for one in addresses):
        raise Trouble("address")
    trouble = OSError("the name leads to no address")
    for address in addresses:
        try:
            return create_connection((address, connection.port), CONNECT_SECONDS)
        except OSError as error:
            trouble = error
    raise trouble


def _addresses(connection: HTTPConnection) -> list[str]:
    try:
        found = socket.getaddrinfo(connection.host, connection.port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise Trouble("address") from error
    return [str(one[4][0]) for one in found]


class _OpenConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self, development=False)


class _OpenTlsConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self, development=False)


class _OpenOrOwnConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self, development=True)


class _OpenOrOwnTlsConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self, development=True)


class _OpenPool(HTTPConnectionPool):
    ConnectionCls = _OpenConnection


class _OpenTlsPool(HTTPSConnectionPool):
    ConnectionCls = _OpenTlsConnection


class _OpenOrOwnPool(HTTPConnectionPool):
    ConnectionCls = _OpenOrOwnConnection


class _OpenOrOwnTlsPool(HTTPSConnectionPool):
    ConnectionCls = _OpenOrOwnTlsConnection
