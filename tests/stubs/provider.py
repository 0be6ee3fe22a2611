"""The stub whole: both providers, the faults that befall requests, and what people say to it."""

import asyncio
from collections import Counter
from dataclasses import replace

from tests.stubs.faults import Chances, Fault
from tests.stubs.ledger import Kind, Ledger
from tests.stubs.options import Options
from tests.stubs.posting import PostOffice
from tests.stubs.sendgrid_api import SendGridApi
from tests.stubs.sendgrid_events import MailEvents
from tests.stubs.signing import EventKey
from tests.stubs.twilio_api import TwilioApi
from tests.stubs.twilio_receipts import TextReceipts
from tests.stubs.wire import Reply, Request

STOP = frozenset(["STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"])
START = frozenset(["START", "UNSTOP", "YES"])
HELP = frozenset(["HELP", "INFO"])
OPTING_OUT = frozenset({"spamreport", "unsubscribe", "group_unsubscribe"})
BEFORE = frozenset({Fault.TOO_MANY, Fault.ERROR_BEFORE})


class Provider:
    """Lives on one event loop. befell: how many requests met which fault."""

    def __init__(self, options: Options, loop: asyncio.AbstractEventLoop) -> None:
        self.options = options
        self.faults = options.faults
        self.inbound_url = options.inbound_url
        self.chances = Chances(options.seed)
        self.ledger = Ledger(options.ledger)
        self.office = PostOffice(loop)
        self.key = EventKey()
        self.befell: Counter[str] = Counter()
        self.statuses: Counter[int] = Counter()
        self.texts = TextReceipts(options, self.ledger, self.office)
        self.mails = MailEvents(options, self.ledger, self.office, self.key)
        self.twilio = TwilioApi(options, self.ledger, self.texts)
        self.sendgrid = SendGridApi(options, self.ledger, self.mails)

    def answer(self, request: Request) -> Reply:
        """The reply of the provider whose path it is, after whatever fault befalls the request."""
        for api in (self.twilio, self.sendgrid):
            if api.takes(request.path):
                return self.under_faults(api, request)
        return Reply(404)

    def under_faults(self, api: TwilioApi | SendGridApi, request: Request) -> Reply:
        fault = self.faults.fault(self.chances.of(f"{request.method} {api.recipient(request)}"))
        if fault is Fault.RESET_BEFORE:
            self.befell[fault] += 1
            return Reply(resets=True)
        reply = api.failure(fault) if fault in BEFORE and fault else api.act(request, self.faults, self.chances)
        self.statuses[reply.status] += 1
        if fault in BEFORE or (fault and reply.ok):
            self.befell[fault] += 1
        if fault is Fault.DROP_AFTER and reply.ok:
            reply = replace(reply, resets=True)
        if fault is Fault.ERROR_AFTER and reply.ok:
            reply = api.failure(fault)
        slow = self.faults.slow_seconds if fault is Fault.SLOW else 0.0
        return replace(reply, seconds=self.faults.latency + slow)

    def say(self, person: str, words: str) -> int:
        """A person writes to the sender's number. Twilio's own opt-out acts at once, told to the hook or not."""
        word = words.strip().upper()
        kind = Kind.STOP if word in STOP else Kind.START if word in START else Kind.WORDS
        opt_out = "HELP" if word in HELP else "" if kind is Kind.WORDS else kind.name
        if kind is Kind.STOP:
            self.twilio.stopped.add(person)
        if kind is Kind.START:
            self.twilio.stopped.discard(person)
        entry = self.ledger.write(kind, "twilio", "", address=person, body=words)
        self.texts.reply(self.inbound_url, person, words, lambda: self.told("twilio", person, entry.order), opt_out)
        return entry.order

    def happen(self, event: str, email: str, reference: str, arguments: dict[str, str]) -> int:
        """An event that a person makes, such as spamreport, unsubscribe or click, for an email of this reference."""
        kind = Kind.STOP if event in OPTING_OUT else Kind.WORDS
        if kind is Kind.STOP:
            self.sendgrid.stopped.add(email.lower())
        entry = self.ledger.write(kind, "sendgrid", reference, address=email.lower(), body=event)
        made = self.mails.event(reference, email, arguments, {"event": event})
        if self.mails.url:
            self.office.post(self.mails.signed([made], lambda: self.told("sendgrid", email.lower(), entry.order)))
        return entry.order

    def told(self, provider: str, address: str, order: int) -> None:
        self.ledger.write(Kind.TOLD, provider, "", address=address, of=order)

    def close(self) -> None:
        self.office.close()
        self.ledger.close()
