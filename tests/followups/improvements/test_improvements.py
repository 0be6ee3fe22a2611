"""Planning improvements and changing them: who may, from what, and that nobody's words are lost."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from surveys.contacts.models import Channel
from surveys.core.clock import now, today
from surveys.core.db import db, transaction
from surveys.followups.emails.models import SignalTold
from surveys.followups.improvements.chart import chart_of
from surveys.followups.improvements.effect import Told, Why
from surveys.followups.improvements.figures import done_ones, read_effects
from surveys.followups.improvements.models import CameFrom, ImprovementCase, ImprovementState, Publishing
from surveys.people.models import AuditEntry, Service, User
from surveys.people.roles import Role
from surveys.rates.months import Month
from surveys.rates.protection import View
from tests.counting import statements
from tests.followups.made import LAST, MOMENT, make_theme
from tests.makers.cases import make_case
from tests.makers.improvements import improvement_of, make_improvement, make_quotation, make_rated
from tests.makers.people import make_service, make_user, sign_in
from tests.makers.questionnaires import make_published, publish_changed, use
from tests.pages import soup, text_of


def form(service: Service | None, owner: User, **given: Any) -> dict[str, Any]:
    usual = {
        "title": "Shorter waits",
        "service": str(service.id) if service else "all",
        "channel": "all",
        "said": "It took too long to get through.",
        "did": "More people answer the phone.",
        "question": "overall",
        "owner": str(owner.id),
        "due_on": "2026-12-31",
        "state": "doing",
        "done_on": "",
        "edition": "0",
    }
    return usual | given


def test_a_manager_plans_an_improvement_of_their_own_service(app: Flask, client: FlaskClient) -> None:
    parking, bins = make_service(), make_service("bins", "Bins")
    manager = make_user(Role.MANAGER, service=parking)
    sign_in(client, manager)
    page = client.get("/improvements/new")
    assert [option.get_text() for option in soup(page).select("#service option")] == ["Parking"]
    response = client.post("/improvements/new", data=form(parking, manager), follow_redirects=True)
    assert "It took too long to get through." in text_of(response)
    made = improvement_of(1)
    assert (made.came_from, made.publishing, made.service_id) == (CameFrom.OTHER, Publishing.DRAFT, parking.id)
    assert client.post("/improvements/new", data=form(bins, manager)).status_code == 422
    assert client.post("/improvements/new", data=form(None, manager)).status_code == 422
    acts = db.session.scalars(sa.select(AuditEntry.action).where(AuditEntry.action.like("improvement%"))).all()
    assert acts == ["improvement planned"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"title": " "}, "Enter a title"),
        ({"said": "x" * 601}, "longer than 600 characters"),
        ({"due_on": "31/12/2026"}, "Due must be a date like 2026-03-31"),
        ({"state": "done"}, "Enter the day on which it was done"),
        ({"done_on": "2026-11-01"}, "only where it is done"),
        ({"state": "done", "done_on": "2026-11-24"}, "must be today or in the past"),
        ({"quotations": "99"}, "Tick only quotations about the service"),
    ],
)
def test_what_does_not_fit_is_refused_beside_what_was_typed(
    client: FlaskClient, given: dict[str, str], words: str
) -> None:
    service, user = make_service(), make_user()
    sign_in(client, user)
    response = client.post("/improvements/new", data=form(service, user, **given))
    assert response.status_code == 422
    assert words in text_of(response)
    assert "More people answer the phone." in text_of(response)


def test_an_owner_must_be_able_to_see_the_figures_of_the_service(client: FlaskClient) -> None:
    parking, bins = make_service(), make_service("bins", "Bins")
    other = make_user(Role.MANAGER, service=bins)
    sign_in(client, make_user())
    response = client.post("/improvements/new", data=form(parking, other))
    assert "Select an owner who may see the figures of this service" in text_of(response)


def test_who_was_not_granted_the_service_neither_sees_nor_changes_it(client: FlaskClient) -> None:
    parking, bins = make_service(), make_service("bins", "Bins")
    own, other, council = make_improvement(parking), make_improvement(bins, title="Cleaner bins"), make_improvement()
    sign_in(client, make_user(Role.MANAGER, service=parking))
    assert "Cleaner bins" not in text_of(client.get("/improvements"))
    assert client.get(f"/improvements/{own}").status_code == 200
    for number in (other, council, 99):
        assert client.get(f"/improvements/{number}").status_code == 404
        assert client.get(f"/improvements/{number}/edit").status_code == 404
        assert client.post(f"/improvements/{number}/propose", data={"edition": "1"}).status_code == 404
    assert client.post(f"/improvements/{own}/approve", data={"edition": "1"}).status_code == 403


def test_an_assessor_reads_the_register_and_changes_nothing(client: FlaskClient) -> None:
    number = make_improvement(make_service())
    sign_in(client, make_user(Role.ASSESSOR))
    assert "Shorter waits on the phone" in text_of(client.get("/improvements"))
    page = client.get(f"/improvements/{number}")
    assert soup(page).select("main form") == []
    assert client.get("/improvements/new").status_code == 403
    file = client.get("/improvements.csv").get_data(as_text=True).splitlines()
    assert file[1].startswith(f"{number},Shorter waits on the phone,Parking,,doing,")


def test_two_at_one_improvement_lose_no_words(client: FlaskClient) -> None:
    service, user = make_service(), make_user()
    number = make_improvement(service)
    sign_in(client, user)
    address = f"/improvements/{number}/edit"
    assert client.post(address, data=form(service, user, did="First", edition="1")).status_code == 303
    late = client.post(address, data=form(service, user, did="Second", edition="1"))
    assert late.status_code == 409
    assert "Somebody saved this after you opened it" in text_of(late)
    assert [box.get_text().strip() for box in soup(late).select("textarea#did")] == ["Second"]
    assert "First" in text_of(late)
    edition = soup(late).select_one("main input[name=edition]")
    assert edition
    client.post(address, data=form(service, user, did="First and second", edition=edition["value"]))
    assert improvement_of(number).did == "First and second"


def test_from_cases_it_takes_their_service_and_channel_and_keeps_them(client: FlaskClient) -> None:
    cases = [make_case(channel=Channel.WEB, cause="waiting_time") for _ in range(3)]
    service, user = db.session.scalars(sa.select(Service)).one(), make_user()
    sign_in(client, user)
    address = "/improvements/new?" + "&".join(f"case={number}" for number in cases)
    page = client.get(address)
    assert f"From cases {', '.join(map(str, cases))}" in text_of(page)
    assert [o["value"] for o in soup(page).select("option[selected]")][:2] == [str(service.id), "web"]
    shown = client.post(address, data=form(service, user), follow_redirects=True)
    assert [a.get_text() for a in soup(shown).select("dd a[href^='/cases/']")] == [str(one) for one in cases]
    assert list(db.session.scalars(sa.select(ImprovementCase.case_id))) == cases
    bins = make_service("bins", "Bins")
    wrong = client.post(address, data=form(bins, user))
    assert "Select the service that the cases are about" in text_of(wrong)
    sign_in(client, make_user(Role.MANAGER, service=bins))
    assert client.get(address).status_code == 404
    assert client.get("/improvements/new?case=999").status_code == 404


def test_from_a_theme_it_keeps_the_share_of_comments_of_that_service(app: Flask, client: FlaskClient) -> None:
    parking, bins, user = make_service(), make_service("bins", "Bins"), make_user()
    with transaction():
        make_theme(parking.id, "waiting_time", neg=30, pos=4)
        make_theme(parking.id, "staff_attitude", pos=66)
        make_theme(bins.id, "waiting_time", neg=3)
        make_theme(bins.id, "staff_attitude", pos=1)
    sign_in(client, user)
    address = f"/improvements/new?theme=waiting_time&service={parking.id}"
    assert "34% of 100 in the last 3 whole months" in text_of(client.get(address))
    shown = client.post(address, data=form(parking, user), follow_redirects=True)
    assert "34% of 100 comments in the 3 months before" in text_of(shown)
    client.post(f"/improvements/new?theme=waiting_time&service={bins.id}", data=form(bins, user))
    assert improvement_of(2).share_base is None
    assert client.get("/improvements/new?theme=nothing").status_code == 404


def test_from_a_signal_it_takes_what_the_chart_was_of(client: FlaskClient) -> None:
    parking, bins = make_service(), make_service("bins", "Bins")
    with transaction():
        told = {"of": "service:1", "service_id": parking.id, "month": LAST.first, "rule": "shift", "seen_at": now()}
        db.session.add(SignalTold(**told))
    user = make_user()
    sign_in(client, user)
    start = soup(client.get("/improvements/new")).select_one("a[href='/improvements/new?signal=1']")
    assert start
    assert start.get_text() == "Parking, all channels: on one side of its middle for 8 months or more in October 2026"
    assert "From a signal of the control chart in October 2026" in text_of(client.get("/improvements/new?signal=1"))
    client.post("/improvements/new?signal=1", data=form(parking, user))
    assert improvement_of(1).signal_id == 1
    sign_in(client, make_user(Role.MANAGER, service=bins))
    assert client.get("/improvements/new?signal=1").status_code == 404
    assert "control chart" not in text_of(client.get("/improvements/new"))


def test_only_approved_quotations_of_the_service_may_be_ticked(client: FlaskClient) -> None:
    user = make_user()
    quotation = make_quotation(user.id)
    parking, bins = db.session.scalars(sa.select(Service)).one(), make_service("bins", "Bins")
    sign_in(client, user)
    page = client.get(f"/improvements/new?service={parking.id}")
    assert "waited for forty minutes" in text_of(page)
    assert "waited for forty minutes" not in text_of(client.get(f"/improvements/new?service={bins.id}"))
    wrong = client.post("/improvements/new", data=form(bins, user, quotations=str(quotation)))
    assert "Tick only quotations about the service that you selected" in text_of(wrong)
    right = client.post("/improvements/new", data=form(parking, user, quotations=str(quotation)), follow_redirects=True)
    assert "waited for forty minutes" in text_of(right)
    client.post(f"/comments/quotations/{quotation}/withdraw", data={})
    assert "waited for forty minutes" not in text_of(client.get("/improvements/1"))


def done(number: int) -> tuple[Told, Why | None, tuple[str, ...]]:
    found = read_effects(done_ones([improvement_of(number)]), today(), View.MANAGERS)[number]
    return found.effect.told, found.effect.why, tuple(other.title for other in found.beside)


def test_the_effect_is_of_the_right_service_channel_and_question(app: Flask, client: FlaskClient) -> None:
    parking, bins = make_service(), make_service("bins", "Bins")
    for month, satisfied in ((Month(2026, 6), 20), (Month(2026, 9), 35)):
        make_rated(parking.id, month, satisfied, 40)
        make_rated(parking.id, month, 55 - satisfied, 40, Channel.WEB)
        make_rated(bins.id, month, 30, 40)
    day = date(2026, 8, 20)
    phone = make_improvement(parking, done_on=day, channel=Channel.PHONE, title="By phone")
    web = make_improvement(parking, done_on=day, channel=Channel.WEB, title="By web")
    other = make_improvement(bins, done_on=day, title="Of bins")
    unasked = make_improvement(bins, done_on=day, question="resolved", title="Whether dealt with")
    assert done(phone) == (Told.IMPROVED, None, ())
    assert done(web) == (Told.WORSE, None, ())
    assert done(other) == (Told.CANNOT_TELL, Why.NO_CLEAR_DIFFERENCE, ("Whether dealt with",))
    assert done(unasked)[1] is Why.TOO_FEW
    sign_in(client, make_user(Role.MANAGER, service=parking))
    page = client.get(f"/improvements/{phone}")
    assert "Improved from 50% to 88%: up 38 percentage points" in text_of(page)
    assert "September 2026: 88% of 40 answers" in page.get_data(as_text=True)
    assert "Answers for October 2026 still come in." in text_of(page)
    assert [row.th.get_text() for row in soup(page).select("tbody tr") if row.th][-1] == "October 2026"


def test_a_new_wording_of_the_question_in_between_ends_the_comparison(
    app: Flask, clock: time_machine.Traveller
) -> None:
    parking = make_service()
    for month, satisfied in ((Month(2026, 6), 20), (Month(2026, 9), 35)):
        make_rated(parking.id, month, satisfied, 40)
    number = make_improvement(parking, done_on=date(2026, 8, 20))
    clock.move_to(datetime(2026, 8, 25, 9, tzinfo=UTC))
    publish_changed(lambda found: found | {"languages": ["en"]})
    clock.move_to(MOMENT)
    assert done(number)[0] is Told.IMPROVED
    clock.move_to(datetime(2026, 9, 25, 9, tzinfo=UTC))
    publish_changed(reworded)
    clock.move_to(MOMENT)
    assert done(number)[:2] == (Told.CANNOT_TELL, Why.NEW_WORDING)
    effect = read_effects(done_ones([improvement_of(number)]), today(), View.MANAGERS)[number].effect
    chart = chart_of(effect)
    assert chart is not None
    assert [one["text"] for one in chart.figure["layout"]["annotations"]] == ["done", "new wording"]
    assert chart.rows[-2][-1] == "after, new wording since"


def test_another_questionnaire_put_to_use_in_between_ends_the_comparison_and_the_page_says_so(
    client: FlaskClient, clock: time_machine.Traveller
) -> None:
    parking, bins = make_service(), make_service("bins", "Bins")
    for month, satisfied in ((Month(2026, 6), 20), (Month(2026, 9), 35), (Month(2026, 10), 35)):
        make_rated(parking.id, month, satisfied, 40)
    number = make_improvement(parking, done_on=date(2026, 8, 20))
    clock.move_to(datetime(2026, 10, 5, 9, tzinfo=UTC))
    own = make_published("About parking")
    use(own, bins.id)
    use(own, parking.id, "web")
    clock.move_to(MOMENT)
    by_phone = make_improvement(parking, done_on=date(2026, 8, 20), channel=Channel.PHONE)
    assert done(number)[:2] == (Told.CANNOT_TELL, Why.NEW_WORDING)
    assert done(by_phone)[0] is Told.IMPROVED
    sign_in(client, make_user(Role.MANAGER))
    words = text_of(client.get(f"/improvements/{number}"))
    assert "Cannot tell: another questionnaire was put to use in October 2026" in words
    assert "May to July 2026 can be compared with September 2026 only." in words
    assert "percentage points" not in words
    assert "new questionnaire since" in words
    effect = read_effects(done_ones([improvement_of(number)]), today(), View.MANAGERS)[number].effect
    chart = chart_of(effect)
    assert chart is not None
    assert [one["text"] for one in chart.figure["layout"]["annotations"]] == ["done", "new questionnaire"]
    assert [line["mode"] for line in chart.figure["data"]] == ["lines+markers"] * 2, "no level of either side"


def reworded(found: dict[str, Any]) -> dict[str, Any]:
    rating = found["questions"][0]
    changed = rating | {"text": rating["text"] | {"en": "How happy are you with us?"}}
    return found | {"questions": [changed, *found["questions"][1:]]}


def test_a_list_reads_all_its_effects_in_a_bounded_number_of_queries(client: FlaskClient) -> None:
    parking = make_service()
    for n in range(12):
        question = "resolved" if n % 2 else "overall"
        make_improvement(parking, done_on=date(2026, n % 9 + 1, 3), question=question, title=f"Number {n}")
    sign_in(client, make_user())
    with statements() as seen:
        page = client.get("/improvements")
    assert "Number 11" in text_of(page)
    assert len(seen) <= 14, seen
    with statements() as seen:
        client.get("/improvements/3")
    assert len(seen) <= 18, seen


def test_the_list_is_narrowed_by_service_and_state(client: FlaskClient) -> None:
    parking, bins = make_service(), make_service("bins", "Bins")
    make_improvement(parking, title="Of parking")
    make_improvement(bins, title="Of bins", state=ImprovementState.PLANNED)
    sign_in(client, make_user())
    assert "Of bins" not in text_of(client.get(f"/improvements?service={parking.id}"))
    assert "Of parking" not in text_of(client.get("/improvements?state=planned"))
    assert "Of parking" in text_of(client.get("/improvements?state=nonsense"))
    assert client.get("/improvements?service=x").status_code == 404
