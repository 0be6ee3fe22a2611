"""The control chart: what is a signal is told by shape and words, and nothing is drawn where there is no figure."""

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest

from surveys.dashboards.pages.panels import Panel
from surveys.dashboards.trends.drawing import apart
from surveys.dashboards.trends.panel import trend_panel
from surveys.dashboards.trends.spots import Beside
from surveys.dashboards.trends.trend import Trend, drawn
from surveys.rates.months import Month
from surveys.rates.notes import Note
from surveys.rates.series import Series
from surveys.rates.statistics import Rate

FIRST = Month(2025, 1)
STEADY = {FIRST.plus(n): Rate(80 + n % 3, 100, 0) for n in range(12)}
FALL = FIRST.plus(12)


def panel_of(rates: Mapping[Month, Rate], beside: Beside | None = None, **more: Any) -> Panel:
    return trend_panel(drawn(Trend("Parking", rates, **more)), "Very or fairly satisfied, parking", beside)


def traces(panel: Panel, mode: str) -> list[dict[str, Any]]:
    assert panel.figure is not None
    return [trace for trace in panel.figure["data"] if trace["mode"] == mode]


def test_a_fall_out_of_the_usual_range_is_said_drawn_as_a_diamond_and_named() -> None:
    panel = panel_of(STEADY | {FALL: Rate(60, 100, 0)}, usual=STEADY)
    assert panel.sentence.startswith("Parking fell to 60% in January 2026, outside its usual range of 69% to 93%.")
    (signals,) = traces(panel, "markers+text")
    assert (signals["x"], signals["text"]) == (["2026-01-01"], ["low"])
    assert signals["marker"]["symbol"] == "diamond"
    assert panel.rows[-1][-1] == "below its usual range"
    assert panel.rows[-1][6:8] == (69.2, 92.8)


def test_months_within_the_range_make_no_signal() -> None:
    panel = panel_of(STEADY, usual=STEADY)
    assert traces(panel, "markers+text") == []
    assert "within its usual range" in panel.sentence
    assert {row[-1] for row in panel.rows} == {""}


def test_without_a_baseline_no_range_is_claimed() -> None:
    panel = panel_of(STEADY)
    assert "No baseline has been frozen yet" in panel.sentence
    assert "Usual from (%)" not in panel.headings
    assert len(traces(panel, "lines")) == 1


def test_a_baseline_does_not_reach_over_a_new_wording() -> None:
    panel = panel_of(STEADY | {FALL: Rate(60, 100, 0)}, usual=STEADY, breaks=[FALL])
    assert traces(panel, "markers+text") == []
    assert panel.rows[-1][6:8] == (None, None)
    assert panel.rows[-1][-1] == "[b] wording changed"


def test_a_month_in_which_nobody_answered_is_a_gap_and_few_answers_wait_for_more() -> None:
    few = {FIRST.plus(2): Rate(5, 6, 0), FIRST.plus(3): Rate(4, 6, 0), FIRST.plus(4): Rate(5, 6, 0)}
    panel = panel_of({FIRST: Rate(40, 50, 0)} | few)
    (line,) = traces(panel, "lines+markers")
    assert line["x"] == ["2025-01-01", "2025-02-01", "2025-04-01"]
    assert line["y"] == [80.0, None, 75.0]
    assert [row[0] for row in panel.rows] == ["January 2025", "March 2025 to April 2025"]


def test_three_answers_that_wait_hide_the_point_that_would_give_them_away() -> None:
    panel = panel_of({FIRST: Rate(40, 50, 0), FIRST.plus(1): Rate(9, 12, 0), FIRST.plus(2): Rate(3, 3, 0)})
    (line,) = traces(panel, "lines+markers")
    assert line["y"] == [80.0, None]
    assert panel.rows[1][1:5] == ("[c]", None, None, "[c]")
    assert line["customdata"] == ["", ""]
    assert panel.sentence == "What Parking was at in February 2025 is hidden, to protect few people [c]."


def test_a_point_leads_where_its_row_leads() -> None:
    panel = panel_of(STEADY, Beside(link=lambda first, last: f"/{first}/{last}"))
    (line,) = traces(panel, "lines+markers")
    assert line["customdata"] == list(panel.links)
    assert panel.links[0] == "/2025-01/2025-01"


def test_notes_stand_at_their_month_in_the_chart_the_table_and_in_words() -> None:
    note = Note(1, Series(), FIRST.plus(2), "New phone system", datetime(2025, 4, 1, tzinfo=UTC), "A Manager")
    panel = panel_of(STEADY, Beside(notes=[note], provisional_from=FIRST.plus(11)))
    assert panel.notes == ("A: New phone system (March 2025, A Manager)",)
    assert panel.rows[2][-1] == "note A"
    assert panel.rows[11][-1] == "[p] answers still come in"
    assert panel.figure is not None
    assert ("2025-03-01", "A") in {(mark["x"], mark["text"]) for mark in panel.figure["layout"]["annotations"]}


def test_a_target_is_a_line_with_its_label() -> None:
    panel = panel_of(STEADY, targets={FIRST.plus(n): 0.85 for n in range(6, 12)})
    target = traces(panel, "lines")[-1]
    assert (target["x"][0], set(target["y"])) == ("2025-07-01", {85.0})
    assert panel.figure is not None
    assert "target 85%" in {mark["text"] for mark in panel.figure["layout"]["annotations"]}


@pytest.mark.parametrize("heights", [[0.8, 0.8, 0.8], [0.71, 0.7, 0.75], [0.2, 0.9]])
def test_labels_never_lie_on_each_other(heights: list[float]) -> None:
    placed = sorted(apart(heights))
    assert all(above - below > 0.06 for below, above in pairwise(placed))
    assert min(placed) == min(heights)


@pytest.mark.parametrize(
    ("usual", "frozen", "why"),
    [
        ({}, False, "No baseline has been frozen yet, so there is no usual range"),
        ({}, True, "The months of the baseline have too few answers in this wording for 12 points"),
        ({FIRST.plus(n): Rate(4, 6, 0) for n in range(12)}, True, "have too few answers in this wording for 12 points"),
        ({FIRST.plus(n): Rate(30, 30, 0) for n in range(12)}, True, "Everybody or nobody was satisfied in the months"),
    ],
)
def test_the_sentence_says_why_there_is_no_usual_range(usual: dict[Month, Rate], frozen: bool, why: str) -> None:
    rates = {FIRST.plus(n): Rate(60 + n % 2, 90, 0) for n in range(14)}
    assert why in panel_of(rates, usual=usual, frozen=frozen).sentence
