"""The equality questions: after the end, of one's own will, once, and apart from everything written."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from surveys.answers.equality import keep_equality
from surveys.answers.models import Answer, EqualityAnswer
from surveys.answers.opening import open_link
from surveys.core.db import db, transaction
from surveys.core.refusals import Conflict
from surveys.questionnaires.equality import EQUALITY
from surveys.questionnaires.kinds import Given
from tests.answers.made import publish
from tests.answers.states import EVERY_KIND, Journeys, expire, start_journeys
from tests.makers.answers import answer, invited_token
from tests.pages import soup, text_of


@pytest.fixture
def made(client: FlaskClient, tmp_path: Path) -> Journeys:
    publish(EVERY_KIND)
    token = invited_token(tmp_path)
    answer(token)
    return Journeys(client, {"done": token})


@pytest.fixture
def token(made: Journeys) -> str:
    return made.links["done"]


def kept() -> dict[str, str]:
    db.session.rollback()
    return {a.item: a.code for a in db.session.scalars(sa.select(EqualityAnswer))}


def fields(made: Journeys, path: str) -> list[str]:
    """The names of a page's questions, in order."""
    page = soup(made.client.get(path))
    return list(dict.fromkeys(str(field["name"]) for field in page.select("fieldset input, textarea")))


def test_the_thanks_page_asks_whether_to_answer_them(made: Journeys, token: str) -> None:
    page = soup(made.client.get(f"/s/{token}/thanks"))
    links = [str(link["href"]) for link in page.select("a.button")]
    assert links == [f"/s/{token}/equality", f"/s/{token}"]
    assert "do not affect the services you get" in page.get_text()


def test_a_questionnaire_without_them_does_not_ask(client: FlaskClient, tmp_path: Path) -> None:
    publish(EVERY_KIND | {"equality": []})
    token = invited_token(tmp_path)
    answer(token)
    assert "equality" not in text_of(client.get(f"/s/{token}/thanks"))
    assert client.get(f"/s/{token}/equality").location == f"/s/{token}"


def test_every_one_may_be_left_out(made: Journeys, token: str) -> None:
    sent = made.post(f"/s/{token}/equality", token)
    assert sent.location == f"/s/{token}/equality/thanks"
    assert "We have your answers" in text_of(made.client.get(sent.location))
    assert kept() == {}


def test_the_effect_of_ill_health_is_asked_on_a_page_of_its_own_and_only_of_the_ill(made: Journeys, token: str) -> None:
    assert fields(made, f"/s/{token}/equality") == [item for item in EQUALITY if item != "health_effect"]
    told = made.post(f"/s/{token}/equality", token, health="yes", age="35_44", sex="prefer_not_to_say")
    assert told.location == f"/s/{token}/equality/2"
    assert fields(made, told.location) == ["health_effect"]
    done = made.post(told.location, token, health_effect="a_lot")
    assert "We have your answers to the equality questions" in text_of(made.client.get(done.location))
    assert kept() == {"health": "yes", "age": "35_44", "sex": "prefer_not_to_say", "health_effect": "a_lot"}


def test_who_is_not_ill_is_not_asked_for_its_effect(made: Journeys, token: str) -> None:
    assert made.post(f"/s/{token}/equality", token, health="no").location == f"/s/{token}/equality/thanks"
    made.post(f"/s/{token}/equality/2", token, health_effect="a_lot")
    assert kept() == {"health": "no"}


def test_a_second_set_is_not_taken_and_the_page_says_that_the_first_was(made: Journeys, token: str) -> None:
    made.post(f"/s/{token}/equality", token, age="35_44")
    again = made.post(f"/s/{token}/equality", token, age="16_24", sex="male")
    assert "We have your answers to the equality questions" in text_of(made.client.get(again.location))
    assert kept() == {"age": "35_44"}
    assert made.client.get(f"/s/{token}/equality").location == f"/s/{token}/equality/thanks"


def test_the_first_page_sent_twice_does_not_lose_the_second(made: Journeys, token: str) -> None:
    sent = [made.post(f"/s/{token}/equality", token, health="yes").location for _ in range(2)]
    assert sent == [f"/s/{token}/equality/2"] * 2


def test_nothing_is_taken_before_the_end_or_after_the_time(client: FlaskClient, tmp_path: Path) -> None:
    made = start_journeys(client, tmp_path)
    before = len(kept())
    expire(made.links["done"])
    for state in ("fresh", "rated", "halfway", "done"):
        token = made.links[state]
        assert made.post(f"/s/{token}/equality", token, age="35_44").location == f"/s/{token}"
        assert client.get(f"/s/{token}/equality").location == f"/s/{token}"
    assert len(kept()) == before
    assert "equality" not in text_of(client.get(f"/s/{made.links['done']}/thanks"))


@pytest.mark.parametrize("given", [{"age": "dragon"}, {"seal": "forged", "age": "35_44"}])
def test_an_answer_that_no_page_offered_is_refused_in_words(made: Journeys, token: str, given: dict[str, str]) -> None:
    page = made.post(f"/s/{token}/equality", token, **given)
    assert page.status_code == 422
    assert soup(page).select_one(".summary a[href='#age-0']") is not None
    assert kept() == {}


def test_they_are_never_asked_beside_words_and_never_kept_among_the_answers(made: Journeys, token: str) -> None:
    assert soup(made.client.get(f"/s/{token}/equality")).select("textarea") == []
    answers = db.session.scalar(sa.select(sa.func.count()).select_from(Answer))
    made.post(f"/s/{token}/equality", token, age="35_44")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Answer)) == answers
    assert "words" not in sa.inspect(EqualityAnswer).columns


def test_of_two_pages_sent_in_the_same_moment_the_later_is_refused_whole(made: Journeys, token: str) -> None:
    opened = open_link(token)
    with transaction():
        keep_equality(opened, True, [Given("age", code="35_44")])
    for first, item in ((True, "sex"), (False, "age")):
        with pytest.raises(Conflict), transaction():
            keep_equality(opened, first, [Given(item, code="male"), Given("health_effect", code="a_lot")])
    assert kept() == {"age": "35_44"}
