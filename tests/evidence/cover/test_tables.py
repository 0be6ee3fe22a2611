"""The totals and the plans of a pack are worked out again by verify.py, and every change of them is found."""

import csv
from pathlib import Path

import pytest

from proof.__main__ import verify
from surveys.evidence.figures.tally import Tally
from surveys.evidence.figures.wholes import completeness_table, outcomes_table
from surveys.evidence.files.tables import Column, PackTable
from tests.evidence.made_packs import MadePack
from tests.evidence.tabled import contact, row, rows


def edit(path: Path, line: int, column: str, value: str) -> None:
    """Change one cell; line 0 is the first after the titles."""
    with path.open(encoding="utf-8", newline="") as opened:
        found = list(csv.DictReader(opened))
    found[line][column] = value
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(found[0]))
        writer.writeheader()
        writer.writerows(found)


@pytest.mark.parametrize(
    ("table", "column", "value", "words"),
    [
        ("outcomes", "contacts", "7", "outcomes, selected: it is not what the frame gives"),
        ("outcomes", "share", "0.9", "outcomes, selected: it is not what the frame gives"),
        ("plans", "commitment", "f" * 64, "plans, 2026-03-01: it does not tell what restricted/plans.json has"),
        ("plans", "highest", "0.7", "plans, 2026-03-01: it does not tell what restricted/plans.json has"),
    ],
)
def test_an_edited_total_or_plan_is_found(
    made_pack: MadePack, tmp_path: Path, table: str, column: str, value: str, words: str
) -> None:
    folder = made_pack.copy(tmp_path)
    edit(folder / f"results/{table}.csv", 0, column, value)
    assert words in "\n".join(told.words for told in verify(folder).told)


def test_each_outcome_has_a_row_and_all_of_them_add_up() -> None:
    tally = Tally()
    contact(tally, 3)
    contact(tally, 5, service="libraries")
    table = outcomes_table(tally)
    assert row(table, "not_drawn") == {"outcome": "not_drawn", "contacts": 8, "share": 1.0}
    assert row(table, "opted_out")["contacts"] == 0
    assert row(table, "all")["contacts"] == 8
    assert row(outcomes_table(Tally()), "all")["share"] == "[x]"


def test_completeness_sums_the_days_and_shows_the_gap() -> None:
    control = control_of(("2026-03-01", 10, 8), ("2026-03-02", 10, 12), ("2026-03-03", 20, 16))
    assert rows(completeness_table(control)) == [
        {
            "service": "parking",
            "channel": "phone",
            "days": 3,
            "total": 40,
            "loaded": 36,
            "gap": 4,
            "share": 0.9,
        }
    ]


def control_of(*days: tuple[str, int, int]) -> PackTable:
    """The control table, with the rows of one service and channel."""
    names = ("day", "service", "channel", "total", "loaded", "gap", "source")
    told = [(day, "parking", "phone", total, loaded, total - loaded, "telephony") for day, total, loaded in days]
    return PackTable(
        "control", "", "", tuple(Column(name, name) for name in names), told, ("day", "service", "channel")
    )
