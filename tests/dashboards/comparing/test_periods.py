"""Two periods: higher and lower only where a test says so, never against a whole, and not on few answers."""

import csv
import io
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from surveys.answers.models import Mode
from surveys.contacts.models import Channel
from surveys.core.db import transaction
from surveys.dashboards.comparing.periods import (
    PLAIN,
    TOO_FEW,
    lines_against_the_rest,
    lines_of_periods,
    mix_note,
    periods_sentence,
    rest_sentence,
)
from surveys.dashboards.pages.shown_cuts import ShownPlaces, shown_places
from surveys.people.roles import Role
from surveys.questionnaires.kinds import Satisfaction
from surveys.rates.cube import Cube
from surveys.rates.modes import read_modes
from surveys.rates.months import Month
from surveys.rates.statistics import Rate
from tests.counting import statements
from tests.makers.people import make_service, make_user, sign_in
from tests.pages import text_of
from tests.rates.made import EVERYTHING, make_response, roll_up_all

MARCH, JUNE = Month(2026, 3), Month(2026, 6)
NAMES = {1: "Parking", 2: "Libraries", 3: "Waste"}


def places(**rates: tuple[int, int]) -> ShownPlaces:
    """By phone: (satisfied, base) by the service's name."""
    numbers = {name.lower(): number for number, name in NAMES.items()}
    cells = {(MARCH, numbers[name], Channel.PHONE): Rate(*rate, 0) for name, rate in rates.items()}
    return shown_places(Cube(cells, NAMES))


def verdicts(now: ShownPlaces, before: ShownPlaces) -> dict[str, str]:
    return {line.name: line.verdict for line in lines_of_periods(now, before, NAMES, (None, None))}


def test_only_what_clearly_moved_is_called_higher_or_lower() -> None:
    now = places(parking=(120, 200), libraries=(180, 200), waste=(160, 200))
    before = places(parking=(170, 200), libraries=(130, 200), waste=(158, 200))
    found = verdicts(now, before)
    assert (found["Parking"], found["Libraries"], found["Waste"]) == ("lower", "higher", "no clear difference")
    words = periods_sentence(lines_of_periods(now, before, NAMES, (None, None)), "June 2026", "March 2026")
    assert words == (
        "Satisfaction was 77% in June 2026 and 76% in March 2026: no clear difference. Higher: Libraries. "
        "Lower: Parking."
    )


def test_few_answers_in_either_period_are_not_compared() -> None:
    found = verdicts(places(parking=(10, 29), libraries=(90, 100)), places(parking=(90, 100), libraries=(90, 100)))
    assert found["Parking"] == TOO_FEW
    assert found[PLAIN] == "lower"
    only_now = verdicts(places(parking=(90, 100)), places(libraries=(90, 100)))
    assert (only_now["Parking"], only_now["Libraries"]) == (TOO_FEW, TOO_FEW)


def test_a_service_is_held_against_all_the_others_and_never_against_the_whole() -> None:
    lines = lines_against_the_rest(places(parking=(60, 100), libraries=(90, 100), waste=(80, 100)), NAMES)
    parking = next(line for line in lines if line.name == "Parking")
    assert (parking.other.satisfied, parking.other.base) == (170, 200)
    assert rest_sentence(lines) == (
        "Libraries is higher than all the others together; Parking is lower than all the others together."
    )


def test_a_hidden_service_is_in_no_comparison() -> None:
    lines = lines_against_the_rest(places(parking=(3, 4), libraries=(90, 100), waste=(80, 100)), NAMES)
    parking = next(line for line in lines if line.name == "Parking")
    assert (parking.judged, parking.one.base, parking.other.base) == (None, None, None)


def test_a_shift_of_the_ways_of_answering_is_told() -> None:
    now, before = {Mode.WEB: 50, Mode.SMS: 50}, {Mode.WEB: 80, Mode.SMS: 20}
    assert "50% answered by web page in June, 80% in March" in mix_note(now, before, ("June", "March"))
    assert mix_note(now, {Mode.WEB: 52, Mode.SMS: 48}, ("June", "March")) == ""
    assert mix_note({Mode.WEB: 5}, {Mode.SMS: 50}, ("June", "March")) == ""


@pytest.fixture
def answered(app: Flask) -> None:
    """Parking falls from 36 of 40 in March to 12 of 40 in June; libraries stay at 32 of 40."""
    parking, libraries = make_service("parking", "Parking").id, make_service("libraries", "Libraries").id
    satisfied = {(parking, 3): 36, (parking, 6): 12, (libraries, 3): 32, (libraries, 6): 32}
    with transaction():
        for (service, month), count in satisfied.items():
            for n in range(40):
                rating = Satisfaction.VERY_SATISFIED if n < count else Satisfaction.NEITHER
                make_response(service, rating, date(2026, month, 10), mode=Mode.SMS if month == 6 else Mode.WEB)
    roll_up_all()


@pytest.mark.usefixtures("answered")
def test_the_page_says_what_moved_and_the_file_has_the_same_figures(client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    address = "/rates/compare?from=2026-06&to=2026-06&before_from=2026-03&before_to=2026-03"
    client.get(address)
    with statements() as seen:
        words = text_of(client.get(address))
    assert len(seen) <= 12, seen
    assert "Satisfaction was 55% in June 2026 and 85% in March 2026: lower." in words
    assert "100% answered by text in June 2026" in words
    file = client.get(f"{address}&file=periods").get_data(as_text=True)
    lines = {line["name"]: line for line in csv.DictReader(io.StringIO(file))}
    assert (lines["Parking"]["rate_percent"], lines["Parking"]["other_rate_percent"]) == ("30.0", "90.0")
    assert (lines["Parking"]["difference_points"], lines["Parking"]["finding"]) == ("-60.0", "lower")
    assert lines["Libraries"]["finding"] == "no clear difference"


@pytest.mark.usefixtures("answered")
def test_periods_that_share_months_are_not_compared(client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    page = client.get("/rates/compare?from=2026-03&to=2026-06&before_from=2026-06&before_to=2026-06")
    assert "share months, so they are not compared" in text_of(page)
    assert "Satisfaction was" not in text_of(page)


@pytest.mark.usefixtures("answered")
def test_the_ways_of_answering_are_counted_by_month() -> None:
    assert read_modes(EVERYTHING) == {MARCH: {Mode.WEB: 80}, JUNE: {Mode.SMS: 80}}
