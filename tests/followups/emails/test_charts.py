"""Which months stand out: against a baseline of the same wording, and never over a change of it."""

from surveys.contacts.models import Channel
from surveys.core.clock import now
from surveys.followups.emails.charts import standing_out
from surveys.rates.baselines import Frozen
from surveys.rates.cube import Cube
from surveys.rates.months import Month
from surveys.rates.series import Series
from surveys.rates.signals import Rule
from surveys.rates.statistics import Rate
from tests.followups.made import LAST, RUNNING, USUAL

PARKING = Series(1)


def cube(*shares: int) -> Cube:
    """Parking's answers by phone, of 200 each month: the last of them is the last complete month."""
    months = [LAST.plus(n + 1 - len(shares)) for n in range(len(shares))]
    rates = {(month, 1, Channel.PHONE): Rate(share, 200, 0) for month, share in zip(months, shares, strict=True)}
    return Cube(rates, {1: "Parking"})


def frozen() -> dict[Series, Frozen]:
    return {PARKING: Frozen(1, PARKING, *USUAL, "A year without changes", now(), "Some Body")}


def rules(found: Cube, breaks: tuple[Month, ...] = ()) -> list[tuple[str, str, tuple[Rule, ...]]]:
    return [(one.name, str(one.month), one.rules) for one in standing_out(found, frozen(), lambda _: breaks, RUNNING)]


def test_a_fall_stands_out_for_the_series_that_has_a_baseline() -> None:
    usual = [160, 163, 158, 161] * 5 + [160, 162]
    assert rules(cube(*usual, 120)) == [("Parking", "2026-10", (Rule.BEYOND_LIMITS,))]
    assert rules(cube(*usual, 158)) == []


def test_months_before_and_after_a_change_of_wording_are_not_compared() -> None:
    usual = [160, 163, 158, 161] * 5
    assert rules(cube(*usual, 120, 121, 120)) != []
    assert rules(cube(*usual, 120, 121, 120), (LAST.plus(-2),)) == []


def test_a_break_of_the_whole_alone_leaves_a_service_its_signal() -> None:
    months = cube(*[160, 163, 158, 161] * 5, 120, 121, 120)
    for broken, told in ((Series(), True), (PARKING, False)):
        found = standing_out(
            months, frozen(), lambda one, broken=broken: (LAST.plus(-2),) if one == broken else (), RUNNING
        )
        assert (PARKING in {one.series for one in found}) is told


def test_a_baseline_further_back_than_the_chart_still_counts() -> None:
    old = {PARKING: Frozen(1, PARKING, LAST.plus(-40), LAST.plus(-29), "Before", now(), "Some Body")}
    found = cube(*[160, 163, 158, 161] * 3, *[120] * 29)
    told = standing_out(found, old, lambda _: (), RUNNING)
    assert {one.month for one in told if one.name == "Parking"} == {RUNNING.plus(-n) for n in range(1, 24)}


def test_a_run_that_goes_on_has_not_begun() -> None:
    found = standing_out(cube(*[160, 163, 158, 161] * 3, *[164] * 11), frozen(), lambda _: (), RUNNING)
    parking = {str(one.month): one for one in found if one.name == "Parking"}
    runs = [month for month, one in parking.items() if Rule.SHIFT in one.rules]
    assert len(runs) >= 3
    assert [month for month in runs if Rule.SHIFT in parking[month].begun] == runs[:1]
