"""The same figures wherever they stand: on the cover page and in both workbooks they are those of the CSV files."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from proof.folder import Field, Pack, Resource, Unreadable
from proof.report import Report

COVER, WORKBOOKS = "Cover page", "Workbooks"
MARK = re.compile(r"\[[a-z]+\]")
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINKED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
# Past the last cell an empty one may say that it stands for thousands.
MOST_REPEATED = 200
Cells = list[str]


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

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        figure = dict(attrs).get("data-figure")
        if figure:
            self.open.append((tag, figure))
            self.found.append((figure, ""))

    def handle_data(self, data: str) -> None:
        if self.open:
            figure, words = self.found[-1]
            self.found[-1] = (figure, words + data)

    def handle_endtag(self, tag: str) -> None:
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
    if not page.found:
        report.fails(COVER, "it shows no figures")
    report.settle(COVER, before, f"its {len(page.found):,} figures are those of the tables")
    report.cannot(COVER, "its words between the figures, and the PDF: only MANIFEST and its signature stand for them")


def check_workbooks(pack: Pack, report: Report) -> None:
    before, cells = len(report.told), 0
    for name, read in (("results.xlsx", xlsx_sheets), ("results.ods", ods_sheets)):
        sheets = dict(read(pack, name))
        for resource in pack.resources.values():
            if not resource.path.startswith("results/"):
                continue
            if resource.name not in sheets:
                report.fails(WORKBOOKS, f"{name} has no sheet {resource.name}")
                continue
            cells += check_sheet(pack, name, resource, sheets[resource.name], report)
    report.settle(WORKBOOKS, before, f"the {cells:,} cells of both are those of the CSV files")


def check_sheet(pack: Pack, name: str, resource: Resource, sheet: list[Cells], report: Report) -> int:
    """Returns how many cells were compared."""
    titles = [one.title for one in resource.fields]
    start = next((at for at, cells in enumerate(sheet) if cells[: len(titles)] == titles), None)
    if start is None:
        report.fails(WORKBOOKS, f"{name}, sheet {resource.name}: no line has the titles of its columns")
        return 0
    told = [cells[: len(titles)] for cells in sheet[start + 1 :] if any(cells)]
    rows = [[row[one.name] for one in resource.fields] for row in pack.rows(resource.path)]
    if len(told) != len(rows):
        report.fails(WORKBOOKS, f"{name}, sheet {resource.name}: {len(told)} rows, and the CSV file has {len(rows)}")
        return 0
    for line, (cells, row) in enumerate(zip(told, rows, strict=True), start + 2):
        for cell, value, one in zip(cells + [""] * (len(titles) - len(cells)), row, resource.fields, strict=True):
            if not same(cell, value, one):
                report.fails(
                    WORKBOOKS, f"{name}, sheet {resource.name}, line {line}, {one.title}: {cell!r}, not {value!r}"
                )
    return len(rows) * len(titles)


def same(cell: str, value: str, column: Field) -> bool:
    if column.datatype in ("integer", "number") and value and not MARK.fullmatch(value):
        try:
            return abs(float(cell) - float(value)) <= 1e-9
        except ValueError:
            return False
    return cell.strip() == value.strip()


def opened(pack: Pack, name: str) -> ZipFile:
    try:
        return ZipFile(pack.folder / name)
    except (OSError, BadZipFile) as wrong:
        raise Unreadable(f"{name} cannot be opened: {type(wrong).__name__}") from wrong


def part(archive: ZipFile, name: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(archive.read(name))  # noqa: S314  # the council's own file; no entities wanted
    except (KeyError, ElementTree.ParseError) as wrong:
        raise Unreadable(f"{archive.filename}: its part {name} cannot be read") from wrong


def xlsx_sheets(pack: Pack, name: str) -> Iterator[tuple[str, list[Cells]]]:
    with opened(pack, name) as archive:
        shared = []
        if "xl/sharedStrings.xml" in archive.namelist():
            shared = ["".join(item.itertext()) for item in part(archive, "xl/sharedStrings.xml")]
        links = {one.get("Id"): one.get("Target", "") for one in part(archive, "xl/_rels/workbook.xml.rels")}
        for sheet in part(archive, "xl/workbook.xml").iter(f"{SHEET}sheet"):
            target = links[sheet.get(LINKED)].removeprefix("/xl/")
            yield (
                sheet.get("name", ""),
                [xlsx_cells(row, shared) for row in part(archive, f"xl/{target}").iter(f"{SHEET}row")],
            )


def xlsx_cells(row: ElementTree.Element, shared: list[str]) -> Cells:
    cells: Cells = []
    for cell in row.iter(f"{SHEET}c"):
        at = column_of(cell.get("r", "A"))
        cells += [""] * (at - len(cells))
        value = cell.find(f"{SHEET}v")
        words = (value.text or "") if value is not None else "".join(cell.itertext())
        cells.append(shared[int(words)] if cell.get("t") == "s" else words)
    return cells


def column_of(reference: str) -> int:
    """0 for A1, 26 for AA9."""
    number = 0
    for letter in re.sub(r"\d", "", reference):
        number = number * 26 + ord(letter) - 64
    return number - 1


def ods_sheets(pack: Pack, name: str) -> Iterator[tuple[str, list[Cells]]]:
    with opened(pack, name) as archive:
        for table in part(archive, "content.xml").iter(f"{TABLE}table"):
            yield table.get(f"{TABLE}name", ""), [ods_cells(row) for row in table.iter(f"{TABLE}table-row")]


def ods_cells(row: ElementTree.Element) -> Cells:
    cells: Cells = []
    for cell in row.iter(f"{TABLE}table-cell"):
        number = cell.get(f"{OFFICE}value")
        words = number if number is not None else "\n".join("".join(p.itertext()) for p in cell.iter(f"{TEXT}p"))
        times = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
        cells += [words] * min(times, MOST_REPEATED)
    return cells
