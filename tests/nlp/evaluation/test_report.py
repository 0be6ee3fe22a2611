"""The whole evaluation on a small made-up source; its figures are nothing to go by."""

import json
from pathlib import Path

import pytest

from nlp.__main__ import main
from nlp.source_file import LABELS
from tests.nlp.made_source import SERVICES, made_rows, write_source


def test_one_run_measures_us_and_the_yardsticks_on_both_kinds_of_split(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nlp.evaluation.splits.FOLDS", 2)
    monkeypatch.setattr("nlp.evaluation.scores.REPEATS", 20)
    path = write_source(tmp_path, made_rows())
    main(["evaluate", "--from", str(path), "--into", str(tmp_path / "figures.json")])
    figures = json.loads((tmp_path / "figures.json").read_text())
    table = capsys.readouterr().out
    for way in ("unseen service", "unseen respondents"):
        assert way.capitalize() in table
        assert set(figures[way]["topics"]) == {"fairly", "peer"}
        assert set(figures[way]["sentiment"]) == {"fairly", "peer", "vader", "rating"}
        assert set(figures[way]["per label"]) == set(LABELS)
        macro = figures[way]["topics"]["fairly"]["macro F1"]
        assert 0 <= macro["low"] <= macro["value"] <= macro["high"] <= 1
        assert 0 <= figures[way]["calibration error"] <= 1
    assert set(figures["unseen service"]["each"]) == set(SERVICES)
