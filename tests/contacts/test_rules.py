"""One row of a file, checked."""

from datetime import UTC, datetime, timedelta

import pytest

from surveys.contacts.columns import COLUMNS, positions_of
from surveys.contacts.models import Channel
from surveys.contacts.rules import CHANNEL_NAMES, Fault, Row, RowReader

NOW = datetime(2026, 3, 31, 8, 0, tzinfo=UTC)
SERVICES = {"parking": 1, "council-tax": 2}
USUAL = {"source_ref": "A1", "occurred_at": "2026-03-30 10:00", "service": "parking", "channel": "phone"}


def reader() -> RowReader:
    mapping = positions_of(COLUMNS, dict(zip(COLUMNS, COLUMNS, strict=True)))
    return RowReader(mapping, COLUMNS, NOW, b"key", lambda slug, _name: SERVICES.get(slug))


def read(**given: str) -> Row | list[Fault]:
    row = USUAL | given
    return reader().read(2, [row.get(column, "") for column in COLUMNS])


def good(**given: str) -> Row:
    row = read(**given)
    assert isinstance(row, Row), row
    return row


def columns_at_fault(**given: str) -> list[str]:
    faults = read(**given)
    assert not isinstance(faults, Row)
    assert all(fault.line == 2 and len(fault.message) <= 300 for fault in faults)
    return [fault.column for fault in faults]


@pytest.mark.parametrize("typed", sorted({name for names in CHANNEL_NAMES.values() for name in names}))
def test_each_usual_name_of_a_channel_is_known_in_any_writing(typed: str) -> None:
    assert good(channel=typed).channel == good(channel=f" {typed.upper()} ").channel
    assert good(channel=typed).channel in set(Channel)


def test_a_service_is_known_by_its_name_however_written() -> None:
    assert [good(service=name).service_id for name in ("council-tax", "Council Tax", " COUNCIL  TAX ")] == [2, 2, 2]


def test_every_fault_of_a_row_is_told_at_once() -> None:
    wrong = dict.fromkeys(("source_ref", "occurred_at", "service", "channel"), "") | {"phone": "1", "email": "x"}
    assert columns_at_fault(**wrong) == ["source_ref", "occurred_at", "service", "channel", "phone", "email"]


def test_no_fault_repeats_what_was_typed() -> None:
    typed = {"source_ref": "S" * 81, "occurred_at": "Secret1", "service": "Secret2", "channel": "Secret3"}
    faults = read(**typed, phone="Secret4", email="Secret5")
    assert not isinstance(faults, Row)
    assert len(faults) == 6
    assert not [fault for fault in faults if "Secret" in fault.message or "SS" in fault.message]


def test_a_contact_without_any_address_is_kept() -> None:
    row = good()
    assert (row.phone, row.phone_kind, row.phone_hash, row.email, row.email_hash) == (None,) * 5


def test_one_person_has_one_hash_however_the_address_is_typed() -> None:
    assert good(phone="07700 900123").phone_hash == good(phone="+44 (0)7700-900123").phone_hash
    assert good(email="Name@Example.com").email_hash == good(email=" name@example.com ").email_hash
    assert good(phone="07700 900123").phone_hash != good(phone="07700 900124").phone_hash


def test_the_clock_of_another_system_may_be_ten_minutes_ahead() -> None:
    assert good(occurred_at=(NOW + timedelta(minutes=9)).isoformat()).day == NOW.date()
    assert columns_at_fault(occurred_at=(NOW + timedelta(minutes=11)).isoformat()) == ["occurred_at"]


def test_a_date_alone_may_be_today_even_before_noon() -> None:
    row = good(occurred_at="31/03/2026")
    assert (row.occurred_at, row.day) == (NOW, NOW.date())
    assert columns_at_fault(occurred_at="01/04/2026") == ["occurred_at"]


def test_the_year_2000_is_the_first_that_is_believed() -> None:
    assert good(occurred_at="01/01/2000").day.year == 2000
    assert columns_at_fault(occurred_at="31/12/1999") == ["occurred_at"]


def test_a_reference_of_eighty_characters_is_the_longest() -> None:
    assert good(source_ref="R" * 80).external_ref == "R" * 80
    assert columns_at_fault(source_ref="R" * 81) == ["source_ref"]


@pytest.mark.parametrize("hidden", ["\n", "\t", "\0", "\x7f", "\x85", "\u200b", "\u202e", "\u2066", "\ufeff", "\u2028"])
def test_a_reference_shows_all_it_holds(hidden: str) -> None:
    assert columns_at_fault(source_ref=f"A{hidden}1") == ["source_ref"]


def test_team_and_area_are_one_line_of_eighty_characters_at_most() -> None:
    row = good(team="  North\r\n  office\u202e ", area="a" * 200)
    assert (row.team, row.area) == ("North office", "a" * 80)


def test_a_language_we_do_not_speak_is_asked_in_english() -> None:
    typed = ("cy", "Cymraeg", "cy-GB", "Polski", "fr", "")
    assert [good(language=one).language for one in typed] == ["cy", "cy", "cy", "pl", "en", "en"]
