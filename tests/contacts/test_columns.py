"""Which column of a file holds what."""

import pytest

from surveys.contacts.columns import COLUMNS, NEEDED, guess, is_complete, positions_of, refuse_too_few
from surveys.core.refusals import Refused


def test_our_own_names_are_known_in_any_order_and_writing() -> None:
    header = ("AREA", "Team", "language", "E-mail", "phone", "Channel", "SERVICE", "Occurred at", "Source_Ref")
    assert guess(header, {}) == dict(zip(COLUMNS, reversed(header), strict=True))


def test_the_names_other_systems_use_are_known() -> None:
    header = ("Case Number", "Closed Date", "Department", "Contact Method", "Mobile Number", "Ward", "Notes")
    guessed = guess(header, {})
    assert guessed == {
        "source_ref": "Case Number",
        "occurred_at": "Closed Date",
        "service": "Department",
        "channel": "Contact Method",
        "phone": "Mobile Number",
        "area": "Ward",
    }
    assert is_complete(guessed)


def test_our_own_name_comes_before_a_usual_one() -> None:
    assert guess(("id", "source_ref"), {})["source_ref"] == "source_ref"


def test_what_was_mapped_before_comes_before_every_guess() -> None:
    header = ("source_ref", "X1", "service", "channel", "date")
    assert guess(header, {"occurred_at": "X1"})["occurred_at"] == "X1"


def test_a_remembered_column_that_is_gone_is_guessed_again() -> None:
    assert guess(("date",), {"occurred_at": "X1"}) == {"occurred_at": "date"}


def test_a_header_stands_for_one_column_only() -> None:
    guessed = guess(("mail",), {"channel": "mail", "email": "mail"})
    assert list(guessed.values()) == ["mail"]


@pytest.mark.parametrize("missing", NEEDED)
def test_a_file_without_a_needed_column_is_not_complete(missing: str) -> None:
    header = tuple(column for column in COLUMNS if column != missing)
    guessed = guess(header, {})
    assert not is_complete(guessed)
    with pytest.raises(Refused, match=f"no column for: {missing}"):
        positions_of(header, guessed)


def test_one_column_may_not_be_chosen_twice() -> None:
    header = ("source_ref", "occurred_at", "service", "channel")
    with pytest.raises(Refused, match="“service” is chosen twice"):
        positions_of(header, dict(zip(header, header, strict=True)) | {"team": "service"})


def test_a_header_of_fewer_columns_than_are_needed_cannot_be_mapped() -> None:
    with pytest.raises(Refused, match="Only 3 columns are named"):
        refuse_too_few(("a", "b", "", "c", ""))
    refuse_too_few(("a", "b", "c", "d"))
