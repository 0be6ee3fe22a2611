"""Every contact is drawn once, by the rules alone, in SQL that equals the plain arithmetic."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from surveys.contacts.models import Channel, Contact, ImportBatch
from surveys.core.db import db, transaction
from surveys.people.models import AuditEntry, Service
from surveys.sampling.draw import Reach
from surveys.sampling.models import Draw, Outcome, SamplingPlan
from surveys.sampling.plans import set_rates
from surveys.sampling.rules import draw_number, threshold
from tests.makers.contacts import load_rows, row
from tests.makers.people import make_service
from tests.sampling.made import KEY, MOMENT, draw_all, draws_made, make_plan, mark, outcomes

CHANNELS = [channel.value for channel in Channel]
LONG_AGO = MOMENT - timedelta(days=14, hours=1)
LATELY = MOMENT - timedelta(days=89)


def test_the_statement_in_sql_equals_the_plain_arithmetic(app: Flask, folder: Path) -> None:
    make_service("parking", "Parking")
    libraries = make_service("libraries", "Libraries").id
    rates = {(libraries, Channel.WEB): 0, (libraries, Channel.PHONE): 9_999, (libraries, Channel.POST): 1}
    plan = make_plan(3_000)
    with transaction():
        set_rates(db.session.get_one(SamplingPlan, plan.id), 3_000, rates, MOMENT.date())
    rows = [
        row(f"R-{n} ü|{n}", service="libraries" if n % 2 else "parking", channel=CHANNELS[n % 7], email=f"r{n}@a.uk")
        for n in range(400)
    ]
    load_rows(folder, rows)
    draw_all()
    found = db.session.execute(
        sa.select(Contact.external_ref, Contact.service_id, Contact.channel, Draw.number, Draw.rate, Draw.outcome)
        .join(Draw, Draw.contact_id == Contact.id)
        .order_by(Contact.id)
    ).all()
    assert len(found) == 400
    for reference, service, channel, number, rate, outcome in found:
        assert number == draw_number(KEY, "crm", reference)
        assert rate == rates.get((service, channel), 3_000)
        assert outcome == (Outcome.SELECTED if number < threshold(rate) else Outcome.NOT_DRAWN)
    assert {f.outcome for f in found} == {Outcome.SELECTED, Outcome.NOT_DRAWN}


@pytest.mark.parametrize("rate", [500, 2_500, 5_000, 9_000])
def test_the_share_selected_is_near_the_rate(app: Flask, folder: Path, rate: int) -> None:
    make_plan(rate)
    load_rows(folder, [row(f"S{n}", email=f"s{n}@example.com") for n in range(800)])
    share = draw_all()[Outcome.SELECTED] / 800
    # Four standard deviations, with a fixed key: the same numbers at each run.
    assert abs(share - rate / 10_000) < 4 * (rate / 10_000 * (1 - rate / 10_000) / 800) ** 0.5


def test_a_rate_of_one_asks_everybody(app: Flask, folder: Path) -> None:
    make_plan(10_000)
    load_rows(folder, [row(f"A{n}") for n in range(50)])
    assert draw_all() == {Outcome.SELECTED: 50}


def test_a_rate_of_nought_asks_nobody(app: Flask, folder: Path) -> None:
    make_plan(0)
    load_rows(folder, [row(f"A{n}") for n in range(50)])
    assert draw_all() == {Outcome.NOT_DRAWN: 50}


def make_marks() -> None:
    """Addresses that were stopped, asked or found dead, and one service out of use."""
    mark("stopped@example.com", opted_out_at=MOMENT)
    mark("asked@example.com", last_invited_at=LATELY)
    mark("both@example.com", opted_out_at=MOMENT, last_invited_at=LATELY)
    mark("dead@example.com", unusable_at=MOMENT)
    mark("+447700900111", opted_out_at=MOMENT)
    mark("long-ago@example.com", last_invited_at=MOMENT - timedelta(days=90))
    with transaction():
        db.session.add(Service(slug="closed", name="Closed", active=False))


# One contact for each outcome and for each pair of rules that stand next to each other in precedence.
CASES = {
    "closed": ({"service": "closed"}, Outcome.EXCLUDED_BY_RULE),
    "closed-old": ({"service": "closed", "moment": LONG_AGO}, Outcome.EXCLUDED_BY_RULE),
    "old": ({"moment": LONG_AGO}, Outcome.TOO_OLD),
    "old-landline": ({"moment": LONG_AGO, "email": "", "phone": "020 7946 0018"}, Outcome.TOO_OLD),
    "landline": ({"email": "", "phone": "020 7946 0018"}, Outcome.LANDLINE),
    "landline-dead": ({"email": "dead@example.com", "phone": "020 7946 0018"}, Outcome.LANDLINE),
    "nowhere": ({"email": ""}, Outcome.UNREACHABLE),
    "dead": ({"email": "dead@example.com"}, Outcome.UNREACHABLE),
    "stopped": ({"email": "stopped@example.com"}, Outcome.OPTED_OUT),
    "stopped-phone": ({"phone": "07700 900111"}, Outcome.OPTED_OUT),
    "stopped-asked": ({"email": "both@example.com"}, Outcome.OPTED_OUT),
    "asked": ({"email": "asked@example.com"}, Outcome.ASKED_RECENTLY),
    "asked-other-way": ({"email": "asked@example.com", "phone": "07700 900112"}, Outcome.ASKED_RECENTLY),
    "asked-long-ago": ({"email": "long-ago@example.com"}, Outcome.SELECTED),
    "twin-1": ({"email": "twin@example.com"}, Outcome.SELECTED),
    "twin-2": ({"email": "twin@example.com"}, Outcome.DUPLICATE),
    "twin-3": ({"email": "twin@example.com"}, Outcome.DUPLICATE),
    "later": (
        {"email": "twin@example.com", "moment": MOMENT - timedelta(hours=2)},
        Outcome.ASKED_RECENTLY,
    ),
    "plain": ({}, Outcome.SELECTED),
}


def test_each_outcome_occurs_by_its_rule_in_the_order_of_precedence(app: Flask, folder: Path) -> None:
    make_plan(10_000)
    make_marks()
    load_rows(folder, [row(reference, **given) for reference, (given, _) in CASES.items()])
    draw_all()
    assert outcomes() == {reference: outcome for reference, (_, outcome) in CASES.items()}


def test_every_outcome_has_a_case_here_or_in_the_rates() -> None:
    assert {outcome for _, outcome in CASES.values()} | {Outcome.NOT_DRAWN} == set(Outcome)


def test_a_duplicate_gets_no_second_chance_where_the_first_was_not_drawn(app: Flask, folder: Path) -> None:
    make_plan(0)
    load_rows(folder, [row("T1", email="t@example.com"), row("T2", email="t@example.com")])
    assert draw_all() == {Outcome.NOT_DRAWN: 1, Outcome.DUPLICATE: 1}


@pytest.mark.parametrize(
    ("reach", "outcome"),
    [
        (Reach(texts=True, emails=False), Outcome.SELECTED),
        (Reach(texts=False, emails=True), Outcome.UNREACHABLE),
        (Reach(texts=False, emails=False), Outcome.UNREACHABLE),
    ],
)
def test_a_mobile_alone_is_reachable_only_where_texts_are_sent(
    app: Flask, folder: Path, reach: Reach, outcome: Outcome
) -> None:
    make_plan(10_000)
    load_rows(folder, [row("M", phone="07700 900113", email="")])
    assert draw_all(reach) == {outcome: 1}


def test_one_person_with_contacts_in_a_run_is_asked_for_the_earliest(app: Flask, folder: Path) -> None:
    make_plan(10_000)
    rows = [row(f"P{n}", email="p@example.com", moment=MOMENT - timedelta(hours=n)) for n in range(1, 6)]
    load_rows(folder, rows)
    draw_all()
    assert [reference for reference, outcome in outcomes().items() if outcome is Outcome.SELECTED] == ["P5"]


def test_every_contact_has_exactly_one_draw_and_a_second_run_draws_nothing(app: Flask, folder: Path) -> None:
    make_plan(5_000)
    load_rows(folder, [row(f"A{n}") for n in range(40)])
    draw_all()
    before = outcomes()
    assert draw_all() == {}
    load_rows(folder, [row(f"A{n}") for n in range(60)])
    assert sum(draw_all().values()) == 20
    assert draws_made() == 60
    assert {reference: outcomes()[reference] for reference in before} == before


def test_a_file_that_is_not_loaded_yet_is_not_drawn(app: Flask, folder: Path) -> None:
    make_plan()
    batch = load_rows(folder, [row("A1")])
    with transaction():
        db.session.execute(sa.update(ImportBatch).where(ImportBatch.id == batch.id).values(state="reading"))
    assert draw_all() == {}
    assert draws_made() == 0


def test_contacts_from_before_the_first_plan_are_too_old_and_still_have_a_draw(app: Flask, folder: Path) -> None:
    load_rows(folder, [row("new"), row("ancient", moment=MOMENT - timedelta(days=400))])
    draw_all()
    assert outcomes() == {"new": Outcome.SELECTED, "ancient": Outcome.TOO_OLD}


def test_the_run_is_in_the_audit_trail_with_its_counts(app: Flask, folder: Path) -> None:
    make_plan(5_000)
    load_rows(folder, [row(f"A{n}") for n in range(30)])
    counts = draw_all()
    entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "contacts drawn")).one()
    assert entry.details == {outcome.value: n for outcome, n in counts.items()}
    assert sum(counts.values()) == 30
