"""/improvements: what residents said, what is done about it, and whether it helped, for whoever may read the rates."""

from collections.abc import Iterator, Sequence
from datetime import date

from flask import Blueprint, Response, render_template, request
from flask_login import current_user

from surveys.comments.labels.code_frames import frame_in_force
from surveys.comments.texts.models import LabelKind
from surveys.comments.texts.wording import label_words
from surveys.core.clock import today
from surveys.core.csv_out import Cell, csv_response
from surveys.core.refusals import NotFound
from surveys.core.row_numbers import row_number
from surveys.followups.improvements.chart import HEADINGS, chart_of
from surveys.followups.improvements.effect import Windows
from surveys.followups.improvements.figures import CHARTED_BEFORE, Found, done_ones, read_effects
from surveys.followups.improvements.models import ImprovementState, Publishing
from surveys.followups.improvements.planning import cases_of
from surveys.followups.improvements.publishing import PUBLISHABLE, scanned
from surveys.followups.improvements.questions import measured_questions
from surveys.followups.improvements.reading import A_PAGE, Line, Wanted, improvement_numbered, listed, quotations_of
from surveys.followups.improvements.words import PUBLISHING_WORDS, STATE_WORDS, effect_sentence, overlap_sentence, span
from surveys.people.accounts import all_services
from surveys.people.assessors import months_allowed
from surveys.people.guards import services_allowed
from surveys.people.models import Service
from surveys.people.roles import Permission
from surveys.rates.months import Month
from surveys.rates.protection import View
from surveys.rates.revising import SETTLES_AFTER
from surveys.rates.series import Series
from surveys.rates.words import percent

IN_A_FILE = 5_000
COLUMNS = (
    "number",
    "title",
    "service",
    "channel",
    "state",
    "owner",
    "due_on",
    "done_on",
    "published",
    "question",
    "before_percent",
    "before_answers",
    "after_percent",
    "after_answers",
    "difference_points",
    "lower_points",
    "upper_points",
    "told",
)

blueprint = Blueprint("improvements", __name__)


def granted() -> frozenset[int] | None:
    return services_allowed(Permission.READ_RATES)


def may_do(line: Line, permission: Permission) -> bool:
    return Series(line.one.service_id).within(services_allowed(permission))


def services_to_choose() -> list[Service]:
    mine = granted()
    return [service for service in all_services() if mine is None or service.id in mine]


def wanted() -> Wanted:
    """As the address asks; what it asks for that there is not narrows nothing."""
    state, publishing = request.args.get("state", ""), request.args.get("publishing", "")
    return Wanted(
        service=number_asked_for("service"),
        state=ImprovementState(state) if state in list(ImprovementState) else None,
        publishing=Publishing(publishing) if publishing in list(Publishing) else None,
        below=number_asked_for("below"),
    )


def number_asked_for(name: str) -> int | None:
    try:
        return row_number(request.args[name]) if request.args.get(name) else None
    except ValueError as fault:
        raise NotFound("There is no such page.") from fault


@blueprint.get("/improvements")
def index() -> str:
    asked = wanted()
    found = listed(granted(), asked)
    lines = found[:A_PAGE]
    return render_template(
        "followups/improvements.html",
        lines=lines,
        more=lines[-1].one.id if len(found) > A_PAGE else None,
        effects=effects_of(lines),
        wanted=asked,
        services=services_to_choose(),
        states=STATE_WORDS,
        publishings=PUBLISHING_WORDS,
        sentence=effect_sentence,
    )


def effects_of(lines: Sequence[Line], months_before: int = 0) -> dict[int, Found]:
    """Of an assessor only those that were measured wholly within the months that they were given."""
    allowed, done = months_allowed(), done_ones(line.one for line in lines)
    if allowed is None:
        return read_effects(done, today(), View.MANAGERS, months_before)
    found = read_effects(done, today(), View.MANAGERS).items()
    return {number: one for number, one in found if lies_within(one.effect.windows, *allowed)}


def lies_within(windows: Windows, first: date, last: date) -> bool:
    return windows.before[0].first >= first and windows.last.first <= last


@blueprint.get("/improvements.csv")
def as_csv() -> Response:
    """What was done and what came of it; no words that a resident wrote."""
    lines = listed(granted(), wanted(), IN_A_FILE)
    return csv_response("improvements.csv", COLUMNS, csv_lines(lines, effects_of(lines)))


def csv_lines(lines: Sequence[Line], effects: dict[int, Found]) -> Iterator[tuple[Cell, ...]]:
    for line in lines:
        one, found = line.one, effects.get(line.one.id)
        yield (
            one.id,
            one.title,
            line.service or "",
            one.channel.value if one.channel else "",
            one.state.value,
            line.owner,
            one.due_on.isoformat(),
            one.done_on.isoformat() if one.done_on else "",
            one.publishing.value,
            one.question,
            *(figures_of(found) if found else ("",) * 8),
        )


def figures_of(found: Found) -> tuple[Cell, ...]:
    effect = found.effect
    interval = (effect.interval.lower, effect.interval.upper) if effect.interval else (None, None)
    shares = (effect.before.share, effect.after.share, effect.difference, *interval)
    was, is_now, difference, lower, upper = (None if one is None else round(100 * one, 1) for one in shares)
    return (was, effect.before.base, is_now, effect.after.base, difference, lower, upper, effect.told.value)


@blueprint.get("/improvements/<int:number>")
def show(number: int) -> str:
    line = improvement_numbered(number, granted())
    may_manage = may_do(line, Permission.MANAGE_IMPROVEMENTS)
    may_approve = may_do(line, Permission.APPROVE_IMPROVEMENTS)
    question = measured_questions().get(line.one.question)
    found = effects_of([line], CHARTED_BEFORE).get(number)
    return render_template(
        "followups/improvement.html",
        line=line,
        one=line.one,
        states=STATE_WORDS,
        publishings=PUBLISHING_WORDS,
        question=question.label if question else "",
        quotations=quotations_of([number])[number],
        theme=label_words(frame_in_force(), LabelKind.TOPIC, line.one.theme) if line.one.theme else "",
        share=share_words(line),
        cases=cases_of(number) if may_do(line, Permission.HANDLE_CASES) else (),
        found=found,
        span=span,
        sentence=effect_sentence(found.effect) if found else "",
        beside=beside(found),
        chart=chart_of(found.effect) if found else None,
        provisional=provisional(found),
        headings=HEADINGS,
        scan=scanned(line.one) if may_manage or may_approve else None,
        may_manage=may_manage,
        may_approve=may_approve,
        own_work=current_user.id in (line.one.made_by, line.one.proposed_by),
        publishable=line.one.state in PUBLISHABLE,
    )


def provisional(found: Found | None) -> str:
    """The first of the months after it whose answers still come in as a matter of course; "" where all are in."""
    settling = Month.of(today() - SETTLES_AFTER)
    late = [month for month in found.effect.windows.after if month >= settling] if found else []
    return late[0].label if late else ""


def share_words(line: Line) -> str:
    count, base = line.one.share_count, line.one.share_base
    return f"{percent(count / base)} of {base:,} comments" if count is not None and base else ""


def beside(found: Found | None) -> str:
    """What else was done in these months; titles only of what the reader may open."""
    others = found.beside if found else ()
    seen = [other.title for other in others if other.series.within(granted())]
    return overlap_sentence(seen, len(others) - len(seen))
