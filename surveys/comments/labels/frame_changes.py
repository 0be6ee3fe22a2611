"""A council's own labels: each change makes the next version of the code frame, and a refit is asked for."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from nlp.code_frame import NO_CONTENT, CodeFrame, Label
from nlp.redaction.redact import redact
from surveys.comments.labels.code_frames import keep_first_frame, keep_frame
from surveys.core.db import lock
from surveys.core.queue import ask
from surveys.core.refusals import Conflict, NotFound, Refused
from surveys.people.audit import record

FEWEST_EXAMPLES = 3
MOST_LABELS = 60
MOST_EXAMPLES = 200
LONGEST_LABEL, LONGEST_DEFINITION, LONGEST_EXAMPLE = 60, 400, 1000


@dataclass(frozen=True)
class Change:
    """Who changes which version of the frame, and when."""

    version: int
    user_id: int
    moment: datetime


def change_label(name: str, label: str, definition: str, more: str, change: Change) -> None:
    """Other words for a label, and further examples for it. Its name stays: labels given before are still its own."""
    frame = held_frame(change)
    old = find_label(frame, name)
    check_words(frame, label, definition, name)
    examples = tuple(dict.fromkeys([*old.examples, *examples_in(more)]))
    new = replace(old, label=label, definition=definition, examples=examples)
    put(frame, tuple(new if one.name == name else one for one in frame.labels), change)
    note("label changed", name, frame, change, examples=len(examples) - len(old.examples))


def add_label(label: str, definition: str, examples: str, change: Change) -> str:
    """Returns the new label's name. The examples, one a line, are what the program learns it from."""
    frame = held_frame(change)
    check_words(frame, label, definition, None)
    given = examples_in(examples)
    if len(given) < FEWEST_EXAMPLES:
        raise Refused(f"Enter at least {FEWEST_EXAMPLES} examples, each on a line of its own.")
    if len(frame.labels) >= MOST_LABELS:
        raise Refused(f"There are {MOST_LABELS} labels already. Retire one first.")
    name = name_of(label)
    if name in frame.names:
        raise Refused("There is a label of nearly the same name. Choose another.")
    put(frame, (*frame.labels, Label(name, label, definition, given)), change)
    note("label added", name, frame, change, examples=len(given))
    return name


def retire_label(name: str, change: Change) -> None:
    """No comment gets it from the next model on. What people gave stays theirs, and so do figures of the past."""
    frame = held_frame(change)
    find_label(frame, name)
    if name == NO_CONTENT:
        raise Refused("This label is given by a fixed rule, so it cannot be retired.")
    if len(frame.labels) <= FEWEST_EXAMPLES:
        raise Refused("These are the last labels. Add another first.")
    put(frame, tuple(one for one in frame.labels if one.name != name), change)
    note("label retired", name, frame, change)


def held_frame(change: Change) -> CodeFrame:
    """The frame that the change is about, with nobody else changing it until the end."""
    lock("code frame")
    frame = keep_first_frame()
    if frame.version != change.version:
        raise Conflict("Somebody else changed the labels after you opened this page. Nothing of yours was saved.")
    return frame


def find_label(frame: CodeFrame, name: str) -> Label:
    found = next((label for label in frame.labels if label.name == name), None)
    if found is None:
        raise NotFound("There is no such label any more.")
    return found


def check_words(frame: CodeFrame, label: str, definition: str, name: str | None) -> None:
    if not 0 < len(label) <= LONGEST_LABEL:
        raise Refused(f"Enter a label of at most {LONGEST_LABEL} characters.")
    if not 0 < len(definition) <= LONGEST_DEFINITION:
        raise Refused(f"Enter what the label means in at most {LONGEST_DEFINITION} characters.")
    if any(one.label.casefold() == label.casefold() and one.name != name for one in frame.labels):
        raise Refused("Another label is called so already.")


def examples_in(typed: str) -> tuple[str, ...]:
    """One a line, redacted, each once."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if len(lines) > MOST_EXAMPLES or any(len(line) > LONGEST_EXAMPLE for line in lines):
        raise Refused(f"Enter at most {MOST_EXAMPLES} examples of at most {LONGEST_EXAMPLE} characters each.")
    return tuple(dict.fromkeys(str(redact(line).text) for line in lines))


def name_of(label: str) -> str:
    """The name for programs: small letters, digits and underscores, beginning with a letter."""
    name = re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")[:50]
    return name if name[:1].isalpha() else f"label_{name}".rstrip("_")


def put(frame: CodeFrame, labels: tuple[Label, ...], change: Change) -> None:
    keep_frame(CodeFrame(frame.version + 1, labels), change.user_id)
    ask("comments.refit")


def note(act: str, name: str, frame: CodeFrame, change: Change, examples: int = 0) -> None:
    record(act, f"label:{name}", at=change.moment, version=frame.version + 1, examples=examples)
