import json
from pathlib import Path

import numpy as np
import pytest

from nlp.faults import NotUsable
from nlp.model_files import load_model, ready_model, save_model
from tests.nlp.trained import no_base, same_predictions, small_model


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_model(small_model(), tmp_path)
    return tmp_path


def test_a_model_read_back_says_the_same(folder: Path) -> None:
    assert same_predictions(load_model(folder), small_model())


def test_the_same_model_is_written_as_the_same_bytes(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    save_model(load_model(folder), other)
    for name in ("model.npz", "model.json"):
        assert (folder / name).read_bytes() == (other / name).read_bytes()


def test_there_is_no_pickle_in_a_model(folder: Path) -> None:
    with np.load(folder / "model.npz", allow_pickle=False) as arrays:
        assert all(arrays[name].dtype.kind in "fiu" for name in arrays.files)


def test_the_manifest_says_what_the_model_was_made_from(folder: Path) -> None:
    manifest = json.loads((folder / "model.json").read_text())
    assert manifest["comments"] == {"base": 0, "council": 490, "corrections": 0}
    assert set(manifest["thresholds"]) == set(manifest["labels"]) == set(manifest["positives"])
    assert manifest["seed"] == 20
    assert "scikit-learn" in manifest["versions"]


def test_a_damaged_model_is_refused_in_words(folder: Path) -> None:
    arrays = folder / "model.npz"
    arrays.write_bytes(arrays.read_bytes()[:-1] + b"x")
    with pytest.raises(NotUsable, match="not the file that its manifest speaks of: make it again"):
        load_model(folder)


def test_a_model_of_another_version_of_the_program_is_refused(folder: Path) -> None:
    manifest = json.loads((folder / "model.json").read_text())
    manifest["knowledge"]["concepts"] = "0"
    (folder / "model.json").write_text(json.dumps(manifest))
    with pytest.raises(NotUsable, match="made with another knowledge"):
        load_model(folder)


@pytest.mark.parametrize("left", ["model.npz", "model.json"])
def test_half_a_model_is_refused_in_words(folder: Path, left: str) -> None:
    for path in folder.iterdir():
        if path.name != left:
            path.unlink()
    with pytest.raises(NotUsable, match="make it again"):
        load_model(folder)


@pytest.mark.parametrize("written", ["", "[]", "{"])
def test_what_is_not_a_manifest_is_refused_in_words(folder: Path, written: str) -> None:
    (folder / "model.json").write_text(written)
    with pytest.raises(NotUsable, match="make it again"):
        load_model(folder)


def test_without_a_named_folder_a_model_is_fitted_once_and_then_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nlp.model_files.KEPT", tmp_path / "kept")
    monkeypatch.setattr("nlp.model_files.base", no_base)
    first = ready_model()
    monkeypatch.delattr("nlp.model_files.fit")
    assert same_predictions(ready_model(), first)


def test_a_program_that_may_not_write_still_has_a_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "a_file"
    blocked.write_text("")
    monkeypatch.setattr("nlp.model_files.KEPT", blocked / "kept")
    monkeypatch.setattr("nlp.model_files.fit", lambda base: small_model())
    assert ready_model() is small_model()
