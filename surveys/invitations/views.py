"""For staff: where the invitations stand."""

from flask import Blueprint, render_template, request

from surveys.invitations.models import InvitationState
from surveys.invitations.queries import counts_by_state, latest

blueprint = Blueprint("invitations", __name__)


@blueprint.get("/invitations")
def index() -> str:
    wanted = request.args.get("state", "")
    state = InvitationState(wanted) if wanted in set(InvitationState) else None
    return render_template(
        "invitations/index.html",
        counts=counts_by_state(),
        rows=latest(state),
        chosen=state,
        states=InvitationState,
    )
