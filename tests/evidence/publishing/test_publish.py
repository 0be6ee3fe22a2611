"""A quarter is published once its answers are in, version after version; nothing that was published is ever changed."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import current_app

from surveys.contacts.models import Channel
from surveys.core.db import db, transaction
from surveys.core.refusals import Conflict, Refused
from surveys.evidence.files.models import MadeFile
from surveys.evidence.publishing.models import Publication
from surveys.evidence.publishing.publications import newest_issues, standings
from surveys.evidence.publishing.publish import draft_of, publish, versions_published
from surveys.evidence.publishing.published import Figures, read_figures
from surveys.evidence.publishing.quarters import Quarter
from surveys.people.audit import breaks
from surveys.people.models import AuditEntry, Service
from surveys.rates.models import Revision
from surveys.rates.months import Month
from surveys.rates.statistics import Rate
from tests.evidence.quarterly import (
    MOMENT,
    SUMMER,
    make_figures,
    publish_now,
    some_ratings,
    stored,
    with_late_answers,
)

pytestmark = pytest.mark.usefixtures("app")


def published() -> list[Figures]:
    return [figures for _, figures in versions_published(SUMMER)]


def test_a_quarter_is_three_months_of_the_calendar_with_a_code_of_its_own() -> None:
    assert Quarter.of(Month(2026, 9)) == SUMMER
    assert (SUMMER.code, SUMMER.label) == ("2026-07-to-2026-09", "July to September 2026")
    assert Quarter.read(SUMMER.code) == SUMMER
    for wrong in ("2026-08-to-2026-10", "2026-07-to-2026-10", "2026-13-to-2026-15", "", "2026-07"):
        with pytest.raises(ValueError, match=r"quarter|month|isoformat"):
            Quarter.read(wrong)


def test_a_quarter_is_ready_when_no_link_about_it_is_good_any_more() -> None:
    make_figures(some_ratings())
    with pytest.raises(Refused, match="can be published from 1 November 2026"):
        draft_of(SUMMER, datetime(2026, 10, 31, 12, tzinfo=UTC))
    assert draft_of(SUMMER, datetime(2026, 11, 1, 12, tzinfo=UTC)).issue.version == 1


def test_a_quarter_without_contacts_is_not_published() -> None:
    with pytest.raises(Refused, match="Nobody got in touch"):
        draft_of(SUMMER, MOMENT)


def test_what_is_stored_is_read_back_the_same() -> None:
    make_figures(some_ratings())
    figures = draft_of(SUMMER, MOMENT).issue.figures
    again = read_figures(SUMMER, figures.stored)
    assert (again, again.digest) == (figures, figures.digest)


def test_what_was_hidden_stays_hidden_and_what_changed_is_marked() -> None:
    ratings = some_ratings(1)
    make_figures(ratings)
    publish_now()
    make_figures(with_late_answers(ratings, 2))
    assert publish_now(why="Answers by post came in late.") == 2
    first, second = published()
    hidden = {key for key, shown in first.rates.shown.items() if shown.base is None}
    assert hidden
    assert hidden == {key for key, shown in second.rates.shown.items() if shown.base is None}
    for key, shown in second.rates.shown.items():
        assert ("[r]" in shown.marks) == (shown.base != first.rates.shown[key].base), key


def test_a_version_is_never_changed_and_each_has_its_digest_in_the_audit_trail() -> None:
    ratings = some_ratings(1)
    make_figures(ratings)
    publish_now()
    before, files = stored(1), db.session.scalars(sa.select(MadeFile.sha256)).all()
    make_figures(with_late_answers(ratings, 2))
    publish_now(why="Late answers")
    assert stored(1) == before
    digests = db.session.scalars(sa.select(MadeFile.sha256).order_by(MadeFile.id)).all()
    assert list(digests[:1]) == list(files)
    entries = sa.select(AuditEntry.details).where(AuditEntry.action == "results published").order_by(AuditEntry.id)
    told = db.session.scalars(entries).all()
    assert [(one["version"], one["sha256"]) for one in told] == [(1, digests[0]), (2, digests[1])]
    assert list(breaks()) == []


def test_a_new_version_needs_a_reason_and_a_change() -> None:
    ratings = some_ratings(1)
    make_figures(ratings)
    publish_now()
    with pytest.raises(Refused, match="No figure would change"):
        publish_now(why="To be sure")
    make_figures(with_late_answers(ratings, 2))
    with pytest.raises(Refused, match="Say why"):
        publish_now()


def test_what_nobody_looked_through_is_not_published() -> None:
    ratings = some_ratings(1)
    make_figures(ratings)
    seen = draft_of(SUMMER, MOMENT).issue.figures.digest
    make_figures(with_late_answers(ratings, 2))
    draft = draft_of(SUMMER, MOMENT)
    with pytest.raises(Conflict, match="moved since you looked"), transaction():
        publish(draft, seen, None, current_app.extensions["settings"], None, MOMENT)
    publish_now()
    with pytest.raises(Conflict, match="moved since you looked"), transaction():
        publish(draft, draft.issue.figures.digest, None, current_app.extensions["settings"], None, MOMENT)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Publication)) == 1


def test_a_service_that_came_later_is_not_in_a_new_version() -> None:
    ratings = some_ratings(1)
    make_figures(ratings)
    publish_now()
    late = {("library", Channel.PHONE, month): Rate(40, 60, 0) for month in SUMMER.months}
    make_figures(with_late_answers(ratings, 2) | late)
    publish_now(why="Late answers")
    assert "library" not in published()[-1].names


def test_staff_are_told_why_a_figure_is_hidden() -> None:
    phone, web = Channel.PHONE, Channel.WEB
    few = {("bins", phone, SUMMER.first): Rate(2, 4, 0), ("bins", web, SUMMER.first): Rate(300, 400, 12)}
    alike = {("rent", phone, SUMMER.first): Rate(20, 20, 0), ("rent", web, SUMMER.first): Rate(30, 60, 12)}
    make_figures(few | alike)
    why = {one.what: one.why for one in draft_of(SUMMER, MOMENT).hidden}
    assert why["Bins and recycling, phone"] == "fewer than 10 people"
    assert why["Rent, phone"] == "fewer than 30 people, and all said alike"
    assert why["Bins and recycling, web"] == "a hidden figure could be worked out from it"


def test_staff_see_which_quarters_are_ready_and_what_came_in_since() -> None:
    make_figures(some_ratings(1) | some_ratings(2, SUMMER.plus(1)))
    publish_now()
    service = db.session.scalars(sa.select(Service.id)).first()
    before_after = {"satisfied_before": 1, "base_before": 2, "satisfied_after": 2, "base_after": 3}
    with transaction():
        for month, days in ((7, 1), (7, 2), (8, -1)):
            at = MOMENT + timedelta(days=days)
            place = {"month": Month(2026, month).first, "service_id": service, "channel": Channel.PHONE}
            db.session.add(Revision(at=at, **place, **before_after))
    autumn, summer = standings(MOMENT)
    assert (autumn.ready, autumn.newest) == (False, None)
    assert summer.newest
    assert (summer.ready, summer.newest.number, summer.revised_since) == (True, 1, 1)
    assert [issue.quarter for issue in newest_issues()] == [SUMMER]
