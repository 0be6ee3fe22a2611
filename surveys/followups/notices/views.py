"""/notices: what the signed-in user was told of. The console shows how much of it is new."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.refusals import NotFound
from surveys.core.row_numbers import row_number
from surveys.followups.cases.words import KIND_WORDS
from surveys.followups.notices.lists import AT_ONCE, MOST_COUNTED, see, told_to, unseen
from surveys.followups.notices.models import AlertKind
from surveys.people.guards import allowed, services_allowed
from surveys.people.roles import Permission

blueprint = Blueprint("notices", __name__)

WHY_WORDS = {
    AlertKind.URGENT: "Urgent",
    AlertKind.NEW_CASE: "New case",
    AlertKind.GIVEN: "Given to you",
    AlertKind.LATE: "Past a deadline",
}
# A count costs a query: it is read where somebody looks for work, and not on every page.
COUNTED_ON = ("/cases", "/notices")


@blueprint.get("/notices")
def index() -> str:
    handles, sees = services_allowed(Permission.HANDLE_CASES), services_allowed(Permission.SEE_URGENT)
    told = told_to(current_user.id, handles, sees, before())
    older = told[-1].id if len(told) == AT_ONCE else None
    return render_template("followups/notices.html", told=told, older=older, whys=WHY_WORDS, kinds=KIND_WORDS)


def before() -> int | None:
    """Only the number of a notice leads to what is older."""
    try:
        return row_number(request.args["before"]) if "before" in request.args else None
    except ValueError as fault:
        raise NotFound("There is no such page.") from fault


@blueprint.post("/notices/seen")
def mark_seen() -> Response:
    try:
        newest = row_number(request.form.get("newest", ""))
    except ValueError as fault:
        raise NotFound("There is no such notice.") from fault
    with transaction():
        see(current_user.id, newest, now())
    return redirect(url_for("notices.index"), 303)


@blueprint.app_template_global()
def notices_in_words() -> str:
    """For the header: "Notices", with the count of new ones where it is read; "" for whoever is never told of any."""
    if not (allowed(Permission.HANDLE_CASES) or allowed(Permission.SEE_URGENT)):
        return ""
    path = request.path
    if path != "/" and not path.startswith(COUNTED_ON):
        return "Notices"
    new = unseen(current_user.id)
    return f"Notices ({f'{MOST_COUNTED}+' if new > MOST_COUNTED else new} new)" if new else "Notices"
