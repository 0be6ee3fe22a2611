"""A text's way after it was accepted: its end in the ledger, its signed status callbacks, and people's replies."""

import secrets
from collections.abc import Callable, Mapping
from random import Random
from urllib.parse import parse_qs, urldefrag, urlencode, urlsplit

from tests.stubs.faults import End, Faults
from tests.stubs.ledger import Kind, Ledger, moment
from tests.stubs.options import Options
from tests.stubs.posting import Post, PostOffice, nothing
from tests.stubs.signing import twilio_signature
from tests.stubs.timing import steps
from tests.stubs.twilio_messages import TextMessage

ENDS: dict[End | None, tuple[str, int | None]] = {
    None: ("delivered", None),
    End.UNDELIVERED_30003: ("undelivered", 30003),
    End.UNDELIVERED_30005: ("undelivered", 30005),
    End.FAILED_30007: ("failed", 30007),
}
FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8", "User-Agent": "TwilioProxy/1.1"}


class TextReceipts:
    def __init__(self, options: Options, ledger: Ledger, office: PostOffice) -> None:
        self.options = options
        self.ledger = ledger
        self.office = office

    def follow(self, message: TextMessage, faults: Faults, chance: Random) -> None:
        """The initial status has no callback; the two on the way and the end have one each."""
        status, code = ENDS[faults.end(chance)]
        stages: list[tuple[str, int | None]] = [("queued", None), ("sent", None), (status, code)]
        self.office.loop.call_later(faults.receipt_seconds * 2, self.arrive, message, status, code)
        if message.callback:
            receipts = [self.signed(message.callback, self.receipt(message, *stage)) for stage in stages]
            self.office.post_in_turn([(receipts[n], seconds) for n, seconds in steps(len(stages), faults, chance)])

    def arrive(self, message: TextMessage, status: str, code: int | None) -> None:
        message.status, message.error_code = status, code
        message.sent = message.updated = moment()
        self.ledger.write(Kind.STATE, "twilio", message.sid, address=message.to, state=status, code=code)

    def receipt(self, message: TextMessage, status: str, code: int | None) -> dict[str, str]:
        form = {
            "AccountSid": message.account,
            "ApiVersion": "2010-04-01",
            "From": message.number or self.options.number,
            "MessageSid": message.sid,
            "MessageStatus": status,
            "SmsSid": message.sid,
            "SmsStatus": status,
            "To": message.to,
        }
        if message.service:
            form["MessagingServiceSid"] = message.service
        if code:
            form["ErrorCode"] = str(code)
        return form

    def reply(self, url: str, person: str, body: str, taken: Callable[[], object], opt_out: str = "") -> str:
        """Post what a person wrote to the inbound web hook. Returns the reply's own id."""
        sid = f"SM{secrets.token_hex(16)}"
        form = {
            "AccountSid": self.options.account,
            "ApiVersion": "2010-04-01",
            "Body": body,
            "From": person,
            "FromCountry": "GB",
            "MessageSid": sid,
            "MessagingServiceSid": self.options.service,
            "NumMedia": "0",
            "NumSegments": "1",
            "SmsMessageSid": sid,
            "SmsSid": sid,
            "SmsStatus": "received",
            "To": self.options.number,
            "ToCountry": "GB",
        }
        if opt_out:
            form["OptOutType"] = opt_out
        if url:
            self.office.post(self.signed(url, form, taken))
        return sid

    def signed(self, url: str, form: Mapping[str, str], taken: Callable[[], object] = nothing) -> Post:
        """By default tried once more where no connection stood, or as often as #rc= in the address says."""
        headers = FORM | {
            "X-Twilio-Signature": twilio_signature(self.options.token, url, form),
            "I-Twilio-Idempotency-Token": secrets.token_hex(8),
        }
        retries = int(parse_qs(urlsplit(url).fragment).get("rc", ["1"])[0])
        body = urlencode(form).encode()
        return Post(urldefrag(url).url, body, lambda _: headers, retries, taken=taken)
