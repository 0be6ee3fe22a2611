"""The next version of a quarter is worked out by a worker: once, however often it is asked for, and never in public."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask, current_app
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.queue import TASKS, run_waiting
from surveys.core.refusals import Conflict, Refused
from surveys.evidence.files.models import WorkState
from surveys.evidence.packs.asking import STALE
from surveys.evidence.publishing import drafts
from surveys.evidence.publishing.drafts import ask_for_draft, claim, make_draft, publish_draft, row_of, unfinished
from surveys.evidence.publishing.models import Publication, PublicationDraft
from surveys.evidence.publishing.publish import Basis, draft_of
from surveys.people.audit import breaks
from surveys.people.models import AuditEntry
from tests.evidence.quarterly import MOMENT, SUMMER, make_figures, publish_now, some_ratings, with_late_answers
from tests.makers.people import make_user, sign_in
from tests.pages import soup, text_of

ADDRESS, WORK_OUT = f"/publications/{SUMMER.code}", f"/publications/draft/{SUMMER.code}"
pytestmark = pytest.mark.usefixtures("moment")


@pytest.fixture
def moment(app: Flask) -> Iterator[None]:
    """A quarter with figures, and a day on which it may be published."""
    make_figures(some_ratings(1))
    with time_machine.travel(MOMENT, tick=False):
        yield


def asked_for() -> int:
    with transaction():
        return ask_for_draft(SUMMER, None, now()).id


def there() -> PublicationDraft:
    db.session.rollback()
    row = row_of(SUMMER)
    assert row
    return row


def unsolvable(_basis: Basis) -> None:
    raise ArithmeticError("no counts agree with what was published")


def test_a_draft_is_what_would_be_published_at_once() -> None:
    make_draft(asked_for())
    row, wanted = there(), draft_of(SUMMER, MOMENT)
    assert (row.state, row.tries) == (WorkState.DONE, 1)
    assert drafts.draft_in(row).issue.figures == wanted.issue.figures
    assert drafts.draft_in(row).hidden == wanted.hidden
    with transaction():
        made = publish_draft(SUMMER, wanted.issue.figures.digest, None, current_app.extensions["settings"], None, now())
        assert (made.version, made.tables) == (1, wanted.issue.figures.stored)
    assert row_of(SUMMER) is None


def test_two_who_press_at_once_have_one_made() -> None:
    first = asked_for()
    assert asked_for() == first
    assert claim(first, now())
    assert asked_for() == first
    assert not claim(first, now())
    asks = sa.select(sa.func.count()).where(AuditEntry.action == "publication draft asked for")
    assert db.session.scalar(asks) == 1


def test_the_database_holds_no_second_draft_of_a_quarter() -> None:
    asked_for()
    with pytest.raises(IntegrityError), transaction():
        db.session.add(PublicationDraft(quarter=SUMMER.first.first, state=WorkState.QUEUED, asked_at=MOMENT))


def test_no_transaction_is_open_while_it_is_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def watched(basis: Basis) -> drafts.Draft:
        seen.append(db.session().in_transaction())
        return wanted(basis)

    wanted = drafts.work_out
    monkeypatch.setattr(drafts, "work_out", watched)
    make_draft(asked_for())
    assert seen == [False]


def test_what_has_no_solution_says_so_in_words_and_can_be_tried_again(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, make_user())
    client.post(WORK_OUT)
    with monkeypatch.context() as patched:
        patched.setattr(drafts, "work_out", unsolvable)
        run_waiting(app)
    failed = client.get(ADDRESS)
    assert "The figures were not worked out. What is safe to show could not be worked out. Try again." in text_of(
        failed
    )
    assert soup(failed).select_one(f"form[action='{WORK_OUT}'] button")
    client.post(WORK_OUT)
    run_waiting(app)
    assert "Version 1, not published yet." in text_of(client.get(ADDRESS))


def test_what_a_dead_worker_left_is_taken_up_by_the_sweep(app: Flask) -> None:
    number = asked_for()
    app.extensions["huey"].flush()
    claim(number, now() - STALE * 2)
    assert unfinished(now()) == [number]
    TASKS["evidence.sweep_drafts"].function()
    run_waiting(app)
    assert (there().state, there().tries) == (WorkState.DONE, 2)
    assert unfinished(now()) == []


def test_what_stopped_three_workers_is_given_up_in_words() -> None:
    number = asked_for()
    for waits in (8, 6, 4):
        assert claim(number, now() - STALE * waits)
    make_draft(number)
    assert there().state is WorkState.FAILED
    assert "The worker stopped 3 times" in (there().refusal or "")


def test_a_slow_worker_changes_nothing_where_another_was_quicker() -> None:
    number = asked_for()
    make_draft(number)
    with transaction():
        drafts.settle(number, "too late", now())
    assert there().state is WorkState.DONE


def test_a_quarter_whose_answers_still_come_in_is_not_worked_out() -> None:
    with transaction(), pytest.raises(Refused, match="can be published from"):
        ask_for_draft(SUMMER.plus(1), None, now())


def test_what_moved_after_it_was_worked_out_is_not_published(client: FlaskClient, app: Flask) -> None:
    sign_in(client, make_user())
    make_draft(asked_for())
    seen = soup(client.get(ADDRESS)).select_one("input[name=seen]")
    assert seen
    make_figures(with_late_answers(some_ratings(1), 2))
    moved = client.get(ADDRESS)
    assert "The figures moved since then." in text_of(moved)
    assert soup(moved).select_one("input[name=seen]") is None
    refused = client.post(ADDRESS, data={"seen": seen["value"], "agreed": "y"})
    assert (refused.status_code, "moved since you looked" in text_of(refused)) == (422, True)
    client.post(WORK_OUT)
    run_waiting(app)
    assert "The figures moved" not in text_of(client.get(ADDRESS))


def test_publishing_twice_publishes_once() -> None:
    make_draft(asked_for())
    digest, settings = drafts.draft_in(there()).issue.figures.digest, current_app.extensions["settings"]
    with transaction():
        publish_draft(SUMMER, digest, None, settings, None, now())
    with pytest.raises(Conflict, match="moved"), transaction():
        publish_draft(SUMMER, digest, None, settings, None, now())
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Publication)) == 1


def test_nobody_outside_sees_a_draft_in_any_state(client: FlaskClient) -> None:
    paths = ("/results/parking", f"/results/data/{SUMMER.code}/1.zip", f"{ADDRESS}/parking")
    number = asked_for()
    for act in (lambda: None, lambda: claim(number, now() - STALE * 2), lambda: make_draft(number)):
        act()
        assert [client.get(path).status_code for path in paths] == [404, 404, 302]
        assert "Nothing is published here yet." in text_of(client.get("/results"))
    assert there().state is WorkState.DONE


def test_the_audit_trail_has_the_figures_that_were_worked_out_and_then_published() -> None:
    make_draft(asked_for())
    digest = drafts.draft_in(there()).issue.figures.digest
    with transaction():
        publish_draft(SUMMER, digest, None, current_app.extensions["settings"], None, now())
    query = sa.select(AuditEntry.action, AuditEntry.details).order_by(AuditEntry.id.desc()).limit(2)
    told = [(row.action, row.details["figures_sha256"]) for row in db.session.execute(query)]
    assert told == [("results published", digest), ("publication draft made", digest)]
    assert list(breaks()) == []


def test_the_second_version_is_worked_out_from_the_first() -> None:
    publish_now()
    make_figures(with_late_answers(some_ratings(1), 2))
    make_draft(asked_for())
    made = drafts.draft_in(there())
    assert (made.issue.version, made.previous and made.previous.version) == (2, 1)
    assert made.revised
