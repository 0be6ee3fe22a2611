"""Arrays and their manifest on disk: `.npz` without pickles, JSON beside it, the same bytes for the same content."""

import json
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.faults import NotUsable

Arrays = dict[str, NDArray[Any]]


def save(folder: Path, name: str, arrays: Mapping[str, NDArray[Any]], manifest: Mapping[str, Any]) -> None:
    """Write NAME.npz and NAME.json; the manifest gets the SHA-256 of the arrays."""
    folder.mkdir(parents=True, exist_ok=True)
    content = content_of(arrays)
    (folder / f"{name}.npz").write_bytes(content)
    written = json.dumps({**manifest, "sha256": sha256(content).hexdigest()}, indent=2, ensure_ascii=False)
    (folder / f"{name}.json").write_text(written + "\n", encoding="utf-8")


def load(folder: Path, name: str, fitting: Mapping[str, Any]) -> tuple[Arrays, dict[str, Any]]:
    """The arrays and the manifest. NotUsable where the manifest does not say what `fitting` asks for."""
    manifest = manifest_of(folder / f"{name}.json")
    try:
        content = (folder / f"{name}.npz").read_bytes()
    except OSError as fault:
        raise NotUsable(f"{folder / name}.npz cannot be read: make it again") from fault
    return arrays_in(content, manifest, fitting, str(folder / name)), manifest


def content_of(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """The bytes of an .npz file: the same arrays give the same bytes."""
    held = BytesIO()
    np.savez_compressed(held, **dict(arrays))  # type: ignore[arg-type]  # no array is called allow_pickle
    return held.getvalue()


def arrays_in(content: bytes, manifest: Mapping[str, Any], fitting: Mapping[str, Any], name: str) -> Arrays:
    """The arrays that the manifest speaks of. NotUsable where it does not say what `fitting` asks for."""
    for key, value in fitting.items():
        if manifest.get(key) != value:
            raise NotUsable(f"{name} was made with another {key.replace('_', ' ')}: make it again")
    if sha256(content).hexdigest() != manifest.get("sha256"):
        raise NotUsable(f"{name}.npz is not the file that its manifest speaks of: make it again")
    with np.load(BytesIO(content), allow_pickle=False) as arrays:
        return {key: arrays[key] for key in arrays.files}


def manifest_of(path: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise NotUsable(f"{path} is missing or is not JSON: make it again") from fault
    if not isinstance(manifest, dict):
        raise NotUsable(f"{path} is not a manifest: make it again")
    return manifest
