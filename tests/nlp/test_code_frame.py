import pytest

from nlp.code_frame import NO_CONTENT, CodeFrame, Label, code_frame, read_code_frame

FIFTEEN = 15


def test_every_label_of_the_frame_says_what_it_means_with_three_examples_and_near_misses() -> None:
    labels = code_frame().labels
    assert len(labels) == FIFTEEN
    assert [label.name for label in labels if not label.definition or len(label.examples) < 3] == []
    assert [label.name for label in labels if not label.near_misses] == []


def test_the_label_that_is_set_by_rule_is_not_learned() -> None:
    assert set(code_frame().names) - set(code_frame().topics) == {NO_CONTENT}


def test_a_frame_has_each_name_once() -> None:
    one = Label("noise", "Noise", "Noise at night")
    with pytest.raises(ValueError, match="once"):
        CodeFrame(1, (one, one))


@pytest.mark.parametrize("name", ["Noise", "noise at night", "", "9lives"])
def test_a_name_is_for_programs(name: str) -> None:
    with pytest.raises(ValueError, match="small letters"):
        Label(name, "Noise", "Noise at night")


@pytest.mark.parametrize("written", [{}, {"version": 1, "labels": [{"name": "noise"}]}, {"version": 1, "labels": None}])
def test_what_is_not_a_code_frame_is_refused_in_words(written: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not a code frame"):
        read_code_frame(written)
