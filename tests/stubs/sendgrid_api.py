"""POST /v3/mail/send: who may, what it takes, what it answers, what the ledger keeps."""

import json
import secrets
from typing import Any

from tests.stubs.faults import Chances, Fault, Faults
from tests.stubs.ledger import Kind, Ledger
from tests.stubs.options import Options
from tests.stubs.sendgrid_events import MailEvents
from tests.stubs.sendgrid_rules import faults_of
from tests.stubs.wire import Reply, Request, in_json

SEND = "/v3/mail/send"
LIMITS = {"X_RateLimit_Limit": "600", "X_RateLimit_Remaining": "0", "X_RateLimit_Reset": "1"}


class SendGridApi:
    provider = "sendgrid"

    def __init__(self, options: Options, ledger: Ledger, events: MailEvents) -> None:
        self.ledger = ledger
        self.login = f"Bearer {options.sendgrid_key}"
        self.events = events
        self.stopped: set[str] = set()

    def takes(self, path: str) -> bool:
        return path.startswith("/v3/")

    def recipient(self, request: Request) -> str:
        """The first address, to choose what befalls the request; empty where there is none."""
        try:
            return str(json.loads(request.body)["personalizations"][0]["to"][0]["email"])
        except (ValueError, KeyError, IndexError, TypeError):
            return ""

    def act(self, request: Request, faults: Faults, chances: Chances) -> Reply:
        if request.headers.get("authorization") != self.login:
            return refused(401, ("", "The provided authorization grant is invalid, expired, or revoked"))
        if request.path != SEND:
            return refused(404, ("", "not found"))
        if request.method != "POST":
            return refused(405, ("", "method not allowed"))
        if not request.headers.get("content-type", "").startswith("application/json"):
            return refused(415, ("", "Content-Type should be application/json."))
        try:
            mail = json.loads(request.body)
        except ValueError:
            return refused(400, ("", "Bad Request"))
        if wrong := faults_of(mail, faults.tracking_must_be_off):
            return refused(400, *wrong)
        if ((mail.get("mail_settings") or {}).get("sandbox_mode") or {}).get("enable"):
            return Reply(200)
        return self.accepted(mail, faults, chances)

    def accepted(self, mail: dict[str, Any], faults: Faults, chances: Chances) -> Reply:
        """One ledger entry for each recipient, all under the id of the call."""
        made = secrets.token_urlsafe(16)
        for one in mail["personalizations"]:
            arguments = {**mail.get("custom_args", {}), **one.get("custom_args", {})}
            for to in one["to"]:
                email = to["email"].lower()
                facts = {"address": email, "body": mail["content"][0]["value"]}
                self.ledger.write(
                    Kind.MESSAGE, self.provider, made, correlation=next(iter(arguments.values()), ""), **facts
                )
                chance = chances.of(f"events {email}")
                self.events.follow(made, email, arguments, faults, chance, stopped=email in self.stopped)
        return Reply(202, headers={"X-Message-Id": made, "Content-Type": "text/plain"})

    def failure(self, fault: Fault) -> Reply:
        """What the client is told of a fault that is answered at all."""
        if fault is Fault.TOO_MANY:
            return refused(429, ("", "too many requests"), **LIMITS)
        return refused(503, ("", "service unavailable"))


def refused(status: int, *wrong: tuple[str, str], **headers: str) -> Reply:
    errors = [{"message": words, "field": field or None, "help": None} for field, words in wrong]
    return in_json(status, {"errors": errors}, **headers)
