"""/about/<token>: what is held on a person, masked where a page may be read over a shoulder; in every language."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.invitations.models import InboundReply, Invitation
from tests.answers.states import Journeys, start_journeys
from tests.pages import soup, text_of


@pytest.fixture
def made(client: FlaskClient, tmp_path: Path) -> Journeys:
    return start_journeys(client, tmp_path)


def facts(made: Journeys, state: str, language: str = "en") -> dict[str, str]:
    page = soup(made.client.get(f"/about/{made.links[state]}?lang={language}"))
    pairs = [(div.dt, div.dd) for div in page.select("dl.facts div")]
    return {name.get_text(): value.get_text() for name, value in pairs if name and value}


def test_it_tells_the_contact_the_address_and_the_answers(made: Journeys) -> None:
    found = facts(made, "finished")
    assert (found["Service"], found["How you contacted us"]) == ("Parking", "By phone")
    assert (found["Area"], found["Team"], found["Language"]) == ("North", "A team", "English")
    assert found["Was your query dealt with?"] == "No"
    assert found["Why did you give that answer?"] == "Nobody\n<called> back"
    assert found["How old are you?"] == "35 to 44"


def test_several_answers_to_a_question_are_all_told(made: Journeys) -> None:
    found = facts(made, "halfway")
    assert "Yes, first time\nNot yet" in found.values()


def test_numbers_and_mailboxes_are_masked(made: Journeys) -> None:
    page = text_of(made.client.get(f"/about/{made.links['fresh']}"))
    found = facts(made, "fresh")
    number = found["Phone number"][-3:]
    assert found["Phone number"] == f"a number that ends in {number}"
    assert found["Email address"] == "j…@example.com"
    assert f"900{number}" not in page
    assert "07700" not in page
    assert "44770" not in page


def test_it_says_so_where_nothing_was_answered(made: Journeys) -> None:
    page = text_of(made.client.get(f"/about/{made.links['fresh']}"))
    assert "You have not answered." in page
    assert "Your answers to the equality questions" not in page


def test_it_says_that_somebody_asked_for_no_more(made: Journeys) -> None:
    assert facts(made, "stopped")["Surveys"] == "You asked us to send you no more"
    assert "Surveys" not in facts(made, "fresh")


def test_it_stands_in_the_language_of_the_link_with_its_day(made: Journeys) -> None:
    found = facts(made, "finished", "lt")
    assert found["Kaip į mus kreipėtės"] == "Telefonu"
    assert found["Kreipimosi diena"].startswith("20")
    assert found["Kreipimosi diena"].endswith(" d.")


def test_texts_that_came_back_are_told(made: Journeys) -> None:
    with transaction():
        first = sa.select(sa.func.min(Invitation.id)).scalar_subquery()
        reply = {"provider_ref": "SM1", "from_hash": b"x" * 16, "meaning": "other", "words": "Still waiting"}
        db.session.execute(sa.insert(InboundReply).values(invitation_id=first, received_at=now(), **reply))
    told = [state for state in made.links if "Still waiting" in text_of(made.client.get(f"/about/{made.links[state]}"))]
    assert told == ["fresh"]


@pytest.mark.parametrize("state", ["fresh", "halfway", "finished", "expired", "stopped"])
def test_it_leads_to_stopping_and_erasing_for_as_long_as_the_link_lives(made: Journeys, state: str) -> None:
    token = made.links[state]
    page = soup(made.client.get(f"/about/{token}?lang=pa"))
    acts = [str(link["href"]) for link in page.select("a.button")]
    assert acts == [f"/stop/{token}?lang=pa", f"/erase/{token}?lang=pa"]
    assert all(made.client.get(act).status_code == 200 for act in acts)
