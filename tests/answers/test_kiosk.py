"""Kiosks and posters: what is asked and kept, once a page, and nothing in the browser."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from surveys.answers.kiosk import once_of
from surveys.answers.models import Answer, Mode, PointKind, Response
from surveys.answers.points import close_point, find_point
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.people.models import Service
from surveys.questionnaires.models import QuestionnaireVersion
from tests.answers.made import BRANCHED, publish
from tests.answers.racing import at_once
from tests.makers.people import make_service
from tests.makers.points import answer_all, in_every_language, make_point, number_in, path_of, rate
from tests.pages import soup, text_of

KINDS = list(PointKind)


def responses() -> list[Response]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Response).order_by(Response.id)))


def given() -> dict[str, str | None]:
    db.session.rollback()
    return {a.question: a.code or a.words for a in db.session.scalars(sa.select(Answer))}


@pytest.mark.parametrize(("kind", "mode"), [(PointKind.KIOSK, Mode.KIOSK), (PointKind.POSTER, Mode.QR)])
def test_a_whole_answer_goes_from_rating_to_thanks(client: FlaskClient, kind: PointKind, mode: Mode) -> None:
    path = path_of(make_point(kind))
    first = client.get(path)
    assert "Parking, Town Hall" in text_of(first)
    sent = answer_all(client, path, resolved="first_time")
    assert sent.status_code == 303
    assert "We received your answers" in text_of(client.get(sent.location))
    (response,) = responses()
    assert (response.mode, response.invitation_id, response.channel.value) == (mode, None, "face_to_face")
    assert response.completed_at is not None
    assert given() == {"overall": "very_satisfied", "resolved": "first_time"}


def test_the_rating_is_kept_at_once_though_the_resident_walks_away(client: FlaskClient) -> None:
    assert rate(client, path_of(make_point()), "neither").status_code == 303
    (response,) = responses()
    assert (response.satisfaction, response.completed_at) == ("neither", None)


@pytest.mark.parametrize(("kind", "boxes"), [(PointKind.KIOSK, 0), (PointKind.POSTER, 1)])
def test_a_shared_screen_asks_for_no_words_of_one_s_own(client: FlaskClient, kind: PointKind, boxes: int) -> None:
    rated = rate(client, path_of(make_point(kind)))
    assert len(soup(client.get(rated.location)).select("textarea")) == boxes


def test_words_sent_to_a_kiosk_all_the_same_are_not_kept(client: FlaskClient) -> None:
    answer_all(client, path_of(make_point()), why="My name is Jo")
    assert "why" not in given()


def test_the_rating_has_six_targets_on_a_kiosk_and_none_is_chosen_beforehand(client: FlaskClient) -> None:
    page = soup(client.get(path_of(make_point())))
    assert len(page.select("button.target[name=overall]")) == 6
    assert page.select("[checked], [autofocus]") == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_page_sent_twice_counts_once_and_the_later_rating_holds(client: FlaskClient, kind: PointKind) -> None:
    path = path_of(make_point(kind))
    number = number_in(client.get(path))
    for rating in ("neither", "neither", "very_satisfied"):
        assert client.post(path, data={"page": number, "overall": rating}).status_code == 303
    (response,) = responses()
    assert response.satisfaction == "very_satisfied"
    assert response.doubt is None


def test_the_same_page_sent_at_the_same_moment_counts_once(app: Flask) -> None:
    path = path_of(make_point())
    number = number_in(app.test_client().get(path))
    sent = at_once(app, *[lambda c: c.post(path, data={"page": number, "overall": "neither"}).status_code] * 4)
    assert sent == [303] * 4
    assert len(responses()) == 1


def test_two_devices_of_one_kiosk_count_each_visitor_once(app: Flask) -> None:
    path = path_of(make_point())
    ratings = ("neither", "very_satisfied", "fairly_satisfied")
    at_once(app, *[lambda c, r=r: rate(c, path, r) for r in ratings])  # type: ignore[misc]
    assert sorted(str(r.satisfaction) for r in responses()) == sorted(ratings)
    assert len({r.once for r in responses()}) == 3


def test_the_rest_sent_twice_is_kept_once(client: FlaskClient) -> None:
    path = path_of(make_point())
    rated = rate(client, path)
    form = {"page": number_in(client.get(rated.location)), "resolved": "no"}
    for _ in range(2):
        sent = client.post(rated.location.partition("?")[0], data=form)
        assert "We received your answers" in text_of(client.get(sent.location))
    assert given() == {"overall": "very_satisfied", "resolved": "no"}


def test_a_rating_sent_again_after_the_end_leads_to_the_thanks_and_changes_nothing(client: FlaskClient) -> None:
    path = path_of(make_point())
    number = number_in(client.get(path))
    rated = client.post(path, data={"page": number, "overall": "neither"})
    client.post(rated.location.partition("?")[0], data={"page": number_in(client.get(rated.location))})
    late = client.post(path, data={"page": number, "overall": "very_satisfied"})
    assert "/thanks?" in late.location
    assert given() == {"overall": "neither"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_rating_can_be_changed_before_the_end(client: FlaskClient, kind: PointKind) -> None:
    path = path_of(make_point(kind))
    rated = rate(client, path, "very_dissatisfied")
    back = client.post(f"{path}/again", data={"page": number_in(client.get(rated.location))})
    number = number_in(client.get(back.location))
    client.post(path, data={"page": number, "overall": "very_satisfied"})
    assert [r.satisfaction for r in responses()] == ["very_satisfied"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_closed_point_takes_nothing_more_and_says_so(client: FlaskClient, kind: PointKind) -> None:
    point = make_point(kind)
    path, point_id = path_of(point), point.id
    number = number_in(client.get(path))
    rated = rate(client, path)
    later = number_in(client.get(rated.location))
    with transaction():
        close_point(find_point(point_id))
    for page in (client.get(path), client.post(path, data={"page": number, "overall": "neither"})):
        assert page.status_code == 410
        assert "This survey has ended" in text_of(page)
    assert client.post(rated.location.partition("?")[0], data={"page": later, "resolved": "no"}).status_code == 410
    assert given() == {"overall": "very_satisfied"}


def test_a_point_of_a_service_not_in_use_is_closed(client: FlaskClient) -> None:
    path = path_of(make_point())
    with transaction():
        db.session.execute(sa.update(Service).values(active=False))
    assert client.get(path).status_code == 410


@pytest.mark.parametrize("token", ["x", "123456789ABC", "é" * 12, "bcdfghjk", "%00"])
@pytest.mark.parametrize("door", ["kiosk", "q"])
def test_an_unknown_address_is_not_found(client: FlaskClient, door: str, token: str) -> None:
    make_point()
    for path in (f"/{door}/{token}", f"/{door}/{token}/more/1", f"/{door}/{token}/thanks"):
        page = client.get(path)
        assert page.status_code == 404
        assert "There is no survey at this address" in text_of(page)
    assert client.post(f"/{door}/{token}", data={"overall": "neither"}).status_code == 404


def test_one_door_does_not_open_with_the_other_s_token(client: FlaskClient) -> None:
    kiosk, poster = make_point(), make_point(PointKind.POSTER)
    for path in (path_of(kiosk).replace("/kiosk/", "/q/"), path_of(poster).replace("/q/", "/kiosk/")):
        assert client.get(path).status_code == 404


def test_a_poster_s_code_may_be_typed_in_capitals(client: FlaskClient) -> None:
    door, code = path_of(make_point(PointKind.POSTER)).rsplit("/", 1)
    assert client.get(f"{door}/{code.upper()}").status_code == 200


@pytest.mark.parametrize("bad", ["", "x", "..", "1.2.3", "é.é.é", "a.99999999999999.", "\x00"])
def test_a_number_that_this_installation_did_not_seal_is_refused(client: FlaskClient, bad: str) -> None:
    path = path_of(make_point())
    page = client.post(path, data={"page": bad, "overall": "neither"})
    assert page.status_code == 422
    assert "open for too long" in text_of(page)
    assert client.post(f"{path}/more/1", data={"page": bad}).status_code == 410
    assert client.get(f"{path}/more/1", query_string={"page": bad}).location == path
    assert responses() == []


def test_a_number_holds_at_its_own_point_only(client: FlaskClient) -> None:
    first, second = make_point(), make_point()
    number = number_in(client.get(path_of(first)))
    assert client.post(path_of(second), data={"page": number, "overall": "neither"}).status_code == 422
    assert responses() == []


def test_continue_without_a_rating_says_what_to_do_and_keeps_nothing(client: FlaskClient) -> None:
    path = path_of(make_point())
    page = client.post(path, data={"page": number_in(client.get(path))})
    assert page.status_code == 422
    link = soup(page).select_one(".summary a")
    assert link is not None
    assert soup(page).find(id=str(link["href"]).removeprefix("#")) is not None
    assert responses() == []


def test_a_screen_left_on_its_first_page_all_day_takes_the_answer_of_the_evening(client: FlaskClient) -> None:
    path = path_of(make_point())
    number = number_in(client.get(path))
    with time_machine.travel(now() + timedelta(hours=12), tick=False):
        assert client.post(path, data={"page": number, "overall": "neither"}).status_code == 303


def test_a_page_that_is_too_old_is_refused_with_a_fresh_one(client: FlaskClient) -> None:
    path = path_of(make_point())
    number = number_in(client.get(path))
    with time_machine.travel(now() + timedelta(hours=25), tick=False):
        page = client.post(path, data={"page": number, "overall": "neither"})
        assert page.status_code == 422
        assert responses() == []
        assert client.post(path, data={"page": number_in(page), "overall": "neither"}).status_code == 303


@pytest.mark.parametrize(("kind", "minutes", "status"), [("kiosk", 11, 410), ("poster", 11, 303)])
def test_a_later_page_lives_ten_minutes_on_a_shared_screen(
    client: FlaskClient, kind: str, minutes: int, status: int
) -> None:
    rated = rate(client, path_of(make_point(PointKind(kind))))
    later = number_in(client.get(rated.location))
    with time_machine.travel(now() + timedelta(minutes=minutes), tick=False):
        sent = client.post(rated.location.partition("?")[0], data={"page": later, "resolved": "no"})
    assert sent.status_code == status
    assert given()["overall"] == "very_satisfied"
    assert ("resolved" in given()) == (status == 303)


def test_going_back_on_a_shared_screen_finds_a_fresh_start(client: FlaskClient) -> None:
    path = path_of(make_point())
    rated = rate(client, path)
    with time_machine.travel(now() + timedelta(seconds=31), tick=False):
        assert client.get(rated.location).location == path
        assert number_in(client.get(path)) != number_in(client.get(path))


def test_after_the_end_every_page_of_the_visit_is_a_fresh_start(client: FlaskClient) -> None:
    path = path_of(make_point(PointKind.POSTER))
    rated = rate(client, path)
    client.post(rated.location.partition("?")[0], data={"page": number_in(client.get(rated.location))})
    assert client.get(rated.location).location == path


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_sets_a_cookie_or_may_be_kept_by_the_browser(client: FlaskClient, kind: PointKind) -> None:
    path = path_of(make_point(kind))
    rated = rate(client, path)
    more = client.get(rated.location)
    sent = client.post(rated.location.partition("?")[0], data={"page": number_in(more)})
    pages = (client.get(path), client.post(path), rated, more, sent, client.get(sent.location), client.get(path + "x"))
    assert {page.headers["Cache-Control"] for page in pages} == {"no-store"}
    assert [page.headers.getlist("Set-Cookie") for page in pages] == [[]] * len(pages)
    assert all(form["autocomplete"] == "off" for form in soup(more).select("form[novalidate]"))


@pytest.mark.parametrize("kind", KINDS)
def test_looking_changes_nothing_and_publishes_nothing(client: FlaskClient, kind: PointKind) -> None:
    path = path_of(make_point(kind, publish=False))
    for look in (client.get(path), client.get(f"{path}?overall=neither")):
        assert "This survey is not open yet" in text_of(look)
    assert "not open yet" in text_of(client.post(path, data={"overall": "neither"}))
    assert client.head(path).status_code == 200
    assert responses() == []
    assert db.session.scalar(sa.select(sa.func.count()).select_from(QuestionnaireVersion)) == 0


def test_the_day_is_the_day_in_london_on_which_the_answer_is_given(client: FlaskClient) -> None:
    path = path_of(make_point())
    with time_machine.travel(datetime(2026, 7, 14, 23, 30, tzinfo=UTC), tick=False):
        rate(client, path)
    assert [r.day for r in responses()] == [date(2026, 7, 15)]


def test_a_visit_ends_with_the_version_it_began_with(client: FlaskClient) -> None:
    path = path_of(make_point())
    rated = rate(client, path)
    with transaction():
        first = db.session.scalars(sa.select(QuestionnaireVersion)).one()
        newer = QuestionnaireVersion(number=2, definition=BRANCHED, published_at=now())
        newer.questionnaire_id = first.questionnaire_id
        db.session.add(newer)
    assert "Was your query dealt with?" in text_of(client.get(rated.location))
    assert client.get(rate(client, path, "neither").location).status_code == 200
    assert len({r.version_id for r in responses()}) == 2


def test_questions_that_depend_on_the_rating_are_asked_after_it(client: FlaskClient) -> None:
    publish(BRANCHED)
    path = path_of(make_point())
    assert "/thanks?" in rate(client, path, "very_satisfied").location
    unhappy = rate(client, path, "very_dissatisfied").location
    assert "What went wrong?" in text_of(client.get(unhappy))
    refused = client.post(unhappy.partition("?")[0], data={"page": number_in(client.get(unhappy))})
    assert refused.status_code == 422
    assert "Select what went wrong" in text_of(refused)


@pytest.mark.parametrize("kind", list(PointKind))
def test_nobody_is_asked_whether_we_may_contact_them_where_nobody_is_known(
    client: FlaskClient, kind: PointKind
) -> None:
    page = client.get(rate(client, path_of(make_point(kind)), "very_dissatisfied").location)
    assert soup(page).select_one("[name=resolved]")
    assert soup(page).select("[name=contact_back]") == []


def test_each_visitor_gets_their_own_questions_of_a_rotated_pool(client: FlaskClient) -> None:
    definition = in_every_language()
    for question in definition["questions"][1:]:
        question["pool"] = question["kind"] not in ("comment", "contact_back")
    publish(definition | {"most_of_pool": 1})
    path = path_of(make_point())
    for _ in range(30):
        shown = soup(client.get(rate(client, path).location)).select("main fieldset")
        assert len(shown) == 1
    assert {tuple(r.allotted or ()) for r in responses()} == {("resolved",), ("easy",), ("good",)}


def test_a_kiosk_starts_in_english_and_keeps_the_language_chosen_to_the_end(client: FlaskClient) -> None:
    publish(in_every_language())
    path = path_of(make_point())
    assert soup(client.get(path, headers={"Accept-Language": "pl"})).select("html[lang=en]")
    number = number_in(client.get(f"{path}?lang=ur"))
    rated = client.post(f"{path}?lang=ur", data={"page": number, "overall": "neither"})
    more = soup(client.get(rated.location))
    assert more.select("html[lang=ur][dir=rtl]")
    sent = client.post(
        str(more.select_one("main form")["action"]), data={"page": number_in(client.get(rated.location))}
    )
    assert soup(client.get(sent.location)).select("html[lang=ur]")
    assert [r.language for r in responses()] == ["ur"]


def test_a_phone_gets_the_poster_s_survey_in_its_own_language(client: FlaskClient) -> None:
    publish(in_every_language())
    path = path_of(make_point(PointKind.POSTER))
    assert soup(client.get(path, headers={"Accept-Language": "pl-PL,pl;q=0.9"})).select("html[lang=pl]")
    assert soup(client.get(path, headers={"Accept-Language": "de"})).select("html[lang=en]")
    rated = rate(client, path)
    switch = soup(client.get(rated.location)).select_one("nav a[lang=cy]")
    assert switch is not None
    assert soup(client.get(str(switch["href"]))).select("html[lang=cy] form[action*='/more/1']")


def test_the_database_keeps_a_digest_of_the_page_s_number_only(client: FlaskClient) -> None:
    path = path_of(make_point(service=make_service("bins", "Bins")))
    number = number_in(client.get(path))
    client.post(path, data={"page": number, "overall": "neither"})
    assert [r.once for r in responses()] == [once_of(number.partition(".")[0])]


def test_a_kiosk_leads_to_no_other_site(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"privacy_url": "https://example.gov.uk/privacy", "complaints_url": "https://example.gov.uk/complain"}
    monkeypatch.setitem(app.extensions, "settings", app.extensions["settings"].model_copy(update=told))
    path = path_of(make_point())
    sent = answer_all(client, path)
    for page in (client.get(path), client.get(sent.location)):
        assert soup(page).select("a[href^=http]") == []
