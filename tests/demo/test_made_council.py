"""What the made-up council consists of, before any of it is loaded."""

import re
from collections import Counter as Tally
from datetime import date
from random import Random

import pytest

from surveys.contacts.addresses import read_email, read_phone
from surveys.contacts.models import Channel
from surveys.demo.council import HOURS, SERVICES
from surveys.demo.days import easter, files_of, months_before, open_days
from surveys.demo.getting_in_touch import Counter, MadeContact, counts_by_day
from surveys.demo.residents import Residents

NOT_REAL = re.compile(r"\+447700900\d{3}|\+442079460\d{3}|\+441614960\d{3}")
DAYS = open_days(date(2024, 3, 1), date(2026, 2, 28))


def make(seed: int, total: int) -> list[MadeContact]:
    counts = counts_by_day(Random(seed), total, DAYS)
    counter = Counter(Random(seed + 1), DAYS, Residents(Random(seed + 2)))
    return [contact for n, day in enumerate(DAYS) for contact in counter.contacts_on(n, counts[day])]


@pytest.mark.parametrize("sunday", [date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2038, 4, 25)])
def test_easter_is_found_by_rule(sunday: date) -> None:
    assert easter(sunday.year) == sunday


def test_the_council_is_open_six_days_a_week_and_closed_on_holidays() -> None:
    assert {day.weekday() for day in DAYS} == set(range(6))
    for closed in (date(2024, 12, 25), date(2025, 4, 18), date(2025, 4, 21), date(2025, 5, 5), date(2025, 8, 25)):
        assert closed not in DAYS
    assert date(2025, 12, 24) in DAYS


def test_files_are_weekly_and_the_newest_two_days_have_their_own() -> None:
    files = files_of(DAYS)
    assert files[-1] == [date(2026, 2, 27), date(2026, 2, 28)]
    assert files[-2] == [date(2026, 2, 23), date(2026, 2, 24), date(2026, 2, 25), date(2026, 2, 26)]
    assert [day for file in files for day in file] == DAYS
    assert all(len({day.isocalendar()[:2] for day in file}) == 1 for file in files)


def test_months_before_crosses_the_year() -> None:
    assert months_before(date(2026, 2, 28), 6) == date(2025, 8, 1)
    assert months_before(date(2026, 12, 1), 12) == date(2025, 12, 1)


def test_the_same_seed_makes_the_same_contacts() -> None:
    assert make(5, 1500) == make(5, 1500)
    assert make(5, 1500) != make(6, 1500)


def test_exactly_as_many_contacts_are_made_as_were_asked_for() -> None:
    contacts = make(1, 1501)
    assert len(contacts) == 1501
    assert len({contact.source_ref for contact in contacts}) == 1501


def test_no_address_is_ever_real() -> None:
    for contact in make(2, 4000):
        if contact.phone:
            number = read_phone(contact.phone)
            assert number is not None
            assert NOT_REAL.fullmatch(number[0])
        if contact.email:
            assert contact.email == read_email(contact.email)
            assert contact.email.split("@")[1] in ("example.com", "example.org", "example.net")


def test_residents_are_reachable_in_the_wanted_shares() -> None:
    contacts = make(3, 8000)
    kinds = Tally(
        (bool(c.phone) and ("+4477" in read_phone(c.phone)[0]), bool(c.phone), bool(c.email)) for c in contacts
    )
    share = {kind: n / 8000 for kind, n in kinds.items()}
    assert share[False, False, True] == pytest.approx(0.61, abs=0.03)
    assert share[True, True, False] == pytest.approx(0.14, abs=0.03)
    assert share[False, True, False] == pytest.approx(0.10, abs=0.03)
    assert share[False, False, False] == pytest.approx(0.07, abs=0.03)


def test_all_channels_and_services_occur_and_the_phone_most() -> None:
    contacts = make(4, 4000)
    channels = Tally(contact.channel for contact in contacts)
    assert set(channels) == {channel.value for channel in Channel}
    assert [channel for channel, _ in channels.most_common(2)] == ["phone", "face_to_face"]
    assert {contact.service for contact in contacts} == {service.slug for service in SERVICES}


def test_contacts_come_within_opening_hours() -> None:
    for contact in make(5, 2000):
        hours = HOURS[Channel(contact.channel)]
        closes = hours.closes_on_saturday if contact.occurred_at.weekday() == 5 else hours.closes
        at = contact.occurred_at.hour + contact.occurred_at.minute / 60
        assert hours.opens <= at <= closes


@pytest.mark.parametrize(("service", "months"), [("council-tax", (3,)), ("parking", (12,)), ("education", (8, 9))])
def test_services_have_their_peaks(service: str, months: tuple[int, ...]) -> None:
    by_month = Tally(contact.occurred_at.month for contact in make(6, 12000) if contact.service == service)
    assert {month for month, _ in by_month.most_common(len(months))} == set(months)


def test_some_residents_come_back_and_some_contacts_are_entered_twice() -> None:
    contacts = make(7, 6000)
    mailboxes = Tally(contact.email for contact in contacts if contact.email)
    assert max(mailboxes.values()) > 5
    assert sum(n > 1 for n in mailboxes.values()) > 300
    assert any(n > 1 for n in Tally(contact[1:] for contact in contacts).values())
