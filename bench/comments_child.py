"""Fit, redact and classify on one core in a process of its own; tells seconds and peak memory."""

import json
import random
import sys
from itertools import pairwise
from time import process_time

import numpy as np

from bench.import_child import peak_memory_mb
from nlp.base import base
from nlp.comments import Comment
from nlp.council import council_examples
from nlp.lines import AT_ONCE, after_redaction
from nlp.model import fit
from nlp.redaction.redact import redact
from nlp.training import Rows
from nlp.urgency.judge import urgency_of

WARM_UP = 500
REHEARSAL = 1_000
SHARE_WITH_CONTACT = 0.1
CONTACTS = (" Ring me on 07700 900{0:03}.", " My name is Jordan Ashworth.", " We live at {0} Mill Lane.")


def made_comments(count: int) -> list[Comment]:
    """Two of our own comments each, one in ten with something to redact as well; the same every time."""
    chance = random.Random(20)
    examples = [example.comment for example in council_examples()]
    return [made_comment(chance.choice(examples), chance.choice(examples), chance) for _ in range(count)]


def made_comment(first: Comment, second: Comment, chance: random.Random) -> Comment:
    contact = chance.choice(CONTACTS).format(chance.randrange(1000)) if chance.random() < SHARE_WITH_CONTACT else ""
    return Comment(f"{first.text} {second.text}{contact}", first.question, chance.choice((None, 1, 2, 3, 4, 5)))


def learned_from(count: int) -> Rows:
    """The whole base; a twentieth of it where so few comments are classified that it is only tried."""
    whole = base()
    return whole if count >= REHEARSAL else whole.at(np.arange(0, len(whole), 20))


def main(count: str) -> None:
    began = process_time()
    model = fit(learned_from(int(count)))
    fitted = process_time() - began
    comments = made_comments(WARM_UP + int(count))
    seconds = {"redact": 0.0, "classify": 0.0, "urgency": 0.0}
    for start in range(0, len(comments), AT_ONCE):
        some = comments[start : start + AT_ONCE]
        marks = [process_time()]
        redacted = [after_redaction(comment, redact(comment.text)) for comment in some]
        marks.append(process_time())
        model.classify(redacted)
        marks.append(process_time())
        for comment in redacted:
            urgency_of(comment.text)
        marks.append(process_time())
        if start >= WARM_UP:
            for name, (one, other) in zip(seconds, pairwise(marks), strict=True):
                seconds[name] += other - one
    measured = len(comments) - -(-WARM_UP // AT_ONCE) * AT_ONCE
    print(json.dumps({"fit": fitted, "peak_mb": peak_memory_mb(), "comments": measured, **seconds}))


if __name__ == "__main__":
    main(*sys.argv[1:])
