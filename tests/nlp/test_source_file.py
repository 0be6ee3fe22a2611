import csv
import json
from pathlib import Path

import pytest

from nlp.__main__ import main
from nlp.base import read_base
from nlp.source_file import NotReadable, groups_of, read_source
from tests.nlp.made_source import HEADER, made_rows, write_source


def test_a_source_is_read_with_ratings_labels_and_services_in_shape(tmp_path: Path) -> None:
    row = dict(made_rows()[0], text="Kind, [name redacted] was", rating_1good_5bad="7", service="Big\u00a0 Town ")
    source = read_source(write_source(tmp_path, [row]))
    (example,) = source.examples
    assert example.comment.text == "Kind, [NAME] was"
    assert example.comment.rating is None
    assert source.service == ("Big Town",)
    assert example.labels == {"waiting_time"}


def test_the_comments_of_a_source_go_through_redaction(tmp_path: Path) -> None:
    row = dict(made_rows()[0], text="Ring me on 07700 900123")
    (example,) = read_source(write_source(tmp_path, [row])).examples
    assert example.comment.text == "Ring me on [PHONE]"


def test_rows_linked_by_respondent_or_words_are_one_group() -> None:
    group = groups_of(["a", "a", "b", "c", "d"], ["x", "y", "y", "z", "w"])
    assert group[0] == group[1] == group[2]
    assert len({group[0], group[3], group[4]}) == 3


def test_a_file_without_the_columns_is_refused_by_their_names(tmp_path: Path) -> None:
    path = tmp_path / "source.csv"
    path.write_text(",".join(name for name in HEADER if name != "respondent") + "\n")
    with pytest.raises(NotReadable, match="no column respondent"):
        read_source(path)


def test_a_row_that_cannot_be_read_is_told_by_its_line(tmp_path: Path) -> None:
    rows = [made_rows()[0], dict(made_rows()[1], sentiment3="cross")]
    with pytest.raises(NotReadable, match="line 3"):
        read_source(write_source(tmp_path, rows))


def test_a_missing_file_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match="give the path of the labelled comments"):
        read_source(tmp_path / "absent.csv")


def test_the_base_made_from_a_source_has_none_of_its_words(tmp_path: Path) -> None:
    path = write_source(tmp_path, made_rows())
    main(["base", "--from", str(path), "--into", str(tmp_path / "base")])
    assert len(read_base(tmp_path / "base")) == len(made_rows())
    manifest = json.loads((tmp_path / "base" / "base.json").read_text())
    assert (manifest["licence"], manifest["copyright"]) == ("MIT", "(c) 2021 NHS England")
    kept = b"".join(made.read_bytes() for made in (tmp_path / "base").iterdir())
    with path.open(newline="") as file:
        assert not [row["text"] for row in csv.DictReader(file) if row["text"].encode() in kept]
