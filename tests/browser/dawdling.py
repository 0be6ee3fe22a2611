"""A slow line before the application: pages come in two pieces, everything comes late. It finds tests that race."""

import random
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Enough for a browser to show the new address, too little for its main part; packed or not.
FIRST_PIECE = 1024


@runtime_checkable
class Closing(Protocol):
    def close(self) -> None: ...


class Dawdling:
    """Every answer waits up to `seconds`; a page stops for `seconds` after its beginning. No byte or header differs."""

    def __init__(self, app: "WSGIApplication", seconds: float) -> None:
        self.app, self.seconds = app, seconds

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        kinds: list[str] = []

        def noting(status: str, headers: list[tuple[str, str]], *more: object) -> object:
            kinds[:] = [value for name, value in headers if name.lower() == "content-type"]
            return start_response(status, headers, *more)  # type: ignore[arg-type]  # as it was given

        return self.late(self.app(environ, noting), kinds)  # type: ignore[arg-type]  # the same shape

    def late(self, body: Iterable[bytes], kinds: list[str]) -> Iterator[bytes]:
        """The body's bytes; by the first of them the application has named their kind."""
        try:
            time.sleep(random.uniform(0, self.seconds))
            for number, block in enumerate(body):
                if number == 0 and any(kind.startswith("text/html") for kind in kinds):
                    cut = min(FIRST_PIECE, len(block) // 2)
                    yield block[:cut]
                    time.sleep(self.seconds)
                    yield block[cut:]
                else:
                    yield block
        finally:
            # Here, since Werkzeug's server forgets it where the browser has hung up, and an open file fails a test.
            if isinstance(body, Closing):
                body.close()
