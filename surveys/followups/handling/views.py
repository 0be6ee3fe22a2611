"""/cases: what somebody has to put right, in lists and one by one, for the services of which they handle cases."""

from collections.abc import Iterator, Mapping, Sequence

from flask import Blueprint, Response, render_template, request
from flask_login import current_user

from surveys.comments.labels.code_frames import frame_in_force
from surveys.core.clock import day_of, today
from surveys.core.csv_out import Cell, csv_response
from surveys.core.refusals import NotFound
from surveys.core.row_numbers import row_number
from surveys.followups.cases.causes import cause_words, causes
from surveys.followups.cases.lists import MOST_COUNTED, MOST_PAGES, Listed, View, Wanted, every_listed, read_listing
from surveys.followups.cases.models import CaseKind
from surveys.followups.cases.words import KIND_WORDS, OUTCOME_WORDS, SATISFACTION_WORDS, STATE_WORDS, counted
from surveys.followups.handling.shown import granted, page
from surveys.people.accounts import all_services
from surveys.people.models import Service

VIEW_WORDS = {View.OPEN: "Open", View.MINE: "Mine", View.LATE: "Late", View.CLOSED: "Closed"}
COLUMNS = (
    "number",
    "kind",
    "service",
    "channel",
    "day",
    "rating",
    "may_be_contacted",
    "owner",
    "state",
    "opened_on",
    "acknowledge_by",
    "answer_by",
    "days_late",
    "closed_on",
    "outcome",
    "cause",
    "times_reopened",
)

blueprint = Blueprint("cases", __name__)


@blueprint.get("/cases")
def index() -> str:
    services, number = services_to_choose(), page_asked_for()
    wanted = wanted_by(services)
    listing = read_listing(wanted, number)
    return render_template(
        "followups/cases.html",
        wanted=wanted,
        listing=listing,
        page=number,
        last=number == MOST_PAGES,
        services=services,
        service=request.args.get("service", type=int),
        views=VIEW_WORDS,
        kinds=KIND_WORDS,
        states=STATE_WORDS,
        outcomes=OUTCOME_WORDS,
        ratings=SATISFACTION_WORDS,
        count=lambda view: counted(listing.counts[view], "case", MOST_COUNTED),
        address=lambda view, page=1: address(view, page),
    )


def services_to_choose() -> list[Service]:
    mine = granted()
    return [service for service in all_services() if mine is None or service.id in mine]


def wanted_by(services: Sequence[Service]) -> Wanted:
    """As the address asks. Of services that are not theirs nobody finds any."""
    view, kind, chosen = (request.args.get(name, "") for name in ("view", "kind", "service"))
    within = granted()
    if chosen:
        within = frozenset(service.id for service in services if str(service.id) == chosen)
    return Wanted(
        view=View(view) if view in list(View) else View.OPEN,
        services=within,
        user_id=current_user.id,
        day=today(),
        kind=CaseKind(kind) if kind in list(CaseKind) else None,
    )


def page_asked_for() -> int:
    try:
        number = row_number(request.args.get("page", "1"))
    except ValueError as fault:
        raise NotFound("There is no such page.") from fault
    if not 1 <= number <= MOST_PAGES:
        raise NotFound(f"Lists end after {MOST_PAGES} pages. Choose a service or a kind, or download the list.")
    return number


def address(view: View, number: int) -> dict[str, str | int]:
    """The part of an address that asks for this view and page, the service and kind as they are."""
    kept = {name: request.args[name] for name in ("service", "kind") if request.args.get(name)}
    return {"view": view.value, **kept, **({"page": number} if number > 1 else {})}


@blueprint.get("/cases.csv")
def as_csv() -> Response:
    """The list without its pages: no words that anybody wrote, no address, nothing of a resident."""
    wanted, known = wanted_by(services_to_choose()), causes(frame_in_force())
    lines = csv_lines(every_listed(wanted), known)
    return csv_response(f"cases-{wanted.view.value}-{wanted.day}.csv", COLUMNS, lines)


def csv_lines(cases: Iterator[Listed], known: Mapping[str, str]) -> Iterator[Sequence[Cell]]:
    for case in cases:
        yield (
            case.id,
            KIND_WORDS[case.kind],
            case.service,
            case.channel.value,
            case.day.isoformat(),
            SATISFACTION_WORDS[case.satisfaction] if case.satisfaction else "",
            "yes" if case.consent else "no",
            case.owner or "",
            STATE_WORDS[case.state],
            day_of(case.opened_at).isoformat(),
            case.acknowledge_by.isoformat(),
            case.answer_by.isoformat(),
            case.due.days_late if case.due else 0,
            day_of(case.closed_at).isoformat() if case.closed_at else "",
            OUTCOME_WORDS[case.outcome] if case.outcome else "",
            cause_words(case.cause, known),
            case.reopened,
        )


@blueprint.get("/cases/<int:number>")
def show(number: int) -> str:
    return page(number)
