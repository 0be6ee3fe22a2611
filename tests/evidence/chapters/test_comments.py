"""Comments in a pack: themes by counts that hide the few, and only quotations that a person approved."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from surveys.comments.quotations.approving import withdraw
from surveys.comments.themes.figures import EVERY
from surveys.comments.themes.models import ThemeFigure
from surveys.contacts.models import Channel
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.evidence.chapters.beside_rates import read_known
from surveys.evidence.chapters.comments import compliments_table, quotations_table, themes_table
from surveys.followups.compliments.models import Compliment
from surveys.people.roles import Role
from tests.evidence.tabled import CUTOFF, FIRST, make_period, row, rows
from tests.makers.improvements import make_quotation
from tests.makers.people import make_service, make_user

HIDDEN = "[c]"


def put_themes(service: int, counts: dict[tuple[str, str], int], day: date = date(2026, 2, 3)) -> None:
    with transaction():
        for (label, sentiment), count in counts.items():
            cell = ThemeFigure(day=day, service_id=service, channel=Channel.PHONE, label=label, sentiment=sentiment)
            cell.count = count
            db.session.add(cell)


def test_themes_are_shares_of_all_comments_by_sentiment_and_few_are_hidden(app: Flask) -> None:
    counts = {(EVERY, "neg"): 30, (EVERY, "pos"): 10, ("waiting_time", "neg"): 20, ("waiting_time", "pos"): 6}
    service = make_service().id
    put_themes(service, counts | {("listening_understanding", "neg"): 7, ("listening_understanding", "pos"): 2})
    put_themes(service, {(EVERY, "neg"): 99}, day=FIRST.plus(-1).first)
    found = themes_table(make_period())
    every = row(found, "all", "neg")
    assert (every["comments"], every["base"], every["share"]) == (30, 40, 0.75)
    waiting = row(found, "waiting_time", "all")
    assert (waiting["comments"], waiting["share"], waiting["mark"]) == (26, 0.65, "")
    assert waiting["lower"] == pytest.approx(0.495, abs=0.001)
    # One part alone would be the whole less the others.
    hidden = [row(found, "listening_understanding", sentiment)["comments"] for sentiment in ("all", "pos", "neg")]
    assert hidden.count(HIDDEN) >= 2
    assert hidden[1] == HIDDEN


def test_of_few_comments_no_share_is_told(app: Flask) -> None:
    put_themes(make_service().id, {(EVERY, "neg"): 4})
    assert {one["share"] for one in rows(themes_table(make_period()))} == {HIDDEN}


def test_only_quotations_that_were_approved_by_the_cutoff_are_quoted_and_by_month(app: Flask) -> None:
    reviewer = make_user(Role.ADMINISTRATOR)
    number = make_quotation(reviewer.id)
    late = make_period(cutoff_at=now() + timedelta(days=1))
    assert rows(quotations_table(make_period(), read_known())) == []
    [told] = rows(quotations_table(late, read_known()))
    assert (told["number"], told["service"], told["month"]) == (1, "parking", "2026-03")
    assert told["words"] == "waited for forty minutes"
    with transaction():
        withdraw(number, reviewer.id, now())
    assert rows(quotations_table(late, read_known())) == []


def test_praise_is_counted_by_service_and_month_and_few_are_hidden(app: Flask) -> None:
    user, services = make_user(), [make_service(), make_service("benefits", "Benefits")]
    with transaction():
        for service, count in zip(services, (6, 2), strict=True):
            for _ in range(count):
                passed = {"passed_on_at": CUTOFF - timedelta(days=60), "passed_on_by": user.id}
                db.session.add(Compliment(service_id=service.id, team="Front desk", **passed))
    found = compliments_table(make_period(), read_known())
    assert row(found, "benefits", "2026-03")["passed_on"] == HIDDEN
    assert row(found, "parking", "2026-03")["passed_on"] == HIDDEN
    assert row(found, "all", "all")["passed_on"] == 8
    with transaction():
        db.session.execute(sa.delete(Compliment).where(Compliment.service_id == services[1].id))
    assert row(compliments_table(make_period(), read_known()), "parking", "all")["passed_on"] == 6
