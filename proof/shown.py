"""The same figures wherever they stand: those of the cover page are cells of the CSV files."""

import re
from html.parser import HTMLParser

from proof.folder import Field, Pack
from proof.report import Report

COVER = "Cover page"
MARK = re.compile(r"\[[a-z]+\]")
PERCENTAGE = re.compile(r"\d[\d,.]*%")
# Percentages of the method, and places whose words are drawn, styled or a resident's own.
OF_THE_METHOD = {"95%"}
APART = ("svg", "style", "blockquote", "title")


def formatted(value: str, column: Field) -> str:
    """A cell as the cover page writes it: whole percentages (halves up), thousands with commas, marks as they are."""
    if not value or MARK.fullmatch(value):
        return value
    if column.share:
        return f"{int(float(value) * 100 + 0.5)}%"
    if column.datatype == "integer":
        return f"{int(value):,}"
    return f"{float(value):,.1f}" if column.datatype == "number" else value


class Figures(HTMLParser):
    """Every element that says which figure it shows, by data-figure="table|key|...|column", with its words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.open: list[tuple[str, str]] = []
        self.apart = 0
        self.unmarked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.apart += tag in APART
        figure = dict(attrs).get("data-figure")
        if figure:
            self.open.append((tag, figure))
            self.found.append((figure, ""))

    def handle_data(self, data: str) -> None:
        if self.open:
            figure, words = self.found[-1]
            self.found[-1] = (figure, words + data)
        elif not self.apart:
            self.unmarked += [words for words in PERCENTAGE.findall(data) if words not in OF_THE_METHOD]

    def handle_endtag(self, tag: str) -> None:
        self.apart -= tag in APART
        if self.open and self.open[-1][0] == tag:
            self.open.pop()


def check_cover(pack: Pack, report: Report) -> None:
    before, page = len(report.told), Figures()
    page.feed(pack.text("index.html"))
    tables = {
        name: pack.table(name) for name in {figure.split("|")[0] for figure, _ in page.found} & pack.resources.keys()
    }
    for figure, words in page.found:
        name, *key, column = figure.split("|")
        fields = {one.name: one for one in pack.resources[name].fields} if name in tables else {}
        row = tables.get(name, {}).get(tuple(key))
        if row is None or column not in fields:
            report.fails(COVER, f"it shows a figure that no table has: {figure}")
        elif words.strip() != formatted(row[column], fields[column]):
            report.fails(
                COVER, f"{figure} is shown as {words.strip()!r} and is {formatted(row[column], fields[column])!r}"
            )
    for words in page.unmarked:
        report.fails(COVER, f"it shows {words}, and does not say of what: every figure names its cell")
    if not page.found:
        report.fails(COVER, "it shows no figures")
    report.settle(COVER, before, f"its {len(page.found):,} figures are those of the tables")
    report.cannot(COVER, "its words between the figures, and the PDF: only MANIFEST and its signature stand for them")
