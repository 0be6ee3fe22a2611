"""Reading other people's CSV files."""

import csv
import hashlib
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.core import csv_in
from surveys.core.refusals import Refused


def written(folder: Path, content: str, encoding: str = "utf-8") -> Path:
    path = folder / "some.csv"
    path.write_bytes(content.encode(encoding))
    return path


def read(path: Path) -> list[tuple[int, list[str]]]:
    return list(csv_in.rows(path, csv_in.inspect(path)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encoding_separator_and_newline_are_found_out(tmp_path: Path, encoding: str, separator: str, end: str) -> None:
    lines = ["reference", "what"], ["1", "café"], ["2", "£5"]
    path = written(tmp_path, end.join(separator.join(line) for line in lines) + end, encoding)
    assert read(path) == [(2, ["1", "café"]), (3, ["2", "£5"])]


def test_a_row_is_told_by_the_line_on_which_it_begins(tmp_path: Path) -> None:
    path = written(tmp_path, 'a,b\n\n1,"two\nlines"\n , \n2,x\n')
    assert read(path) == [(3, ["1", "two\nlines"]), (6, ["2", "x"])]


def test_blank_lines_before_the_header_are_passed_over(tmp_path: Path) -> None:
    assert read(written(tmp_path, " \n;;\n\na;b\n1;2\n")) == [(5, ["1", "2"])]


def test_a_header_name_is_one_line_that_shows_all_it_holds(tmp_path: Path) -> None:
    path = written(tmp_path, "\x1b[2J  the\u202e  ref\u200b,b\n1,2\n")
    assert csv_in.inspect(path).header == ("[2J the ref", "b")


def test_the_fingerprint_and_the_count_of_lines_are_those_of_the_bytes(tmp_path: Path) -> None:
    shape = csv_in.inspect(written(tmp_path, "a,b\n1,2\n"))
    assert (shape.size, shape.lines) == (8, 2)
    assert shape.sha256 == hashlib.sha256(b"a,b\n1,2\n").hexdigest()


def test_an_open_quotation_mark_is_told_by_the_line_on_which_it_opens(tmp_path: Path) -> None:
    path = written(tmp_path, 'a,b\n1,2\n3,"4\n' + "5,6\n" * 500)
    with pytest.raises(Refused, match=r"^Line 3: a quotation mark is opened and not closed"):
        read(path)


@pytest.mark.parametrize("size", [csv_in.BLOCK - 1, csv_in.BLOCK, csv_in.BLOCK + 1])
def test_a_letter_cut_by_the_end_of_a_block_is_whole_again(tmp_path: Path, size: int) -> None:
    filler = ("x" * 60 + ",y\n") * (size // 64)
    path = written(tmp_path, filler[: size - 1] + "é" + filler)
    assert csv_in.inspect(path).encoding == "utf-8"
    assert sum("é" in "".join(fields) for _, fields in read(path)) == 1


@pytest.mark.parametrize("before", [0, 1, csv_in.BLOCK // 2, csv_in.BLOCK - 100])
def test_a_line_beyond_the_limit_is_refused_wherever_it_stands(tmp_path: Path, before: int) -> None:
    path = written(tmp_path, "a,b\n" + "x\n" * (before // 2) + "y" * 140_000 + "\nz\n")
    with pytest.raises(Refused, match="longer than 64 KB"):
        csv_in.inspect(path)


def test_long_lines_within_the_limit_are_read_over_many_blocks(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\n" + ("x" * 60_000 + ",y\n") * 60)
    assert len(read(path)) == 60


def test_a_file_with_old_newlines_and_one_new_one_at_its_end_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\r" + "1,2\r" * 60_000 + "3,4\n")
    assert len(read(path)) == 60_001


plain = st.text(st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=("Cs",)), max_size=12)


@settings(deadline=None)
@given(st.lists(st.tuples(plain, plain), min_size=1, max_size=8), st.sampled_from(["utf-8-sig", "utf-16"]))
def test_whatever_a_csv_writer_wrote_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, str]], encoding: str
) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerows([("a", "b"), *lines])
    path = written(tmp_path_factory.mktemp("csv"), buffer.getvalue(), encoding)
    told = [fields for _, fields in read(path)]
    assert told == [list(line) for line in lines if not csv_in.is_blank(line)]
