"""Both workbooks have the cells of the CSV files, and their charts are drawn from such cells."""

from collections.abc import Sequence

from proof.folder import Field, Pack, Resource, Row
from proof.report import Report
from proof.sheets import Cells, ods_sheets, xlsx_sheets
from proof.shown import MARK

WORKBOOKS = "Workbooks"
# What each chart's sheet is drawn from: the rows of one level, of the first table that the pack has.
CHARTS = {
    "chart_services": (("results", "service", "service"),),
    "chart_months": (("trend", "whole", "month"), ("results", "month", "month")),
}
# Lengths of a chart's interval bars: which two columns they are the difference of.
LENGTHS = {
    "From the share down to the lower end": ("share", "lower"),
    "From the share up to the upper end": ("upper", "share"),
}
SHARE = "share"


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
        for chart, sources in CHARTS.items():
            found = next((source for source in sources if source[0] in pack.resources), None)
            if found:
                wrong = chart_faults(pack, sheets.get(chart, []), *found)
                report_all(report, [f"{name}, sheet {chart}: {words}" for words in wrong])
    report.settle(WORKBOOKS, before, f"the {cells:,} cells of both are those of the CSV files")
    report.cannot(WORKBOOKS, "the words about their charts: only MANIFEST and its signature stand for them")


def report_all(report: Report, faults: Sequence[str]) -> None:
    for words in faults:
        report.fails(WORKBOOKS, words)


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


def chart_faults(pack: Pack, sheet: list[Cells], table: str, level: str, key: str) -> list[str]:
    """What is wrong with the figures of a chart: one that the table has not, or one of the table that is left out."""
    resource = pack.resources[table]
    fields = {one.title: one for one in resource.fields}
    source = {row[key]: row for row in pack.rows(resource.path) if row["level"] == level}
    start = next((at for at, cells in enumerate(sheet) if {"Share satisfied", titled(resource, key)} <= {*cells}), None)
    wanted = {code for code, row in source.items() if not MARK.fullmatch(row[SHARE])}
    if start is None:
        return ["no line has the titles of its columns"] if wanted else []
    titles, found, faults = sheet[start], set(), []
    for cells in filter(any, sheet[start + 1 :]):
        told = dict(zip(titles, cells + [""] * len(titles), strict=False))
        code = told[titled(resource, key)]
        found.add(code)
        if code not in source:
            faults.append(f"{code} is no {key} of the table {table}")
        elif not all(drawn(told[title], source[code], fields.get(title), title) for title in titles):
            faults.append(f"{code} is not drawn as the table {table} has it")
    return faults + [f"{code} is left out" for code in sorted(wanted - found)]


def titled(resource: Resource, name: str) -> str:
    return next(field.title for field in resource.fields if field.name == name)


def drawn(cell: str, row: Row, column: Field | None, title: str) -> bool:
    """Is a cell of a chart's sheet what its table has? Marks are not drawn. Words that no table has are names."""
    if title in LENGTHS:
        longer, shorter = LENGTHS[title]
        length = number(cell)
        return length is not None and abs(length - float(row[longer]) + float(row[shorter])) <= 1e-9
    if column is None:
        return number(cell) is None
    value = row[column.name]
    return not cell if MARK.fullmatch(value) else same(cell, value, column)


def number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None
