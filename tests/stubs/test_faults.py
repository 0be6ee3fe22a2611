"""Faults come as often as asked for, to the same messages for the same seed, and the ledger knows the truth."""

import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from surveys.messaging.models import Medium
from surveys.messaging.outcomes import Accepted, Message, NotSent, Sent, Uncertain
from surveys.messaging.twilio_sms import TwilioSms
from tests.stubs.faults import Faults
from tests.stubs.ledger import Kind, read_ledger
from tests.stubs.running import RunningStub, running_stub


def person(number: int) -> str:
    return f"+447700{900_000 + number}"


def send(stub: RunningStub, count: int = 1) -> list[Sent]:
    given = stub.options
    sender = TwilioSms(given.account, given.token, given.service, stub.address, status_url="")
    return [sender.send(Message(Medium.SMS, person(n), "How was it?", f"corr-{n}")) for n in range(count)]


@pytest.mark.parametrize(
    ("fault", "kind", "kept"),
    [
        ("reset_before", Uncertain, 0),
        ("too_many", NotSent, 0),
        ("error_before", Uncertain, 0),
        ("error_after", Uncertain, 1),
        ("drop_after", Uncertain, 1),
    ],
)
def test_a_fault_before_leaves_no_message_and_one_after_leaves_it(fault: str, kind: type[Sent], kept: int) -> None:
    with running_stub(thread=True, faults={fault: 1.0}) as stub:
        (outcome,) = send(stub)
        assert isinstance(outcome, kind)
        assert len(stub.messages()) == kept
        assert stub.state()["befell"] == {fault: 1}


def test_a_slow_answer_is_held_back_and_the_message_is_there_meanwhile() -> None:
    with running_stub(thread=True, faults={"slow": 1.0, "slow_seconds": 0.15, "latency": 0.05}) as stub:
        (outcome,) = send(stub)
        assert isinstance(outcome, Accepted)
        assert stub.messages()[0].id == outcome.reference


def test_the_same_seed_befalls_the_same_people_and_another_seed_others() -> None:
    def befallen(seed: int) -> list[bool]:
        with running_stub(thread=True, faults={"too_many": 0.5}, seed=seed) as stub:
            return [isinstance(outcome, NotSent) for outcome in send(stub, 40)]

    first = befallen(3)
    assert befallen(3) == first
    assert befallen(4) != first
    assert 8 < sum(first) < 32


def test_faults_change_while_it_runs_and_a_wrong_one_is_refused() -> None:
    with running_stub(thread=True) as stub:
        stub.change(too_many=1.0)
        assert isinstance(send(stub)[0], NotSent)
        for wrong in ({"thunder": 1.0}, {"latency": "long"}, {"slow": -1}, {"too_many": 0.6, "slow": 0.6}):
            with pytest.raises(ValueError, match="error"):
                stub.change(**wrong)
        assert stub.state()["faults"]["too_many"] == 1.0


def test_a_rate_that_cannot_be_is_refused_at_the_start() -> None:
    with pytest.raises(ValueError, match="drop_after"):
        Faults(drop_after=1.5)


def test_a_new_message_is_missing_from_the_lists_as_long_as_the_lag_says() -> None:
    with running_stub(thread=True, faults={"listing_lag": 60}) as stub:
        send(stub)
        given = stub.options
        sender = TwilioSms(given.account, given.token, given.service, stub.address, status_url="")
        assert sender.client.messages.list(to=person(0)) == []
        stub.change(listing_lag=0)
        assert len(sender.client.messages.list(to=person(0))) == 1


def test_the_stub_in_its_own_process_writes_its_ledger_to_a_file(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    with running_stub(ledger=path, faults={"receipt_seconds": 0.0}) as stub:
        send(stub, 3)
        stub.say(person(7), "STOP")
        stub.wait_for_hooks()
        assert stub.ledger() == read_ledger(path)
        assert len(stub.ledger(after=5)) == len(stub.ledger()) - 5
    kept = read_ledger(path)
    assert [entry.order for entry in kept] == list(range(1, len(kept) + 1))
    assert sorted({entry.kind for entry in kept}) == [Kind.MESSAGE, Kind.STATE, Kind.STOP]


def test_a_ledger_cut_short_by_a_kill_is_read_up_to_its_last_whole_line(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    with running_stub(thread=True, ledger=path) as stub:
        send(stub, 2)
        whole = stub.messages()
    path.write_text(path.read_text().splitlines(keepends=True)[0] + '{"order": 2, "at": "20')
    assert read_ledger(path) == whole[:1]


def test_words_that_are_no_http_are_refused_and_no_path_but_the_providers_is_there() -> None:
    with running_stub(thread=True) as stub:
        assert spoken(stub, b"HELLO\r\n\r\n").startswith(b"HTTP/1.1 400 ")
        assert spoken(stub, b"GET /v4/x HTTP/1.1\r\nConnection: close\r\n\r\n").startswith(b"HTTP/1.1 404 ")
        with pytest.raises(ValueError, match="there is"):
            stub.ask("/nothing", {})


def spoken(stub: RunningStub, words: bytes) -> bytes:
    """What the stub says to these words before it hangs up."""
    aim = urlsplit(stub.address)
    with socket.create_connection((aim.hostname or "", aim.port or 0), timeout=10) as line:
        line.sendall(words)
        return b"".join(iter(lambda: line.recv(4096), b""))
