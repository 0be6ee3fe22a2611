"""python -m tests.stubs: a Twilio and a SendGrid on this machine, by hand or for a test."""

import argparse
import asyncio
import json
import signal
import sys
from contextlib import suppress
from pathlib import Path

from tests.stubs.faults import Faults
from tests.stubs.options import Options
from tests.stubs.serving import Started, serve

WORDS = """A made-up Twilio and SendGrid at {address}; nothing leaves this machine. Point Fairly at it:

  export SMS_SENDER=twilio EMAIL_SENDER=sendgrid
  export TWILIO_BASE_URL={address} SENDGRID_BASE_URL={address}
  export TWILIO_ACCOUNT_SID={options.account} TWILIO_AUTH_TOKEN={options.token}
  export TWILIO_MESSAGING_SERVICE_SID={options.service}
  export SENDGRID_API_KEY={options.sendgrid_key} EMAIL_FROM=surveys@council.example
  export SENDGRID_WEBHOOK_PUBLIC_KEY={public_key}

See what it has:        curl {address}/control    curl {address}/control/ledger
Make one in ten fail:   curl {address}/control/faults -d '{{"drop_after": 0.1}}'
Answer a second late:   curl {address}/control/faults -d '{{"latency": 1}}'
Say stop:               curl {address}/control/say -d '{{"from": "+447700900001", "body": "STOP"}}'

Texts people send go to {inbound}, email events to {events}. Ctrl+C ends it."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.stubs", description=__doc__)
    parser.add_argument("--port", type=int, default=4010, help="0 takes a free one (default: %(default)s)")
    parser.add_argument("--options", default="{}", help="in JSON: what tests/stubs/options.py names")
    parser.add_argument("--json", action="store_true", help="tell the start in one line of JSON")
    parser.add_argument("--fairly", default="http://127.0.0.1:8000", help="where web hooks go (default: %(default)s)")
    asked = parser.parse_args()
    hooks = {
        "inbound_url": f"{asked.fairly}/hooks/twilio/inbound",
        "events_url": f"{asked.fairly}/hooks/sendgrid/events",
    }
    options = options_of({**hooks, **json.loads(asked.options)})

    def tell(started: Started) -> None:
        signal.signal(signal.SIGTERM, lambda *_: started.stop())
        sys.stdout.write(words_of(started, options, asked.json) + "\n")
        sys.stdout.flush()

    with suppress(KeyboardInterrupt):
        asyncio.run(serve(options, asked.port, tell))


def options_of(given: dict[str, object]) -> Options:
    """Raises TypeError or ValueError for a name or value that is none."""
    faults, ledger = given.pop("faults", {}), given.pop("ledger", None)
    return Options(faults=Faults(**faults), ledger=Path(str(ledger)) if ledger else None, **given)  # type: ignore[arg-type]


def words_of(started: Started, options: Options, as_json: bool) -> str:
    if as_json:
        return json.dumps({"address": started.address, "public_key": started.public_key})
    hooks = {"inbound": options.inbound_url, "events": options.events_url}
    return WORDS.format(address=started.address, public_key=started.public_key, options=options, **hooks)


if __name__ == "__main__":
    main()
