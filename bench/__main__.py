"""python -m bench [NAME ...]: figures as one JSON object a line on standard output, in words on standard error."""

import argparse
from collections.abc import Callable, Iterator

from bench import (
    answers,
    cases,
    comments,
    comments_stored,
    dashboard,
    draws,
    export,
    imports,
    pack,
    pages,
    sends,
    simulation,
)
from bench.databases import KINDS, Database, kinds_of, opened
from bench.measures import Measure, tell

BENCHMARKS: dict[str, Callable[[Database], Iterator[Measure]]] = {
    "import": imports.run,
    "draw": draws.run,
    "send": sends.run,
    "page": pages.run,
    "answer": answers.run,
    "pipeline": comments_stored.run,
    "dashboard": dashboard.run,
    "cases": cases.run,
    "export": export.run,
    "pack": pack.run,
}
# These need no database.
ALONE: dict[str, Callable[[int], Iterator[Measure]]] = {"comments": comments.run, "simulation": simulation.run}
NAMES = (*BENCHMARKS, *ALONE)
ROWS = 1_000_000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}; all without one")
    parser.add_argument("--rows", type=int, default=ROWS, help="contacts to load (default: %(default)s)")
    parser.add_argument("--answers", type=int, help="answers to load for dashboard (default: ten million, or one)")
    parser.add_argument("--on", action="append", choices=KINDS, help="only on this database; may be given twice")
    chosen = parser.parse_args()
    names = dict.fromkeys(chosen.names or NAMES)
    if unknown := names.keys() - set(NAMES):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    for kind in kinds_of(chosen.on):
        for name in names:
            if name in BENCHMARKS:
                rows = (chosen.answers or dashboard.ANSWERS[kind]) if name == "dashboard" else chosen.rows
                measure(name, kind, rows)
    for name in names:
        if name in ALONE:
            tell(name)
            show(ALONE[name](chosen.rows))


def measure(name: str, kind: str, rows: int) -> None:
    with opened(kind, rows) as database:
        if database is None:
            return
        tell(f"{name} on {kind}")
        show(BENCHMARKS[name](database))


def show(figures: Iterator[Measure]) -> None:
    for figure in figures:
        tell(f"  {figure.in_words()}")
        print(figure.as_json(), flush=True)


if __name__ == "__main__":
    main()
