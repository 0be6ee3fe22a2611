"""Where the rating's wording changed the trend breaks: a gap in the line, a mark in the table, a sentence."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from surveys.core.db import transaction
from surveys.dashboards.pages.panels import Panel
from surveys.dashboards.trends.panel import trend_panel
from surveys.dashboards.trends.trend import Trend, broken_months, drawn
from surveys.people.roles import Role
from surveys.rates.months import Month
from surveys.rates.roll_up import roll_up
from surveys.rates.series import Series
from surveys.rates.statistics import Rate, rate_of
from surveys.rates.wordings import Changes, read_rating_wordings
from tests.makers.answers import answer, draw_and_send
from tests.makers.contacts import load_rows, row
from tests.makers.people import make_user, sign_in
from tests.makers.questionnaires import publish_changed, publish_default, reworded
from tests.pages import soup, text_of

JAN, FEB, MAR, APR = (Month(2026, number) for number in (1, 2, 3, 4))
RATES = {
    month: rate_of({"very_satisfied": n, "neither": 50 - n})
    for month, n in ((JAN, 50), (FEB, 20), (MAR, 30), (APR, 40))
}


def panel_of(rates: Mapping[Month, Rate], breaks: tuple[Month, ...] = ()) -> Panel:
    return trend_panel(drawn(Trend("Satisfaction", rates, breaks=breaks)), "")


def lines(breaks: tuple[Month, ...]) -> list[list[str]]:
    return [[day[:7] for day in trace["x"]] for trace in drawn_lines(panel_of(RATES, breaks).figure)]


def drawn_lines(figure: dict[str, Any] | None) -> list[dict[str, Any]]:
    assert figure is not None
    return [trace for trace in figure["data"] if trace["mode"] == "lines+markers"]


def test_without_a_break_there_is_one_line_and_no_mark() -> None:
    panel = panel_of(RATES)
    assert lines(()) == [["2026-01", "2026-02", "2026-03", "2026-04"]]
    assert [cells[-1] for cells in panel.rows] == [""] * 4
    assert "Satisfaction was at 80% in April 2026" in panel.sentence


def test_the_line_has_a_gap_the_table_a_mark_and_only_comparable_months_are_compared() -> None:
    panel = panel_of(RATES, (MAR,))
    assert lines((MAR,)) == [["2026-01", "2026-02"], ["2026-03", "2026-04"]]
    assert [cells[-1] for cells in panel.rows] == ["", "", "[b] wording changed", ""]
    assert "The wording of the rating changed in March 2026 [b]" in panel.sentence


@pytest.mark.parametrize(("month", "side"), [(FEB, "left"), (APR, "right")])
def test_the_words_at_a_break_stand_where_there_is_room_and_the_months_keep_theirs(month: Month, side: str) -> None:
    figure = panel_of(RATES, (month,)).figure
    assert figure is not None
    (words,) = [one for one in figure["layout"]["annotations"] if one["text"] == "new wording"]
    assert (words["x"], words["xanchor"]) == (month.first.isoformat(), side)
    assert figure["layout"]["xaxis"]["range"] == ["2025-12-17", "2026-04-16"]


def test_a_mark_stands_beside_the_one_for_a_low_base() -> None:
    panel = panel_of({JAN: RATES[JAN], FEB: rate_of({"neither": 12})}, (FEB,))
    assert panel.rows[1][-1] == "[u] low base, [b] wording changed"


@pytest.mark.parametrize(
    ("months", "breaks", "broken"),
    [
        ([JAN, APR], [FEB], (APR,)),
        ([FEB, MAR], [JAN], ()),
        ([FEB, MAR], [FEB], (FEB,)),
        ([JAN, FEB], [MAR], ()),
        ([JAN, FEB, MAR], [FEB, MAR], (FEB, MAR)),
        ([], [FEB], ()),
    ],
)
def test_the_break_is_at_the_first_month_with_answers_to_the_new_wording(
    months: list[Month], breaks: list[Month], broken: tuple[Month, ...]
) -> None:
    assert broken_months(months, breaks) == broken


def translated(found: dict[str, object]) -> dict[str, object]:
    questions = found["questions"]
    assert isinstance(questions, list)
    questions[0]["text"]["cy"] = "Cyfieithiad gwell"
    return found


def test_a_new_wording_of_the_default_questionnaire_breaks_the_page_s_trend(
    app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    first, second = datetime(2026, 3, 10, 12, tzinfo=UTC), datetime(2026, 4, 20, 12, tzinfo=UTC)
    with time_machine.travel(first, tick=False) as clock:
        publish_default()
        for moment, reference in ((first, "A"), (second, "B")):
            clock.move_to(moment)
            load_rows(tmp_path, [row(f"{reference}{number}") for number in range(10)])
            for token in draw_and_send()[-10:]:
                answer(token)
            if moment == first:
                publish_changed(translated)
                assert read_rating_wordings().of_series(Series()) == Changes()
        assert publish_changed(reworded) == 3
        assert read_rating_wordings().of_series(Series()) == Changes(frozenset({APR}))
        assert read_rating_wordings(until=first).of_series(Series()) == Changes()
        with transaction():
            roll_up()
        sign_in(client, make_user(Role.MANAGER))
        page = client.get("/")
        assert "The wording of the rating changed in April 2026 [b]" in text_of(page)
        tag = soup(page).find(id="months-figure")
        assert tag is not None
        figure = json.loads(str(tag.string))
        assert len(drawn_lines(figure)) == 2
        exported = client.get("/rates.csv").get_data(as_text=True).splitlines()
        marked = [line for line in exported if "[b] wording changed" in line]
        assert len(marked) == 1
        assert marked[0].startswith("month,2026-04")
