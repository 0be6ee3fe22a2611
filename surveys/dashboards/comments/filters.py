"""Which comments a page is about, read from its address."""

from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from nlp.code_frame import CodeFrame
from nlp.comments import SENTIMENTS
from nlp.redaction.redact import redact
from nlp.urgency.types import Urgency
from surveys.comments.texts.models import CommentState
from surveys.comments.texts.queries import Place, Wanted
from surveys.comments.texts.reach import Reach
from surveys.contacts.models import Channel
from surveys.dashboards.pages.filters import in_words, read_channels, read_period, read_services
from surveys.rates.months import Month

MOST_CHARACTERS = 100
USUAL_MONTHS = 3
PERSONAL = (
    "Nothing was searched for: what you typed looks like a name, a number or an address, and those are replaced in "
    "every comment."
)


@dataclass(frozen=True)
class CommentFilters:
    """Whole months, both among them, and what was ticked; "" asks for any. notes are words for what was not read."""

    first_month: Month
    last_month: Month
    services: frozenset[int] = frozenset()
    channels: frozenset[Channel] = frozenset()
    theme: str = ""
    sentiment: str = ""
    urgency: str = ""
    state: str = ""
    words: str = field(default="", repr=False)
    notes: tuple[str, ...] = ()

    @property
    def period(self) -> str:
        return in_words(self.first_month, self.last_month)

    @property
    def first_month_before(self) -> Month:
        """Where a period of as many months begins that ends where this one starts."""
        first, last = self.first_month, self.last_month
        return first.plus((first.year - last.year) * 12 + first.month - last.month - 1)

    def reach(self, granted: frozenset[int] | None) -> Reach:
        """What may be seen of what was asked for."""
        services = self.services or granted
        if granted is not None and services is not None:
            services = services & granted
        return Reach(self.first_month.first, self.last_month.last, services, self.channels or None)

    def wanted(self, granted: frozenset[int] | None) -> Wanted:
        return Wanted(
            self.reach(granted),
            self.theme or None,
            self.sentiment or None,
            self.urgency or None,
            CommentState(self.state) if self.state else None,
            self.words,
        )

    def query(self, **changes: str) -> str:
        """The address of the same choice with something else chosen; "" takes a choice away."""
        chosen = {"theme": self.theme, "sentiment": self.sentiment, "urgency": self.urgency, "state": self.state}
        asked = chosen | {"words": self.words} | changes
        pairs = [("from", str(self.first_month)), ("to", str(self.last_month))]
        pairs += [("service", str(service)) for service in sorted(self.services)]
        pairs += [("channel", channel.value) for channel in sorted(self.channels)]
        return urlencode([*pairs, *((name, value) for name, value in asked.items() if value)])


def read_comment_filters(args: MultiDict[str, str], newest: Month, frame: CodeFrame, urgent: bool) -> CommentFilters:
    """What makes no sense asks for any; no period is the last three months with comments.

    urgent: whether the reader may ask for urgent comments. Words that redaction would replace are not searched for:
    they could only find what it missed, and they would stand in the address.
    """
    notes: list[str] = []
    first, last = read_period(args, newest, USUAL_MONTHS, notes)
    words = args.get("words", "").strip()[:MOST_CHARACTERS]
    if words and redact(words).found:
        notes.append(PERSONAL)
        words = ""
    return CommentFilters(
        first,
        last,
        read_services(args),
        read_channels(args),
        theme=one_of(args.get("theme", ""), frame.names),
        sentiment=one_of(args.get("sentiment", ""), SENTIMENTS),
        urgency=one_of(args.get("urgency", ""), tuple(Urgency)) if urgent else "",
        state=one_of(args.get("state", ""), tuple(s for s in CommentState if s is not CommentState.LET_GO)),
        words=words,
        notes=tuple(notes),
    )


def one_of(typed: str, known: tuple[str, ...]) -> str:
    return typed if typed in known else ""


def read_place(typed: str) -> Place | None:
    """Where a page begins, as "2026-03-31.1204"; None for the first page and for what makes no sense."""
    day, _, number = typed.partition(".")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    try:
        return Place(date.fromisoformat(day), int(number))
    except ValueError:
        return None
