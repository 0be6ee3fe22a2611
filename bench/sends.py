"""send: texts through our Twilio sender against the official client as it comes, and the outbox with more workers.

Both talk to the stub of tests/stubs. The sender needs no database and is measured beside SQLite; the outbox is
measured on PostgreSQL, where many workers may claim at once.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import perf_counter

from bench.databases import SECRET, Database
from bench.measures import Measure, spread, tell
from bench.sends_outbox import outbox
from surveys.core.settings import Settings, read_settings
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import Accepted, Message
from surveys.messaging.senders import twilio
from tests.stubs.aimed import bare_client
from tests.stubs.faults import Faults
from tests.stubs.running import RunningStub, running_stub

RUNS = 7
WORDS = "Example Council: how was it? https://127.0.0.1:8000/s/abcdefghijkl"
# Nobody listens for receipts here.
NO_RECEIPTS = Faults(receipt_lost=1.0)
Send = Callable[[int], bool]


@dataclass(frozen=True)
class Load:
    """So many threads send so many messages in one block, to a provider that takes so long to answer."""

    latency: float
    threads: int
    messages: int

    @property
    def name(self) -> str:
        return f"{self.latency * 1000:.0f}ms"


LOADS = (Load(0.0, threads=8, messages=2_000), Load(0.1, threads=64, messages=1_920))


def run(database: Database) -> Iterator[Measure]:
    if database.kind == "postgresql":
        yield from outbox(database)
        return
    with running_stub(NO_RECEIPTS) as stub:
        for load in LOADS:
            stub.change(latency=load.latency)
            yield from beside_bare_client(stub, load)


def beside_bare_client(stub: RunningStub, load: Load) -> Iterator[Measure]:
    """Blocks take turns, after one of each that opens the connections; medians are compared."""
    settings = settings_for(stub, load.threads)
    ours, bare = by_our_sender(settings), by_bare_client(stub, settings)
    found: dict[str, list[float]] = {"ours": [], "bare": []}
    for number in range(RUNS + 1):
        for name, send in (("ours", ours), ("bare", bare)) if number % 2 else (("bare", bare), ("ours", ours)):
            seconds = block(send, load)
            if number:
                found[name].append(seconds)
    mine, theirs = (spread(f"{name} at {load.name}, {load.threads} threads", found[name]) for name in found)
    tell(f"  {theirs / mine:.2f} times as many messages a second as the bare client")
    yield Measure(f"send.{load.name}.time_to_bare_client", mine / theirs, "times", 1.0)
    yield Measure(f"send.{load.name}.messages_per_second", load.messages / mine, "messages/s")
    yield Measure(f"send.{load.name}.bare_client_messages_per_second", load.messages / theirs, "messages/s")


def settings_for(stub: RunningStub, threads: int) -> Settings:
    given = stub.options
    return read_settings(
        secret_key=SECRET,
        sms_sender="twilio",
        twilio_account_sid=given.account,
        twilio_auth_token=given.token,
        twilio_messaging_service_sid=given.service,
        twilio_base_url=stub.address,
        send_threads=threads,
    )


def by_our_sender(settings: Settings) -> Send:
    sender = twilio(settings)

    def send(number: int) -> bool:
        outcome = sender.send(Message(Medium.SMS, recipient(number), WORDS, f"corr-{number}"))
        return isinstance(outcome, Accepted)

    return send


def by_bare_client(stub: RunningStub, settings: Settings) -> Send:
    """The same parameters as our sender gives."""
    client = bare_client(stub.address, stub.options)
    status_url = settings.survey_url("/hooks/twilio/status")

    def send(number: int) -> bool:
        made = client.messages.create(
            to=recipient(number),
            body=WORDS,
            messaging_service_sid=stub.options.service,
            validity_period=14_400,
            status_callback=f"{status_url}?c=corr-{number}",
        )
        return bool(made.sid)

    return send


def recipient(number: int) -> str:
    return f"+447700{900_000 + number % 1000}"


def block(send: Send, load: Load) -> float:
    """Seconds for all messages of one block; one that was not accepted would make it no yardstick."""
    began = perf_counter()
    with ThreadPoolExecutor(load.threads) as pool:
        accepted = sum(pool.map(send, range(load.messages)))
    seconds = perf_counter() - began
    if accepted != load.messages:
        raise SystemExit(f"only {accepted} of {load.messages} messages were accepted")
    return seconds
