"""/inbox: each message as a phone or a mailbox would show it. Only where an inbox is a sender."""

from flask import Blueprint, current_app, render_template, request
from markupsafe import Markup, escape

from surveys.core.refusals import NotFound
from surveys.messaging.inbox import Inbox, latest
from surveys.messaging.links import LINK

blueprint = Blueprint("inbox", __name__)


@blueprint.app_template_filter("links")
def with_links(text: str) -> Markup:
    """The text, escaped, with its web addresses made clickable and its line breaks kept."""
    parts, end = [], 0
    for found in LINK.finditer(text):
        parts.append(escape(text[end : found.start()]))
        parts.append(Markup('<a href="{0}">{0}</a>').format(found.group()))
        end = found.end()
    parts.append(escape(text[end:]))
    return Markup("").join(parts).replace("\n", Markup("<br>"))


@blueprint.get("/inbox")
def show() -> str:
    if not any(isinstance(sender, Inbox) for sender in current_app.extensions["senders"].values()):
        raise NotFound("There is no inbox here: messages go to residents.")
    recipient = request.args.get("to", "").strip()
    return render_template("messaging/inbox.html", messages=latest(recipient), recipient=recipient)
