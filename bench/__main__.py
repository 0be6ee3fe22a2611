"""python -m bench [NAME ...]: figures as one JSON object a line on standard output, in words on standard error."""

import argparse
from collections.abc import Callable, Iterator

from bench import draws, imports, pages, sends
from bench.databases import KINDS, Database, kinds_of, opened
from bench.measures import Measure, tell

BENCHMARKS: dict[str, Callable[[Database], Iterator[Measure]]] = {
    "import": imports.run,
    "draw": draws.run,
    "send": sends.run,
    "page": pages.run,
}
ROWS = 1_000_000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}; all without one")
    parser.add_argument("--rows", type=int, default=ROWS, help="contacts to load (default: %(default)s)")
    parser.add_argument("--on", action="append", choices=KINDS, help="only on this database; may be given twice")
    chosen = parser.parse_args()
    names = dict.fromkeys(chosen.names or BENCHMARKS)
    if unknown := names.keys() - BENCHMARKS.keys():
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")
    for kind in kinds_of(chosen.on):
        for name in names:
            measure(name, kind, chosen.rows)


def measure(name: str, kind: str, rows: int) -> None:
    with opened(kind, rows) as database:
        if database is None:
            return
        tell(f"{name} on {kind}")
        for figure in BENCHMARKS[name](database):
            tell(f"  {figure.in_words()}")
            print(figure.as_json(), flush=True)


if __name__ == "__main__":
    main()
