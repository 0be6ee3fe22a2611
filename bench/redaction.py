"""python -m bench.redaction [--csv FILE]: recall by kind, share of clean comments touched, comments a second."""

import argparse
import csv
import time
from collections.abc import Sequence
from pathlib import Path

from nlp.redaction.redact import redact
from tests.nlp.redaction import clean, templates, welsh_clean, welsh_named
from tests.nlp.redaction.clean import clean_comments
from tests.nlp.redaction.generator import MadeText, made_texts
from tests.nlp.redaction.scoring import recalls, touched
from tests.nlp.redaction.welsh_scoring import marked_all, renamed

TEXTS = 3_000
COMMENTS = 1_000
TIMES = 10


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.redaction", description=__doc__)
    parser.add_argument("--csv", type=Path, help="comments of others in a column `text`, to count how many are touched")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="print this many of what was missed or touched")
    chosen = parser.parse_args()
    for name, texts, sentences in (
        ("tuned on", templates.TUNED, clean.TUNED),
        ("held out", templates.HELD_OUT, clean.HELD_OUT),
        ("unseen", templates.UNSEEN, clean.UNSEEN),
    ):
        tell_recall(f"{name}, {len(texts)} templates", made_texts(texts, TEXTS, chosen.seed), chosen.show)
        tell_touched(f"clean, {name}", clean_comments(sentences, COMMENTS, chosen.seed), chosen.show)
    for name, named, sentences in (
        ("Welsh, tuned on", welsh_named.TUNED, welsh_clean.TUNED),
        ("Welsh, unseen", welsh_named.UNSEEN, welsh_clean.UNSEEN),
    ):
        tell_recall(name, marked_all(named), chosen.show)
        tell_recall(f"{name}, names of no list", marked_all(renamed(named, TIMES, chosen.seed)), chosen.show)
        tell_touched(f"clean, {name}", sentences, chosen.show)
    if chosen.csv:
        with chosen.csv.open(encoding="utf-8", newline="") as lines:
            comments = [row["text"] for row in csv.DictReader(lines)]
        tell_touched(chosen.csv.name, comments, chosen.show)
        tell_speed(comments)
    else:
        tell_speed(clean_comments(clean.TUNED, COMMENTS, chosen.seed))


def tell_recall(name: str, made: Sequence[MadeText], show: int) -> None:
    print(f"{name}: {len(made)} texts")
    for kind, score in sorted(recalls(made).items()):
        own = score.named / score.planted
        print(f"  {kind:14} {score.planted:5} planted  {score.share:.3f} hidden  {own:.3f} under their own kind")
        for value, text in score.missed[:show]:
            print(f"      {value!r} in {text!r}")


def tell_touched(name: str, comments: Sequence[str], show: int) -> None:
    found = touched(comments)
    print(f"{name}: {len(found)} of {len(comments)} touched, {len(found) / len(comments):.3f}")
    for before, after in found[:show]:
        print(f"      {before!r}\n   -> {after!r}")


def tell_speed(comments: Sequence[str]) -> None:
    begin = time.process_time()
    for comment in comments:
        redact(comment)
    seconds = time.process_time() - begin
    print(f"speed: {len(comments) / seconds:,.0f} comments a second on one core")


if __name__ == "__main__":
    main()
