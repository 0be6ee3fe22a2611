"""What a case may be said to be caused by: the code frame's topics, and something else. Pure."""

from collections.abc import Mapping

from nlp.code_frame import DISSATISFACTION, NO_CONTENT, PRAISE, CodeFrame
from surveys.followups.cases.moves import OTHER_CAUSE

# They say that somebody is pleased or not, never about what.
NO_CAUSES = (NO_CONTENT, PRAISE, DISSATISFACTION)


def causes(frame: CodeFrame) -> Mapping[str, str]:
    """Name and label of each, in the frame's order, "other" last."""
    found = {label.name: label.label for label in frame.labels if label.name not in NO_CAUSES}
    return found | {OTHER_CAUSE: "Something else"}


def cause_words(name: str | None, known: Mapping[str, str]) -> str:
    """A topic that was retired since is called by its name."""
    return known.get(name, name.replace("_", " ").capitalize()) if name else ""
