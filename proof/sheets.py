"""The cells of a workbook as words, sheet by sheet: XLSX and ODS by the standard library alone.

What a reader would not see, such as a hidden row, is left out, and a formula is told as what it is.
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from proof.folder import Pack, Unreadable

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINKED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
UNSET = ("0", "false")
# Past the last cell an empty one may say that it stands for thousands.
MOST_REPEATED = 200
Cells = list[str]


def opened(pack: Pack, name: str) -> ZipFile:
    try:
        archive = ZipFile(pack.folder / name)
    except (OSError, BadZipFile) as wrong:
        raise Unreadable(f"{name} cannot be opened: {type(wrong).__name__}") from wrong
    parts = archive.namelist()
    if len(parts) != len({*parts}):
        # One program reads the first, another the last.
        raise Unreadable(f"{name} has two parts of one name")
    return archive


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
            if sheet.get("state", "visible") != "visible":
                continue
            target = links[sheet.get(LINKED)].removeprefix("/xl/")
            yield (
                sheet.get("name", ""),
                [
                    xlsx_cells(row, shared)
                    for row in part(archive, f"xl/{target}").iter(f"{SHEET}row")
                    if row.get("hidden", "0") in UNSET
                ],
            )


def xlsx_cells(row: ElementTree.Element, shared: list[str]) -> Cells:
    cells: Cells = []
    for cell in row.iter(f"{SHEET}c"):
        at = column_of(cell.get("r", "A"))
        cells += [""] * (at - len(cells))
        value, formula = cell.find(f"{SHEET}v"), cell.find(f"{SHEET}f")
        if formula is not None:
            words = f"={formula.text}"
        elif cell.get("t") == "inlineStr" or value is None:
            words = "".join(cell.itertext())
        else:
            words = value.text or ""
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
            yield (
                table.get(f"{TABLE}name", ""),
                [
                    ods_cells(row)
                    for row in table.iter(f"{TABLE}table-row")
                    if row.get(f"{TABLE}visibility", "visible") == "visible"
                ],
            )


def ods_cells(row: ElementTree.Element) -> Cells:
    cells: Cells = []
    for cell in row.iter(f"{TABLE}table-cell"):
        number = cell.get(f"{TABLE}formula", cell.get(f"{OFFICE}value"))
        words = number if number is not None else "\n".join("".join(p.itertext()) for p in cell.iter(f"{TEXT}p"))
        times = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
        cells += [words] * min(times, MOST_REPEATED)
    return cells
