"""The doors to the classifier. What stands behind them loads SciPy and scikit-learn, so it is loaded at its first use.

That takes about a second and a hundred megabytes: a process that shows pages, or that only redacts, pays neither.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nlp.code_frame import CodeFrame
from nlp.comments import Comment, Example

if TYPE_CHECKING:
    from nlp.explain import Why
    from nlp.model import Model


def fitted(frame: CodeFrame, corrections: Sequence[Example] = ()) -> "Model":
    """`nlp.model.fit` on the base that comes with the program."""
    from nlp import base, model

    return model.fit(base.base(), corrections, frame)


def read_model(content: bytes, manifest: Mapping[str, Any]) -> "Model":
    """`nlp.model_files.read_model`: NotUsable where it was damaged or another program made it."""
    from nlp import model_files

    return model_files.read_model(content, manifest)


def written_model(model: "Model") -> tuple[bytes, dict[str, Any]]:
    """`nlp.model_files.written_model`: the bytes of its .npz file and its manifest."""
    from nlp import model_files

    return model_files.written_model(model)


def explain(model: "Model", comment: Comment, label: str) -> "tuple[Why, ...]":
    """`nlp.explain.explain`: the words that spoke for the label. ValueError where the model does not know it."""
    from nlp import explain

    return explain.explain(model, comment, label)
