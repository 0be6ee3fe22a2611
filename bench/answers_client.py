"""A light client that answers as a browser does without its files: it follows the forms and the redirects it gets."""

import gzip
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection
from time import perf_counter
from typing import TypeVar
from urllib.parse import urlencode

STEPS = ("get_rating", "post_rating", "get_more", "post_more", "get_thanks")
FORM = re.compile(r'<form method="post" action="([^"]+)"')
SEAL = re.compile(r'name="seal" value="([^"]+)"')
RATING = {"overall": "fairly_satisfied"}
REST = {"resolved": "first_time", "why": "Somebody rang me back on the same day and put it right."}
T = TypeVar("T")
READS = {"Accept-Encoding": "gzip"}
TYPE = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Timings:
    """Seconds of each request by its name, and of each whole answer."""

    steps: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    whole: list[float] = field(default_factory=list)

    def add(self, other: "Timings") -> None:
        self.whole += other.whole
        for name, seconds in other.steps.items():
            self.steps[name] += seconds


class Visitor:
    """One connection, opened again when the server closes it, and the times it saw."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self.timings = Timings()

    def ask(self, step: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """(status, where it leads, page) of one request."""
        began = perf_counter()
        if form is None:
            self.connection.request("GET", path, headers=READS)
        else:
            self.connection.request("POST", path, urlencode(form), READS | TYPE)
        answer = self.connection.getresponse()
        body = answer.read()
        self.timings.steps[step].append(perf_counter() - began)
        packed = answer.headers.get("Content-Encoding") == "gzip"
        page = (gzip.decompress(body) if packed else body).decode()
        return answer.status, answer.headers.get("Location", ""), page

    def answer(self, token: str) -> None:
        """The rating, the rest and the thanks; anything else would make it no yardstick."""
        began = perf_counter()
        where = f"/s/{token}"
        for number, given in enumerate((RATING, REST)):
            _, _, page = self.ask(STEPS[number * 2], where)
            form, seal = FORM.search(page), SEAL.search(page)
            if form is None or seal is None:
                raise SystemExit(f"{STEPS[number * 2]} brought no form")
            _, where, _ = self.ask(STEPS[number * 2 + 1], unescape(form[1]), {"seal": seal[1], **given})
        status, _, _ = self.ask(STEPS[-1], where)
        if status != 200 or not where.partition("?")[0].endswith("/thanks"):
            raise SystemExit(f"an answer ended with {status} at {where.replace(token, '...')}")
        self.timings.whole.append(perf_counter() - began)

    def greet(self, _number: int) -> None:
        for step in STEPS:
            self.ask(step, "/", {} if step.startswith("post") else None)


def together(threads: int, port: int, work: Callable[[Visitor, T], None], items: Sequence[T]) -> Timings:
    """Let so many visitors share the items; returns what they saw."""

    def visit(mine: Sequence[T]) -> Timings:
        visitor = Visitor(port)
        for item in mine:
            work(visitor, item)
        visitor.connection.close()
        return visitor.timings

    seen = Timings()
    with ThreadPoolExecutor(threads) as pool:
        for timings in pool.map(visit, [items[start::threads] for start in range(threads)]):
            seen.add(timings)
    return seen
