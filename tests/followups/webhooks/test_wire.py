"""A message leaves for the internet alone: never for a private network, whatever a name says when it is looked up."""

from collections.abc import Iterator, Sequence

import pytest

from surveys.followups.webhooks.wire import BadAddress, is_public, judged, post, split
from tests.stubs.receiver import Receiver, receiving

PUBLIC = ["93.184.216.34", "1.1.1.1", "2606:4700:4700::1111", "64:ff9b::1.1.1.1", "::ffff:8.8.8.8"]
INSIDE = [
    "127.0.0.1",
    "127.9.9.9",
    "0.0.0.0",  # noqa: S104  # nothing is bound to it
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.8",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::8.8.8.8",
    "64:ff9b::169.254.169.254",
    "2002:0a00:0001::1",
    "2002:7f00:0001::1",
]


def resolving(*addresses: str) -> "Resolving":
    return Resolving(addresses)


class Resolving:
    """Answers with one list of addresses, and remembers that it was asked."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self.addresses = addresses
        self.asked: list[tuple[str, int]] = []

    def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append((host, port))
        return self.addresses


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_internet_may_be_connected_to(address: str) -> None:
    assert is_public(address)
    assert judged(split("https://hooks.example/x", False), False, resolving(address)) == [address]


@pytest.mark.parametrize("address", INSIDE)
def test_any_other_address_may_not_even_beside_a_public_one(address: str) -> None:
    assert not is_public(address)
    for found in ([address], ["1.1.1.1", address]):
        with pytest.raises(BadAddress, match="private network"):
            judged(split("https://hooks.example/x", False), False, resolving(*found))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://hooks.example/x", "begin with https"),
        ("ftp://hooks.example/x", "begin with https"),
        ("file:///etc/passwd", "not a web address"),
        ("https:///x", "not a web address"),
        ("hooks.example", "not a web address"),
        ("https://hooks.example:99999/", "not a web address"),
        ("https://hooks.example:0/", "not a web address"),
        ("https://hooks.example/a b", "not a web address"),
        ("https://hooks.example/\r\nHost: other", "not a web address"),
        ("https://höoks.example/", "not a web address"),
        ("https://user:word@hooks.example/", "name or password"),
        ("https://hooks.example/#x", "no #"),
    ],
)
def test_what_is_no_plain_https_address_is_refused_in_words(url: str, words: str) -> None:
    with pytest.raises(BadAddress, match=words):
        split(url, loopback=False)


def test_this_machine_may_be_meant_only_where_residents_cannot_reach_the_installation(receiver: Receiver) -> None:
    assert post(receiver.url, {}, b"{}", loopback=False).code == "bad-address"
    assert receiver.came == []
    assert post(receiver.url, {}, b"{}", loopback=True).status == 200
    assert len(receiver.came) == 1


def test_plain_http_never_leaves_this_machine() -> None:
    with pytest.raises(BadAddress, match="https"):
        judged(split("http://hooks.example/", True), True, resolving("1.1.1.1"))


def test_the_connection_goes_to_the_address_that_was_judged_under_the_name_that_was_asked(receiver: Receiver) -> None:
    """The name does not exist, so nobody has looked it up a second time."""
    resolve = resolving("127.0.0.1")
    answer = post(f"http://hooks.invalid:{receiver.port}/in?key=1", {"webhook-id": "msg_1"}, b"{}", True, resolve)
    assert answer.status == 200
    assert resolve.asked == [("hooks.invalid", receiver.port)]
    (came,) = receiver.came
    assert came.headers["host"] == f"hooks.invalid:{receiver.port}"
    assert (came.path, came.message_id, came.body) == ("/in?key=1", "msg_1", b"{}")


def test_a_redirect_is_not_followed(receiver: Receiver) -> None:
    receiver.statuses, receiver.headers = [302], {"Location": receiver.url}
    assert post(receiver.url, {}, b"{}", loopback=True).status == 302
    assert len(receiver.came) == 1


def test_a_name_that_cannot_be_found_and_a_machine_that_is_away_are_told_apart(receiver: Receiver) -> None:
    def unknown(_host: str, _port: int) -> Sequence[str]:
        raise OSError

    assert post("https://hooks.invalid/", {}, b"", False, unknown).code == "bad-address"
    with receiving() as gone:
        url = gone.url
    assert post(url, {}, b"", True).code == "not-connected"
