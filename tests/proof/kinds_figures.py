"""Tampering with figures where they stand: tables, the cover page and both workbooks."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.proof.edits import (
    ABOUT,
    PAGE,
    RESULTS,
    change_json,
    change_part,
    change_row,
    change_words,
    drop_row,
    read_rows,
    write_rows,
)
from tests.proof.kinds import Kind, careful, clumsy

FIGURES, COVER, WORKBOOKS, DERIVED = "Figures", "Cover page", "Workbooks", "Other tables"
PARKING = {"level": "service", "service": "parking"}
HIDDEN = {"level": "service_channel", "base": "[c]"}
ALL_HIDDEN = dict.fromkeys(("satisfied", "base", "do_not_know", "share", "lower", "upper", "mark"), "[c]")
SHARE = r'(data-figure="results\|service\|parking\|all\|all\|share"[^>]*>)[^<]+'
SHEET = "xl/worksheets/sheet4.xml"


def edit(name: str, where: Mapping[str, str], change: Mapping[str, str]) -> Any:
    return lambda pack: change_row(pack, name, where, change)


def widen(pack: Path) -> None:
    edit(RESULTS, PARKING, {"lower": "0.100000", "upper": "0.600000"})(pack)


def tell_twice(pack: Path) -> None:
    """The reader meets the false row first, and a program that keeps the last one sees nothing."""
    rows = read_rows(pack, RESULTS)
    at = next(number for number, row in enumerate(rows) if row.items() >= PARKING.items())
    rows.insert(at, rows[at] | {"share": "0.910000"})
    write_rows(pack, RESULTS, rows)


def lead_away(pack: Path) -> None:
    """The description leads to the true table, and the reader finds another under its name."""
    true = (pack / RESULTS).read_bytes()
    edit(RESULTS, PARKING, {"share": "0.910000"})(pack)
    (pack / "results/true.csv").write_bytes(true)

    def lead(package: Any) -> None:
        next(one for one in package["resources"] if one["name"] == "results")["path"] = "results/true.csv"

    change_json(pack, "datapackage.json", lead)


def tell_apart_by_share(pack: Path) -> None:
    def tell(package: Any) -> None:
        schema = next(one for one in package["resources"] if one["name"] == "weights")["schema"]
        schema["primaryKey"] = ["of", "service", "channel", "answers"]

    change_json(pack, "datapackage.json", tell)


def leave_out_stratum(pack: Path) -> None:
    drop_row(pack, "results/weights.csv", {"of": "all", "service": "parking", "channel": "phone"})


def unmark(pack: Path) -> None:
    """The figure stands there without saying whose it is."""
    change_words(pack, PAGE, r' data-figure="results\|service\|parking\|all\|all\|share"([^>]*)>[^<]+', r"\1>91%")


def count_more(pack: Path) -> None:
    row = read_rows(pack, "restricted/groups.csv")[0]
    change_row(pack, "restricted/groups.csv", row, {"count": "500"})


def begin(day: str) -> Any:
    return lambda pack: change_json(pack, ABOUT, lambda about: about["period"].update(starts_on=day))


KINDS: Sequence[Kind] = (
    clumsy("A figure is edited in a CSV file", edit(RESULTS, PARKING, {"share": "0.91"}), "Files", f"{RESULTS} is not"),
    careful("A share is edited in a CSV file", edit(RESULTS, PARKING, {"share": "0.91"}), FIGURES, "told as 0.91"),
    careful("A count is edited", edit(RESULTS, PARKING, {"satisfied": "30"}), FIGURES, "'30'"),
    careful("An interval is widened", widen, FIGURES, "lower is told as 0.100000"),
    careful("A row is told twice, falsely first", tell_twice, "Reading", "two rows for service / parking"),
    careful("The description leads to another table", lead_away, "Reading", "leads away from results/results.csv"),
    careful("The description tells rows apart otherwise", tell_apart_by_share, DERIVED, "the rows of weights"),
    careful("A hidden cell is filled in", edit(RESULTS, HIDDEN, {"base": "9", "satisfied": "9"}), FIGURES, "counted"),
    careful(
        "A hidden rate is filled in", edit(RESULTS, HIDDEN, {"share": "0.99"}), FIGURES, "a part of a hidden figure"
    ),
    careful("A bad figure is hidden", edit(RESULTS, PARKING, ALL_HIDDEN), FIGURES, "the others give it away"),
    careful("A service is left out", lambda p: drop_row(p, RESULTS, PARKING), FIGURES, "no row for service / parking"),
    careful(
        "A month is left out",
        lambda p: drop_row(p, RESULTS, {"level": "month", "month": "2026-03"}),
        FIGURES,
        "no row for month / all / all / 2026-03",
    ),
    careful("A weight is edited", edit("results/weights.csv", {"of": "all"}, {"contacts": "1"}), FIGURES, "weights"),
    careful("A cell is left out of the weights", leave_out_stratum, FIGURES, "parking / phone is left out"),
    careful(
        "The weighted rate is edited",
        edit("results/weighted.csv", {"of": "all"}, {"share": "0.9"}),
        FIGURES,
        "weighted",
    ),
    careful("A group is counted beyond all answers", count_more, FIGURES, "of them answered"),
    careful(
        "Kiosk answers are told otherwise",
        edit("results/undrawn.csv", {"mode": "kiosk"}, {"satisfied": "1"}),
        FIGURES,
        "undrawn, libraries / kiosk",
    ),
    careful(
        "A month of the trend is edited",
        edit("results/trend.csv", {"level": "whole", "month": "2026-03"}, {"satisfied": "38", "share": "1.0"}),
        DERIVED,
        "trend, whole / all / all / 2026-03",
    ),
    careful(
        "Fewer are told as unreachable",
        edit("results/outcomes.csv", {"outcome": "unreachable"}, {"contacts": "1"}),
        FIGURES,
        "outcomes, unreachable",
    ),
    careful(
        "A plan is told at another rate",
        edit("results/plans.csv", {"in_time": "yes"}, {"highest": "1.0"}),
        FIGURES,
        "plans, 2026-02-01: it does not tell",
    ),
    careful(
        "A figure is edited on the cover page", lambda p: change_words(p, PAGE, SHARE, r"\g<1>91%"), COVER, "'91%'"
    ),
    careful("A figure of the cover page loses its name", unmark, COVER, "it shows 91%, and does not say of what"),
    careful(
        "A figure is edited in the XLSX workbook",
        lambda p: change_part(p, "results.xlsx", SHEET, r"<v>0\.\d+</v>", "<v>0.91</v>"),
        WORKBOOKS,
        "results.xlsx, sheet results, line",
    ),
    careful(
        "A formula is put into the XLSX workbook",
        lambda p: change_part(p, "results.xlsx", SHEET, r"(<v>0\.\d+</v>)", r"<f>91/100</f>\1"),
        WORKBOOKS,
        "'=91/100'",
    ),
    careful(
        "A row is hidden in the XLSX workbook",
        lambda p: change_part(p, "results.xlsx", SHEET, r'<row r="20"', '<row r="20" hidden="1"'),
        WORKBOOKS,
        "rows, and the CSV file has",
    ),
    careful(
        "A figure is edited in the ODS workbook",
        lambda p: change_part(p, "results.ods", "content.xml", r'office:value="0\.\d+"', 'office:value="0.91"'),
        WORKBOOKS,
        "results.ods, sheet results, line",
    ),
    careful("The period is told as shorter", begin("2026-03-01"), "Period", "are of days outside 2026-03-01"),
    careful("The period is told as longer", begin("2026-01-01"), "Answers as sealed", ": 0 of 2026-01 are here"),
)
