"""Arrays and their manifest on disk: `.npz` without pickles, JSON beside it, the same bytes for the same content."""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]


class NotUsable(ValueError):
    """A file of knowledge that is missing, damaged or made for another version, in words that say what to do."""


def save(folder: Path, name: str, arrays: Mapping[str, NDArray[Any]], manifest: Mapping[str, Any]) -> None:
    """Write NAME.npz and NAME.json; the manifest gets the SHA-256 of the arrays."""
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / f"{name}.npz", **dict(arrays))  # type: ignore[arg-type]  # no array is called allow_pickle
    digest = sha256((folder / f"{name}.npz").read_bytes()).hexdigest()
    written = json.dumps({**manifest, "sha256": digest}, indent=2, ensure_ascii=False)
    (folder / f"{name}.json").write_text(written + "\n", encoding="utf-8")


def load(folder: Path, name: str, fitting: Mapping[str, Any]) -> tuple[Arrays, dict[str, Any]]:
    """The arrays and the manifest. NotUsable where the manifest does not say what `fitting` asks for."""
    manifest = manifest_of(folder / f"{name}.json")
    for key, value in fitting.items():
        if manifest.get(key) != value:
            raise NotUsable(f"{folder / name}.json was made with another {key.replace('_', ' ')}: make it again")
    try:
        found = sha256((folder / f"{name}.npz").read_bytes()).hexdigest()
    except OSError as fault:
        raise NotUsable(f"{folder / name}.npz cannot be read: make it again") from fault
    if found != manifest.get("sha256"):
        raise NotUsable(f"{folder / name}.npz is not the file that its manifest speaks of: make it again")
    with np.load(folder / f"{name}.npz", allow_pickle=False) as arrays:
        return {key: arrays[key] for key in arrays.files}, manifest


def manifest_of(path: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise NotUsable(f"{path} is missing or is not JSON: make it again") from fault
    if not isinstance(manifest, dict):
        raise NotUsable(f"{path} is not a manifest: make it again")
    return manifest
