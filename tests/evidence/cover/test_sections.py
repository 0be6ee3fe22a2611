"""What the cover page makes of tables that few packs fill: quotations, cases, improvements, signals and elements."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask

from surveys.evidence.chapters.cases import COLUMNS as CASES
from surveys.evidence.chapters.content import PackContent, content_of
from surveys.evidence.chapters.improvements import COLUMNS as IMPROVEMENTS
from surveys.evidence.chapters.trend import COLUMNS as TREND
from surveys.evidence.cover.writing import cover_html
from surveys.evidence.figures.tally import Tally
from surveys.evidence.files.tables import Cell, Column, PackTable
from surveys.evidence.standards.elements import COLUMNS as ELEMENTS
from surveys.messaging.hours import Nation
from tests.evidence.tabled import answer, contact, make_period
from tests.makers.people import make_service
from tests.pages import faults_of_page


@pytest.fixture
def content(app: Flask) -> PackContent:
    assert app.testing
    make_service()
    tally = answer(answer(Tally(), 30), 10, "very_dissatisfied")
    contact(tally, 60)
    return content_of(make_period(), "Test Council", tally, [], Nation.ENGLAND)


def changed(content: PackContent, *tables: PackTable) -> PackContent:
    ours = {table.name: table for table in tables}
    kept = tuple(table for table in content.tables if table.name not in ours)
    return replace(content, tables=(*kept, *tables))


def made(name: str, columns: Sequence[Column], key: tuple[str, ...], *rows: dict[str, Cell]) -> PackTable:
    return PackTable(name, name, "", tuple(columns), [[row.get(one.name) for one in columns] for row in rows], key)


def shown(content: PackContent, folder: Path) -> BeautifulSoup:
    words = cover_html(folder, content)
    assert faults_of_page(words) == []
    return BeautifulSoup(words, "html5lib")


def section(page: BeautifulSoup, key: str) -> Tag:
    heading = page.find(id=key)
    assert heading is not None
    assert heading.parent is not None
    return heading.parent


def words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def improvement(number: int, title: str, verdict: str, **more: Cell) -> dict[str, Cell]:
    usual: dict[str, Cell] = {"number": number, "service": "parking", "channel": "all", "title": title, "state": "Done"}
    return usual | {"verdict": verdict, "published": "yes", "question": "overall"} | more


def test_improvements_that_made_it_worse_come_first_with_before_and_after(content: PackContent, tmp_path: Path) -> None:
    rates: dict[str, Cell] = {"before": 0.7, "before_base": 50, "after": 0.6, "after_base": 40}
    limits: dict[str, Cell] = {"difference": -10.0, "lower": -28.5, "upper": 9.1}
    table = made(
        "improvements",
        IMPROVEMENTS,
        ("number",),
        improvement(1, "Shorter letters", "Improved"),
        improvement(2, "A new menu <on the phone>", "Worse", **rates, **limits),
        improvement(3, "Longer hours", "not measured", before="[z]", after="[z]"),
    )
    part = section(shown(changed(content, table), tmp_path), "actions")
    titles = [words(card.h4) for card in part.find_all("article")]
    assert titles == ["A new menu <on the phone>", "Longer hours", "Shorter letters"]
    assert "70% of 50 answers" in words(part)
    assert "-10.0 percentage points, 95% interval -28.5 to 9.1" in words(part)


@pytest.mark.parametrize(
    ("verdict", "finding", "told"),
    [
        ("Cannot tell yet", "Cannot tell yet: too few answers.", "Cannot tell yet: too few answers."),
        ("Cannot tell yet", "Cannot tell: the wording changed.", "Cannot tell: the wording changed."),
        ("Improved", "Improved from 61% to 80%.", "Improved from 61% to 80%."),
        ("not measured", "Planned: nothing to compare.", "not measured . Planned: nothing to compare."),
    ],
)
def test_a_verdict_is_told_once(content: PackContent, tmp_path: Path, verdict: str, finding: str, told: str) -> None:
    table = made("improvements", IMPROVEMENTS, ("number",), improvement(1, "A menu", verdict, finding=finding))
    part = section(shown(changed(content, table), tmp_path), "actions")
    assert [words(dt.find_next("dd")) for dt in part.find_all("dt", string="Verdict")] == [told]


def test_critical_quotations_come_before_praise_word_for_word(content: PackContent, tmp_path: Path) -> None:
    columns = next(table for table in content.tables if table.name == "quotations").columns
    usual: dict[str, Cell] = {"service": "parking", "month": "2026-03", "themes": ""}
    table = made(
        "quotations",
        columns,
        ("number",),
        usual | {"number": 1, "sentiment": "pos", "words": "so kind & quick"},
        usual | {"number": 2, "sentiment": "neg", "words": "nobody “rang” back"},
    )
    part = section(shown(changed(content, table), tmp_path), "comments")
    assert [words(quote) for quote in part.find_all("blockquote")] == ["nobody “rang” back", "so kind & quick"]
    assert part.find(attrs={"data-figure": "quotations|2|words"}) is not None


def test_cases_are_told_with_how_soon_they_were_closed(content: PackContent, tmp_path: Path) -> None:
    counts: dict[str, Cell] = {"opened": 40, "closed": 31, "reopened": 2, "first_action_in_time": 0.75}
    table = made("cases", CASES, ("service",), {"service": "all", **counts, "close_days": 3.5})
    part = section(shown(changed(content, table), tmp_path), "actions")
    assert "40 cases were opened" in words(part)
    assert "31 of them are closed" in words(part)
    assert {"75%", "3.5"} <= {words(cell) for cell in part.find_all("td")}


def point(month: str, share: Cell, signals: str = "", **more: Cell) -> dict[str, Cell]:
    usual: dict[str, Cell] = {"level": "service", "service": "parking", "channel": "all", "month": month}
    limits: dict[str, Cell] = {"centre": 0.8, "lower_limit": 0.7, "upper_limit": 0.9}
    told: dict[str, Cell] = {"to_month": month, "share": share, "base": 40, "signals": signals, "counted_from": "pack"}
    return usual | limits | told | more


def test_signals_of_the_period_are_told_in_words_and_drawn_as_squares(content: PackContent, tmp_path: Path) -> None:
    table = made(
        "trend",
        TREND,
        ("level", "service", "channel", "month"),
        point("2025-12", 0.4, "below its usual range"),
        point("2026-01", "[c]"),
        point("2026-02", 0.95, "above its usual range"),
        point("2026-03", 0.5, "below its usual range"),
    )
    part = section(shown(changed(content, table), tmp_path), "trend")
    told = [words(one) for one in part.find("ul").find_all("li")]
    assert [one.split(":")[0] for one in told] == ["Parking, March 2026", "Parking, February 2026"]
    assert "50% of 40 answers; below its usual range" in told[0]
    (chart,) = part.find_all("svg")
    assert len(chart.find_all("rect")) == 3
    assert "January 2026" in words(part.find("figure"))


def test_elements_with_nothing_to_offer_are_named_before_the_others(content: PackContent, tmp_path: Path) -> None:
    usual: dict[str, Cell] = {"standard": "cse", "line": 1, "paraphrase": "It asks.", "value": "[z]", "base": "[z]"}
    usual |= {"lower": "[z]", "upper": "[z]"}
    table = made(
        "elements",
        ELEMENTS,
        ("standard", "code", "line"),
        usual | {"code": "1.1.1", "strength": "supports", "offered": "results", "measure": "Share", "value": 0.75},
        usual | {"code": "1.1.2", "strength": "nothing to offer", "offered": "nothing", "missing": "No data."},
    )
    part = section(shown(changed(content, table), tmp_path), "standards")
    assert words(part.find("h3")) == "Customer Service Excellence"
    assert words(part.find("h3").find_next("p")).startswith("Nothing to offer from these data for 1.1.2")
    first, second = part.find_all("article")
    assert "Share : 75%" in words(first)
    assert second.ul is None


def test_a_table_that_a_pack_lacks_has_no_section(content: PackContent, tmp_path: Path) -> None:
    kept = tuple(table for table in content.tables if table.name not in ("targets", "themes", "cases", "elements"))
    page = shown(replace(content, tables=kept), tmp_path)
    for key in ("targets", "comments", "actions", "standards"):
        assert page.find(id=key) is None
        assert page.find("a", href=f"#{key}") is None
