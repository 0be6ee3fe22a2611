"""A message leaves for an address that administrators named, and for no machine of our own network.

The name is looked up at each try, every address behind it is judged, and the connection goes to one that was judged:
a name that answers otherwise a moment later gains nothing. No redirect is followed, no proxy looked up, no answer read.
"""

import ipaddress
import socket
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

SECONDS = 10.0
MOST_ADDRESSES = 3
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# What the library counts as global, though no website is there: protocol assignments, old site-local, local NAT64.
NOT_PUBLIC = tuple(ipaddress.ip_network(net) for net in ("192.0.0.0/24", "fec0::/10", "64:ff9b:1::/48"))


class BadAddress(Exception):
    """A message may not go there; str() says why, in words that go on from "The address"."""


@dataclass(frozen=True)
class Answered:
    """status: of the other side; None where none came, and why in a short code."""

    status: int | None
    code: str = ""


def look_up(host: str, port: int) -> Sequence[str]:
    """The addresses of a name, by the system's own resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


def split(url: str, loopback: bool) -> SplitResult:
    """The address in its parts. loopback: whether this machine itself may be meant, over plain HTTP too."""
    try:
        parts, port = urlsplit(url), urlsplit(url).port
    except ValueError as wrong:
        raise BadAddress("is not a web address") from wrong
    if not parts.hostname or port == 0 or any(not 33 <= ord(letter) < 127 for letter in url):
        raise BadAddress("is not a web address")
    if parts.username is not None or parts.password is not None:
        raise BadAddress("must not hold a name or password")
    if parts.fragment or (parts.scheme != "https" and not (loopback and parts.scheme == "http")):
        raise BadAddress("must begin with https:// and have no #")
    return parts


def judged(parts: SplitResult, loopback: bool, resolve: Resolve = look_up) -> list[str]:
    """The addresses that may be connected to. Raises BadAddress where even one behind the name may not."""
    try:
        found = resolve(parts.hostname or "", port_of(parts))
    except (OSError, UnicodeError) as lost:
        raise BadAddress("cannot be found") from lost
    if not found:
        raise BadAddress("cannot be found")
    inside = [is_loopback(one) for one in found]
    if loopback and all(inside):
        return list(found)
    if parts.scheme != "https":
        raise BadAddress("must begin with https://")
    if not all(is_public(one) for one in found):
        raise BadAddress("leads to a private network, not to the internet")
    return list(found)


def port_of(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def within(address: str) -> Address:
    """The address that traffic ends at: an IPv4 address may be wrapped in an IPv6 one."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv4Address):
        return found
    if found in NAT64:
        return ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
    return found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None) or found


def is_loopback(address: str) -> bool:
    return within(address).is_loopback


def is_public(address: str) -> bool:
    """An address of the internet: not private, shared, loopback, link-local (metadata), multicast nor reserved."""
    found = within(address)
    special = found.is_multicast or found.is_reserved or found.is_unspecified
    return found.is_global and not special and not any(found in net for net in NOT_PUBLIC)


def post(
    url: str, headers: Mapping[str, str], body: bytes, loopback: bool = False, resolve: Resolve = look_up
) -> Answered:
    """One try. What it says of itself is a status and nothing else."""
    try:
        parts = split(url, loopback)
        addresses = judged(parts, loopback, resolve)
    except BadAddress:
        return Answered(None, "bad-address")
    named = {**headers, "Host": parts.netloc, "Content-Type": "application/json", "User-Agent": "Fairly"}
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    for address in addresses[:MOST_ADDRESSES]:
        try:
            return Answered(status_of(parts, address, path, named, body))
        except (NewConnectionError, ConnectTimeoutError):
            continue
        except HTTPError:
            return Answered(None, "connection-lost")
    return Answered(None, "not-connected")


def status_of(parts: SplitResult, address: str, path: str, headers: Mapping[str, str], body: bytes) -> int:
    with pool_for(parts, address) as pool:
        answer = pool.urlopen(
            "POST", path, body, headers, retries=False, redirect=False, assert_same_host=False, preload_content=False
        )
        answer.close()
        return answer.status


def pool_for(parts: SplitResult, address: str) -> HTTPConnectionPool:
    """Connects to the address; the certificate must be the name's."""
    timeout = Timeout(connect=SECONDS, read=SECONDS)
    if parts.scheme != "https":
        return HTTPConnectionPool(address, port_of(parts), timeout)
    trusted, host = ssl.create_default_context(), parts.hostname
    return HTTPSConnectionPool(
        address, port_of(parts), timeout, ssl_context=trusted, server_hostname=host, assert_hostname=host
    )
