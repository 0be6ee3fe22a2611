"""Comments by theme, and the comments themselves; both as files too."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, render_template, request

from nlp.code_frame import CodeFrame
from nlp.comments import SENTIMENTS
from nlp.redaction.redact import redact
from surveys.comments.labels.code_frames import frame_in_force
from surveys.comments.labels.suggestions import suggestions_only
from surveys.comments.texts.pieces import pieces_of, shortened
from surveys.comments.texts.queries import MOST_COUNTED, Listed, every_listed, newest_comment_day, read_listing
from surveys.comments.texts.wording import (
    RATING_WORDS,
    SENTIMENT_WORDS,
    STATE_WORDS,
    URGENCY_WORDS,
    label_words,
    sentiment_words,
)
from surveys.comments.themes.queries import read_cuts, read_themes
from surveys.contacts.models import Channel
from surveys.core.clock import now, today
from surveys.core.csv_out import Cell, csv_response
from surveys.core.db import transaction
from surveys.dashboards.comments.filters import CommentFilters, read_comment_filters, read_place
from surveys.dashboards.comments.lines import mood_sentence, part_cells, theme_lines, themes_sentence
from surveys.dashboards.comments.panels import panels_of_theme
from surveys.dashboards.pages.filters import in_words
from surveys.people.accounts import all_services
from surveys.people.audit import record
from surveys.people.guards import allowed, services_allowed
from surveys.people.roles import Permission
from surveys.rates.months import Month

# Months of a trend, where the period itself has no more.
A_YEAR = 12
# Of a very long comment a list shows its beginning.
MOST_SHOWN = 1200
SHARES = ("share_percent", "lower_percent", "upper_percent", "base", "note")

blueprint = Blueprint("comments", __name__)


def granted() -> frozenset[int] | None:
    return services_allowed(Permission.READ_COMMENTS)


def filters_asked_for(frame: CodeFrame) -> CommentFilters:
    newest = Month.of(newest_comment_day() or today())
    return read_comment_filters(request.args, newest, frame, urgent=allowed(Permission.SEE_URGENT))


def choices(filters: CommentFilters, frame: CodeFrame) -> dict[str, Any]:
    """What both pages need for their form."""
    return {
        "filters": filters,
        "themes": {label.name: label.label for label in frame.labels},
        "period": filters.period,
        "services": [service for service in all_services() if (mine := granted()) is None or service.id in mine],
        "channels": list(Channel),
        "sentiments": SENTIMENT_WORDS,
        "urgencies": URGENCY_WORDS if allowed(Permission.SEE_URGENT) else {},
        "suggestions": suggestions_only(),
    }


@blueprint.get("/comments")
def themes() -> str:
    frame = frame_in_force()
    filters = filters_asked_for(frame)
    reach = filters.reach(granted())
    counted, before = read_themes(reach, filters.first_month_before.first, filters.sentiment)
    lines = theme_lines(counted, before, frame)
    panels = []
    if filters.theme:
        a_year_ago = filters.last_month.plus(1 - A_YEAR).first
        cuts = read_cuts(reach, filters.theme, a_year_ago, filters.sentiment)
        panels = panels_of_theme(next(label.label for label in frame.labels if label.name == filters.theme), cuts)
    return render_template(
        "comments/themes.html",
        **choices(filters, frame),
        lines=lines,
        panels=panels,
        base=counted.base,
        mood=mood_sentence(counted),
        sentence=themes_sentence(lines),
        before=in_words(filters.first_month_before, filters.first_month.plus(-1)),
    )


@blueprint.get("/comments/themes.csv")
def themes_as_csv() -> Response:
    frame = frame_in_force()
    filters = filters_asked_for(frame)
    reach = filters.reach(granted())
    counted, before = read_themes(reach, filters.first_month_before.first, filters.sentiment)
    header = ("theme", "name", "from", "to", "comments", *SENTIMENTS, *SHARES, "against_the_period_before")
    period = (str(filters.first_month), str(filters.last_month))
    lines = [
        (line.label, line.name, *period, line.count, *line.by_sentiment.values(), *part_cells(line.shown), line.change)
        for line in theme_lines(counted, before, frame)
    ]
    return csv_response(f"themes-{period[0]}-{period[1]}.csv", header, lines)


@blueprint.get("/comments/read")
def read() -> str:
    frame = frame_in_force()
    filters = filters_asked_for(frame)
    listing = read_listing(filters.wanted(granted()), read_place(request.args.get("after", "")))
    return render_template(
        "comments/read.html",
        **choices(filters, frame),
        listing=listing,
        capped=listing.count > MOST_COUNTED,
        most_counted=MOST_COUNTED,
        states=STATE_WORDS,
        ratings=RATING_WORDS,
        pieces=lambda listed: pieces_of(shortened(listed.text, MOST_SHOWN)),
        long=lambda listed: len(listed.text) > MOST_SHOWN,
        name_of=lambda kind, label: label_words(frame, kind, label),
        sentiment_words=sentiment_words,
    )


@blueprint.post("/comments/read.csv")
def read_as_csv() -> Response:
    """A file leaves the house, so taking one is noted, and every text is scanned once more on its way."""
    frame = frame_in_force()
    filters = filters_asked_for(frame)
    wanted = filters.wanted(granted())
    period = (str(filters.first_month), str(filters.last_month))
    with transaction():
        services = None if wanted.reach.services is None else sorted(wanted.reach.services)
        record("comments exported", "comments", at=now(), services=services, first=period[0], last=period[1])
    header = ("number", "week_from", "service", "channel", "rating", "comment", "themes", "sentiment")
    urgent = allowed(Permission.SEE_URGENT)
    lines = csv_lines(every_listed(wanted), frame, urgent)
    return csv_response(f"comments-{period[0]}-{period[1]}.csv", (*header, "urgency", "state"), lines)


def csv_lines(comments: Iterator[Listed], frame: CodeFrame, urgent: bool) -> Iterator[Sequence[Cell]]:
    """The week in place of the day: outside the house a line should lead to no single contact."""
    names = {label.name: label.label for label in frame.labels}
    for one in comments:
        monday = one.day - timedelta(days=one.day.weekday())
        yield (
            one.id,
            monday.isoformat(),
            one.service,
            one.channel.value,
            RATING_WORDS.get(one.rating or 0, ""),
            redact(one.text).text,
            "; ".join(names.get(topic, topic) for topic in one.labels.topics),
            sentiment_words(one.sentiment),
            "; ".join(one.labels.urgencies) if urgent else "",
            STATE_WORDS[one.state],
        )
