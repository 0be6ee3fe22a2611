"""Every page that a resident can meet, in every state and language, for whoever looks at pages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.tokens import seal, token_digest
from surveys.invitations.models import Invitation
from surveys.questionnaires.default import DEFAULT_DEFINITION
from surveys.questionnaires.equality import EQUALITY
from surveys.questionnaires.languages import LANGUAGES
from surveys.questionnaires.library import READY
from tests.answers.made import publish
from tests.makers.answers import draw_and_send
from tests.makers.contacts import load_rows, row

RATING, RESOLVED, WHY, CONTACT_BACK = DEFAULT_DEFINITION["questions"]


def asked_of_all(key: str, **more: Any) -> dict[str, Any]:
    return {name: value for name, value in READY[key].items() if name != "pool"} | more


# Every kind of question, one that only the dissatisfied get, and a page that hangs on an answer of the page before.
EVERY_KIND: dict[str, Any] = {
    "languages": list(LANGUAGES),
    "questions": [
        RATING,
        RESOLVED,
        asked_of_all("effort"),
        asked_of_all("kept_informed", kind="choices", options=RESOLVED["options"][:3]),
        asked_of_all(
            "outcome", show_if={"question": "overall", "any_of": ["fairly_dissatisfied", "very_dissatisfied"]}
        ),
        asked_of_all("did_as_said", show_if={"question": "resolved", "any_of": ["no", "not_yet"]}),
        WHY,
        CONTACT_BACK,
    ],
    "equality": list(EQUALITY),
}
STATES = ("fresh", "rated", "halfway", "done", "told", "finished", "expired", "stopped", "erased")


@dataclass(frozen=True)
class Journeys:
    """Links by how far each has come."""

    client: FlaskClient
    links: dict[str, str]

    def post(self, path: str, token: str, **given: Any) -> TestResponse:
        return self.client.post(path, data={"seal": seal("survey forms", token)} | given)


def start_journeys(client: FlaskClient, folder: Path, definition: dict[str, Any] = EVERY_KIND) -> Journeys:
    """A link in each state, brought there through the pages themselves."""
    publish(definition)
    rows = [
        row(f"J{n}", phone=f"07700 900{100 + n}", email=f"j{n}@example.com", area="North", team="A team")
        for n, _ in enumerate(STATES)
    ]
    load_rows(folder, rows)
    made = Journeys(client, dict(zip(STATES, draw_and_send(), strict=True)))
    for state in ("rated", "halfway", "done", "told", "finished", "erased"):
        rate(made, state)
    for state in ("halfway", "done", "told", "finished", "erased"):
        answer_first_page(made, state)
    for state in ("done", "told", "finished", "erased"):
        token = made.links[state]
        made.post(f"/s/{token}/more/2", token, did_as_said="no")
    for state in ("told", "finished", "erased"):
        token = made.links[state]
        made.post(f"/s/{token}/equality", token, age="35_44", health="yes")
    token = made.links["finished"]
    made.post(f"/s/{token}/equality/2", token, health_effect="a_little")
    for act, state in (("stop", "stopped"), ("erase", "erased")):
        made.post(f"/{act}/{made.links[state]}", made.links[state])
    expire(made.links["expired"])
    return made


def rate(made: Journeys, state: str) -> None:
    token = made.links[state]
    made.post(f"/s/{token}", token, overall="very_dissatisfied")


def answer_first_page(made: Journeys, state: str) -> None:
    given = {
        "resolved": "no",
        "effort": "4",
        "kept_informed": ["first_time", "not_yet"],
        "why": "Nobody\n<called> back",
    }
    token = made.links[state]
    made.post(f"/s/{token}/more", token, **given)


def expire(token: str) -> None:
    with transaction():
        past = {"expires_at": now() - timedelta(days=1)}
        db.session.execute(sa.update(Invitation).where(Invitation.token_digest == token_digest(token)).values(past))


# The pages by name: the state of the link, and the address behind it.
LOOKED_AT = {
    "rating": ("fresh", "/s/{}"),
    "rating named in an email": ("fresh", "/s/{}?rating=fairly_satisfied"),
    "rating kept": ("rated", "/s/{}"),
    "more": ("rated", "/s/{}/more"),
    "more kept": ("halfway", "/s/{}/more"),
    "second page": ("halfway", "/s/{}/more/2"),
    "thanks": ("done", "/s/{}/thanks"),
    "received": ("done", "/s/{}"),
    "equality": ("done", "/s/{}/equality"),
    "equality, second page": ("told", "/s/{}/equality/2"),
    "equality received": ("finished", "/s/{}/equality/thanks"),
    "nothing told": ("done", "/s/{}/equality/thanks"),
    "expired": ("expired", "/s/{}"),
    "stop": ("fresh", "/stop/{}"),
    "stopped": ("stopped", "/stop/{}"),
    "about before an answer": ("fresh", "/about/{}"),
    "about": ("finished", "/about/{}"),
    "erase": ("finished", "/erase/{}"),
    "erased": ("erased", "/erased"),
    "after erasing": ("erased", "/s/{}"),
}
# Forms sent with something to put right: nothing is kept of them.
PUT_RIGHT: dict[str, tuple[str, str, dict[str, Any]]] = {
    "rating without a choice": ("fresh", "/s/{}", {}),
    "rating from an old page": ("fresh", "/s/{}", {"seal": "old", "overall": "neither"}),
    "more with a comment too long": ("rated", "/s/{}/more", {"why": "x" * 1001, "kept_informed": "made_up"}),
    "equality with an unknown answer": ("done", "/s/{}/equality", {"age": "dragon"}),
    "stop from an old page": ("fresh", "/stop/{}", {"seal": "old"}),
    "erase from an old page": ("finished", "/erase/{}", {"seal": "old"}),
}


def in_language(address: str, language: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}lang={language}"


def every_page(made: Journeys, language: str) -> Iterator[tuple[str, TestResponse]]:
    """Each page by its name, in one language."""
    for name, (state, address) in LOOKED_AT.items():
        yield name, made.client.get(in_language(address.format(made.links[state]), language))
    for name, (state, address, given) in PUT_RIGHT.items():
        token = made.links[state]
        yield name, made.post(in_language(address.format(token), language), token, **given)


def file_name(language: str, name: str) -> str:
    return f"{language}-{re.sub('[^a-z]+', '-', name)}.html"
