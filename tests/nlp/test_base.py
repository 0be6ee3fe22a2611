"""The base that comes with the program, and how one is packed."""

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nlp.base import FOLDER, base, fitting, packed, read_base, shared_by_groups, unpacked, write_base
from nlp.comments import Comment, Example, Question, Sentiment
from nlp.council import council_examples
from nlp.faults import NotUsable
from nlp.features import COLUMNS
from nlp.source_file import LABELS
from nlp.training import Rows, joined, rows_of_examples

SAID = ("the damp is back", "damp in the hall", "the hall is cold", "", "cold cold cold")


def some_rows() -> Rows:
    examples = [Example(Comment(text, Question.WHAT_GOOD, 4), frozenset({"a"}), Sentiment.NEG) for text in SAID]
    return rows_of_examples(examples, ("a", "b"))


def test_the_base_of_the_program_fits_the_program_and_has_the_labels_of_its_source() -> None:
    rows = base()
    assert len(rows) == 3440
    assert rows.labels == LABELS
    assert rows.counts.shape == (3440, COLUMNS)
    assert rows.targets.sum(axis=0).min() == 48
    assert json.loads((FOLDER / "base.json").read_text())["licence"] == "MIT"


def test_the_base_holds_numbers_only_and_is_small() -> None:
    with np.load(FOLDER / "base.npz", allow_pickle=False) as arrays:
        assert all(arrays[name].dtype.kind in "fiu" for name in arrays.files)
    assert (FOLDER / "base.npz").stat().st_size < 3_000_000


def test_every_feature_of_the_base_is_shared_by_two_groups() -> None:
    rows = base()
    assert shared_by_groups(rows).nnz == rows.counts.nnz > 500_000


def test_a_feature_of_one_group_alone_is_left_out() -> None:
    rows = some_rows()
    of_one = replace(rows, group=np.zeros(len(rows), np.int32))
    assert shared_by_groups(rows).nnz > 0
    assert shared_by_groups(of_one).nnz == 0


def test_counts_come_back_as_they_were_packed() -> None:
    counts = some_rows().counts
    assert (unpacked(packed(counts), len(SAID)) != counts).nnz == 0


def test_a_base_comes_back_as_it_was_written_byte_for_byte(tmp_path: Path) -> None:
    rows = some_rows()
    write_base(tmp_path, rows, {"licence": "ours"})
    first = [(path.name, path.read_bytes()) for path in sorted(tmp_path.iterdir())]
    back = read_base(tmp_path)
    assert (back.counts != shared_by_groups(rows)).nnz == 0
    assert np.array_equal(back.tone, rows.tone)
    assert np.array_equal(back.targets, rows.targets)
    write_base(tmp_path, back, {"licence": "ours"})
    assert first == [(path.name, path.read_bytes()) for path in sorted(tmp_path.iterdir())]


@pytest.mark.parametrize("key", sorted(fitting()))
def test_a_base_made_with_other_features_is_refused(tmp_path: Path, key: str) -> None:
    write_base(tmp_path, some_rows(), {})
    manifest = json.loads((tmp_path / "base.json").read_text())
    (tmp_path / "base.json").write_text(json.dumps(manifest | {key: 0}))
    with pytest.raises(NotUsable, match=f"another {key}: make it again"):
        read_base(tmp_path)


def test_joining_keeps_groups_apart_and_the_labels_of_the_first() -> None:
    one = some_rows()
    both = joined(one, one.under(("b", "c")))
    assert both.labels == ("a", "b")
    assert both.targets[:, 0].tolist() == [1] * len(SAID) + [0] * len(SAID)
    assert not set(both.group[: len(SAID)]) & set(both.group[len(SAID) :])


def test_the_same_words_are_one_group() -> None:
    examples = [Example(Comment(text), frozenset()) for text in ("Good", "Bad", "Good")]
    group = rows_of_examples(examples, ()).group
    assert group[0] == group[2] != group[1]


def test_our_council_comments_are_many_each_once_and_under_known_labels() -> None:
    examples = council_examples()
    keys = {(example.comment.question, example.comment.text.lower()) for example in examples}
    assert len(keys) == len(examples) >= 400
    used = [label for example in examples for label in example.labels]
    assert min(used.count(label) for label in ("website_digital", "policy_decision", "resources_charges")) >= 60
    assert not [example for example in examples if example.sentiment is None or not example.labels]


def test_our_council_comments_have_no_personal_data() -> None:
    contact = re.compile(r"@|\b0\d{9,10}\b|\b[A-Z]{1,2}\d{1,2}[A-Z]? ?\d[A-Z]{2}\b")
    assert [example.comment.text for example in council_examples() if contact.search(example.comment.text)] == []
