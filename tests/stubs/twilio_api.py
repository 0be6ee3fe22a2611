"""POST and GET of Twilio's messages: who may, what it takes, what it answers, what the ledger keeps."""

import secrets
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

from tests.stubs.faults import Chances, Fault, Faults
from tests.stubs.ledger import Kind, Ledger, moment
from tests.stubs.options import Options
from tests.stubs.twilio_messages import Messages, TextMessage
from tests.stubs.twilio_receipts import TextReceipts
from tests.stubs.twilio_rules import Refusal, check
from tests.stubs.wire import Reply, Request, in_json


class TwilioApi:
    provider = "twilio"

    def __init__(self, options: Options, ledger: Ledger, receipts: TextReceipts) -> None:
        self.ledger = ledger
        self.options = options
        self.receipts = receipts
        self.logins = options.twilio_logins
        self.root = f"/2010-04-01/Accounts/{options.account}/Messages"
        self.messages = Messages()
        self.stopped: set[str] = set()

    def takes(self, path: str) -> bool:
        return path.startswith("/2010-04-01/")

    def recipient(self, request: Request) -> str:
        return dict(request.fields).get("To", "")

    def act(self, request: Request, faults: Faults, chances: Chances) -> Reply:
        try:
            if request.headers.get("authorization") not in self.logins or not request.path.startswith(self.root):
                raise Refusal(401, 20003, "Authenticate")
            if request.path == f"{self.root}.json":
                return (
                    self.listed(request, faults) if request.method == "GET" else self.created(request, faults, chances)
                )
            return self.one(request)
        except Refusal as refusal:
            return refused(refusal)

    def created(self, request: Request, faults: Faults, chances: Chances) -> Reply:
        if request.method != "POST":
            raise Refusal(405, 20004, "Method not allowed")
        form = check(request.fields, self.options)
        to = form["To"]
        if to in self.stopped and faults.refuses_stopped:
            self.ledger.write(Kind.BLOCKED, self.provider, "", address=to, body=form["Body"], code=21610)
            raise Refusal(400, 21610, "The recipient has unsubscribed")
        sid, callback = f"SM{secrets.token_hex(16)}", form.get("StatusCallback", "")
        correlation = dict(parse_qsl(urlsplit(callback).query)).get("c", "")
        facts = {"address": to, "body": form["Body"], "correlation": correlation}
        entry = self.ledger.write(Kind.MESSAGE, self.provider, sid, **facts)
        message = TextMessage(
            sid,
            self.options.account,
            to,
            form["Body"],
            form.get("MessagingServiceSid", ""),
            form.get("From", ""),
            callback,
            moment(),
            entry.order,
        )
        self.messages.add(message)
        self.receipts.follow(message, faults, chances.of(f"receipts {to}"))
        return in_json(201, message.as_resource())

    def listed(self, request: Request, faults: Faults) -> Reply:
        query = parse_qsl(request.query, keep_blank_values=True)
        seen_until = moment() - timedelta(seconds=faults.listing_lag)
        return in_json(200, self.messages.page(request.path, query, seen_until))

    def one(self, request: Request) -> Reply:
        sid = request.path.removeprefix(f"{self.root}/").removesuffix(".json")
        if request.method != "GET" or sid not in self.messages.by_sid:
            raise Refusal(404, 20404, "The requested resource was not found")
        return in_json(200, self.messages.by_sid[sid].as_resource())

    def failure(self, fault: Fault) -> Reply:
        """What the client is told of a fault that is answered at all."""
        if fault is Fault.TOO_MANY:
            return refused(Refusal(429, 20429, "Too many requests"))
        return refused(Refusal(503, 20503, "Service unavailable"))


def refused(refusal: Refusal) -> Reply:
    words = {
        "code": refusal.code,
        "message": refusal.words,
        "more_info": f"https://www.twilio.com/docs/errors/{refusal.code}",
        "status": refusal.status,
    }
    return in_json(refusal.status, words)
