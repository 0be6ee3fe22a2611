"""Writing CSV that is safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

import surveys
from surveys.core.csv_out import CHUNK, csv_response, csv_text, safe

DANGEROUS = ("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "   @x", "＝1", "\u00a0=1")
cells = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
starts = st.sampled_from(["=", "+", "-", "@", "\t", "\r", "\n", " =", "\u00a0+", "＝", "＋", "－", "＠", ""])


def read_back(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("cell", DANGEROUS)
def test_a_cell_that_would_run_as_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert safe(cell) == "'" + cell


@settings(deadline=None)
@given(st.lists(st.tuples(starts, cells), min_size=1, max_size=5))
def test_no_cell_of_text_reads_as_a_formula_and_none_loses_a_letter(parts: list[tuple[str, str]]) -> None:
    row = [start + rest for start, rest in parts]
    (_, told) = read_back("".join(csv_text(["a"], [row])))
    for given_, written in zip(row, told, strict=True):
        assert written in (given_, "'" + given_)
        assert not written.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
        assert written[:1] not in ("\t", "\r", "\n")


@settings(deadline=None)
@given(st.integers() | st.floats(allow_nan=False))
def test_numbers_stay_numbers(number: float) -> None:
    assert safe(number) == number


def test_text_is_written_in_pieces_and_nothing_is_lost_between_them() -> None:
    pieces = list(csv_text(["n", "words"], ((n, "words " * 20) for n in range(2000))))
    assert len(pieces) > 2
    assert all(len(piece) < 2 * CHUNK for piece in pieces)
    assert [int(row[0]) for row in read_back("".join(pieces))[1:]] == list(range(2000))


def test_rows_are_fetched_while_the_download_is_written(app: Flask) -> None:
    fetched = 0

    def lines() -> Iterator[tuple[str]]:
        nonlocal fetched
        for _ in range(10_000):
            fetched += 1
            yield ("x" * 100,)

    with app.test_request_context():
        response = csv_response("some.csv", ["a"], lines())
        next(iter(response.response))
        assert 0 < fetched < 2000
        response.close()
    assert response.headers["Content-Disposition"] == 'attachment; filename="some.csv"'


def test_nothing_else_in_the_program_writes_csv() -> None:
    """So that every export is safe: the writer stands in one place. The demo writes files for our own intake only."""
    folder = Path(surveys.__file__).parent
    modules = [file for file in folder.rglob("*.py") if "demo" not in file.parts]
    assert [file.name for file in modules if "csv.writer" in file.read_text()] == ["csv_out.py"]
