"""Sentences written from figures: one for each thing a chart can say."""

import pytest

from surveys.rates.collapsing import Cell
from surveys.rates.comparing import against_target, compare, judge
from surveys.rates.control import Chart, Period, chart
from surveys.rates.drivers import DriverCounts, key_drivers
from surveys.rates.intervals import proportion
from surveys.rates.response_rates import Dispositions, response_rates
from surveys.rates.weighting import weighted_rate
from surveys.rates.words import (
    chart_sentence,
    comparison_sentence,
    drivers_sentence,
    percent,
    points,
    response_sentence,
    target_sentence,
    weighted_sentences,
)

USUAL = [84, 86, 83, 85, 84, 86, 83, 85, 84, 86, 83, 85]


def months(shares: list[int], last: tuple[str, ...] = ("March",)) -> tuple[Period, ...]:
    """Of 400 answers each, in percent; the last one by its name."""
    labels = [*((f"month {i}",) for i in range(len(shares) - 1)), last]
    return tuple(Period(label, share * 4, 400) for label, share in zip(labels, shares, strict=True))


def charted(shares: list[int], usual: list[int] | None = None, last: tuple[str, ...] = ("March",)) -> Chart:
    return chart(months(shares, last), months(USUAL if usual is None else usual))


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "0%"),
        (0.004, "less than 1%"),
        (0.005, "less than 1%"),
        (0.714, "71%"),
        (0.996, "more than 99%"),
        (1, "100%"),
    ],
)
def test_a_share_is_a_whole_percentage_that_hides_nobody(share: float, words: str) -> None:
    assert percent(share) == words


def test_a_difference_is_in_percentage_points() -> None:
    assert [points(-0.2), points(0.01), points(0.001)] == [
        "20 percentage points",
        "1 percentage point",
        "less than 1 percentage point",
    ]


@pytest.mark.parametrize(
    ("shown", "sentence"),
    [
        (charted([84, 71]), "Parking fell to 71% in March, outside its usual range of 79% to 90%."),
        (charted([84, 95]), "Parking rose to 95% in March, outside its usual range of 79% to 90%."),
        (charted([60, 71]), "Parking was at 71% in March, outside its usual range of 79% to 90%."),
        (charted([71]), "Parking was at 71% in March, outside its usual range of 79% to 90%."),
        (charted([84, 86]), "Parking was at 86% in March, within its usual range of 79% to 90%."),
        (
            charted([84, 86], last=("February", "March")),
            "Parking was at 86% in February to March, within its usual range of 79% to 90%.",
        ),
        (
            charted([82, 83] * 4),
            "Parking was at 83% in March, within its usual range but below its usual 84% "
            "for at least 8 months in a row.",
        ),
        (
            charted([82, 83, 84, 85, 86, 87]),
            "Parking rose to 87% in March, within its usual range but rising over at least 6 months in a row.",
        ),
        (
            charted([84, 80, 84, 80]),
            "Parking fell to 80% in March, within its usual range but near the lower end of it "
            "twice within three months.",
        ),
        (
            charted([84, 71], usual=[84, 85]),
            "Parking was at 71% in March. There are too few months yet to say what is usual.",
        ),
        (
            charted([60, 61, 62, 63, 64, 65], usual=[60]),
            "Parking was at 65% in March; rising over at least 6 months in a row. "
            "There are too few months yet to say what is usual.",
        ),
        (chart([Period(("March",), 3, 4)]), "There are too few answers about Parking for a chart."),
    ],
)
def test_a_chart_says_what_its_newest_point_shows(shown: Chart, sentence: str) -> None:
    assert chart_sentence("Parking", shown) == sentence


@pytest.mark.parametrize(
    ("one", "other", "sentence"),
    [
        (
            (45, 60),
            (30, 60),
            "Parking was higher than Libraries: 75% against 50%, a difference of 25 percentage points "
            "(95% confidence interval 8 to 40).",
        ),
        (
            (30, 60),
            (45, 60),
            "Parking was lower than Libraries: 50% against 75%, a difference of 25 percentage points "
            "(95% confidence interval 8 to 40).",
        ),
        ((31, 60), (30, 60), "There is no clear difference between Parking (52%) and Libraries (50%)."),
    ],
)
def test_a_comparison_says_higher_lower_or_no_clear_difference(
    one: tuple[int, int], other: tuple[int, int], sentence: str
) -> None:
    judged = judge({"": compare(proportion(*one), proportion(*other))})[""]
    assert comparison_sentence("Parking", "Libraries", judged) == sentence


AT = "it is at 83%, with a 95% confidence interval of 80% to 86%."


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        (0.75, f"Parking met its target of 75%: {AT}"),
        (0.9, f"Parking did not meet its target of 90%: {AT}"),
        (
            0.82,
            f"The answers cannot tell whether Parking meets its target of 82%: {AT} "
            "The bare figure is at or above the target.",
        ),
        (
            0.85,
            f"The answers cannot tell whether Parking meets its target of 85%: {AT} "
            "The bare figure is below the target.",
        ),
    ],
)
def test_a_target_is_met_or_not_or_nobody_can_tell(target: float, sentence: str) -> None:
    assert target_sentence("Parking", against_target(proportion(500, 600), target)) == sentence


def test_a_weighted_rate_stands_beside_the_unweighted_one_with_its_warnings() -> None:
    plain = weighted_rate([Cell(("a",), 800, 80, 60), Cell(("b",), 200, 40, 36), Cell(("c",), 50, 25, 15)])
    assert plain is not None
    assert weighted_sentences(plain) == [
        "Weighted to all 1,050 contacts, 77% were very or fairly satisfied (95% confidence interval 69% to 84%); "
        "of the 145 who answered, 77%."
    ]
    odd = weighted_rate([Cell(("a",), 9500, 50, 20), Cell(("b",), 400, 450, 430), Cell(("c",), 100, 0, 0)])
    assert odd is not None
    assert weighted_sentences(odd)[1:] == [
        "The weights cost precision: the answers are worth 54 equal ones.",
        "Some answers count 10 times as much as the average.",
        "Nobody answered from services and channels with 1% of the contacts: others speak for them.",
        "The two are far apart: those who answered are not the mix that got in touch.",
    ]


@pytest.mark.parametrize(
    ("ended", "sentence"),
    [
        (
            Dispositions(420, 35, 12, 1300, 8, 225),
            "21% of those asked completed the survey; 24% of those whose message is known to have arrived.",
        ),
        (Dispositions(25, 0, 0, 75, 0, 0), "25% of those asked completed the survey."),
        (Dispositions(0, 0, 0, 0, 0, 0), "Nobody has been asked in this period."),
    ],
)
def test_a_response_rate_stands_between_its_bounds(ended: Dispositions, sentence: str) -> None:
    assert response_sentence(response_rates(ended)) == sentence


def test_the_first_driver_is_named_without_a_claim_of_cause() -> None:
    drivers = key_drivers([DriverCounts("Timeliness", (90, 100), (20, 50)), DriverCounts("Access", (9, 9), (0, 9))])
    assert drivers_sentence(drivers) == (
        "Timeliness goes most closely with overall satisfaction: among those content with it 50 percentage points more "
        "were satisfied. 67% were content with it. What goes together need not be the cause."
    )


@pytest.mark.parametrize("counts", [[], [("Access", (9, 9), (0, 9))], [("Access", (40, 80), (20, 40))]])
def test_no_driver_is_named_from_few_answers_or_no_difference(
    counts: list[tuple[str, tuple[int, int], tuple[int, int]]],
) -> None:
    assert drivers_sentence(key_drivers(DriverCounts(*one) for one in counts)).startswith("No driver stands out")
