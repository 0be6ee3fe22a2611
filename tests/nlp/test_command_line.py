"""python -m nlp, as other programs use it."""

import json
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from nlp.__main__ import main
from nlp.code_frame import code_frame
from nlp.lines import AT_ONCE
from nlp.model_files import load_model, save_model
from tests.nlp.trained import no_base, small_model

KEYS = ["labels", "probabilities", "sentiment", "urgency", "language", "redacted", "found"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("model")
    save_model(small_model(), made)
    return made


def written(tmp_path: Path, *lines: object) -> Path:
    path = tmp_path / "lines.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


def predicted(folder: Path, path: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    main(["predict", "--model", str(folder), str(path)])
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_comment_comes_out_redacted_and_understood(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "The website lost my form. Ring me on 07700 900123."
    (line,) = predicted(folder, written(tmp_path, {"text": text, "question": "could_improve", "rating": 5}), capsys)
    assert list(line) == KEYS
    assert "website_digital" in line["labels"]
    assert list(line["probabilities"]) == list(code_frame().names)
    assert line["redacted"] == "The website lost my form. Ring me on [PHONE]."
    assert line["found"] == [{"kind": "PHONE", "start": 37, "end": 49}]
    assert line["sentiment"] in {"neg", "neutral_mixed", "pos"}
    assert line["urgency"] == []


def test_predictions_come_in_order_over_many_batches(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = [f"bin {number} was missed" for number in range(2 * AT_ONCE + 1)]
    found = predicted(folder, written(tmp_path, *({"text": text} for text in texts)), capsys)
    assert [line["redacted"] for line in found] == texts


def test_question_and_rating_may_be_left_out_or_null(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare, null = predicted(
        folder, written(tmp_path, {"text": "slow"}, "", {"text": "slow", "question": None, "rating": None}), capsys
    )
    assert bare == null


def test_a_comment_in_welsh_is_marked_and_not_classified(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (line,) = predicted(folder, written(tmp_path, {"text": "Diolch yn fawr, gwasanaeth da iawn"}), capsys)
    assert (line["language"], line["labels"], line["sentiment"]) == ("cy", [], None)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "this is not JSON"),
        ("[1]", "this is not a JSON object"),
        ({"words": "slow"}, "text is missing"),
        ({"text": 7}, "text is missing or is not a string"),
        ({"text": "slow", "question": "why"}, "question is one of what_good, could_improve, nonspecific, not 'why'"),
        ({"text": "slow", "question": ["what_good"]}, "question is one of"),
        ({"text": "slow", "rating": 6}, "rating is a whole number from 1"),
        ({"text": "slow", "rating": 2.5}, "rating is a whole number from 1"),
        ({"text": "slow", "rating": True}, "rating is a whole number from 1"),
        ({"text": "slow", "rating": "5"}, "rating is a whole number from 1"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_by_its_number_after_the_lines_before_it(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], line: object, words: str
) -> None:
    path = written(tmp_path, {"text": "quick"}, "", line, {"text": "slow"})
    with pytest.raises(SystemExit) as ended:
        main(["predict", "--model", str(folder), str(path)])
    assert str(ended.value).startswith(f"predict: line 3: {words}")
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_a_missing_file_or_model_is_told_in_words(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"absent\.jsonl cannot be read"):
        main(["predict", "--model", str(folder), str(tmp_path / "absent.jsonl")])
    with pytest.raises(SystemExit, match="missing or is not JSON: make it again"):
        main(["predict", "--model", str(tmp_path), str(tmp_path / "absent.jsonl")])


def test_a_file_in_another_encoding_is_told_in_words(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_bytes('{"text": "£5"}'.encode("latin-1"))
    with pytest.raises(SystemExit, match="is not UTF-8 text"):
        main(["predict", "--model", str(folder), str(path)])


def test_redact_alone_needs_no_model(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    text = json.dumps({"text": "£5, call 07700 900123"}, ensure_ascii=False)
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(text.encode()), encoding="latin-1"))
    main(["redact"])
    line = json.loads(capsys.readouterr().out)
    assert line == {"redacted": "£5, call [PHONE]", "found": [{"kind": "PHONE", "start": 9, "end": 21}]}


def test_fit_takes_corrections_and_keeps_a_model(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nlp.__main__.base", no_base)
    corrections = written(tmp_path, {"text": "Ring 07700 900123", "labels": ["contact_access"], "sentiment": "neg"})
    main(["fit", "--into", str(tmp_path / "model"), "--corrections", str(corrections)])
    assert "Fitted on 491 comments" in capsys.readouterr().out
    assert load_model(tmp_path / "model").manifest["comments"]["corrections"] == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"text": "slow", "labels": "waiting_time"}, "line 1: labels is missing or is not a list"),
        ({"text": "slow", "labels": [1]}, "line 1: labels is missing or is not a list"),
        ({"text": "slow", "labels": [], "sentiment": "bad"}, "line 1: sentiment is one of neg"),
        ({"text": "slow", "labels": ["swans"]}, "no label swans"),
    ],
)
def test_a_correction_that_cannot_be_used_is_refused_in_words(tmp_path: Path, line: object, words: str) -> None:
    with pytest.raises(SystemExit, match=words):
        main(["fit", "--into", str(tmp_path / "model"), "--corrections", str(written(tmp_path, line))])
    assert not (tmp_path / "model").exists()


def test_the_program_runs_as_a_module_from_a_pipe(folder: Path) -> None:
    command = [sys.executable, "-m", "nlp", "predict", "--model", str(folder)]
    ended = subprocess.run(command, input=b'{"text": "slow website \xc2\xa3"}\n', capture_output=True, check=True)
    assert json.loads(ended.stdout)["redacted"] == "slow website £"
