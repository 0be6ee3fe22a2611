"""Twilio's messages as the stub holds them: one resource each, in lists by recipient and time, page by page."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import urlencode

from tests.stubs.twilio_rules import Refusal

MOST_A_PAGE = 1000
USUAL_A_PAGE = 50
FILTERS = {"To", "From", "DateSent", "DateSent>", "DateSent<", "PageSize", "Page", "PageToken"}


@dataclass
class TextMessage:
    """updated: when status last changed. A message that is not sent yet is listed by when it was made."""

    sid: str
    account: str
    to: str
    body: str
    service: str
    number: str
    callback: str
    made: datetime
    order: int
    status: str = "accepted"
    error_code: int | None = None
    sent: datetime | None = None
    updated: datetime | None = None

    def as_resource(self) -> dict[str, object]:
        path = f"/2010-04-01/Accounts/{self.account}/Messages/{self.sid}"
        return {
            "account_sid": self.account,
            "api_version": "2010-04-01",
            "body": self.body,
            "date_created": format_datetime(self.made),
            "date_sent": self.sent and format_datetime(self.sent),
            "date_updated": format_datetime(self.updated or self.made),
            "direction": "outbound-api",
            "error_code": self.error_code,
            "error_message": None,
            "from": self.number or None,
            "messaging_service_sid": self.service or None,
            "num_media": "0",
            "num_segments": "0" if self.status == "accepted" else "1",
            "price": None,
            "price_unit": None,
            "sid": self.sid,
            "status": self.status,
            "subresource_uris": {"media": f"{path}/Media.json"},
            "to": self.to,
            "uri": f"{path}.json",
        }


class Messages:
    """All of one account, newest first in every list."""

    def __init__(self) -> None:
        self.by_sid: dict[str, TextMessage] = {}
        self.by_recipient: dict[str, list[TextMessage]] = defaultdict(list)

    def add(self, message: TextMessage) -> None:
        self.by_sid[message.sid] = message
        self.by_recipient[message.to].append(message)

    def page(self, path: str, query: list[tuple[str, str]], seen_until: datetime) -> dict[str, object]:
        """The page that a query asks for, of the messages made before seen_until, as Twilio writes it."""
        asked = dict(query)
        if unknown := sorted(asked.keys() - FILTERS):
            raise Refusal(400, 20001, f"Unknown parameter: {', '.join(unknown)}")
        size = min(max(whole(asked.get("PageSize", "")) or USUAL_A_PAGE, 1), MOST_A_PAGE)
        number, anchor = whole(asked.get("Page", "")), whole(asked.get("PageToken", "").removeprefix("PA"))
        found = [message for message in self.chosen(asked) if message.made <= seen_until]
        rest = [message for message in found if not anchor or message.order < anchor]
        here = rest[:size]
        more = len(rest) > size
        following = {**asked, "PageSize": size, "Page": number + 1, "PageToken": f"PA{here[-1].order}" if here else ""}
        return {
            "messages": [message.as_resource() for message in here],
            "page": number,
            "page_size": size,
            "start": number * size,
            "end": number * size + max(len(here) - 1, 0),
            "uri": f"{path}?{urlencode(asked)}",
            "first_page_uri": f"{path}?{urlencode({**without_page(asked), 'PageSize': size, 'Page': 0})}",
            "next_page_uri": f"{path}?{urlencode(following)}" if more else None,
            "previous_page_uri": None,
        }

    def chosen(self, asked: Mapping[str, str]) -> list[TextMessage]:
        """The messages that pass the filters, newest first."""
        pool = self.by_recipient[asked["To"]] if "To" in asked else self.by_sid.values()
        since, until = first_moment(asked), last_moment(asked)
        number = asked.get("From")
        kept = [m for m in pool if since <= (m.sent or m.made) < until and number in (None, m.number)]
        return kept[::-1]


def without_page(asked: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in asked.items() if name not in ("Page", "PageToken")}


def first_moment(asked: Mapping[str, str]) -> datetime:
    given = asked.get("DateSent>") or asked.get("DateSent")
    return moment_of(given) if given else datetime.min.replace(tzinfo=UTC)


def last_moment(asked: Mapping[str, str]) -> datetime:
    if given := asked.get("DateSent<"):
        return moment_of(given)
    if given := asked.get("DateSent"):
        return moment_of(given) + timedelta(days=1)
    return datetime.max.replace(tzinfo=UTC)


def moment_of(words: str) -> datetime:
    """A day or a moment as ISO 8601 has it; without a zone it is UTC."""
    try:
        found = datetime.fromisoformat(words)
    except ValueError as wrong:
        raise Refusal(400, 20001, "DateSent is not a date") from wrong
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def whole(words: str) -> int:
    return int(words) if words.isascii() and words.isdigit() else 0
