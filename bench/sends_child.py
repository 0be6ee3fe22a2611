"""One worker of the outbox in a process of its own: tells when it is ready, sends when told to, tells how many."""

import sys
from pathlib import Path

from bench.databases import SECRET, Database
from surveys import create_app
from surveys.core.settings import read_settings
from surveys.invitations.outbox import send_due
from surveys.invitations.pace import SendingRules, batch_for
from surveys.messaging.senders import senders
from tests.stubs.options import Options


def main(kind: str, url: str, folder: str, address: str, threads: str) -> None:
    stub = Options()
    database = Database(kind, url, Path(folder), rows=0)
    settings = read_settings(
        instance_dir=database.folder,
        database_url=database.url,
        queue_url="memory://",
        secret_key=SECRET,
        council_name="Bench Council",
        email_sender="none",
        sms_sender="twilio",
        twilio_account_sid=stub.account,
        twilio_auth_token=stub.token,
        twilio_messaging_service_sid=stub.service,
        twilio_base_url=address,
        send_threads=int(threads),
    )
    with create_app(settings).app_context():
        print("ready", flush=True)
        sys.stdin.readline()
        rules = SendingRules(threads=settings.send_threads, batch=batch_for(settings.send_threads))
        print(send_due(senders(), rules=rules), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
