"""Makers of kiosks and posters, and somebody who walks through their pages."""

from typing import Any

import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from surveys.answers.models import CollectionPoint, PointKind
from surveys.answers.points import DOORS, add_point, token_of
from surveys.contacts.models import Channel
from surveys.core.db import db, transaction
from surveys.people.models import Service
from surveys.questionnaires.default import DEFAULT_DEFINITION
from surveys.questionnaires.languages import LANGUAGES
from surveys.questionnaires.queries import publish_default_if_none
from tests.makers.people import make_service
from tests.pages import soup


def make_point(
    kind: PointKind = PointKind.KIOSK, service: Service | None = None, place: str = "Town Hall", publish: bool = True
) -> CollectionPoint:
    """A point for parking, with the default questionnaire published unless told otherwise."""
    service_id = (service or db.session.scalar(sa.select(Service)) or make_service()).id
    with transaction():
        if publish:
            publish_default_if_none()
        return add_point(kind, place, service_id, Channel.FACE_TO_FACE)


def path_of(point: CollectionPoint) -> str:
    """The path that a device opens or a poster shows."""
    path = f"/{DOORS[point.kind]}/{token_of(point)}"
    db.session.rollback()
    return path


def number_in(page: TestResponse) -> str:
    """The sealed number that a page's form carries."""
    field = soup(page).select_one("main form input[name=page]")
    assert field is not None, page.get_data(as_text=True)
    return str(field["value"])


def rate(client: FlaskClient, path: str, rating: str = "very_satisfied", **more: Any) -> TestResponse:
    """Open a point as a new visitor and give the rating; returns what the rating's form answered."""
    return client.post(path, data={"page": number_in(client.get(path)), "overall": rating}, **more)


def answer_all(client: FlaskClient, path: str, rating: str = "very_satisfied", **given: str) -> TestResponse:
    """A whole answer from the first page to the redirect to the thanks."""
    rated = rate(client, path, rating)
    form = {"page": number_in(client.get(rated.location)), **given}
    return client.post(rated.location.partition("?")[0], data=form)


def in_every_language() -> dict[str, Any]:
    """The default questionnaire and one question of each other kind, English words under every language."""

    def spread(part: Any) -> Any:
        if isinstance(part, dict) and "en" in part:
            return {code: part.get(code) or part["en"] for code in LANGUAGES}
        if isinstance(part, dict):
            return {key: spread(value) for key, value in part.items()}
        return [spread(item) for item in part] if isinstance(part, list) else part

    options = [{"code": code, "text": {"en": code.capitalize()}} for code in ("staff", "wait", "place")]
    more = [
        {"key": "easy", "kind": "yes_no", "text": {"en": "Was it easy to get help?"}, "optional": True},
        {"key": "good", "kind": "choices", "text": {"en": "What was good?"}, "options": options, "optional": True},
    ]
    questions = spread([*DEFAULT_DEFINITION["questions"], *more])
    return {"questions": questions, "languages": list(LANGUAGES)}
