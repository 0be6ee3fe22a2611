"""python -m nlp: classify, redact, fit, make the base and evaluate, from the command line. JSON lines in and out."""

import argparse
import json
import sys
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path

from nlp.base import FOLDER, base
from nlp.base_build import build_base
from nlp.evaluation.report import write_evaluation
from nlp.lines import comment_of, example_of, predictions, read_lines, text_of, written_redaction
from nlp.model import fit
from nlp.model_files import ready_model, save_model
from nlp.redaction.redact import redact


def main(words: list[str] | None = None) -> None:
    asked = parser().parse_args(words)
    try:
        for line in COMMANDS[asked.command](asked):
            sys.stdout.write(line + "\n")
    except BrokenPipeError:
        sys.stderr.close()
    except ValueError as fault:
        sys.stdout.flush()
        sys.exit(f"{asked.command}: {fault}")


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(prog="python -m nlp", description=__doc__)
    commands = whole.add_subparsers(dest="command", required=True)
    predict = commands.add_parser("predict", help="JSON lines with text, question and rating to labels and more")
    predict.add_argument("file", nargs="?", type=Path, help="standard input without one")
    predict.add_argument("--model", type=Path, help="folder of a fitted model; the program's own without one")
    only_redact = commands.add_parser("redact", help="JSON lines with text to redacted and found")
    only_redact.add_argument("file", nargs="?", type=Path, help="standard input without one")
    fitting = commands.add_parser("fit", help="fit a model and keep it in a folder")
    fitting.add_argument("--into", type=Path, required=True, metavar="FOLDER")
    fitting.add_argument("--corrections", type=Path, help="JSON lines with text, question, rating, labels, sentiment")
    making = commands.add_parser("base", help="make the base again from the labelled comments")
    making.add_argument("--from", dest="source", type=Path, required=True, metavar="FILE")
    making.add_argument("--into", type=Path, default=FOLDER, metavar="FOLDER")
    evaluating = commands.add_parser("evaluate", help="measure on unseen respondents and unseen services")
    evaluating.add_argument("--from", dest="source", type=Path, required=True, metavar="FILE")
    evaluating.add_argument("--into", type=Path, metavar="FILE", help="write the figures as JSON too")
    return whole


def predict_lines(asked: argparse.Namespace) -> Iterator[str]:
    model = ready_model(asked.model)
    for written in predictions(model, read_lines(lines_of(asked.file), comment_of)):
        yield json.dumps(written)


def redact_lines(asked: argparse.Namespace) -> Iterator[str]:
    for text in read_lines(lines_of(asked.file), text_of):
        yield json.dumps(written_redaction(redact(text)))


def fit_model(asked: argparse.Namespace) -> Iterator[str]:
    corrections = list(read_lines(lines_of(asked.corrections), example_of)) if asked.corrections else []
    model = fit(base(), corrections)
    save_model(model, asked.into)
    yield f"Fitted on {sum(model.manifest['comments'].values())} comments and kept in {asked.into}."


def make_base(asked: argparse.Namespace) -> Iterator[str]:
    yield f"{build_base(asked.source, asked.into)} comments went into the base in {asked.into}."


def evaluate(asked: argparse.Namespace) -> Iterator[str]:
    yield from write_evaluation(asked.source, asked.into)


def lines_of(path: Path | None) -> Iterator[str]:
    """The lines of a file or of standard input, as they come. ValueError in words where they cannot be read."""
    try:
        if path is None:
            yield from TextIOWrapper(sys.stdin.buffer, encoding="utf-8")
        else:
            with path.open(encoding="utf-8") as lines:
                yield from lines
    except OSError as fault:
        raise ValueError(f"{path} cannot be read") from fault
    except UnicodeDecodeError as fault:
        raise ValueError(f"{path or 'standard input'} is not UTF-8 text") from fault


COMMANDS = {
    "predict": predict_lines,
    "redact": redact_lines,
    "fit": fit_model,
    "base": make_base,
    "evaluate": evaluate,
}


if __name__ == "__main__":
    main()
