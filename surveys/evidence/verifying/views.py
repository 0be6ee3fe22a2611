"""/audit/seals: how the seals and the signing key stand, and a check of the last days."""

from flask import Blueprint, render_template, request

from surveys.core.clock import today
from surveys.evidence.seals.signing import fingerprint, public_key
from surveys.evidence.verifying.state import MOST_DAYS, Check, check, head, standing

blueprint = Blueprint("seals", __name__)


@blueprint.get("/audit/seals")
def show() -> str:
    return render_template(
        "evidence/seals.html",
        standing=standing(),
        head=head(),
        key=fingerprint(public_key()),
        checked=check_asked_for(),
        most=MOST_DAYS,
    )


def check_asked_for() -> Check | None:
    """Only where the address asks for it, since it reads all that is sealed of these days."""
    typed = request.args.get("days", "")
    days = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 2 else 0
    return check(days, today()) if 1 <= days <= MOST_DAYS else None
