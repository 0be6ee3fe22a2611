"""A line of rates breaks where its contacts were asked the rating in other words, by whichever questionnaire."""

from datetime import UTC, datetime

import pytest

from surveys.contacts.models import Channel
from surveys.questionnaires.default import DEFAULT_SLUG
from surveys.questionnaires.use_history import UseChange
from surveys.rates.months import Month
from surveys.rates.series import Series
from surveys.rates.wordings import Changes, RatingWordings, Worded

JAN, FEB, MAR, APR = (Month(2026, number) for number in range(1, 5))
AT = {month: datetime(2026, month.first.month, 3, 9, tzinfo=UTC) for month in (JAN, FEB, MAR, APR)}
SERVICES = (7, 8, 9)
WORDED = [Worded(AT[JAN], DEFAULT_SLUG, "ours"), Worded(AT[JAN], "same", "ours"), Worded(AT[JAN], "other", "theirs")]
WHOLE, PHONE, WEB = Series(), Series(None, Channel.PHONE), Series(None, Channel.WEB)
SERVICE, BY_PHONE, BY_WEB, ANOTHER = Series(7), Series(7, Channel.PHONE), Series(7, Channel.WEB), Series(8)


def given(month: Month, questionnaire: str | None, service: int | None = 7, channel: str | None = None) -> UseChange:
    return UseChange(AT[month], service, channel, questionnaire)


def changes(series: Series, uses: list[UseChange], *more: Worded) -> Changes:
    return RatingWordings([*WORDED, *more], uses, SERVICES).of_series(series)


def breaks(series: Series, uses: list[UseChange], *more: Worded) -> list[Month]:
    return sorted(changes(series, uses, *more).breaks)


@pytest.mark.parametrize(
    ("series", "broken"),
    [(SERVICE, [MAR]), (BY_PHONE, [MAR]), (BY_WEB, [MAR]), (ANOTHER, []), (PHONE, []), (WHOLE, [])],
)
def test_a_service_given_other_words_breaks_its_own_lines_alone(series: Series, broken: list[Month]) -> None:
    assert breaks(series, [given(MAR, "other")]) == broken


@pytest.mark.parametrize(
    ("series", "broken"),
    [(PHONE, [MAR]), (BY_PHONE, [MAR]), (SERVICE, [MAR]), (WHOLE, [MAR]), (WEB, []), (BY_WEB, [])],
)
def test_a_channel_given_other_words_breaks_every_line_that_it_is_part_of(series: Series, broken: list[Month]) -> None:
    assert breaks(series, [given(MAR, "other", None, "phone")]) == broken


@pytest.mark.parametrize(
    ("series", "broken"),
    [(BY_PHONE, [MAR]), (SERVICE, [MAR]), (BY_WEB, []), (PHONE, []), (WHOLE, [])],
)
def test_a_service_s_channel_given_other_words_breaks_the_service_s_line_too(
    series: Series, broken: list[Month]
) -> None:
    assert breaks(series, [given(MAR, "other", 7, "phone")]) == broken


@pytest.mark.parametrize("series", [WHOLE, PHONE, SERVICE, BY_PHONE])
def test_another_questionnaire_with_the_same_words_breaks_nothing(series: Series) -> None:
    uses = [given(FEB, "same"), given(MAR, "same", None, "phone"), given(APR, None)]
    assert changes(series, uses) == Changes()


def test_switched_and_back_is_two_breaks() -> None:
    uses = [given(FEB, "other"), given(APR, None)]
    assert breaks(SERVICE, uses) == [FEB, APR]
    assert breaks(SERVICE, [given(FEB, "other"), given(APR, DEFAULT_SLUG)]) == [FEB, APR]
    assert changes(WHOLE, uses) == Changes(partly=frozenset({FEB, APR}))


def test_a_version_of_the_default_breaks_the_lines_of_those_who_get_it_then() -> None:
    uses = [given(FEB, "other"), given(APR, None)]
    new = Worded(AT[MAR], DEFAULT_SLUG, "new")
    assert breaks(SERVICE, uses, new) == [FEB, APR]
    assert breaks(ANOTHER, uses, new) == [MAR]
    assert changes(WHOLE, uses, new) == Changes(frozenset({MAR}), frozenset({FEB, APR}))


def test_back_to_a_default_that_meanwhile_has_the_same_words_is_no_break() -> None:
    new = Worded(AT[MAR], DEFAULT_SLUG, "theirs")
    assert breaks(SERVICE, [given(FEB, "other"), given(APR, None)], new) == [FEB]


def test_a_version_of_another_questionnaire_breaks_the_lines_of_those_who_have_it() -> None:
    new = Worded(AT[MAR], "same", "new")
    assert breaks(SERVICE, [given(FEB, "same")], new) == [MAR]
    assert breaks(ANOTHER, [given(FEB, "same")], new) == []


def test_the_whole_breaks_once_half_of_its_services_are_asked_otherwise_one_after_the_other() -> None:
    uses = [given(FEB, "other", 7), given(MAR, "other", 8), given(APR, "other", 9)]
    assert changes(WHOLE, uses) == Changes(frozenset({MAR}), frozenset({FEB, APR}))
    assert changes(PHONE, uses) == changes(WHOLE, uses)


def test_of_chosen_services_half_are_counted_among_those() -> None:
    found = RatingWordings(WORDED, [given(MAR, "other")], SERVICES)
    assert found.of({7, 8}, None) == Changes(frozenset({MAR}))
    assert found.of({8, 9}, None) == Changes()


def test_before_any_service_or_version_nothing_breaks() -> None:
    assert RatingWordings([], [], ()).of_series(WHOLE) == Changes()
    assert RatingWordings(WORDED, [], ()).of_series(WHOLE) == Changes()
